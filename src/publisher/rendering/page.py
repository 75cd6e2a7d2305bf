"""The way from a content to what readers get: HTML, turns, plain text, length."""

from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ..domain.content import Content
from ..domain.file import File
from . import balance, files, markdown, measure, sanitise, text, transcript, tree
from .transcript import Turn


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A body as safe HTML, and the questions asked in it, in their order.

    `attached` are the files, images apart, that the body does not name.
    """

    html: str
    turns: tuple[Turn, ...] = ()
    attached: tuple[File, ...] = ()


def render(content: Content, base_url: str = "", files_at: str = files.ADDRESS) -> Rendered:
    """The body as HTML whose highest heading is h2, and a transcript's question turns.

    With `base_url` (the page's own absolute address) every relative link and image becomes
    absolute, as feeds need it (RFC 3986 section 5). A link or an image that has the name of one of the
    content's files leads to it below `files_at`. Never raises for any body.
    """
    root = _tree(content)
    tree.shift_headings(root)
    turns: tuple[Turn, ...] = ()
    if content.kind in transcript.KINDS:
        turns = transcript.mark_turns(root, content.language, content.speakers)
    attached = files.place(root, content.files, files_at)
    tree.absolutise(root, base_url)
    return Rendered(html=sanitise.finish(tree.serialise(root)), turns=turns, attached=attached)


def plain(content: Content) -> str:
    """The body's words without markup, a block a line: for full-text search and snippets."""
    return text.lines(_tree(content))


def words(content: Content) -> int:
    """How many words the body has; each ideograph or kana counts as one."""
    return measure.words(plain(content))


def reading_minutes(content: Content) -> int:
    """Whole minutes to read the body, rounded up, at least one."""
    return measure.minutes(plain(content))


def _tree(content: Content) -> etree._Element:
    body = sanitise.printable(content.body)
    html = body if content.markup == "html" else markdown.to_html(body)
    return tree.parse(sanitise.prepare(balance.balanced(html)))
