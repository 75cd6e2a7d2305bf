"""A stored post's content as HTML: paragraphs and breaks as WordPress shows them, blocks, shortcodes."""

import pytest

from publisher.interchange.foreign.wordpress_body import body_of


@pytest.mark.parametrize(
    ("stored", "body"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("One.\r\n \r\n\r\nTwo,\r\nbroken.", "<p>One.</p>\n<p>Two,<br>\nbroken.</p>"),
        ("<p>One.</p>\n\n<p>Two.</p>", "<p>One.</p>\n<p>Two.</p>"),
        ("Before\n<h2>Heading</h2>\nafter", "<p>Before</p>\n<h2>Heading</h2>\n<p>after</p>"),
        ("<ul>\n<li>a\nb</li>\n</ul>", "<ul>\n<li>a<br>\nb</li>\n</ul>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"),
        ("a <em>b</em>\n\n<strong>c</strong>", "<p>a <em>b</em></p>\n<p><strong>c</strong></p>"),
        ("<pre>a\n\n  <p>b\n</pre>\n\nc", "<pre>a\n\n  <p>b\n</pre>\n<p>c</p>"),
        ("a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("a\n<!--more-->\nb", "<p>a</p>\n<p>b</p>"),
        ("<p>a<p>b</p></p>", "<p>\na\n<p>b</p></p>"),
        (
            "a\n\nhttps://v.example/1?a=b\n\nb https://v.example/2",
            (
                '<p>a</p>\n<p><a href="https://v.example/1?a=b">https://v.example/1?a=b</a></p>\n'
                "<p>b https://v.example/2</p>"
            ),
        ),
        ("", ""),
        (" \n\n ", ""),
        ("</div>a", "</div>\n<p>a</p>"),
        ("<b>a\n\nb</b>", "<p><b>a</p>\n<p>b</b></p>"),
    ],
)
def test_blank_lines_are_paragraphs_and_line_ends_are_breaks(stored: str, body: str) -> None:
    """Outside of verbatim blocks, and around every block."""
    assert body_of(stored, []) == body


def test_blocks_lose_their_comments_and_keep_their_html() -> None:
    """What stands between them is the classic editor's."""
    stored = (
        '<!-- wp:paragraph {"align":"left"} -->\n<p>One\ntwo.</p>\n<!-- /wp:paragraph -->\n\n'
        "Loose.\n\n"
        '<!-- wp:group --><div><!-- wp:spacer {"height":"9px"} /-->\n\n'
        "<!-- wp:list --><ul><li>a</li></ul><!-- /wp:list --></div><!-- /wp:group -->"
    )
    notes: list[str] = []
    assert body_of(stored, notes) == (
        "<p>One\ntwo.</p>\n\n<p>Loose.</p>\n<div>\n\n<ul><li>a</li></ul></div>"
    )
    assert notes == []


@pytest.mark.parametrize(
    ("stored", "body", "lost"),
    [
        ("He said [sic] so. [applause] [1]", "<p>He said [sic] so. [applause] [1]</p>", ""),
        ("[[caption]]", "<p>[[caption]]</p>", ""),
        ('a [gallery ids="1,2"] b', "<p>a  b</p>", "gallery"),
        ("[vc_row a='1'][vc_text]Words[/vc_text][/vc_row]", "<p>Words</p>", "vc_row, vc_text"),
        (
            '[caption id="a" width="3"]<a href="b"><img src="c"></a> A <em>bridge</em>[/caption]',
            (
                '<figure>\n<a href="b"><img src="c"></a>\n'
                "<figcaption>A <em>bridge</em></figcaption>\n</figure>"
            ),
            "",
        ),
        (
            "[caption caption='Old'] <img src='c' />[/caption]",
            "<figure>\n<img src='c' />\n<figcaption>Old</figcaption>\n</figure>",
            "",
        ),
        ("[caption]no picture[/caption]", "<p>no picture</p>", ""),
        (
            "[embed]https://video.example/1?a=b&amp;c=d[/embed]",
            '<p><a href="https://video.example/1?a=b&amp;c=d">https://video.example/1?a=b&amp;c=d</a></p>',
            "",
        ),
        (
            '[audio mp3="https://a.example/a.mp3"][/audio]',
            '<p><a href="https://a.example/a.mp3">https://a.example/a.mp3</a></p>',
            "",
        ),
        ("[video src='javascript:x()']", "", "video"),
    ],
)
def test_shortcodes_become_html_or_are_named(stored: str, body: str, lost: str) -> None:
    """A word in brackets that people wrote is none."""
    notes: list[str] = []
    assert body_of(stored, notes) == body
    assert notes == ([f"shortcodes were taken out: {lost}"] if lost else [])
