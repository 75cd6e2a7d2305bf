"""What the site's feeds say in words of their own: in which language, of what is gone, of nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from helper_site import Site
from lxml import etree

from publisher.application import By
from publisher.domain.masthead import Counter

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
WITHDRAWN = "This message was withdrawn on 20 May 2026: The figure was wrong."
FLOOD = Counter(
    key="flood", since=date(2018, 3, 4), zone="Europe/London", text="{days} days since the flood."
)
GEMELDET = "Diese Mitteilung wurde am 20. Mai 2026 zurückgezogen: The figure was wrong."


def atom(site: Site, path: str = "") -> Any:
    """The root of a parsed Atom feed, which answers 200."""
    response = site.get(f"{path}/feed.atom")
    assert response.status_code == 200, path
    return etree.fromstring(response.data)


def entry(feed: Any) -> Any:
    """The only entry of a feed."""
    (found,) = feed.xpath("a:entry", namespaces=ATOM)
    return found


def said(node: Any, path: str) -> str:
    (found,) = node.xpath(path, namespaces=ATOM)
    return str(found if isinstance(found, str) else found.text)


def withdrawn(site: Site, **fields: Any) -> UUID:
    """A message that was withdrawn a minute after it was published."""
    published = site.publish("Known", **fields)
    site.clock.move(minutes=1)
    site.publisher.newsroom.withdraw(published.id, "The figure was wrong.", By())
    return published.id


@pytest.mark.parametrize(
    ("house", "language", "kind", "gone"),
    [
        ("en-GB", "en", "Press release", WITHDRAWN),
        ("en-GB", "de-AT", "Pressemitteilung", GEMELDET),
        ("de", "en-GB", "Press release", WITHDRAWN),
        ("de", "de", "Pressemitteilung", GEMELDET),
    ],
)
def test_an_entrys_words_are_in_the_language_of_its_text(
    open_site: Callable[..., Site], house: str, language: str, kind: str, gone: str
) -> None:
    """As on its page; so the entry's `xml:lang` is true of all of it."""
    site = open_site(language=house)
    withdrawn(site, kind="press-release", language=language)
    found = entry(atom(site))
    assert found.get(LANG) == language
    assert said(found, "a:summary") == gone
    assert said(found, "a:content") == f"<p><strong>{gone}</strong></p><p>Text.</p>"
    label = found.xpath("a:category", namespaces=ATOM)[0]
    assert (label.get("label"), label.get(LANG)) == (kind, None)


def test_words_that_an_entrys_language_lacks_are_the_newsrooms_and_say_so(
    open_site: Callable[..., Site],
) -> None:
    """The notice and the label of the kind are marked; the text is not."""
    site = open_site(language="de")
    withdrawn(site, kind="press-release", language="fr")
    found = entry(atom(site))
    assert found.get(LANG) == "fr"
    notice = f'<p lang="de" dir="auto"><strong>{GEMELDET}</strong></p>'
    assert said(found, "a:content") == f"{notice}<p>Text.</p>"
    label = found.xpath("a:category", namespaces=ATOM)[0]
    assert (label.get("label"), label.get(LANG)) == ("Pressemitteilung", "de")


def test_a_german_newsrooms_feed_is_german(open_site: Callable[..., Site]) -> None:
    """Its name where it has none, the headings of lists, what was removed."""
    site = open_site(language="de")
    receipt = site.publish("Known", kind="statement", language="en")
    feed = atom(site, "/kinds/statement")
    assert (feed.get(LANG), said(feed, "a:title")) == ("de", "Pressestelle: Erklärungen")
    site.publisher.newsroom.remove(receipt.id, "Ein Gericht hat es angeordnet.", By())
    gone = "Diese Mitteilung wurde entfernt: Ein Gericht hat es angeordnet."
    feed = atom(site)
    found = entry(feed)
    assert said(feed, "at:deleted-entry/at:comment") == gone
    assert said(found, "a:summary") == gone
    assert (found.get(LANG), said(found, "a:title")) == ("de", "Diese Mitteilung wurde entfernt")


@pytest.mark.parametrize("language", ["ar", "he", "fa-IR"])
def test_a_text_from_right_to_left_says_so(site: Site, language: str) -> None:
    """A reader lays its own page out as it likes; the text brings its direction, in either format."""
    site.publish("Known", language=language, body="Text.")
    wrapped = '<div dir="rtl"><p>Text.</p></div>'
    assert said(entry(atom(site)), "a:content") == wrapped
    rss = etree.fromstring(site.get("/feed.rss").data)
    assert rss.findtext(".//{http://purl.org/rss/1.0/modules/content/}encoded") == wrapped


