"""Markdown files with YAML front matter, one or a folder of them, as items."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...domain import content
from ...domain.errors import PublisherError
from . import dates
from .front_matter import LIMIT, Value, parted
from .items import (
    KIND,
    BadFile,
    Item,
    Manner,
    Unfit,
    key_of,
    language_from,
    slug_from,
    speakers_from,
    topics_from,
)

ENDINGS = frozenset({".md", ".markdown", ".mdown"})
FILES_LIMIT = 20_000
"""The most files in a folder."""

_NAMES = {
    "title": ("title",),
    "date": ("date", "published_at", "published", "pubdate"),
    "slug": ("slug",),
    "kind": ("kind",),
    "language": ("language", "lang"),
    "summary": ("summary", "description", "excerpt"),
    "topics": ("topics", "tags", "categories", "category"),
    "speakers": ("speakers",),
    "authors": ("authors", "author"),
    "key": ("key", "guid", "id"),
    "draft": ("draft",),
    "markup": ("markup",),
}
"""Our fields, and what they are called in the files of site generators."""

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_OFFSET = re.compile(r"(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?([+-]\d{2}):?(\d{2})$")
_MINUTES = re.compile(r"([Tt ]\d{2}:\d{2})(?=[Zz+-])")
_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_HTML = re.compile(r"<[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_TEMPLATE = re.compile(r"\{\{[^{}]|\{%")


def read(path: Path, manner: Manner) -> Iterator[Item]:
    """The items of a file or of a folder and those in it, ordered by their paths; hidden ones are left out.

    Raises BadFile where a folder holds none.
    """
    if not path.is_dir():
        return iter([_item(1, path.name, path, manner)])
    found = sorted(_visible(path))
    if not any(each.suffix.lower() in ENDINGS for each in found):
        raise BadFile("The folder holds no Markdown file, whose name ends in .md.")
    if len(found) > FILES_LIMIT:
        raise BadFile(f"The folder holds more than {FILES_LIMIT:,} files: import it in parts.")
    return (_item(n, each.relative_to(path).as_posix(), each, manner) for n, each in enumerate(found, 1))


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and (path.is_symlink() or not path.is_dir()):
            yield path


def _item(number: int, name: str, path: Path, manner: Manner) -> Item:
    name = name.encode("utf-8", "replace").decode()
    notes: list[str] = []
    title = ""
    try:
        if path.suffix.lower() not in ENDINGS:
            return Item(number=number, name=name, passed_over="it is no Markdown file")
        if path.is_symlink():
            return Item(number=number, name=name, passed_over="it is a link to another file")
        found = parted(_text(path))
        title = _one(found.fields, "title")
        said = _said(found.fields, found.body, path, manner, notes)
    except Unfit as reason:
        return Item(number=number, name=name, title=title[:200], refused=str(reason))
    return Item(number=number, name=name, title=title, said=said, notes=tuple(notes))


def _text(path: Path) -> str:
    limit = content.BODY_LIMIT + 4 * LIMIT
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as problem:
        raise Unfit(f"It can't be read: {problem.strerror or problem}.") from None
    if len(data) > limit:
        raise Unfit(f"It is longer than {limit:,} bytes: split it or shorten it.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Unfit(f"Its line {line} is not UTF-8: save the file as UTF-8.") from None


def _said(
    fields: Mapping[str, Value], body: str, path: Path, manner: Manner, notes: list[str]
) -> dict[str, Any]:
    named = _DATED.sub("", path.parent.resolve().name if _is_index(path) else path.stem, count=1)
    said = {
        "key": key_of(_one(fields, "key") or f"markdown:{named}"),
        "kind": _one(fields, "kind") or manner.kind or KIND,
        "language": _language(fields, manner),
        "slug": _slug(fields, named, notes),
        "title": _one(fields, "title"),
        "summary": _one(fields, "summary").strip(),
        "body": body,
        "markup": _one(fields, "markup") or "commonmark",
        "topics": topics_from(_many(fields, "topics")),
        "speakers": _many(fields, "speakers") or _authors(fields, manner),
    }
    if not _is_draft(fields):
        said["published_at"] = _published_at(fields, manner)
    _note(fields, body, notes)
    return said


def _is_index(path: Path) -> bool:
    return path.stem.lower() in ("index", "_index", "readme")


def _one(fields: Mapping[str, Value], ours: str) -> str:
    """The one text of a field, by the first of its names that is there."""
    name = next((each for each in _NAMES[ours] if each in fields), ours)
    value = fields.get(name, "")
    if isinstance(value, list):
        raise Unfit(f"{name}: It is a list: write one text.")
    return value


def _many(fields: Mapping[str, Value], ours: str) -> list[str]:
    """The texts of a field, of all of its names; a text alone is parted at its commas."""
    found: list[str] = []
    for name in _NAMES[ours]:
        value = fields.get(name, [])
        parts = value.split(",") if isinstance(value, str) else value
        found += [part.strip() for part in parts if part.strip()]
    return list(dict.fromkeys(found))


def _language(fields: Mapping[str, Value], manner: Manner) -> str:
    own = _one(fields, "language")
    if own:
        return language_from(own) or own  # what is no tag is refused by its field
    return manner.language or manner.fallback


def _slug(fields: Mapping[str, Value], named: str, notes: list[str]) -> str | None:
    own = _one(fields, "slug")
    if own:
        return own.strip()
    return slug_from(content.slug_of(named), notes)


def _authors(fields: Mapping[str, Value], manner: Manner) -> list[str]:
    return speakers_from(_many(fields, "authors")) if manner.authors else []


def _is_draft(fields: Mapping[str, Value]) -> bool:
    said = _one(fields, "draft").strip().lower()
    if said and said not in _YES | _NO:
        raise Unfit("draft: It is neither true nor false: write one of them.")
    return said in _YES


def _published_at(fields: Mapping[str, Value], manner: Manner) -> str:
    name = next((each for each in _NAMES["date"] if each in fields), "date")
    date = _one(fields, "date").strip()
    if not date:
        raise Unfit("date: It is missing: write one, such as 2026-11-24T09:00:00Z, or draft: true.")
    date = _MINUTES.sub(r"\1:00", _OFFSET.sub(r"\1\2:\3", date))
    try:
        return dates.from_rfc3339(name, date)
    except (Unfit, PublisherError):
        if date[-1:] in "Zz" or _OFFSET.search(date):
            raise
    return dates.from_local(name, date, manner.zone)


def _note(fields: Mapping[str, Value], body: str, notes: list[str]) -> None:
    known = {name for names in _NAMES.values() for name in names}
    if others := [name for name in fields if name not in known]:
        notes.append(f"fields not taken: {', '.join(each[:60] for each in others[:20])}")
    if _one(fields, "markup") != "html" and _HTML.search(body):
        notes.append("it holds HTML, which Markdown shows as text here")
    if _TEMPLATE.search(body):
        notes.append("it holds {{ or {% of a site generator, which stay as they are")
