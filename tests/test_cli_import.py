"""`publisher import --format`: what it prints, stores and answers for every format."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from made_wxr import export, post
from publisher.cli import main

Run = Callable[..., Result]

RSS = """<rss version="2.0"><channel><title>Office</title><link>https://press.example/</link>
<item><title>Budget</title><link>https://press.example/budget.html</link><guid>urn:1</guid>
<pubDate>Tue, 12 May 2020 10:00:00 GMT</pubDate><description>Adopted.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Office</title><id>urn:feed</id>
<entry><title>Budget</title><id>urn:2</id><published>2020-05-12T10:00:00Z</published>
<updated>2020-05-12T10:00:00Z</updated><content type="html">&lt;p&gt;Adopted.&lt;/p&gt;</content></entry>
</feed>"""
MARKDOWN = """---
title: Budget
date: 2020-05-12T10:00:00Z
---
Adopted.
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `publisher import` on a newsroom of this test's own."""

    def invoke(*arguments: str, stdin: bytes | None = None, command: str = "import") -> Result:
        env = {"PUBLISHER_DATA": str(tmp_path / "var")} | dict.fromkeys(
            ["PUBLISHER_BASE_URL", "PUBLISHER_TIMEZONE", "PUBLISHER_LANGUAGE", "PUBLISHER_NOW"]
        )
        return CliRunner().invoke(main, [command, *arguments], input=stdin, env=env, catch_exceptions=False)

    return invoke


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    def make(name: str, said: str | bytes) -> str:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(said.encode() if isinstance(said, str) else said)
        return str(path)

    return make


def stored(run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(command="events").stdout.splitlines()]


def test_a_wordpress_export_is_told_item_by_item(run: Run, file: Callable[..., str]) -> None:
    """What was stored, what was passed over, what was refused; the exit code says that something was."""
    export_file = file(
        "export.xml",
        export(
            post(1, comments=2),
            post(2, type="attachment", status="inherit"),
            post(3, title=""),
            post(4, status="draft"),
            post(5, content="[gallery ids='1,2']", comments=1),
        ),
    )
    result = run("--format", "wxr", export_file)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "2 publications and 1 draft stored; 0 items in the newsroom already; 1 passed over; 1 refused.",
        "3 comments of 2 items not taken.",
        "passed over: item 2 “Message 2”: it is of the type attachment, which is neither post nor page",
        "refused: item 3: title: It is empty: write one.",
        "note: item 5 “Message 5”: shortcodes were taken out: gallery",
    ]
    assert result.stderr == (
        "publisher: 1 item was refused: mend it and import again; "
        "what is in the newsroom already stays as it is.\n"
    )


@pytest.mark.parametrize(("format_", "said"), [("rss", RSS), ("atom", ATOM)])
def test_a_feed_is_stored_once(run: Run, format_: str, said: str) -> None:
    """From standard input too; the second time nothing is."""
    first = run("--format", format_, "-", stdin=said.encode())
    count = len(stored(run))
    second = run("--format", format_, "-", stdin=said.encode())
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("1 publication and 0 drafts stored; 0 items")
    assert second.stdout == (
        "0 publications and 0 drafts stored; 1 item in the newsroom already; 0 passed over; 0 refused.\n"
    )
    assert len(stored(run)) == count


def test_a_folder_of_markdown_is_stored_and_bad_files_are_named(
    run: Run, file: Callable[..., str], tmp_path: Path
) -> None:
    """By file and field."""
    file("posts/budget.md", MARKDOWN)
    file("posts/2021/undated.md", "---\ntitle: Undated\n---\nText.\n")
    file("posts/picture.png", b"\x89PNG")
    result = run("--format", "markdown", str(tmp_path / "files" / "posts"))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:] == [
        (
            "refused: 2021/undated.md “Undated”: date: It is missing: write one, "
            "such as 2026-11-24T09:00:00Z, or draft: true."
        ),
        "passed over: picture.png: it is no Markdown file",
    ]
    (published,) = [e for e in stored(run) if e["type"] == "publisher.publication.published"]
    assert published["data"]["path"] == "/2020/05/budget"


def test_programs_get_one_object(run: Run, file: Callable[..., str]) -> None:
    """With every item in it."""
    result = run("--format", "wxr", "--json", file("export.xml", export(post(1, comments=2))))
    assert json.loads(result.stdout) == {
        "format": "wxr",
        "check": False,
        "counts": {"published": 1, "draft": 0, "known": 0, "passed-over": 0, "refused": 0},
        "comments": 2,
        "items": [
            {
                "name": "item 1",
                "title": "Message 1",
                "key": "https://press.example/?p=1",
                "verdict": "published",
                "reason": None,
                "path": "/2020/05/message-1",
                "notes": [],
                "comments": 2,
            }
        ],
    }


@pytest.mark.parametrize("format_", ["rss", "bundle"])
def test_a_check_stores_nothing(run: Run, format_: str) -> None:
    """Of a bundle neither."""
    line = {
        "key": "budget",
        "kind": "statement",
        "language": "en",
        "title": "Budget",
        "summary": "",
        "body": "Adopted.",
        "published_at": "2020-05-12T10:00:00Z",
    }
    said = RSS if format_ == "rss" else json.dumps({"publication": line}) + "\n"
    result = run("--format", format_, "--check", "-", stdin=said.encode())
    assert (result.exit_code, result.stderr) == (0, "")
    assert "would be stored" in result.stdout
    assert stored(run) == []


def test_a_bundle_is_told_to_programs_too(run: Run) -> None:
    """In numbers alone, since nothing of it can be left out."""
    masthead = {"at": "2018-03-12T00:00:00Z", "name": "Office"}
    result = run("--json", "-", stdin=json.dumps({"masthead": masthead}).encode())
    assert json.loads(result.stdout) == {
        "format": "bundle",
        "check": False,
        "counts": {"publications": 0, "amendments": 0, "mastheads": 1, "known": 0},
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "docx", "{file}"), "'docx' is not one of"),
        (("--format", "markdown", "-"), "Markdown is read from a file or a folder"),
        (("--format", "rss", "{folder}"), "is a folder"),
        (("{folder}",), "is a folder"),
        (("--format", "rss", "--zone", "Atlantis", "{file}"), "is not a time zone"),
        (("--format", "rss", "--kind", "News Item", "{file}"), "--kind: “News Item” can't be used."),
        (("--format", "rss", "--language", "english!", "{file}"), "--language: "),
        (("--zone", "Europe/London", "{file}"), "A bundle says all of that itself"),
    ],
)
def test_wrong_usage_of_a_format_has_exit_code_2(
    run: Run, file: Callable[..., str], tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    """And a sentence; nothing is stored."""
    places = {"file": file("feed.xml", RSS), "folder": str(tmp_path / "files")}
    result = run(*(each.format(**places) for each in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in " ".join(result.stderr.split())
    assert stored(run) == []
