"""Files that wait for their text, in a real state database."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine

from publisher.domain.errors import BadText
from publisher.state import uploads as module
from publisher.state.accounts import Accounts
from publisher.state.papers import Papers
from publisher.state.uploads import KEPT_FOR, Upload, Uploads


def a_file(letter: str, name: str = "map.png") -> Upload:
    return Upload(sha256=letter * 64, name=name, media_type="image/png", size=3, width=4, height=5)


@pytest.fixture
def uploads(engine: Engine, clock: HandClock) -> Uploads:
    return Uploads(engine, clock)


@pytest.fixture
def ann(accounts: Accounts) -> UUID:
    return opened(accounts, "Ann")


def opened(accounts: Accounts, name: str) -> UUID:
    account = uuid4()
    accounts.add(account, name, "a long password for tests")
    return account


def test_a_file_is_found_by_its_hash_until_it_is_dropped(uploads: Uploads, ann: UUID) -> None:
    """With all that is known of it, and its bytes."""
    uploads.keep(ann, a_file("a"), b"abc")
    uploads.keep(ann, a_file("a", "again.png"), b"abc")
    assert uploads.find("a" * 64) == a_file("a", "again.png")
    assert uploads.bytes_of(["a" * 64, "b" * 64]) == {"a" * 64: b"abc"}
    uploads.drop(ann, ["a" * 64])
    assert uploads.find("a" * 64) is None
    assert uploads.bytes_of(["a" * 64]) == {}


def test_one_persons_file_stays_when_anothers_equal_one_goes(
    uploads: Uploads, accounts: Accounts, ann: UUID
) -> None:
    """Each has their own until their text is saved; what must be forgotten goes for all."""
    bob = opened(accounts, "Bob")
    uploads.keep(ann, a_file("a"), b"abc")
    uploads.keep(bob, a_file("a"), b"abc")
    uploads.drop(ann, ["a" * 64])
    assert uploads.all() == {"a" * 64}
    uploads.forget(["a" * 64])
    assert uploads.all() == set()


def test_an_account_can_have_so_many_bytes_waiting_and_no_more(
    uploads: Uploads, accounts: Accounts, ann: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file again is no more; another account has a limit of its own."""
    monkeypatch.setattr(module, "ACCOUNT_LIMIT", 6)
    uploads.keep(ann, a_file("a"), b"abc")
    uploads.keep(ann, a_file("b"), b"abc")
    uploads.keep(ann, a_file("b"), b"abc")
    with pytest.raises(BadText, match="save those texts"):
        uploads.keep(ann, a_file("c"), b"abc")
    uploads.keep(opened(accounts, "Bob"), a_file("c"), b"abc")
    assert uploads.all() == {"a" * 64, "b" * 64, "c" * 64}


def test_old_files_go_but_not_those_that_a_working_paper_names(
    uploads: Uploads, engine: Engine, clock: HandClock, ann: UUID
) -> None:
    """When the next one comes."""
    uploads.keep(ann, a_file("a"), b"abc")
    uploads.keep(ann, a_file("b"), b"abc")
    Papers(engine, clock).keep(ann, UUID(int=5), {"file-1": f"{'b' * 64} map.png"})
    clock.now += KEPT_FOR + timedelta(minutes=1)
    uploads.keep(ann, a_file("c"), b"abc")
    assert uploads.all() == {"b" * 64, "c" * 64}
