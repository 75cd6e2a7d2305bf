"""A saved masthead is confirmed, and on the site at once."""

from desk_people import Person, fields_of


def test_saving_the_masthead_is_confirmed_once(chief: Person) -> None:
    """On the page that follows, and not on the one after it."""
    chief.post("/desk/masthead", name="Harbour Office", zone="Europe/London")
    said = [b"The masthead is saved" in chief.get("/desk/masthead").data for _ in range(2)]
    assert said == [True, False]


def test_the_masthead_shows_its_new_counters_on_the_site_at_once(chief: Person, visitor: Person) -> None:
    """What was saved stands on page and feed header; the form says it again."""
    fields = {
        "name": "Harbour Office <Nord>",
        "zone": "Europe/London",
        "counters-0-key": "storm",
        "counters-0-since": "2026-05-01",
        "counters-0-zone": "Europe/London",
        "counters-0-text": "{days} days since the storm",
        "clocks-0-label": "Moscow",
        "clocks-0-zone": "Europe/Moscow",
        "contacts-0-label": "Press line",
        "contacts-0-value": "+44 1632 960 412",
        "notices-0-level": "warning",
        "notices-0-text": "The quay is closed.",
    }
    assert chief.post("/desk/masthead", **fields).status_code == 303
    answer = visitor.get("/")
    assert 'data-counter="storm" data-days="19"' in answer.text
    assert "Harbour Office &lt;Nord&gt;" in answer.text
    assert "The quay is closed." in answer.text
    assert answer.headers["Day-Counters"] == "storm=19"
    given = fields_of(chief.get("/desk/masthead").text, "/desk/masthead")
    assert {name: given[name] for name in fields} == fields
