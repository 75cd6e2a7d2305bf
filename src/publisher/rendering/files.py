"""The files of a content in its text: named ones get their addresses, other images follow it."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ..domain.file import File

ADDRESS = "/files"
"""Below which address readers find them, as `{address}/{sha256}/{name}`."""


def place(root: etree._Element, files: Iterable[File], address: str) -> tuple[File, ...]:
    """Resolve the names of files in links and images, and append the images that nothing names.

    An image alone in its paragraph is a figure, its title the caption. Returns the other files that
    nothing names: a list of them belongs after the text.
    """
    by_name = {each.name: each for each in files}
    if not by_name:
        return ()
    ours = list(_images(root, by_name, address))
    named = {by_name[image.get("src", "").rpartition("/")[2]].name for image in ours}
    named |= set(_links(root, by_name, address))
    for image in ours:
        _frame(image)
    rest = [each for name, each in by_name.items() if name not in named]
    for each in rest:
        if each.image:
            _show(etree.SubElement(etree.SubElement(root, "figure"), "img"), each, address)
    return tuple(each for each in rest if not each.image)


def address_of(file: File, address: str = ADDRESS) -> str:
    return f"{address}/{file.sha256}/{file.name}"


def _images(root: etree._Element, by_name: Mapping[str, File], address: str) -> Iterator[etree._Element]:
    """The images of the text that are its files; what is put in as an image and is none becomes a link."""
    for image in list(root.iter("img")):
        file = by_name.get(image.get("src", ""))
        if file is None:
            continue
        if file.image:
            _show(image, file, address)
            yield image
        else:
            image.tag, image.text = "a", image.get("alt") or file.alt
            image.set("href", image.attrib.pop("src"))
            for name in ("alt", "width", "height"):
                image.attrib.pop(name, None)


def _show(image: etree._Element, file: File, address: str) -> None:
    image.set("src", address_of(file, address))
    image.set("alt", (image.get("alt") or "").strip() or file.alt)
    if file.width and file.height:
        image.set("width", str(file.width))
        image.set("height", str(file.height))
    image.set("loading", "lazy")


def _links(root: etree._Element, by_name: Mapping[str, File], address: str) -> Iterator[str]:
    for link in root.iter("a"):
        file = by_name.get(link.get("href", ""))
        if file is not None:
            link.set("href", address_of(file, address))
            yield file.name


def _frame(image: etree._Element) -> None:
    """Make a figure of the paragraph that holds the image and nothing else."""
    paragraph = image.getparent()
    alone = image.getprevious() is None and image.getnext() is None
    if paragraph is None or paragraph.tag != "p" or not alone:
        return
    if (paragraph.text or "").strip() or (image.tail or "").strip():
        return
    paragraph.tag, paragraph.text, image.tail = "figure", None, None
    title = image.attrib.pop("title", "").strip()
    if title:
        etree.SubElement(paragraph, "figcaption").text = title
