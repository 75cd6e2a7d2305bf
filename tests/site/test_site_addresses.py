"""Addresses that are wrong, moved, gone or hostile, and what each answers."""

import pytest
from helper_site import HOST, Site, parsed, titles

from publisher.application import By

PAST = f"/web/20260520090000/{HOST}"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/0000/", 404),
        ("/2026/13/", 404),
        ("/archive?page=0", 404),
        ("/archive?page=9999", 404),
        ("/archive?page=x", 404),
        ("/search?q=a&from=yesterday", 400),
        ("/search?q=a&to=2026-02-30", 400),
        ("/search?q=a&to=9999-12-31&from=0001-01-01", 200),
        ("/static/nothing.css", 404),
        ("/web/20261399000000/" + HOST + "/", 400),
        ("/web/20260520090000/http://elsewhere.example/", 404),
        (PAST + "/desk/", 404),
        (PAST + "/audit/", 404),
        (PAST + "/healthz", 404),
        (PAST + "/static/style.css", 404),
        ("/web/?date=0001-01-01", 400),
        ("/web/?date=2026-05-20&url=http://[", 404),
    ],
)
def test_each_odd_address_has_its_status(site: Site, path: str, status: int) -> None:
    """No address of a stranger's making leads to a fault of ours."""
    site.publish("Known")
    assert site.get(path).status_code == status


@pytest.mark.parametrize("query", ['"', "NEAR(a b)", "*", "-", "a AND", "\U0001f426", "x" * 300, "title:a"])
def test_any_query_is_answered(site: Site, query: str) -> None:
    """What means something to the search engine means nothing in a reader's query."""
    site.publish("Known")
    assert site.get("/search", query_string={"q": query}).status_code == 200


def test_the_last_day_of_a_search_is_the_day_asked_for(site: Site) -> None:
    """A message of the day after is not found."""
    site.publish("Known")
    assert titles(site.page("/search?q=known&to=2026-05-20")) == ["Known"]
    assert titles(site.page("/search?q=known&to=2026-05-19")) == []


def test_old_addresses_lead_to_the_present_one_without_chains(site: Site) -> None:
    """Moved twice, each old path answers 301 to where the message is now."""
    first = site.publish("Known", slug="one")
    for slug in ("two", "three"):
        site.publisher.newsroom.move(first.id, slug, By())
    for slug in ("one", "two"):
        response = site.get(f"/2026/05/{slug}")
        assert (response.status_code, response.headers["Location"]) == (301, "/2026/05/three")


def leads(site: Site, path: str) -> tuple[int, str | None]:
    """The status of an address, and where it sends its readers."""
    response = site.get(path)
    return response.status_code, response.headers.get("Location")


def test_what_was_removed_leads_to_its_target_without_chains(site: Site) -> None:
    """From an old path too, and where the target has moved or was removed in its turn."""
    newsroom = site.publisher.newsroom
    first, second, third = (site.publish(slug, slug=slug).id for slug in ("one", "two", "three"))
    newsroom.move(first, "one-b", By())
    newsroom.remove(first, "Told anew.", By(), redirect="/2026/05/two?x=1")
    paths = ("/2026/05/one", "/2026/05/one-b")
    assert [leads(site, path) for path in paths] == [(301, "/2026/05/two?x=1")] * 2
    newsroom.move(second, "two-b", By())
    assert [leads(site, path) for path in paths] == [(301, "/2026/05/two-b?x=1")] * 2
    newsroom.remove(second, "Told anew.", By(), redirect="/2026/05/three")
    assert [leads(site, path) for path in paths] == [(301, "/2026/05/three")] * 2
    newsroom.remove(third, "A slip.", By())
    assert [leads(site, path) for path in paths] == [(301, "/2026/05/three")] * 2
    assert leads(site, "/2026/05/three") == (410, None)


def test_removals_that_lead_to_each_other_are_gone(site: Site) -> None:
    """Nobody is sent round in a circle."""
    for slug, target in (("one", "two"), ("two", "one")):
        receipt = site.publish(slug, slug=slug)
        site.publisher.newsroom.remove(receipt.id, "Told anew.", By(), redirect=f"/2026/05/{target}")
    assert [site.get(f"/2026/05/{slug}").status_code for slug in ("one", "two")] == [410, 410]


def test_a_removed_message_is_gone_with_its_reason(site: Site) -> None:
    """410 and the explanation; the text is shown no more."""
    first = site.publish("Known", slug="one", body="Unsayable.")
    site.publisher.newsroom.remove(first.id, "A court ordered it.", By())
    response = site.get("/2026/05/one")
    assert response.status_code == 410
    assert "A court ordered it." in response.text
    assert "Unsayable" not in response.text


def test_hostile_text_is_text(site: Site) -> None:
    """A script in title, summary, body and speaker never becomes an element."""
    evil = "<script>alert(1)</script>"
    receipt = site.publish(evil, slug="one", summary=evil, body=evil, speakers=(evil,))
    for path in ("/", "/archive", str(receipt.path), "/search?q=alert", "/2026/05/one/history"):
        page = parsed(site.get(path))
        runs = page.xpath("//script[not(@src) and not(@type='application/ld+json')]")
        assert not runs, path
