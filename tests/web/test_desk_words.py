"""What the desk says about a form that it did not take, in the newsroom's language."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest
from desk_people import TEXT, Person
from flask import Flask

from movable_clock import MovableClock
from publisher.bootstrap import Publisher
from publisher.domain import errors
from publisher.domain.policy import Action
from publisher.state import accounts, factors, invitations, passwords, previews, tokens
from publisher.web import create_app, proving, queries, site
from publisher.web.desk import accounts as pages
from publisher.web.desk import acts, doors, masthead_rows, mastheads, originals, own
from publisher.web.desk import tokens as token_pages
from publisher.web.sentences import said

THEN = datetime(2026, 5, 20, 9, tzinfo=UTC)
REFUSALS: dict[type[errors.Refused], list[tuple[object, ...]]] = {
    errors.UnknownZone: [("Nowhere",)],
    errors.UnknownPublication: [(UUID(int=1),)],
    errors.UnknownRevision: [(7,)],
    errors.UnknownEdition: [(7,)],
    errors.StaleRevision: [(1, 2)],
    errors.NothingChanged: [(), ("the front page",), ("the masthead",), ("the address",), ("the note",)],
    errors.NotWeighed: [()],
    errors.AlreadySubmitted: [(2,)],
    errors.NotSubmitted: [(2,)],
    errors.AlreadyApproved: [(2,)],
    errors.NotApproved: [(2,)],
    errors.NotYourOwnApproval: [()],
    errors.AlreadyPublished: [()],
    errors.NotPublished: [("amend",), ("move",), ("withdraw",), ("reinstate",), ("remove",), ("redact",)],
    errors.NotLive: [("withdrawn", "amended"), ("withdrawn", "withdrawn")],
    errors.NotWithdrawn: [()],
    errors.Discarded: [()],
    errors.Gone: [()],
    errors.ScheduleStands: [(2, THEN)],
    errors.NothingScheduled: [(2,)],
    errors.AlreadyPublic: [(2,)],
    errors.InstantPassed: [(THEN,)],
    errors.RehearsalBehindHistory: [(THEN,)],
    errors.RehearsalInFuture: [()],
    errors.AddressTaken: [("/2026/05/ferry",)],
    errors.ContentRedacted: [("ab" * 32,)],
    errors.FileRedacted: [("map.png",)],
    errors.ContentShared: [(["/2026/05/ferry"],)],
    accounts.BadName: [()],
    accounts.NameTaken: [("Ada",)],
    passwords.PasswordCommon: [()],
    passwords.PasswordTooLong: [()],
    passwords.PasswordTooShort: [()],
    passwords.PasswordNamed: [()],
    tokens.BadDays: [()],
    tokens.BadLabel: [()],
    invitations.InvitationOver: [()],
    errors.AccountClosed: [()],
    errors.RoleHeld: [("editor",)],
    errors.RoleNotHeld: [("editor",)],
    errors.NotYourself: [()],
    errors.LastAdmin: [()],
    errors.CommandReused: [(str(UUID(int=2)),)],
    errors.CounterFromFuture: [("storm", "2027-01-01")],
    errors.Forbidden: [(action,) for action in Action],
    **{kind: [()] for kind in (factors.FactorHeld, factors.NoFactor, factors.SetUpOver, factors.WrongCode)},
    previews.BadPreviewDays: [()],
    previews.BadPreviewNote: [()],
    errors.UnknownSetting: [("pinned publication", str(UUID(int=1)))],
}
"""Every refusal that a form or a page of the desk can meet, with arguments of each wording."""
ELSEWHERE = {
    errors.NotFound,  # these are the roots of others
    errors.BadValue,
    accounts.AccountKnown,
    errors.BadInstant,  # the forms' own fields ask for these before the rules do
    errors.BadText,
    errors.BadTranslation,  # its reasons are told at their field
    errors.BadSlug,
    errors.ReasonMissing,
    errors.InstantTooEarly,  # of an import
    errors.StaleMasthead,  # of the machine interface
    errors.UnknownAccount,
    errors.NewsroomNotEmpty,
}


@pytest.fixture
def app(publisher: Publisher) -> Flask:
    """The web application of a German newsroom."""
    made = create_app(replace(publisher, config=replace(publisher.config, language="de")))
    made.testing = True
    return made


def german(app: Flask, sentence: str) -> str:
    with app.test_request_context("/"):
        return said(sentence)


def every(kind: type[errors.Refused]) -> set[type[errors.Refused]]:
    below = {sub for direct in kind.__subclasses__() for sub in every(direct)}
    return below | set(kind.__subclasses__())


def test_every_refusal_has_its_place(app: Flask) -> None:
    """One that is new is either worded for the desk or said to be met elsewhere."""
    own = {kind for kind in every(errors.Refused) if kind.__module__.startswith("publisher.")}
    assert own - ELSEWHERE - {*REFUSALS} <= {
        k for k in own if k.__module__.startswith(("publisher.interchange", "publisher.imports"))
    }
    assert not ELSEWHERE & {*REFUSALS}


@pytest.mark.parametrize(
    "sentence",
    [
        *(str(kind(*arguments)) for kind, given in REFUSALS.items() for arguments in given),
        *(proving.NO_CODE, proving.WRONG_CODE, proving.CURRENT, doors.SLOW, own.OTHERWISE, own.NO_SESSION),
        *(token_pages.NO_ROLE, token_pages.GONE),
        *(proving.WRONG, pages.NO_ROLE, pages.NO_SUCH),
        *(doors.WRONG, doors.ENDED, doors.RESUMED, doors.CLOSED, doors.OLD),
        *(acts.NO_TARGET, mastheads.NO_REASON, mastheads.WHY, masthead_rows.TWICE),
        "Another writer holds the log: nothing was stored, try again in a moment.",
        "The log changed beside this command three times: nothing was stored, try again.",
        "log.db can't be opened for writing: disk full.",
        "The log can't be used: disk full.",
        "it is longer than 1,048,576 bytes: split it or shorten it",
        "The form was sent without its base: open the page again.",
        *(f"{label}: {queries.NO_TIME}" for label in queries.LABELS.values()),
        *(queries.NO_POSITION, site.BEFORE_ALL),
        *(originals.NOT_FOUND, originals.NO_EDITION, originals.NO_NUMBER, originals.NO_ORIGINAL),
        "There is no such message: give its address or its id.",
        "A message is no translation of itself: choose another.",
        "That message has no edition 2: choose one that it has.",
        "That message is itself a translation: choose its original.",
        "That message is in en-GB too: a translation is in another language.",
    ],
)
def test_a_refusal_is_said_in_german(app: Flask, sentence: str) -> None:
    """Another sentence than the English one, with every number and name of it."""
    translated = german(app, sentence)
    assert translated != sentence
    for value in re.findall(r"\d[\w:.-]*\w|“.*?”|/\S+ ", sentence):
        assert value.strip("“” :") in translated


def test_a_sentence_that_is_not_in_the_list_is_said_as_it_is(app: Flask) -> None:
    """Percent signs and braces included."""
    assert german(app, "100% {days} of %(this)s") == "100% {days} of %(this)s"


def test_what_was_typed_is_not_taken_for_a_template(app: Flask) -> None:
    """A value with percent signs, line breaks or a sentence's words comes back as it was."""
    typed = "“%(text)s 5% \n can't be used”"
    assert typed in german(app, f"{typed} can't be used: write a BCP 47 tag such as en-GB.")


