"""Invented rows and a bare application that renders every template with them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, render_template
from jinja2 import StrictUndefined
from markupsafe import Markup

from publisher import rendering
from publisher.accounts import Listed
from publisher.domain.content import Content
from publisher.domain.file import File
from publisher.domain.policy import Action, Role
from publisher.interchange.turns import Said, split
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
from publisher.state.previews import DAYS, PreviewRow
from publisher.state.sessions import SessionRow
from publisher.state.tokens import TokenRow
from publisher.state.uploads import Upload
from publisher.web import counters, factors, languages, masthead_rows, mastheads, merging, sharing, words
from publisher.web.api.guide import FieldShown, OperationShown
from publisher.web.live import Live, Question
from publisher.web.originals import Original
from publisher.web.signing import SignedIn
from publisher.web.translating import Tongues, Translation
from publisher.web.uploading import Line

WEB = Path(words.__file__).parent
NOW = datetime(2020, 11, 24, 11, 55, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
PATH = "/2020/11/questions-after-the-meeting"
ID = "0e5a3c52-4d1b-5f0e-9c64-1b0c3a6d2f11"
SHA = "9f2c41d05e7a88b1" * 4

ACTS = (
    "submit",
    "restore",
    "cancel",
    "move",
    "withdraw",
    "reinstate",
    "remove",
    "redact",
    "discard",
    "pin",
    "unpin",
)
ROUTES = {
    "site.front": "/",
    "site.publication": "/<year>/<month>/<slug>",
    "site.edition": "/<year>/<month>/<slug>/editions/<int:number>",
    "site.difference": "/<year>/<month>/<slug>/diff/<int:old>..<int:new>",
    "site.history": "/<year>/<month>/<slug>/history",
    "site.archive": "/archive",
    "site.year": "/<year>/",
    "site.month": "/<year>/<month>/",
    "site.kind": "/kinds/<kind>",
    "site.topic": "/topics/<topic>",
    "site.person": "/people/<person>",
    "site.search": "/search",
    "site.counter": "/counters/<key>",
    "site.feeds": "/feeds",
    "site.counters_namespace": "/ns/counters/1",
    "site.language": "/languages/<tag>/",
    "corrections.listed": "/corrections",
    "corrections.feed": "/corrections.<fmt>",
    "corrections.editions": "/<year>/<month>/<slug>/history.<fmt>",
    "syndication.feed": "/feed.<fmt>",
    "syndication.facet": "/<path:facet>/feed.<fmt>",
    "desk.index": "/desk/",
    "desk.sign_in": "/desk/sign-in",
    "desk.sign_out": "/desk/sign-out",
    "desk.new": "/desk/new",
    "desk.attach_new": "/desk/new/files",
    "desk.attach": "/desk/<publication>/files",
    "desk.file": "/desk/files/<sha256>/<name>",
    "desk.edit": "/desk/<publication>",
    **{f"desk.{act}": f"/desk/<publication>/{act}" for act in ("publish", "amend", *ACTS)},
    **{f"desk.{what}": f"/desk/<publication>/{what}" for what in ("review", "approve", "request_changes")},
    "desk.revision": "/desk/<publication>/revisions/<int:wanted>",
    "desk.choose": "/desk/<publication>/compare",
    "desk.compare": "/desk/<publication>/compare/<int:old>..<int:new>",
    "desk.preview": "/desk/preview",
    "desk.transcribe": "/desk/transcript/<place>",
    "desk.keep": "/desk/papers/<place>",
    "desk.throw_away": "/desk/papers/<place>/discard",
    "desk.previews_of": "/desk/<publication>/previews",
    "desk.make_preview": "/desk/<publication>/previews",
    "desk.revoke_preview": "/desk/<publication>/previews/<link>/revoke",
    "desk.masthead": "/desk/masthead",
    "desk.pins": "/desk/masthead/pins",
    "desk.all_accounts": "/desk/accounts",
    "desk.own": "/desk/me",
    "desk.second_factor": "/desk/me/second-factor",
    "desk.tokens": "/desk/tokens",
    "desk.invite": "/desk/accounts",
    "desk.one_account": "/desk/accounts/<account>",
    "desk.manage": "/desk/accounts/<account>",
    "desk.merge": "/desk/<publication>/merge",
    "desk.welcome": "/desk/welcome/<token>",
    "audit.index": "/audit/",
    "audit.event": "/audit/events/<int:position>",
    "audit.verify": "/audit/verify",
    "audit.export": "/audit/export.jsonl",
    "guide.docs": "/api/docs",
    "guide.openapi": "/api/openapi.json",
}


@cache
def application() -> Flask:
    """An application with the real templates, every address, and no data."""
    app = Flask("publisher.web", root_path=str(WEB))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    languages.install(app, "en-GB")
    words.install(app)
    app.jinja_env.globals["csrf_token"] = lambda: "invented"
    for endpoint, rule in ROUTES.items():
        name = "syndication.feed" if endpoint == "syndication.facet" else endpoint
        app.add_url_rule(rule, endpoint=name)
    return app


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


def _corrected() -> list[ListedRow]:
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


def _archive(endpoint: str, year: str | None, month: str | None) -> dict[str, Any]:
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


def _facet(what: str, folder: str, key: str, label: str) -> dict[str, Any]:
    return {
        "page": page_of(7),
        "what": what,
        "key": key,
        "label": label,
        "endpoint": f"site.{what}",
        "args": {what: key},
        "feed_facet": f"{folder}/{key}",
    }


def _search(query: str, page: PageOf) -> dict[str, Any]:
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
_TRANSCRIPT: dict[str, Any] = {
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
USED = {"topics": ["archive", "consular-access"], "speakers": ["Ilse Dravik"]}
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
_AUDIT: dict[str, Any] = {
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
_OTHERS = (
    replace(listed()[0], title="Fragen nach der Sitzung", language="de", edition=3),
    replace(listed()[0], title="أسئلة بعد الاجتماع", language="ar", path="/2020/11/arabic"),
)
TONGUES = Tongues(
    others=_OTHERS, alternates=_OTHERS, translation=Translation(original=_OTHERS[0], edition=2)
)
_PUBLICATION: dict[str, Any] = {
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
_FRONT: dict[str, Any] = {
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


_DIFFERENCE: dict[str, Any] = {
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
_COMPARED: dict[str, Any] = {
    "old": REVISIONS[1],
    "new": REVISIONS[0],
    "revisions": REVISIONS,
    "editions": {4: 1},
    "readable": (True, True),
    "text_language": "en",
    "difference": DIFFERENCE,
    "names": NAMES,
}


def _review(row: DeskRow, language: str, **said: Any) -> tuple[str, dict[str, Any]]:
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


def _counter(language: str, steps: tuple[CounterStep, ...]) -> tuple[str, dict[str, Any]]:
    stopped = steps[-1] if steps[-1].kind == "stopped" else None
    given = {"claim": CLAIM, "stopped": stopped, "steps": tuple(map(counters.shown, steps))}
    return "counter.html", frame(language, sentence=counters.shown(CLAIM_STEPS[-1]).sentence, **given)


_MASTHEAD_FORM = masthead_rows.form_of(MASTHEAD, "Europe/London")


def _ahead() -> mastheads.Ahead:
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


def _masthead(language: str, **said: Any) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {
        "form": _MASTHEAD_FORM,
        "counts": {"counters": 2, "clocks": 2, "contacts": 2, "notices": 1},
        "stopping": [],
        "zones": ["Europe/London", "Europe/Moscow"],
        "pins": [desk_row("published"), desk_row("withdrawn"), desk_row("published")],
        "ahead": None,
        "focus": "",
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
_PREVIEWS: dict[str, Any] = {
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


def _preview(
    language: str, row: DeskRow, standing: StandingRow | None = None
) -> tuple[str, dict[str, Any]]:
    shown = replace(standing or replace(STANDING, path=""), edition=EDITIONS[0])
    given = _PUBLICATION | {"row": row, "standing": shown, "link": _PREVIEW}
    return "preview.html", frame(language, **given)


def _factor(language: str, **said: Any) -> tuple[str, dict[str, Any]]:
    given = {"row": None, "reset_at": None, "secret": "", "picture": "", "codes": ()}
    return "desk/factor.html", desk(language, **(given | said))


def _second(mine: Content | None = None, **said: Any) -> dict[str, Any]:
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


def _act(act: str, language: str) -> tuple[str, dict[str, Any]]:
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

PAGES: dict[str, Callable[[str], tuple[str, dict[str, Any]]]] = {
    "front": lambda lang: ("front.html", frame(lang, **_FRONT)),
    "front-empty": lambda lang: (
        "front.html",
        frame(
            lang,
            rows=[],
            total=0,
            years=[],
            masthead=MastheadRow(name=None, zone=None),
            counters=[],
            kinds=[],
        ),
    ),
    "past": lambda lang: ("front.html", frame(lang, past=PAST, **_FRONT)),
    "rehearsal": lambda lang: ("front.html", frame(lang, rehearsal=NOW, **_FRONT)),
    "publication": lambda lang: ("publication.html", frame(lang, **_PUBLICATION)),
    "withdrawn": lambda lang: ("publication.html", frame(lang, **_PUBLICATION | {"standing": WITHDRAWN})),
    "redacted": lambda lang: (
        "publication.html",
        frame(lang, **_PUBLICATION | {"standing": REDACTED, "text_html": None, "questions": []}),
    ),
    "edition": lambda lang: (
        "edition.html",
        frame(lang, edition=EDITIONS[1], content=CONTENT, **_PUBLICATION),
    ),
    "history": lambda lang: (
        "history.html",
        frame(lang, standing=STANDING, editions=EDITIONS, compared={}),
    ),
    "history-withdrawn": lambda lang: (
        "history.html",
        frame(lang, standing=WITHDRAWN, editions=EDITIONS, compared={2: "/a-difference"}),
    ),
    "difference": lambda lang: ("difference.html", frame(lang, **_DIFFERENCE)),
    "difference-redacted": lambda lang: (
        "difference.html",
        frame(lang, **_DIFFERENCE | {"standing": WITHDRAWN, "after": REDACTED.edition, "difference": None}),
    ),
    "archive": lambda lang: ("archive.html", frame(lang, **_archive("site.archive", None, None))),
    "year": lambda lang: ("archive.html", frame(lang, **_archive("site.year", "2020", None))),
    "month": lambda lang: ("archive.html", frame(lang, **_archive("site.month", "2020", "11"))),
    "kind": lambda lang: ("facet.html", frame(lang, **_facet("kind", "kinds", "transcript", "transcript"))),
    "language": lambda lang: (
        "facet.html",
        frame(lang, **_facet("language", "languages", "de", "Deutsch") | {"args": {"tag": "de"}}),
    ),
    "topic": lambda lang: ("facet.html", frame(lang, **_facet("topic", "topics", "archive", "Archive"))),
    "person": lambda lang: (
        "facet.html",
        frame(lang, **_facet("person", "people", "ilse-dravik", "Ilse Dravik")),
    ),
    "search": lambda lang: ("search.html", frame(lang, **_search("reading room", page_of(1)))),
    "search-empty": lambda lang: ("search.html", frame(lang, **_search("", NO_PAGE))),
    "search-nothing": lambda lang: (
        "search.html",
        frame(lang, **_search("a “quoted” <b> 100%", NO_PAGE)),
    ),
    "corrections": lambda lang: (
        "corrections.html",
        frame(lang) | {"rows": _corrected(), "newer": 1, "older": 3},
    ),
    "corrections-empty": lambda lang: (
        "corrections.html",
        frame(lang) | {"rows": [], "newer": None, "older": None},
    ),
    "counters-namespace": lambda lang: (
        "counters-namespace.html",
        frame(lang) | {"namespace": "https://news.example/ns/counters/1"},
    ),
    "feeds": lambda lang: (
        "feeds.html",
        frame(lang, base_url="https://press.norland.example", topics=TOPICS, people=PEOPLE),
    ),
    "api": lambda lang: (
        "api.html",
        frame(
            lang,
            groups={"publications": (OPERATION,)},
            kinds_of_problem=[("stale-revision", "409 Conflict"), ("unknown-revision", "404 Not Found")],
        ),
    ),
    "gone": lambda lang: ("gone.html", frame(lang, standing=REMOVED)),
    "error-400": lambda lang: ("error.html", frame(lang, code=400, message="Give a date as YYYY-MM-DD.")),
    "error-404": lambda lang: ("error.html", frame(lang, code=404, message=None)),
    "error-404-past": lambda lang: ("error.html", frame(lang, code=404, message=None, past=PAST)),
    "error-409": lambda lang: ("error.html", frame(lang, code=409, message="Somebody else was faster.")),
    "error-500": lambda lang: ("error.html", frame(lang, code=500, message=None)),
    "error-418": lambda lang: ("error.html", frame(lang, code=418, message=None)),
    "desk-sign-in": lambda lang: (
        "desk/sign-in.html",
        desk(lang, who=None, form={"name": "ines"}, problems={"password": "They do not belong."}, next=""),
    ),
    "desk-confirm": lambda lang: (
        "desk/confirm.html",
        desk(
            lang,
            there=f"/desk/{ID}/remove",
            coded=True,
            typed=[("explanation", "It named a person who had not agreed.")],
            problems={"proof": "That is not your password."},
        ),
    ),
    "desk-accounts": lambda lang: (
        "desk/accounts.html",
        desk(
            lang,
            who=ADMIN,
            rows=ACCOUNTS,
            roles=list(Role),
            form={"name": "Jonas Weir", "role-editor": "yes"},
            problems={"name": "There is an account “Jonas Weir” already: choose another name."},
        ),
    ),
    "desk-account": lambda lang: (
        "desk/account.html",
        desk(lang, who=ADMIN, row=ACCOUNTS[1], roles=list(Role), sessions=2),
    ),
    "desk-account-own": lambda lang: (
        "desk/account.html",
        desk(lang, who=ADMIN, row=ACCOUNTS[0], roles=list(Role), sessions=1),
    ),
    "desk-account-closed": lambda lang: (
        "desk/account.html",
        desk(
            lang,
            who=ADMIN,
            row=ACCOUNTS[3],
            roles=list(Role),
            sessions=0,
            refusal="This account is closed.",
        ),
    ),
    "desk-own": lambda lang: (
        "desk/own.html",
        desk(lang, rows=SESSIONS, current=SESSIONS[0].key, factor=FACTOR, reset_at=None, tokens=2),
    ),
    "desk-own-wrong": lambda lang: (
        "desk/own.html",
        desk(
            lang,
            rows=SESSIONS[:1],
            current=SESSIONS[0].key,
            factor=None,
            reset_at=NOW,
            tokens=0,
            problems={"again": "The two do not say the same: type the new password twice."},
        ),
    ),
    "desk-code": lambda lang: (
        "desk/code.html",
        desk(
            lang,
            who=None,
            challenge="invented",
            kept={"title": "Half a thought"},
            next="/desk/",
            problems={"code": "That code is not right, or was used already: wait for the next one."},
        ),
    ),
    "desk-factor-off": lambda lang: _factor(lang, reset_at=NOW),
    "desk-factor-waiting": lambda lang: _factor(
        lang, secret=SECRET, picture=factors.picture_of(SECRET, "Ines Halloran", "Norland")
    ),
    "desk-factor-codes": lambda lang: _factor(
        lang, row=FACTOR, codes=[f"{n}bcdefg-hjkmnpq-rstuvwx-yz23456" for n in range(10)]
    ),
    "desk-factor": lambda lang: _factor(
        lang, row=FACTOR, problems={"proof_code": "Type the code that your authenticator shows."}
    ),
    "desk-tokens": lambda lang: (
        "desk/tokens.html",
        desk(
            lang,
            own=TOKENS[:1],
            others=TOKENS[1:],
            names=NAMES,
            limit=365,
            form={"label": "", "role": "chief", "days": "400"},
            problems={"days": "A token lasts from 1 to 365 days: write a whole number of them."},
        ),
    ),
    "desk-tokens-none": lambda lang: (
        "desk/tokens.html",
        desk(lang, who=ADMIN, own=(), others=(), names={}, limit=365, form={"days": "90"}),
    ),
    "desk-token": lambda lang: (
        "desk/token.html",
        desk(lang, row=TOKENS[0], secret="publisher_" + SHA[:43]),
    ),
    "desk-invited": lambda lang: (
        "desk/invited.html",
        desk(lang, who=ADMIN, whose="Jonas Weir", link=f"https://press.norland.example/desk/welcome/{SHA}"),
    ),
    "desk-welcome": lambda lang: (
        "desk/welcome.html",
        desk(
            lang,
            who=None,
            whose="Jonas Weir",
            token=SHA,
            problems={"password": "The password is too short: use at least 12 characters."},
        ),
    ),
    "desk-list": lambda lang: (
        "desk/list.html",
        desk(
            lang,
            rows=DESK_ROWS,
            waiting=DESK_ROWS[-4:-2],
            papers=[PAPER],
            counts=DESK_COUNTS,
            shelf="",
            query="",
            kind="",
            kinds=DESK_KINDS,
            names=NAMES,
            rehearsal=NOW,
        ),
    ),
    "desk-list-empty": lambda lang: (
        "desk/list.html",
        desk(
            lang,
            rows=[],
            waiting=(),
            papers=(),
            counts=DESK_COUNTS,
            shelf="draft",
            query="nothing",
            kind="statement",
            kinds=DESK_KINDS,
            names={},
        ),
    ),
    "desk-review": lambda lang: _review(desk_row(review="submitted"), lang),
    "desk-review-change": lambda lang: _review(
        desk_row("published", revision=6, unreviewed=True), lang, difference=DIFFERENCE
    ),
    "desk-review-wrong": lambda lang: _review(
        desk_row(revision=6, review="submitted"),
        lang,
        content=None,
        text=None,
        problems={"comment": "It is empty: write one."},
    ),
    "desk-new": lambda lang: (
        "desk/edit.html",
        desk(lang, row=None, form={"language": "en"}, kinds=DESK_KINDS, live=LIVE_EMPTY, used=USED),
    ),
    "desk-edit": lambda lang: (
        "desk/edit.html",
        desk(
            lang,
            row=desk_row("published", revision=6),
            form=EDIT_FORM,
            kinds=DESK_KINDS,
            live=LIVE,
            lines=LINES,
            used=USED,
        ),
    ),
    "desk-translation": lambda lang: (
        "desk/edit.html",
        desk(
            lang,
            row=desk_row("published", revision=6, original=ID, translated=2, behind=3),
            form=EDIT_FORM | {"translates": PATH, "translated": "2"},
            original=Original(row=desk_row("published"), edition=2, behind=3, twin=_OTHERS[0]),
            used=USED,
            kinds=DESK_KINDS,
            live=LIVE,
            lines=LINES,
        ),
    ),
    "desk-transcript": lambda lang: ("desk/transcript.html", desk(lang, **_TRANSCRIPT)),
    "desk-transcript-turns": lambda lang: (
        "desk/transcript.html",
        desk(
            lang,
            **_TRANSCRIPT
            | {
                "turns": split("Good morning.\nQ (Post): When?\nADA BRANDT: Now.\nINES HALL: Or later."),
                "people": ["Ada Brandt", "Ines Hall"],
                "title": CONTENT.title,
                "problems": {"turn-2-who": "Write who speaks here."},
            },
        ),
    ),
    "desk-edit-wrong": lambda lang: (
        "desk/edit.html",
        desk(
            lang,
            row=desk_row(due=NOW),
            paper=PAPER,
            others="Also open here: Ada.",
            form=EDIT_FORM | {"title": ""},
            lines=LINES,
            problems={
                "alt-1": "say in words what map.png shows",
                "title": "Write one.",
                "form": "It is the same as before.",
            },
            kinds=DESK_KINDS,
            used={"topics": [], "speakers": []},
            live=Live(content=CONTENT, problem="it is longer than 1,048,576 bytes"),
        ),
    ),
    "desk-compare": lambda lang: (
        "desk/compare.html",
        desk(lang, row=desk_row("published", revision=6), **_COMPARED),
    ),
    "desk-compare-redacted": lambda lang: (
        "desk/compare.html",
        desk(lang, row=desk_row(), **_COMPARED | {"difference": None, "readable": (False, True)}),
    ),
    "counter": lambda lang: _counter(lang, CLAIM_STEPS[:3]),
    "counter-stopped": lambda lang: _counter(lang, CLAIM_STEPS),
    "preview": lambda lang: _preview(lang, row=desk_row(revision=6)),
    "preview-scheduled": lambda lang: _preview(
        lang, row=replace(desk_row(due=NOW + timedelta(days=3)), path=PATH), standing=STANDING
    ),
    "preview-public": lambda lang: _preview(
        lang, row=replace(desk_row("published"), live_revision=5, path=PATH), standing=STANDING
    ),
    "preview-over": lambda lang: ("preview-over.html", frame(lang)),
    "desk-previews": lambda lang: (
        "desk/previews.html",
        desk(lang, row=desk_row("published", revision=6), **_PREVIEWS),
    ),
    "desk-previews-made": lambda lang: (
        "desk/previews.html",
        desk(
            lang,
            row=desk_row(),
            **_PREVIEWS | {"links": (), "link": f"https://press.norland.example/preview/{SHA}"},
        ),
    ),
    "desk-previews-wrong": lambda lang: (
        "desk/previews.html",
        desk(
            lang,
            row=desk_row(),
            form={"revision": "2", "days": "30", "note": "Somebody"},
            problems={
                "revision": "There is no such revision: choose one of the list.",
                "days": "A preview link holds for 1, 7 or 30 days: choose one of them.",
                "note": "The note is too long or can't be shown: use up to 200 characters.",
            },
            **_PREVIEWS,
        ),
    ),
    "desk-publish": lambda lang: ("desk/publish.html", desk(lang, row=desk_row(), act="publish")),
    "desk-amend": lambda lang: (
        "desk/publish.html",
        desk(
            lang,
            row=desk_row("published", revision=6, due=datetime(2020, 11, 27, 9, 0, tzinfo=UTC)),
            act="amend",
            findings=FINDINGS,
            form={"significance": "correction", "when": "later", "date": "2020-10-25", "time": "01:30"},
            problems={"note": "Write it.", "fold": "The clocks show this time twice: choose."},
        ),
    ),
    **{f"desk-{act}": partial(_act, act) for act in ACTS},
    "desk-stale": lambda lang: (
        "desk/stale.html",
        desk(lang, row=desk_row(), **_second(picked={"title": "theirs"}, problems={"body-1": "Choose."})),
    ),
    "desk-stale-settled": lambda lang: (
        "desk/stale.html",
        desk(lang, row=desk_row(), **_second(mine=CONTENT.changed(summary="Shorter."), open=())),
    ),
    "desk-masthead": lambda lang: _masthead(lang),
    "desk-masthead-ahead": lambda lang: _masthead(lang, ahead=_ahead(), focus="ahead", pins=()),
    "desk-masthead-wrong": lambda lang: _masthead(
        lang,
        form=_MASTHEAD_FORM | {"clocks-1-zone": "Nowhere", "notices-0-level": "loud"},
        stopping=["archive"],
        problems={
            "clocks-1-zone": "“Nowhere” is not a time zone: use a tz database name such as Europe/London.",
            "stop_reason": "Say why it stops: its page shows the reason to readers.",
            "contacts": "It has 101 entries, 100 are allowed: shorten it.",
        },
    ),
    "desk-masthead-empty": lambda lang: _masthead(
        lang,
        form={"name": "", "zone": "Europe/London", "stop_reason": ""},
        counts=dict.fromkeys(masthead_rows.COLUMNS, 0),
        pins=[],
        refusal="Somebody else was faster.",
    ),
    "audit-list": lambda lang: ("audit/list.html", desk(lang, verdict=VERDICT, total=12_345, **_AUDIT)),
    "audit-list-broken": lambda lang: (
        "audit/list.html",
        desk(lang, verdict=VERDICT | {"sound": False, "reason": "Position 12 was rewritten."}, **_AUDIT),
    ),
    "audit-list-empty": lambda lang: (
        "audit/list.html",
        desk(lang, rows=[], types=[], names={}, chosen={}, older=None),
    ),
    "audit-event": lambda lang: (
        "audit/event.html",
        desk(
            lang,
            row=EVENTS[2],
            data={"edition": "3", "note": "The meeting lasted 40 minutes.", "content_sha256": SHA},
            names=NAMES,
            newer=12_344,
            older=None,
        ),
    ),
}


@cache
def render(name: str, language: str = "en") -> str:
    """The page `name` of PAGES, in a language."""
    app = application()
    with app.test_request_context("/"):
        template, values = PAGES[name](language)
        return render_template(template, **values)


def write(folder: str) -> None:
    """Every page as a file beside its stylesheet, to be looked at in a browser."""
    target = Path(folder)
    for name in PAGES:
        html = render(name).replace("/static/", f"file://{WEB}/static/")
        (target / f"{name}.html").write_text(html, "utf-8")


if __name__ == "__main__":
    import sys

    write(sys.argv[1])
