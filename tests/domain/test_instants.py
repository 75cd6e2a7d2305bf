"""Instants: read from RFC 3339, written in one form, counted in microseconds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.errors import BadInstant
from publisher.domain.instants import EPOCH, FOREVER, from_micros, parse, to_micros, written

EXAMPLE = datetime(2026, 11, 24, 9, 0, 0, 120_000, tzinfo=UTC)


def instants() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(1000, 1, 1), datetime.max, timezones=st.just(UTC))  # noqa: DTZ001, DTZ901


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T09:00:00.12Z",
        "2026-11-24T09:00:00.120000Z",
        "2026-11-24t09:00:00.12z",
        "2026-11-24 09:00:00.12Z",
        "2026-11-24T09:00:00.12+00:00",
        "2026-11-24T09:00:00.12-00:00",
        "2026-11-24T10:00:00.12+01:00",
        "2026-11-24T03:30:00.12-05:30",
        "2026-11-25T08:59:00.12+23:59",
    ],
)
def test_an_instant_is_read_with_its_offset(text: str) -> None:
    """Every way of writing it is the same instant, in UTC."""
    read = parse(text)
    assert (read, read.tzinfo) == (EXAMPLE, UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-11-24",
        "2026-11-24T09:00:00",
        "2026-11-24T09:00Z",
        "2026-11-24T09:00:00.Z",
        "2026-11-24T09:00:00.1234567Z",
        "2026-11-24T09:00:00,5Z",
        "2026-11-24T09:00:00+0100",
        "2026-11-24T09:00:00+01",
        "2026-11-24T09:00:00 +01:00",
        "2026-11-24T09:00:00Z\n",
        " 2026-11-24T09:00:00Z",
        "2026-11-24_09:00:00Z",
        "20261124T090000Z",
        "2026-W48-2T09:00:00Z",
        "2026-02-29T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T09:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-11-24T09:00:00+24:00",
        "٢٠٢٦-11-24T09:00:00Z",
        "0999-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "\ud800",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    """Missing offsets, other formats, days that do not exist, leap seconds, far ends of time."""
    with pytest.raises(BadInstant) as caught:
        parse(text)
    assert "write RFC 3339 with an offset" in str(caught.value)
    assert str(caught.value).encode()


def test_an_instant_is_written_in_one_form() -> None:
    """UTC, six decimals, Z."""
    assert written(EXAMPLE.astimezone(timezone(timedelta(hours=5)))) == "2026-11-24T09:00:00.120000Z"


@given(instants())
def test_what_is_written_is_read_back(instant: datetime) -> None:
    """To the microsecond."""
    assert parse(written(instant)) == instant


@given(instants(), instants())
def test_written_instants_sort_as_instants_do(one: datetime, two: datetime) -> None:
    """Equal instants are equal strings."""
    assert (written(one) < written(two), written(one) == written(two)) == (one < two, one == two)


@given(instants())
def test_microseconds_lead_back_to_the_instant(instant: datetime) -> None:
    """Without rounding, before 1970 too."""
    assert from_micros(to_micros(instant)) == instant


def test_microseconds_count_from_1970() -> None:
    """Backwards before it."""
    assert to_micros(EPOCH) == 0
    assert to_micros(EPOCH - timedelta(microseconds=1)) == -1
    assert to_micros(datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)) == 1_000_000_000_000_000


def test_the_open_end_is_the_last_instant_of_all() -> None:
    """Nothing that can be written lies after it."""
    assert from_micros(FOREVER) == datetime.max.replace(tzinfo=UTC)
