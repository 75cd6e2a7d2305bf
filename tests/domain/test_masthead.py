"""The masthead: what replacing it records, and its lines of instants."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import pytest
from domain_samples import HOUR, MICROSECOND, NOON, SECOND, act, names, refused, rehearsed

from publisher.domain import errors
from publisher.domain.masthead import Clock, Contact, Counter, Masthead, MastheadText, Notice

LONDON = Clock(label="London", zone="Europe/London")
MOSCOW = Clock(label="Moscow", zone="Europe/Moscow")
PRESS = Contact(label="Press", value="press@example.org")
DOOR = Contact(label="Door", value="1 Example Street")
COUNTER = Counter(
    key="consul", since=date(2018, 3, 4), zone="Europe/London", text="{days} days have passed."
)
OTHER_COUNTER = replace(COUNTER, key="reply", text="{days} days without a reply.")
CLOSED = Notice(level="information", text="Closed on Monday.")
STORM = Notice(level="warning", text="A storm is coming.")
FULL = MastheadText(
    name="Embassy",
    zone="Europe/London",
    clocks=(LONDON, MOSCOW),
    contacts=(PRESS, DOOR),
    counters=(COUNTER, OTHER_COUNTER),
    notices=(CLOSED, STORM),
)
PUBLICATION = UUID("11111111-1111-4111-8111-111111111111")


def opened() -> Masthead:
    masthead = Masthead.open(uuid4(), act(NOON - HOUR))
    masthead.collect_events()
    return masthead


def saying(text: MastheadText = FULL) -> Masthead:
    """A masthead that says `text` since an hour before noon."""
    masthead = opened()
    masthead.replace(text, act(NOON - HOUR), stop_reason="")
    masthead.collect_events()
    return masthead


def told(text: MastheadText, of: MastheadText = FULL) -> list[dict[str, Any]]:
    """What replacing `of` by `text` records: the events' names and own fields."""
    masthead = saying(of)
    masthead.replace(text, act(), stop_reason="It ended.")
    marks = {"actor", "command_id", "command_sha256", "rehearsal", "timestamp", "effective_at"}
    return [
        {"": type(e).__name__}
        | {k: v for k, v in vars(e).items() if k not in marks and not k.startswith("originator")}
        for e in masthead.pending_events
    ]


# ---- opening


def test_the_masthead_is_one_and_names_the_newsroom() -> None:
    """Its id is fixed, the newsroom's is not."""
    newsroom = uuid4()
    masthead = Masthead.open(newsroom, act())
    assert (masthead.id, masthead.newsroom) == (uuid5(NAMESPACE_URL, "masthead"), newsroom)
    assert names(masthead) == ["Opened"]


def test_the_first_masthead_sets_everything() -> None:
    """One event for each thing it says."""
    masthead = opened()
    masthead.replace(FULL, act(), stop_reason="")
    assert names(masthead) == [
        "Named", "ZoneSet", "ClockSet", "ClockSet", "ContactSet", "ContactSet",
        "CounterStarted", "CounterStarted", "NoticePosted", "NoticePosted",
    ]  # fmt: skip
    assert {e.effective_at for e in masthead.pending_events[1:]} == {NOON}


def test_saying_the_same_again_is_refused() -> None:
    """No event without a change."""
    masthead = saying()
    with refused(masthead, errors.NothingChanged, "the masthead"):
        masthead.replace(FULL, act(), stop_reason="")


# ---- as few events as it takes


def test_a_new_name_is_one_event() -> None:
    """Only what changes is recorded."""
    assert told(replace(FULL, name="Consulate")) == [{"": "Named", "name": "Consulate"}]


def test_a_new_zone_is_one_event() -> None:
    """Of the newsroom's own day."""
    assert told(replace(FULL, zone="Europe/Moscow")) == [{"": "ZoneSet", "zone": "Europe/Moscow"}]


def test_no_zone_leaves_the_zone_as_it_is() -> None:
    """It is not taken away."""
    masthead = saying()
    masthead.replace(replace(FULL, name="Consulate", zone=None), act(), stop_reason="")
    assert (names(masthead), masthead.zone_at(NOON, "UTC")) == (["Named"], "Europe/London")


def test_a_clock_can_be_relabelled() -> None:
    """Its key is its zone."""
    assert told(replace(FULL, clocks=(replace(LONDON, label="Here"), MOSCOW))) == [
        {"": "ClockSet", "zone": "Europe/London", "label": "Here", "order": 0}
    ]


