"""Corrections for readers, as a page and as feeds; and the editions of one message as a feed."""

from typing import Any

import pytest
from helper_site import Site
from lxml import etree

from publisher.application import By

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(site: Site, path: str) -> list[Any]:
    response = site.get(path)
    assert response.status_code == 200, path
    return list(etree.fromstring(response.data).xpath("a:entry", namespaces=ATOM))


def text(entry: Any, name: str) -> str:
    return str(entry.findtext(f"a:{name}", namespaces=ATOM))


def link(entry: Any) -> str:
    return str(entry.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM)[0])


def corrected(site: Site, title: str) -> Any:
    """A message whose second edition corrects it."""
    published = site.publish(title)
    site.clock.move(minutes=1)
    site.amend(
        published.id, title, significance="correction", note="Nine, not ten.", body=f"Nine of {title}."
    )
    site.clock.move(minutes=1)
    return published.id


def test_a_correction_is_an_entry_of_its_own_that_leads_to_the_difference(site: Site) -> None:
    """Neither the message's id nor its text; other changes are not in it."""
    publication = corrected(site, "Boats")
    site.amend(publication, "Boats", significance="minor", note="A comma.", body="Nine, of boats.")
    site.amend(publication, "Boats", significance="major", note="More.", body="Nine boats and a raft.")
    (entry,) = entries(site, "/corrections.atom")
    assert text(entry, "id").startswith("urn:uuid:")
    assert str(publication) not in text(entry, "id")
    assert (text(entry, "title"), text(entry, "summary")) == ("Boats", "Nine, not ten.")
    assert link(entry).endswith("/boats/diff/1..2")
    difference = site.get(link(entry).removeprefix(site.publisher.config.base_url))
    assert difference.status_code == 200
    page = site.get("/corrections").text
    assert "Nine, not ten." in page
    assert "A comma." not in page
    assert 'href="/2026/05/boats/diff/1..2"' in page


def test_a_corrections_id_stays_whatever_follows(site: Site) -> None:
    publication = corrected(site, "Boats")
    (before,) = entries(site, "/corrections.atom")
    site.publisher.newsroom.move(publication, "ships", By())
    site.amend(publication, "Ships", significance="correction", note="Ships, not boats.")
    site.clock.move(minutes=1)
    after = entries(site, "/corrections.atom")
    assert [text(e, "summary") for e in after] == ["Ships, not boats.", "Nine, not ten."]
    assert text(after[1], "id") == text(before, "id")
    assert link(after[1]).endswith("/ships/diff/1..2")


def test_corrections_of_what_is_gone_are_gone(site: Site) -> None:
    """Neither page nor feed names what was withdrawn or removed."""
    first, second = corrected(site, "Boats"), corrected(site, "Trains")
    site.publisher.newsroom.withdraw(first, "Wrong.", By())
    site.publisher.newsroom.remove(second, "Unlawful.", By())
    site.clock.move(minutes=1)
    assert entries(site, "/corrections.atom") == []
    for path in ("/corrections", "/corrections.json", "/corrections.rss"):
        assert "Nine" not in site.get(path).text


def test_a_scheduled_correction_is_seen_from_its_instant_on(site: Site) -> None:
    publication = site.publish("Boats").id
    due = site.clock.now.replace(hour=23)
    site.amend(publication, "Boats", significance="correction", note="Nine.", body="Nine.", due=due)
    assert entries(site, "/corrections.atom") == []
    site.clock.now = due
    assert len(entries(site, "/corrections.atom")) == 1


def test_the_list_of_corrections_is_paged(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.web.corrections.PAGE", 2)
    for title in ("One", "Two", "Three"):
        corrected(site, title)
    first, second = site.get("/corrections").text, site.get("/corrections?page=2").text
    assert [title in first for title in ("One", "Two", "Three")] == [False, True, True]
    assert [title in second for title in ("One", "Two", "Three")] == [True, False, False]
    assert 'href="/corrections?page=2"' in first
    assert 'href="/corrections"' in second
    assert site.get("/corrections?page=3").status_code == 404


@pytest.mark.parametrize("fmt", ["atom", "rss", "json"])
def test_every_edition_of_a_message_is_an_entry(site: Site, fmt: str) -> None:
    """The newest first, each with its text and its note."""
    corrected(site, "Boats")
    answer = site.get(f"/2026/05/boats/history.{fmt}")
    assert answer.status_code == 200
    said = answer.text
    assert said.index("Edition 2: Boats") < said.index("Edition 1: Boats")
    for words in ("Nine, not ten.", "Nine of Boats.", "First published.", "Text."):
        assert words in said


def test_the_editions_lead_to_themselves_and_move_with_the_message(site: Site) -> None:
    publication = corrected(site, "Boats")
    found = entries(site, "/2026/05/boats/history.atom")
    assert [link(e)[-11:] for e in found] == ["/editions/2", "/editions/1"]
    site.publisher.newsroom.move(publication, "ships", By())
    moved = site.get("/2026/05/boats/history.atom")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/2026/05/ships/history.atom")
    again = entries(site, "/2026/05/ships/history.atom")
    assert [text(e, "id") for e in again] == [text(e, "id") for e in found]


def test_a_redacted_edition_says_so_and_nothing_else(site: Site) -> None:
    publication = corrected(site, "Boats")
    site.publisher.newsroom.redact(publication, 1, "A court order.", By())
    first = site.get("/2026/05/boats/history.atom").text
    assert "A court order." in first
    assert "Text." not in first
    assert "Nine of Boats." in first


def test_the_editions_of_what_was_removed_are_gone(site: Site) -> None:
    publication = corrected(site, "Boats")
    site.publisher.newsroom.remove(publication, "Unlawful.", By())
    answer = site.get("/2026/05/boats/history.atom")
    assert answer.status_code == 410
    assert "Nine" not in answer.text


def test_past_corrections_are_those_of_then(site: Site) -> None:
    corrected(site, "Boats")
    site.clock.move(days=1)
    then = f"{site.clock.now:%Y%m%d%H%M%S}"
    site.clock.move(minutes=5)
    corrected(site, "Trains")
    base = site.publisher.config.base_url
    past = site.get(f"/web/{then}/{base}/corrections")
    assert ("Boats" in past.text, "Trains" in past.text) == (True, False)
