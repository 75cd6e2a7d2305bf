"""A sanitised body as a tree: blocks at the top, headings in rank, addresses absolute."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from . import sanitise

BLOCKS = frozenset(
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
        "section",
        "table",
        "ul",
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = ("li", "dd", "td", "th", "blockquote", "figure", "figcaption")
_LOOSE = ("div", "li", "dt", "dd")
"""What is no block of its own where it stands: its content counts."""
_LOST = "lost"
_ADDRESSES = ("href", "src", "cite")


def parse(html: str) -> etree._Element:
    """A root element whose children are blocks only and have no text between them."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    document = etree.fromstring(f"<html><body><div>{html}</div></body></html>".encode(), parser)
    body = document.find(".//body/div")
    root = etree.Element("div")
    assert body is not None
    _describe_lost_images(body)
    _open_boxes(body)
    _gather(body, root)
    _drop_empty_paragraphs(root)
    return root


def serialise(root: etree._Element) -> str:
    """The root's blocks as HTML, each on a line of its own, texts parted for the sanitiser."""
    _part_texts(root)
    return "\n".join(
        etree.tostring(block, encoding="unicode", method="html", with_tail=False) for block in root
    )


def shift_headings(root: etree._Element) -> None:
    """Moves all headings by the same step, so that the highest is h2: the page owns h1."""
    headings = list(root.iter(*HEADINGS))
    if headings:
        step = 2 - min(int(heading.tag[1]) for heading in headings)
        for heading in headings:
            heading.tag = f"h{min(int(heading.tag[1]) + step, 6)}"


def absolutise(root: etree._Element, base_url: str) -> None:
    """Resolves every address against `base_url` (RFC 3986 section 5); drops what is no address."""
    for element in root.iter("a", "img", "q", "blockquote"):
        for name in _ADDRESSES:
            address = element.get(name)
            if address is not None:
                _set(element, name, _resolved(base_url, address))


def is_empty(paragraph: etree._Element) -> bool:
    """Whether a paragraph shows neither a word nor an image."""
    return not "".join(paragraph.itertext()).strip() and paragraph.find(".//img") is None


def unwrap(element: etree._Element) -> None:
    """Puts an element's content in its place."""
    parent = element.getparent()
    assert parent is not None
    before = element.getprevious()
    if element.text:
        _join(parent, before, element.text)
    for child in list(element):
        element.addprevious(child)
    last = element.getprevious()
    if element.tail:
        _join(parent, last, element.tail)
        element.tail = None
    parent.remove(element)


def _part_texts(root: etree._Element) -> None:
    """Puts empty comments into texts with thousands of characters that have to be escaped."""
    for element in list(root.iter()):
        element.text, *rest = sanitise.pieces(element.text or "")
        for piece in reversed(rest):
            element.insert(0, _comment(piece))
        element.tail, *rest = sanitise.pieces(element.tail or "")
        for piece in reversed(rest):
            element.addnext(_comment(piece))


def _comment(tail: str) -> etree._Element:
    comment = etree.Comment("")
    comment.tail = tail
    return comment


def _set(element: etree._Element, name: str, value: str | None) -> None:
    if value is None:
        del element.attrib[name]
    else:
        element.set(name, value)


def _resolved(base_url: str, address: str) -> str | None:
    try:
        return urljoin(base_url, address) if base_url else address
    except ValueError:
        return None


def _describe_lost_images(body: etree._Element) -> None:
    """An image whose address was refused leaves its alternative text."""
    for image in list(body.iter("img")):
        if not image.get("src"):
            image.text, image.tag = image.get("alt"), _LOST
    etree.strip_tags(body, _LOST)  # one by one, each would copy what those before it left


def _open_boxes(body: etree._Element) -> None:
    """Takes the `div`s out of list items, cells, quotations and inline elements."""
    for box in list(body.iter(*_BOXES)):
        if box.find("div") is not None:
            gathered = etree.Element(str(box.tag))
            _gather(box, gathered)
            box[:] = gathered[:]
            box.text = None
    for division in list(body.iterdescendants("div")):
        if _parent_tag(division) != "div":
            division.text, division.tail = f" {division.text or ''}", f" {division.tail or ''}"
            unwrap(division)


def _parent_tag(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _gather(box: etree._Element, target: etree._Element) -> None:
    """Appends the blocks of `box` to `target`; what runs between blocks becomes paragraphs."""
    run: etree._Element | None = None
    for node in _contents(box):
        if isinstance(node, str):
            if run is not None or node.strip():
                run = _paragraph(target, run)
                _append_text(run, node)
        elif node.tag in _LOOSE:
            run = None
            _gather(node, target)
        elif node.tag in BLOCKS:
            run = None
            target.append(node)
        else:
            run = _paragraph(target, run)
            run.append(node)


def _paragraph(target: etree._Element, run: etree._Element | None) -> etree._Element:
    return etree.SubElement(target, "p") if run is None else run


def _append_text(element: etree._Element, text: str) -> None:
    last = next(element.iterchildren(reversed=True), None)  # to ask how many there are would count them all
    _join(element, last, text)


def _contents(box: etree._Element) -> Iterator[str | etree._Element]:
    if box.text:
        yield box.text
    for child in list(box):
        tail, child.tail = child.tail, None
        yield child
        if tail:
            yield tail


def _drop_empty_paragraphs(root: etree._Element) -> None:
    for paragraph in list(root.iter("p")):
        if is_empty(paragraph):
            paragraph.text = None
            paragraph[:] = []
            unwrap(paragraph)


def _join(parent: etree._Element, before: etree._Element | None, text: str) -> None:
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
