"""Invented rows, contents and forms: what the pages are rendered with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from markupsafe import Markup

from publisher import rendering
from publisher.accounts import Listed
from publisher.domain.content import Content
from publisher.domain.file import File
from publisher.domain.policy import Action
from publisher.interchange.turns import Said
from publisher.readmodel.desking import SHELVES
from publisher.readmodel.rows import (
    ClockRow,
    ContactRow,
    CounterRow,
    CounterStep,
    DeskRow,
    EditionRow,
    EventRow,
    ListedRow,
    MastheadRow,
    NoticeRow,
    PageOf,
    ReviewRow,
    RevisionRow,
    StandingRow,
    Tally,
)
from publisher.record.differences import between
from publisher.record.merging import together
from publisher.record.weighing import Finding, Touched
from publisher.state.factors import FactorRow
from publisher.state.papers import Paper
from publisher.state.polls import Count
from publisher.state.previews import DAYS, PreviewRow
from publisher.state.sessions import SessionRow
from publisher.state.tokens import TokenRow
from publisher.state.uploads import Upload
from publisher.web import counters, sharing, words
from publisher.web.api.guide import FieldShown, OperationShown
from publisher.web.desk import masthead_rows, mastheads, merging
from publisher.web.desk.live import Live, Question
from publisher.web.desk.readers import Reading
from publisher.web.desk.uploading import Line
from publisher.web.signing import SignedIn
from publisher.web.subscribing import Inside
from publisher.web.translating import Tongues, Translation

NOW = datetime(2020, 11, 24, 11, 55, tzinfo=UTC)


ZONE = ZoneInfo("Europe/London")


PATH = "/2020/11/questions-after-the-meeting"


ID = "0e5a3c52-4d1b-5f0e-9c64-1b0c3a6d2f11"


SHA = "9f2c41d05e7a88b1" * 4


MASTHEAD = MastheadRow(
    name="Embassy of Norland in Port Maren",
    zone="Europe/London",
    clocks=(
        ClockRow(label="London", zone="Europe/London"),
        ClockRow(label="Moscow", zone="Europe/Moscow"),
    ),
    contacts=(
        ContactRow(label="Press line", value="+44 1632 960 412"),
        ContactRow(label="Desk", value="press@norland.example"),
    ),
    counters=(
        CounterRow(
            key="alder-street",
            since=date(2018, 3, 4),
            zone="Europe/London",
            text="{days} days have passed since the Alder Street incident, and no credible answer came",
        ),
        CounterRow(
            key="archive",
            since=date(2018, 3, 12),
            zone="Europe/London",
            text="The archive has been closed to our consul for {days} days",
        ),
    ),
    notices=(
        NoticeRow(id="n1", level="warning", text="The consular hall is closed on Thursday 26 November."),
    ),
)


KINDS = [
    Tally(key="press-release", label="press-release", count=148),
    Tally(key="statement", label="statement", count=61),
    Tally(key="transcript", label="transcript", count=22),
]


LANGUAGES = [Tally(key=tag, label=tag, count=n) for tag, n in (("en", 200), ("de", 9), ("ar", 3))]


YEARS = [Tally(key=str(y), label=str(y), count=n) for y, n in ((2020, 61), (2019, 148), (2018, 104))]


MONTHS = [Tally(key=f"2020-{m:02}", label=f"2020-{m:02}", count=n) for m, n in ((11, 9), (10, 14), (3, 5))]


_TITLES = (
    ("statement", "The embassy asks again for consular access, and for an answer in writing", True),
    ("transcript", "Questions and answers after the meeting of 20 November", False),
    ("press-release", "Reading room opens on Saturdays from December", False),
    ("statement", "On reports about the closed archive", False),
    ("press-release", "Two scholarships for students of seamanship", False),
    ("comment", "Reply to the letter of the Courier’s readers", False),
)


SUMMARY = (
    "The ambassador on the state of the inquiry, the letters that were not answered, "
    "and why the reading room will open on Saturdays."
)


def listed() -> list[ListedRow]:
    return [
        ListedRow(
            publication=ID,
            path=PATH if i == 1 else f"/2020/11/message-{i}",
            kind=kind,
            language="en",
            title=title,
            summary=SUMMARY,
            published=datetime(2020, 11, 23 - i, 9 + i, 30, tzinfo=UTC),
            edition=3 if i == 1 else 1,
            significance="correction" if i == 1 else None,
            note="The meeting lasted 40 minutes. Edition 2 said 14." if i == 1 else None,
            amended=datetime(2020, 11, 23, 10, 0, tzinfo=UTC) if i == 1 else None,
            pinned=pinned,
        )
        for i, (kind, title, pinned) in enumerate(_TITLES)
    ]


EDITIONS = [
    EditionRow(
        number=n,
        revision=n + 1,
        content_sha256=SHA,
        effective_at=datetime(2020, 11, 20 + n, 10, 0, tzinfo=UTC),
        recorded_at=datetime(2020, 11, 20 + n, 10, 0, tzinfo=UTC),
        title="Questions and answers after the meeting of 20 November",
        significance=significance,
        note=note,
    )
    for n, significance, note in (
        (1, None, None),
        (2, "minor", "A broken link was mended."),
        (3, "correction", "The meeting lasted 40 minutes. Edition 2 said 14."),
    )
]


BODY = """The ambassador, Ilse Dravik, spoke to reporters in the reading room on Friday.
Her opening words and all questions follow in full.

