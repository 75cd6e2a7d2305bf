"""Files that mean harm or were harmed: refused in one sentence, or read without any of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from made_wxr import export, post
from publisher.domain.content import BODY_LIMIT, Content
from publisher.interchange.foreign import atom, front_matter, rss, wxr
from publisher.interchange.foreign.items import BadFile, Item, Manner, Unfit
from publisher.interchange.foreign.safe_xml import ELEMENTS_LIMIT, FILE_LIMIT, parsed
from publisher.interchange.foreign.wordpress_body import body_of
from publisher.rendering import page

Read = Callable[[bytes, Manner], Iterator[Item]]
READERS: list[Read] = [wxr.read, rss.read, atom.read]


def refused(read: Read, data: bytes) -> str:
    with pytest.raises(BadFile) as caught:
        read(data, Manner())
    return str(caught.value)


def only(items: Iterator[Item]) -> Item:
    (item,) = items
    return item


@pytest.mark.parametrize("read", READERS)
def test_a_document_type_is_refused_with_all_it_could_declare(read: Read, tmp_path: Path) -> None:
    """An outside file, a bomb of entities, and one behind comments and instructions."""
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    for declared in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>',
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!-- > --> <?a b?> <!-- <rss> --><!doctype rss>",
    ):
        text = f'<?xml version="1.0"?>{declared}<rss><channel><item>&x;</item></channel></rss>'
        assert refused(read, text.encode()).startswith("The file has a DOCTYPE")


@pytest.mark.parametrize("read", READERS)
def test_an_entity_that_nobody_declared_is_refused(read: Read) -> None:
    """By its line."""
    said = refused(read, b"<rss>\n<channel><item><title>&secret;</title></item></channel></rss>")
    assert said.startswith("The file is not well-formed XML at line 2: ")


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_refused_as_a_whole(cut: float) -> None:
    """Even where many items before the cut are whole."""
    whole = export(*(post(n) for n in range(1, 50)))
    assert "cut off" in refused(wxr.read, whole[: int(len(whole) * cut)])


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty."),
        (b" \n", "The file is empty."),
        (b"\xff\xfe", "The file is empty."),
        (b"<html><body>Sign in</body></html>", "The file "),
        (b"PK\x03\x04 a zip file", "The file "),
        (b"{}", "The file "),
        ("<rss>Überblick</rss>".encode("latin-1"), "Line 1 of the file is not UTF-8"),
        (b'<?xml version="1.0" encoding="rot13"?><rss/>', "The file's encoding rot13 is not known here"),
        (b'<?xml version="1.0" encoding="unicode_escape"?><rss/>', "The file's encoding unicode_escape"),
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(read: Read, data: bytes, says: str) -> None:
    assert refused(read, data).startswith(says)


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(BadFile, match="export it in parts"):
        parsed(b" " * (FILE_LIMIT + 1))


def test_more_elements_than_there_is_memory_for_are_refused_unread() -> None:
    data = b"<rss>" + b"<a/>" * (2 * ELEMENTS_LIMIT) + b"</rss>"
    with pytest.raises(BadFile, match="export it in parts"):
        parsed(data)


def test_elements_as_deep_as_the_parser_goes_are_read_and_deeper_ones_refused() -> None:
    """Neither ends the process."""
    for depth in (1_500, 100_000):
        inner = "<p>" * depth + "x" + "</p>" * depth
        data = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>T</title>'
            "<updated>2020-05-12T10:00:00Z</updated>"
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{inner}</div></content>'
            "</entry></feed>"
        ).encode()
        if depth > 2_000:
            assert refused(atom.read, data).startswith("The file is not well-formed XML at line 1: ")
        else:
            said = only(atom.read(data, Manner())).said
            assert said is not None
            assert said["body"] == inner


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8", "utf-16"])
def test_a_file_is_read_in_the_encoding_that_it_names(encoding: str) -> None:
    text = export(post(title="Überblick")).decode().replace('"UTF-8"', f'"{encoding}"')
    assert only(wxr.read(text.encode(encoding), Manner())).title == "Überblick"


def test_control_characters_become_spaces_and_are_told() -> None:
    """XML admits none of them, and exports hold them all the same."""
    item = only(wxr.read(export(post(content="a\x0bb\x00c\x1fd\x92s", title="T\x08itle")), Manner()))
    assert item.said is not None
    assert item.said["body"] == "<p>a b c d’s</p>"
    assert item.title == "T itle"
    assert item.notes == (
        "1 control character became a space",
        "1 character was read as Windows-1252",
        "3 control characters became spaces",
    )


def test_scripts_never_reach_a_reader() -> None:
    """The body is stored as it came; what is shown was made safe."""
    content = (
        "<p onclick='x()'>Text</p><script>steal()</script><img src=x onerror=steal()>"
        '<a href="javascript:steal()">link</a><iframe src="//evil.example"></iframe>'
        "[caption width='1']<img src='a.png'>[/caption]<svg><script>steal()</script></svg>"
    )
    item = only(wxr.read(export(post(content=content, excerpt=content, title=content)), Manner()))
    assert item.said is not None
    shown = page.render(
        Content(kind="x", language="en", title="x", summary="", body=item.said["body"], markup="html")
    ).html
    for harm in ("script", "onclick", "onerror", "iframe", "steal", "evil"):
        assert harm not in shown
        assert harm not in item.said["summary"]
        assert harm not in item.title


REPEATED = (
    *(
        "< ",
        "<a ",
        "<!--",
        "<!-- wp:x -->",
        "<p>",
        "<pre>",
        "</p>",
        "<a href=",
        '<a href="',
        "<div>",
        "<img ",
    ),
    *("[", "[a ", "[a b=c]", "[/a]", "[caption]", "[embed x='", "[[", "]", '="', " \n", "\n \n", "&"),
    *("<img ", "[caption]<img>[/caption]", "[embed]http://a/[/embed]"),
)


@pytest.mark.parametrize("piece", REPEATED)
def test_the_longest_body_of_any_repetition_keeps_the_words_after_it(piece: str) -> None:
    """A mebibyte of it is read in one go; what has no end takes nothing along."""
    body = body_of(piece * (BODY_LIMIT // len(piece)) + "\n\nThe end.", [])
    assert "The end." in body


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("title: [", "Its front matter is not YAML at line"),
        ("title: a\x00b", "Its front matter is not YAML: it holds a character"),
        ("[" * 10_000, "Its front matter is nested too deeply"),
        ("- title", "Its front matter is no list of fields"),
        ("title: one\ntitle: two", "title: It stands twice"),
        ("title: !!python/object/apply:os.system [x]", "title: It is neither a text nor a list"),
        ("title: !!binary aGk=", "title: It is neither a text nor a list"),
        ("a: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]", "b: It is neither a text nor a list"),
        ("a: &a [*a]", "a: It is neither a text nor a list"),
        ("? [x]\n: y", "Its front matter: It is neither a text"),
        ("title: " + "x" * 40_000, "Its front matter is longer than"),
    ],
)
def test_hostile_front_matter_is_refused(head: str, says: str) -> None:
    """Nothing in it is executed or expanded."""
    with pytest.raises(Unfit) as caught:
        front_matter.parted(f"---\n{head}\n---\nBody.\n")
    assert str(caught.value).startswith(says)
