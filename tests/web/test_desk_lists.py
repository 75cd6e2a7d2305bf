"""The list of the desk: its pages, its states and the words of its titles."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from desk_people import Person

from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.web.desk import listing


def drafts(publisher: Publisher, count: int, title: str) -> None:
    """Publications with a title each."""
    for number in range(count):
        content = Content(kind="notice", language="en", title=f"{title} {number}", summary="", body="")
        publisher.newsroom.draft(content, By())


def walked(person: Person, address: str) -> tuple[list[str], int]:
    """The publications of a list from its first page to its last, and how many pages there were."""
    seen: list[str] = []
    pages = 0
    while address:
        page = person.get(address).text
        seen += re.findall(r'job-title"><a href="/desk/([0-9a-f-]{36})"', page)
        pages += 1
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(older[1]) if older else ""
    return seen, pages


def test_a_list_goes_on_beyond_its_first_page(chief: Person, publisher: Publisher) -> None:
    """Every publication once, on as many pages as it takes, in a state and by words too."""
    drafts(publisher, listing.SHOWN + 5, "Ferry report")
    drafts(publisher, 3, "Harbour report")
    seen, pages = walked(chief, "/desk/")
    assert (len(seen), len(set(seen)), pages) == (listing.SHOWN + 8, listing.SHOWN + 8, 2)
    assert walked(chief, "/desk/?shelf=draft") == (seen, 2)
    found, pages = walked(chief, "/desk/?q=report+FERRY")
    assert (len(found), len(set(found)), pages) == (listing.SHOWN + 5, listing.SHOWN + 5, 2)
    assert len(walked(chief, "/desk/?shelf=draft&q=harbour")[0]) == 3


def test_words_are_found_without_case_and_signs_are_signs(chief: Person, publisher: Publisher) -> None:
    """In any script; nothing that was typed is an operator. A surrogate alone is in no title."""
    drafts(publisher, 1, 'Überblick: 100% of ΟΔΟΣ _x_ "quoted"')
    drafts(publisher, 1, "Other")
    for query in ("überBLICK", "οδοσ", "100%", "_x_", '"quoted" of', "BLICK of 100"):
        assert len(walked(chief, "/desk/?" + urlencode({"q": query}))[0]) == 1, query
    for query in ("%", "_"):
        assert len(walked(chief, "/desk/?" + urlencode({"q": query}))[0]) == 1, query
    for query in ("überblick other", "x%x", "\x00", "%ED%A0%80"):
        assert walked(chief, "/desk/?" + urlencode({"q": query}))[0] == [], query
    assert chief.get("/desk/?q=%ED%A0%80").status_code == 200
    assert len(walked(chief, "/desk/?q=" + "+".join(["überblick"] * 500))[0]) == 1


def test_a_page_leads_back_to_the_newer_one(chief: Person, publisher: Publisher) -> None:
    """The first page's address has no number; what was asked for is kept."""
    drafts(publisher, listing.SHOWN + 1, "Ferry & quay")
    first = chief.get("/desk/?q=ferry+%26").text
    assert 'rel="prev"' not in first
    second = chief.get("/desk/?q=ferry+%26&page=2").text
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back
    assert unescape(back[1]) == "/desk/?q=ferry+%26"
    assert 'rel="next"' not in second
    assert 'value="ferry &amp;"' in second


def test_a_list_that_fits_on_a_page_has_no_pager(chief: Person, publisher: Publisher) -> None:
    """Exactly as many as a page shows are one page."""
    drafts(publisher, listing.SHOWN, "Ferry")
    assert 'class="pager"' not in chief.get("/desk/").text
    assert 'class="pager"' not in chief.get("/desk/?q=ferry").text


def test_a_page_beyond_the_last_one_is_empty(chief: Person) -> None:
    """It says so and leads back."""
    page = chief.get("/desk/?page=7").text
    assert "Nothing lies here." in page
    assert 'href="/desk/?page=6"' in page


@pytest.mark.parametrize("number", ["0", "-1", "x", "1e3", "٣", "99999999999999999999"])
def test_a_page_that_is_no_number_is_not_found(chief: Person, number: str) -> None:
    """404, as on the lists of the site."""
    assert chief.get("/desk/", query_string={"page": number}).status_code == 404
