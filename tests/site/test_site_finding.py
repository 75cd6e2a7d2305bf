"""Where programs find what there is: robots, sitemaps, OPML, security.txt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from helper_site import HOST, Site
from lxml import etree

from publisher import config
from publisher.application import By
from publisher.domain.masthead import Clock
from publisher.web import finding

NAMES = {"s": finding.SITEMAP, "n": finding.NEWS}


def tree(site: Site, path: str) -> Any:
    response = site.get(path)
    assert response.status_code == 200, path
    return etree.fromstring(response.data)


def locations(site: Site, path: str) -> list[str]:
    """The addresses of a sitemap, below the public one."""
    return [loc.removeprefix(HOST) for loc in tree(site, path).xpath("//s:loc/text()", namespaces=NAMES)]


def test_robots_are_told_of_the_sitemaps_and_kept_from_what_is_no_page(site: Site) -> None:
    answer = site.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    assert f"Sitemap: {HOST}/sitemap-news.xml" in lines
    for path in ("/desk/", "/api/", "/audit/", "/web/", "/preview/"):
        assert f"Disallow: {path}" in lines
    assert "Disallow: /" not in lines


def test_the_sitemaps_lead_to_every_message_and_list_and_to_nothing_else(site: Site) -> None:
    """Each address answers; what is not public is not in them."""
    site.publish("Boats", topics=("ferries",), speakers=("Ada Brandt",))
    gone, away = site.publish("Gone").id, site.publish("Away").id
    site.publish("Later", due=site.clock.now + timedelta(days=1))
    site.publisher.newsroom.remove(gone, "Unlawful.", By())
    site.publisher.newsroom.withdraw(away, "Wrong.", By())
    site.clock.move(minutes=1)
    parts = locations(site, "/sitemap.xml")
    assert parts == ["/sitemap-pages.xml", "/sitemap-2026-1.xml"]
    found = [path for part in parts for path in locations(site, part)]
    assert "/2026/05/boats" in found
    assert {"/", "/archive", "/corrections", "/topics/ferries", "/people/ada-brandt"} <= set(found)
    assert not [path for path in found if any(word in path for word in ("gone", "away", "later"))]
    for path in found:
        assert site.get(path).status_code == 200, path


def test_a_year_is_cut_into_sitemaps(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LARGEST", 2)
    for title in ("One", "Two", "Three"):
        site.publish(title)
    site.clock.move(minutes=1)
    parts = locations(site, "/sitemap.xml")[1:]
    assert parts == ["/sitemap-2026-1.xml", "/sitemap-2026-2.xml"]
    assert sorted(p for part in parts for p in locations(site, part)) == [
        "/2026/05/one",
        "/2026/05/three",
        "/2026/05/two",
    ]
    assert site.get("/sitemap-2026-3.xml").status_code == 404
    assert site.get("/sitemap-2025-1.xml").status_code == 404


def test_a_message_says_when_it_changed_last(site: Site) -> None:
    published = site.publish("Boats")
    first = site.clock.now
    site.clock.move(days=1)
    site.amend(published.id, "Boats", body="More.")
    second = site.clock.now
    site.clock.move(minutes=1)
    changed = tree(site, "/sitemap-2026-1.xml").xpath("//s:lastmod/text()", namespaces=NAMES)
    assert changed == [second.isoformat(timespec="seconds")]
    assert first < second


def test_the_news_sitemap_holds_what_is_two_days_old_at_most(site: Site) -> None:
    site.masthead("Harbour & Docks", clocks=(Clock(label="Here", zone="Europe/London"),))
    site.publish("Old")
    site.clock.move(days=1)
    site.publish("New <one>", language="de-AT")
    site.clock.move(hours=30)
    page = tree(site, "/sitemap-news.xml")
    assert page.xpath("//n:title/text()", namespaces=NAMES) == ["New <one>"]
    assert page.xpath("//n:language/text()", namespaces=NAMES) == ["de"]
    assert page.xpath("//n:name/text()", namespaces=NAMES) == ["Harbour & Docks"]


def test_the_list_of_feeds_leads_to_feeds(site: Site) -> None:
    site.publish("Boats", topics=("ferries",), speakers=("Ada Brandt",))
    site.clock.move(minutes=1)
    outlines = tree(site, "/feeds.opml").xpath("//outline")
    titles = [o.get("text") for o in outlines]
    assert titles[1:5] == ["Corrections", "Statements", "Ferries", "Ada Brandt"]
    for outline in outlines:
        for name in ("xmlUrl", "htmlUrl"):
            assert site.get(outline.get(name).removeprefix(HOST)).status_code == 200, outline.get(name)


def test_a_hole_is_reported_to_whom_the_newsroom_names(open_site: Callable[..., Site], site: Site) -> None:
    """RFC 9116; nobody is made up."""
    assert site.get("/.well-known/security.txt").status_code == 404
    named = open_site(security_contact="mailto:security@example.org")
    lines = named.get("/.well-known/security.txt").text.splitlines()
    assert "Contact: mailto:security@example.org" in lines
    (expires,) = [line for line in lines if line.startswith("Expires: ")]
    assert f"{named.clock.now + timedelta(days=89):%Y-%m-%d}" < expires.removeprefix("Expires: ")


@pytest.mark.parametrize("text", ["security@example.org", "http://example.org", "mailto:x", "https://a b"])
def test_a_contact_that_nobody_can_follow_is_refused(text: str) -> None:
    with pytest.raises(config.BadSetting, match="PUBLISHER_SECURITY_CONTACT"):
        config.from_environment({"PUBLISHER_SECURITY_CONTACT": text})


def test_what_programs_find_is_of_the_present_alone(site: Site) -> None:
    site.publish("Boats")
    site.clock.move(minutes=5)
    then = f"{site.clock.now - timedelta(minutes=1):%Y%m%d%H%M%S}"
    for path in ("/sitemap.xml", "/robots.txt", "/feeds.opml"):
        assert site.get(f"/web/{then}/{HOST}{path}").status_code == 404


DISCOVERED = {
    "/": ["/feed"],
    "/topics/fish": ["/feed", "/topics/fish/feed"],
    "/kinds/statement": ["/feed", "/kinds/statement/feed"],
    "/people/anna-bell": ["/feed", "/people/anna-bell/feed"],
    "/languages/de/": ["/feed", "/languages/de/feed"],
    "/corrections": ["/feed", "/corrections"],
    "/2026/05/ferry": ["/feed", "/2026/05/ferry/history"],
    "/2026/05/ferry/history": ["/feed", "/2026/05/ferry/history"],
}


@pytest.mark.parametrize("path", DISCOVERED)
def test_a_page_names_its_feeds_in_every_format(site: Site, path: str) -> None:
    """In its head, where browsers and feed readers look; each is there, of the type that is named."""
    site.publish("Ferry", topics=("fish",), speakers=("Anna Bell",), language="de")
    links = site.page(path).xpath('//head/link[@rel="alternate"][@type]')
    assert [link.get("href") for link in links] == [
        f"{stem}.{fmt}" for stem in DISCOVERED[path] for fmt in ("atom", "rss", "json")
    ]
    assert len({link.get("title") for link in links}) == len(links)
    for link in links:
        answer = site.get(link.get("href"))
        assert (answer.status_code, answer.mimetype) == (200, link.get("type"))


def test_what_a_feed_says_of_its_lifetime_is_the_longest_that_a_cache_keeps_it(site: Site) -> None:
    """Minutes in `ttl`, times an hour in `sy:updateFrequency`, seconds in `max-age`."""
    site.publish("Ferry")
    site.clock.move(minutes=2)
    answer = site.get("/feed.rss")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    channel = tree(site, "/feed.rss").find("channel")
    assert int(channel.findtext("ttl")) * 60 == 300
    times = channel.findtext("{http://purl.org/rss/1.0/modules/syndication/}updateFrequency")
    assert 3600 // int(times) == 300
