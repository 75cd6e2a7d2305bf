"""Invented values for the pages of readers: what a newsroom of nowhere could show."""

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
from publisher.readmodel.rows import (
    ClockRow,
    ContactRow,
    CounterRow,
    CounterStep,
    EditionRow,
    ListedRow,
    MastheadRow,
    NoticeRow,
    PageOf,
    StandingRow,
    Tally,
)
from publisher.record.differences import between
from publisher.state.factors import FactorRow
from publisher.state.sessions import SessionRow
from publisher.state.tokens import TokenRow
from publisher.web import counters, sharing, words
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


def feeds_frame(language: str) -> dict[str, Any]:
    """What the page about the feeds takes: the first feeds hold something, the others nothing yet."""
    given = frame(language, base_url="https://press.norland.example", topics=TOPICS, people=PEOPLE)
    tallies = {"kinds": given["kinds"], "topics": TOPICS, "people": PEOPLE, "languages": given["languages"]}
    facets = [f"{folder}/{tally.key}" for folder, found in tallies.items() for tally in found]
    entry = Inside(title="The quay is closed", path=PATH, language="en", at=NOW)
    full = {"": [entry, entry], "corrections": [entry]}
    return given | {"inside": {key: [] for key in facets} | full}
