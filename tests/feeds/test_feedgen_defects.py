"""Each defect of the library behind the adapter, and each rule of XML, has a test that keeps it out."""

import locale
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import feedparser
import pytest
from feed_samples import NOON, entry, feed, texts, tombstone, tree

from publisher.feeds import Category, Person, atom, rss, without_forbidden

both = pytest.mark.parametrize("write", [atom, rss])

RENDER = """
import sys
from feed_samples import entry, feed, tombstone
from publisher.feeds import atom, rss
sample = feed(entry(1), entry(2), tombstones=(tombstone(),))
sys.stdout.buffer.write(atom(sample) + rss(sample))
"""


def test_an_entrys_link_keeps_relation_and_type():
    """Without them readers took an enclosure for the article."""
    [link] = tree(atom(feed(entry()))).findall("{*}entry/{*}link")
    assert dict(link.attrib) == {
        "rel": "alternate",
        "type": "text/html",
        "hreflang": "en",
        "href": "https://news.example/briefings/1",
    }


@both
def test_entries_are_not_prepended(write):
    """The first given is the first written."""
    ids = [parsed.id for parsed in feedparser.parse(write(feed(entry(1), entry(2), entry(3)))).entries]
    assert ids == [entry(1).id, entry(2).id, entry(3).id]


def test_no_instant_in_atom_is_todays():
    """Every date in the bytes is one that was given."""
    document = atom(feed(entry(), tombstones=(tombstone(),))).decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[0-9:.+]+", document)) == {
        "2020-11-25T11:55:00+00:00",  # the feed's
        "2020-11-24T12:55:00+00:00",  # the entry's, published
        "2020-11-24T13:25:00+00:00",  # the entry's, updated
        "2020-11-26T11:55:00+00:00",  # the tombstone's
    }


def test_no_instant_in_rss_is_todays():
    """Every date in the bytes is one that was given."""
    document = rss(feed(entry())).decode()
    assert re.findall(r"\w{3}, [^<]*", document) == [
        "Wed, 25 Nov 2020 11:55:00 GMT",
        "Tue, 24 Nov 2020 12:55:00 GMT",
    ]


@both
def test_the_locale_is_never_touched(write, monkeypatch):
    """Switching it is not safe with threads: it once stayed switched."""

    def refuse(*_args):
        raise AssertionError("setlocale was called")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert write(feed(entry()))


@both
def test_threads_write_the_same_bytes(write):
    """Many requests at once are one answer."""
    sample = feed(*map(entry, range(1, 6)))
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: write(sample), range(64))) == {write(sample)}


def test_another_process_with_another_zone_locale_and_hash_seed_writes_the_same_bytes():
    """Nothing of the machine's surroundings is in the bytes."""
    sample = feed(entry(1), entry(2), tombstones=(tombstone(),))
    for surroundings in (
        {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_TIME": "POSIX", "PYTHONHASHSEED": "2"},
    ):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **surroundings}
        done = subprocess.run(
            [sys.executable, "-c", RENDER], env=environment, capture_output=True, check=True
        )
        assert done.stdout == atom(sample) + rss(sample)


@both
@pytest.mark.parametrize("codepoint", [0x00, 0x08, 0x0B, 0x1B, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF], ids=hex)
def test_a_forbidden_character_costs_itself_and_not_the_feed(write, codepoint):
    """One bad entry once killed every other entry with it."""
    bad = chr(codepoint)
    dirty = entry(
        id=entry().id + bad,
        url=entry().url + bad,
        title=f"Bri{bad}efing 1",
        summary=f"What was said at noon.{bad}",
        html=bad + entry().html,
        language=f"e{bad}n",
        speakers=(f"Anna{bad} Bell", "Boris Çelik", bad),
        categories=(
            *(
                Category(term=c.term + bad, scheme=c.scheme + bad, label=c.label + bad)
                for c in entry().categories
            ),
            Category(term=bad, scheme="https://news.example/none/", label="None"),
        ),
    )
    clean = feed(entry(), authors=(Person(name="Desk"),))
    assert write(feed(dirty, title=f"The {bad}Newsroom", authors=(Person(name=f"De{bad}sk"),))) == write(
        clean
    )


