"""Whatever stands in a file, its reader says which items there are, or why there are none."""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_wxr import export, post
from publisher.domain import texts
from publisher.interchange.bundle import BadLine, draft_line, publication_line
from publisher.interchange.foreign import atom, markdown, rss, wxr
from publisher.interchange.foreign.items import BadFile, Item, Manner

Read = Callable[[bytes, Manner], Iterator[Item]]

ODD = (
    *("<!--", "-->", "[caption]", "[/caption]", "<p>", "</p>", "[a b='c']", "<img src='x'>", "\n\n", "]]"),
    *("<a href='http://[x'>", "https://a.example", "%ff", "&#8;", "&amp;", "\ufdd0", "\x92", "\x0b"),
    "0000-00-00 00:00:00",
)
WORDS = st.lists(st.sampled_from(ODD) | st.text(max_size=8), max_size=8).map("".join)
PARTS = ["title", "link", "guid", "creator", "content", "excerpt", "date", "gmt", "slug", "status", "type"]
ENTRY = ["title", "id", "published", "updated", "summary", "content"]
ZONES = st.sampled_from([Manner(), Manner(zone="Europe/London", authors=True)])
TIMES = st.datetimes().map(lambda at: f"{at.year:04}-{at:%m-%d %H:%M:%S}") | WORDS


def is_sound(item: Item) -> None:
    """Taken with fields that a bundle admits or names as wrong, or named with a reason."""
    assert item.number >= 1
    assert texts.unprintable(item.title) is None
    if item.said is None:
        assert bool(item.passed_over) != bool(item.refused)
        return
    try:
        line = draft_line(1, item.said) if item.draft else publication_line(1, item.said)
    except BadLine as problem:
        assert problem.reason  # noqa: PT017 (either outcome is sound)
    else:
        assert line.content.body == item.said["body"]


@given(parts=st.dictionaries(st.sampled_from(PARTS), WORDS), gmt=TIMES, date=TIMES, manner=ZONES)
def test_any_parts_of_a_post_are_taken_or_named(
    parts: dict[str, str], gmt: str, date: str, manner: Manner
) -> None:
    """Posts with what no export should hold."""
    held = {"gmt": gmt, "date": date, **parts}
    safe = {
        name: text.encode("utf-8", "replace").decode().replace("]]>", "]] >") for name, text in held.items()
    }
    (item,) = wxr.read(export(post(**safe)), manner)
    is_sound(item)


@given(
    parts=st.dictionaries(
        st.sampled_from(["title", "guid", "link", "pubDate", "description", "category", "author"]), WORDS
    ),
    date=st.datetimes().map(lambda at: f"{at.day} {at:%b} {at.year:04} {at:%H:%M:%S}"),
    zone=st.sampled_from(["", " GMT", " +0100", " -9999", " +9999", " EST", " XYZ"]),
    manner=ZONES,
)
def test_any_parts_of_an_rss_item_are_taken_or_named(
    parts: dict[str, str], date: str, zone: str, manner: Manner
) -> None:
    """Dates of every kind among them."""
    held = {"pubDate": date + zone, "description": "Text.", **parts}
    inner = "".join(f"<{name}>{written(text)}</{name}>" for name, text in held.items())
    (item,) = rss.read(f"<rss><channel><item>{inner}</item></channel></rss>".encode(), manner)
    is_sound(item)


@given(
    parts=st.dictionaries(
        st.sampled_from(["title", "id", "published", "updated", "summary", "content"]), WORDS
    ),
    kind=st.sampled_from(["text", "html", "xhtml", "text/html", "image/png", ""]),
    base=WORDS,
    manner=ZONES,
)
def test_any_parts_of_an_atom_entry_are_taken_or_named(
    parts: dict[str, str], kind: str, base: str, manner: Manner
) -> None:
    """Of every type."""
    held = {"published": "2020-05-12T10:00:00Z", **parts}
    inner = "".join(f'<{name} type="{kind}">{written(text)}</{name}>' for name, text in held.items())
    link = f'<link href="{written(base)}"/>'
    entry = f'<entry xml:base="{written(base)}">{link}{inner}</entry>'
    data = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'
    (item,) = atom.read(data.encode(), manner)
    is_sound(item)


@given(head=WORDS, date=TIMES, body=WORDS, manner=ZONES)
def test_any_front_matter_is_taken_or_named(head: str, date: str, body: str, manner: Manner) -> None:
    """In a file of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        text = f"---\ntitle: T\ndate: {date}\n{head}\n---\n{body}"
        path.write_bytes(text.encode("utf-8", "replace"))
        (item,) = markdown.read(path, manner)
        is_sound(item)


@pytest.mark.parametrize("read", [wxr.read, rss.read, atom.read])
@settings(max_examples=60)
@given(at=st.floats(0, 1), piece=st.binary(max_size=12), gone=st.integers(0, 40))
def test_a_damaged_file_is_refused_or_its_items_are_sound(
    read: Read, at: float, piece: bytes, gone: int
) -> None:
    """Bytes put in and taken out anywhere."""
    whole = export(post(1), post(2, status="draft"), post(3, content="<!-- wp:x --><p>a</p>"))
    where = int(at * len(whole))
    try:
        items = list(read(whole[:where] + piece + whole[where + gone :], Manner()))
    except BadFile as problem:
        assert str(problem).startswith(("The file", "The export", "Line "))  # noqa: PT017 (as above)
    else:
        for item in items:
            is_sound(item)


def written(text: str) -> str:
    """In XML: without what it does not admit, which has tests of its own."""
    kept = (c for c in text.encode("utf-8", "replace").decode() if c in "\t\n" or " " <= c < "\ufffe")
    return escape("".join(kept))
