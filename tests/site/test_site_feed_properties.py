"""Any commands at any instants: what holds of every feed, at two workers, one of which keeps answers."""

import io
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from helper_site import Site, content
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from lxml import etree

from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import open_publisher, rebuild_views
from publisher.config import Config
from publisher.domain.content import Content
from publisher.domain.errors import Refused
from publisher.domain.masthead import Counter, MastheadText
from publisher.domain.publication import Publication, Significance, Status
from publisher.interchange.bundle import read_bundle
from publisher.interchange.importing import import_bundle

ATOM = {"a": "http://www.w3.org/2005/Atom"}
PATHS = (
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/feed.atom?counters=none",
    "/topics/trade/feed.atom",
    "/corrections.atom",
    "/archive/1.atom",
)
PICK = st.integers(0, 3)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=12)
DUE = st.one_of(st.none(), st.sampled_from([2, 3, 4, 60]))
SPAN = st.one_of(
    st.sampled_from([0.0, 0.3, 1.0, 10.0, 61.0]),
    st.sampled_from([100.0, 130.0, 250.0]),
    st.integers(1, 7200).map(float),
    st.sampled_from([86_400.0, 31 * 86_400.0]),
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A feed as it was at an instant, after so many commands."""

    at: datetime
    commands: int
    tag: str
    modified: datetime | None
    fresh: int
    body: bytes


class Feeds(RuleBasedStateMachine):
    """A newsroom in which each text has a word of its own, so that it is known where it may be seen."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = MovableClock()
        config = Config(data=self.folder / "var")
        self.one = Site(publisher=open_publisher(config, self.clock), clock=self.clock)
        self.other = Site(publisher=open_publisher(config, self.clock), clock=self.clock)
        keeper = self.other.app.wsgi_app._application._application  # type: ignore[attr-defined]
        self.other.app.wsgi_app = keeper._application  # type: ignore[method-assign]
        self.publications: list[UUID] = []
        self.word_of: dict[str, str] = {}
        self.commands = 0
        self.seen: dict[str, list[Answer]] = {path: [] for path in PATHS}
        self.ids: dict[str, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.one.publisher.close()
            self.other.publisher.close()
            shutil.rmtree(self.folder)

    # ---- what the desk can do

    @rule(words=WORDS, due=DUE, trade=st.booleans())
    def publish(self, words: str, due: int | None, trade: bool) -> None:
        newsroom, said = self.one.publisher.newsroom, self.text(words, trade)
        drafted = newsroom.draft(said, By())
        self.publications.append(drafted.id)
        slug = f"p{len(self.publications)}"  # an address says its words for ever
        self.act(lambda: newsroom.publish(drafted.id, 1, By(), slug=slug, due=self.at(due)))

    @rule(pick=PICK, words=WORDS, sort=st.sampled_from(["minor", "major", "correction"]), due=DUE)
    def amend(self, pick: int, words: str, sort: str, due: int | None) -> None:
        if found := self.found(pick):
            newsroom = self.one.publisher.newsroom
            self.act(lambda: newsroom.revise(found.id, found.revision, self.text(words, True), By()))
            sorted_as = Significance(sort)
            self.act(
                lambda: newsroom.amend(
                    found.id, found.revision + 1, sorted_as, "What changed.", By(), due=self.at(due)
                )
            )

    @rule(pick=PICK, words=WORDS)
    def save(self, pick: int, words: str) -> None:
        """A revision that stays at the desk."""
        if found := self.found(pick):
            said = self.text(words, True)
            self.act(lambda: self.one.publisher.newsroom.revise(found.id, found.revision, said, By()))

    @rule(pick=PICK, deed=st.sampled_from(["withdraw", "reinstate", "remove", "redact", "cancel", "move"]))
    def change(self, pick: int, deed: str) -> None:
        if found := self.found(pick):
            newsroom = self.one.publisher.newsroom
            deeds: dict[str, Any] = {
                "withdraw": lambda: newsroom.withdraw(found.id, "It was wrong.", By(), cancel=True),
                "reinstate": lambda: newsroom.reinstate(found.id, By()),
                "remove": lambda: newsroom.remove(found.id, "At a court's order.", By(), cancel=True),
                "redact": lambda: newsroom.redact(found.id, 1, "Article 17", By(), cancel=True),
                "cancel": lambda: newsroom.cancel_schedule(found.id, found.stack[-1].edition, By()),
                "move": lambda: newsroom.move(found.id, f"m{self.commands}", By(), cancel=True),
            }
            self.act(deeds[deed])

    @rule(name=st.sampled_from(["Harbour", "Court"]), zone=st.sampled_from(["Asia/Tokyo", "America/Lima"]))
    def head(self, name: str, zone: str) -> None:
        counter = Counter(key="calm", since=date(2026, 1, 1), zone=zone, text="{days} calm days.")
        said = MastheadText(name=name, zone=zone, counters=(counter,))
        newsroom = self.one.publisher.newsroom
        self.act(lambda: newsroom.replace_masthead(said, By(command_id=uuid4()), stop_reason="Over."))

    @rule(year=st.integers(1999, 2025))
    def bring_in(self, year: int) -> None:
        """A message of long ago."""
        word = f"import-{self.commands}"
        line = {
            "key": word,
            "kind": "statement",
            "language": "en",
            "title": f"Title {word}",
            "summary": "",
            "body": f"Text {word}.",
            "topics": ["trade"],
            "speakers": [],
            "published_at": f"{year}-05-01T10:00:00Z",
            "amendments": [],
        }
        bundle = io.BytesIO(json.dumps({"publication": line}).encode())
        self.act(lambda: import_bundle(self.one.publisher.newsroom, read_bundle(bundle), By()))

    @rule(seconds=SPAN)
    def wait(self, seconds: float) -> None:
        self.clock.move(seconds=seconds)

    @rule()
    def rebuild(self) -> None:
        rebuild_views(self.one.publisher.config, check=False, repair=True)

    # ---- what holds all the time

    @invariant()
    def every_feed_is_right(self) -> None:
        if not hasattr(self, "folder"):
            return
        answers = {path: (self.one.get(path), self.other.get(path)) for path in PATHS}
        private = self.private()
        for path, (response, twin) in answers.items():
            assert (response.status_code, response.data) == (twin.status_code, twin.data), path
            leaked = [word for word in private if word.encode() in response.data]
            assert leaked == [], (path, leaked)
            if response.status_code == 200:
                assert twin.headers["ETag"] == response.headers["ETag"], path
                self.compare(path, response)
                if path.endswith(".atom"):
                    self.check_ids(path, response.data)

    def compare(self, path: str, response: Any) -> None:
        """With every answer at that address before it."""
        said = response.headers.get("Last-Modified")
        control = response.headers["Cache-Control"]
        now = Answer(
            at=self.clock.now,
            commands=self.commands,
            tag=response.headers["ETag"],
            modified=datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
            if said
            else None,
            fresh=int(control.partition("max-age=")[2].partition(",")[0] or 0),
            body=response.data,
        )
        assert now.modified is None or now.modified <= now.at, path
        for before in self.seen[path]:
            if before.body != now.body:
                assert before.tag != now.tag, path
                if before.modified and now.modified:
                    assert before.modified < now.modified, path
                if before.commands == now.commands:
                    assert now.at >= before.at + timedelta(seconds=before.fresh), path
            elif before.modified and now.modified:
                assert before.modified <= now.modified, path
        self.seen[path].append(now)

    def check_ids(self, path: str, body: bytes) -> None:
        """A message has one id for ever, and no other message has it."""
        for entry in etree.fromstring(body).iterfind("a:entry", ATOM):
            title, found = (entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("title", "id"))
            word = str(title).split()[0]
            if path != "/corrections.atom" and word in self.word_of.values():
                assert found in {f"urn:uuid:{publication}" for publication in self.publications}, path
                assert self.ids.setdefault(word, found) == found, path

    def private(self) -> list[str]:
        """The words of all that readers may not see now."""
        public: set[str] = set()
        now = self.one.publisher.now()
        for publication in self.publications:
            found = self.one.publisher.newsroom.repository.get(publication)
            if any(standing.status == Status.REMOVED for standing in found.stack):
                continue
            public |= {
                self.word_of[standing.content_sha256]
                for standing in found.stack
                if standing.effective_at <= now and standing.content_sha256 not in found.redacted
            }
        return [word for word in self.word_of.values() if word not in public]

    # ---- helpers

    def act(self, command: Callable[[], object]) -> None:
        """What the rules refuse changes nothing."""
        self.commands += 1
        with suppress(Refused):
            command()

    def at(self, minutes: int | None) -> datetime | None:
        return self.clock.now + timedelta(minutes=minutes) if minutes else None

    def found(self, pick: int) -> Publication | None:
        if not self.publications:
            return None
        publication = self.publications[pick % len(self.publications)]
        return self.one.publisher.newsroom.repository.get(publication)

    def text(self, words: str, trade: bool) -> Content:
        """A text that says its own word wherever it can."""
        word = f"w{len(self.word_of)}x"
        said = content(
            f"{word} {words}".strip(),
            summary=f"{word} {words}".strip(),
            body=f"{word} {words}\n\n{words} *{word}*",
            topics=("trade",) if trade else (word,),
            speakers=(f"Anna {word}",),
        )
        self.word_of[said.sha256] = word
        return said


Feeds.TestCase.settings = settings(
    max_examples=10, stateful_step_count=18, suppress_health_check=[HealthCheck.too_slow], deadline=None
)
TestFeeds = Feeds.TestCase