def test_only_what_xml_forbids_is_left_out():
    """Tabs, line ends, the replacement character and emoji are text."""
    kept = "\t\n\r \x7f\x85\u2028\ud7ff\ue000\ufffd\U0001f600\U0010ffff"
    assert without_forbidden(f"\x01{kept}\ufffe") == kept


def test_atoms_content_is_html_and_never_cdata():
    """`type='CDATA'` once leaked into the document."""
    document = atom(feed(entry(html="<p>a ]]> b</p>")))
    assert texts(document, "//a:entry/a:content/@type") == ["html"]
    assert texts(document, "//a:entry/a:content") == ["<p>a ]]> b</p>"]
    assert b"CDATA" not in document


def test_every_text_construct_names_its_type():
    """RFC 4287, section 3.1.1: text is text, whatever a reader guesses."""
    document = atom(feed(entry(title="1 < 2 &amp; <b>")))
    assert (
        texts(document, "//a:title/@type | //a:subtitle/@type | //a:rights/@type | //a:summary/@type")
        == ["text"] * 5
    )
    assert texts(document, "//a:entry/a:title") == ["1 < 2 &amp; <b>"]


def test_the_languages_are_declared():
    """Both the feed's and the entry's, which may differ."""
    document = atom(feed(entry(language="ru")))
    assert texts(document, "/a:feed/@xml:lang") == ["en-GB"]
    assert texts(document, "//a:entry/@xml:lang") == ["ru"]


def test_the_channels_link_is_the_site_whatever_other_links_there_are():
    """The hub's or the archive's address once became the site's."""
    document = rss(
        feed(alternates=(("hub", "", "https://hub.example/"), ("prev-archive", "", "https://a.example/")))
    )
    assert texts(document, "/rss/channel/link") == ["https://news.example/"]


def test_every_link_of_the_feed_reaches_rss():
    """Readers find the hub in the body of an RSS feed too."""
    links = tree(rss(feed())).findall("channel/{http://www.w3.org/2005/Atom}link")
    assert [dict(link.attrib) for link in links] == [
        {"rel": "self", "type": "application/rss+xml", "href": "https://news.example/feed.atom"},
        {"rel": "alternate", "type": "application/rss+xml", "href": "https://news.example/feed.rss"},
        {"rel": "hub", "href": "https://hub.example/"},
    ]


def test_speakers_without_an_e_mail_address_reach_rss():
    """RSS's own author wants an address, so they are Dublin Core's creators."""
    document = rss(feed(entry()))
    assert texts(document, "//item/dc:creator") == ["Anna Bell", "Boris Çelik"]
    assert texts(document, "//item/author") == []


@both
def test_nothing_absent_is_written_as_none(write):
    """An absent value is an absent element or attribute."""
    bare = feed(
        entry(speakers=(), categories=()), rights=None, subtitle="", alternates=(("hub", "", "https://h/"),)
    )
    assert b"None" not in write(bare)


@both
def test_a_missing_title_costs_no_feed(write):
    """The library refuses a whole feed for one entry without a title: its address stands in."""
    titles = [
        parsed.title for parsed in feedparser.parse(write(feed(entry(1, title=" "), entry(2)))).entries
    ]
    assert titles == ["https://news.example/briefings/1", "Briefing 2"]


@both
def test_a_feed_without_a_title_takes_the_sites_address(write):
    """The same for the feed itself."""
    assert feedparser.parse(write(feed(title="\x00"))).feed.title == "https://news.example/"


@both
def test_the_declared_prefixes_are_the_same_whatever_the_feed_holds(write):
    """A namespace that comes and goes would change bytes for nothing."""
    full = tree(write(feed(entry(), tombstones=(tombstone(),))))
    assert full.nsmap == tree(write(feed(claims=()))).nsmap
    assert "ns0" not in full.nsmap


@both
def test_a_change_of_an_instant_changes_the_bytes(write):
    """The head's date follows the feed's own instant."""
    assert write(feed(entry())) != write(feed(entry(), updated=NOON + timedelta(days=2)))
