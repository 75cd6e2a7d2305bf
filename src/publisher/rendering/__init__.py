"""A content becomes safe HTML and plain text here, and nowhere else.

Everything is a pure function of its arguments: the same content gives the same bytes, whatever the process.
Whatever comes in, what goes out has passed the allow-lists of `sanitise` last.
"""

from .files import address_of
from .page import Rendered, plain, reading_minutes, render, words
from .transcript import Turn

__all__ = ["Rendered", "Turn", "address_of", "plain", "reading_minutes", "render", "words"]
