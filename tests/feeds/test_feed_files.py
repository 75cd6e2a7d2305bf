"""The files of an entry, as each format has them."""

import json

import feedparser
import pytest
from feed_samples import NAMES, entry, feed
from lxml import etree

from publisher.feeds import Enclosure, atom, json_feed, rss

MEDIA = NAMES | {"media": "http://search.yahoo.com/mrss/"}
IMAGE = Enclosure(
    url="https://news.example/files/aa/map.png",
    media_type="image/png",
    size=48_211,
    words="The coast",
    width=1600,
    height=900,
)
REPORT = Enclosure(
    url="https://news.example/files/bb/report.pdf",
    media_type="application/pdf",
    size=1_234,
    words="The report",
)
SOUND = Enclosure(
    url="https://news.example/files/cc/talk.mp3", media_type="audio/mpeg", size=99, words="The talk"
)


def test_atom_links_every_file_with_its_type_and_true_length() -> None:
    """And shows the first image as the entry's; the article stays the entry's own link."""
    root = etree.fromstring(atom(feed(entry(enclosures=(REPORT, IMAGE)))))
    links = root.xpath("a:entry/a:link[@rel='enclosure']", namespaces=MEDIA)
    assert [dict(link.attrib) for link in links] == [
        {
            "rel": "enclosure",
            "type": each.media_type,
            "length": str(each.size),
            "title": each.words,
            "href": each.url,
        }
        for each in (REPORT, IMAGE)
    ]
    (thumbnail,) = root.xpath("a:entry/media:thumbnail", namespaces=MEDIA)
    assert dict(thumbnail.attrib) == {"url": IMAGE.url, "width": "1600", "height": "900"}


@pytest.mark.parametrize(
    ("files", "chosen"),
    [((REPORT, IMAGE), REPORT), ((IMAGE, REPORT, SOUND), SOUND), ((IMAGE,), IMAGE)],
    ids=["the first", "what can be played", "an image"],
)
def test_rss_has_one_enclosure(files: tuple[Enclosure, ...], chosen: Enclosure) -> None:
    """Readers of RSS take one alone."""
    (item,) = etree.fromstring(rss(feed(entry(enclosures=files)))).iter("item")
    (found,) = item.iter("enclosure")
    assert dict(found.attrib) == {
        "url": chosen.url,
        "length": str(chosen.size),
        "type": chosen.media_type,
    }


def test_rss_shows_every_image_with_its_words() -> None:
    """As Media RSS, beside the item's own elements."""
    (item,) = etree.fromstring(rss(feed(entry(enclosures=(IMAGE, REPORT))))).iter("item")
    (shown,) = item.xpath("media:content", namespaces=MEDIA)
    assert dict(shown.attrib) == {
        "url": IMAGE.url,
        "type": "image/png",
        "medium": "image",
        "fileSize": "48211",
        "width": "1600",
        "height": "900",
    }
    assert item.xpath("string(media:content/media:description)", namespaces=MEDIA) == "The coast"
    assert item.xpath("media:thumbnail/@url", namespaces=MEDIA) == [IMAGE.url]


@pytest.mark.parametrize("write", [atom, rss])
def test_a_reader_finds_the_article_and_the_files(write) -> None:  # type: ignore[no-untyped-def]
    """feedparser takes neither for the other."""
    (found,) = feedparser.parse(write(feed(entry(enclosures=(REPORT, IMAGE))))).entries
    assert found.link == "https://news.example/briefings/1"
    assert found.enclosures[0].href == REPORT.url
    assert found.enclosures[0].length == "1234"
    assert found.media_thumbnail[0]["url"] == IMAGE.url


@pytest.mark.parametrize("write", [atom, rss])
def test_an_entry_without_files_has_nothing_of_the_kind(write) -> None:  # type: ignore[no-untyped-def]
    written = write(feed(entry())).decode()
    assert "enclosure" not in written
    assert "<media:" not in written


def test_json_attaches_every_file_and_names_the_first_image() -> None:
    item = json.loads(json_feed(feed(entry(enclosures=(REPORT, IMAGE)))))["items"][0]
    assert item["image"] == IMAGE.url
    assert item["attachments"] == [
        {
            "url": each.url,
            "mime_type": each.media_type,
            "title": each.words,
            "size_in_bytes": each.size,
        }
        for each in (REPORT, IMAGE)
    ]
