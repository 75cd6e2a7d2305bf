"""Lists, facets, editions and what a withdrawn message says."""

import pytest
from helper_site import Site, titles

from publisher.application import By


@pytest.mark.parametrize("folder", ["kinds/speech", "topics/fish", "people/zoe-fish"])
def test_a_facet_has_a_page_and_feeds_of_its_own(site: Site, folder: str) -> None:
    """They hold what is of it, and nothing else."""
    site.publish("Of it", kind="speech", topics=("fish",), speakers=("Zoe Fish",))
    site.publish("Other")
    assert titles(site.page(f"/{folder}")) == ["Of it"]
    for feed in ("atom", "rss"):
        text = site.get(f"/{folder}/feed.{feed}").text
        assert "Of it" in text
        assert "Other" not in text


def test_a_withdrawn_message_stays_with_a_banner(site: Site) -> None:
    """200, the reason first, and no place in the lists; the past still shows it plain."""
    receipt = site.publish("Known", slug="one")
    before = site.clock.now
    site.clock.move(minutes=1)
    site.publisher.newsroom.withdraw(receipt.id, "The figure was wrong.", By())
    response = site.get("/2026/05/one")
    assert response.status_code == 200
    assert "The figure was wrong." in response.text
    assert titles(site.page("/")) == []
    assert "The figure was wrong." not in site.at(before, "/2026/05/one").text


def test_the_history_lists_every_edition_and_each_keeps_its_text(site: Site) -> None:
    """The note of the change stands in the history."""
    receipt = site.publish("Known", slug="one", body="First text.")
    site.amend(receipt.id, "Known", body="Second text.", note="A word was wrong.")
    assert "A word was wrong." in site.get("/2026/05/one/history").text
    assert "First text." in site.get("/2026/05/one/editions/1").text
    assert "Second text." in site.get("/2026/05/one/editions/2").text
    assert site.get("/2026/05/one/editions/3").status_code == 404
