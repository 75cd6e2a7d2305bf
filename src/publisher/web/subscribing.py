"""The page about the feeds, for people: what each holds, and the addresses to copy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from ..bootstrap import Publisher
from ..feeds.addresses import FOLDERS
from ..readmodel.library import Library
from .asked import asked
from .syndication import facet_of
from .validators import View

INSIDE = 3
"""How many entries of each feed are shown."""

Frame = Callable[..., dict[str, object]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inside:
    """An entry of a feed: its title, where it leads, its language, and the instant that orders it."""

    title: str
    path: str
    language: str | None
    at: datetime


def add(site: Blueprint, publisher: Publisher, public: Callable[[View], View], frame: Frame) -> None:
    """`/feeds`."""
    library = publisher.library

    @site.get("/feeds")
    @public
    def feeds() -> str:
        t = asked().t
        tallies = {folder: library.tallies(t, what) for folder, what in FOLDERS.items()}
        lists = [f"{folder}/{tally.key}" for folder, found in tallies.items() for tally in found]
        inside: Mapping[str, list[Inside]] = {
            "": _inside(library, t, None),
            "corrections": _corrections(library, t),
            **{facet: _inside(library, t, facet) for facet in lists},
        }
        return render_template(
            "feeds.html",
            base_url=publisher.config.base_url,
            topics=tallies["topics"],
            people=tallies["people"],
            inside=inside,
            **frame(),
        )


def _inside(library: Library, t: datetime, facet: str | None) -> list[Inside]:
    rows = library.feed(t, facet_of(facet), INSIDE)
    return [
        Inside(
            title=row.title,
            path=row.path,
            language=row.content.language if row.content else None,
            at=row.updated,
        )
        for row in rows
        if row.title  # what was removed has none any more
    ]


def _corrections(library: Library, t: datetime) -> list[Inside]:
    return [
        Inside(title=row.title, path=row.path, language=row.language, at=row.amended or row.published)
        for row in library.corrections(t, INSIDE)
    ]
