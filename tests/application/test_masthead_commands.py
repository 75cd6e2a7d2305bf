"""The masthead, replaced by one command."""

from datetime import UTC, datetime, timedelta

from newsroom_acts import Make, named, refused, stored

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain import errors
from publisher.domain.masthead import Clock, Contact, Counter, MastheadText, Notice


def test_a_masthead_is_replaced_by_the_fewest_events(newsroom: Make) -> None:
    """What did not change has no event; what is missing is removed."""
    room = newsroom()
    counter = Counter(
        key="strike", since=datetime(2026, 1, 1, tzinfo=UTC).date(), zone="UTC", text="{days} days."
    )
    full = MastheadText(
        name="Office",
        zone="Europe/London",
        clocks=(Clock(label="Moscow", zone="Europe/Moscow"),),
        contacts=(Contact(label="Press", value="+44"),),
        counters=(counter,),
        notices=(Notice(level="warning", text="Closed."),),
    )
    room.replace_masthead(full, By(), stop_reason="Over.")
    before = room.reader.head()
    with refused(room, errors.NothingChanged):
        room.replace_masthead(full, By(), stop_reason="Over.")
    room.replace_masthead(MastheadText(name="Office"), By(), stop_reason="Over.")
    assert named(room)[before:] == [
        "masthead.clock-removed",
        "masthead.contact-removed",
        "masthead.counter-stopped",
        "masthead.notice-taken-down",
    ]
    assert stored(room)[before + 2][1]["reason"] == "Over."


def test_a_counter_from_the_future_is_refused(newsroom: Make, clock: MovableClock) -> None:
    """No day counter starts below zero."""
    room = newsroom()
    tomorrow = (clock.now + timedelta(days=1)).date()
    text = MastheadText(
        name="Office", counters=(Counter(key="k", since=tomorrow, zone="UTC", text="{days}"),)
    )
    with refused(room, errors.CounterFromFuture):
        room.replace_masthead(text, By(), stop_reason="r")
