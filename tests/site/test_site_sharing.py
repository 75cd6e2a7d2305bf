"""What other sites and programs show of a page: Open Graph and schema.org."""

import json
from typing import Any

from helper_site import HOST, Site
from lxml import html

from publisher.application import By


def described(site: Site, path: str) -> dict[str, Any]:
    (script,) = html.document_fromstring(site.get(path).text).xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def property_of(site: Site, path: str, name: str) -> list[str]:
    page = html.document_fromstring(site.get(path).text)
    return list(page.xpath(f"//meta[@property='{name}']/@content"))


def test_a_message_is_a_news_article_with_its_corrections(site: Site) -> None:
    """Each with its note, its instant and the address of the difference."""
    site.masthead("Harbour Office")
    published = site.publish("Boats", summary="Nine.", speakers=("Ada Brandt",), topics=("ferries",))
    site.clock.move(minutes=1)
    site.amend(published.id, "Boats", significance="correction", note="Ten.", body="Ten.")
    corrected = site.clock.now
    site.clock.move(minutes=1)
    site.amend(
        published.id, "Boats", significance="minor", note="A comma.", body="Ten,", speakers=("Ada Brandt",)
    )
    site.clock.move(minutes=1)
    found = described(site, "/2026/05/boats")
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == "Boats"
    assert found["url"] == f"{HOST}/2026/05/boats"
    assert found["version"] == 3
    assert found["author"] == [{"@type": "Person", "name": "Ada Brandt"}]
    assert found["publisher"]["name"] == "Harbour Office"
    assert found["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Ten.",
            "datePublished": corrected.isoformat(timespec="seconds"),
            "url": f"{HOST}/2026/05/boats/diff/1..2",
        }
    ]


def test_any_text_stays_within_its_script(site: Site) -> None:
    """Nothing that is typed closes it."""
    site.publish("</script><script>alert(1)</script> & <!--", slug="x", summary="]]> ' \" \u2028")
    site.clock.move(minutes=1)
    found = described(site, "/2026/05/x")
    assert found["headline"] == "</script><script>alert(1)</script> & <!--"
    assert "<script>alert" not in site.get("/2026/05/x").text


def test_a_text_that_is_gone_is_described_nowhere(site: Site) -> None:
    publication = site.publish("Boats", summary="Nine.").id
    site.clock.move(minutes=1)
    site.publisher.newsroom.redact(publication, 1, "A court order.", By())
    page = site.get("/2026/05/boats").text
    assert "ld+json" not in page
    assert "Nine." not in page


def test_a_page_says_what_is_shown_where_it_is_shared(site: Site) -> None:
    site.masthead("Harbour Office")
    site.publish("Boats & “ships”", slug="boats", summary="Nine.", language="en-GB")
    site.clock.move(minutes=1)
    path = "/2026/05/boats"
    assert property_of(site, path, "og:type") == ["article"]
    assert property_of(site, path, "og:title") == ["Boats & “ships”"]
    assert property_of(site, path, "og:url") == [HOST + path]
    assert property_of(site, path, "og:description") == ["Nine."]
    assert property_of(site, path, "og:site_name") == ["Harbour Office"]
    assert property_of(site, "/", "og:type") == ["website"]
    assert property_of(site, "/archive", "og:title") == ["All messages"]
