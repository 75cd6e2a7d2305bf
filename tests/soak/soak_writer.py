"""One of the processes of the soak test: it writes, and checks at once what its readers' side says."""

import itertools
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from publisher import bootstrap
from publisher.application import By, Receipt
from publisher.bootstrap import Publisher
from publisher.config import Config
from publisher.domain.content import Content
from publisher.domain.publication import Significance


def write_for(folder: Path, name: str, other: str, seconds: float) -> None:
    """Write until `seconds` have passed; what is acknowledged goes to `<name>.jsonl`, flushed."""
    publisher = bootstrap.open_publisher(Config(data=folder / "var"))
    try:
        with (folder / f"{name}.jsonl").open("w") as acknowledged:
            writer = _Writer(publisher, name, acknowledged, folder / f"{other}.jsonl")
            writer.run(seconds)
        (folder / f"{name}.asked").write_text(str(writer.asked_about_other))
    finally:
        publisher.close()


class _Writer:
    """Drafts, revises, publishes and amends, and asks after each acknowledged write."""

    def __init__(self, publisher: Publisher, name: str, acknowledged: Any, other: Path) -> None:
        self.publisher, self.name, self.acknowledged, self.other = publisher, name, acknowledged, other
        self.random = random.Random(name)
        self.numbers = itertools.count(1)
        self.asked_about_other = 0

    def run(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._one_life()
            if self.random.random() < 0.5:
                self._ask_about_the_other()

    def _one_life(self) -> None:
        """A publication from its draft through some editions, each seen at once."""
        newsroom = self.publisher.newsroom
        said = self._text()
        by = By()
        drafted = newsroom.draft(said, by)
        self._note(by, drafted, None)
        self._expect_no_page(drafted)
        by = By()
        published = newsroom.publish(drafted.id, 1, by)
        self._expect(published, said, 1)
        self._note(by, published, said)
        for edition in range(2, self.random.randint(2, 4)):
            said = self._text()
            by = By()
            revised = newsroom.revise(drafted.id, edition - 1, said, by)
            self._note(by, revised, None)
            by = By()
            amended = newsroom.amend(drafted.id, edition, Significance.MAJOR, f"Note {edition}.", by)
            self._expect(amended, said, edition)
            self._note(by, amended, said)

    def _text(self) -> Content:
        title = f"{self.name} {next(self.numbers)}"
        return Content(
            kind="statement",
            language="en",
            title=title,
            summary="",
            body=f"The body of {title}, {uuid4()}.\n",
            topics=(self.name,),
        )

    def _expect(self, receipt: Receipt, said: Content, edition: int) -> None:
        """What was acknowledged is on its page, in the lists, the feed and the search, at once."""
        self.publisher.projector.catch_up()
        t, library = self.publisher.now(), self.publisher.library
        assert receipt.path is not None
        self._see(receipt.path, said.title, edition, t)
        listed = library.listing(t, facet=f"topic:{self.name}").rows[0]
        assert (listed.title, listed.edition) == (said.title, edition)
        assert library.feed(t, f"topic:{self.name}")[0].title == said.title
        unique = said.body.split()[-1].rstrip(".")
        assert [row.title for row in library.search(t, unique).rows] == [said.title]

    def _see(self, path: str, title: str, edition: int, t: datetime) -> None:
        standing = self.publisher.library.at_path(t, path)
        assert standing is not None, f"{path} was acknowledged and is not there"
        found = standing.edition
        assert found.number >= edition, f"{path} is stale: edition {found.number}, not {edition}"
        if found.number == edition:
            assert standing.content is not None
            assert standing.content.title == found.title == title

    def _expect_no_page(self, drafted: Receipt) -> None:
        self.publisher.projector.catch_up()
        assert self.publisher.library.by_id(self.publisher.now(), str(drafted.id)) is None

    def _ask_about_the_other(self) -> None:
        """The other's last acknowledgement, read from its file before the own views are asked."""
        lines = self.other.read_text().splitlines(keepends=True) if self.other.exists() else []
        whole = [json.loads(line) for line in lines if line.endswith("\n")]
        public = [line for line in whole if line["path"]]
        if public:
            self.publisher.projector.catch_up()
            last = public[-1]
            t = max(self.publisher.now(), datetime.now(UTC))
            self._see(last["path"], last["title"], last["edition"], t)
            self.asked_about_other += 1

    def _note(self, by: By, receipt: Receipt, said: Content | None) -> None:
        line = {
            "command": str(by.command_id),
            "path": receipt.path if said else None,
            "edition": receipt.edition,
            "title": said.title if said else None,
        }
        self.acknowledged.write(json.dumps(line) + "\n")
        self.acknowledged.flush()
