"""Rendered texts, kept by what they were made from: the same content is rendered once a process."""

from functools import lru_cache

from ..domain.content import Content
from ..rendering import Rendered, render

KEPT = 256
"""How many texts are kept; the least recently asked for goes first."""


@lru_cache(maxsize=KEPT)
def rendered(content: Content, address: str = "") -> Rendered:
    """`render`, remembered; with the page's absolute `address` for feeds."""
    return render(content, address)
