"""A WordPress post's content as HTML that stands by itself: no block comments, no shortcodes, paragraphs.

The classic editor stores paragraphs as blank lines and breaks as line ends; the block editor
stores whole HTML with a comment around each block.
"""

import re
from collections.abc import Iterator

from .shortcodes import without_shortcodes

_TOKEN = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ADDRESS_ALONE = re.compile(r"""(\A|>[ \t]*\n|\n[ \t]*\n)[ \t]*(https?://[^\s<>"'\[\]]+)[ \t]*(?=\n|\Z)""")
_HOLDERS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "div",
        "footer",
        "form",
        "header",
        "main",
        "nav",
        "section",
    ]
)
"""Blocks whose text is in paragraphs of its own."""
_WHOLE = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "caption",
        "figcaption",
        "summary",
        "legend",
    ]
)
"""Blocks whose text is one paragraph, with breaks in it."""
_FRAMES = frozenset(
    ["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "figure", "hgroup", "fieldset"]
)
"""Blocks that hold blocks, with nothing but white space between them."""
_VERBATIM = frozenset(["pre", "script", "style", "textarea", "svg", "math", "iframe", "select", "object"])
"""Blocks in which a line's end is left as it is."""
_SINGLE = frozenset(["hr"])
_BLOCKS = _HOLDERS | _WHOLE | _FRAMES | _VERBATIM | _SINGLE


def body_of(stored: str, notes: list[str]) -> str:
    """The HTML of a stored content; `notes` get what was left out of it."""
    text = stored.replace("\r\n", "\n").replace("\r", "\n")
    text = _ADDRESS_ALONE.sub(_linked, without_shortcodes(text, notes))
    pieces = list(_pieces(text))
    if not any(blocks for blocks, _ in pieces):
        return paragraphed("".join(piece for _, piece in pieces))
    return _squeezed("".join(piece if blocks else _loose(piece) for blocks, piece in pieces))


def paragraphed(text: str) -> str:
    """HTML with its blank lines as paragraphs and its line ends as breaks, outside of verbatim blocks."""
    writing = _Writing()
    at = 0
    for token in _TOKEN.finditer(text):
        name = token[1].lower()
        if name not in _BLOCKS:
            continue
        writing.text(text[at : token.start()])
        writing.block(name, token[0])
        at = token.end()
    writing.text(text[at:])
    writing.flush()
    return "\n".join(writing.out)


class _Writing:
    """What was written so far, the blocks that are open, and the run of text that waits for its end."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[str] = []
        self.waiting: list[str] = []

    def text(self, text: str) -> None:
        if self.verbatim or (self.open and self.open[-1] in _WHOLE):
            self.waiting.append(text)
            return
        first, *rest = _BLANK_LINES.split(text)
        self.waiting.append(first)
        for each in rest:
            self.flush()
            self.waiting.append(each)

    def block(self, name: str, tag: str) -> None:
        if self.verbatim and not (tag.startswith("</") and name == self.open[-1]):
            self.waiting.append(tag)
            return
        if self.verbatim:
            self.out[-1] += "".join(self.waiting) + tag
            self.waiting.clear()
        elif tag == f"</{name}>" and name in _WHOLE and self.open[-1:] == [name]:
            self.out[-1] += self._run() + tag
        else:
            self.flush()
            self.out.append(tag)
        if tag.startswith("</"):
            self._close(name)
        elif name not in _SINGLE:
            self.open.append(name)

    @property
    def verbatim(self) -> bool:
        return bool(self.open) and self.open[-1] in _VERBATIM

    def flush(self) -> None:
        if self.verbatim:
            self.out[-1] += "".join(self.waiting)
            self.waiting.clear()
        elif run := self._run():
            alone = not self.open or self.open[-1] in _HOLDERS
            self.out.append(f"<p>{run}</p>" if alone else run)

    def _run(self) -> str:
        """What waits, as one run with its breaks."""
        run = "".join(self.waiting).strip().replace("\n", "<br>\n")
        self.waiting.clear()
        return run

    def _close(self, name: str) -> None:
        if name not in self.open[-200:]:
            return
        while self.open.pop() != name:
            pass


def _linked(found: re.Match[str]) -> str:
    """WordPress shows what is at an address that stands alone; here it is a link."""
    return f'{found[1]}<a href="{found[2]}">{found[2]}</a>'


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """What stands between comments, and whether that is in a block of the block editor."""
    depth = 0
    for comment, piece in _comments(text):
        words = comment.strip()
        if words.startswith("wp:") and not words.endswith("/"):
            depth += 1
        elif words.startswith("/wp:"):
            depth = max(depth - 1, 0)
        yield depth > 0, piece


def _loose(piece: str) -> str:
    """What the classic editor left between blocks."""
    return f"\n{paragraphed(piece)}\n" if piece.strip() else piece


def _comments(text: str) -> Iterator[tuple[str, str]]:
    """Each comment, and the text after it up to the next; one without an end is text."""
    comment, at = "", 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield comment, text[at:start]
        comment, at = text[start + 4 : end], end + 3
    yield comment, text[at:]


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()