@pytest.mark.parametrize("folder", ["kinds/speech", "topics/blue-fish", "people/zoe-fish"])
def test_a_feed_in_which_all_is_withdrawn_says_that(site: Site, folder: str) -> None:
    """Its subscribers are told for thirty days, though nothing is listed there any more."""
    fields = {"kind": "speech", "topics": ("blue-fish",), "speakers": ("Zoe Fish",)}
    publication = withdrawn(site, **fields)
    title = {"kinds": "Speeches", "topics": "Blue fish", "people": "Zoe Fish"}[folder.partition("/")[0]]
    feed = atom(site, f"/{folder}")
    assert said(feed, "a:title") == f"Newsroom: {title}"
    assert said(entry(feed), "a:id") == f"urn:uuid:{publication}"
    assert [gone.get("ref") for gone in feed.xpath("at:deleted-entry", namespaces=ATOM)] == [
        f"urn:uuid:{publication}"
    ]
    site.publisher.newsroom.remove(publication, "A court ordered it.", By())
    assert said(entry(atom(site, f"/{folder}")), "a:summary").endswith("A court ordered it.")
    site.clock.move(days=31)
    assert site.get(f"/{folder}/feed.atom").status_code == 404


def test_a_feed_of_nothing_keeps_its_date(site: Site) -> None:
    """Its bytes stay the same while its validators do."""
    first = site.get("/feed.atom")
    site.clock.move(days=1)
    assert site.get("/feed.atom").data == first.data
    site.masthead("Harbour Office")
    changed = site.clock.now
    site.clock.move(days=1)
    later = atom(site)
    assert said(later, "a:updated") == f"{changed:%Y-%m-%dT%H:%M:%S+00:00}"


def test_a_json_feed_has_the_entries_of_the_others(site: Site) -> None:
    """In their order, under the same ids."""
    for number in range(3):
        site.publish(f"Message {number}", topics=("ferries",))
        site.clock.move(minutes=1)
    for path in ("", "/topics/ferries"):
        answer = site.get(f"{path}/feed.json")
        assert answer.content_type == "application/feed+json"
        found = answer.get_json(force=True)
        ids = [str(e.text) for e in atom(site, path).xpath("a:entry/a:id", namespaces=ATOM)]
        assert [item["id"] for item in found["items"]] == ids
        assert found["feed_url"].endswith(f"{path}/feed.json")
        assert len(ids) == 3


@pytest.mark.parametrize("fmt", ["atom", "rss", "json"])
def test_a_feed_without_counters_changes_with_events_alone(site: Site, fmt: str) -> None:
    """Neither at midnight; the feed with them turns, and so do its validators."""
    site.masthead(counters=(FLOOD,))
    site.publish("Known")
    site.clock.move(minutes=1)
    plain, counting = f"/feed.{fmt}?counters=none", f"/feed.{fmt}"
    before = {path: site.get(path) for path in (plain, counting)}
    assert "Day-Counters" not in before[plain].headers
    assert b"flood" not in before[plain].data
    assert b"counters=none" in before[plain].data
    assert b"flood" in before[counting].data
    site.clock.move(days=1)
    after = {path: site.get(path) for path in (plain, counting)}
    for what in ("ETag", "Last-Modified"):
        assert after[plain].headers[what] == before[plain].headers[what]
        assert after[counting].headers[what] != before[counting].headers[what]
    assert after[plain].data == before[plain].data
    site.publish("Later")
    site.clock.move(minutes=1)
    assert site.get(plain).headers["ETag"] != before[plain].headers["ETag"]


def test_the_namespace_of_the_claims_is_explained_at_its_address(site: Site) -> None:
    site.masthead(counters=(FLOOD,))
    claim = next(e for e in atom(site).iter() if str(e.tag).endswith("}counter"))
    namespace = etree.QName(claim).namespace
    base = site.publisher.config.base_url
    assert namespace.startswith(base)
    page = site.get(namespace.removeprefix(base))
    assert page.status_code == 200
    assert namespace in page.text
    for name in claim.keys():  # noqa: SIM118 - an element, not a mapping
        assert name in page.text


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss?counters=none", "/corrections.json"])
def test_a_hub_is_named_in_the_feed_and_in_its_header(open_site: Callable[..., Site], path: str) -> None:
    """On 200 and on 304 alike; readers who find none ask the site itself."""
    site = open_site(hub="https://hub.example.org/")
    site.publish("Known")
    site.clock.move(minutes=1)
    answer = site.get(path)
    base = site.publisher.config.base_url
    said = f'<https://hub.example.org/>; rel="hub", <{base}{path}>; rel="self"'
    assert answer.headers["Link"] == said
    assert b"https://hub.example.org/" in answer.data
    again = site.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Link"]) == (304, said)
    then = f"{site.clock.now:%Y%m%d%H%M%S}"
    site.clock.move(minutes=5)
    past = site.get(f"/web/{then}/{base}{path}")
    assert past.status_code == 200
    assert "hub" not in past.headers.get("Link", "")
    assert b"hub.example" not in past.data


def test_without_a_hub_none_is_named(site: Site) -> None:
    site.publish("Known")
    answer = site.get("/feed.atom")
    assert "Link" not in answer.headers
    assert b"hub" not in answer.data
