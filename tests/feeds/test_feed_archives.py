"""A page of an archive says so in the words of RFC 5005, as far as a format has words for it."""

import json

import pytest
from feed_samples import entry, feed, tree

from publisher.feeds import Feed, atom, json_feed, rss
from publisher.feeds.addresses import Leaf, archive_path

HISTORY = "http://purl.org/syndication/history/1.0"
OLDER = ("prev-archive", "application/atom+xml", "https://news.example/archive/1.atom")


def archived() -> Feed:
    return feed(entry(), archived=True, alternates=(OLDER,))


@pytest.mark.parametrize("write", [atom, rss], ids=["atom", "rss"])
def test_an_archive_is_marked_at_its_head(write) -> None:
    """Once, in its namespace and under the usual prefix; the current feed is not."""
    root = tree(write(archived()))
    (mark,) = root.iter(f"{{{HISTORY}}}archive")
    assert mark.getparent() is (root if write is atom else root.find("channel"))
    assert root.nsmap["fh"] == HISTORY
    assert HISTORY.encode() not in write(feed(entry()))


@pytest.mark.parametrize("write", [atom, rss], ids=["atom", "rss"])
def test_the_page_before_is_a_link(write) -> None:
    (link,) = tree(write(archived())).xpath('//*[local-name()="link"][@rel="prev-archive"]')
    assert dict(link.attrib) == {"rel": OLDER[0], "type": OLDER[1], "href": OLDER[2]}


def test_json_feed_has_a_word_for_what_comes_next() -> None:
    assert json.loads(json_feed(archived()))["next_url"] == OLDER[2]
    assert "next_url" not in json.loads(json_feed(feed(entry())))


@pytest.mark.parametrize("name", ["1", "12-7", "3v2", "3v0.1", "12-19v1.20"])
def test_the_name_of_a_page_is_read_as_it_is_written(name: str) -> None:
    assert str(Leaf.parse(name)) == name


def test_pages_lie_beside_their_feed() -> None:
    assert archive_path(None, Leaf(page=3), "atom") == "/archive/3.atom"
    assert archive_path("topics/trade", Leaf(page=3, count=2), "rss") == "/topics/trade/archive/3-2.rss"
