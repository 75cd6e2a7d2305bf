"""RSS and Atom feeds as items: their texts, instants and identities, and no invented history."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from publisher.interchange.foreign import atom, rss
from publisher.interchange.foreign.items import BadFile, Item, Manner


def rss_feed(*children: str, channel: str = "<language>en-us</language>") -> bytes:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://a.example/</link>'
        f"{channel}<item>{''.join(children)}</item></channel></rss>"
    ).encode()


def atom_feed(*children: str, attributes: str = "", entry: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><id>urn:f</id>'
        f"<entry {entry}>{''.join(children)}</entry></feed>"
    ).encode()


TITLE = "<title>Budget</title>"
ITEM = (TITLE, "<guid>urn:1</guid>", "<pubDate>Tue, 12 May 2020 10:00:00 +0100</pubDate>")
ENTRY = (TITLE, "<id>urn:1</id>", "<published>2020-05-12T10:00:00+01:00</published>")
TEXT = "<description>&lt;p&gt;Text.&lt;/p&gt;</description>"
CONTENT = '<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>'


def only(items: Iterator[Item]) -> Item:
    (item,) = items
    return item


def of_rss(*children: str, manner: Manner | None = None, **parts: str) -> Item:
    return only(rss.read(rss_feed(*children, **parts), manner or Manner()))


def of_atom(*children: str, manner: Manner | None = None, **parts: str) -> Item:
    return only(atom.read(atom_feed(*children, **parts), manner or Manner()))


def said(item: Item) -> dict[str, Any]:
    assert item.said is not None, item
    return dict(item.said)


def test_an_rss_item_becomes_the_fields_of_a_bundle() -> None:
    """The full text before the description, which is the summary then."""
    item = of_rss(
        *ITEM,
        "<link>https://a.example/2020/budget.html?x=1#y</link>",
        "<description>In &lt;b&gt;short&lt;/b&gt;.</description>",
        "<content:encoded><![CDATA[<p>Text <a href='more'>more</a>.</p>]]></content:encoded>",
        "<category>Public Health</category><category>Budget</category><dc:creator>Ada</dc:creator>",
    )
    assert said(item) == {
        "key": "urn:1",
        "kind": "article",
        "language": "en-US",
        "slug": "budget",
        "title": "Budget",
        "summary": "In short.",
        "body": '<p>Text <a href="https://a.example/2020/more">more</a>.</p>',
        "markup": "html",
        "topics": ["public-health", "budget"],
        "speakers": [],
        "published_at": "2020-05-12T09:00:00.000000Z",
    }
    assert item.notes == ()


def test_a_description_alone_is_the_body_and_that_is_told() -> None:
    """As paragraphs where it is plain text."""
    item = of_rss(*ITEM, "<description>One.\n\nTwo.</description>")
    assert (said(item)["body"], said(item)["summary"]) == ("<p>One.</p>\n<p>Two.</p>", "")
    assert item.notes == ("it holds a summary alone, which became the body",)
    assert said(of_rss(*ITEM, TEXT))["body"] == "<p>Text.</p>"


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("<pubDate>12 May 20 10:00 EST</pubDate>", "2020-05-12T15:00:00.000000Z"),
        ("<pubDate>Tue, 12 May 2020 10:00:00 -0000</pubDate>", "2020-05-12T10:00:00.000000Z"),
        ("<pubDate>Tue, 12 May 2020 10:00:00 Z</pubDate>", "2020-05-12T10:00:00.000000Z"),
        ("<dc:date>2020-05-12T10:00:00+02:00</dc:date>", "2020-05-12T08:00:00.000000Z"),
        ("<dc:date>2020-05-12</dc:date>", "2020-05-11T22:00:00.000000Z"),
    ],
)
def test_rss_dates_are_instants(date: str, instant: str) -> None:
    item = of_rss(TITLE, "<guid>1</guid>", date, TEXT, manner=Manner(zone="Europe/Paris"))
    assert said(item)["published_at"] == instant


@pytest.mark.parametrize(
    ("children", "reason"),
    [
        ((TITLE, ITEM[2], TEXT), "guid: It has none"),
        ((*ITEM[:2], TEXT), "pubDate: It has none"),
        ((*ITEM[:2], "<pubDate>yesterday</pubDate>", TEXT), "pubDate: “yesterday” is not a date"),
        ((*ITEM[:2], "<pubDate>Tue, 12 May 2020 10:00:00 CEST</pubDate>", TEXT), "pubDate: “Tue, 12 May"),
        ((*ITEM[:2], "<pubDate>Tue, 12 May 2020 10:00:00</pubDate>", TEXT), "pubDate: “Tue, 12 May"),
        ((*ITEM[:2], "<pubDate>Mon, 01 Jan 0001 00:00:00 +1400</pubDate>", TEXT), "pubDate: "),
        ((*ITEM[:2], "<dc:date>2020-05-12</dc:date>", TEXT), "dc:date: “2020-05-12” has no offset"),
        (ITEM, "description: It is empty"),
    ],
)
def test_what_is_wrong_with_an_rss_item_is_named(children: tuple[str, ...], reason: str) -> None:
    item = of_rss(*children)
    assert item.said is None
    assert item.refused.startswith(reason)


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        ("https://a.example/2020/Budget_Adopted/", "budget-adopted"),
        ("https://a.example/news/index.html", None),
        ("https://a.example/?p=12", None),
        ("https://a.example/12", None),
        ("https://a.example", None),
        ("mailto:a@a.example", None),
        ("http://[broken/x", None),
    ],
)
def test_the_slug_is_the_links_own(link: str, slug: str | None) -> None:
    """Where it has one that is a name."""
    assert said(of_rss(*ITEM, TEXT, f"<link>{link}</link>"))["slug"] == slug


def test_an_atom_entry_becomes_the_fields_of_a_bundle() -> None:
    """By its types, bases and languages; the authors where asked."""
    item = of_atom(
        '<title type="html">A &amp;lt; &lt;b&gt;B&lt;/b&gt;</title>',
        *ENTRY[1:],
        '<link rel="self" href="/x.atom"/><link href="2020/budget"/>',
        "<summary>In short.</summary>",
        '<content type="xhtml" xml:base="y/"><div xmlns="http://www.w3.org/1999/xhtml">'
        '<p>Text<br/><a href="z">z</a></p></div></content>',
        '<category term="Budget"/><author><name>Ada Moreau</name></author>',
        "<updated>2020-05-12T10:00:00+01:00</updated>",
        attributes='xml:base="https://a.example/s/" xml:lang="fr"',
        entry='xml:lang="de-at"',
        manner=Manner(authors=True, kind="statement", language="en"),
    )
    assert said(item) == {
        "key": "urn:1",
        "kind": "statement",
        "language": "de-AT",
        "slug": "budget",
        "title": "A < B",
        "summary": "In short.",
        "body": '<p>Text<br><a href="https://a.example/s/y/z">z</a></p>',
        "markup": "html",
        "topics": ["budget"],
        "speakers": ["Ada Moreau"],
        "published_at": "2020-05-12T09:00:00.000000Z",
    }
    assert item.notes == ()


def test_a_later_update_is_told_and_no_amendment_is_made_up() -> None:
    """The feed does not hold what stood there before."""
    item = of_atom(*ENTRY, CONTENT, "<updated>2021-01-01T00:00:00Z</updated>")
    assert "amendments" not in said(item)
    assert said(item)["published_at"] == "2020-05-12T09:00:00.000000Z"
    assert item.notes == ("its text is that of 2021-01-01T00:00:00Z: the feed holds no earlier one",)


def test_an_entry_without_published_has_the_instant_of_updated() -> None:
    """And says so."""
    item = of_atom(*ENTRY[:2], CONTENT, "<updated>2021-01-01T00:00:00Z</updated>")
    assert said(item)["published_at"] == "2021-01-01T00:00:00.000000Z"
    assert item.notes == ("it does not say when it was published: its instant is that of updated",)


@pytest.mark.parametrize(
    ("children", "reason"),
    [
        ((TITLE, ENTRY[2], CONTENT), "id: It has none"),
        ((*ENTRY[:2], CONTENT), "published: It has none, and no updated either."),
        ((*ENTRY[:2], "<published>2020-05-12</published>", CONTENT), "published: “2020-05-12” is not an"),
        ((*ENTRY, "<updated>soon</updated>", CONTENT), "updated: “soon” is not an instant"),
        (ENTRY, "content: It is empty, and there is no summary either."),
        ((*ENTRY, '<content type="image/png">aGk=</content>'), "content: It is of the type “image/png”"),
        ((*ENTRY, '<content type="html" src="https://a.example/x"/>'), "content: It is at another address"),
        ((*ENTRY, '<content type="xhtml"><p>x</p></content>'), "content: It is of the type xhtml"),
    ],
)
def test_what_is_wrong_with_an_atom_entry_is_named(children: tuple[str, ...], reason: str) -> None:
    item = of_atom(*children)
    assert item.said is None
    assert item.refused.startswith(reason)


def test_an_entry_alone_is_a_feed_of_one() -> None:
    data = f'<entry xmlns="http://www.w3.org/2005/Atom">{"".join(ENTRY)}{CONTENT}</entry>'.encode()
    assert said(only(atom.read(data, Manner())))["body"] == "<p>Text.</p>"


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (rss.read, atom_feed(*ENTRY, CONTENT)),
        (rss.read, b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'),
        (atom.read, rss_feed(*ITEM, TEXT)),
        (atom.read, b"<feed></feed>"),
    ],
)
def test_another_format_is_refused(read: Callable[[bytes, Manner], Iterator[Item]], data: bytes) -> None:
    with pytest.raises(BadFile, match="The file is no"):
        read(data, Manner())
