"""CommonMark with tables and strikethrough becomes HTML, as far as nobody can abuse it.

CommonMark 0.31; raw HTML is shown as text. Three limits keep hostile bodies cheap: nesting,
the text that reference definitions may multiply to, and what markdown-it bounds by itself.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

BLOCK_DEPTH = 16
"""Blocks nested deeper than this many levels are one paragraph."""
_SPARE = 100_000
"""What links may add up to beyond the body's own length, in characters."""


def to_html(body: str) -> str:
    """The HTML of a CommonMark body, not yet sanitised."""
    html: str = _parser().render(body)
    return html


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": BLOCK_DEPTH + 4})
    parser.enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.core.ruler.push("bound_links", _bound_links)
    parser.core.ruler.push("align_cells", _align_cells)
    return parser


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's)
    """Keeps as a paragraph what markdown-it would drop at its nesting limit."""
    if silent or state.level < BLOCK_DEPTH:
        return False
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, end, state.blkIndent, False).strip()  # noqa: FBT003
    inline.map = [start, end]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _bound_links(state: StateCore) -> None:
    """Drops addresses once they add up: a long definition used often would fill the memory."""
    budget = len(state.src) + _SPARE
    for token in _inline(state.tokens):
        for name in ("href", "src", "title"):
            if name in token.attrs:
                budget -= len(str(token.attrs[name]))
                if budget < 0:
                    del token.attrs[name]


def _align_cells(state: StateCore) -> None:
    """A column's alignment as the attribute that the allow-list admits, not as a style."""
    for token in state.tokens:
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrs["align"] = style.removeprefix("text-align:")


def _inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]
