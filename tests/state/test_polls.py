"""How often the feeds were asked for: sums by day, software and feed, kept for a while."""

from datetime import date, timedelta

import pytest
from hand_clock import HandClock
from sqlalchemy import Engine

from publisher.state.polls import KEPT_FOR, Asked, Count, Polls


@pytest.fixture
def polls(engine: Engine, clock: HandClock) -> Polls:
    return Polls(engine, clock)


def asked(day: date, software: str = "Newsboat", feed: str = "/feed.atom") -> Asked:
    return Asked(day=day, software=software, feed=feed)


def test_counts_add_up(polls: Polls) -> None:
    """Each pair of software and feed for itself; of the subscribers the most that were told."""
    day = polls.today()
    polls.add({asked(day): Count(whole=2, unchanged=5)})
    polls.add({asked(day, "Feedly"): Count(whole=1, subscribers=9)})
    polls.add({asked(day): Count(unchanged=1), asked(day, "Feedly"): Count(unchanged=1, subscribers=8)})
    polls.add({asked(day, "Feedly"): Count(unchanged=1)})
    assert polls.since(day) == {
        asked(day): Count(whole=2, unchanged=6),
        asked(day, "Feedly"): Count(whole=1, unchanged=2, subscribers=9),
    }


def test_subscribers_told_later_are_told(polls: Polls) -> None:
    day = polls.today()
    polls.add({asked(day): Count(whole=1)})
    polls.add({asked(day): Count(whole=1, subscribers=4)})
    assert polls.since(day)[asked(day)].subscribers == 4


def test_old_counts_go(polls: Polls) -> None:
    today = polls.today()
    kept, gone = today - KEPT_FOR, today - KEPT_FOR - timedelta(days=1)
    polls.add({asked(kept): Count(whole=1), asked(gone): Count(whole=1)})
    assert set(polls.since(date.min)) == {asked(kept)}


def test_only_days_that_were_asked_for_are_given(polls: Polls) -> None:
    today = polls.today()
    polls.add({asked(today): Count(whole=1), asked(today - timedelta(days=1)): Count(whole=1)})
    assert set(polls.since(today)) == {asked(today)}
