"""Hostile and broken bodies: nothing harmful survives, nothing raises, nothing takes long."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counted_calls import calls
from hostile_units import UNITS
from publisher.domain.content import Content
from publisher.rendering import plain, render
from publisher.rendering.sanitise import ATTRIBUTES, CLASSES, TAGS


class Seen(HTMLParser):
    """Every tag and attribute of a page, as a parser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def content(body: str, markup: str, kind: str = "interview") -> Content:
    return Content(
        kind=kind,
        language="de",
        title="t",
        summary="",
        body=body,
        markup=markup,
        speakers=("Ilse Dravik", "A"),
    )


def assert_harmless(html: str) -> None:
    ids = []
    for tag, attributes in Seen(html).tags:
        assert tag in TAGS - {"h1"}
        for name, value in attributes:
            assert name in ATTRIBUTES.get(tag, set()) | {"id", "class"}
            if name == "class":
                assert set((value or "").split()) <= CLASSES[tag]
            if name == "id":
                ids.append(value or "")
            if name in ("href", "src", "cite"):
                scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.\s-]*):", value or "")
                assert not scheme or scheme[1].lower() in ("http", "https", "mailto", "tel")
    assert all(re.fullmatch(r"q[1-9][0-9]{0,3}", name) for name in ids)
    assert len(ids) == len(set(ids))


PIECES = st.sampled_from(
    [
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">',
        "<svg onload=a>",
        "<iframe src=//e>",
        "<p id=q1 class=turn>",
        "<section id=q2>",
        "<style>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?x",
        "<math><mtext><table><mglyph><style>",
        "<a href=' java\tscript:x'>",
        "<img src=data:image/png;base64,x>",
        "<base href=//e>",
        "<form action=x>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<table>",
        "<td>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h1>",
        "<a b='",
        '"',
        "'",
        ">",
        "<",
        "&",
        "&#1;",
        "&#xd800;",
        "&lt;script&gt;",
        "Question:",
        "Frage (X):",
        "Ilse Dravik:",
        "A:",
        "**",
        "*",
        "_",
        "`",
        "~~",
        "[",
        "](",
        ")",
        "![",
        "[a]: ",
        "javascript:x",
        "data:x",
        "vbscript:x",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "# ",
        "|",
        "|-|-|\n",
        "\x00",
        "\ud800",
        "\ufffe",
        "\x0c",
        "\u2028",
        "\U0001ffff",
        "é",
        "e\u0301",
        "word",
        "https://e.example/[",
    ]
)
BODIES = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


@given(
    BODIES,
    st.sampled_from(["commonmark", "html"]),
    st.sampled_from(["", "https://press.example/2020/05/n"]),
)
@example("<a href='javascript&colon;alert(1)'>x", "html", "")
@example("[x](javascript&colon;alert(1))", "commonmark", "")
@example("<svg><p><style><a id='</style><img src=1 onerror=alert(1)>'>", "html", "")
@example("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "html", "https://press.example/")
@example("<p>Question (<img src=x onerror=alert(1)>): <script>x</script>", "html", "")
@settings(max_examples=400, deadline=None)
def test_nothing_harmful_survives(body: str, markup: str, base_url: str) -> None:
    """Whatever the body, the page holds only what the allow-lists name, and ids of questions."""
    made = content(body, markup)
    rendered = render(made, base_url)
    assert_harmless(rendered.html)
    assert rendered == render(made, base_url)
    assert [turn.anchor for turn in rendered.turns] == re.findall(r'id="([^"]*)"', rendered.html)


WORDS = st.lists(st.from_regex(r"[a-zäø0-9]{1,8}", fullmatch=True), min_size=1, max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=8))
@settings(deadline=None)
def test_words_of_paragraphs_survive(paragraphs: list[str]) -> None:
    """Plain paragraphs come out as their own words, in plain text and on the page."""
    made = content("\n\n".join(paragraphs), "commonmark")
    assert plain(made).split() == " ".join(paragraphs).split()
    assert " ".join(Seen(render(made).html).words).split() == " ".join(paragraphs).split()


WRAPS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "ul><li",
        "table><tr><td",
        "blockquote",
        "h2",
        "span",
        "section",
        "x-unknown",
        "a href=x",
    ]
)


