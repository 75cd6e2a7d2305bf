"""What the readers of WXR, RSS and Atom share: names without their namespaces, and items numbered."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from .characters import cleaned
from .hypertext import plain
from .items import Item, Unfit
from .safe_xml import text_of

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

SUMMARY_NOTE = "it holds a summary alone, which became the body"


class Entry:
    """One entry of a feed: its parts as clean texts, and the notes that reading them left."""

    def __init__(self, element: etree._Element, number: int) -> None:
        self.element = element
        self.number = number
        self.notes: list[str] = []
        self.title = ""

    def raw(self, name: str) -> str:
        """The text of the first child of that name, as it stands but for control characters."""
        return cleaned(text_of(self.element.find(name)), self.notes)

    def line(self, name: str) -> str:
        """The same on one line."""
        return " ".join(self.raw(name).split())

    def lines(self, name: str) -> list[str]:
        """The texts of all children of that name."""
        found = (text_of(each) for each in self.element.findall(name))
        return [" ".join(cleaned(each, self.notes).split()) for each in found]

    def words(self, name: str) -> str:
        """The words of a child that holds HTML, on one line."""
        return plain(self.raw(name))


Said = Callable[[Entry], dict[str, Any]]


def items(elements: Iterable[etree._Element], said: Said) -> Iterator[Item]:
    """The items of a feed, each read by `said`, which raises Unfit where one can't be taken."""
    for number, element in enumerate(elements, 1):
        entry = Entry(element, number)
        try:
            fields = said(entry)
        except Unfit as reason:
            yield _item(entry, refused=str(reason))
        else:
            yield _item(entry, said=fields)


def _item(entry: Entry, **verdict: Any) -> Item:
    return Item(
        number=entry.number,
        name=f"item {entry.number}",
        title=entry.title,
        notes=tuple(dict.fromkeys(entry.notes)),
        **verdict,
    )
