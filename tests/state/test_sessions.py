"""Server-side sessions: their tokens and their ends."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine, func, select

from publisher.domain.errors import UnknownAccount
from publisher.state.accounts import Accounts
from publisher.state.sessions import SessionRow, Sessions
from publisher.state.tables import session as table
from publisher.state.tables import session_detail as detail

ANNA = UUID("11111111-1111-4111-8111-111111111111")
BORIS = UUID("22222222-2222-4222-8222-222222222222")
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _people(accounts: Accounts) -> None:
    accounts.add(ANNA, "Anna", "correct horse battery")
    accounts.add(BORIS, "Boris", "correct horse battery")


def stored(engine: Engine, column: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.scalars(select(table.c[column])))


def row_of(token: str, started: datetime, seen: datetime) -> SessionRow:
    key = hashlib.sha256(token.encode()).hexdigest()
    return SessionRow(
        key=key, account=ANNA, started_at=started, seen_at=seen, proved_at=started, browser=""
    )


def test_a_token_finds_its_session(sessions: Sessions, clock: HandClock) -> None:
    """Who signed in, and since when, in UTC."""
    token = sessions.start(ANNA)
    assert sessions.find(token) == row_of(token, clock.now, clock.now)


@pytest.mark.parametrize("token", ["", "wrong", "\ud800", "x" * 100_000])
def test_another_token_finds_nothing(sessions: Sessions, token: str) -> None:
    """Whatever a cookie holds is answered with None."""
    sessions.start(ANNA)
    assert sessions.find(token) is None


def test_tokens_are_long_and_never_the_same(sessions: Sessions) -> None:
    """32 random bytes are 43 characters."""
    tokens = {sessions.start(ANNA) for _ in range(20)}
    assert ({len(token) for token in tokens}, len(tokens)) == ({43}, 20)


def test_only_the_hash_of_a_token_is_stored(sessions: Sessions, engine: Engine, tmp_path: Path) -> None:
    """Who steals the database can't sign in with it."""
    token = sessions.start(ANNA)
    assert stored(engine, "token_sha256") == [hashlib.sha256(token.encode()).hexdigest()]
    assert not any(token.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_nobody_unknown_can_begin_a_session(sessions: Sessions, engine: Engine) -> None:
    """An account that is not here is named, and no row is left."""
    with pytest.raises(UnknownAccount):
        sessions.start(uuid4())
    assert stored(engine, "account") == []


def test_an_idle_session_ends_after_twelve_hours(sessions: Sessions, clock: HandClock) -> None:
    """A microsecond before it holds, at the limit it does not."""
    first, second = sessions.start(ANNA), sessions.start(ANNA)
    clock.advance(timedelta(hours=12) - MICROSECOND)
    before = sessions.find(first)
    clock.advance(MICROSECOND)
    assert (before is not None, sessions.find(second)) == (True, None)


def test_use_keeps_a_session_going(sessions: Sessions, clock: HandClock) -> None:
    """The idle limit counts from the last use."""
    token = sessions.start(ANNA)
    for _ in range(5):
        clock.advance(timedelta(hours=11))
        found = sessions.find(token)
    assert found is not None
    assert found.seen_at == clock.now


def test_a_session_ends_after_seven_days_of_use(sessions: Sessions, clock: HandClock) -> None:
    """However often it was used."""
    token = sessions.start(ANNA)
    for _ in range(14):
        clock.advance(timedelta(hours=12) - MICROSECOND)
        before = sessions.find(token)
    clock.advance(14 * MICROSECOND)
    assert (before is not None, sessions.find(token)) == (True, None)


def test_use_within_a_minute_is_not_written(sessions: Sessions, clock: HandClock, engine: Engine) -> None:
    """Reading many pages at once writes nothing."""
    token = sessions.start(ANNA)
    before = stored(engine, "seen")
    clock.advance(MINUTE - MICROSECOND)
    sessions.find(token)
    assert stored(engine, "seen") == before


def test_use_after_a_minute_is_written(sessions: Sessions, clock: HandClock, engine: Engine) -> None:
    """Its instant is kept in microseconds since 1970."""
    token = sessions.start(ANNA)
    clock.advance(MINUTE)
    sessions.find(token)
    assert stored(engine, "seen") == [int(clock.now.timestamp()) * 1_000_000]


def test_a_clock_that_goes_back_moves_no_use_back(
    sessions: Sessions, clock: HandClock, engine: Engine
) -> None:
    """A corrected clock neither ends a session nor shortens it."""
    token = sessions.start(ANNA)
    before = stored(engine, "seen")
    clock.advance(timedelta(hours=-1))
    assert sessions.find(token) is not None
    assert stored(engine, "seen") == before


def test_a_session_says_when_it_ends(sessions: Sessions, clock: HandClock) -> None:
    """The idle limit counts first, the absolute one at last."""
    row = row_of("", clock.now, clock.now)
    late = row_of("", clock.now, clock.now + timedelta(days=6.9))
    assert row.expires_at == clock.now + timedelta(hours=12)
    assert late.expires_at == clock.now + timedelta(days=7)


def test_signing_out_ends_one_session(sessions: Sessions) -> None:
    """The same person's other sessions go on."""
    here, there = sessions.start(ANNA), sessions.start(ANNA)
    sessions.end(here)
    assert (sessions.find(here), sessions.find(there) is not None) == (None, True)


def test_signing_out_twice_is_no_error(sessions: Sessions) -> None:
    """Nor is signing out without a session."""
    token = sessions.start(ANNA)
    sessions.end(token)
    sessions.end(token)
    assert sessions.find(token) is None


def test_signing_out_everywhere_ends_all_of_one_account(sessions: Sessions) -> None:
    """Others stay signed in."""
    tokens = [sessions.start(ANNA), sessions.start(ANNA)]
    other = sessions.start(BORIS)
    assert sessions.end_all(ANNA) == 2
    assert [sessions.find(t) for t in tokens] == [None, None]
    assert sessions.find(other) is not None


def test_a_new_session_deletes_what_is_over_and_nothing_else(
    sessions: Sessions, clock: HandClock, engine: Engine
) -> None:
    """Rows of sessions that are over do not pile up."""
    sessions.start(ANNA)
    clock.advance(timedelta(hours=1))
    tokens = [sessions.start(ANNA)]
    clock.advance(timedelta(hours=11))
    tokens.append(sessions.start(ANNA))
    hashes = [hashlib.sha256(token.encode()).hexdigest() for token in tokens]
    assert sorted(stored(engine, "token_sha256")) == sorted(hashes)


def test_threads_share_the_sessions(sessions: Sessions, engine: Engine) -> None:
    """Many requests at once begin, find and end their own."""

    def use(_: int) -> UUID | None:
        token = sessions.start(ANNA)
        found = sessions.find(token)
        sessions.end(token)
        return found.account if found else None

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(use, range(40))) == [ANNA] * 40
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_the_sessions_of_an_account_are_listed_the_last_used_first(
    sessions: Sessions, clock: HandClock
) -> None:
    """With the browser's name; those of others and those that are over are not."""
    sessions.start(ANNA, "Firefox, Linux")
    clock.advance(timedelta(hours=6))
    second = sessions.start(ANNA, "Safari, iPhone")
    sessions.start(BORIS)
    clock.advance(MINUTE)
    third = sessions.start(ANNA)
    clock.advance(MINUTE)
    sessions.find(second)
    assert [row.browser for row in sessions.of(ANNA)] == ["Safari, iPhone", "", "Firefox, Linux"]
    clock.advance(timedelta(hours=6))
    assert [row.browser for row in sessions.of(ANNA)] == ["Safari, iPhone", ""]
    assert sessions.find(third) is not None


