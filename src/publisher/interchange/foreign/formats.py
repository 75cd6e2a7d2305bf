"""The formats of other systems by their names, and the reader of each."""

from collections.abc import Callable, Iterator

from . import atom, rss, wxr
from .items import Item, Manner

READERS: dict[str, Callable[[bytes, Manner], Iterator[Item]]] = {
    "wxr": wxr.read,
    "rss": rss.read,
    "atom": atom.read,
}
"""Those of one file; Markdown can be a folder of them."""
