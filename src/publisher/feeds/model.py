"""The values a feed is made of, in no format's own words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Status = Literal["live", "withdrawn", "removed"]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who answers for a text; `uri` is a page about them, absolute."""

    name: str
    uri: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A kind, topic or the like: `term` for programs, `scheme` an absolute URI, `label` for people.

    `language` is the label's (BCP 47), None where it is that of the entry.
    """

    term: str
    scheme: str
    label: str
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclosure:
    """A file of an entry: `url` is absolute, `size` its true length in bytes, `words` what it shows."""

    url: str
    media_type: str
    size: int
    words: str
    width: int | None = None
    height: int | None = None

    @property
    def image(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A publication as a feed shows it.

    `id` is `urn:uuid:...` of the publication, `url` its absolute address. `html` is sanitised already and
    has absolute URLs only. Both instants have a time zone. `notice` is plain text: a withdrawn entry says
    it before its own text, a removed one instead of it; a live entry says nothing of the kind.
    `notice_language` is None where it is the entry's; `direction` is that of the entry's language.
    `translations` are languages and absolute addresses; no language twice, nor the entry's own.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    published: datetime
    updated: datetime
    speakers: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    status: Status = "live"
    notice: str | None = None
    notice_language: str | None = None
    direction: Direction = "ltr"
    translations: tuple[tuple[str, str], ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a day counter claims: `text` holds `{days}`, no number; `since` is a day in `zone` (IANA)."""

    key: str
    since: date
    zone: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tombstone:
    """The news that an entry is gone: `ref` is its `urn:uuid:`, `comment` plain text (RFC 6721)."""

    ref: str
    when: datetime
    comment: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed at one instant, entries in the order in which they are to be written.

    `subtitle` is the counters' sentences, or empty. `alternates` are further links as (rel, media type,
    href); an empty media type is left out. `authors` is the newsroom: names, or persons where there is a
    page to show. `counters_namespace` is that of the claims, an address that explains it. `ttl_minutes` is
    how long an RSS reader may keep it; 0 says nothing. `archived` says that it is a page of an archive,
    which never changes (RFC 5005, section 4).
    """

    id: str
    title: str
    subtitle: str
    site_url: str
    self_url: str
    language: str
    updated: datetime
    alternates: tuple[tuple[str, str, str], ...] = ()
    rights: str | None = None
    authors: tuple[Person | str, ...] = ()
    claims: tuple[Claim, ...] = ()
    counters_namespace: str = ""
    entries: tuple[Entry, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    ttl_minutes: int = 0
    archived: bool = False
