"""The masthead at the desk: rows that buttons add, move and take out, the look ahead, and the pins."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from desk_people import Person, fields_of
from lxml import html

from movable_clock import MovableClock
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.masthead import Counter, MastheadText

HERE = "/desk/masthead"
OFFICE = {"name": "Harbour Office", "zone": "Europe/London"}
ROWS = {
    "clocks-0-label": "Moscow",
    "clocks-0-zone": "Europe/Moscow",
    "clocks-1-label": "Tokyo",
    "clocks-1-zone": "Nowhere yet",
    "notices-0-level": "warning",
    "notices-0-text": "The quay\nis <closed>.",
    "counters-0-key": "storm",
    "counters-0-since": "2026-05-01",
    "counters-0-zone": "Europe/London",
    "counters-0-text": "{days} days",
    "contacts-0-label": "Press",
    "contacts-0-value": "",
}
"""Typed, and not right in every field."""
STORM = Counter(key="storm", since=date(2026, 5, 1), zone="Europe/London", text="{days} days of calm")


@pytest.fixture
def stormy(publisher: Publisher) -> Publisher:
    """A newsroom whose masthead has one counter."""
    publisher.newsroom.replace_masthead(
        MastheadText(name="Harbour Office", counters=(STORM,)), By(), stop_reason=""
    )
    return publisher


def press(person: Person, button: str, **fields: str) -> dict[str, str]:
    """Press a button of the form: what stands in the form then."""
    answer = person.post(HERE, **OFFICE | ROWS | fields | {"do": button})
    assert answer.status_code == 200, answer.text
    given = fields_of(answer.text, HERE)
    return {name: text for name, text in given.items() if name not in ("csrf_token", "command_id", "known")}


def text_of(node: object) -> str:
    return " ".join(node.text_content().split())  # type: ignore[attr-defined]


# ---- rows


@pytest.mark.parametrize(
    ("button", "changed"),
    [
        ("add:clocks", {"clocks-2-label": "", "clocks-2-zone": ""}),
        (
            "add:counters",
            {
                "counters-1-key": "",
                "counters-1-since": "",
                "counters-1-zone": "Europe/London",
                "counters-1-text": "",
            },
        ),
        ("add:notices", {"notices-1-level": "information", "notices-1-text": ""}),
        ("add:contacts", {"contacts-1-label": "", "contacts-1-value": ""}),
    ],
)
def test_a_button_adds_an_empty_row(chief: Person, button: str, changed: dict[str, str]) -> None:
    """With all that was typed, right or wrong, as it was; nothing is stored."""
    assert press(chief, button) == OFFICE | ROWS | changed


@pytest.mark.parametrize("button", ["up:clocks:1", "down:clocks:0"])
def test_a_button_moves_a_row(chief: Person, button: str) -> None:
    assert press(chief, button) == OFFICE | ROWS | {
        "clocks-0-label": "Tokyo",
        "clocks-0-zone": "Nowhere yet",
        "clocks-1-label": "Moscow",
        "clocks-1-zone": "Europe/Moscow",
    }


def test_a_button_takes_a_row_out(chief: Person) -> None:
    """The rows after it move up."""
    kept = {name: text for name, text in ROWS.items() if not name.startswith("clocks-")}
    clock = {"clocks-0-label": "Tokyo", "clocks-0-zone": "Nowhere yet"}
    assert press(chief, "remove:clocks:0") == OFFICE | kept | clock


@pytest.mark.parametrize(
    "button", ["up:clocks:0", "down:clocks:1", "remove:clocks:9", "add:kings", "x", "up:clocks:-1", "::"]
)
def test_a_button_that_fits_nothing_changes_nothing(chief: Person, button: str) -> None:
    assert press(chief, button) == OFFICE | ROWS


def test_rows_that_were_added_and_left_empty_are_not_saved(chief: Person, publisher: Publisher) -> None:
    """What the form had filled in does not make a row of them."""
    rows = {"counters-0-zone": "Europe/London", "notices-0-level": "information", "clocks-0-label": " "}
    assert chief.post(HERE, **OFFICE, **rows).status_code == 303
    publisher.projector.catch_up()
    said = publisher.library.masthead(publisher.now())
    assert (said.counters, said.notices, said.clocks) == ((), (), ())


def test_a_problem_is_named_at_its_row_past_empty_ones(chief: Person, events: Callable[[], int]) -> None:
    """And the form is as it was typed."""
    before = events()
    rows = {"clocks-0-label": "", "clocks-0-zone": "", "clocks-1-label": "Here", "clocks-1-zone": "Nowhere"}
    answer = chief.post(HERE, **OFFICE, **rows)
    assert answer.status_code == 422
    page = html.document_fromstring(answer.text)
    assert page.xpath("//p[@class='wrong']/@id") == ["clocks-1-zone-wrong"]
    assert page.xpath("//input[@id='clocks-1-zone']/@aria-invalid") == ["true"]
    assert fields_of(answer.text, HERE).items() >= (OFFICE | rows).items()
    assert events() == before


def test_the_return_key_saves(chief: Person) -> None:
    """A browser presses the form's first button then: it is one that saves."""
    page = html.document_fromstring(chief.get(HERE).text)
    first = page.xpath("//form[@id='masthead']//button")[0]
    assert first.get("name") is None


