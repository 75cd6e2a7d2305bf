"""Any text that means to be HTML becomes balanced HTML of bounded depth, in linear time.

This guards time and memory, not readers: a parser by the book (WHATWG HTML section 13.2) can be
made to need quadratic time for deep nesting, or quadratic space for unclosed formatting.
Safety is the sanitiser's, which comes after.
"""

import re
from collections import Counter

from . import sanitise

DEPTH = 64
"""Elements nested deeper lose their tags and keep their text."""
ATTRIBUTE_LIMIT = 8_000
"""An attribute with a longer value, in characters, is left out."""

_ALIASES = dict.fromkeys(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dir",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "menu",
        "nav",
        "noscript",
        "option",
        "section",
        "summary",
    ],
    "div",
) | {"strike": "s", "tt": "code"}
_VOID = frozenset({"br", "hr", "img"})
_RAW = frozenset(
    [
        "iframe",
        "math",
        "noembed",
        "noframes",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "xmp",
    ]
)
_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"thead", "tbody", "tfoot", "caption"}
_CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS,
    "thead": _GROUPS,
    "tbody": _GROUPS,
    "tfoot": _GROUPS,
}
"""What an opening tag ends without saying so."""
_BLOCKS = frozenset(
    [
        "blockquote",
        "div",
        "dl",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "ol",
        "p",
        "pre",
        "table",
        "ul",
        "li",
        "dt",
        "dd",
    ]
)
_BORDERS = frozenset(["table", "ul", "ol", "dl"])
_PARAGRAPH_BORDERS = frozenset(
    [
        "blockquote",
        "div",
        "dd",
        "dt",
        "figcaption",
        "figure",
        "li",
        "table",
        "td",
        "th",
        "ul",
        "ol",
        "dl",
        "caption",
    ]
)

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s=>/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(?=[^\s>"'])([^\s>]*)))?"""
)
_TAG_END = re.compile(r"[\s/]*>")


def balanced(html: str) -> str:
    """`html` with every tag closed, at most DEPTH deep; unknown tags are gone, their text stays."""
    return _Balancer(html).run()


class _Balancer:
    """Reads tag by tag and keeps the stack of open elements."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.out: list[str] = []
        self.stack: list[str] = []
        self.dropped: Counter[str] = Counter()

    def run(self) -> str:
        while self.at < len(self.html):
            start = self.html.find("<", self.at)
            end = len(self.html) if start < 0 else start
            self._text(end)
            if start >= 0:
                self._markup()
        while self.stack:
            self._pop()
        return "".join(self.out)

    def _text(self, end: int) -> None:
        self.out.append(
            "<!---->".join(p.replace("<", "&lt;") for p in sanitise.pieces(self.html[self.at : end]))
        )
        self.at = end

    def _markup(self) -> None:
        following = self.html[self.at + 1 : self.at + 4]
        if following == "!--":
            self._skip_past("-->")
        elif following[:1] in ("!", "?"):
            self._skip_past(">")
        elif following[:1] == "/":
            self._end_tag()
        elif _NAME.match(following):
            self._start_tag()
        else:
            self._text(self.at + 1)

    def _skip_past(self, mark: str) -> None:
        """Leaves a comment out; one that never ends is text, like the rest."""
        end = self.html.find(mark, self.at + 1)
        if end < 0:
            self._text(len(self.html))
        else:
            self.at = end + len(mark)

    def _end_tag(self) -> None:
        name = _NAME.match(self.html, self.at + 2)
        end = self.html.find(">", self.at)
        if end < 0:
            self._text(len(self.html))
            return
        self.at = end + 1
        if name:
            self._close(_known(name[0]))

    def _start_tag(self) -> None:
        name = _NAME.match(self.html, self.at + 1)
        assert name
        attributes: dict[str, str] = {}
        at = name.end()
        while not (end := _TAG_END.match(self.html, at)):
            found = _ATTRIBUTE.match(self.html, at)
            if not found:
                self._text(len(self.html))
                return
            attributes.setdefault(
                found[1].lower(), next((v for v in found.groups()[1:] if v is not None), "")
            )
            at = found.end()
        self.at = end.end()
        if name[0].lower() in _RAW:
            self._skip_raw(name[0])
        else:
            self._open(_known(name[0]), attributes)

    def _skip_raw(self, name: str) -> None:
        """Leaves out what is no text for readers; without an end it takes the rest along."""
        end = re.compile(rf"</{re.escape(name)}[^>]*>", re.IGNORECASE).search(self.html, self.at)
        self.at = end.end() if end else len(self.html)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name not in sanitise.TAGS and name != "div":
            return
        if name in _BLOCKS:
            self._imply(frozenset({"p"}), _PARAGRAPH_BORDERS)
        self._imply(_CLOSES.get(name, frozenset()), _BORDERS)
        if name in _VOID:
            self.out.append(_written(name, attributes))
        elif len(self.stack) >= DEPTH:
            self.dropped[name] += 1
        else:
            self.out.append(_written(name, attributes))
            self.stack.append(name)

    def _imply(self, names: frozenset[str], borders: frozenset[str]) -> None:
        """Closes the outermost open one of `names` within the nearest border."""
        outermost = None
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index] in names:
                outermost = index
            elif self.stack[index] in borders:
                break
        if outermost is not None:
            self._pop_to(outermost)

    def _close(self, name: str) -> None:
        if self.dropped[name]:
            self.dropped[name] -= 1
        elif name in self.stack:
            self._pop_to(len(self.stack) - 1 - self.stack[::-1].index(name))

    def _pop_to(self, index: int) -> None:
        while len(self.stack) > index:
            self._pop()

    def _pop(self) -> None:
        self.out.append(f"</{self.stack.pop()}>")


def _known(name: str) -> str:
    return _ALIASES.get(name.lower(), name.lower())


def _written(name: str, attributes: dict[str, str]) -> str:
    allowed = sanitise.ATTRIBUTES.get(name, set())
    kept = (
        f' {key}="{_quoted(value)}"'
        for key, value in attributes.items()
        if key in allowed and len(value) <= ATTRIBUTE_LIMIT
    )
    return f"<{name}{''.join(kept)}>"


def _quoted(value: str) -> str:
    return value.replace('"', "&quot;")
