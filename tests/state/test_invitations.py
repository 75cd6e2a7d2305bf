"""One-time links: kept as hashes, over after three days."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine

from publisher.state.accounts import Accounts
from publisher.state.invitations import LIFETIME, InvitationOver, Invitations

ANNA = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def invitations(engine: Engine, clock: HandClock, accounts: Accounts) -> Invitations:
    accounts.add_without(ANNA, "Anna")
    return Invitations(engine, clock)


def test_nobody_signs_in_to_an_account_without_a_password(
    invitations: Invitations, accounts: Accounts
) -> None:
    """Whatever is given; the account has its name all the same."""
    assert accounts.name_of(ANNA) == "Anna"
    assert [accounts.verify("Anna", given) for given in ("", "Anna", "a long password")] == [None] * 3


def test_only_the_hash_of_a_link_is_stored(invitations: Invitations, tmp_path: Path) -> None:
    """Who steals the database can't accept it."""
    token = invitations.make(ANNA)
    assert invitations.find(token) == ANNA
    assert not any(token.encode() in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("token", ["", "wrong", "\ud800", "x" * 100_000])
def test_another_token_opens_nothing(invitations: Invitations, token: str) -> None:
    """Whatever an address holds."""
    invitations.make(ANNA)
    with pytest.raises(InvitationOver):
        invitations.find(token)


def test_a_link_is_over_after_its_time_and_stays_known(invitations: Invitations, clock: HandClock) -> None:
    """So that it shows who never came."""
    token = invitations.make(ANNA)
    until = clock.now + LIFETIME
    clock.advance(LIFETIME - timedelta(seconds=1))
    assert invitations.find(token) == ANNA
    clock.advance(timedelta(seconds=1))
    with pytest.raises(InvitationOver):
        invitations.find(token)
    assert invitations.open() == {str(ANNA): until}


def test_forgetting_an_account_forgets_its_invitation(invitations: Invitations, accounts: Accounts) -> None:
    """The row goes with the name."""
    invitations.make(ANNA)
    accounts.forget(ANNA)
    assert invitations.open() == {}
