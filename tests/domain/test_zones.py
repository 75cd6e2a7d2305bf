"""Time zones, the days that counters count, and when a day turns."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.errors import UnknownZone
from publisher.domain.zones import days_since, instants_of, local_date, names, next_midnight, zone

MICROSECOND = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---- names


@pytest.mark.parametrize("name", ["Europe/London", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"])
def test_a_zone_is_known_by_its_name(name: str) -> None:
    """As the tz database writes it."""
    assert (zone(name).key, name in names()) == (name, True)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Europe/Nowhere",
        "europe/london",
        "../zones",
        "/etc/passwd",
        "Europe",
        "localtime",
        "GMT+1",
        "\ud800",
    ],
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    """Other spellings and paths of files too."""
    with pytest.raises(UnknownZone, match="use a tz database name"):
        zone(name)


def test_every_listed_zone_can_be_read() -> None:
    """The list and the files belong together."""
    assert len(names()) > 400
    assert {zone(name).key for name in names()} == names()


# ---- days


@pytest.mark.parametrize(
    ("instant", "zone_name", "day"),
    [
        ("2026-11-24T23:59:59.999999", "Europe/London", "2026-11-24"),
        ("2026-11-25T00:00:00", "Europe/London", "2026-11-25"),
        ("2026-06-30T22:59:59.999999", "Europe/London", "2026-06-30"),
        ("2026-06-30T23:00:00", "Europe/London", "2026-07-01"),
        ("2026-11-24T15:00:00", "Asia/Tokyo", "2026-11-25"),
        ("2026-11-24T04:59:59", "America/New_York", "2026-11-23"),
        ("2026-11-24T18:15:00", "Asia/Kathmandu", "2026-11-25"),
        ("2011-12-30T09:59:59", "Pacific/Apia", "2011-12-29"),
        ("2011-12-30T10:00:00", "Pacific/Apia", "2011-12-31"),
    ],
)
def test_an_instant_has_a_day_in_each_zone(instant: str, zone_name: str, day: str) -> None:
    """The calendar day that people there live in."""
    assert local_date(utc(instant), zone_name) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("since", "zone_name", "instant", "days"),
    [
        ("2018-03-04", "Europe/London", "2020-11-24T11:55:00", 996),
        ("2018-03-12", "Europe/London", "2020-11-24T11:55:00", 988),
        ("2026-11-24", "Europe/London", "2026-11-24T00:00:00", 0),
        ("2026-11-24", "Europe/London", "2026-11-24T23:59:59.999999", 0),
        ("2026-11-24", "Europe/London", "2026-11-25T00:00:00", 1),
        ("2026-11-25", "Europe/London", "2026-11-24T12:00:00", -1),
        # the day of 23 hours, and the day of 25
        ("2026-03-28", "Europe/London", "2026-03-29T00:00:00", 1),
        ("2026-03-28", "Europe/London", "2026-03-29T22:59:59", 1),
        ("2026-03-28", "Europe/London", "2026-03-29T23:00:00", 2),
        ("2026-10-24", "Europe/London", "2026-10-24T23:00:00", 1),
        ("2026-10-24", "Europe/London", "2026-10-25T23:59:59", 1),
        ("2026-10-24", "Europe/London", "2026-10-26T00:00:00", 2),
        # 29 February
        ("2024-02-28", "Europe/London", "2024-03-01T12:00:00", 2),
        ("2023-02-28", "Europe/London", "2023-03-01T12:00:00", 1),
        ("2024-02-29", "Europe/London", "2025-02-28T12:00:00", 365),
        ("2024-02-29", "Europe/London", "2028-02-29T12:00:00", 1461),
        ("1900-02-28", "UTC", "1900-03-01T00:00:00", 1),
        ("2000-02-28", "UTC", "2000-03-01T00:00:00", 2),
        # a calendar without 30 December
        ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00:00", 2),
    ],
)
def test_days_are_counted_by_the_calendar(since: str, zone_name: str, instant: str, days: int) -> None:
    """Not by hours: a day of 23 or 25 of them is one day."""
    assert days_since(date.fromisoformat(since), zone_name, utc(instant)) == days


def test_zones_count_the_same_claim_differently() -> None:
    """At one instant it is tomorrow in Tokyo and today in London."""
    instant = utc("2026-11-24T20:00:00")
    assert [days_since(date(2026, 11, 24), z, instant) for z in ("Asia/Tokyo", "Europe/London")] == [1, 0]


# ---- midnights


@pytest.mark.parametrize(
    ("instant", "zone_name", "midnight"),
    [
        ("2026-11-24T12:00:00", "UTC", "2026-11-25T00:00:00"),
        ("2026-11-24T00:00:00", "UTC", "2026-11-25T00:00:00"),
        ("2026-11-24T23:59:59.999999", "UTC", "2026-11-25T00:00:00"),
        ("2026-07-01T12:00:00", "Europe/London", "2026-07-01T23:00:00"),
        ("2026-03-29T00:30:00", "Europe/London", "2026-03-29T23:00:00"),
        ("2026-10-25T00:30:00", "Europe/London", "2026-10-26T00:00:00"),
        ("2026-10-25T01:30:00", "Europe/London", "2026-10-26T00:00:00"),
        # midnight is skipped: the day begins at 01:00
        ("2018-11-03T12:00:00", "America/Sao_Paulo", "2018-11-04T03:00:00"),
        ("2018-11-04T12:00:00", "America/Sao_Paulo", "2018-11-05T02:00:00"),
        ("2026-03-28T12:00:00", "Asia/Beirut", "2026-03-28T22:00:00"),
        # 24:00 goes back to 23:00: the day lasts an hour longer
        ("2018-02-17T12:00:00", "America/Sao_Paulo", "2018-02-18T03:00:00"),
        ("2026-10-24T20:30:00", "Asia/Beirut", "2026-10-24T22:00:00"),
        ("2026-10-24T21:30:00", "Asia/Beirut", "2026-10-24T22:00:00"),
        # midnight comes twice: the first counts
        ("2025-11-01T12:00:00", "America/Havana", "2025-11-02T04:00:00"),
        ("2025-11-02T05:00:00", "America/Havana", "2025-11-03T05:00:00"),
        # a day is skipped, and a day lasts 47 hours
        ("2011-12-29T12:00:00", "Pacific/Apia", "2011-12-30T10:00:00"),
        ("2011-12-30T10:00:00", "Pacific/Apia", "2011-12-31T10:00:00"),
        ("1969-09-29T13:00:00", "Pacific/Kwajalein", "1969-10-01T12:00:00"),
        # a gap from 23:30 to 00:30
        ("1919-03-30T12:00:00", "America/Toronto", "1919-03-31T04:30:00"),
        # from 00:01 back to 23:01: after the first midnight the second
        ("2010-11-07T02:00:00", "America/St_Johns", "2010-11-07T02:30:00"),
        ("2010-11-07T02:31:00", "America/St_Johns", "2010-11-07T03:30:00"),
    ],
)
def test_a_day_turns_at_the_zones_own_midnight(instant: str, zone_name: str, midnight: str) -> None:
    """Also where the clock jumps over midnight, or back across it."""
    found = next_midnight(utc(instant), zone_name)
    assert (found, found.tzinfo) == (utc(midnight), UTC)


@given(
    instant=st.datetimes(datetime(2011, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone_name=st.sampled_from(sorted(names())),
    between=st.lists(st.floats(0, 1, exclude_max=True), min_size=5, max_size=5),
)
def test_a_day_turns_exactly_at_its_midnight(
    instant: datetime, zone_name: str, between: list[float]
) -> None:
    """It is another day there, not a microsecond before, and at no time in between."""
    midnight = next_midnight(instant, zone_name)
    today = local_date(instant, zone_name)
    assert midnight > instant
    assert local_date(midnight, zone_name) > today
    assert local_date(midnight - MICROSECOND, zone_name) == today
    earlier = [instant + (midnight - MICROSECOND - instant) * part for part in between]
    assert {local_date(moment, zone_name) for moment in earlier} == {today}


@pytest.mark.parametrize(
    ("zone_name", "year"),
    [
        ("Europe/London", 2026),
        ("America/Sao_Paulo", 2018),
        ("Asia/Beirut", 2026),
        ("Pacific/Apia", 2011),
        ("Asia/Gaza", 2014),
        ("Asia/Tehran", 2022),
        ("Antarctica/Troll", 2026),
        ("Australia/Lord_Howe", 2026),
        ("America/Nuuk", 2026),
    ],
)
def test_midnights_follow_one_another_through_a_year(zone_name: str, year: int) -> None:
    """Each begins the next calendar day, and no quarter of an hour turns a day besides."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    turns, quarters = [], []
    midnight = moment
    while (midnight := next_midnight(midnight, zone_name)).year == year:
        turns.append(midnight)
    while (moment := moment + timedelta(minutes=15)).year == year:
        if local_date(moment, zone_name) != local_date(moment - MICROSECOND, zone_name):
            quarters.append(moment)
    assert turns == quarters