def test_a_clock_can_be_taken_away() -> None:
    """And the one after it moves up."""
    assert told(replace(FULL, clocks=(MOSCOW,))) == [
        {"": "ClockSet", "zone": "Europe/Moscow", "label": "Moscow", "order": 0},
        {"": "ClockRemoved", "zone": "Europe/London"},
    ]


def test_contacts_can_change_places() -> None:
    """Order is part of what is set."""
    assert told(replace(FULL, contacts=(DOOR, PRESS))) == [
        {"": "ContactSet", "label": "Door", "value": "1 Example Street", "order": 0},
        {"": "ContactSet", "label": "Press", "value": "press@example.org", "order": 1},
    ]


def test_a_contact_can_be_taken_away() -> None:
    """Its key is its label."""
    assert told(replace(FULL, contacts=(PRESS,))) == [{"": "ContactRemoved", "label": "Door"}]


def test_a_counter_can_be_reworded() -> None:
    """It goes on counting from the same day."""
    reworded = replace(COUNTER, text="For {days} days.")
    assert told(replace(FULL, counters=(reworded, OTHER_COUNTER))) == [
        {"": "CounterReworded", "key": "consul", "text": "For {days} days.", "order": 0}
    ]


@pytest.mark.parametrize("change", [{"since": date(2019, 1, 1)}, {"zone": "Asia/Tokyo"}])
def test_a_counter_of_another_day_or_zone_starts_anew(change: dict[str, Any]) -> None:
    """It is another claim."""
    other = replace(COUNTER, **change)
    assert told(replace(FULL, counters=(other, OTHER_COUNTER))) == [
        {
            "": "CounterStarted",
            "key": "consul",
            "since": other.since.isoformat(),
            "zone": other.zone,
            "text": other.text,
            "order": 0,
        }
    ]


def test_a_counter_is_stopped_with_a_reason() -> None:
    """The reason is the command's."""
    assert told(replace(FULL, counters=(COUNTER,))) == [
        {"": "CounterStopped", "key": "reply", "reason": "It ended."}
    ]


def test_a_notice_is_taken_down() -> None:
    """By the id under which it was posted."""
    events = told(replace(FULL, notices=(CLOSED,)))
    assert [e[""] for e in events] == ["NoticeTakenDown"]
    assert UUID(events[0]["notice"]).version == 5


def test_a_notice_of_other_words_is_another_notice() -> None:
    """The old one is taken down, the new one has an id of its own."""
    events = told(replace(FULL, notices=(CLOSED, replace(STORM, text="The storm is here."))))
    assert [e[""] for e in events] == ["NoticePosted", "NoticeTakenDown"]
    assert events[0]["notice"] != events[1]["notice"]


def test_a_notice_keeps_its_id_in_another_place() -> None:
    """What is said already is only moved."""
    masthead = saying()
    ids = {k for what, k in masthead.settings if what == "notice"}
    masthead.replace(replace(FULL, notices=(STORM, CLOSED)), act(), stop_reason="")
    assert names(masthead) == ["NoticePosted", "NoticePosted"]
    assert {k for what, k in masthead.settings if what == "notice"} == ids


def test_one_command_gives_its_notices_the_same_ids_again() -> None:
    """They are derived from the command, so that trying again is the same."""
    command = uuid4()
    ids = []
    for masthead in (opened(), opened()):
        masthead.replace(FULL, act(command=command), stop_reason="")
        ids.append([k for what, k in masthead.settings if what == "notice"])
    assert ids[0] == ids[1]


def test_what_was_taken_away_can_come_back() -> None:
    """Under the same key, at a later instant."""
    masthead = saying()
    masthead.replace(replace(FULL, counters=()), act(), stop_reason="It ended.")
    masthead.collect_events()
    masthead.replace(FULL, act(NOON + HOUR), stop_reason="")
    assert names(masthead) == ["CounterStarted", "CounterStarted"]


# ---- refusals


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("clocks", {"clocks": (LONDON, replace(LONDON, label="Here"))}),
        ("contacts", {"contacts": (PRESS, replace(PRESS, value="other@example.org"))}),
        ("counters", {"counters": (COUNTER, replace(COUNTER, text="{days}."))}),
        ("notices", {"notices": (STORM, CLOSED, STORM)}),
    ],
)
def test_a_key_that_stands_there_twice_is_refused(field: str, change: dict[str, Any]) -> None:
    """A key has one line of instants, so it says one thing."""
    masthead = opened()
    with refused(masthead, errors.BadText, "twice") as caught:
        masthead.replace(replace(FULL, **change), act(), stop_reason="")
    assert caught.value.field == field


