"""Translations as readers meet them: what is named, what is not, and where each language is listed."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from helper_site import Site, content, text_of, titles
from lxml import etree

from movable_clock import MovableClock
from publisher.application import By, Receipt
from publisher.domain.content import Translates

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ENGLISH, GERMAN, FRENCH = "/2026/05/ferries", "/2026/05/faehren", "/2026/05/bacs"


def of(original: Receipt | UUID, edition: int = 1) -> Translates:
    """That a text translates an edition of a publication."""
    return Translates(publication=str(getattr(original, "id", original)), edition=edition)


@pytest.fixture
def ferries(site: Site) -> Receipt:
    return site.publish("Ferries", slug="ferries", body="Nine ferries.")


@pytest.fixture
def faehren(site: Site, clock: MovableClock, ferries: Receipt) -> Receipt:
    """A German translation, published an hour later."""
    clock.move(hours=1)
    return site.publish("Fähren", slug="faehren", language="de", translates=of(ferries))


def others(site: Site, path: str) -> dict[str, str]:
    """The other languages that a page offers, by their tags: where each leads."""
    links = site.page(path).xpath('//ul[@aria-labelledby="tongues"]//a')
    return {link.get("hreflang"): link.get("href") for link in links}


def heads(site: Site, path: str) -> dict[str, str]:
    links = site.page(path).xpath("//head/link[@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def told(site: Site, path: str) -> str:
    """What a page says of its translations; nothing where it has none."""
    return " ".join(map(text_of, site.page(path).xpath('//div[@class="tongues"]')))


@pytest.mark.usefixtures("faehren")
def test_every_language_leads_to_every_other(site: Site, ferries: Receipt) -> None:
    """The original to its translations, and they to it and to each other; for machines too."""
    site.publish("Bacs", slug="bacs", language="fr", translates=of(ferries))
    assert others(site, ENGLISH) == {"de": GERMAN, "fr": FRENCH}
    assert others(site, GERMAN) == {"en-GB": ENGLISH, "fr": FRENCH}
    everything = {"en-GB": ENGLISH, "de": GERMAN, "fr": FRENCH}
    assert heads(site, ENGLISH) == heads(site, GERMAN) == heads(site, FRENCH) == everything
    names = site.page(FRENCH).xpath('//ul[@aria-labelledby="tongues"]//a')
    assert [text_of(name).partition(":")[0] for name in names] == ["English (United Kingdom)", "Deutsch"]


def test_a_translation_says_what_it_translates_and_when_that_went_on(
    site: Site, ferries: Receipt, faehren: Receipt
) -> None:
    """Its edition, and from the instant of the next one on where the difference is."""
    assert "Das Original: Ferries, Ausgabe 1" in told(site, GERMAN)
    assert "seither" not in told(site, GERMAN)
    before = site.clock.now
    site.clock.move(minutes=5)
    site.amend(ferries.id, "Ferries", body="Ten ferries.")
    assert "Das Original wurde seither geändert." in told(site, GERMAN)
    assert site.page(GERMAN).xpath('//div[@class="tongues"]//a/@href')[2] == f"{ENGLISH}/diff/1..2"
    assert "seither" not in site.at(before, GERMAN).text
    site.amend(faehren.id, "Fähren", language="de", translates=of(ferries, 2))
    assert "Ferries, Ausgabe 2" in told(site, GERMAN)
    assert "seither" not in told(site, GERMAN)


def test_a_translation_is_named_while_it_is_live(site: Site, ferries: Receipt, clock: MovableClock) -> None:
    """Not as a draft, not before its instant, not while it is withdrawn, at no instant once removed."""
    newsroom = site.publisher.newsroom
    drafted = newsroom.draft(content("Fähren", language="de", translates=of(ferries)), By())
    assert told(site, ENGLISH) == ""
    due = datetime.fromisoformat("2026-05-20T12:00:00Z")
    newsroom.publish(drafted.id, 1, By(), slug="faehren", due=due)
    assert told(site, ENGLISH) == ""
    clock.now = due
    assert others(site, ENGLISH) == {"de": GERMAN}
    clock.move(minutes=1)
    newsroom.withdraw(drafted.id, "Doubt.", By())
    assert told(site, ENGLISH) == ""
    assert "Fähren" in site.at(due, ENGLISH).text
    newsroom.reinstate(drafted.id, By())
    assert others(site, ENGLISH) == {"de": GERMAN}
    newsroom.remove(drafted.id, "Unlawful.", By())
    assert told(site, ENGLISH) == ""
    assert "Fähren" not in site.at(due, ENGLISH).text


def test_an_original_that_is_not_public_is_not_named(site: Site, clock: MovableClock) -> None:
    """Neither its title nor its address nor its id: not while it is scheduled, and not once it is gone."""
    due = datetime.fromisoformat("2026-05-20T12:00:00Z")
    original = site.publish("Ferries", slug="ferries", due=due)
    site.publish("Fähren", slug="faehren", language="de", translates=of(original))
    for word in ("Ferries", ENGLISH, str(original.id), "Übersetzung"):
        assert word not in site.get(GERMAN).text
        assert word not in site.get("/feed.atom").text
    clock.now = due
    assert others(site, GERMAN) == {"en-GB": ENGLISH}
    clock.move(minutes=1)
    site.publisher.newsroom.redact(original.id, 1, "Art. 17", By())
    assert told(site, GERMAN) == ""
    assert "Ferries" not in site.at(due, GERMAN).text


def test_a_difference_calls_the_original_by_its_title(
    site: Site, ferries: Receipt, faehren: Receipt
) -> None:
    """And no longer once it is not public."""
    site.amend(ferries.id, "Ferries", body="Ten ferries.")
    site.amend(faehren.id, "Fähren", language="de", translates=of(ferries, 2))
    changed = [text_of(node) for node in site.page(f"{GERMAN}/diff/1..2").iter("ins", "del")]
    assert any("Ferries, Ausgabe 2" in text for text in changed)
    site.publisher.newsroom.withdraw(ferries.id, "Doubt.", By())
    text = site.get(f"{GERMAN}/diff/1..2").text
    assert "eine andere Mitteilung, Ausgabe 2" in text
    assert "Ferries" not in text
    assert str(ferries.id) not in text


@pytest.mark.usefixtures("faehren")
def test_a_language_has_a_page_and_feeds(site: Site) -> None:
    """Each with its messages alone, named on every page once there are several languages."""
    assert titles(site.page("/languages/de/")) == ["Fähren"]
    assert titles(site.page("/languages/en-GB/")) == ["Ferries"]
    assert text_of(site.page("/languages/de/").find(".//h1")) == "Deutsch"
    footer = site.page("/").xpath('//nav[@class="languages"]//a/@href')
    assert footer == ["/languages/de/", "/languages/en-GB/"]
    assert "/languages/de/feed.atom" in site.page("/feeds").xpath("//@href")
    feed = etree.fromstring(site.get("/languages/de/feed.atom").data)
    assert feed.xpath("string(a:title)", namespaces=ATOM).endswith(": Deutsch")
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["Fähren"]
    channel = etree.fromstring(site.get("/languages/de/feed.rss").data)
    assert channel.xpath("string(//language)") == "de"


@pytest.mark.usefixtures("ferries")
def test_one_language_needs_no_switch(site: Site) -> None:
    assert not site.page("/").xpath('//nav[@class="languages"]')
    assert "/languages/" not in site.get("/feeds").text


@pytest.mark.usefixtures("faehren")
def test_a_tag_in_another_case_leads_to_the_usual_one(site: Site, clock: MovableClock) -> None:
    """In the past too; a language that nothing is in is not found."""
    for asked, usual in (("en-gb/", "en-GB/"), ("DE/feed.atom", "de/feed.atom")):
        answer = site.get(f"/languages/{asked}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/languages/{usual}")
    clock.move(minutes=1)
    past = site.at(clock.now, "/languages/DE/")
    assert past.headers["Location"].endswith("http://127.0.0.1:8000/languages/de/")
    assert site.at(clock.now, "/languages/de/").status_code == 200
    assert site.get("/languages/de").status_code == 308
    for wrong in ("/languages/fr/", "/languages/fr/feed.atom", "/languages/d_e/", "/languages/de/?page=2"):
        assert site.get(wrong).status_code == 404, wrong


def test_publications_are_of_one_language_whatever_the_case(site: Site) -> None:
    site.publish("Eins", language="de-at")
    site.clock.move(minutes=1)
    site.publish("Zwei", language="de-AT")
    assert titles(site.page("/languages/de-AT/")) == ["Zwei", "Eins"]


@pytest.mark.usefixtures("faehren")
def test_an_entry_of_a_feed_leads_to_its_translations(site: Site) -> None:
    """Its own address first, then one for each other language."""
    feed: Any = etree.fromstring(site.get("/feed.atom").data)
    links = {
        entry.findtext("a:title", namespaces=ATOM): [
            (link.get("hreflang"), link.get("href").partition("8000")[2])
            for link in entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        ]
        for entry in feed.xpath("a:entry", namespaces=ATOM)
    }
    assert links["Fähren"] == [("de", GERMAN), ("en-GB", ENGLISH)]
    assert links["Ferries"] == [("en-GB", ENGLISH), ("de", GERMAN)]


@pytest.mark.usefixtures("faehren")
def test_one_language_is_given_to_machines_once(site: Site, ferries: Receipt) -> None:
    """Two translations into one language are both there for people."""
    site.publish("Fähren noch einmal", slug="noch-einmal", language="DE", translates=of(ferries))
    assert len(site.page(ENGLISH).xpath('//ul[@aria-labelledby="tongues"]//a')) == 2
    assert {tag.lower() for tag in heads(site, ENGLISH)} == {"en-gb", "de"}
