"""Software that keeps what it read is taken through the life of a newsroom, and ends with what is true.

Each of them polls a real address after each step, as it does at its owner's: with its own cache, its own
conditional requests, and its own notion of which item is which.
"""

import mailbox
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

import pytest
from helper_served import Served

from publisher.application import By
from publisher.domain.masthead import Counter, MastheadText

FLOOD = Counter(
    key="flood", since=date(2018, 3, 4), zone="Europe/London", text="{days} days since the flood."
)


class Client(Protocol):
    """`updates` says whether it puts the new text of an item in place of the one that it has.

    `conditional` says whether it asks only for what is new.
    """

    updates: bool
    conditional: bool

    def poll(self) -> None: ...

    def items(self) -> list[tuple[str, str]]:
        """Id and text of all that it holds, the text with its title."""


def lived(site: Served) -> Iterator[tuple[str, dict[UUID, str]]]:
    """The life of a newsroom, step by step: its name, and what each message says from then on."""
    now: dict[UUID, str] = {}

    def said(publication: UUID, words: str) -> dict[UUID, str]:
        now[publication] = words
        return now

    newsroom = site.publisher.newsroom
    newsroom.replace_masthead(
        MastheadText(name="Harbour Office", counters=(FLOOD,)), By(command_id=uuid4()), stop_reason="Over."
    )
    bridge = site.publish("Bridge")
    yield "published", said(bridge, "Bridge, at first.")
    site.clock.move(minutes=1)
    ferry = site.publish("Ferry")
    tide = site.publish("Tide")
    said(ferry, "Ferry, at first.")
    yield "published two at once", said(tide, "Tide, at first.")
    site.clock.move(hours=1)
    site.amend(bridge, "Bridge", "minor", body="Bridge, with a comma.")
    yield "a minor amendment", said(bridge, "Bridge, with a comma.")
    site.clock.move(hours=1)
    site.amend(bridge, "Bridge", "major", body="Bridge, wholly new.")
    yield "a major amendment", said(bridge, "Bridge, wholly new.")
    site.clock.move(hours=1)
    newsroom.withdraw(ferry, "The hour was wrong.", By())
    yield "a withdrawal", said(ferry, "This message was withdrawn on 20 May 2026: The hour was wrong.")
    site.clock.move(hours=18)
    yield "midnight", now
    newsroom.move(tide, "high-tide", By())
    yield "a move", now
    site.clock.move(hours=1)
    dawn = site.publish("Dawn")
    yield "the first change of a second", said(dawn, "Dawn, at first.")
    site.clock.move(milliseconds=300)
    dusk = site.publish("Dusk")
    yield "the second change of it", said(dusk, "Dusk, at first.")
    site.clock.move(minutes=5)
    noon = site.publish("Noon", due=site.clock.now + timedelta(hours=1))
    yield "a schedule", now
    site.clock.move(hours=1)
    yield "its instant", said(noon, "Noon, at first.")
    site.clock.move(minutes=5)
    site.rebuild()
    yield "a rebuild", now
    site.restart()
    yield "a restart", now
    last = site.publish("Last")
    yield "one more", said(last, "Last, at first.")


class Newsboat:
    """Its items are rows of its cache."""

    updates, conditional = True, True

    def __init__(self, program: str, folder: Path, feed: str) -> None:
        folder.mkdir()
        self._cache = folder / "cache.db"
        (folder / "urls").write_text(feed + "\n")
        (folder / "config").write_text("")
        files = ["-u", folder / "urls", "-c", self._cache, "-C", folder / "config"]
        self._command = [program, *map(str, files), "-x", "reload"]

    def poll(self) -> None:
        subprocess.run(self._command, check=True, capture_output=True, timeout=60)

    def items(self) -> list[tuple[str, str]]:
        with closing(sqlite3.connect(self._cache)) as cache:
            return cache.execute("SELECT guid, title || ' ' || content FROM rss_item").fetchall()


