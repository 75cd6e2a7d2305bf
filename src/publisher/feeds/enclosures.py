"""Writes the files of an entry: Atom's links, RSS's one enclosure, and Media RSS for images in both."""

from .feedgen_adapter import Element, element, qualified
from .model import Enclosure, Entry
from .namespaces import MEDIA


def write_links(entry: Entry, written: Element) -> None:
    """All of them, as Atom has them (RFC 4287, section 4.2.7.2)."""
    for each in entry.enclosures:
        element(
            written,
            "link",
            rel="enclosure",
            type=each.media_type,
            length=str(each.size),
            title=each.words,
            href=each.url,
        )
    _write_thumbnail(entry, written)


def write_enclosure(entry: Entry, item: Element) -> None:
    """One, since readers of RSS take only one: what can be played, or the first; and every image."""
    if entry.enclosures:
        played = (e for e in entry.enclosures if e.media_type.startswith(("audio/", "video/")))
        one = next(played, entry.enclosures[0])
        element(item, "enclosure", url=one.url, length=str(one.size), type=one.media_type)
    for each in entry.enclosures:
        if each.image:
            shown = element(
                item,
                qualified(MEDIA, "content"),
                url=each.url,
                type=each.media_type,
                medium="image",
                fileSize=str(each.size),
                **_measures(each),
            )
            element(shown, qualified(MEDIA, "description"), each.words, type="plain")
    _write_thumbnail(entry, item)


def _write_thumbnail(entry: Entry, parent: Element) -> None:
    first = next((each for each in entry.enclosures if each.image), None)
    if first:
        element(parent, qualified(MEDIA, "thumbnail"), url=first.url, **_measures(first))


def _measures(image: Enclosure) -> dict[str, str]:
    if image.width is None or image.height is None:
        return {}
    return {"width": str(image.width), "height": str(image.height)}
