"""Preview links: their tokens, their ends, what is known of them and what is forgotten."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine, select

from publisher.domain.errors import UnknownAccount
from publisher.state.accounts import Accounts
from publisher.state.previews import REMEMBERED, BadPreviewDays, BadPreviewNote, Previews
from publisher.state.tables import preview as table

ANNA = UUID("11111111-1111-4111-8111-111111111111")
BORIS = UUID("22222222-2222-4222-8222-222222222222")
TEXT, OTHER = uuid4(), uuid4()
DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)

Make = Callable[..., str]


@pytest.fixture
def previews(engine: Engine, clock: HandClock, accounts: Accounts) -> Previews:
    accounts.add(ANNA, "Anna", "correct horse battery")
    accounts.add(BORIS, "Boris", "correct horse battery")
    return Previews(engine, clock)


@pytest.fixture
def make(previews: Previews) -> Make:
    """A factory: a link to revision 3 of a text, made by Anna for a week; its token."""

    def made(account: UUID = ANNA, text: UUID = TEXT, days: int = 7, note: str = "") -> str:
        return previews.make(uuid4(), account, text, 3, days=days, note=note)

    return made


def test_a_token_finds_its_link(previews: Previews, make: Make, clock: HandClock) -> None:
    """With its revision, its note on one line, its maker and its end; another token finds none."""
    token = make(note="  Ada,   Daily Harbour ")
    found = previews.find(token)
    assert found is not None
    assert (found.publication, found.revision, found.note) == (TEXT, 3, "Ada, Daily Harbour")
    assert (found.account, found.made_at, found.ends_at) == (ANNA, clock(), clock() + 7 * DAY)
    assert (found.over, found.opened_at, found.openings) == (False, None, 0)
    assert previews.find(token + "x") is None


def test_only_the_hash_of_a_token_is_stored(make: Make, engine: Engine) -> None:
    token = make()
    with engine.connect() as connection:
        row = connection.execute(select(table)).one()
    assert row.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token not in map(str, row)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_ends_to_the_microsecond_and_is_known_to_be_over(
    previews: Previews, make: Make, clock: HandClock, days: int
) -> None:
    token = make(days=days)
    clock.advance(days * DAY - MICROSECOND)
    assert [row.over for row in previews.of(TEXT)] == [False]
    clock.advance(MICROSECOND)
    found = previews.find(token)
    assert found is not None
    assert found.over
    assert previews.of(TEXT) == ()


def test_what_ended_long_ago_is_dropped_when_another_is_made(
    previews: Previews, make: Make, clock: HandClock
) -> None:
    token = make(days=1)
    clock.advance(DAY + REMEMBERED - MICROSECOND)
    make(text=OTHER)
    assert previews.find(token) is not None
    clock.advance(MICROSECOND)
    make(text=OTHER)
    assert previews.find(token) is None


def test_every_opening_counts(previews: Previews, make: Make, clock: HandClock) -> None:
    found = previews.find(make())
    assert found is not None
    previews.opened(found.id)
    clock.advance(DAY)
    previews.opened(found.id)
    assert [(row.openings, row.opened_at) for row in previews.of(TEXT)] == [(2, clock())]


def test_a_link_made_again_has_its_newest_token_alone(previews: Previews) -> None:
    """A form that was sent twice makes one link, and the page that came last shows its token."""
    link = uuid4()
    first = previews.make(link, ANNA, TEXT, 3, days=7)
    second = previews.make(link, ANNA, TEXT, 3, days=7)
    assert previews.find(first) is None
    assert previews.find(second) is not None
    assert len(previews.of(TEXT)) == 1


def test_a_link_that_is_revoked_is_over_at_once(previews: Previews, make: Make) -> None:
    """And no other; one of another publication is not reached by this one's."""
    token, other = make(), make()
    found = previews.find(token)
    assert found is not None
    assert not previews.revoke(OTHER, found.id)
    assert previews.revoke(TEXT, found.id)
    assert not previews.revoke(TEXT, found.id)
    over = [row.over for row in map(previews.find, (token, other)) if row]
    assert over == [True, False]


def test_all_links_of_an_account_end_together(previews: Previews, make: Make) -> None:
    make(), make(text=OTHER), make(account=BORIS)
    assert previews.revoke_all(ANNA) == 2
    assert [row.account for row in previews.of(TEXT)] == [BORIS]


def test_forgetting_ends_the_links_of_a_text_and_leaves_no_note(
    previews: Previews, make: Make, tmp_path: Path
) -> None:
    """Not in the table, nor in any byte of the database's files; other texts keep theirs."""
    token = make(note="Quokka Herald")
    make(text=OTHER, note="Another paper")
    previews.forget(TEXT)
    found = previews.find(token)
    assert found is not None
    assert (found.over, found.note) == (True, "")
    assert [row.note for row in previews.of(OTHER)] == ["Another paper"]
    assert not [file for file in tmp_path.iterdir() if b"Quokka Herald" in file.read_bytes()]


@pytest.mark.parametrize("days", [0, 2, 31, -1])
def test_other_lengths_of_time_are_refused(make: Make, previews: Previews, days: int) -> None:
    with pytest.raises(BadPreviewDays):
        make(days=days)
    assert previews.of(TEXT) == ()


@pytest.mark.parametrize("note", ["x" * 201, "bell \a", "half \ud800"])
def test_a_note_that_cannot_be_shown_is_refused(make: Make, previews: Previews, note: str) -> None:
    with pytest.raises(BadPreviewNote):
        make(note=note)
    assert previews.of(TEXT) == ()


def test_nobody_unknown_makes_a_link(make: Make) -> None:
    with pytest.raises(UnknownAccount):
        make(account=uuid4())


def test_links_go_with_the_account_that_is_forgotten(
    make: Make, previews: Previews, accounts: Accounts
) -> None:
    token = make()
    accounts.forget(ANNA)
    assert previews.find(token) is None