@given(st.lists(st.tuples(st.lists(WRAPS, max_size=5), WORDS), max_size=8))
@settings(deadline=None)
def test_words_in_unclosed_html_survive(pieces: list[tuple[list[str], str]]) -> None:
    """No tag that was forgotten takes a word along."""
    body = "\n".join("".join(f"<{wrap}>" for wrap in wraps) + words for wraps, words in pieces)
    expected = sorted(word for _, words in pieces for word in words.split())
    assert sorted(plain(content(body, "html")).split()) == expected


@pytest.mark.parametrize("opener", [">", "- ", "1. "])
def test_words_in_deep_blocks_survive(opener: str) -> None:
    """Deeper than any reader can follow, the markup ends and the words stay."""
    made = content(opener * 200 + "found", "commonmark")
    assert "found" in plain(made)
    assert "found" in render(made).html


def test_words_in_deep_html_survive() -> None:
    """Tags beyond the depth go, and closing tags still match the right ones."""
    body = "<div><blockquote>" * 5_000 + "<p>found</p>" + "</blockquote></div>" * 5_000 + "<p>after</p>"
    rendered = render(content(body, "html", kind="statement"))
    assert rendered.html.endswith("\n<p>after</p>")
    assert plain(content(body, "html")) == "found\nafter"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a <b", "a <b"),
        ('<p>a <a href="x', 'a <a href="x'),
        ("<p>a <!-- b", "a <!-- b"),
        ("<p>a </p", "a </p"),
        ("<p>a <? b", "a <? b"),
        ("a < b > c", "a < b > c"),
        ("a<!-- b -->c<!doctype html>d</ x>e", "acde"),
        ("a<script>b", "a"),
        ("a<br/>b</nothing>", "a\nb"),
    ],
)
def test_broken_tags_lose_no_text(body: str, text: str) -> None:
    """What never became a tag is text."""
    assert plain(content(body, "html")) == text


def test_a_refused_image_leaves_its_alternative_text() -> None:
    """A picture inside of the page itself is not admitted, its description is."""
    made = content('<p>a <img src="data:image/png;base64,x" alt="Quay"> b</p>', "html", "statement")
    assert render(made).html == "<p>a Quay b</p>"


def test_a_definition_cannot_multiply_a_body() -> None:
    """A long address used many times is dropped once the uses add up."""
    body = f"[a]: /{'x' * 10_000}\n\n" + "[a] " * 10_000
    assert len(render(content(body, "commonmark")).html) < 600_000


@pytest.mark.parametrize(("markup", "unit"), UNITS)
def test_work_grows_with_the_body(markup: str, unit: str) -> None:
    """Four times the body takes four times the calls, and nowhere near sixteen times."""
    small, large = (unit * (size // len(unit)) for size in (12_000, 48_000))
    render(content(small, markup))
    assert _calls(large, markup) < 1_000 + 5 * _calls(small, markup)


@pytest.mark.parametrize("markup", ["commonmark", "html"])
def test_the_longest_body_renders(markup: str) -> None:
    """A body of 1 MiB is ordinary, if long."""
    body = ("A sentence of the harbour master. " * 30 + "\n\n") * 1_000
    assert len(render(content(body[: 1024 * 1024], markup)).html) >= 1_000_000


def _calls(body: str, markup: str) -> int:
    return calls(lambda: render(content(body, markup)))


@pytest.mark.parametrize("opening", ["<p>", "<p><b>b</b>"])
@pytest.mark.parametrize("character", ["&", "<", ">"])
def test_many_references_in_one_text_stay_whole(opening: str, character: str) -> None:
    """A text that is cut for the sanitiser's sake comes out in one piece and in order."""
    text = "".join(f"{number} {character} " for number in range(3_500)).strip()
    html = render(content(opening + text, "html")).html
    assert "<!" not in html
    assert "".join(Seen(html).words).removeprefix("b") == text


def test_an_endless_attribute_is_left_out() -> None:
    """No address or title is that long."""
    assert (
        render(content(f'<p><a href="/x" title="{"&" * 9_000}">a</a>', "html")).html
        == '<p><a href="/x">a</a></p>'
    )
