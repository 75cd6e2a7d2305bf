"""An RSS feed (2.0, and 0.91 to 0.94, which it includes) as items: its full texts where it has them."""

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from . import dates, wxr
from .feed_parts import CONTENT, DC, SUMMARY_NOTE, Entry, items
from .hypertext import absolute, is_web, paragraphs, plain
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


def read(data: bytes, manner: Manner) -> Iterator[Item]:
    """The items of a feed, in its order. Raises BadFile before the first one."""
    root = parsed(data)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise BadFile("The file is no RSS 2.0 feed: its first element is not rss with a channel in it.")
    if wxr.prefix(root):
        raise BadFile("The file is a WordPress export: import it with --format wxr.")
    own = language_from(text_of(channel.find("language")))
    language = manner.language or own or manner.fallback
    return items(channel.findall("item"), lambda entry: _said(entry, channel, language, manner))


def slug_of_link(link: str, notes: list[str]) -> str | None:
    """The last part of an address's path, where it is a name and no page such as index.html."""
    if not is_web(link):
        return None
    path = link.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    name = path.rstrip("/").rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    name = stem if stem and ending.lower() in _PAGES else name
    if name.lower() in ("", "index", "default") or not any(c.isalpha() for c in name):
        return None
    return slug_from(name, notes)


_PAGES = frozenset({"html", "htm", "php", "asp", "aspx", "jsp", "shtml", "xhtml"})


def _said(entry: Entry, channel: etree._Element, language: str, manner: Manner) -> dict[str, Any]:
    entry.title = entry.words("title")
    link = entry.line("link")
    body, summary = _texts(entry)
    return {
        "key": _key(entry),
        "kind": manner.kind or KIND,
        "language": language,
        "slug": slug_of_link(link, entry.notes),
        "title": entry.title,
        "summary": summary,
        "body": absolute(body, link or text_of(channel.find("link")).strip()),
        "markup": "html",
        "topics": topics_from([*entry.lines("category"), *entry.lines(f"{DC}subject")]),
        "speakers": speakers_from(entry.lines(f"{DC}creator")) if manner.authors else [],
        "published_at": _published_at(entry, manner),
    }


def _texts(entry: Entry) -> tuple[str, str]:
    """The body and the summary; a description alone is the body."""
    full, description = entry.raw(CONTENT), entry.raw("description")
    if full.strip():
        summary = plain(description)
        return full, "" if summary == plain(full) else summary
    if not description.strip():
        raise Unfit("description: It is empty, and there is no content:encoded either.")
    entry.notes.append(SUMMARY_NOTE)
    return (description if "<" in description else _as_text(description)), ""


def _as_text(description: str) -> str:
    """A description without a tag; what it refers to by `&` is HTML all the same."""
    return description if "&" in description else paragraphs(description)


def _key(entry: Entry) -> str:
    identity = entry.line("guid") or entry.line("link")
    if not identity:
        raise Unfit("guid: It has none, and no link either, so it can't be known again.")
    return key_of(identity)


def _published_at(entry: Entry, manner: Manner) -> str:
    if date := entry.line("pubDate"):
        return dates.from_rfc5322("pubDate", date)
    date = entry.line(f"{DC}date")
    if not date:
        raise Unfit("pubDate: It has none, so nobody can say when it was published.")
    try:
        return dates.from_rfc3339("dc:date", date)
    except Unfit:
        return dates.from_local("dc:date", date, manner.zone)
