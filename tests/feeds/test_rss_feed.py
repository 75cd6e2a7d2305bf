"""RSS 2.0: what a document holds and where."""

from datetime import timedelta, timezone
from pathlib import Path

import feedparser
import pytest
from feed_samples import NOON, entry, feed, texts, tombstone, tree

from publisher.feeds import rss

GOLDEN = Path(__file__).parent / "golden" / "feed.rss"


def test_a_whole_document_is_as_the_golden_file_has_it():
    """Any change of the bytes is seen, for caches and readers see it too."""
    document = rss(
        feed(entry(1), entry(2, status="withdrawn", notice="Withdrawn."), tombstones=(tombstone(3),))
    )
    assert document == GOLDEN.read_bytes()


def test_the_document_declares_utf_8():
    """A reader that trusts the declaration alone decodes rightly."""
    document = rss(feed(entry(title="Ёлка")))
    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert "Ёлка".encode() in document


def test_the_channel_says_what_it_was_given():
    """Title, link, sentences, language, rights and lifetime come through."""
    document = rss(feed(entry()))
    assert texts(document, "/rss/channel/title") == ["The Newsroom"]
    assert texts(document, "/rss/channel/link") == ["https://news.example/"]
    assert texts(document, "/rss/channel/description") == ["996 days have passed since the first."]
    assert texts(document, "/rss/channel/language") == ["en-GB"]
    assert texts(document, "/rss/channel/copyright") == ["Free to quote."]
    assert texts(document, "/rss/channel/ttl") == ["5"]
    assert texts(document, "/rss/channel/dc:creator") == ["The Newsroom"]
    assert texts(document, "/rss/channel/lastBuildDate") == ["Wed, 25 Nov 2020 11:55:00 GMT"]


@pytest.mark.parametrize(("minutes", "times"), [(5, "12"), (15, "4"), (60, "1")])
def test_the_lifetime_is_said_in_both_words_that_readers_know(minutes, times):
    """`ttl` in minutes, and how often an hour (RSS 1.0's module of syndication): the same span."""
    document = rss(feed(ttl_minutes=minutes))
    assert texts(document, "/rss/channel/ttl") == [str(minutes)]
    assert texts(document, "/rss/channel/sy:updatePeriod") == ["hourly"]
    assert texts(document, "/rss/channel/sy:updateFrequency") == [times]


def test_a_lifetime_of_zero_is_left_out():
    """`<ttl>0</ttl>` would ask every reader to poll without a pause."""
    assert texts(rss(feed(ttl_minutes=0)), "//ttl | //sy:*") == []


def test_a_channel_without_counters_is_described_by_its_title():
    """RSS 2.0 requires a description, and an empty one fails validators."""
    document = rss(feed(subtitle="", claims=()))
    assert texts(document, "/rss/channel/description") == ["The Newsroom"]


def test_an_item_says_what_it_was_given():
    """A reader finds the text, the date and the address of an item."""
    [parsed] = feedparser.parse(rss(feed(entry()))).entries
    assert parsed.id == entry().id
    assert parsed.link == entry().url
    assert parsed.title == "Briefing 1"
    assert parsed.summary == "What was said at noon."
    assert parsed.content[0].value == entry().html
    assert parsed.published == "Tue, 24 Nov 2020 12:55:00 GMT"


def test_the_guid_is_the_publications_id_and_no_address():
    """A reader must not open `urn:uuid:` as a page, nor lose the item when it moves."""
    document = rss(feed(entry()))
    assert texts(document, "//item/guid") == [entry().id]
    assert texts(document, "//item/guid/@isPermaLink") == ["false"]


def test_dates_are_written_in_gmt():
    """An instant in another zone is the same instant."""
    moscow = timezone(timedelta(hours=3))
    document = rss(feed(entry(published=NOON.astimezone(moscow))))
    assert texts(document, "//item/pubDate") == ["Tue, 24 Nov 2020 11:55:00 GMT"]


def test_an_item_says_when_it_was_amended():
    """A reader that knows Atom's `updated` sees an amendment in RSS too."""
    [parsed] = feedparser.parse(rss(feed(entry()))).entries
    assert parsed.updated == "2020-11-24T13:25:00+00:00"


def test_categories_carry_their_scheme_as_domain():
    """The label is for people, the domain says of what kind it is."""
    categories = tree(rss(feed(entry()))).findall("channel/item/category")
    assert [(category.get("domain"), category.text) for category in categories] == [
        ("https://news.example/kinds/", "Briefing"),
        ("https://news.example/topics/", "Trade & customs"),
    ]


def test_an_item_without_a_summary_still_has_its_full_text_apart():
    """The full text stays in `content:encoded` and is no description."""
    document = rss(feed(entry(summary="")))
    assert texts(document, "//item/content:encoded") == [entry().html]
    assert texts(document, "//item/description") == []


def test_an_item_says_its_own_language():
    """A feed in one language may carry a text in another."""
    assert texts(rss(feed(entry(language="ru"))), "//item/dc:language") == ["ru"]


def test_an_empty_channel_is_a_feed():
    """No items, no claims, no links but its own: still valid."""
    parsed = feedparser.parse(rss(feed(subtitle="", claims=(), rights=None, alternates=())))
    assert not parsed.bozo
    assert parsed.entries == []


def test_an_instant_without_a_zone_is_refused():
    """A guess would differ from machine to machine."""
    with pytest.raises(ValueError, match="without a zone"):
        rss(feed(updated=NOON.replace(tzinfo=None)))
    with pytest.raises(ValueError, match="without a zone"):
        rss(feed(entry(published=NOON.replace(tzinfo=None))))
