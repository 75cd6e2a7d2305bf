"""Properties: any text survives both formats, except for what XML can't carry."""

import feedparser
import pytest
from feed_samples import entry, feed, texts, xml_safe
from hypothesis import assume, given
from hypothesis import strategies as st

from publisher.feeds import Category, Claim, atom, rss
from publisher.feeds.characters import without_forbidden

awkward = st.sampled_from(
    [
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "<b>",
        "\"'",
        "\x00",
        "\x1f",
        "\r\n",
        "\u2028",
        "\ufffe",
        "\ud83d",
        "😀",
        "{}",
    ]
)
any_text = st.lists(awkward | st.text(st.characters(codec=None), max_size=8), max_size=6).map("".join)

both = pytest.mark.parametrize("write", [atom, rss])


@given(any_text)
def test_what_is_left_out_is_what_lxml_refuses(text):
    """The two ideas of a forbidden character are the same."""
    assert without_forbidden(text) == xml_safe(text)


@given(title=any_text, summary=any_text, html=any_text, speakers=st.lists(any_text, max_size=3).map(tuple))
def test_any_text_comes_back_from_atom(title, summary, html, speakers):
    """Title, summary, full text and names are what they were."""
    document = atom(feed(entry(title=title, summary=summary, html=html, speakers=speakers)))
    assert texts(document, "//a:entry/a:title") == [_shown(title)]
    assert texts(document, "//a:entry/a:summary") == list(filter(None, [xml_safe(summary)]))
    assert texts(document, "//a:entry/a:content") == [xml_safe(html)]
    assert texts(document, "//a:entry/a:author/a:name") == _names(speakers)


@given(title=any_text, summary=any_text, html=any_text, speakers=st.lists(any_text, max_size=3).map(tuple))
def test_any_text_comes_back_from_rss(title, summary, html, speakers):
    """Title, summary, full text and names are what they were."""
    document = rss(feed(entry(title=title, summary=summary, html=html, speakers=speakers)))
    assert texts(document, "//item/title") == [_shown(title)]
    assert texts(document, "//item/description") == list(filter(None, [xml_safe(summary)]))
    assert texts(document, "//item/content:encoded") == [xml_safe(html)]
    assert texts(document, "//item/dc:creator") == _names(speakers)


@both
@given(text=any_text)
def test_no_text_anywhere_makes_a_reader_stumble(write, text):
    """The document stays well-formed, and the entry next to the odd one is found."""
    odd = entry(
        1,
        title=text,
        summary=text,
        html=text,
        language=text,
        speakers=(text,),
        categories=(Category(term=text, scheme=text, label=text),),
    )
    claim = Claim(key=text, since=entry().published.date(), zone=text, text=text)
    parsed = feedparser.parse(
        write(feed(odd, entry(2), title=text, subtitle=text, rights=text, claims=(claim,)))
    )
    assert not parsed.bozo
    assert [found.id for found in parsed.entries] == [entry(1).id, entry(2).id]
    assert parsed.entries[1].content[0].value == entry(2).html


@given(text=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1))
def test_a_reader_shows_atoms_title_as_it_was_given(text):
    """Text is taken for text, even where it looks like HTML."""
    assume(not _feedparser_decodes_twice(text))
    parsed = feedparser.parse(atom(feed(entry(title=text))), sanitize_html=False)
    assert parsed.entries[0].title == text


@both
@given(text=any_text)
def test_the_same_feed_is_the_same_bytes(write, text):
    """Nothing but the values decides."""
    sample = feed(entry(title=text, html=text), subtitle=text)
    assert write(sample) == write(sample)


def _feedparser_decodes_twice(text):
    """Whether feedparser takes the text for UTF-8 that was read as Latin-1, and mends it unasked."""
    try:
        return text.encode("latin-1").decode("utf-8") != text
    except UnicodeError:
        return False


@given(text=any_text)
def test_a_claim_comes_back_as_it_was(text):
    """In attributes as in text."""
    claim = Claim(key=text, since=entry().published.date(), zone="UTC", text=text)
    for document in (atom(feed(claims=(claim,))), rss(feed(claims=(claim,)))):
        assert texts(document, "//counters:counter") == [xml_safe(text)]
        assert texts(document, "//counters:counter/@key") == list(filter(None, [xml_safe(text)]))


def _shown(title):
    clean = xml_safe(title)
    return clean if clean.strip() else entry().url


def _names(speakers):
    return [name for name in map(xml_safe, speakers) if name.strip()]
