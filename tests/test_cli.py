"""The commands: what they print, their exit codes, and errors in one sentence."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from publisher import __version__
from publisher.cli import main

Run = Callable[..., Result]
MASTHEAD = {
    "masthead": {
        "at": "2018-03-12T00:00:00Z",
        "name": "Office",
        "clocks": [],
        "contacts": [],
        "counters": [],
        "notices": [],
    }
}
PUBLICATION: dict[str, dict[str, Any]] = {
    "publication": {
        "key": "budget",
        "kind": "statement",
        "language": "de",
        "title": "Überblick",
        "summary": "",
        "body": "Body.",
        "topics": [],
        "speakers": [],
        "published_at": "2020-05-12T10:00:00Z",
        "amendments": [],
    }
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `publisher` on a newsroom of this test's own."""

    def invoke(*arguments: str, stdin: str | None = None, **settings: str) -> Result:
        env = {
            "PUBLISHER_DATA": str(tmp_path / "var"),
            "PUBLISHER_BASE_URL": None,
            "PUBLISHER_TIMEZONE": None,
            "PUBLISHER_NOW": None,
            "PUBLISHER_DATABASE_URL": None,
        }
        return CliRunner().invoke(main, arguments, input=stdin, env=env | settings, catch_exceptions=False)

    return invoke


@pytest.fixture
def bundle(tmp_path: Path) -> str:
    file = tmp_path / "bundle.jsonl"
    file.write_text(lines(MASTHEAD, PUBLICATION), "utf-8")
    return str(file)


def lines(*objects: dict[str, Any]) -> str:
    return "".join(json.dumps(each) + "\n" for each in objects)


