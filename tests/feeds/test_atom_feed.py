"""Atom: what a document holds and where, by RFC 4287 and RFC 6721."""

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from feed_samples import NOON, entry, feed, texts, tombstone, tree

from publisher.feeds import Person, atom

GOLDEN = Path(__file__).parent / "golden" / "feed.atom"


def test_a_whole_document_is_as_the_golden_file_has_it():
    """Any change of the bytes is seen, for caches and readers see it too."""
    document = atom(
        feed(entry(1), entry(2, status="withdrawn", notice="Withdrawn."), tombstones=(tombstone(3),))
    )
    assert document == GOLDEN.read_bytes()


def test_the_document_declares_utf_8():
    """A reader that trusts the declaration alone decodes rightly."""
    document = atom(feed(entry(title="Ёлка")))
    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert "Ёлка".encode() in document


def test_every_element_is_in_a_namespace():
    """No element falls out of Atom's namespace on the way."""
    assert all(
        element.tag.startswith("{")
        for element in tree(atom(feed(entry(), tombstones=(tombstone(),)))).iter()
    )


def test_the_required_elements_stand_once_in_feed_and_entry():
    """RFC 4287, sections 4.1.1 and 4.1.2: exactly one id, title and updated each."""
    document = atom(feed(entry(1), entry(2)))
    for name in ("id", "title", "updated"):
        assert len(texts(document, f"/a:feed/a:{name}")) == 1
        assert len(texts(document, f"/a:feed/a:entry/a:{name}")) == 2


def test_the_feed_says_what_it_was_given():
    """Title, subtitle, rights, author and language come through."""
    parsed = feedparser.parse(atom(feed(entry()))).feed
    assert parsed.title == "The Newsroom"
    assert parsed.subtitle == "996 days have passed since the first."
    assert parsed.rights == "Free to quote."
    assert parsed.author == "The Newsroom"
    assert parsed.language == "en-GB"
    assert parsed.updated == "2020-11-25T11:55:00+00:00"


def test_an_entry_says_what_it_was_given():
    """A reader finds the text, the dates and the address of an entry."""
    [parsed] = feedparser.parse(atom(feed(entry()))).entries
    assert parsed.id == entry().id
    assert parsed.link == entry().url
    assert parsed.title == "Briefing 1"
    assert parsed.summary == "What was said at noon."
    assert parsed.content[0].value == entry().html
    assert parsed.published == "2020-11-24T12:55:00+00:00"
    assert parsed.updated == "2020-11-24T13:25:00+00:00"


def test_categories_keep_term_scheme_and_label():
    """A program reads the term, a person the label."""
    [parsed] = feedparser.parse(atom(feed(entry()))).entries
    assert [(tag.term, tag.scheme, tag.label) for tag in parsed.tags] == [
        ("briefing", "https://news.example/kinds/", "Briefing"),
        ("trade", "https://news.example/topics/", "Trade & customs"),
    ]


def test_the_speakers_are_the_entrys_authors():
    """Each speaker is an author; blank names are none."""
    document = atom(feed(entry(speakers=("Anna Bell", " ", "Boris Çelik"))))
    assert texts(document, "//a:entry/a:author/a:name") == ["Anna Bell", "Boris Çelik"]


def test_an_entry_without_speakers_leaves_the_feeds_author_to_speak():
    """RFC 4287, section 4.2.1: an entry without an author has the feed's."""
    document = atom(feed(entry(speakers=())))
    assert texts(document, "//a:entry/a:author") == []
    assert texts(document, "/a:feed/a:author/a:name") == ["The Newsroom"]


@pytest.mark.parametrize("authors", [(), ("",), (Person(name=" "),)])
def test_a_feed_without_a_name_for_its_author_takes_its_title(authors):
    """RFC 4287, section 4.1.1: a feed must have an author, and an author a name."""
    document = atom(feed(authors=authors))
    assert texts(document, "/a:feed/a:author/a:name") == ["The Newsroom"]


def test_an_authors_page_is_written_as_its_uri():
    """Where a person has a page, the reader can go there."""
    document = atom(feed(authors=(Person(name="Desk", uri="https://news.example/desk"),)))
    assert texts(document, "/a:feed/a:author/a:uri") == ["https://news.example/desk"]


def test_a_feeds_links_keep_relation_and_type():
    """Site, self, the other formats and the hub, each as itself."""
    links = tree(atom(feed())).findall("{*}link")
    assert [dict(link.attrib) for link in links] == [
        {"rel": "alternate", "type": "text/html", "href": "https://news.example/"},
        {"rel": "self", "type": "application/atom+xml", "href": "https://news.example/feed.atom"},
        {"rel": "alternate", "type": "application/rss+xml", "href": "https://news.example/feed.rss"},
        {"rel": "hub", "href": "https://hub.example/"},
    ]


def test_an_empty_feed_is_a_feed():
    """No entries, no claims, no sentences: still valid, and without an empty subtitle."""
    document = atom(feed(subtitle="", claims=(), rights=None, alternates=()))
    parsed = feedparser.parse(document)
    assert not parsed.bozo
    assert parsed.entries == []
    assert texts(document, "/a:feed/a:subtitle") == []
    assert texts(document, "/a:feed/a:rights") == []


def test_tombstones_stand_before_the_entries():
    """RFC 6721, section 3: what is gone, since when and why."""
    document = atom(feed(entry(1), entry(2), tombstones=(tombstone(1), tombstone(2))))
    assert texts(document, "/a:feed/at:deleted-entry/@ref") == [entry(1).id, entry(2).id]
    assert set(texts(document, "/a:feed/at:deleted-entry/@when")) == {"2020-11-26T11:55:00+00:00"}
    assert set(texts(document, "//at:deleted-entry/at:comment")) == {"Removed at a court's order."}
    assert texts(document, "//a:entry/following-sibling::at:deleted-entry") == []


def test_a_tombstone_without_a_reason_has_no_comment():
    """An empty element would say that there is a reason."""
    document = atom(feed(tombstones=(replace(tombstone(), comment=""),)))
    assert len(texts(document, "//at:deleted-entry")) == 1
    assert texts(document, "//at:comment") == []


def test_an_instant_without_a_zone_is_refused():
    """A guess would differ from machine to machine."""
    with pytest.raises(ValueError, match="without a zone"):
        atom(feed(updated=NOON.replace(tzinfo=None)))
    with pytest.raises(ValueError, match="without a zone"):
        atom(feed(entry(published=NOON.replace(tzinfo=None))))
