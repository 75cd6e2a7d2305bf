"""A WordPress export (WXR 1.0 to 1.2, namespaces of http and of https) as items.

Posts and pages that readers saw are publications; drafts and what waits there are drafts; the
rest is passed over by name. Comments are counted and never taken.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from . import dates
from .feed_parts import CONTENT, DC, Entry
from .hypertext import absolute
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
from .safe_xml import parsed, text_of
from .wordpress_body import body_of

NAMESPACE = re.compile(r"https?://wordpress\.org/export/([0-9.]+)/(excerpt/)?")
VERSIONS = ("1.0", "1.1", "1.2")

_PUBLIC = "publish"
_DRAFTS = {
    "draft": "",
    "pending": "it waits for a review there, and is a draft here",
    "future": "it is scheduled there for {date}, and is a draft here",
}
_PASSED_OVER = {
    "private": "it is private there",
    "trash": "it is in the trash there",
    "auto-draft": "it is an empty draft that WordPress made by itself",
    "inherit": "it is a part of another post",
}
_KINDS = {"post": "", "page": "page"}
_TOPICS = ("category", "post_tag", "tag")
_PLACEHOLDERS = frozenset({"uncategorized", "uncategorised"})
"""WordPress's own category for what has none."""


class Passed(Exception):
    """An item is not meant to be a message of ours, for this reason."""


def read(data: bytes, manner: Manner) -> Iterator[Item]:
    """The items of an export, in its order. Raises BadFile before the first one."""
    root = parsed(data)
    found = prefix(root)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None or not found:
        raise BadFile("The file is no WordPress export: it has no namespace of WXR in it.")
    return _Reading(channel, found, manner).items()


def prefix(root: etree._Element) -> str:
    """The namespace of an export's own elements, with braces; empty where the file is no export.

    Raises BadFile for a version that is not known.
    """
    found = next((m for m in _namespaces(root) if not m[2]), None)
    if found is None:
        return ""
    if found[1] not in VERSIONS:
        raise BadFile(f"The export is WXR {found[1]}: known are {', '.join(VERSIONS)}.")
    return f"{{{found[0]}}}"


def _namespaces(root: etree._Element) -> list[re.Match[str]]:
    """Those of WXR that the file uses; the excerpts' can have another scheme than the rest."""
    used = dict.fromkeys(str(each.tag).partition("}")[0].lstrip("{") for each in root.iter(etree.Element))
    return [found for uri in used if (found := NAMESPACE.fullmatch(uri))]


class _Reading:
    """An export's channel, and what holds for all of its items."""

    def __init__(self, channel: etree._Element, space: str, manner: Manner) -> None:
        self.channel, self.space, self.manner = channel, space, manner
        excerpts = (found[0] for found in _namespaces(channel) if found[2])
        self.excerpt = f"{{{next(excerpts, 'none')}}}encoded"
        own = language_from(text_of(channel.find("language")))
        self.language = manner.language or own or manner.fallback
        self.site = text_of(channel.find(f"{space}base_blog_url")).strip()
        self.names = dict(self._authors())

    def items(self) -> Iterator[Item]:
        for number, element in enumerate(self.channel.findall("item"), 1):
            yield self._item(Entry(element, number))

    def _item(self, entry: Entry) -> Item:
        verdict: Mapping[str, Any]
        entry.title = entry.words("title")
        try:
            verdict = {"said": self._said(entry)}
        except Passed as reason:
            verdict = {"passed_over": str(reason)}
        except Unfit as reason:
            verdict = {"refused": str(reason)}
        return Item(
            number=entry.number,
            name=f"item {entry.number}",
            title=entry.title,
            notes=tuple(dict.fromkeys(entry.notes)) if "said" in verdict else (),
            comments=len(entry.element.findall(f"{self.space}comment")),
            **verdict,
        )

    def _said(self, entry: Entry) -> dict[str, Any]:
        kind = self._kind(entry)
        draft = self._is_draft(entry)
        said = {
            "key": self._key(entry),
            "kind": kind,
            "language": self.language,
            "slug": slug_from(entry.line(f"{self.space}post_name"), entry.notes),
            "title": entry.title,
            "summary": entry.words(self.excerpt),
            "body": absolute(body_of(entry.raw(CONTENT), entry.notes), entry.line("link")),
            "markup": "html",
            "topics": self._topics(entry),
            "speakers": self._speakers(entry),
        }
        if not draft:
            said["published_at"] = self._published_at(entry)
        return said

    def _kind(self, entry: Entry) -> str:
        kind = entry.line(f"{self.space}post_type")
        if kind not in _KINDS:
            raise Passed(f"it is of the type {kind[:60] or 'nothing'}, which is neither post nor page")
        return _KINDS[kind] or self.manner.kind or KIND

    def _is_draft(self, entry: Entry) -> bool:
        status = entry.line(f"{self.space}status")
        if reason := _PASSED_OVER.get(status):
            raise Passed(reason)
        if entry.line(f"{self.space}post_password"):
            raise Passed("it is behind a password there")
        if status == _PUBLIC:
            return False
        if status not in _DRAFTS:
            raise Unfit(f"status: “{status[:60]}” is unknown here.")
        if note := _DRAFTS[status]:
            entry.notes.append(note.format(date=entry.line(f"{self.space}post_date")[:40]))
        return True

    def _key(self, entry: Entry) -> str:
        guid, number = entry.line("guid"), entry.line(f"{self.space}post_id")
        if guid:
            return key_of(guid)
        if not number:
            raise Unfit("guid: It has none, and no post_id either, so it can't be known again.")
        return key_of(f"wxr:{self.site}:{number}")

    def _topics(self, entry: Entry) -> list[str]:
        found = [
            each.get("nicename") or text_of(each)
            for each in entry.element.findall("category")
            if each.get("domain", "category") in _TOPICS
        ]
        return [topic for topic in topics_from(found) if topic not in _PLACEHOLDERS]

    def _speakers(self, entry: Entry) -> list[str]:
        login = entry.line(f"{DC}creator")
        return speakers_from([self.names.get(login, login)]) if self.manner.authors and login else []

    def _published_at(self, entry: Entry) -> str:
        """Of post_date_gmt; of post_date, in the site's zone, where that is not an instant."""
        universal, local = (entry.line(f"{self.space}{name}") for name in ("post_date_gmt", "post_date"))
        try:
            return dates.from_local("post_date_gmt", universal, "UTC")
        except Unfit:
            pass
        if not local or local.startswith("0000"):
            raise Unfit("post_date_gmt: It has no date there, and none in post_date.")
        instant = dates.from_local("post_date", local, self.manner.zone)
        entry.notes.append(f"its instant is that of post_date in {self.manner.zone}")
        return instant

    def _authors(self) -> Iterator[tuple[str, str]]:
        for author in self.channel.findall(f"{self.space}author"):
            login = text_of(author.find(f"{self.space}author_login")).strip()
            name = text_of(author.find(f"{self.space}author_display_name")).strip()
            if login and name:
                yield login, name
