"""Settings, folders and input of the command line that are refused in one sentence, or just work."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from movable_clock import MovableClock
from publisher.bootstrap import open_publisher
from publisher.cli import main
from publisher.config import BadSetting, from_environment
from publisher.web import create_app

Run = Callable[..., Result]
PUBLICATION = {
    "key": "k",
    "kind": "statement",
    "language": "en-GB",
    "title": "T",
    "summary": "",
    "body": "Text.",
    "topics": [],
    "speakers": [],
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `publisher` on a newsroom of this test's own."""

    def invoke(*arguments: str, stdin: str | bytes | None = None, **settings: str) -> Result:
        env = {"PUBLISHER_DATA": str(tmp_path / "var"), "PUBLISHER_NOW": None} | settings
        return CliRunner().invoke(main, arguments, input=stdin, env=env, catch_exceptions=False)

    return invoke


@pytest.mark.parametrize(
    "address",
    [
        "http://exa mple",
        "http://a\nb",
        "http://a<b",
        'http://a"b',
        "http://a\\b",
        "http://a%00b",
        "http://a..b",
        "http://@host",
        "http://münchen.example",
        "http://" + "a" * 64,
        "http://a\udcff",
    ],
)
def test_a_base_url_that_no_browser_reaches_is_refused(address: str) -> None:
    """It would stand in every feed and never be asked for."""
    with pytest.raises(BadSetting, match="PUBLISHER_BASE_URL"):
        from_environment({"PUBLISHER_BASE_URL": address})


@pytest.mark.parametrize(
    "address", ["http://a_b.local:8000", "https://[::1]:8443", "http://press.example.org."]
)
def test_a_base_url_of_any_host_that_there_may_be_is_taken(address: str) -> None:
    """Underlines in container networks, IPv6, the root's dot."""
    assert from_environment({"PUBLISHER_BASE_URL": address}).base_url == address


def test_a_folder_whose_name_is_no_text_is_refused() -> None:
    """SQLite takes names in UTF-8."""
    with pytest.raises(BadSetting, match="PUBLISHER_DATA"):
        from_environment({"PUBLISHER_DATA": "/tmp/a\udcffb"})


@pytest.mark.parametrize("name", ["a?b", "a%41b", "a#b", "a b;c", "ünï", "a:b@c", "?mode=memory"])
def test_the_databases_stand_in_the_folder_whatever_its_name(run: Run, tmp_path: Path, name: str) -> None:
    """None of its characters is taken for a part of an address."""
    folder = tmp_path / name
    assert run("doctor", PUBLISHER_DATA=str(folder)).exit_code == 0
    assert {"log.db", "state.db", "views.db"} <= {file.name for file in folder.iterdir()}
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("now", ["9999-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "1000-06-01T00:00:00Z"])
def test_a_rehearsal_at_the_edge_of_the_calendar_is_refused(now: str) -> None:
    """Pages there could not say what comes next."""
    with pytest.raises(BadSetting, match="PUBLISHER_NOW"):
        from_environment({"PUBLISHER_NOW": now})


@pytest.mark.parametrize("now", ["1001-01-01T00:00:00Z", "9998-12-31T23:59:59Z"])
def test_a_rehearsal_within_it_has_its_pages(tmp_path: Path, clock: MovableClock, now: str) -> None:
    """The first and the last instants that are admitted."""
    settings = from_environment({"PUBLISHER_DATA": str(tmp_path), "PUBLISHER_NOW": now})
    with closing(open_publisher(settings, clock)) as publisher:
        client = create_app(publisher).test_client()
        assert [client.get(page).status_code for page in ("/", "/feed.atom", "/archive")] == [200] * 3


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Tokyo", "9999-12-31T23:59:59Z"),
        ("America/New_York", "1000-01-01T00:00:00Z"),
        ("Europe/London", "1000-01-01T00:00:00Z"),  # a minute and fifteen seconds behind then
    ],
)
def test_a_publication_beyond_the_newsrooms_calendar_is_refused(run: Run, zone: str, instant: str) -> None:
    """No address could be made or found: its year has four digits."""
    line = json.dumps({"publication": PUBLICATION | {"published_at": instant}})
    ran = run("import", "-", stdin=line, PUBLISHER_TIMEZONE=zone)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"publisher: line 1: published_at: In {zone} it is not between the years 1000 and 9999.\n"
    )
    assert run("events").stdout == ""


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ada", "short"), ("Ada", "x" * 1025), ("", "a long password"), ("a\x00b", "a long password")],
)
def test_an_account_that_is_refused_leaves_an_empty_log_empty(run: Run, name: str, password: str) -> None:
    """Refusals are not events: not even the newsroom's opening."""
    ran = run("account", "open", name, "--role", "chief", "--password-stdin", stdin=password)
    assert ran.exit_code == 1
    assert ran.stderr.count("\n") == 1
    assert run("events").stdout == ""


def test_a_password_that_is_no_text_is_refused(run: Run) -> None:
    """In one sentence, and nothing is stored."""
    arguments = ("account", "open", "Ada", "--role", "chief", "--password-stdin")
    ran = run(*arguments, stdin=b"a long password \xff\n")
    assert ran.exit_code == 1
    assert ran.stderr == "publisher: The password on standard input is not text in UTF-8.\n"
    assert run("events").stdout == ""


def test_an_old_log_opens_while_another_program_writes_to_it(run: Run, tmp_path: Path) -> None:
    """Opening writes nothing, so reading commands wait for nobody."""
    line = json.dumps({"publication": PUBLICATION | {"published_at": "2020-05-12T10:00:00Z"}})
    assert run("import", "-", stdin=line).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "var" / "log.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = run("events")
    assert (ran.exit_code, ran.stdout.count("\n")) == (0, 5)
