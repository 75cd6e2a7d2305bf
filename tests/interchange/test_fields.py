"""The fields by themselves, as a form uses them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from publisher.domain import instants
from publisher.domain.publication import Significance
from publisher.domain.texts import unprintable
from publisher.interchange import fields as f
from publisher.interchange.shapes import first_problem


class Form(Schema):
    title = f.Line(limit=10)
    note = f.Text(limit=20)
    body = f.Body()
    topics = f.Items(f.Topic(), limit=2)
    since = f.Day()
    at = f.Instant()
    significance = f.SignificanceField()
    zone = f.Zone()


def test_good_values_come_out_typed() -> None:
    """A form's texts become values of the domain; texts keep their white space."""
    given_text = {
        "title": " Ferries",
        "note": "a\n\tb",
        "body": "",
        "topics": ["lake", "9-lakes"],
        "since": "0001-02-03",
        "at": "2024-05-01T11:00:00+02:00",
        "significance": "major",
        "zone": "Etc/UTC",
    }
    assert Form().load(given_text) == given_text | {
        "since": date(1, 2, 3),
        "at": datetime(2024, 5, 1, 9, tzinfo=UTC),
        "significance": Significance.MAJOR,
    }


def test_a_list_left_out_is_empty_and_a_new_one_each_time() -> None:
    """Two forms never share the list that stands for nothing."""
    first, second = Form().load({}), Form().load({})
    assert first == second == {"topics": []}
    assert first["topics"] is not second["topics"]


def test_every_problem_is_told_by_field() -> None:
    """A form shows all that is wrong at once, each beside its field."""
    with pytest.raises(ValidationError) as problem:
        Form().load({"title": "", "since": "yesterday", "topics": ["a", "b", "c"]})
    assert problem.value.messages == {
        "title": ["It is empty: write one."],
        "since": ["“yesterday” is not a day: write YYYY-MM-DD, such as 2026-11-24."],
        "topics": ["It has 3 entries, 2 are allowed: shorten it."],
    }
    assert first_problem(problem.value) == "title: It is empty: write one."


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01",
        "2024-05-01T11:00",
        "2024-05-01T11:00:00",
        "2024-05-01T11:00:60Z",
        "2024-05-01T11:00:00+0200",
        "2024-05-01T11:00:00+24:00",
        "0000-05-01T11:00:00Z",
        "9999-12-31T23:59:59-00:01",
        "٢٠٢٤-05-01T11:00:00Z",
        "1714554000",
    ],
)
def test_an_instant_needs_a_day_a_time_and_an_offset(text: str) -> None:
    """What could mean two instants, or none, is refused."""
    with pytest.raises(ValidationError) as problem:
        Form().load({"at": text})
    assert problem.value.messages == {
        "at": [
            (
                f"“{text}” is not an instant: write RFC 3339 with an offset, "
                "such as 2026-11-24T09:00:00Z or 2026-11-24T09:00:00+01:00."
            )
        ]
    }


@given(st.integers(-30 * 10**15, instants.FOREVER).map(instants.from_micros))
def test_a_stored_instant_is_read_back(instant: datetime) -> None:
    """What is written in the stored form is the same instant again."""
    assert Form().load({"at": instants.written(instant)})["at"] == instant


@given(st.text(st.characters(), min_size=1, max_size=20))
def test_a_line_is_admitted_whole_or_refused(text: str) -> None:
    """No text is quietly changed, and none with a character that pages can't carry comes through."""
    try:
        admitted = Form().load({"note": text})["note"]
    except ValidationError:
        assert unprintable(text) or not text.strip()
    else:
        assert admitted == text
        assert unprintable(text) is None


@given(st.text(st.characters()))
def test_a_quotation_can_be_printed_on_one_short_line(text: str) -> None:
    """What somebody else wrote can stand in a message: on one line, encodable, short."""
    quotation = f.quoted(text, 10)
    assert quotation.isprintable()
    assert quotation.encode()
    assert quotation[1:-1].startswith(text[:10]) or not text[:10].isprintable()
