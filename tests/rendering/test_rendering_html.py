"""What readers' HTML looks like, for both markups."""

import os
import subprocess
import sys

import pytest

from publisher.domain.content import Content
from publisher.rendering import render, sanitise


def content(body: str, *, kind: str = "statement", markup: str = "commonmark") -> Content:
    return Content(kind=kind, language="en-GB", title="A title", summary="", body=body, markup=markup)


def html(body: str, *, markup: str = "commonmark", base_url: str = "") -> str:
    return render(content(body, markup=markup), base_url).html


def test_commonmark_paragraphs_and_emphasis() -> None:
    """Each block stands on a line of its own."""
    assert html("One *two*.\n\nThree **four**.") == (
        "<p>One <em>two</em>.</p>\n<p>Three <strong>four</strong>.</p>"
    )


def test_tables_keep_the_alignment_of_their_columns() -> None:
    """The alignment is an attribute, since styles are not admitted."""
    rendered = html("|Port|Ships|\n|:-|-:|\n|Maren|12|")
    assert '<th align="left">Port</th>' in rendered
    assert '<td align="right">12</td>' in rendered


def test_strikethrough_is_known() -> None:
    """Two tildes strike out."""
    assert html("~~gone~~") == "<p><s>gone</s></p>"


def test_raw_html_in_commonmark_is_shown_as_text() -> None:
    """A tag typed into CommonMark is what its author typed."""
    assert html("<b>not bold</b>") == "<p>&lt;b&gt;not bold&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("# A\n\n## B", ["h2", "h3"]),
        ("### A\n\n#### B", ["h2", "h3"]),
        ("## A\n\n##### B", ["h2", "h5"]),
        ("# A\n\n###### B", ["h2", "h6"]),
    ],
)
def test_the_highest_heading_becomes_h2(body: str, tags: list[str]) -> None:
    """All headings move by one step, and none falls below h6."""
    assert html(body) == f"<{tags[0]}>A</{tags[0]}>\n<{tags[1]}>B</{tags[1]}>"


def test_addresses_become_absolute_only_with_a_base() -> None:
    """Feeds give a base; a page leaves relative addresses as they are."""
    body = "[a](/x) [b](y#z) ![c](d.png)"
    assert html(body) == '<p><a href="/x">a</a> <a href="y#z">b</a> <img src="d.png" alt="c"></p>'
    assert html(body, base_url="https://press.example/2020/05/n") == (
        '<p><a href="https://press.example/x">a</a> <a href="https://press.example/2020/05/y#z">b</a> '
        '<img src="https://press.example/2020/05/d.png" alt="c"></p>'
    )


def test_an_address_that_cannot_be_resolved_is_dropped() -> None:
    """A malformed host costs the link, not the page."""
    assert (
        html('<p><a href="//[x">a</a></p>', markup="html", base_url="https://e.example/")
        == "<p><a>a</a></p>"
    )


def test_addresses_of_quotations_become_absolute() -> None:
    """A quotation's source is an address like any other."""
    rendered = html(
        '<blockquote cite="/s"><p>a</p></blockquote>', markup="html", base_url="https://e.example/p"
    )
    assert rendered == '<blockquote cite="https://e.example/s"><p>a</p></blockquote>'


def test_links_by_mail_and_telephone_stay() -> None:
    """The schemes of a press office's contact lines are admitted."""
    assert html("[m](mailto:a@b.example) [t](tel:+44123)") == (
        '<p><a href="mailto:a@b.example">m</a> <a href="tel:+44123">t</a></p>'
    )


def test_imported_divisions_become_paragraphs() -> None:
    """Text between blocks is a paragraph, so that no two words grow together."""
    assert html("zero<div>one<div>two</div>three</div><p>four</p>", markup="html") == (
        "<p>zero</p>\n<p>one</p>\n<p>two</p>\n<p>three</p>\n<p>four</p>"
    )


def test_divisions_in_list_items_and_cells_become_paragraphs() -> None:
    """Boxes hold blocks too."""
    assert html("<ul><li><div>one</div><div>two</div></li></ul>", markup="html") == (
        "<ul><li><p>one</p><p>two</p></li></ul>"
    )


def test_divisions_within_a_line_leave_a_space() -> None:
    """A border between blocks parts the words even where no block may stand."""
    assert html("<p>a</p><span>one<div>two</div>three</span>", markup="html").startswith(
        "<p>a</p>\n<p><span>one"
    )
    assert "onetwo" not in html("<span>one<div>two</div>three</span>", markup="html")
    assert "twothree" not in html("<span>one<div>two</div>three</span>", markup="html")


def test_unclosed_paragraphs_items_and_cells_end_where_the_next_begins() -> None:
    """HTML's implied end tags are known."""
    assert html("<p>a<p>b<ul><li>c<li>d</ul>", markup="html") == (
        "<p>a</p>\n<p>b</p>\n<ul><li>c</li><li>d</li></ul>"
    )
    assert html("<table><tr><td>a<td>b<tr><td>c</table>", markup="html") == (
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"
    )


def test_empty_paragraphs_are_left_out() -> None:
    """An import's spacing paragraphs say nothing; one with an image does."""
    assert html('<p>a</p><p>&nbsp;</p><p> <img src="x.png" alt="y"></p>', markup="html") == (
        '<p>a</p>\n<p> <img src="x.png" alt="y"></p>'
    )


def test_orphaned_items_keep_their_words() -> None:
    """A list item outside of a list is a paragraph."""
    assert html("<li>a<li>b", markup="html") == "<p>a</p>\n<p>b</p>"


def test_a_figure_keeps_its_caption() -> None:
    """Pictures and their captions stay together."""
    body = '<figure><img src="a.png" alt="Quay"><figcaption>The quay</figcaption></figure>'
    assert html(body, markup="html") == (
        '<figure><img src="a.png" alt="Quay"><figcaption>The quay</figcaption></figure>'
    )


def test_no_turns_outside_of_transcripts() -> None:
    """A statement that quotes a question has no anchors."""
    rendered = render(content("Question: why?", kind="statement"))
    assert rendered.turns == ()
    assert rendered.html == "<p>Question: why?</p>"


def test_an_empty_body_is_empty() -> None:
    """Nothing in, nothing out."""
    assert html("") == ""
    assert html(" \n", markup="html") == ""


def test_every_process_gives_the_same_bytes() -> None:
    """No order of a set or a dictionary reaches the page."""
    code = (
        "from publisher.domain.content import Content as C; from publisher.rendering import render;"
        "print(render(C(kind='interview', language='en', title='t', summary='', markup='html',"
        "speakers=('A B','C'),body='<p>Question (X): <a title=b href=c hreflang=en>d</a>"
        "<p>A B: e<table><td align=left colspan=2 scope=row>f')))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1
    assert b"turn--question" in seen.pop()


def test_only_the_stylesheets_ids_and_classes_leave() -> None:
    """The last sanitising admits questions' anchors and the words of a turn, nothing else."""
    assert sanitise.finish('<section id="q10" class="turn x"><p id="q1">a</p></section>') == (
        '<section id="q10" class="turn"><p>a</p></section>'
    )
    for wrong in ("q0", "q01", "q10000", "top", "q1 "):
        assert sanitise.finish(f'<section id="{wrong}">a</section>') == "<section>a</section>"