Ilse Dravik: Good afternoon. We have written eleven letters, and we have had two answers.
Both said that an answer would follow.

Now your questions.

Question (Port Maren Courier): Ambassador, how long was the meeting, and who asked for it?

Ilse Dravik: Forty minutes. We asked for it, in September.

Question: Will the reading room stay open?

Ilse Dravik: Yes, and from December on Saturdays too.

> It was built as a room for readers, not for files.
"""


CONTENT = Content(
    kind="transcript",
    language="en",
    title=EDITIONS[0].title,
    summary=SUMMARY,
    body=BODY,
    topics=("consular-access", "archive"),
    speakers=("Ilse Dravik",),
)


STANDING = StandingRow(
    publication=ID,
    path=PATH,
    status="live",
    since=EDITIONS[2].effective_at,
    published=EDITIONS[0].effective_at,
    bumped=EDITIONS[2].effective_at,
    edition=EDITIONS[2],
    content=CONTENT,
)


_RENDERED = rendering.render(CONTENT)


TEXT = Markup(_RENDERED.html)


ATTACHED = File(
    sha256="7f" * 32,
    name="soundings-2020.pdf",
    media_type="application/pdf",
    size=1_234_567,
    alt="All soundings of the year, table by table",
)


SAVED_TEXT = rendering.Rendered(html=str(TEXT), attached=(ATTACHED,))


QUESTIONS = [{"anchor": turn.anchor, "text": turn.question} for turn in _RENDERED.turns]


TOPICS = [
    Tally(key="consular-access", label="Consular access", count=4),
    Tally(key="archive", label="Archive", count=9),
]


PEOPLE = [Tally(key="ilse-dravik", label="Ilse Dravik", count=12)]


def frame(language: str = "en", **changes: Any) -> dict[str, Any]:
    """What every public page takes."""
    return {
        "language": language,
        "zone": ZONE,
        "now": NOW,
        "masthead": MASTHEAD,
        "counters": words.counters(MASTHEAD.counters, NOW, language),
        "kinds": KINDS,
        "languages": LANGUAGES,
        "past": None,
        "rehearsal": None,
        "base": "https://news.example",
        **changes,
    }


def corrected() -> list[ListedRow]:
    return [row for row in listed() if row.edition > 1]


def page_of(number: int = 2) -> PageOf:
    return PageOf(rows=tuple(listed()), total=313, number=number, size=50)


NO_PAGE = PageOf(rows=(), total=0, number=1, size=50)


WITHDRAWN = replace(
    STANDING,
    status="withdrawn",
    reason="The meeting was not public, its minutes not ours to give.",
)


REDACTED = replace(
    STANDING, content=None, edition=replace(EDITIONS[2], redacted="Order 4 K 12/20 of the district court")
)


REMOVED = replace(STANDING, status="removed", content=None, reason="It named a person who had not agreed.")


def archive_page(endpoint: str, year: str | None, month: str | None) -> dict[str, Any]:
    args = {name: value for name, value in (("year", year), ("month", month)) if value}
    return {
        "page": page_of(2 if year is None else 1),
        "endpoint": endpoint,
        "args": args,
        "year": year,
        "month": month,
        "years": YEARS,
        "months": MONTHS if year else [],
    }


def facet_page(what: str, folder: str, key: str, label: str) -> dict[str, Any]:
    return {
        "page": page_of(7),
        "what": what,
        "key": key,
        "label": label,
        "endpoint": f"site.{what}",
        "args": {what: key},
        "feed_facet": f"{folder}/{key}",
    }


def search_page(query: str, page: PageOf) -> dict[str, Any]:
    return {
        "page": page,
        "query": query,
        "kind": "transcript",
        "first": date(2020, 1, 1),
        "last": None,
        "args": {"q": query, "kind": "transcript", "from": "2020-01-01"},
    }


PAST = words.PastBar(
    at=NOW,
    now_url="/",
    action="/another-day",
    target="/",
    before=words.Step(at=EDITIONS[1].effective_at, url="/web/20201122100000/"),
    after=words.Step(at=EDITIONS[2].effective_at, url="/web/20201123100000/"),
)


WHO = SignedIn(account=UUID(int=7), name="Ines Halloran", roles=frozenset({"chief", "auditor"}), token="")


ADMIN = SignedIn(account=UUID(int=9), name="Tilda Marsh", roles=frozenset({"admin"}), token="")


ACCOUNTS = [
    Listed(id=ADMIN.account, name="Tilda Marsh", roles=("admin",), closed=False, invited_until=None),
    Listed(id=UUID(int=8), name="Jonas Weir", roles=("editor",), closed=False, invited_until=NOW),
    Listed(
        id=UUID(int=7),
        name="Ines Halloran",
        roles=("chief", "auditor"),
        closed=False,
        invited_until=NOW + timedelta(days=3),
        second_factor=True,
    ),
    Listed(id=UUID(int=6), name=None, roles=(), closed=True, invited_until=None),
]


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


FACTOR = FactorRow(since=NOW, left=9)


TOKENS = [
    TokenRow(
        id=UUID(int=n),
        account=UUID(int=7 + n),
        role=role,
        label=label,
        made_at=NOW,
        ends_at=NOW + timedelta(days=90),
        used_at=used,
    )
    for n, role, label, used in ((0, "chief", "The wire service", NOW), (1, "auditor", "Backup", None))
]


SESSIONS = [
    SessionRow(
        key=f"{days:064}",
        account=WHO.account,
        started_at=NOW - timedelta(days=days),
        seen_at=NOW - timedelta(hours=days),
        proved_at=NOW,
        browser=browser,
    )
    for days, browser in ((0, "Firefox, Linux"), (1, "Safari, iPhone"), (2, ""))
]


NAMES = {str(UUID(int=7)): "Ines Halloran", str(UUID(int=8)): "Jonas Weir"}


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


OTHERS = (
    replace(listed()[0], title="Fragen nach der Sitzung", language="de", edition=3),
    replace(listed()[0], title="أسئلة بعد الاجتماع", language="ar", path="/2020/11/arabic"),
)


TONGUES = Tongues(others=OTHERS, alternates=OTHERS, translation=Translation(original=OTHERS[0], edition=2))


PUBLICATION: dict[str, Any] = {
    "article": sharing.article("https://news.example", "Embassy", STANDING, CONTENT, tuple(EDITIONS)),
    "pictures": ["https://news.example/files/0/map.png"],
    "standing": STANDING,
    "text_html": TEXT,
    "attached": (ATTACHED,),
    "files_at": "/files",
    "questions": QUESTIONS,
    "tongues": TONGUES,
    "latest": listed()[:4],
    "topics": TOPICS,
    "people": PEOPLE,
}


FRONT: dict[str, Any] = {
    "rows": listed(),
    "total": 313,
    "years": YEARS,
    "changes": [listed()[1]],
    "moment_action": "/another-day",
}


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


DIFFERENCE = between(
    CONTENT.changed(title="Answers of the spokesperson", body="One.\n\nTwo.\n\nThree."), CONTENT
)


DIFFERENCE_PAGE: dict[str, Any] = {
    "standing": STANDING,
    "before": EDITIONS[1],
    "after": EDITIONS[2],
    "text_language": "en",
    "difference": DIFFERENCE,
}


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


CLAIM = MASTHEAD.counters[0]


CLAIM_STEPS = (
    CounterStep(kind="started", at=NOW - timedelta(days=900), claim=CLAIM),
    CounterStep(
        kind="restarted",
        at=NOW - timedelta(days=700),
        claim=replace(CLAIM, text="{days} days have passed since the Alder Street incident", zone="UTC"),
    ),
    CounterStep(
        kind="reworded",
        at=NOW - timedelta(days=400),
        claim=CLAIM,
        before="{days} days have passed since the Alder Street incident",
    ),
    CounterStep(kind="stopped", at=NOW, claim=CLAIM, reason="The commission published its report."),
)


def counter_page(language: str, steps: tuple[CounterStep, ...]) -> tuple[str, dict[str, Any]]:
    stopped = steps[-1] if steps[-1].kind == "stopped" else None
    given = {"claim": CLAIM, "stopped": stopped, "steps": tuple(map(counters.shown, steps))}
    return "counter.html", frame(language, sentence=counters.shown(CLAIM_STEPS[-1]).sentence, **given)


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


def feeds_frame(language: str) -> dict[str, Any]:
    """What the page about the feeds takes: the first feeds hold something, the others nothing yet."""
    given = frame(language, base_url="https://press.norland.example", topics=TOPICS, people=PEOPLE)
    tallies = {"kinds": given["kinds"], "topics": TOPICS, "people": PEOPLE, "languages": given["languages"]}
    facets = [f"{folder}/{tally.key}" for folder, found in tallies.items() for tally in found]
    entry = Inside(title="The quay is closed", path=PATH, language="en", at=NOW)
    full = {"": [entry, entry], "corrections": [entry]}
    return given | {"inside": {key: [] for key in facets} | full}


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
