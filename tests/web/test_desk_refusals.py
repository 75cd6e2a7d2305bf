"""Every refusal gives the form back as it was filled in; what an amendment does to feeds and pages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from desk_people import TEXT, Person, fields_of, shown

from movable_clock import MovableClock
from publisher.bootstrap import Publisher

PATH = "/2026/05/ferry-timetable-for-the-summer"
LATER = {"when": "later", "date": "2026-06-01", "time": "09:00"}
PASSED = {"when": "later", "date": "2026-05-19", "time": "09:00"}
NOTE = {"significance": "correction", "note": "Ten boats,\nnot <nine>."}
OFFICE = {"name": "Harbour Office", "zone": "Europe/London"}
MOSCOW = {"clocks-0-label": "Moscow", "clocks-0-zone": "Europe/Moscow"}

Situation = Callable[[Person], str]


def draft(person: Person) -> str:
    return person.draft()


def live(person: Person) -> str:
    """Edition 1 is public, revision 2 lies on the desk."""
    publication = person.draft()
    assert person.publish(publication).status_code == 303
    change(person, publication, 1, "Ten boats a day.")
    return publication


def due(person: Person) -> str:
    """Edition 1 is public, edition 2 goes out later."""
    publication = live(person)
    answer = person.post(f"/desk/{publication}/amend", revision="2", **NOTE, **LATER)
    assert answer.status_code == 303
    return publication


def ended(act: str, **fields: str) -> Situation:
    def made(person: Person) -> str:
        publication = draft(person) if act == "discard" else live(person)
        assert person.post(f"/desk/{publication}/{act}", **fields).status_code == 303
        return publication

    return made


def change(person: Person, publication: str, base: int, body: str) -> None:
    answer = person.post(f"/desk/{publication}", **(TEXT | {"body": body, "base": str(base)}))
    assert answer.status_code == 303


discarded = ended("discard")
withdrawn = ended("withdraw", reason="Under review.")
removed = ended("remove", explanation="A court asked us.")

REFUSED: list[tuple[Situation, str, dict[str, str], str]] = [
    (discarded, "", TEXT | {"base": "1", "body": "Typed."}, "was discarded"),
    (removed, "", TEXT | {"base": "2", "body": "Typed."}, "was removed"),
    (draft, "publish", {"revision": "9", "slug": "ferries", **LATER}, "no revision 9"),
    (draft, "publish", {"revision": "1", "slug": "taken", "when": "now"}, "is taken"),
    (draft, "publish", {"revision": "1", "slug": "ferries", **PASSED}, "has passed"),
    (live, "publish", {"revision": "1", "slug": "ferries", **LATER}, "public already"),
    (discarded, "publish", {"revision": "1", "slug": "ferries", **LATER}, "was discarded"),
    (draft, "amend", {"revision": "1", **NOTE, **LATER}, "never public"),
    (live, "amend", {"revision": "1", **NOTE, **LATER}, "Nothing would change"),
    (live, "amend", {"revision": "9", **NOTE, **LATER}, "no revision 9"),
    (live, "amend", {"revision": "2", **NOTE, **PASSED}, "has passed"),
    (due, "amend", {"revision": "2", **NOTE, **LATER}, "would cancel it first"),
    (withdrawn, "amend", {"revision": "2", **NOTE, **LATER}, "is withdrawn"),
    (removed, "amend", {"revision": "2", **NOTE, **LATER}, "was removed"),
    (draft, "move", {"slug": "ferries"}, "never public"),
    (live, "move", {"slug": "taken"}, "is taken"),
    (live, "move", {"slug": PATH.rpartition("/")[2]}, "Nothing would change"),
    (due, "move", {"slug": "ferries"}, "would cancel it first"),
    (draft, "withdraw", {"reason": "Typed\nreason."}, "never public"),
    (due, "withdraw", {"reason": "Typed\nreason."}, "would cancel it first"),
    (withdrawn, "withdraw", {"reason": "Typed\nreason."}, "is withdrawn"),
    (draft, "remove", {"explanation": "Typed.", "redirect": "/archive"}, "never public"),
    (due, "remove", {"explanation": "Typed.", "redirect": "/archive"}, "would cancel it first"),
    (removed, "remove", {"explanation": "Typed.", "redirect": "/archive"}, "was removed"),
    (live, "cancel", {"edition": "2"}, "is not scheduled"),
]
"""What stands, the act, what is typed into its form, and what the refusal says."""


@pytest.mark.parametrize(
    ("situation", "act", "typed", "says"),
    REFUSED,
    ids=[f"{act or 'revise'}-{says}-{at}" for at, (_, act, _, says) in enumerate(REFUSED)],
)
def test_a_refusal_gives_the_form_back_as_it_was_filled_in(
    chief: Person,
    clock: MovableClock,
    events: Callable[[], int],
    situation: Situation,
    act: str,
    typed: dict[str, str],
    says: str,
) -> None:
    """404 or 409 with the reason above the form, each field as it was typed, and no event."""
    if typed.get("slug") == "taken":
        chief.publish(chief.draft(title="Another one"), slug="taken")
        clock.move(seconds=1)
    address = f"/desk/{situation(chief)}/{act}".rstrip("/")
    before = events()
    answer = chief.post(address, **typed)
    assert answer.status_code in (404, 409)
    reason = re.search(r'<p class="refused" role="alert">(.*?)</p>', answer.text)
    assert reason
    assert says in reason[1]
    fields = fields_of(answer.text, address)
    assert {name: fields[name] for name in typed} == shown(typed)
    assert events() == before


@pytest.mark.parametrize("act", ["reinstate", "discard", "pin", "unpin"])
def test_an_act_that_can_not_be_done_says_so(chief: Person, events: Callable[[], int], act: str) -> None:
    """The page of the act again, with the reason, and no event."""
    publication = live(chief)
    if act == "pin":
        chief.post(f"/desk/{publication}/pin")
    before = events()
    answer = chief.post(f"/desk/{publication}/{act}")
    assert answer.status_code in (404, 409)
    assert 'class="refused"' in answer.text
    assert events() == before


def test_a_masthead_that_says_nothing_new_is_given_back(chief: Person, events: Callable[[], int]) -> None:
    """409 with every line, and no event."""
    fields = OFFICE | MOSCOW | {"contacts-0-label": "Desk", "contacts-0-value": "112"}
    chief.post("/desk/masthead", **fields)
    before = events()
    answer = chief.post("/desk/masthead", **fields)
    assert answer.status_code == 409
    given = fields_of(answer.text, "/desk/masthead")
    assert {name: given[name] for name in fields} == fields
    assert events() == before


def test_every_problem_of_the_masthead_is_named_at_once(chief: Person) -> None:
    """A row that can't be read hides neither another's nor a field's own problem."""
    fields = {"name": " ", "zone": "Nowhere", "clocks-0-label": "Moscow", "notices-0-text": "Listen!"}
    fields |= {"notices-0-level": "warning", "notices-1-level": "x", "notices-1-text": "y"}
    answer = chief.post("/desk/masthead", **fields)
    assert answer.status_code == 422
    named = re.findall(r'<p class="wrong" id="([\w-]+)-wrong">', answer.text)
    assert sorted(named) == ["clocks-0-zone", "name", "notices-1-level", "zone"]
    assert "“x” is unknown here" in answer.text


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("new", TEXT),
        ("", TEXT | {"base": "2", "body": "Typed."}),
        ("amend", {"revision": "2", **NOTE, **LATER}),
        ("move", {"slug": "ferries"}),
        ("withdraw", {"reason": "Typed\nreason."}),
        ("remove", {"explanation": "Typed.", "redirect": "/archive"}),
        ("masthead", OFFICE | MOSCOW),
    ],
)
def test_a_log_that_can_not_be_written_loses_nothing_that_was_typed(
    chief: Person, publisher: Publisher, act: str, typed: dict[str, str]
) -> None:
    """503, the reason, and the form; sent again when the log is back, it is stored."""
    publication = live(chief)
    address = f"/desk/{act}" if act in ("new", "masthead") else f"/desk/{publication}/{act}".rstrip("/")
    lock = publisher.config.data / "log.lock"
    lock.rename(lock.with_suffix(".away"))
    lock.mkdir()
    answer = chief.post(address, **typed)
    assert answer.status_code == 503
    assert "be opened for writing" in answer.text
    fields = fields_of(answer.text, address)
    assert {name: fields[name] for name in typed} == shown(typed)
    lock.rmdir()
    assert chief.client.post(address, data=fields).status_code == 303