def test_the_same_words_of_another_level_are_two_notices() -> None:
    """Level and text together tell notices apart."""
    masthead = opened()
    both = (STORM, replace(STORM, level="information"))
    masthead.replace(MastheadText(name="Embassy", notices=both), act(), stop_reason="")
    assert len({e.notice for e in masthead.pending_events[1:]}) == 2


def test_a_counter_from_tomorrow_is_refused() -> None:
    """Nothing of the masthead is set then."""
    masthead = opened()
    tomorrow = replace(COUNTER, since=NOON.date() + timedelta(days=1))
    with refused(masthead, errors.CounterFromFuture) as caught:
        masthead.replace(replace(FULL, counters=(tomorrow,)), act(), stop_reason="")
    assert caught.value.field == "since"


def test_a_counter_from_today_counts_from_nought() -> None:
    """Today is the day in the counter's own zone: tomorrow in Tokyo from 15:00 UTC on."""
    masthead = opened()
    tokyo = replace(COUNTER, since=date(2026, 11, 25), zone="Asia/Tokyo")
    masthead.replace(
        replace(FULL, counters=(tokyo,)), act(datetime(2026, 11, 24, 15, tzinfo=UTC)), stop_reason=""
    )
    assert masthead.settings["counter", "consul"]["since"] == "2026-11-25"


def test_an_imported_counter_is_measured_by_its_own_instant() -> None:
    """What had not come then is refused, though it has come since."""
    masthead = opened()
    with refused(masthead, errors.CounterFromFuture):
        masthead.replace(FULL, act(), stop_reason="", imported_at=datetime(2018, 3, 3, 12, tzinfo=UTC))


def test_a_counter_of_an_unknown_zone_is_refused() -> None:
    """It could not be counted."""
    masthead = opened()
    with refused(masthead, errors.UnknownZone):
        masthead.replace(
            replace(FULL, counters=(replace(COUNTER, zone="Europe/Nowhere"),)), act(), stop_reason=""
        )


# ---- instants


def test_a_key_set_twice_at_one_instant_increases() -> None:
    """Only the key that is set again moves on."""
    masthead = opened()
    masthead.replace(replace(FULL, notices=()), act(), stop_reason="")
    masthead.collect_events()
    masthead.replace(replace(FULL, name="Consulate"), act(), stop_reason="")
    assert [(type(e).__name__, e.effective_at - NOON) for e in masthead.pending_events] == [
        ("Named", MICROSECOND),
        ("NoticePosted", timedelta(0)),
        ("NoticePosted", timedelta(0)),
    ]


def test_the_zone_is_known_at_every_instant() -> None:
    """Each holds from its own instant on; before the first the given one."""
    masthead = saying()
    masthead.replace(replace(FULL, zone="Asia/Tokyo"), act(), stop_reason="")
    instants = [NOON - HOUR - MICROSECOND, NOON - HOUR, NOON - MICROSECOND, NOON, NOON + HOUR]
    assert [masthead.zone_at(i, "UTC") for i in instants] == [
        "UTC", "Europe/London", "Europe/London", "Asia/Tokyo", "Asia/Tokyo",
    ]  # fmt: skip


def test_a_rehearsal_behind_the_masthead_is_refused() -> None:
    """And sets nothing, although another key would have been free."""
    masthead = saying()
    changed = replace(FULL, name="Consulate", contacts=(*FULL.contacts, replace(DOOR, label="Gate")))
    with refused(masthead, errors.RehearsalBehindHistory):
        masthead.replace(changed, rehearsed(NOON - HOUR - SECOND), stop_reason="")


def test_a_rehearsals_second_takes_several_changes() -> None:
    """Each a microsecond after the one before."""
    masthead = saying()
    for name in ("One", "Two", "Three"):
        masthead.replace(replace(FULL, name=name), rehearsed(), stop_reason="")
    assert [e.effective_at - NOON for e in masthead.pending_events] == [n * MICROSECOND for n in range(3)]


# ---- imports


def test_an_imported_masthead_holds_from_its_own_instant() -> None:
    """Recorded now, effective then."""
    masthead = opened()
    then = datetime(2018, 3, 12, tzinfo=UTC)
    masthead.replace(FULL, act(), stop_reason="", imported_at=then)
    assert {(e.timestamp, e.effective_at) for e in masthead.pending_events} == {(NOON, then)}