@pytest.mark.parametrize("zone_name", ["Asia/Tokyo", "America/New_York"])
def test_an_instant_of_another_zone_is_the_same_instant(zone_name: str) -> None:
    """The answer is in UTC whatever was given."""
    instant = utc("2026-11-24T12:00:00")
    there = next_midnight(instant.astimezone(zone(zone_name)), "Europe/London")
    assert (there, there.tzinfo) == (utc("2026-11-25T00:00:00"), UTC)


# ---- local times


@pytest.mark.parametrize(
    ("local", "zone_name", "instants"),
    [
        ("2026-11-24T09:00:00", "Europe/London", ["2026-11-24T09:00:00"]),
        ("2026-07-01T09:00:00", "Europe/London", ["2026-07-01T08:00:00"]),
        ("2026-10-25T01:30:00", "Europe/London", ["2026-10-25T00:30:00", "2026-10-25T01:30:00"]),
        ("2026-03-29T01:30:00", "Europe/London", []),
        ("2018-11-04T00:00:00", "America/Sao_Paulo", []),
        ("2018-11-04T01:00:00", "America/Sao_Paulo", ["2018-11-04T03:00:00"]),
        ("2011-12-30T12:00:00", "Pacific/Apia", []),
    ],
)
def test_a_local_time_is_one_instant_two_or_none(local: str, zone_name: str, instants: list[str]) -> None:
    """Two where the clocks are put back over it, none where they skip it."""
    found = instants_of(datetime.fromisoformat(local), zone_name)
    assert found == tuple(utc(instant) for instant in instants)
