"""Every page, rendered with invented rows, keeps what all pages promise."""

import json
import re
from itertools import pairwise

import pytest
from look_pages import PAGES, render
from lxml import etree, html

LANGUAGES = ("en", "de")
_CASES = [(name, language) for name in PAGES for language in LANGUAGES]


@pytest.fixture(params=_CASES, ids=[f"{n}-{lang}" for n, lang in _CASES])
def source(request: pytest.FixtureRequest) -> str:
    """The HTML of one page in one language; a missing variable fails here."""
    name, language = request.param
    return render(name, language)


def document(source: str) -> html.HtmlElement:
    return html.document_fromstring(source)


def test_every_element_is_closed_where_it_was_opened(source: str) -> None:
    """With the void elements closed by hand and values given, the page is well-formed XML."""
    text = re.sub(r"<!doctype html>\s*", "", source)
    text = re.sub(r"<(meta|link|input|br|hr|img|wbr|path)\b([^>]*?)/?>(?!</\1>)", _closed, text)
    text = re.sub(
        r"\s(required|reversed|checked|selected|disabled|hidden|novalidate|formnovalidate)(?=[\s>/])",
        r' \1=""',
        text,
    )
    etree.fromstring(text, etree.XMLParser(resolve_entities=False))


def _closed(match: re.Match[str]) -> str:
    return f"<{match[1]}{match[2]}/>" if match[1] != "path" else match[0]


def test_a_page_has_one_heading_of_the_first_level_and_skips_none(source: str) -> None:
    """One h1, and no level that is more than one below what came before it."""
    levels = [int(e.tag[1]) for e in document(source).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_has_its_landmarks_and_a_way_past_the_head(source: str) -> None:
    """One main, a header before it, every nav named, and a skip link that arrives."""
    page = document(source)
    assert len(page.xpath("//main[@id='main']")) == 1
    assert page.xpath("//header")
    assert all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.iter("nav"))
    assert page.xpath("//body/a[1]/@href") == ["#main"]


def test_nothing_is_inline_and_nothing_is_remote(source: str) -> None:
    """Styles and scripts come from /static alone, images from here; scripts are modules without text."""
    page = document(source)
    assert not page.xpath("//style | //*[@style] | //@*[starts-with(name(), 'on')]")
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":  # data, which no browser runs
            assert json.loads(script.text)["@context"] == "https://schema.org"
            continue
        assert script.get("type") == "module"
        assert script.get("src").startswith("/static/")
        assert not script.text
    assets = page.xpath(
        "//link[@rel='stylesheet' or @rel='icon']/@href | //*[self::img or self::iframe]/@src"
    )
    assert assets
    assert all(asset.startswith(("/static/", "/desk/files/")) for asset in assets)


def test_ids_are_unique_and_what_points_to_one_finds_it(source: str) -> None:
    """No id twice; labels, descriptions and anchors within the page arrive."""
    page = document(source)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = page.xpath("//label/@for | //@aria-labelledby | //@form")
    wanted += [i for value in page.xpath("//@aria-describedby") for i in value.split()]
    wanted += [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
    assert set(wanted) <= set(ids)


def test_every_field_has_a_label(source: str) -> None:
    """A field is named by a label that points to it or that holds it."""
    page = document(source)
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert field.get("id") in labelled or field.xpath("ancestor::label")


def test_a_form_that_changes_something_carries_its_token(source: str) -> None:
    """Every POST form has the token against forged requests."""
    for form in document(source).xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='csrf_token']/@value")


def test_lists_hold_only_items(source: str) -> None:
    """Nothing but li stands directly in a list."""
    for found in document(source).xpath("//ul | //ol"):
        assert {child.tag for child in found} <= {"li"}
