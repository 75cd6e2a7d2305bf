"""How the feeds are read: which software asks, how often, and how many answers were news to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ...state.polls import Asked, Count
from ..pages import Page
from ..signing import requires

DAYS = 30
"""How far the page looks back, today included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One line: software or a feed, what it came to, and on how many days."""

    name: str
    count: Count
    a_day: float

    @property
    def share(self) -> int:
        """Of a hundred answers, how many said that nothing changed; rounded down."""
        return 100 * self.count.unchanged // self.count.polls


def add(desk: Blueprint, publisher: Publisher, page: Page) -> None:
    """`/desk/readers`."""

    @desk.get("/readers")
    @requires(publisher, Action.READ_DESK)
    def readers() -> Response:
        today = publisher.polls.today()
        counts = publisher.polls.since(today - timedelta(days=DAYS - 1))
        return page(
            "readers.html",
            days=DAYS,
            since=min((asked.day for asked in counts), default=None),
            software=_by("software", counts, today),
            feeds=_by("feed", counts, today),
        )


def _by(what: str, counts: Mapping[Asked, Count], today: date) -> list[Reading]:
    """The sums by one of the two names, the most first.

    The people for whom a service asks are counted feed by feed, as the last day on which it said so.
    """
    days = max((today - asked.day).days + 1 for asked in counts) if counts else 1
    sums: dict[str, Count] = {}
    told: dict[tuple[str, str], tuple[date, int]] = {}
    for asked, count in counts.items():
        name = getattr(asked, what)
        sums[name] = sums.get(name, Count()) + count
        if count.subscribers is not None:
            key = asked.software, asked.feed
            told[key] = max(told.get(key, (date.min, 0)), (asked.day, count.subscribers))
    people: dict[str, int] = {}
    for (software, feed), (_, number) in told.items():
        name = software if what == "software" else feed
        people[name] = people.get(name, 0) + number
    lines = [
        Reading(
            name=name,
            count=Count(whole=sum_.whole, unchanged=sum_.unchanged, subscribers=people.get(name)),
            a_day=sum_.polls / days,
        )
        for name, sum_ in sums.items()
    ]
    return sorted(lines, key=lambda line: (-line.count.polls, line.name))
