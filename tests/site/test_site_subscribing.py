"""The page about the feeds: what each holds now, and addresses that answer."""

from helper_site import HOST, Site, text_of

from publisher.application import By


def test_each_feed_shows_what_is_newest_in_it_and_its_addresses(site: Site) -> None:
    """Three of each, in the order of the feed; every address is that of a feed."""
    for title in ("One", "Two", "Three", "Four"):
        site.publish(title, topics=("quays",) if title in ("One", "Two") else ())
        site.clock.move(minutes=1)
    page = site.page("/feeds")
    looks = {
        text_of(look.find("summary/span")).removeprefix(": "): look
        for look in page.xpath("//details[@class='feed-look']")
    }
    assert [text_of(a) for a in looks["All messages"].xpath("ol/li/a")] == ["Four", "Three", "Two"]
    assert [text_of(a) for a in looks["Quays"].xpath("ol/li/a")] == ["Two", "One"]
    assert looks["Corrections"].xpath("ol") == []
    addresses = page.xpath("//details//input/@value")
    assert len(addresses) == 3 * len(looks)
    for address in addresses:
        assert address.startswith(HOST)
        assert site.get(address.removeprefix(HOST)).status_code == 200, address
    labels = page.xpath("//details//label/@for")
    assert sorted(labels) == sorted(set(page.xpath("//details//input/@id")))


def test_what_was_removed_is_not_shown(site: Site) -> None:
    """A feed says for thirty days that it is gone; its title is nobody's business any more."""
    published = site.publish("Secret quay")
    site.publisher.newsroom.remove(published.id, "Wrong.", By(), redirect=None)
    assert "Secret quay" not in site.get("/feeds").text
