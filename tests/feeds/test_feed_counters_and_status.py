"""Both formats: counters' claims at the head, and what withdrawn and removed entries say."""

from datetime import date

import pytest
from feed_samples import NAMES, entry, feed, texts, tree
from lxml import etree

from publisher.feeds import Claim, atom, rss

both = pytest.mark.parametrize(
    ("write", "head", "item"),
    [(atom, "/a:feed", "a:entry"), (rss, "/rss/channel", "item")],
    ids=["atom", "rss"],
)
both_texts = pytest.mark.parametrize(
    ("write", "text", "short"),
    [
        (atom, "//a:entry/a:content", "//a:entry/a:summary"),
        (rss, "//item/content:encoded", "//item/description"),
    ],
    ids=["atom", "rss"],
)


@both
def test_each_claim_is_an_element_of_the_head(write, head, item):
    """Key, day, zone and text, in the order given, and no number."""
    claims = (
        Claim(key="one", since=date(2018, 3, 4), zone="Europe/Moscow", text="{days} days since one."),
        Claim(key="two", since=date(2018, 3, 12), zone="UTC", text="{days} days since two."),
    )
    document = write(feed(entry(), claims=claims))
    assert texts(document, f"{head}/counters:counter") == [
        "{days} days since one.",
        "{days} days since two.",
    ]
    assert texts(document, f"{head}/counters:counter/@key") == ["one", "two"]
    assert texts(document, f"{head}/counters:counter/@since") == ["2018-03-04", "2018-03-12"]
    assert texts(document, f"{head}/counters:counter/@zone") == ["Europe/Moscow", "UTC"]


@both
def test_claims_stand_before_the_entries_and_never_within(write, head, item):
    """A reader would flag every entry daily, were a counter inside."""
    document = write(feed(entry(1), entry(2)))
    assert len(texts(document, "//counters:counter")) == 1
    assert texts(document, f"//{item}//counters:counter") == []
    assert texts(document, f"//{item}/following-sibling::counters:counter") == []


@both
def test_a_counters_turn_leaves_every_entrys_bytes_alone(write, head, item):
    """At midnight the head changes and nothing else."""
    today, tomorrow = (write(feed(entry(1), entry(2), subtitle=f"{days} days.")) for days in (996, 997))
    path = f"{head}/{item}"
    assert today != tomorrow
    assert _serialised(today, path) == _serialised(tomorrow, path)


@both
def test_a_feed_without_counters_has_no_claims(write, head, item):
    """Nothing is claimed where nothing is counted."""
    assert texts(write(feed(entry(), claims=(), subtitle="")), "//counters:counter") == []


@both
def test_the_order_of_entries_is_kept_as_given(write, head, item):
    """The order is decided by who asks, not by dates and not by the library."""
    document = write(feed(entry(2), entry(3), entry(1)))
    assert texts(document, f"//{item}/*[local-name()='title']") == [
        "Briefing 2",
        "Briefing 3",
        "Briefing 1",
    ]


@both_texts
def test_a_withdrawn_entry_says_so_before_its_text(write, text, short):
    """The notice comes first, in the full text and in the summary."""
    document = write(feed(entry(status="withdrawn", notice="Withdrawn: <wrong> & old.")))
    assert texts(document, text) == [
        "<p><strong>Withdrawn: &lt;wrong&gt; &amp; old.</strong></p>" + entry().html
    ]
    assert texts(document, short) == ["Withdrawn: <wrong> & old. What was said at noon."]


@both_texts
def test_a_removed_entry_says_so_instead_of_its_text(write, text, short):
    """Nothing of the removed text or summary is in the bytes."""
    removed = entry(html="<p>secret</p>", summary="secret", status="removed", notice="Removed by law.")
    document = write(feed(removed))
    assert texts(document, text) == ["<p><strong>Removed by law.</strong></p>"]
    assert texts(document, short) == ["Removed by law."]
    assert b"secret" not in document


@both_texts
def test_a_removed_entry_without_a_notice_is_empty(write, text, short):
    """A missing notice never lets the text out."""
    document = write(feed(entry(html="<p>secret</p>", summary="secret", status="removed")))
    assert texts(document, text) == [""]
    assert texts(document, short) == []
    assert b"secret" not in document


@both_texts
def test_a_live_entry_says_nothing_of_a_notice(write, text, short):
    """A notice belongs to what is withdrawn or removed."""
    document = write(feed(entry(notice="Left over.")))
    assert texts(document, text) == [entry().html]
    assert b"Left over." not in document


@both
def test_the_entry_keeps_its_id_in_every_status(write, head, item):
    """A reader replaces the entry it has, and doesn't show a second one."""
    ids = {
        tuple(
            texts(
                write(feed(entry(status=status, notice="."))),
                f"//{item}/*[local-name()='id' or self::guid]",
            )
        )
        for status in ("live", "withdrawn", "removed")
    }
    assert ids == {(entry().id,)}


def _serialised(document, path):
    return [etree.tostring(found) for found in tree(document).xpath(path, namespaces=NAMES)]
