"""The content of a revision: canonical bytes, their hash, and the names derived from it.

Canonical JSON is RFC 8785. The bytes are a promise: a stored hash must be found again by
any later version and by other people's tools.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID

import rfc8785
from anyascii import anyascii

from .canonical import canonical
from .errors import BadSlug, BadText
from .file import File
from .texts import TEXT_LIMIT, check_line, check_text

PLAIN, FULL = 1, 2
"""The formats: a content without files and translation is written as it was before there were any."""
BODY_LIMIT = 1024 * 1024
"""The longest body, in bytes of UTF-8."""
TITLE_LIMIT = 500
NAME_LIMIT = 200
LIST_LIMIT = 50
FILES_LIMIT = 50
SLUG_LIMIT = 80

KIND = re.compile(r"[a-z][a-z0-9-]{0,79}")
TOPIC = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
SLUG = re.compile(r"[a-z0-9-]{1,80}")
TARGET = re.compile(r"(/(?![/\\])|https?://[^\s/?#@\\]+(?=[/?#]|$))[^\s\\]{0,2000}")
"""A path of this site, or an http(s) URL: where readers may be led. Browsers take `\\` for `/`."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
MARKUPS = ("commonmark", "html")


@dataclass(frozen=True, kw_only=True, slots=True)
class Translates:
    """Which publication, by its id, and which edition of it a content says in another language."""

    publication: str
    edition: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What one revision says: every field that readers see.

    `language` is a BCP 47 tag; `topics` are keys; `speakers` are display names; both keep
    their order without duplicates. Newlines are LF. No Unicode normalisation is made.
    """

    kind: str
    language: str
    title: str
    summary: str
    body: str
    markup: str = "commonmark"
    topics: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    translates: Translates | None = None

    def __post_init__(self) -> None:
        for name in ("title", "summary", "body"):
            object.__setattr__(self, name, _newlines(getattr(self, name)))
        object.__setattr__(self, "topics", _unique(self.topics))
        object.__setattr__(self, "speakers", _unique(self.speakers))

    def check(self) -> None:
        """Raises BadText naming the first field that can't be published."""
        check_line("kind", self.kind, KIND, "use a to z, 0 to 9 and hyphens, such as press-release")
        check_line("language", self.language, LANGUAGE, "use a BCP 47 tag such as en-GB")
        if self.markup not in MARKUPS:
            raise BadText("markup", f"use one of {', '.join(MARKUPS)}")
        if not self.title.strip():
            raise BadText("title", "write one")
        check_text("title", self.title, TITLE_LIMIT)
        if "\n" in self.title or "\t" in self.title:
            raise BadText("title", "write it on one line")
        check_text("summary", self.summary, TEXT_LIMIT)
        check_text("body", self.body, None)
        if len(self.body.encode()) > BODY_LIMIT:
            raise BadText("body", f"it is longer than {BODY_LIMIT:,} bytes: split it or shorten it")
        for name, values in (("topics", self.topics), ("speakers", self.speakers)):
            if len(values) > LIST_LIMIT:
                raise BadText(name, f"give at most {LIST_LIMIT}")
        for topic in self.topics:
            check_line("topics", topic, TOPIC, "use keys of a to z, 0 to 9 and hyphens")
        for speaker in self.speakers:
            check_text("speakers", speaker, NAME_LIMIT)
            if "\n" in speaker or speaker != speaker.strip() or not slug_of(speaker):
                raise BadText("speakers", f"“{speaker}” is not a name that can have a page")

        self._check_files()
        self._check_translates()

    def canonical(self) -> bytes:
        """RFC 8785 JSON of `{"v":1, "kind", "language", "title", ...}`.

        With files or a translation it is `{"v":2, ..., "files", "translates"}`.

        Raises BadText for a lone surrogate, which has no bytes in UTF-8.
        """
        try:
            return canonical({"v": FULL if self._full else PLAIN, **self.said()})
        except rfc8785.CanonicalizationError:
            self.check()
            raise

    def said(self) -> dict[str, Any]:
        """The fields of its format, ready for JSON: files and translation only where there are any."""
        said: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS}
        said |= {"topics": list(self.topics), "speakers": list(self.speakers)}
        if self._full:
            said["files"] = [asdict(each) for each in self.files]
            said["translates"] = asdict(self.translates) if self.translates else None
        return said

    @property
    def sha256(self) -> str:
        """Lowercase hex SHA-256 of the canonical bytes: the content's key."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @classmethod
    def parse(cls, stored: bytes) -> Self:
        """The content of stored canonical bytes."""
        fields: dict[str, Any] = json.loads(stored)
        if fields.pop("v") not in (PLAIN, FULL):
            raise ValueError("content of a newer format")
        fields["topics"], fields["speakers"] = tuple(fields["topics"]), tuple(fields["speakers"])
        fields["files"] = tuple(File(**each) for each in fields.pop("files", ()))
        translates = fields.pop("translates", None)
        return cls(**fields, translates=Translates(**translates) if translates else None)

    def changed(self, **fields: Any) -> Self:
        """A copy with `fields` in place of its own."""
        return replace(self, **fields)

    @property
    def _full(self) -> bool:
        return bool(self.files or self.translates)

    def _check_files(self) -> None:
        if len(self.files) > FILES_LIMIT:
            raise BadText("files", f"give at most {FILES_LIMIT}")
        for each in self.files:
            each.check()
        names = [each.name for each in self.files]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise BadText("files", f"two are named {twice}: give one another name")

    def _check_translates(self) -> None:
        if self.translates is None:
            return
        try:
            dashed = str(UUID(self.translates.publication))
        except ValueError:
            dashed = ""
        if dashed != self.translates.publication or self.translates.edition < 1:
            raise BadText("translates", "name a publication by its id, and an edition from 1 on")


_FIELDS = ("kind", "language", "title", "summary", "body", "markup", "topics", "speakers")


def slug_of(text: str) -> str:
    """The slug of a title or a name: transliterated to ASCII, at most 80 characters; may be empty."""
    ascii_text = anyascii(unicodedata.normalize("NFC", text)).lower()
    words = re.sub(r"['’`]", "", ascii_text)
    slug = re.sub(r"[^a-z0-9]+", "-", words).strip("-")
    if len(slug) <= SLUG_LIMIT:
        return slug
    cut = slug[: SLUG_LIMIT + 1].rpartition("-")[0]
    return (cut or slug[:SLUG_LIMIT]).strip("-")


def canonical_tag(language: str) -> str:
    """A language's tag as BCP 47 writes it: `zh-Hant-TW`, whatever the case it was given in."""
    first, *others = language.lower().split("-")
    shapes = {2: str.upper, 4: str.title}
    return "-".join([first, *(shapes.get(len(each), str)(each) for each in others)])


def numbered(slug: str, number: int) -> str:
    """The `number`-th way of writing a derived slug that is taken: `-2`, `-3`, ..."""
    if number == 1:
        return slug
    suffix = f"-{number}"
    return slug[: SLUG_LIMIT - len(suffix)].rstrip("-") + suffix


def free_number(taken: Callable[[int], bool]) -> int:
    """The number of a slug that is free while the one before it is not.

    Steps double, then halve: few of many equal slugs are looked at.
    """
    below, free = 0, 1
    while taken(free):
        below, free = free, 2 * free
    while free - below > 1:
        middle = (below + free) // 2
        below, free = (middle, free) if taken(middle) else (below, middle)
    return free


def checked_slug(slug: str) -> str:
    """Raises BadSlug."""
    if not SLUG.fullmatch(slug):
        raise BadSlug(slug)
    return slug


def checked_target(target: str) -> str:
    """Where the address of something removed leads. Raises BadText."""
    check_text("redirect", target, None)
    if not TARGET.fullmatch(target):
        raise BadText("redirect", f"“{target[:80]}” is neither a path of this site nor an https address")
    return target


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
