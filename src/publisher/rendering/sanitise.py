"""The allow-lists: which tags, attributes and addresses a body may have when it leaves."""

import re
from itertools import islice, pairwise

import nh3

QUESTION_ID = re.compile(r"q[1-9][0-9]{0,3}")
"""The only ids in a body: its questions' anchors."""

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "dfn",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "q": {"cite"},
    "td": {"colspan", "rowspan", "scope", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
}
CLASSES = {
    "section": {"turn", "turn--question"},
    "p": {"turn-who"},
    "span": {"turn-asker"},
}
"""The stylesheet's words for a transcript's turns."""
SCHEMES = {"http", "https", "mailto", "tel"}

_REFERENCE = re.compile("[&<>\u00a0]")
_DROPPED = {"script", "style"}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ASTRAL = re.compile(
    "[" + "".join(chr((p << 16) | low) for p in range(1, 17) for low in (0xFFFE, 0xFFFF)) + "]"
)


def printable(text: str) -> str:
    """`text` without the characters that no page or feed can carry (XML 1.0 section 2.2)."""
    return _ASTRAL.sub("", _UNPRINTABLE.sub("", text))


def pieces(text: str) -> list[str]:
    """`text` cut before every thousandth character that is written as a reference.

    nh3 reads one text in time quadratic in its references, so long ones reach it in pieces, with
    empty comments between, which are gone in what it gives back.
    """
    found = islice(_REFERENCE.finditer(text), 1_000, None, 1_000)
    cuts = [0, *(reference.start() for reference in found), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def prepare(html: str) -> str:
    """Safe HTML to work on: no ids, no classes, and `div` still there as a border between blocks."""
    return printable(_PREPARE.clean(html))


def finish(html: str) -> str:
    """Safe HTML to hand out: ids and classes are those of a transcript's turns.

    Links carry no `rel`: none opens another window, so there is no opener to hide.
    """
    return _FINISH.clean(html)


def _only_question_ids(_tag: str, name: str, value: str) -> str | None:
    if name == "id" and not QUESTION_ID.fullmatch(value):
        return None
    return value


_PREPARE = nh3.Cleaner(
    tags=(set(TAGS) - {"section"}) | {"div"},
    clean_content_tags=_DROPPED,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=None,
)
_FINISH = nh3.Cleaner(
    tags=set(TAGS) - {"h1"},
    clean_content_tags=_DROPPED,
    attributes=ATTRIBUTES | {"section": {"id"}, "img": ATTRIBUTES["img"] | {"loading"}},
    attribute_filter=_only_question_ids,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
)
