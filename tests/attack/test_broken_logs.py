"""A log that was damaged or tampered with: each command says so in one sentence, and stores nothing."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli import main

Run = Callable[..., Result]
LINE = json.dumps(
    {
        "publication": {
            "key": "k",
            "kind": "statement",
            "language": "en-GB",
            "title": "T",
            "summary": "",
            "body": "Text.",
            "topics": [],
            "speakers": [],
            "published_at": "2020-05-12T10:00:00Z",
        }
    }
)
MASTHEAD = {"at": "2018-03-12T00:00:00Z", "name": "Office", "zone": "Europe/London"}
COMMANDS = (
    ("events",),
    ("import", "-"),
    ("account", "open", "Ada", "--role", "chief", "--password-stdin"),
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `publisher` on a newsroom whose log holds a masthead of three events."""

    def invoke(*arguments: str, stdin: str = "a long password\n") -> Result:
        env = {"PUBLISHER_DATA": str(tmp_path), "PUBLISHER_NOW": None}
        return CliRunner().invoke(main, arguments, input=stdin, env=env, catch_exceptions=False)

    assert invoke("import", "-", stdin=json.dumps({"masthead": MASTHEAD})).exit_code == 0
    return invoke


def positions(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "log.db")) as log:
        return int(log.execute("SELECT count(*) FROM stored_events").fetchone()[0])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE stored_events SET state = X'00ff' WHERE rowid = 2",
        "UPDATE stored_events SET state = CAST('[]' AS BLOB) WHERE rowid = 2",
        "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE rowid = 2",
        "UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE rowid = 3",
        "UPDATE stored_events SET topic = 'x' WHERE rowid = 2",
        "DELETE FROM stored_events WHERE rowid = 2",
    ],
)
def test_a_damaged_event_is_one_sentence(
    run: Run, tmp_path: Path, damage: str, command: tuple[str, ...]
) -> None:
    """Exit code 1, and the log is left as it is."""
    with closing(sqlite3.connect(tmp_path / "log.db")) as log:
        log.execute(damage)
        log.commit()
    before = positions(tmp_path)
    ran = run(*command, stdin=LINE if command[0] == "import" else "a long password\n")
    assert ran.exit_code == 1
    assert ran.stderr.startswith("publisher: The log ")
    assert ran.stderr.count("\n") == 1
    assert positions(tmp_path) == before


def test_a_damaged_page_of_the_log_is_one_sentence(run: Run, tmp_path: Path) -> None:
    """What SQLite finds out only while it reads."""
    with closing(sqlite3.connect(tmp_path / "log.db")) as log:
        log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root, size = (
            log.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'stored_events'").fetchone()[0],
            log.execute("PRAGMA page_size").fetchone()[0],
        )
    with (tmp_path / "log.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xaa" * 600)
    ran = run("events")
    assert ran.exit_code == 1
    assert ran.stderr.startswith("publisher: ")
    assert "malformed" in ran.stderr
    assert ran.stderr.count("\n") == 1
