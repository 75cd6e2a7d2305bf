"""Working papers and who is here, in a real state database."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine

from publisher.state.accounts import Accounts
from publisher.state.papers import HERE, Papers

PLACE = UUID(int=5)


@pytest.fixture
def papers(engine: Engine, clock: HandClock) -> Papers:
    return Papers(engine, clock)


@pytest.fixture
def ann(accounts: Accounts) -> UUID:
    return opened(accounts, "Ann")


@pytest.fixture
def bob(accounts: Accounts) -> UUID:
    return opened(accounts, "Bob")


def opened(accounts: Accounts, name: str) -> UUID:
    account = uuid4()
    accounts.add(account, name, "a long password for tests")
    return account


def test_what_was_typed_is_kept_for_its_account_alone(papers: Papers, ann: UUID, bob: UUID) -> None:
    """To the last character; the newest takes the place of what was there."""
    papers.keep(ann, PLACE, {"title": "A", "body": ""})
    kept = papers.keep(ann, PLACE, {"title": "Äpfel \U0001f34e\n", "body": "x"})
    assert papers.find(ann, PLACE) == kept
    assert kept.fields == {"title": "Äpfel \U0001f34e\n", "body": "x"}
    assert papers.find(bob, PLACE) is None
    assert papers.find(ann, UUID(int=6)) is None


def test_papers_are_listed_newest_first_and_dropped(papers: Papers, ann: UUID, clock: HandClock) -> None:
    papers.keep(ann, PLACE, {"title": "old"})
    clock.advance(timedelta(seconds=1))
    papers.keep(ann, UUID(int=6), {"title": "new"})
    assert [paper.fields["title"] for paper in papers.of(ann)] == ["new", "old"]
    papers.drop(ann, PLACE)
    papers.drop(ann, PLACE)
    assert [paper.place for paper in papers.of(ann)] == [UUID(int=6)]


def test_papers_go_with_their_account(papers: Papers, accounts: Accounts, ann: UUID) -> None:
    """What somebody typed is forgotten with them."""
    papers.keep(ann, PLACE, {"title": "A"})
    papers.beat(ann, PLACE)
    accounts.forget(ann)
    assert papers.of(ann) == ()


def test_whoever_has_a_text_open_is_told_of_the_others(
    papers: Papers, ann: UUID, bob: UUID, clock: HandClock
) -> None:
    """Since when, until they are not heard of any more."""
    assert papers.beat(ann, PLACE) == ()
    began = clock()
    clock.advance(timedelta(seconds=60))
    assert [(p.account, p.since) for p in papers.beat(bob, PLACE)] == [(ann, began)]
    assert papers.beat(ann, UUID(int=6)) == ()
    papers.beat(ann, PLACE)
    assert [p.since for p in papers.others(bob, PLACE)] == [began]
    clock.advance(HERE + timedelta(seconds=1))
    assert papers.beat(bob, PLACE) == ()
