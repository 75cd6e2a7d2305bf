"""HTML of other systems: its plain words, its addresses made absolute, and paragraphs for plain text.

Nothing here makes HTML safe: that is done last, whenever a text is shown.
"""

import html
import re
from urllib.parse import urljoin, urlsplit

from ...domain.content import Content
from ...rendering import page

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ADDRESS = re.compile(
    r"""(?<=\s)((?:href|src|cite)\s{0,9}=\s{0,9})("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def plain(markup: str) -> str:
    """The words of some HTML, on one line."""
    if not any(c in markup for c in "<&"):
        return " ".join(markup.split())
    said = Content(kind="x", language="en", title="x", summary="", body=markup, markup="html")
    return " ".join(page.plain(said).split())


def absolute(markup: str, base: str) -> str:
    """HTML whose relative addresses are resolved against `base`, where that is an http(s) URL."""
    if not is_web(base):
        return markup
    return _TAG.sub(lambda tag: _ADDRESS.sub(lambda found: _resolved(found, base), tag[0]), markup)


def is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def paragraphs(text: str) -> str:
    """Plain text as HTML: a blank line parts paragraphs, a line's end is a break."""
    found = _BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "\n".join(
        f"<p>{html.escape(each, quote=False).replace(chr(10), '<br>' + chr(10))}</p>"
        for each in found
        if each
    )


def _resolved(found: re.Match[str], base: str) -> str:
    name, value = found.groups()
    address = html.unescape(value.strip("\"'")).strip()
    if address.startswith("#") or not address:
        return found[0]
    try:
        return f'{name}"{html.escape(urljoin(base, address))}"'
    except ValueError:
        return found[0]
