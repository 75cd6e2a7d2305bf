"""Rendered texts, kept by what they were made from: the same content is rendered once a process."""

from functools import lru_cache

from ..domain.content import Content
from ..rendering import Rendered, render
from ..rendering.files import ADDRESS

KEPT = 256
"""How many texts are kept; the least recently asked for goes first."""


def rendered(content: Content, address: str = "", files_at: str = ADDRESS) -> Rendered:
    """`render`, remembered; with the page's absolute `address` for feeds."""
    return _rendered(content, address, files_at if content.files else ADDRESS)


@lru_cache(maxsize=KEPT)
def _rendered(content: Content, address: str, files_at: str) -> Rendered:
    return render(content, address, files_at)
