"""JSON Feed 1.1: what stands where, and that any text comes back."""

import json
from datetime import date
from pathlib import Path

from feed_samples import entry, feed, tombstone, xml_safe
from hypothesis import given
from hypothesis import strategies as st

from publisher.feeds import Claim, atom, json_feed

GOLDEN = Path(__file__).parent / "golden" / "feed.json"
any_text = st.lists(
    st.sampled_from(["</script>", "\x00", "\ud83d", "\u2028", '"', "\\", "😀"])
    | st.text(st.characters(codec=None), max_size=8),
    max_size=6,
).map("".join)


def parsed(*entries, **changes):
    return json.loads(json_feed(feed(*entries, **changes)))


def test_a_whole_document_is_as_the_golden_file_has_it():
    """Nothing changes in the bytes unnoticed."""
    withdrawn = entry(2, status="withdrawn", notice="Withdrawn.")
    document = json_feed(feed(entry(1), withdrawn, tombstones=(tombstone(3),)))
    assert document == GOLDEN.read_bytes()


def test_what_the_format_requires_is_there():
    """A version, a title, items with an id and a content each."""
    found = parsed(entry(title="", html="", summary="", speakers=(), categories=()))
    assert (found["version"], found["title"]) == ("https://jsonfeed.org/version/1.1", "The Newsroom")
    assert found["items"] == [
        {
            "id": entry().id,
            "url": entry().url,
            "title": entry().url,
            "content_html": "",
            "date_published": "2020-11-24T12:55:00+00:00",
            "date_modified": "2020-11-24T13:25:00+00:00",
            "language": "en",
        }
    ]
    assert parsed()["items"] == []


def test_an_item_says_what_the_entry_does():
    found = parsed(entry())["items"][0]
    assert found["content_html"] == entry().html
    assert found["summary"] == entry().summary
    assert found["authors"] == [{"name": "Anna Bell"}, {"name": "Boris Çelik"}]
    assert found["tags"] == ["Briefing", "Trade & customs"]
    assert found["_categories"][1] == {"term": "trade", "scheme": "https://news.example/topics/"}


def test_the_claims_stand_at_the_head_without_a_number():
    claim = Claim(key="one", since=date(2018, 3, 4), zone="Europe/Moscow", text="{days} days.")
    found = parsed(entry(), claims=(claim,))
    assert found["_counters"] == {
        "about": "https://news.example/ns/counters/1",
        "claims": [{"key": "one", "since": "2018-03-04", "zone": "Europe/Moscow", "text": "{days} days."}],
    }
    assert "_counters" not in found["items"][0]
    assert "_counters" not in parsed(entry(), claims=())


def test_a_hub_is_named():
    assert parsed()["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_what_was_withdrawn_or_removed_says_so():
    """A removed text is not in the bytes."""
    withdrawn = parsed(entry(status="withdrawn", notice="Withdrawn."))["items"][0]
    assert withdrawn["content_html"] == f"<p><strong>Withdrawn.</strong></p>{entry().html}"
    assert withdrawn["_status"] == "withdrawn"
    removed = json_feed(feed(entry(html="secret", summary="secret", status="removed", notice="Gone.")))
    assert b"secret" not in removed
    assert json.loads(removed)["items"][0]["summary"] == "Gone."


@given(title=any_text, html=any_text, speaker=any_text)
def test_any_text_comes_back_and_is_the_same_bytes_again(title, html, speaker):
    """What Atom leaves out is left out here too: the formats say the same."""
    sample = feed(entry(title=title, html=html, speakers=(speaker,)))
    document = json_feed(sample)
    found = json.loads(document)["items"][0]
    assert found["content_html"] == xml_safe(html)
    assert found["title"] == (xml_safe(title) if xml_safe(title).strip() else entry().url)
    assert [a["name"] for a in found.get("authors", [])] == [n for n in [xml_safe(speaker)] if n.strip()]
    assert json_feed(sample) == document
    assert atom(sample)
