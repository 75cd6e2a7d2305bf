"""Where the feeds are, below the public address: of everything, and of every list."""

from collections.abc import Iterable

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