# ---- counters that stop


def test_why_a_counter_stops_is_asked_for_where_one_goes(chief: Person, stormy: Publisher) -> None:
    """As soon as its row is taken out; blank it is named, and nothing is stored."""
    assert "stop_reason" not in fields_of(chief.get(HERE).text, HERE)
    kept = {name: text for name, text in ROWS.items() if name.startswith("counters")}
    answer = chief.post(HERE, **OFFICE, **kept, do="remove:counters:0")
    assert "Goes away: storm." in answer.text
    assert fields_of(answer.text, HERE)["stop_reason"] == ""
    refused = chief.post(HERE, **OFFICE, stop_reason=" ")
    assert refused.status_code == 422
    page = html.document_fromstring(refused.text)
    assert text_of(page.xpath("//p[@id='stop_reason-wrong']")[0]).startswith("Say why it stops")
    assert chief.post(HERE, **OFFICE, stop_reason="It is settled.").status_code == 303
    stormy.projector.catch_up()
    assert stormy.library.counter_steps(stormy.now(), "storm")[-1].reason == "It is settled."


@pytest.mark.usefixtures("stormy")
def test_a_reason_is_kept_while_rows_move(chief: Person) -> None:
    rows = {name: text for name, text in ROWS.items() if name.startswith("clocks")}
    answer = chief.post(HERE, **OFFICE, **rows, stop_reason="Settled.", do="up:clocks:1")
    assert fields_of(answer.text, HERE)["stop_reason"] == "Settled."


# ---- looking ahead


def ahead(person: Person, *counters: tuple[str, str, str], zone: str = "Europe/London") -> object:
    """The look ahead at a masthead with these counters: key, since and zone."""
    rows = {}
    for number, (key, since, there) in enumerate(counters):
        rows |= {f"counters-{number}-key": key, f"counters-{number}-since": since}
        rows |= {f"counters-{number}-zone": there, f"counters-{number}-text": "{days} days of " + key}
    answer = person.post(HERE, name="Hafenamt", zone=zone, **rows, do="preview")
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text).xpath("//section[@id='ahead']")[0]


def sentences(section: object) -> tuple[list[str], list[str]]:
    """The counters of now, and of tomorrow."""
    now, tomorrow = section.xpath(".//ul[contains(@class, 'counters')]")  # type: ignore[attr-defined]
    return [text_of(li) for li in now], [text_of(li) for li in tomorrow]


def test_the_look_ahead_shows_the_masthead_as_readers_will_see_it(
    chief: Person, events: Callable[[], int]
) -> None:
    """With the numbers of now, and those of each counter's own tomorrow; nothing is stored."""
    before = events()
    section = ahead(chief, ("calm", "2026-05-01", "Europe/London"), ("night", "2026-05-19", "Asia/Tokyo"))
    now, tomorrow = sentences(section)
    assert "Hafenamt" in text_of(section)
    assert now == ["19 days of calm", "1 days of night"]
    assert tomorrow == [
        "20 days of calmfrom 00:00 on 21 May 2026, London time",
        "2 days of nightfrom 00:00 on 21 May 2026, Tokyo time",
    ]
    assert events() == before


def test_tomorrow_is_that_of_the_counters_zone(chief: Person, clock: MovableClock) -> None:
    """In Tokyo it is the next day already, so its tomorrow is the day after."""
    clock.now = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)
    _, tomorrow = sentences(ahead(chief, ("night", "2026-05-20", "Asia/Tokyo")))
    assert tomorrow == ["2 days of nightfrom 00:00 on 22 May 2026, Tokyo time"]


def test_a_day_that_begins_without_midnight_says_its_first_minute(
    signed_in: Callable[..., Person], clock: MovableClock
) -> None:
    """In Cairo the clocks skipped 00:00 to 01:00 on 26 April 2024."""
    clock.now = datetime(2024, 4, 25, 12, tzinfo=UTC)
    _, tomorrow = sentences(ahead(signed_in("chief"), ("desert", "2024-04-25", "Africa/Cairo")))
    assert tomorrow == ["1 days of desertfrom 01:00 on 26 April 2024, Cairo time"]


def test_what_can_not_be_saved_can_not_be_looked_at(chief: Person) -> None:
    """Its problems are named instead."""
    rows = {"counters-0-key": "k", "counters-0-since": "2027-01-01", "counters-0-zone": "Europe/London"}
    answer = chief.post(HERE, **OFFICE, **rows, **{"counters-0-text": "{days}"}, do="preview")
    assert answer.status_code == 422
    assert 'id="counters-0-since-wrong"' in answer.text
    assert 'id="ahead"' not in answer.text


# ---- pins


