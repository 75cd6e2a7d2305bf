"""In which language readers meet the site's words: that of the text, or that of the newsroom."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helper_site import Site, parsed, text_of

from movable_clock import MovableClock
from publisher.bootstrap import open_publisher
from publisher.config import Config


def spoken(page: Any) -> tuple[str, str]:
    """The language that a page says it is in, and the first word of its navigation."""
    return page.get("lang"), text_of(page.xpath("//nav//a")[0])


def test_a_german_text_stands_in_a_german_page_and_in_english_lists(site: Site) -> None:
    """The frame follows the text; lists are the newsroom's, and say which title is German."""
    site.publish("Der Pegel steigt", slug="pegel", language="de-AT")
    assert spoken(site.page("/2026/05/pegel")) == ("de-AT", "Alle Mitteilungen")
    front = site.page("/")
    assert spoken(front) == ("en-GB", "All messages")
    assert front.xpath("//h3[@lang='de-AT']/a/text()") == ["Der Pegel steigt"]


def test_a_text_in_a_language_without_words_is_marked_inside_an_english_page(site: Site) -> None:
    """Screen readers pronounce each part as what it is."""
    site.publish("Le lac monte", slug="lac", language="fr", summary="Un mot.")
    page = site.page("/2026/05/lac")
    assert spoken(page) == ("en-GB", "All messages")
    marked = page.xpath("//main//*[@lang='fr']")
    assert [text_of(part) for part in marked] == ["Le lac monte", "Un mot.", "Text."]


def test_a_publication_is_not_among_the_latest_beside_it(site: Site) -> None:
    """The column names the others, each title in its own language, each date in the page's."""
    site.publish("Le lac monte", slug="lac", language="fr", summary="Un mot.")
    site.publish("The lake falls", slug="falls")
    assert site.page("/2026/05/lac").xpath("//aside//li/a/text()") == ["The lake falls"]
    beside = site.page("/2026/05/falls")
    assert beside.xpath("//aside//li/a/text()") == ["Le lac monte"]
    assert [part.tag for part in beside.xpath("//aside//*[@lang='fr']")] == ["a", "p"]


def test_a_page_that_is_not_there_is_the_newsrooms(site: Site) -> None:
    """There is no text whose language it could follow."""
    response = site.get("/2026/05/nothing")
    assert response.status_code == 404
    assert spoken(parsed(response)) == ("en-GB", "All messages")


@pytest.fixture
def restarted(tmp_path: Path, clock: MovableClock) -> Callable[[str], Site]:
    """The site of one newsroom, started anew in a language."""
    return lambda language: Site(
        publisher=open_publisher(Config(data=tmp_path / "var", language=language), clock), clock=clock
    )


def test_a_newsroom_brings_its_language(restarted: Callable[[str], Site], tmp_path: Path) -> None:
    """A folder beside its databases, a setting, a restart; readers' copies are out of date then."""
    site = restarted("it")
    english = site.get("/")
    assert spoken(parsed(english)) == ("en", "All messages")
    site.publisher.close()

    file = tmp_path / "var/translations/it/LC_MESSAGES/messages.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "All messages"\nmsgstr "Tutti i messaggi"\n', "utf-8")
    site = restarted("it")
    italian = site.get("/", headers={"If-None-Match": english.headers["ETag"]})
    assert italian.status_code == 200
    assert spoken(parsed(italian)) == ("it", "Tutti i messaggi")
    assert "<language>it</language>" in site.get("/feed.rss").text
    site.publisher.close()


def test_lists_and_their_feeds_have_words_for_headings(site: Site) -> None:
    """Not the keys of addresses: a kind in the plural, a topic as words, a person by name."""
    site.masthead("Harbour Office")
    site.publish("A", kind="press-release", topics=("berth-4",), speakers=("Ilse Dravik",))
    for address, heading in (
        ("kinds/press-release", "Press releases"),
        ("topics/berth-4", "Berth 4"),
        ("people/ilse-dravik", "Ilse Dravik"),
    ):
        assert text_of(site.page(f"/{address}").xpath("//h1")[0]) == heading
        assert f"<title>Harbour Office: {heading}</title>" in site.get(f"/{address}/feed.rss").text