class Sfeed:
    """Its items are lines of a file, told apart by id, title and address: one that moved is two."""

    updates, conditional = False, False

    def __init__(self, program: str, folder: Path, feed: str) -> None:
        folder.mkdir()
        self._program, self._folder = program, folder
        (folder / "sfeedrc").write_text(
            f"sfeedpath='{folder}/feeds'\nfeeds() {{\n  feed 'harbour' '{feed}'\n}}\n"
        )

    def poll(self) -> None:
        subprocess.run(
            [self._program, self._folder / "sfeedrc"], check=True, capture_output=True, timeout=60
        )

    def items(self) -> list[tuple[str, str]]:
        lines = (self._folder / "feeds" / "harbour").read_text().splitlines()
        fields = [line.split("\t") for line in lines]
        assert len({(id_, title, link) for _, title, link, _, _, id_, *_ in fields}) == len(fields)
        return list({each[5]: (each[5], f"{each[1]} {each[3]}") for each in fields}.values())


class Rss2email:
    """Its items are the messages that it delivered."""

    updates, conditional = False, True

    def __init__(self, folder: Path, feed: str) -> None:
        folder.mkdir()
        (folder / "config").write_text(
            "[DEFAULT]\nfrom = press@example.org\nto = reader@example.org\nforce-from = True\n"
            f"email-protocol = maildir\nmaildir-path = {folder}/mail\nmaildir-mailbox = inbox\n"
        )
        for name in ("new", "cur", "tmp"):
            (folder / "mail" / "inbox" / name).mkdir(parents=True)
        self._folder = folder
        self._run("add", "harbour", feed)

    def poll(self) -> None:
        self._run("run")

    def items(self) -> list[tuple[str, str]]:
        box = mailbox.Maildir(str(self._folder / "mail" / "inbox"))
        return [(mail["X-RSS-ID"], f"{mail['Subject']} {mail.get_payload()}") for mail in box]

    def _run(self, *words: str) -> None:
        files = ["--config", self._folder / "config", "--data", self._folder / "data.json"]
        command = [sys.executable, "-m", "rss2email.main", *map(str, files), *words]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


class Reader:
    """The Python library of that name; its items are rows of its storage."""

    updates, conditional = True, True

    def __init__(self, folder: Path, feed: str) -> None:
        from reader import make_reader

        folder.mkdir()
        self._reader = make_reader(str(folder / "reader.db"), feed_root=None)
        self._reader.add_feed(feed)

    def poll(self) -> None:
        self._reader.update_feeds(scheduled=False)

    def items(self) -> list[tuple[str, str]]:
        entries = list(self._reader.get_entries())
        return [(e.id, f"{e.title} {e.content[0].value if e.content else ''}") for e in entries]


POLLED = [
    *(
        (name, f"/feed.{fmt}")
        for name in ("newsboat", "sfeed", "rss2email", "reader")
        for fmt in ("atom", "rss")
    ),
    ("reader", "/feed.json"),
]
"""Each client with the formats that it knows."""


@pytest.fixture(params=POLLED, ids=[f"{name} {feed}" for name, feed in POLLED])
def client(request: pytest.FixtureRequest, tmp_path: Path, served: Served) -> Client:
    name, feed = request.param
    folder, address = tmp_path / "client", served.address + feed
    match name:
        case "newsboat":
            return Newsboat(request.getfixturevalue("newsboat"), folder, address)
        case "sfeed":
            return Sfeed(request.getfixturevalue("sfeed_update"), folder, address)
        case "rss2email":
            return Rss2email(folder, address)
        case _:
            return Reader(folder, address)


QUIET = ("a schedule", "a rebuild", "a restart")
"""Steps after which nothing is new to readers."""


def test_it_ends_with_what_is_true_and_has_nothing_twice(served: Served, client: Client) -> None:
    """After each step: every message once, none before its instant, and no bytes where nothing is new."""
    met: dict[str, str] = {}
    for step, said in lived(served):
        served.answers.clear()
        client.poll()
        items = client.items()
        texts = dict(items)
        assert len(items) == len(texts), step
        words = {f"urn:uuid:{publication}": each for publication, each in said.items()}
        met |= words if client.updates else {new: words[new] for new in words.keys() - met.keys()}
        assert {found: met[found] in text for found, text in texts.items()} == dict.fromkeys(words, True), (
            step
        )
        if client.conditional:
            assert [code for _, code in served.answers] == [304 if step in QUIET else 200], step
