"""Where a content's files stand in its text."""

from lxml import html as parser

from publisher.domain.content import Content
from publisher.domain.file import File
from publisher.rendering import Rendered, render

MAP = File(
    sha256="a" * 64, name="map.png", media_type="image/png", size=9, alt="A map", width=40, height=30
)
SKETCH = File(sha256="b" * 64, name="sketch.jpg", media_type="image/jpeg", size=9, alt="A sketch")
REPORT = File(sha256="c" * 64, name="report.pdf", media_type="application/pdf", size=9, alt="The report")
MAP_AT = f"/files/{MAP.sha256}/map.png"


def rendered(body: str, *files: File, kind: str = "statement", markup: str = "commonmark") -> Rendered:
    content = Content(
        kind=kind, language="en", title="T", summary="", body=body, markup=markup, files=files
    )
    return render(content)


def test_an_image_alone_in_its_paragraph_is_a_figure() -> None:
    """With its measures; its title is the caption."""
    assert rendered('Before.\n\n![The coast](map.png "The coast in May")\n\nAfter.', MAP).html == (
        "<p>Before.</p>\n"
        f'<figure><img src="{MAP_AT}" alt="The coast" width="40" height="30" loading="lazy">'
        "<figcaption>The coast in May</figcaption></figure>\n<p>After.</p>"
    )


def test_an_image_within_words_stays_in_its_line() -> None:
    """Its title stays a title."""
    page = parser.fromstring(rendered('See ![x](map.png "T") here.', MAP).html)
    assert page.tag == "p"
    assert page.xpath("//img/@title") == ["T"]
    assert not page.xpath("//figure")


def test_an_image_without_words_has_those_of_its_file() -> None:
    """An empty alternative would hide it from whoever listens."""
    assert 'alt="A map"' in rendered("![](map.png)", MAP).html


def test_a_link_leads_to_the_file() -> None:
    """By its name; what is put in as an image and is none becomes a link as well."""
    for body in ("[Read it](report.pdf).", "![Read it](report.pdf)."):
        found = rendered(body, REPORT)
        assert found.html == f'<p><a href="/files/{REPORT.sha256}/report.pdf">Read it</a>.</p>'
        assert found.attached == ()


def test_what_the_text_does_not_name_follows_it() -> None:
    """Images as figures in their order; the others are told, for a list."""
    found = rendered("Only words and [the map](map.png).", SKETCH, REPORT, MAP)
    page = parser.fromstring(f"<div>{found.html}</div>")
    assert page.xpath("./*[last()]/img/@src") == [f"/files/{SKETCH.sha256}/sketch.jpg"]
    assert len(page.xpath("//figure")) == 1
    assert found.attached == (REPORT,)


def test_html_names_files_too_and_can_not_load_lazily_by_itself() -> None:
    """The attribute is ours; an image from elsewhere is as it was before there were files."""
    found = rendered(
        '<img src="map.png"><img src="https://example.org/x.png" loading="lazy">', MAP, markup="html"
    )
    page = parser.fromstring(f"<div>{found.html}</div>")
    assert page.xpath("//img[@loading]/@src") == [MAP_AT]
    assert "https://example.org/x.png" in page.xpath("//img/@src")


def test_a_name_of_no_file_is_an_address_as_any_other() -> None:
    """Nothing is guessed."""
    assert rendered("![x](other.png) [y](other.pdf)", MAP).html.startswith(
        '<p><img src="other.png" alt="x"> <a href="other.pdf">y</a></p>'
    )


def test_feeds_and_mementos_get_addresses_of_their_own() -> None:
    """Absolute with a base; below another root where that is asked for."""
    content = Content(
        kind="statement", language="en", title="T", summary="", body="![](map.png)", files=(MAP,)
    )
    assert f'src="https://example.org{MAP_AT}"' in render(content, "https://example.org/2026/05/t").html
    assert f'src="/desk{MAP_AT}"' in render(content, files_at="/desk/files").html


def test_a_transcripts_turns_may_show_images() -> None:
    """A figure within an answer, and one after all turns."""
    body = "Question: Where?\n\nAnn: Here.\n\n![](map.png)"
    content = Content(
        kind="interview",
        language="en",
        title="T",
        summary="",
        body=body,
        speakers=("Ann",),
        files=(MAP, SKETCH),
    )
    page = parser.fromstring(f"<div>{render(content).html}</div>")
    assert len(page.xpath("//section//figure")) == 1
    assert page.xpath("./*[last()][self::figure]")
