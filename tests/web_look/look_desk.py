"""Invented values for the pages of the desk and of the record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from look_samples import (
    ATTACHED,
    BODY,
    CONTENT,
    DIFFERENCE,
    EDITIONS,
    ID,
    MASTHEAD,
    NAMES,
    NOW,
    PATH,
    PUBLICATION,
    QUESTIONS,
    SAVED_TEXT,
    SHA,
    STANDING,
    SUMMARY,
    TEXT,
    WHO,
    ZONE,
    frame,
)

from publisher.domain.content import Content
from publisher.domain.policy import Action
from publisher.interchange.turns import Said
from publisher.readmodel.desking import SHELVES
from publisher.readmodel.rows import (
    DeskRow,
    EventRow,
    ReviewRow,
    RevisionRow,
    StandingRow,
)
from publisher.record.merging import together
from publisher.record.weighing import Finding, Touched
from publisher.state.papers import Paper
from publisher.state.polls import Count
from publisher.state.previews import DAYS, PreviewRow
from publisher.state.uploads import Upload
from publisher.web import words
from publisher.web.api.guide import FieldShown, OperationShown
from publisher.web.desk import masthead_rows, mastheads, merging
from publisher.web.desk.live import Live, Question
from publisher.web.desk.readers import Reading
from publisher.web.desk.uploading import Line


def desk_row(state: str = "draft", **changes: Any) -> DeskRow:
    public = state not in ("draft", "discarded")
    return replace(
        DeskRow(
            publication=ID,
            title=CONTENT.title,
            kind="transcript",
            language="en",
            state=state,
            revision=5,
            live_revision=5 if public else None,
            edition=2 if public else None,
            path=PATH if public else None,
            due=None,
            saved_at=NOW,
            saved_by=str(UUID(int=7)),
        ),
        **changes,
    )


def desk(language: str = "en", **changes: Any) -> dict[str, Any]:
    """What every page of the desk and the record takes."""
    return {
        "language": language,
        "zone": ZONE,
        "now": NOW,
        "masthead": MASTHEAD,
        "rehearsal": None,
        "who": WHO,
        "Action": Action,
        "command_id": str(UUID(int=9)),
        "form": {},
        "problems": {},
        "refusal": None,
        "original": None,
        "place": UUID(int=11),
        "paper": None,
        "others": "",
        "lines": (),
        **changes,
    }


PAPER = Paper(place=UUID(int=11), fields={"title": "Half a thought"}, saved_at=NOW)


DESK_ROWS = [
    desk_row(title="How to book the reading room"),
    desk_row(title="Draft of an answer to the Courier", saved_by="cli"),
    desk_row("scheduled", title="Saturday hours", due=datetime(2020, 11, 27, 9, 0, tzinfo=UTC), edition=1),
    desk_row("published", revision=6),
    desk_row("published", title="On reports about the closed archive"),
    desk_row("withdrawn", title="Minutes of a meeting"),
    desk_row("draft", title="Answer to a question", review="submitted"),
    desk_row("draft", title="New opening hours", review="approved"),
    desk_row("draft", title="A letter", review="changes-requested"),
    desk_row("published", title="Flood warning", fresh=False, unreviewed=True),
    desk_row(
        "published", title="Hochwasser", language="de", fresh=False, original=ID, translated=2, behind=3
    ),
]


EDIT_FORM = {
    "title": CONTENT.title,
    "summary": SUMMARY,
    "body": BODY,
    "kind": "transcript",
    "language": "en",
    "markup": "commonmark",
    "topics": "consular-access, archive",
    "speakers": "Ilse Dravik",
    "base": "5",
}


FINDINGS = (
    Finding(touched=Touched.NUMBER, before="14", after="40"),
    Finding(touched=Touched.NAME, before="", after="Ines Halloran"),
    Finding(touched=Touched.NEGATION, before="not", after=""),
    *(Finding(touched=Touched.QUOTATION, before=str(n), after="“so”") for n in range(12)),
)


TRANSCRIPT: dict[str, Any] = {
    "row": None,
    "title": "",
    "turns": (),
    "kinds": list(Said),
    "people": [],
    "forgotten": 0,
    "back": "/desk/new",
    "form": {"raw": "Q: When?"},
}


LINES = (
    Line(
        number=1,
        sha256="7e" * 32,
        name="map.png",
        alt="",
        known=Upload(
            sha256="7e" * 32, name="map.png", media_type="image/png", size=48_211, width=1600, height=900
        ),
    ),
    Line(
        number=2,
        sha256=ATTACHED.sha256,
        name=ATTACHED.name,
        alt=ATTACHED.alt,
        known=Upload(
            sha256=ATTACHED.sha256,
            name=ATTACHED.name,
            media_type=ATTACHED.media_type,
            size=ATTACHED.size,
        ),
    ),
    Line(number=3, sha256="7d" * 32, name="gone.csv", alt="What is gone"),
)


USED = {
    "topics": ["archive", "consular-access"],
    "speakers": ["Ilse Dravik"],
    "languages": ["en-GB", "de"],
}


LIVE = Live(
    content=CONTENT,
    text_html=TEXT,
    questions=tuple(Question(anchor=each["anchor"], text=each["text"]) for each in QUESTIONS),
    words=312,
    minutes=2,
    path=PATH,
)


LIVE_EMPTY = Live(content=CONTENT.changed(title="", summary="", body="", speakers=(), topics=()))


DESK_KINDS = ("press-release", "statement", "transcript")


EVENTS = [
    EventRow(
        position=12_345 - n,
        recorded_at=datetime(2020, 11, 24, 11, 50 - n, 12, tzinfo=UTC),
        effective_at=datetime(2020, 11, 24, 11, 50 - n, 12, tzinfo=UTC),
        type=type_,
        actor=str(UUID(int=7 + n % 2)) if n else "cli",
        subject=f"publication/{ID}",
        command_id=str(UUID(int=n)),
        rehearsal=n == 2,
        title=CONTENT.title if n else None,
    )
    for n, type_ in enumerate(
        (
            "publisher.masthead.counter-started",
            "publisher.publication.revised",
            "publisher.publication.published",
            "publisher.publication.amended",
            "publisher.publication.schedule-cancelled",
        )
    )
]


AUDIT: dict[str, Any] = {
    "rows": EVENTS,
    "types": sorted({row.type for row in EVENTS}),
    "names": NAMES,
    "chosen": {
        "type": EVENTS[1].type,
        "actor": "",
        "subject": "",
        "command": "",
        "from": "2020-11-01",
        "to": "",
    },
    "older": 12_340,
}


VERDICT = {"sound": True, "checked_at": NOW, "events": 12_345, "root": "Kx7fQ2mUe0v9Yw3s=", "reason": ""}


DESK_COUNTS = dict.fromkeys(SHELVES, 1) | {"draft": 3, "published": 3, "discarded": 0}


STEPS = [
    ReviewRow(kind=kind, revision=5, actor=str(UUID(int=7)), recorded_at=NOW, text=said)
    for kind, said in (
        ("submitted", None),
        ("changes-requested", "Name the source of the figure."),
        ("approved", None),
        ("expedited", "Flood warning."),
    )
]


REVISIONS = [
    RevisionRow(number=n, content_sha256=SHA, recorded_at=NOW, actor=actor)
    for n, actor in ((5, str(UUID(int=8))), (4, "cli"), (3, str(UUID(int=7))))
]


COMPARED: dict[str, Any] = {
    "old": REVISIONS[1],
    "new": REVISIONS[0],
    "revisions": REVISIONS,
    "editions": {4: 1},
    "readable": (True, True),
    "text_language": "en",
    "difference": DIFFERENCE,
    "names": NAMES,
}


def review_page(row: DeskRow, language: str, **said: Any) -> tuple[str, dict[str, Any]]:
    given = {"row": row, "revision": 5, "steps": STEPS, "names": NAMES, "difference": None}
    given |= {"content": CONTENT, "text": SAVED_TEXT}
    return "desk/review.html", desk(language, **(given | said))


MASTHEAD_FORM = masthead_rows.form_of(MASTHEAD, "Europe/London")


def ahead() -> mastheads.Ahead:
    midnight = datetime(2020, 11, 25, 0, 0, tzinfo=UTC)
    return mastheads.Ahead(
        masthead=MASTHEAD,
        zone=ZONE,
        counters=tuple(words.counters(MASTHEAD.counters, NOW, "en")),
        tomorrow=tuple(
            mastheads.Tomorrow(counter=each, at=midnight, day=midnight.date(), zone="Europe/London")
            for each in words.counters(MASTHEAD.counters, midnight, "en")
        ),
    )


def masthead_page(language: str, **said: Any) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {
        "form": MASTHEAD_FORM,
        "counts": {"counters": 2, "clocks": 2, "contacts": 2, "notices": 1},
        "stopping": [],
        "zones": ["Europe/London", "Europe/Moscow"],
        "pins": [desk_row("published"), desk_row("withdrawn"), desk_row("published")],
        "ahead": None,
        "focus": "",
        "overtaken": None,
    }
    return "desk/masthead.html", desk(language, **(given | said))


_PREVIEW = PreviewRow(
    id=UUID(int=21),
    publication=UUID(ID),
    revision=5,
    note="Ada Brandt, Daily Harbour",
    account=UUID(int=7),
    made_at=NOW - timedelta(hours=3),
    ends_at=NOW + timedelta(days=7),
    over=False,
    opened_at=NOW - timedelta(hours=1),
    openings=3,
)


def _reading(name: str, whole: int, unchanged: int, subscribers: int | None = None) -> Reading:
    count = Count(whole=whole, unchanged=unchanged, subscribers=subscribers)
    return Reading(name=name, count=count, a_day=count.polls / 30)


READERS: dict[str, Any] = {
    "days": 30,
    "since": NOW - timedelta(days=29),
    "software": [
        _reading("Feedly", 410, 21_030, 1_204),
        _reading("Newsboat", 96, 8_210),
        _reading("others", 1_800, 2),
        _reading("search engines", 9, 4),
    ],
    "feeds": [
        _reading("/feed.atom", 1_900, 28_000, 1_190),
        _reading("/topics/the-quays-and-the-harbour-in-winter/feed.rss", 410, 1_246, 14),
    ],
}


PREVIEWS: dict[str, Any] = {
    "links": (
        _PREVIEW,
        replace(_PREVIEW, id=UUID(int=22), note="", openings=0, opened_at=None),
    ),
    "link": None,
    "revisions": REVISIONS,
    "editions": {4: 1},
    "days": DAYS,
    "names": NAMES,
}


def preview_page(
    language: str, row: DeskRow, standing: StandingRow | None = None
) -> tuple[str, dict[str, Any]]:
    shown = replace(standing or replace(STANDING, path=""), edition=EDITIONS[0])
    given = PUBLICATION | {"row": row, "standing": shown, "link": _PREVIEW}
    return "preview.html", frame(language, **given)


def factor_page(language: str, **said: Any) -> tuple[str, dict[str, Any]]:
    given = {"row": None, "reset_at": None, "secret": "", "picture": "", "codes": ()}
    return "desk/factor.html", desk(language, **(given | said))


def second_page(mine: Content | None = None, **said: Any) -> dict[str, Any]:
    """A save that came second."""
    passages = CONTENT.body.split("\n\n")
    theirs = CONTENT.changed(
        title="Their title",
        topics=("archive",),
        body="\n\n".join(["Their first words.", "Their second words.", *passages[2:-1]]),
    )
    mine = mine or CONTENT.changed(
        title="My title", body="\n\n".join([passages[0], "My second words.", *passages[2:], "And an end."])
    )
    merge = together(CONTENT, theirs, mine)
    given = {
        "revision": REVISIONS[0],
        "form": {name: text for name, text in EDIT_FORM.items() if name != "base"},
        "base": 5,
        "forgotten": 0,
        "mine": mine,
        "fields": merging.fields_of(merge, CONTENT, theirs),
        "passages": merging.passages_of(merge),
        "open": merge.open,
        "picked": {},
        "names": NAMES,
    }
    return given | said


def act_page(act: str, language: str) -> tuple[str, dict[str, Any]]:
    due = NOW if act in ("cancel", "withdraw") else None
    return "desk/act.html", desk(language, row=desk_row("published", due=due), act=act)


OPERATION = OperationShown(
    name="revise",
    method="POST",
    path="/api/publications/{publication}/revisions",
    summary="Save a revision upon the newest one; files and translation stay as they were in that.",
    fields=(
        FieldShown(name="publication", place="path", kind="string, uuid", required=True, words=""),
        FieldShown(name="base", place="body", kind="integer", required=True, words="The newest revision."),
    ),
    answers=(("201", "Done."), ("409", "The newsroom's rules refuse it now.")),
)