# ---- what an amendment does


def updated(person: Person) -> datetime:
    """The instant of the feed's first entry."""
    found = re.search(r"<entry\b.*?<updated>(.*?)</updated>", person.get("/feed.atom").text, re.DOTALL)
    assert found
    return datetime.fromisoformat(found[1])


@pytest.mark.parametrize(
    ("significance", "moves"), [("minor", False), ("major", True), ("correction", True)]
)
def test_only_a_minor_amendment_leaves_subscribers_alone(
    chief: Person, visitor: Person, clock: MovableClock, significance: str, moves: bool
) -> None:
    """A minor one changes the text under the old `updated`; the others move it to their instant."""
    publication = live(chief)
    before = updated(visitor)
    clock.move(minutes=7)
    said = {"significance": significance, "confirmed": "yes", "note": "Ten.", "when": "now"}
    answer = chief.post(f"/desk/{publication}/amend", revision="2", **said)
    assert answer.status_code == 303
    assert "Ten boats a day." in visitor.get("/feed.atom").text
    assert updated(visitor) == (datetime(2026, 5, 20, 9, 7, tzinfo=UTC) if moves else before)


def test_an_amendment_that_is_scheduled_waits_under_the_live_edition(
    chief: Person, visitor: Person, clock: MovableClock
) -> None:
    """Until its instant page, feed and history say edition 1, the desk says when; then edition 2."""
    publication = live(chief)
    when = {"when": "later", "date": "2026-05-20", "time": "12:00"}
    answer = chief.post(f"/desk/{publication}/amend", revision="2", **NOTE, **when)
    assert answer.status_code == 303
    change(chief, publication, 2, "Twelve boats a day.")
    first = updated(visitor)
    clock.move(hours=1, minutes=59, seconds=59)
    for address in (PATH, "/feed.atom", f"{PATH}/history"):
        page = visitor.get(address).text
        assert "Ten boats" not in page
        assert "not &lt;nine&gt;" not in page
    assert visitor.get(f"{PATH}/editions/2").status_code == 404
    assert updated(visitor) == first
    page = chief.get(f"/desk/{publication}").text
    assert f'href="/desk/{publication}/cancel"' in page
    assert "Wednesday 20 May 2026, 12:00" in chief.get("/desk/").text
    clock.move(seconds=1)
    page = visitor.get(PATH).text
    assert "Ten boats a day." in page
    assert "not &lt;nine&gt;" in page
    assert "Twelve boats" not in page
    assert updated(visitor) == datetime(2026, 5, 20, 11, tzinfo=UTC)
    assert visitor.get(f"{PATH}/editions/1").status_code == 200
    assert "nine</strong> boats" in visitor.get(f"{PATH}/editions/1").text
    assert "cancel" not in chief.get(f"/desk/{publication}").text.partition("What else can be done")[2]