def test_english_is_said_word_for_word(publisher: Publisher) -> None:
    """Taking a sentence apart and putting it together again changes nothing."""
    with create_app(publisher).test_request_context("/"):
        for kind, given in REFUSALS.items():
            for arguments in given:
                assert said(str(kind(*arguments))) == str(kind(*arguments))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": " "}, "Das Feld ist leer"),
        ({"title": "x" * 5000}, "Das sind 5,000 Zeichen, erlaubt sind 500"),
        ({"title": "a\tb"}, "ein Zeilenumbruch oder ein Tabulator"),
        ({"kind": "2. Fassung"}, "“2. Fassung” geht nicht"),
        ({"language": "english!"}, "ein Sprachkürzel nach BCP 47"),
        ({"topics": "!!!"}, "einen Buchstaben oder eine Ziffer"),
        ({"topics": ",".join(f"t{n}" for n in range(60))}, "Das sind 60 Einträge"),
        ({"speakers": "!!!"}, "kann keine Seite haben"),
        ({"summary": "a\x07b"}, "das Zeichen U+0007"),
        ({"body": "a\x07b"}, "das Zeichen U+0007"),
        ({"markup": "word"}, "ist hier unbekannt"),
    ],
)
def test_a_bad_field_of_a_text_is_named_in_german(chief: Person, fields: dict[str, str], says: str) -> None:
    """The sentence of the field, and the words around it."""
    answer = chief.post("/desk/new", **(TEXT | fields))
    assert answer.status_code == 422
    assert says in unescape(answer.text)
    assert "Ein Feld braucht noch einen Blick." in answer.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"slug": "No Slug"}, "“No Slug” geht nicht"),
        ({"when": "later", "date": "", "time": ""}, "Das Feld ist leer"),
        ({"when": "later", "date": "tomorrow"}, "Schreiben Sie JJJJ-MM-TT"),
        ({"when": "later", "date": "2026-10-25", "time": "noon"}, "eine Uhrzeit als HH:MM"),
        (
            {"when": "later", "date": "2026-10-25", "time": "01:30"},
            "zeigen diese Zeit an jenem Tag zweimal",
        ),
        ({"when": "later", "date": "2027-03-28", "time": "01:30"}, "überspringen diese Zeit"),
        ({"when": "later", "date": "2026-05-19", "time": "09:00"}, "ist vorbei"),
        ({"revision": "9"}, "Eine Fassung 9 dieser Veröffentlichung gibt es nicht."),
    ],
)
def test_a_bad_time_or_address_is_named_in_german(chief: Person, fields: dict[str, str], says: str) -> None:
    """Beside the field, or above the form where the rules refuse it."""
    assert says in unescape(chief.publish(chief.draft(), **fields).text)


