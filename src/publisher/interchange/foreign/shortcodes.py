"""WordPress's shortcodes in a text: captions become figures, embeds become links, others are told.

A word in brackets that people wrote, such as [sic] or [applause], is no shortcode: one is known by
its name, by an attribute, or by an end of its own.
"""

import html
import re
from collections.abc import Iterator

from .hypertext import is_web

_SHORTCODE = re.compile(r"\[(/?)([A-Za-z][A-Za-z0-9_-]{0,60})((?:[\s/=][^\[\]]*)?)\]")
_ATTRIBUTE = re.compile(r"""(?<=\s)([\w-]+)=("[^"]*"|'[^']*'|[^\s"']+)""")
_CAPTIONS = frozenset({"caption", "wp_caption"})
_MEDIA = frozenset({"audio", "video", "embed"})
_LISTS = frozenset({"gallery", "playlist"})
_SOURCES = ("src", "url", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)


def without_shortcodes(text: str, notes: list[str]) -> str:
    """`text` with HTML in place of its shortcodes; `notes` get the names of those that were lost."""
    found = [each for each in _SHORTCODE.finditer(text) if not _escaped(text, each)]
    ended = {each[2].lower() for each in found if each[1]}
    codes = [each for each in found if _is_code(each, ended)]
    if not codes:
        return text
    lost: dict[str, None] = {}
    text = "".join(_pieces(text, codes, lost))
    if lost:
        notes.append(f"shortcodes were taken out: {', '.join(lost)}")
    return text


def _escaped(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()] == "[" and text[found.end() : found.end() + 1] == "]"


def _is_code(found: re.Match[str], ended: set[str]) -> bool:
    name = found[2].lower()
    return name in _CAPTIONS | _MEDIA | _LISTS or name in ended or bool(_ATTRIBUTE.search(found[3]))


def _pieces(text: str, codes: list[re.Match[str]], lost: dict[str, None]) -> Iterator[str]:
    at = 0
    for index, code in enumerate(codes):
        if code.start() < at:
            continue
        yield text[at : code.start()]
        at = code.end()
        name = code[2].lower()
        following = codes[index + 1] if index + 1 < len(codes) else None
        end = following if following and following[1] and following[2].lower() == name else None
        if name in _CAPTIONS and not code[1] and end:
            yield _figure(text[at : end.start()], _attributes(code))
            at = end.end()
        elif name in _MEDIA and not code[1]:
            inner = text[at : end.start()].strip() if end else ""
            yield _link(inner, _attributes(code), name, lost)
            at = end.end() if end and is_web(html.unescape(inner)) else at
        elif name not in _CAPTIONS | _MEDIA:
            lost[name] = None
    yield text[at:]


def _attributes(code: re.Match[str]) -> dict[str, str]:
    return {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(code[3])}


def _figure(inner: str, attributes: dict[str, str]) -> str:
    picture = _PICTURE.match(inner)
    if not picture:
        return inner
    words = inner[picture.end() :].strip() or attributes.get("caption", "")
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{picture[0].strip()}{caption}</figure>\n\n"


def _link(inner: str, attributes: dict[str, str], name: str, lost: dict[str, None]) -> str:
    offered = [inner, *(attributes.get(each, "") for each in _SOURCES)]
    address = next((each for each in map(html.unescape, offered) if is_web(each)), None)
    if address is None:
        lost[name] = None
        return ""
    written = html.escape(address)
    return f'\n\n<p><a href="{written}">{written}</a></p>\n\n'