def test_one_session_is_ended_by_its_key(sessions: Sessions) -> None:
    """By nobody but the account whose it is."""
    here, there = sessions.start(ANNA), sessions.start(ANNA)
    found = sessions.find(there)
    assert found is not None
    assert sessions.end_one(BORIS, found.key) is False
    assert sessions.end_one(ANNA, found.key) is True
    assert (sessions.find(there), sessions.find(here) is not None) == (None, True)


def test_all_other_sessions_are_ended_at_once(sessions: Sessions) -> None:
    """This one goes on, and so do those of others."""
    here, other = sessions.start(ANNA), sessions.start(BORIS)
    there = [sessions.start(ANNA), sessions.start(ANNA)]
    assert sessions.end_others(ANNA, here) == 2
    assert [sessions.find(token) for token in there] == [None, None]
    assert sessions.find(here) is not None
    assert sessions.find(other) is not None


def test_a_session_remembers_when_its_holder_gave_the_password(
    sessions: Sessions, clock: HandClock, engine: Engine
) -> None:
    """At first when it began, also where it began before that was kept."""
    token = sessions.start(ANNA)
    began = clock.now
    clock.advance(MINUTE)
    with engine.begin() as connection:
        connection.execute(detail.delete())
    assert [row.proved_at for row in sessions.of(ANNA)] == [began]
    sessions.prove(token)
    clock.advance(MINUTE)
    sessions.prove(token)
    assert [row.proved_at for row in sessions.of(ANNA)] == [clock.now]


def test_nothing_is_proved_of_a_session_that_ended(sessions: Sessions, engine: Engine) -> None:
    """And its details went with it."""
    token = sessions.start(ANNA)
    sessions.end(token)
    sessions.prove(token)
    with engine.connect() as connection:
        assert connection.execute(select(detail)).all() == []
