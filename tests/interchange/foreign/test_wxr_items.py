"""Single items of a WordPress export: what each part becomes, and what is not taken."""

from typing import Any

import pytest

from made_wxr import SITE, export, post
from publisher.interchange.foreign import wxr
from publisher.interchange.foreign.items import BadFile, Item, Manner
from publisher.interchange.foreign.rss import read as read_rss


def only(manner: Manner | None = None, **parts: Any) -> Item:
    (item,) = wxr.read(export(post(**parts)), manner or Manner())
    return item


def said(manner: Manner | None = None, **parts: Any) -> dict[str, Any]:
    item = only(manner, **parts)
    assert item.said is not None, item
    return dict(item.said)


def test_an_item_becomes_the_fields_of_a_bundle() -> None:
    """With the instant of post_date_gmt."""
    assert said(content="Text.", excerpt="<p>Short &amp;\nsweet</p>") == {
        "key": f"{SITE}/?p=1",
        "kind": "article",
        "language": "en-GB",
        "slug": "message-1",
        "title": "Message 1",
        "summary": "Short & sweet",
        "body": "<p>Text.</p>",
        "markup": "html",
        "topics": [],
        "speakers": [],
        "published_at": "2020-05-12T10:00:00.000000Z",
    }


def test_excerpts_have_a_namespace_of_their_own() -> None:
    """Whose scheme can be another one."""
    text = export(post(excerpt="Short.")).replace(
        b'xmlns:excerpt="http://wordpress.org', b'xmlns:excerpt="https://wordpress.org'
    )
    (item,) = wxr.read(text, Manner())
    assert item.said is not None
    assert item.said["summary"] == "Short."


def test_a_title_loses_its_markup() -> None:
    assert said(title="A &#8217;<em>new</em>&nbsp;bridge")["title"] == "A ’new bridge"


def test_categories_and_tags_are_topics_without_the_placeholder() -> None:
    """In their order; other taxonomies are none."""
    topics = [
        ("category", "uncategorized", "Uncategorized"),
        ("category", "public-health", "Public health"),
        ("post_tag", "%d0%bc%d0%be%d1%81%d1%82", "мост"),
        ("post_format", "post-format-aside", "Aside"),
        ("category", "public-health", "Public health"),
    ]
    assert said(topics=topics)["topics"] == ["public-health", "most"]


def test_authors_are_speakers_only_where_asked() -> None:
    """By the name that is displayed."""
    assert said()["speakers"] == []
    assert said(Manner(authors=True))["speakers"] == ["Ada Moreau"]
    assert said(Manner(authors=True), creator="unknown")["speakers"] == ["unknown"]


@pytest.mark.parametrize(
    ("slug", "kept", "notes"),
    [
        ("budget-2020", "budget-2020", ()),
        ("%d0%bc%d0%be%d1%81%d1%82", "most", ("its slug “мост” is written most",)),
        ("a_b", "a-b", ("its slug “a_b” is written a-b",)),
        ("", None, ()),
        ("!", None, ("its slug can't be kept",)),
    ],
)
def test_slugs_are_kept_as_far_as_they_can(slug: str, kept: str | None, notes: tuple[str, ...]) -> None:
    """A change is told."""
    item = only(slug=slug)
    assert item.said is not None
    assert (item.said["slug"], item.notes) == (kept, notes)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"status": "private"}, "it is private there"),
        ({"status": "trash"}, "it is in the trash there"),
        ({"status": "auto-draft"}, "it is an empty draft that WordPress made by itself"),
        ({"status": "inherit"}, "it is a part of another post"),
        ({"password": "secret"}, "it is behind a password there"),
        ({"type": "attachment"}, "it is of the type attachment, which is neither post nor page"),
        ({"type": None}, "it is of the type nothing, which is neither post nor page"),
    ],
)
def test_what_was_not_for_readers_is_passed_over(parts: dict[str, Any], reason: str) -> None:
    """By its reason, with its title."""
    item = only(**parts)
    assert (item.said, item.passed_over, item.refused, item.title) == (None, reason, "", "Message 1")


@pytest.mark.parametrize(
    ("status", "notes"),
    [
        ("draft", ()),
        ("pending", ("it waits for a review there, and is a draft here",)),
        ("future", ("it is scheduled there for 2030-05-12 11:00:00, and is a draft here",)),
    ],
)
def test_what_readers_have_not_seen_is_a_draft(status: str, notes: tuple[str, ...]) -> None:
    """A schedule too: nothing goes public by an import's doing alone."""
    item = only(status=status, gmt="0000-00-00 00:00:00", date="2030-05-12 11:00:00")
    assert item.draft
    assert item.notes == notes


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"status": "sticky"}, "status: “sticky” is unknown here."),
        ({"status": None}, "status: “” is unknown here."),
        ({"gmt": "", "date": ""}, "post_date_gmt: It has no date there, and none in post_date."),
        (
            {"gmt": "-0001-11-30 00:00:00", "date": "soon"},
            "post_date: “soon” is not a date of the calendar.",
        ),
        (
            {"gmt": None, "date": "2020-03-29 01:30:00"},
            "post_date: “2020-03-29 01:30:00” does not exist in",
        ),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(parts: dict[str, Any], reason: str) -> None:
    item = only(Manner(zone="Europe/London"), **parts)
    assert item.said is None
    assert item.refused.startswith(reason)


def test_an_item_without_a_guid_is_known_by_its_number() -> None:
    """And one without both can't be known again."""
    assert said(guid="")["key"] == f"wxr:{SITE}:1"
    text = export(post(guid="")).replace(b"<wp:post_id>1</wp:post_id>", b"")
    (item,) = wxr.read(text, Manner())
    assert item.refused.startswith("guid: It has none")


def test_a_guid_that_no_key_could_be_is_known_by_its_hash() -> None:
    """A long one."""
    assert said(guid="x" * 300)["key"].startswith("sha256:")


@pytest.mark.parametrize(
    ("language", "asked", "found"),
    [("de_AT", "", "de-AT"), ("", "", "fr"), ("nonsense!", "", "fr"), ("de", "pt-br", "pt-br")],
)
def test_the_language_is_the_asked_one_then_the_files_then_the_newsrooms(
    language: str, asked: str, found: str
) -> None:
    data = export(post(), language=language)
    (item,) = wxr.read(data, Manner(language=asked, fallback="fr"))
    assert item.said is not None
    assert item.said["language"] == found


def test_relative_addresses_are_those_of_the_post() -> None:
    """Of links and pictures; a fragment stays in the text."""
    body = said(content='<p><a href="../b?c=1&amp;d=2">b</a><img src=/i.png><a href="#n">n</a></p>')["body"]
    assert f'href="{SITE}/2020/05/b?c=1&amp;d=2"' in body
    assert f'src="{SITE}/i.png"' in body
    assert 'href="#n"' in body


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(BadFile, match=r"WXR 1\.3: known are 1\.0, 1\.1, 1\.2"):
        wxr.read(export(post(), version="1.3"), Manner())


def test_another_feed_is_no_export_and_an_export_no_feed() -> None:
    """Each says which format it is."""
    with pytest.raises(BadFile, match="no WordPress export"):
        wxr.read(b"<rss><channel/></rss>", Manner())
    with pytest.raises(BadFile, match="--format wxr"):
        read_rss(export(post()), Manner())
