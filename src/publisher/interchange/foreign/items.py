"""What a file of another system holds: items, each of them to be taken or named with a reason."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ...domain import content, texts
from ...domain.errors import Refused
from ..fields import LABEL_LIMIT

KIND = "article"
"""What a message is where neither the file nor the command says."""


class BadFile(Refused):
    """A file that can't be used as a whole; nothing of it is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How a file is to be read, where it leaves something open.

    `kind` and `language` (BCP 47) of a command's option, empty where none was given; `fallback` is
    the newsroom's own language; `zone` (tz database) is that of times without an offset; `authors`
    says whether the authors are the speakers.
    """

    kind: str = ""
    language: str = ""
    fallback: str = "en-GB"
    zone: str = ""
    authors: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One entry of a file, called `name` where people are told of it.

    `said` holds a publication's fields as a bundle writes them, without `published_at` where the
    item is a draft; None where it is not taken. `passed_over` is the reason where it was not meant
    to be a message of ours, `refused` where something is wrong with it. `notes` say what was
    changed or left behind.
    """

    number: int
    name: str
    title: str = ""
    said: Mapping[str, Any] | None = None
    passed_over: str = ""
    refused: str = ""
    notes: tuple[str, ...] = ()
    comments: int = 0

    @property
    def draft(self) -> bool:
        return self.said is not None and "published_at" not in self.said


class Unfit(Exception):
    """An item can't be taken, for this reason."""


def key_of(identity: str) -> str:
    """A publication's key: the identity itself, or its hash where a key can't be as long or such."""
    plain = " ".join(identity.split())
    if len(plain) <= LABEL_LIMIT and not texts.unprintable(plain):
        return plain
    return "sha256:" + hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()


def slug_from(raw: str, notes: list[str]) -> str | None:
    """The slug of another system as ours, with a note where it had to change; None where there is none."""
    wanted = unquote(raw).strip()
    if not wanted:
        return None
    if content.SLUG.fullmatch(wanted):
        return wanted
    ours = content.slug_of(wanted)
    notes.append(f"its slug “{wanted[:80]}” is written {ours}" if ours else "its slug can't be kept")
    return ours or None


def topics_from(names: list[str]) -> list[str]:
    """Keys for other systems' categories and tags, in their order, without duplicates."""
    return list(dict.fromkeys(key for name in names if (key := content.slug_of(unquote(name)))))


def speakers_from(names: list[str]) -> list[str]:
    """Names that can have a page."""
    stripped = (" ".join(name.split()) for name in names)
    return list(dict.fromkeys(name for name in stripped if content.slug_of(name)))


def language_from(tag: str) -> str:
    """A BCP 47 tag in its usual letters (RFC 5646 section 2.1.1), or nothing where it is none."""
    tag = tag.strip().replace("_", "-")
    if not content.LANGUAGE.fullmatch(tag):
        return ""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if re.fullmatch("[A-Za-z]{2}", part):
        return part.upper()
    return part.title() if re.fullmatch("[A-Za-z]{4}", part) else part.lower()