def printed(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def is_refused(result: Result, sentence: str) -> None:
    """Exit code 1, nothing on standard output, the one sentence on standard error."""
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("publisher: ")
    assert result.stderr.endswith(".\n")
    assert sentence in result.stderr


# ---- import


def test_import_says_what_it_stored(run: Run, bundle: str) -> None:
    """And, the second time, that all of it was there."""
    first, second = run("import", bundle), run("import", bundle)
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == (
        "1 publication, 0 amendments and 1 masthead stored; 0 acts in the log already.\n"
    )
    assert second.stdout == (
        "0 publications, 0 amendments and 0 mastheads stored; 2 acts in the log already.\n"
    )
    assert first.stderr == second.stderr == ""


def test_import_reads_standard_input(run: Run) -> None:
    """Where the file is a hyphen."""
    assert run("import", "-", stdin=lines(PUBLICATION)).stdout.startswith("1 publication,")


def test_import_names_a_bad_line_and_stores_nothing(run: Run) -> None:
    """Refused as `line N: reason`, exit code 1."""
    bad = {"publication": PUBLICATION["publication"] | {"title": ""}}
    is_refused(run("import", "-", stdin=lines(MASTHEAD, bad)), "line 2: title")
    is_refused(run("import", "-", stdin=lines(MASTHEAD) + "{"), "line 2: ")
    assert run("events").stdout == ""


def test_import_refuses_a_changed_line(run: Run, bundle: str) -> None:
    """By its number, after the log was asked."""
    run("import", bundle)
    changed = {"publication": PUBLICATION["publication"] | {"title": "Other"}}
    is_refused(run("import", "-", stdin=lines(MASTHEAD, changed)), "line 2: ")


def test_import_refuses_an_empty_bundle(run: Run) -> None:
    """There is nothing to store."""
    is_refused(run("import", "-", stdin=""), "The bundle is empty")


# ---- events


def test_events_prints_one_cloudevent_a_line(run: Run, bundle: str) -> None:
    """Compact JSON with its letters as they are, exactly in the promised shape."""
    run("import", bundle)
    out = run("events", "--type", "publisher.publication.published").stdout
    event = json.loads(out)
    source = printed(run("events"))[0]["data"]["newsroom"]
    assert out == (
        f'{{"specversion":"1.0","id":"{event["id"]}","source":"urn:uuid:{source}",'
        f'"type":"publisher.publication.published","subject":"{event["subject"]}",'
        f'"time":"{event["time"]}","datacontenttype":"application/json",'
        f'"data":{json.dumps(event["data"], ensure_ascii=False, separators=(",", ":"))}}}\n'
    )
    assert event["data"]["path"] == "/2020/05/uberblick"
    assert event["data"]["effective_at"] == "2020-05-12T10:00:00.000000Z"
    assert event["data"]["rehearsal"] is False


def test_events_are_chosen(run: Run, bundle: str) -> None:
    """By position, by type, by subject."""
    run("import", bundle)
    events = printed(run("events"))
    assert [event["id"] for event in events] == [str(n + 1) for n in range(len(events))]
    assert printed(run("events", "--after", "2")) == events[2:]
    chosen = events[-1]
    assert chosen in printed(run("events", "--type", chosen["type"]))
    of_subject = printed(run("events", "--subject", chosen["subject"]))
    assert of_subject == [event for event in events if event["subject"] == chosen["subject"]]
    assert printed(run("events", "--subject", "publication/none")) == []


def test_events_of_an_empty_newsroom_are_none(run: Run) -> None:
    """No line, no error."""
    assert printed(run("events")) == []


def test_events_of_a_rehearsal_say_so(run: Run, bundle: str) -> None:
    """PUBLISHER_NOW marks what is written under it."""
    assert run("import", bundle, PUBLISHER_NOW="2021-01-01T00:00:00Z").exit_code == 0
    assert {event["data"]["rehearsal"] for event in printed(run("events"))} == {True}


# ---- errors


def test_a_rehearsal_in_the_future_is_refused(run: Run, bundle: str) -> None:
    """A future can be looked at, not written to."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    is_refused(run("import", bundle, PUBLISHER_NOW=tomorrow), "PUBLISHER_NOW is later")
    assert run("events", PUBLISHER_NOW=tomorrow).exit_code == 0


@pytest.mark.parametrize("command", ["import", "events"])
def test_a_folder_that_cant_be_written_is_refused(
    run: Run, bundle: str, tmp_path: Path, command: str
) -> None:
    """In one sentence that names the log."""
    (tmp_path / "file").write_text("a regular file")
    arguments = ("import", bundle) if command == "import" else ("events",)
    is_refused(run(*arguments, PUBLISHER_DATA=str(tmp_path / "file" / "var")), "log.db can't be opened")


def test_a_bad_setting_is_refused(run: Run) -> None:
    """It is named."""
    is_refused(run("events", PUBLISHER_TIMEZONE="Europe/Atlantis"), "PUBLISHER_TIMEZONE: ")
    is_refused(run("events", PUBLISHER_DATABASE_URL="postgresql://x/y"), "PUBLISHER_DATABASE_URL: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "/no/such/file"),
        ("events", "--after", "-1"),
        ("events", "--after", "9223372036854775808"),
        ("events", "--after", "first"),
        ("events", "--of", "publication"),
        ("sing",),
    ],
)
def test_wrong_usage_has_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    """And says on standard error what is wrong."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_the_version_is_told(run: Run) -> None:
    """For reports of errors."""
    assert run("--version").stdout == f"publisher, version {__version__}\n"


# ---- account, rebuild, doctor, demo

PASSWORD = "correct horse battery"


def test_an_account_is_opened_with_its_roles(run: Run, tmp_path: Path) -> None:
    """Id and roles are in the log, name and password are not."""
    opened = run(
        "account",
        "open",
        "Anna",
        "--role",
        "editor",
        "--role",
        "auditor",
        "--password-stdin",
        stdin=PASSWORD,
    )
    assert (opened.exit_code, opened.stderr) == (0, "")
    assert "opened for Anna: editor, auditor." in opened.stdout
    out = run("events").stdout
    granted = [json.loads(line) for line in out.splitlines() if "role-granted" in line]
    assert [event["data"]["role"] for event in granted] == ["editor", "auditor"]
    assert granted[0]["subject"].removeprefix("account/") in opened.stdout
    assert "Anna" not in out
    assert PASSWORD not in out
    assert PASSWORD.encode() not in b"".join(file.read_bytes() for file in (tmp_path / "var").iterdir())


def test_an_accounts_name_is_given_once(run: Run) -> None:
    """The second is refused and leaves no event."""
    arguments = ("account", "open", "Anna", "--role", "editor", "--password-stdin")
    run(*arguments, stdin=PASSWORD)
    before = run("events").stdout
    is_refused(run(*arguments, stdin=PASSWORD), "“Anna”")
    assert run("events").stdout == before


def test_a_short_password_is_refused(run: Run) -> None:
    """No account comes of it."""
    arguments = ("account", "open", "Anna", "--role", "editor", "--password-stdin")
    is_refused(run(*arguments, stdin="short\n"), "The password is too short")
    assert printed(run("events", "--type", "publisher.account.opened")) == []


@pytest.mark.parametrize("roles", [(), ("--role", "king")])
def test_an_account_without_a_known_role_is_wrong_usage(run: Run, roles: tuple[str, ...]) -> None:
    """The roles are named in the message."""
    result = run("account", "open", "Anna", *roles, "--password-stdin", stdin=PASSWORD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "editor" in result.stderr


def test_a_rebuild_of_sound_views_says_so(run: Run, bundle: str) -> None:
    """To the log's last position, with and without --check."""
    run("import", bundle)
    run("doctor")
    last = printed(run("events"))[-1]["id"]
    for arguments in (("rebuild",), ("rebuild", "--check")):
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith(f"Rebuilt to position {last}: the views are the same")


def test_a_check_neither_makes_nor_switches_views(run: Run, bundle: str, tmp_path: Path) -> None:
    """Missing ones stay missing, those of other code stay; without --check they are made."""
    run("import", bundle)
    views = tmp_path / "var" / "views.db"
    views.unlink(missing_ok=True)
    told = "the views are missing or of other code"
    checked = run("rebuild", "--check")
    assert (checked.exit_code, views.exists()) == (0, False)
    assert f"{told}, left as they are" in checked.stdout
    assert f"{told}, switched" in run("rebuild").stdout
    with closing(sqlite3.connect(views)) as live, live:
        live.execute("UPDATE fingerprint SET value = 'other'")
    assert f"{told}, left as they are" in run("rebuild", "--check").stdout
    assert f"{told}, switched" in run("rebuild").stdout
    assert "the views are the same" in run("rebuild").stdout


def test_a_difference_is_named_and_repaired_only_when_told(run: Run, bundle: str, tmp_path: Path) -> None:
    """Exit code 1 until then."""
    run("import", bundle)
    run("rebuild")
    with closing(sqlite3.connect(tmp_path / "var" / "views.db")) as live, live:
        live.execute("UPDATE segment SET path = '/2020/05/forged'")
    for arguments, code in (("rebuild",), 1), (("rebuild", "--check"), 1), (("rebuild", "--repair"), 0):
        result = run(*arguments)
        assert (result.exit_code, "path differ" in result.stdout) == (code, True)
    assert run("rebuild").exit_code == 0


def test_views_beyond_repair_are_refused_in_words(run: Run, bundle: str, tmp_path: Path) -> None:
    """They can be deleted, and come back from the log."""
    run("import", bundle)
    views = tmp_path / "var" / "views.db"
    run("doctor")
    whole = views.read_bytes()
    views.write_bytes(whole[:100] + bytes(len(whole) - 100))
    is_refused(run("doctor"), "delete it")
    is_refused(run("rebuild"), "delete it")
    views.unlink()
    assert run("doctor").exit_code == 0


def test_what_the_machine_refuses_is_one_sentence(run: Run, bundle: str, tmp_path: Path) -> None:
    """A column that somebody renamed, as any other fault of a database below."""
    run("import", bundle)
    run("doctor")
    with closing(sqlite3.connect(tmp_path / "var" / "state.db")) as state:
        state.execute("ALTER TABLE account RENAME COLUMN name_key TO another")
    is_refused(run("account", "list"), "no such column")


def test_doctor_finds_a_new_newsroom_sound(run: Run, tmp_path: Path) -> None:
    """It names the settings it looked at."""
    result = run("doctor", PUBLISHER_BASE_URL="https://press.example.org")
    assert result.exit_code == 0
    assert "BAD" not in result.stdout
    for found in (
        f"Publisher {__version__}, Python 3.",
        str(tmp_path / "var"),
        "https://press.example.org",
        "Europe/London, PUBLISHER_TIMEZONE",
        "language: en-GB",
        "journal wal, synchronous 2",
        "0 behind",
        "backups: ",
    ):
        assert found in result.stdout


def test_the_demo_fills_an_empty_newsroom_only(run: Run, bundle: str) -> None:
    """It refuses where there is anything."""
    run("import", bundle)
    before = run("events").stdout
    is_refused(run("demo"), "This newsroom has content already")
    assert run("events").stdout == before


def test_the_demo_fills_a_newsroom_that_has_accounts_only(run: Run, tmp_path: Path) -> None:
    """They are no content; but its own name must be free, before anything is stored."""
    arguments = ("account", "open", "Anna", "--role", "chief", "--password-stdin")
    run(*arguments, stdin=PASSWORD)
    assert run("demo").exit_code == 0

    other = {"PUBLISHER_DATA": str(tmp_path / "other")}
    run("account", "open", "Demo", "--role", "chief", "--password-stdin", stdin=PASSWORD, **other)
    before = run("events", **other).stdout
    is_refused(run("demo", **other), "“demo”")
    assert run("events", **other).stdout == before


def test_the_demo_says_how_to_sign_in(run: Run) -> None:
    """With a password made for this newsroom."""
    result = run("demo", PUBLISHER_BASE_URL="https://press.example.org")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Sign in at https://press.example.org/desk/sign-in as " in result.stdout
    types = {event["type"] for event in printed(run("events"))}
    assert {"publisher.publication.published", "publisher.account.opened"} <= types


def test_a_port_that_is_none_is_wrong_usage(run: Run) -> None:
    """Before anything is opened."""
    assert run("serve", "--port", "65536").exit_code == 2
