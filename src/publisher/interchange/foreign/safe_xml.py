"""XML of strangers, read without any of its dangers: no document type, no entity, no network.

A file that is cut off, in another encoding than it says, or not well-formed is refused as a whole.
"""

import codecs
import re

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from .characters import carried
from .items import BadFile

FILE_LIMIT = 64 * 1024 * 1024
"""The longest file, in bytes."""
ELEMENTS_LIMIT = 3_000_000
"""The most elements in a file, for which memory has to be there."""

_ENCODINGS = frozenset(
    ["utf-8", "ascii", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "gb2312", "gbk", "gb18030"]
    + ["big5", "shift_jis", "euc_jp", "euc_kr"]
    + [f"iso8859-{part}" for part in range(1, 17) if part != 12]
    + [f"cp125{page}" for page in range(9)]
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(r"\s*<\?xml\b([^<>]{0,400})\?>")
_ENCODING = re.compile(r"""\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_END = re.compile(r"</(?:[\w-]{1,40}:)?(?:rss|feed|rdf)\s*>\s*$", re.IGNORECASE)


def parsed(data: bytes) -> etree._Element:
    """The root element of a file. Raises BadFile."""
    if len(data) > FILE_LIMIT:
        raise BadFile(f"The file is longer than {FILE_LIMIT:,} bytes: export it in parts.")
    text = _decoded(data)
    if not text.strip():
        raise BadFile("The file is empty.")
    declaration = _DECLARATION.match(text)
    text = carried(text[declaration.end() :] if declaration else text)
    _refuse_document_type(text)
    if text.count("<") > 2 * ELEMENTS_LIMIT:
        raise BadFile(f"The file has more than {ELEMENTS_LIMIT:,} elements: export it in parts.")
    try:
        return etree.fromstring(text.encode(), _parser())
    except etree.XMLSyntaxError as problem:
        raise BadFile(_wrong(text, problem)) from None


def text_of(element: etree._Element | None) -> str:
    """All the text inside of an element, nothing where there is none."""
    return "" if element is None else "".join(element.itertext())


def _parser() -> etree.XMLParser:
    """Long texts are the domain's to refuse; without entities nothing can grow inside."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _declared(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise BadFile(
            f"Line {line} of the file is not {encoding.removesuffix('-sig').upper()}, "
            "though the file says so: save it in the encoding that it names."
        ) from None


def _declared(data: bytes) -> str:
    head = _DECLARATION.match(data[:500].decode("latin-1"))
    found = _ENCODING.search(head[1]) if head else None
    if not found:
        return "utf-8"
    try:
        encoding = codecs.lookup(found[1]).name
    except LookupError:
        encoding = ""
    if encoding not in _ENCODINGS:
        raise BadFile(f"The file's encoding {found[1]} is not known here: save it as UTF-8.")
    return encoding


def _refuse_document_type(text: str) -> None:
    """A document type may only stand before the root; entities can be declared nowhere else."""
    at = 0
    while True:
        at = _past_space(text, at)
        if text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text.startswith("<?", at):
            end = text.find("?>", at)
        else:
            break
        if end < 0:
            return
        at = text.index(">", end) + 1
    if text[at : at + 9].upper() == "<!DOCTYPE":
        raise BadFile("The file has a DOCTYPE, which could declare entities: take that line out of it.")


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n\ufeff":
        at += 1
    return at


def _wrong(text: str, problem: etree.XMLSyntaxError) -> str:
    line = problem.position[0]
    if not _END.search(text[-500:]):
        return "The file ends before its last element does, so it seems cut off: get the whole file."
    reason = str(problem.msg).partition(", line ")[0]
    return f"The file is not well-formed XML at line {line}: {reason}."
