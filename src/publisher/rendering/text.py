"""The words of a tree, without its markup."""

import re

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from .tree import BLOCKS

_BREAKS = BLOCKS | {"br", "caption", "dd", "dt", "figcaption", "li", "tr"}
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"\s+")


def lines(root: etree._Element) -> str:
    """A block a line, white space collapsed; an image gives its alternative text."""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        parts.append(_border(tag))
        if event == "start":
            parts.append(_collapsed(element.get("alt") if tag == "img" else element.text))
        elif element is not root:
            parts.append(_collapsed(element.tail))
    squeezed = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in squeezed if line)


def one_line(element: etree._Element) -> str:
    """The words of one block, on one line."""
    return " ".join(lines(element).split())


def _border(tag: str) -> str:
    if tag in _BREAKS:
        return "\n"
    return " " if tag in _CELLS else ""


def _collapsed(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")
