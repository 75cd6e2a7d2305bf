"""The texts that a batch of events points to: read in portions, put into the search table in portions."""

import functools
import json
import re
import sqlite3
from collections import deque
from collections.abc import Iterable

from ..domain.content import Content, canonical_tag, slug_of
from .asking import Contents
from .sheets import Row

PORTION = 100
"""How many texts are read at once. Twice as many are held, whatever the batch."""
LABELLED = 4096
"""Of how many editions the facets are remembered: a batch asks for them several times."""
PENDING = 4_000_000
"""How many characters wait for the search table at most."""

EMPTY: Row = {
    "kind": "",
    "language": "",
    "title": "",
    "summary": "",
    "topics": "[]",
    "speakers": "[]",
    "original": None,
}
"""What the views hold of an edition whose text was forgotten."""

TRANSLATION = "translation"
"""The facet of what translates a publication, which is its key."""

Labels = frozenset[tuple[str, str]]
"""Facets such as `topic:trade`, each with its words."""

_TAG = re.compile(r"<[^>]*>")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Texts:
    """The contents of a batch, by their hashes."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._expected: deque[str] = deque()
        self._known: dict[str, Content | None] = {}

    def expect(self, sha256s: Iterable[object]) -> None:
        """The hashes that will be asked for, in this order."""
        self._expected.extend(sha256 for sha256 in sha256s if isinstance(sha256, str))

    def get(self, sha256: str) -> Content | None:
        """What a hash stands for; None where it was forgotten."""
        if sha256 not in self._known:
            self._read(sha256)
        return self._known[sha256]

    def _read(self, sha256: str) -> None:
        if len(self._known) > PORTION:
            self._known.clear()
        wanted = {sha256}
        while self._expected and len(wanted) < PORTION:
            wanted.add(self._expected.popleft())
        found = self._contents(wanted)
        for each in wanted:
            self._known[each] = Content.parse(found[each]) if each in found else None


class SearchRows:
    """What a batch changes in the search table."""

    def __init__(self) -> None:
        self._added: dict[int, tuple[int, str, str, str]] = {}
        self._characters = 0
        self._forgotten: set[int] = set()
        self.erased = False
        """Whether `write` took texts out that the table had."""

    def add(self, edition_id: int, content: Content, raw: sqlite3.Connection) -> None:
        """Put the text of an edition in, at the latest with the next `write`."""
        self._added[edition_id] = (edition_id, content.title, content.summary, _plain(content))
        self._characters += len(content.body)
        if self._characters > PENDING:
            self._insert(raw)

    def forget(self, edition_id: int) -> None:
        """Take the text of an edition out."""
        if self._added.pop(edition_id, None) is None:
            self._forgotten.add(edition_id)

    def write(self, raw: sqlite3.Connection) -> None:
        if self._forgotten:
            gone = [(edition_id,) for edition_id in sorted(self._forgotten)]
            found = raw.executemany("DELETE FROM search_text WHERE rowid = ?", gone).rowcount
            if found:  # the index only marks words as deleted, until its parts are put together
                raw.execute("INSERT INTO search_text(search_text) VALUES ('optimize')")
                self.erased = True
        self._insert(raw)

    def _insert(self, raw: sqlite3.Connection) -> None:
        if self._added:
            raw.executemany(
                "INSERT INTO search_text(rowid, title, summary, body) VALUES (?, ?, ?, ?)",
                self._added.values(),
            )
        self._added.clear()
        self._characters = 0


def described(content: Content | None) -> Row:
    """What an edition's row holds of its text."""
    if content is None:
        return EMPTY
    return {
        "kind": content.kind,
        "language": content.language,
        "title": content.title,
        "summary": content.summary,
        "topics": _json(content.topics),
        "speakers": _json(content.speakers),
        "original": content.translates.publication if content.translates else None,
    }


def labels(edition: Row) -> Labels:
    """The facets of an edition that are counted, each with its words; none where it was redacted."""
    return _labels(edition["kind"], edition["language"], edition["topics"], edition["speakers"])


def facets(edition: Row) -> list[str]:
    """By what an edition is found: its facets, and the original that it translates."""
    found = [facet for facet, _ in labels(edition)]
    return [*found, f"{TRANSLATION}:{edition['original']}"] if edition["original"] else found


@functools.lru_cache(1024)
def _json(values: tuple[str, ...]) -> str:
    return _encode(values)


@functools.lru_cache(LABELLED)
def _labels(kind: str, language: str, topics: str, speakers: str) -> Labels:
    if not kind:
        return frozenset()
    found = {f"topic:{topic}": topic for topic in json.loads(topics)}
    for speaker in json.loads(speakers):
        found.setdefault(f"person:{slug_of(speaker)}", speaker)
    tag = canonical_tag(language)
    found |= {f"kind:{kind}": kind, f"language:{tag}": tag}
    return frozenset(found.items())


def _plain(content: Content) -> str:
    return _TAG.sub(" ", content.body) if content.markup == "html" else content.body
