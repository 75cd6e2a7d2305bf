"""Decides what an entry says in each status, and what stands in for a blank text that formats require."""

from html import escape

from .model import Entry, Feed, Person


def content_of(entry: Entry) -> str:
    """HTML of the entry: a withdrawn one opens with its notice, a removed one has nothing else.

    A feed's reader knows nothing of its direction, so that stands in it where it is from right to left.
    """
    text = entry.html
    if entry.status != "live":
        text = _notice(entry) + ("" if entry.status == "removed" else text)
    return f'<div dir="rtl">{text}</div>' if text and entry.direction == "rtl" else text


def summary_of(entry: Entry) -> str:
    """Plain text: the summary, with the notice first if withdrawn, the notice alone if removed."""
    if entry.status == "live":
        return entry.summary
    parts = (entry.notice, None if entry.status == "removed" else entry.summary)
    return " ".join(part for part in parts if part)


def title_of(item: Entry | Feed) -> str:
    """The title, or the address where it is blank: feedgen refuses a whole feed for one missing title."""
    if item.title.strip():
        return item.title
    return item.url if isinstance(item, Entry) else item.site_url


def description_of(feed: Feed) -> str:
    """The subtitle, or the title: RSS 2.0 requires a channel's description."""
    return feed.subtitle if feed.subtitle.strip() else title_of(feed)


def authors_of(feed: Feed) -> tuple[Person, ...]:
    """The feed's authors, at least one, each with a name (RFC 4287, sections 4.1.1 and 3.2.1)."""
    people = (author if isinstance(author, Person) else Person(name=author) for author in feed.authors)
    return tuple(person for person in people if person.name.strip()) or (Person(name=title_of(feed)),)


def speakers_of(entry: Entry) -> tuple[str, ...]:
    """The names of those who speak, without blank ones."""
    return tuple(name for name in entry.speakers if name.strip())


def _notice(entry: Entry) -> str:
    if not entry.notice:
        return ""
    foreign = entry.notice_language not in (None, entry.language)
    marks = f' lang="{escape(entry.notice_language or "")}" dir="auto"' if foreign else ""
    return f"<p{marks}><strong>{escape(entry.notice, quote=False)}</strong></p>"