def test_an_imported_masthead_that_changes_nothing_is_remembered() -> None:
    """By one event, so that the same line again is passed over."""
    masthead = saying()
    done = act()
    masthead.replace(FULL, done, stop_reason="", imported_at=NOON)
    assert names(masthead) == ["Named"]
    assert done.command_id in masthead.commands


@pytest.mark.parametrize("at", [NOON - HOUR, NOON - HOUR - MICROSECOND])
def test_an_imported_masthead_before_what_stands_is_refused(at: datetime) -> None:
    """Its new keys would show through what was set since."""
    masthead = saying()
    more = replace(FULL, contacts=(*FULL.contacts, replace(DOOR, label="Gate")))
    with refused(masthead, errors.InstantTooEarly):
        masthead.replace(more, act(), stop_reason="", imported_at=at)


def test_an_imported_masthead_passes_by_what_is_pinned() -> None:
    """Pins are no part of it."""
    masthead = opened()
    masthead.pin(PUBLICATION, act())
    masthead.collect_events()
    masthead.replace(FULL, act(), stop_reason="", imported_at=NOON - HOUR)
    assert ("pin", str(PUBLICATION)) in masthead.settings
    assert "Unpinned" not in names(masthead)


# ---- pins


def test_a_publication_can_be_pinned_and_unpinned() -> None:
    """Both hold from their acts on."""
    masthead = opened()
    masthead.pin(PUBLICATION, act())
    masthead.unpin(PUBLICATION, act(NOON + HOUR))
    assert [(type(e).__name__, e.publication, e.effective_at) for e in masthead.pending_events] == [
        ("Pinned", str(PUBLICATION), NOON),
        ("Unpinned", str(PUBLICATION), NOON + HOUR),
    ]


def test_pinning_twice_is_refused() -> None:
    """Nothing would change."""
    masthead = opened()
    masthead.pin(PUBLICATION, act())
    masthead.collect_events()
    with refused(masthead, errors.NothingChanged):
        masthead.pin(PUBLICATION, act())


PINS = [UUID(int=number) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("which", "earlier", "then"),
    [
        (0, False, [2, 1, 3, 4]),
        (1, True, [2, 1, 3, 4]),
        (2, True, [1, 3, 2, 4]),
        (3, True, [1, 2, 4, 3]),
        (2, False, [1, 2, 4, 3]),
    ],
)
def test_pins_change_places_by_being_pinned_anew(which: int, earlier: bool, then: list[int]) -> None:
    """Each key's instants increase, as does the order in which they were pinned."""
    masthead = opened()
    for pin in PINS:
        masthead.pin(pin, act())
    masthead.collect_events()
    masthead.shift_pin(PINS[which], act(), earlier=earlier)
    assert [UUID(key).int for what, key in masthead.settings if what == "pin"] == then
    events = masthead.pending_events
    for pin in PINS:
        instants = [e.effective_at for e in events if e.publication == str(pin)]
        assert instants == sorted(set(instants))


@pytest.mark.parametrize(("which", "earlier"), [(0, True), (3, False)])
def test_a_pin_at_the_end_goes_no_further(which: int, earlier: bool) -> None:
    masthead = opened()
    for pin in PINS:
        masthead.pin(pin, act())
    masthead.collect_events()
    with refused(masthead, errors.NothingChanged):
        masthead.shift_pin(PINS[which], act(), earlier=earlier)
    with refused(masthead, errors.UnknownSetting):
        masthead.shift_pin(PUBLICATION, act(), earlier=earlier)


def test_unpinning_what_is_not_pinned_is_refused() -> None:
    """It is named."""
    masthead = opened()
    with refused(masthead, errors.UnknownSetting, str(PUBLICATION)):
        masthead.unpin(PUBLICATION, act())


def test_pinning_again_at_one_instant_increases() -> None:
    """Pin, unpin and pin stand one after the other."""
    masthead = opened()
    masthead.pin(PUBLICATION, act())
    masthead.unpin(PUBLICATION, act())
    masthead.pin(PUBLICATION, act())
    assert [e.effective_at - NOON for e in masthead.pending_events] == [n * MICROSECOND for n in range(3)]


def test_replaying_the_events_gives_the_same_masthead() -> None:
    """History loads to what the acts left."""
    masthead = Masthead.open(uuid4(), act())
    masthead.replace(FULL, act(), stop_reason="")
    masthead.pin(PUBLICATION, act())
    masthead.replace(replace(FULL, counters=(), clocks=(MOSCOW,)), act(), stop_reason="It ended.")
    replayed = None
    for event in masthead.collect_events():
        replayed = event.mutate(replayed)
    assert replayed == masthead