COUNTER = {"key": "k", "since": "2026-05-01", "zone": "Europe/London", "text": "{days} Tage"}


def counter(**changes: str) -> dict[str, str]:
    return {f"counters-0-{column}": text for column, text in (COUNTER | changes).items()}


@pytest.mark.parametrize(
    ("fields", "where", "says"),
    [
        ({"contacts-0-value": "113"}, "contacts-0-label", "Das Feld ist leer"),
        (
            {"clocks-0-label": "Dort", "clocks-0-zone": "Nowhere"},
            "clocks-0-zone",
            "„Nowhere“ ist keine Zeitzone",
        ),
        (counter(text="nein"), "counters-0-text", "Darin steht {days} 0-mal"),
        (counter(text="{days} {x}"), "counters-0-text", "noch eine geschweifte Klammer"),
        (counter(key="K"), "counters-0-key", "zuerst einen Buchstaben."),
        (counter(since="2027-05-01"), "counters-0-since", "dieser Tag ist noch nicht da"),
        (counter(since="gestern"), "counters-0-since", "ist kein Tag: Schreiben Sie"),
        (
            {f"contacts-{n}-{column}": "Presse" for n in (0, 1) for column in ("label", "value")},
            "contacts-1-label",
            "Es steht zweimal da",
        ),
        (
            {"notices-0-level": "shouting", "notices-0-text": "Listen!"},
            "notices-0-level",
            "ist hier unbekannt",
        ),
        ({"stop_reason": "a\x07b"}, "stop_reason", "das Zeichen U+0007"),
    ],
)
def test_a_bad_row_of_the_masthead_is_named_in_german(
    chief: Person, fields: dict[str, str], where: str, says: str
) -> None:
    """Beside its field."""
    answer = chief.post("/desk/masthead", name="Hafenamt", zone="Europe/London", **fields)
    assert answer.status_code == 422
    found = re.search(rf'id="{where}-wrong">([^<]*)<', answer.text)
    assert found, answer.text
    assert says in unescape(found[1])


def test_signing_in_is_asked_for_in_german(chief: Person, clock: MovableClock) -> None:
    """The page that carries a form tells why."""
    clock.move(hours=13)
    answer = chief.post("/desk/new", **TEXT)
    assert "Ihre Sitzung war zu Ende." in answer.text
