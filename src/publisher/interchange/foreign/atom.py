"""An Atom feed (RFC 4287) as items: the texts of their newest state, published when they first were.

A feed holds no earlier wording, so a later `updated` is told and made no amendment of.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from . import dates
from .characters import cleaned
from .feed_parts import BASE, LANG, SUMMARY_NOTE, Entry, items
from .hypertext import absolute, paragraphs, plain
from .items import KIND, BadFile, Item, Manner, Unfit, key_of, language_from, speakers_from, topics_from
from .rss import slug_of_link
from .safe_xml import parsed, text_of

ATOM = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"


def read(data: bytes, manner: Manner) -> Iterator[Item]:
    """The entries of a feed, in its order. Raises BadFile before the first one."""
    root = parsed(data)
    if root.tag == f"{ATOM}entry":
        return items([root], lambda entry: _said(entry, manner))
    if root.tag != f"{ATOM}feed":
        raise BadFile("The file is no Atom feed: its first element is not feed of RFC 4287.")
    return items(root.findall(f"{ATOM}entry"), lambda entry: _said(entry, manner))


def _said(entry: Entry, manner: Manner) -> dict[str, Any]:
    entry.title = " ".join(plain(_html(entry, "title")).split())
    link = _link(entry)
    body, summary = _texts(entry, link)
    identity = entry.line(f"{ATOM}id")
    if not identity:
        raise Unfit("id: It has none, so it can't be known again.")
    return {
        "key": key_of(identity),
        "kind": manner.kind or KIND,
        "language": _language(entry, manner),
        "slug": slug_of_link(link, entry.notes),
        "title": entry.title,
        "summary": summary,
        "body": body,
        "markup": "html",
        "topics": topics_from([c.get("term", "") for c in entry.element.findall(f"{ATOM}category")]),
        "speakers": speakers_from(entry.lines(f"{ATOM}author/{ATOM}name")) if manner.authors else [],
        "published_at": _published_at(entry),
    }


def _texts(entry: Entry, link: str) -> tuple[str, str]:
    content = entry.element.find(f"{ATOM}content")
    if content is not None and content.get("src"):
        raise Unfit("content: It is at another address (src), and not in the feed.")
    full, summary = _html(entry, "content"), _html(entry, "summary")
    if not full.strip() and not summary.strip():
        raise Unfit("content: It is empty, and there is no summary either.")
    name = "content" if full.strip() else "summary"
    body = absolute(full if full.strip() else summary, _base(entry.element.find(f"{ATOM}{name}"), link))
    if name == "summary":
        entry.notes.append(SUMMARY_NOTE)
    words = plain(summary)
    return body, "" if name == "summary" or words == plain(full) else words


def _html(entry: Entry, name: str) -> str:
    """A text construct (section 3.1) or a content (4.1) as HTML; RFC 4287 calls plain text `text`."""
    element = entry.element.find(f"{ATOM}{name}")
    if element is None:
        return ""
    kind = element.get("type", "text").strip().lower().partition(";")[0]
    match kind:
        case "xhtml" | "application/xhtml+xml":
            return cleaned(_xhtml(element), entry.notes)
        case "html" | "text/html":
            return cleaned(text_of(element), entry.notes)
        case "text" | "text/plain":
            return paragraphs(cleaned(text_of(element), entry.notes))
    raise Unfit(f"{name}: It is of the type “{kind[:60]}”, which is no text.")


def _xhtml(element: etree._Element) -> str:
    """The inside of the div that holds XHTML (section 3.1.1.3), its names without a namespace."""
    holder = element.find(f"{_XHTML}div")
    if holder is None:
        raise Unfit("content: It is of the type xhtml and has no div of XHTML in it.")
    for each in holder.iter(etree.Element):
        each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(holder)
    whole = str(etree.tostring(holder, encoding="unicode", method="html", with_tail=False))
    return whole.partition(">")[2].rpartition("</div>")[0]


def _link(entry: Entry) -> str:
    """The alternate link, HTML's before another's, in full."""
    found = [
        each for each in entry.element.findall(f"{ATOM}link") if each.get("rel", "alternate") == "alternate"
    ]
    found.sort(key=lambda each: each.get("type", "text/html") != "text/html")
    if not found:
        return ""
    try:
        return urljoin(_base(found[0], ""), str(found[0].get("href", "")).strip())
    except ValueError:
        return ""


def _base(element: etree._Element | None, link: str) -> str:
    """What relative addresses in an element are relative to: xml:base, of all around it, or the link."""
    base = ""
    around = [] if element is None else [element, *element.iterancestors()]
    for each in reversed(around):
        try:
            base = urljoin(base, each.get(BASE, "").strip())
        except ValueError:
            continue
    return base or link


def _language(entry: Entry, manner: Manner) -> str:
    own = language_from(entry.element.get(LANG, ""))
    around = (language_from(each.get(LANG, "")) for each in entry.element.iterancestors())
    return own or manner.language or next((tag for tag in around if tag), "") or manner.fallback


def _published_at(entry: Entry) -> str:
    published, updated = (entry.line(f"{ATOM}{name}") for name in ("published", "updated"))
    if not published:
        if not updated:
            raise Unfit("published: It has none, and no updated either.")
        instant = dates.from_rfc3339("updated", updated)
        entry.notes.append("it does not say when it was published: its instant is that of updated")
        return instant
    instant = dates.from_rfc3339("published", published)
    if updated and dates.from_rfc3339("updated", updated) > instant:
        entry.notes.append(f"its text is that of {updated[:40]}: the feed holds no earlier one")
    return instant