@pytest.fixture
def pinned(chief: Person) -> list[str]:
    """Three public messages, pinned in this order."""
    made = []
    for title in ("Alpha", "Beta", "Gamma"):
        publication = chief.draft(title=title, body=title)
        chief.publish(publication)
        chief.post(f"/desk/{publication}/pin")
        made.append(publication)
    return made


def order(person: Person) -> list[str]:
    """What stands first on the front page."""
    page = html.document_fromstring(person.get("/").text)
    return [text_of(each) for each in page.xpath("//li[contains(@class, 'entry--pinned')]//h3")]


@pytest.mark.parametrize(
    ("which", "do", "then"),
    [
        (1, "up", ["Beta", "Alpha", "Gamma"]),
        (0, "down", ["Beta", "Alpha", "Gamma"]),
        (2, "up", ["Alpha", "Gamma", "Beta"]),
        (0, "unpin", ["Beta", "Gamma"]),
    ],
)
def test_pins_change_places_and_go(
    chief: Person,
    visitor: Person,
    clock: MovableClock,
    pinned: list[str],
    which: int,
    do: str,
    then: list[str],
) -> None:
    answer = chief.post("/desk/masthead/pins", publication=pinned[which], do=do)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/masthead#pins")
    clock.move(seconds=1)  # the pins that follow are set anew, each a microsecond after the other
    assert order(visitor) == then
    page = html.document_fromstring(chief.get(HERE).text)
    assert [text_of(each) for each in page.xpath("//section[@id='pins']//h3")] == then


@pytest.mark.parametrize(("which", "do", "status"), [(0, "up", 409), (2, "down", 409), (2, "x", 409)])
def test_a_pin_that_has_no_neighbour_there_stays(
    chief: Person, visitor: Person, pinned: list[str], which: int, do: str, status: int
) -> None:
    assert chief.post("/desk/masthead/pins", publication=pinned[which], do=do).status_code == status
    assert order(visitor) == ["Alpha", "Beta", "Gamma"]


@pytest.mark.parametrize("publication", ["", "x"])
def test_a_form_without_its_publication_is_given_back(chief: Person, publication: str) -> None:
    assert chief.post("/desk/masthead/pins", publication=publication, do="up").status_code == 422


def test_what_is_pinned_and_not_shown_says_so(chief: Person, pinned: list[str]) -> None:
    """The others are counted without it."""
    chief.post(f"/desk/{pinned[0]}/withdraw", reason="Wrong.")
    page = html.document_fromstring(chief.get(HERE).text)
    said = [text_of(each) for each in page.xpath("//section[@id='pins']//*[@class='job-why']")]
    assert said == [
        "Not shown now: it is not public, or withdrawn",
        "Stands in place 1",
        "Stands in place 2",
    ]


# ---- two at once


def test_a_masthead_that_somebody_changed_meanwhile_is_not_overwritten(
    chief: Person, publisher: Publisher, events: Callable[[], int]
) -> None:
    """The second is told what differs and keeps what was typed; sent again, it stands."""
    opened = fields_of(chief.get(HERE).text, HERE)
    other = MastheadText(name="Harbour Office of others", zone="Europe/London", counters=(STORM,))
    publisher.newsroom.replace_masthead(other, By(), stop_reason="")
    before = events()
    mine = opened | {"name": "Harbour Office of mine", "zone": "Europe/London"}
    answer = chief.client.post(HERE, data=mine)
    assert (answer.status_code, events()) == (409, before)
    rows = html.fromstring(answer.text).xpath("//table[@class='overtaken']/tbody/tr")
    assert [[text_of(cell) for cell in row] for row in rows] == [
        ["Name of the newsroom", "Harbour Office of others", "Harbour Office of mine"],
        ["Day counters", "storm · 2026-05-01 · Europe/London · {days} days of calm", "–"],
    ]
    again = fields_of(answer.text, HERE)
    assert again["name"] == "Harbour Office of mine"
    assert chief.client.post(HERE, data=again | {"stop_reason": "Over."}).status_code == 303
    assert fields_of(chief.get(HERE).text, HERE)["name"] == "Harbour Office of mine"


def test_a_pin_that_somebody_moved_meanwhile_is_told_too(chief: Person, pinned: list[str]) -> None:
    """It is part of the masthead, and nothing of the form differs."""
    chief.post(HERE, **OFFICE)
    opened = fields_of(chief.get(HERE).text, HERE)
    assert chief.post(HERE + "/pins", publication=pinned[0], do="unpin").status_code == 303
    answer = chief.client.post(HERE, data=opened)
    assert answer.status_code == 409
    assert "Nothing differs from yours but what is pinned" in answer.text


@pytest.mark.parametrize("known", ["", "x", "9" * 40])
def test_a_form_with_a_broken_version_is_given_back(chief: Person, known: str) -> None:
    answer = chief.post(HERE, **OFFICE | {"name": "Kept"}, known=known)
    assert answer.status_code == 422
    assert fields_of(answer.text, HERE)["name"] == "Kept"
