"""Where the feeds are, below the public address: of everything, and of every list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

FORMATS = ("atom", "rss", "json")
FOLDERS = {"kinds": "kind", "topics": "topic", "people": "person", "languages": "language"}
"""The first part of a list's address, and the views' word for it."""

_FOLDER_OF = {what: folder for folder, what in FOLDERS.items()}


def concerned(path: str, facets: Iterable[str]) -> tuple[str, ...]:
    """Every feed that a change of the publication at `path` can change, each in every format.

    `facets` are the lists in which it is or was, such as `topic:trade`.
    """
    lists = [f"/{_FOLDER_OF[what]}/{key}" for what, _, key in (f.partition(":") for f in facets)]
    stems = ["/feed", *(f"{place}/feed" for place in lists), "/corrections", f"{path}/history"]
    return tuple(f"{stem}.{fmt}" for stem in stems for fmt in FORMATS)


LEAF = r"[1-9][0-9]{0,8}(?:-[1-9][0-9]?)?(?:v[0-9]{1,9}(?:[.][1-9][0-9]?)?)?"
"""How the name of a page of an archive is written: `12`, `12-7`, `12-7v1.2`."""

_LEAF = re.compile(r"(\d+)(?:-(\d+))?(?:v(\d+)(?:\.(\d+))?)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """The name of a page of an archive (RFC 5005, section 4), which stands for the same bytes for ever.

    `count` is how many entries of a page that is not full are meant, None for the full one. What was
    hidden later makes another page of it: `redactions` are those of the whole log, `hidden` the entries of
    this page that were removed.
    """

    page: int
    count: int | None = None
    redactions: int = 0
    hidden: int = 0

    @classmethod
    def parse(cls, name: str) -> Self:
        """From a name that is written as LEAF is."""
        found = _LEAF.fullmatch(name)
        assert found is not None
        page, count, redactions, hidden = found.groups()
        return cls(
            page=int(page),
            count=int(count) if count else None,
            redactions=int(redactions or 0),
            hidden=int(hidden or 0),
        )

    def __str__(self) -> str:
        name = f"{self.page}" if self.count is None else f"{self.page}-{self.count}"
        if self.hidden:
            return f"{name}v{self.redactions}.{self.hidden}"
        return f"{name}v{self.redactions}" if self.redactions else name


def archive_path(facet: str | None, leaf: Leaf, fmt: str) -> str:
    """Where a page of the archive of everything, or of `topics/trade` and the like, is."""
    return f"{f'/{facet}' if facet else ''}/archive/{leaf}.{fmt}"
