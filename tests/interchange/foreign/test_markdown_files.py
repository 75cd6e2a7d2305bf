"""Markdown files with front matter as items: fields under their many names, files by their names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publisher.interchange.foreign import markdown
from publisher.interchange.foreign.items import BadFile, Item, Manner

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file under `name`; `head` is its front matter."""

    def make(head: str, body: str = "Text.\n", name: str = "budget.md") -> Path:
        path = tmp_path / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{head}\n---\n\n{body}", "utf-8")
        return path

    return make


def only(path: Path, manner: Manner | None = None) -> Item:
    (item,) = markdown.read(path, manner or Manner())
    return item


def said(item: Item) -> dict[str, Any]:
    assert item.said is not None, item
    return dict(item.said)


def test_a_file_becomes_the_fields_of_a_bundle(write: Write) -> None:
    """Its body as it is."""
    item = only(
        write(
            "title: Budget\ndate: 2020-05-12T10:00:00+01:00\nsummary: >\n  In\n  short.\n"
            "topics: [Public Health, budget]\nspeakers:\n- Ada Moreau\nkind: statement\nlanguage: de-AT",
            "# Text\n\n---\n\nEnd.\n",
        )
    )
    assert said(item) == {
        "key": "markdown:budget",
        "kind": "statement",
        "language": "de-AT",
        "slug": "budget",
        "title": "Budget",
        "summary": "In short.",
        "body": "# Text\n\n---\n\nEnd.\n",
        "markup": "commonmark",
        "topics": ["public-health", "budget"],
        "speakers": ["Ada Moreau"],
        "published_at": "2020-05-12T09:00:00.000000Z",
    }
    assert (item.name, item.title, item.notes) == ("budget.md", "Budget", ())


def test_fields_are_found_by_the_names_that_site_generators_use(write: Write) -> None:
    """What nobody knows is told."""
    item = only(
        write(
            "title: 2024\npubdate: 2020-05-12 10:00 +0100\ndescription: Short.\ntags: a, b\n"
            "categories: [c]\nlang: no\nguid: x\nslug: other\nauthor: Ada\nlayout: post\nmenu: {main: 1}",
            name="2020-05-12-budget.markdown",
        ),
        Manner(authors=True),
    )
    found = said(item)
    assert (found["title"], found["language"], found["key"], found["slug"]) == ("2024", "no", "x", "other")
    assert (found["topics"], found["speakers"]) == (["a", "b", "c"], ["Ada"])
    assert (found["summary"], found["published_at"]) == ("Short.", "2020-05-12T09:00:00.000000Z")
    assert item.notes == ("fields not taken: layout, menu",)


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("2020-05-12", "2020-05-11T22:00:00.000000Z"),
        ("2020-05-12 10:00", "2020-05-12T08:00:00.000000Z"),
        ("'2020-05-12T10:00:00.5'", "2020-05-12T08:00:00.500000Z"),
        ("2020-05-12T10:00Z", "2020-05-12T10:00:00.000000Z"),
        ("2020-10-25 02:30:00", "2020-10-25T00:30:00.000000Z"),
    ],
)
def test_a_date_without_an_offset_is_one_of_the_asked_zone(write: Write, date: str, instant: str) -> None:
    """The earlier of two; without a zone it is refused."""
    path = write(f"title: T\ndate: {date}")
    assert said(only(path, Manner(zone="Europe/Paris")))["published_at"] == instant
    if not date.endswith("Z"):
        assert "name the zone it is in with --zone" in only(path).refused


def test_a_draft_needs_no_date(write: Write) -> None:
    assert only(write("title: T\ndraft: true")).draft
    assert not only(write("title: T\ndraft: no\ndate: 2020-05-12T10:00:00Z")).draft


def test_a_dated_name_and_an_index_give_key_and_slug(write: Write, tmp_path: Path) -> None:
    """The same for a file alone as for its folder."""
    dated = write("title: T\ndraft: true", name="2020-05-12-the-budget.md")
    index = write("title: T\ndraft: true", name="Überblick/index.md")
    alone = [only(dated), only(index)]
    assert [said(item)["key"] for item in alone] == ["markdown:the-budget", "markdown:Überblick"]
    assert [said(item)["slug"] for item in alone] == ["the-budget", "uberblick"]
    folder = list(markdown.read(tmp_path / "posts", Manner()))
    assert [item.said for item in folder] == [item.said for item in alone]
    assert [item.name for item in folder] == ["2020-05-12-the-budget.md", "Überblick/index.md"]


def test_hidden_files_are_left_out_and_links_passed_over(write: Write, tmp_path: Path) -> None:
    """Neither leads out of the folder."""
    write("title: T\ndraft: true")
    write("title: Hidden", name=".git/hidden.md")
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\ndraft: true\n---\n")
    (tmp_path / "posts" / "link.md").symlink_to(secret)
    (tmp_path / "outside").mkdir()
    (tmp_path / "posts" / "folder").symlink_to(tmp_path / "outside")
    items = list(markdown.read(tmp_path / "posts", Manner()))
    assert [(item.name, item.passed_over) for item in items] == [
        ("budget.md", ""),
        ("folder", "it is no Markdown file"),
        ("link.md", "it is a link to another file"),
    ]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("date: soon\ntitle: T", "date: “soon” is not a date of the calendar."),
        ("date: 2020-02-30T10:00:00Z\ntitle: T", "date: “2020-02-30T10:00:00Z” is not an instant"),
        ("published: 2020-13-01\ntitle: T", "published: “2020-13-01” is not a date of the calendar."),
        ("title: T\ndate:", "date: It is missing"),
        ("title: [T]\ndate: 2020-05-12", "title: It is a list: write one text."),
        ("title: T\ndraft: perhaps", "draft: It is neither true nor false"),
        ("title: T\ntags: [[a]]", "tags: It is neither a text nor a list of texts."),
    ],
)
def test_what_is_wrong_is_named_by_its_field(write: Write, head: str, reason: str) -> None:
    item = only(write(head))
    assert item.said is None
    assert item.refused.startswith(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "It has no front matter"),
        (b"# Budget\n", "It has no front matter"),
        (b"+++\ntitle = 'T'\n+++\n", "Its front matter is TOML"),
        (b"---\ntitle: T\n", "Its front matter has no end"),
        (b"---\n---\nText\n", "date: It is missing"),
        (b"a\nb\xff", "Its line 2 is not UTF-8: save the file as UTF-8."),
        (b"x" * 1_200_000, "It is longer than "),
    ],
)
def test_what_is_no_such_file_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert only(path).refused.startswith(reason)


def test_other_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: T\r\ndraft: true\r\n---\r\nA\r\nB\r\n")
    assert said(only(path))["body"] == "A\nB\n"


def test_what_would_be_shown_as_it_is_written_is_told(write: Write) -> None:
    """HTML, and what a site generator would have filled in; an address in angle brackets is neither."""
    assert len(only(write("title: T\ndraft: true", "<div>a</div> {{< figure >}}")).notes) == 2
    assert only(write("title: T\ndraft: true", "<https://a.example> <a@b.example> 1 < 2")).notes == ()


def test_a_folder_without_markdown_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(BadFile, match="no Markdown file"):
        markdown.read(tmp_path, Manner())
