"""The state database's file: durable, private, versioned, shared."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select

from publisher.domain.errors import PublisherError
from publisher.state.database import (
    VERSION,
    StateNewer,
    StateUnavailable,
    open_state,
    prepare,
    writing,
)
from publisher.state.tables import account, session


def row(number: int) -> dict[str, str]:
    return {"id": str(number), "name": str(number), "name_key": str(number), "password_hash": "x"}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 30_000),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("user_version", VERSION),
    ],
)
def test_every_connection_is_durable(engine: Engine, pragma: str, value: object) -> None:
    """Two connections at once both have the settings that durability needs."""
    with engine.connect() as one, engine.connect() as two:
        assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, two)] == [value, value]


def test_the_files_are_their_owners_alone(engine: Engine, tmp_path: Path) -> None:
    """Neither the database nor the files beside it can be read by others."""
    with writing(engine) as connection:
        connection.execute(insert(account).values(row(1)))
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == {"state.db": 0o600, "state.db-wal": 0o600, "state.db-shm": 0o600}


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """The first start finds no folder and makes it."""
    open_state(tmp_path / "new" / "folder" / "state.db").dispose()
    assert (tmp_path / "new" / "folder" / "state.db").exists()


def test_what_was_written_is_there_after_opening_again(engine: Engine, tmp_path: Path) -> None:
    """Opening a database a second time keeps its rows."""
    with writing(engine) as connection:
        connection.execute(insert(account).values(row(1)))
    again = open_state(tmp_path / "state.db")
    with again.connect() as connection:
        assert connection.scalar(select(account.c.name)) == "1"
    again.dispose()


def test_a_newer_version_is_refused_and_left_alone(engine: Engine, tmp_path: Path) -> None:
    """A database of a later program is named as such, and not changed."""
    with writing(engine) as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(
        StateNewer, match=f"has version {VERSION + 1}, this program knows {VERSION}"
    ) as caught:
        open_state(tmp_path / "state.db")
    assert isinstance(caught.value, PublisherError)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == VERSION + 1


def test_an_older_version_is_brought_up(engine: Engine, tmp_path: Path) -> None:
    """Accounts stay; whoever was signed in signs in again, since a session holds more than it did."""
    with writing(engine) as connection:
        connection.execute(insert(account).values(row(1)))
        connection.exec_driver_sql("DROP TABLE session")
        connection.exec_driver_sql("CREATE TABLE session (token_sha256 VARCHAR PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO session VALUES ('a')")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    again = open_state(tmp_path / "state.db")
    with again.connect() as connection:
        assert connection.scalar(select(account.c.name)) == "1"
        assert connection.scalar(select(func.count()).select_from(session)) == 0
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == VERSION
    again.dispose()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Another file in its place gives one clear sentence, and is not overwritten."""
    path = tmp_path / "state.db"
    path.write_text("minutes of the meeting " * 100)
    with pytest.raises(StateUnavailable, match="can't be opened: file is not a database"):
        open_state(path)
    assert path.read_text().startswith("minutes")


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    """What can't be opened at all gives the same clear sentence."""
    with pytest.raises(StateUnavailable, match="can't be opened"):
        open_state(tmp_path)


def test_an_exception_leaves_nothing_behind(engine: Engine) -> None:
    """A transaction that fails halfway is rolled back whole."""

    def fail_halfway() -> None:
        with writing(engine) as connection:
            connection.execute(insert(account).values(row(1)))
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(account)) == 0


def test_a_writing_transaction_holds_the_lock_from_its_beginning(engine: Engine, tmp_path: Path) -> None:
    """Nobody else can begin to write before it has written anything itself."""
    other = sqlite3.connect(tmp_path / "state.db", timeout=0, isolation_level=None)
    with writing(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_reading_transaction_blocks_no_writer(engine: Engine) -> None:
    """A reader goes on seeing what it began with while somebody else writes."""
    count = select(func.count()).select_from(account)
    with engine.begin() as reader:
        before = reader.scalar(count)
        with writing(engine) as writer:
            writer.execute(insert(account).values(row(1)))
        assert (before, reader.scalar(count)) == (0, 0)


def test_reading_before_writing_in_many_threads_loses_no_row(engine: Engine) -> None:
    """Counting, then inserting the next number, never collides."""

    def add_next(_: int) -> None:
        with writing(engine) as connection:
            number = connection.scalar(select(func.count()).select_from(account))
            connection.execute(insert(account).values(row(number or 0)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_next, range(64)))
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(account)) == 64


def test_many_can_open_a_new_database_at_once(tmp_path: Path) -> None:
    """Workers that start together all find a whole database."""

    def open_and_count(_: int) -> int | None:
        engine = open_state(tmp_path / "state.db")
        with engine.connect() as connection:
            found = connection.scalar(select(func.count()).select_from(account))
        engine.dispose()
        return found

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(open_and_count, range(24))) == [0] * 24


def test_a_file_system_without_durable_transactions_is_refused() -> None:
    """A database in memory stands for one: it can't keep a write-ahead log."""
    driver = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="does not offer durable transactions"):
        prepare(driver, None)
    driver.close()
