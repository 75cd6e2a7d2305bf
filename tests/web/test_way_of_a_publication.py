"""The way of a publication at the desk, from a draft to its end, and how its page says it stands."""

from collections.abc import Callable
from html import unescape
from uuid import uuid4

from desk_people import PASSWORD, PATH, PUBLIC, TEXT, Person

from movable_clock import MovableClock


def test_a_refused_save_gives_back_what_was_typed(chief: Person, events: Callable[[], int]) -> None:
    """A form sent again from the browser's history, with another text, loses nothing."""
    command = str(uuid4())
    chief.post("/desk/new", **TEXT, command_id=command)
    stored = events()
    again = chief.post("/desk/new", **{**TEXT, "body": "Typed after going back."}, command_id=command)
    assert again.status_code == 409
    assert "Typed after going back." in again.text
    assert f'value="{command}"' not in again.text
    assert events() == stored


def test_a_publication_goes_the_whole_way(chief: Person, visitor: Person, clock: MovableClock) -> None:
    """Drafted, revised, published, corrected, scheduled, cancelled, moved, withdrawn, removed."""
    publication = chief.draft()
    assert visitor.get(PATH).status_code == 404
    revised = TEXT | {"title": "Ferry timetable for the summer", "body": "Ten boats a day.", "base": "1"}
    assert chief.post(f"/desk/{publication}", **revised).status_code == 303

    assert chief.publish(publication, revision="2").status_code == 303
    assert "Ten boats a day." in visitor.get(PATH).text
    assert "Ferry timetable" in visitor.get("/").text

    clock.move(minutes=1)
    chief.post(f"/desk/{publication}", **(revised | {"body": "Eleven boats a day.", "base": "2"}))
    assert "Eleven" not in visitor.get(PATH).text
    answer = chief.post(
        f"/desk/{publication}/amend",
        revision="3",
        significance="correction",
        note="The number of boats was wrong.",
        when="now",
    )
    assert answer.status_code == 303, answer.text
    page = visitor.get(PATH).text
    assert "Eleven boats a day." in page
    assert "The number of boats was wrong." in page

    clock.move(minutes=1)
    chief.post(f"/desk/{publication}", **(revised | {"body": "Twelve boats a day.", "base": "3"}))
    later = {"revision": "4", "significance": "major", "note": "One more.", "when": "later"}
    due = {"date": "2026-05-20", "time": "12:00"}
    assert chief.post(f"/desk/{publication}/amend", **later, **due).status_code == 303
    assert "Twelve" not in visitor.get(PATH).text
    assert "Wednesday 20 May 2026, 12:00" in chief.get("/desk/").text
    assert chief.post(f"/desk/{publication}/cancel", edition="3").status_code == 303
    clock.move(hours=4)
    assert "Twelve" not in visitor.get(PATH).text

    assert chief.post(f"/desk/{publication}/move", slug="summer-ferries").status_code == 303
    moved = visitor.get(PATH)
    assert moved.status_code == 301
    assert moved.headers["Location"].endswith("/2026/05/summer-ferries")

    clock.move(minutes=1)
    assert chief.post(f"/desk/{publication}/withdraw", reason="Under review.").status_code == 303
    page = visitor.get("/2026/05/summer-ferries")
    assert page.status_code == 200
    assert "Under review." in page.text
    clock.move(minutes=1)
    assert chief.post(f"/desk/{publication}/reinstate").status_code == 303
    assert "Under review." not in visitor.get("/2026/05/summer-ferries").text

    clock.move(minutes=1)
    told = {"explanation": "A court asked us.", "proof": PASSWORD}
    assert chief.post(f"/desk/{publication}/remove", **told).status_code == 303
    gone = visitor.get("/2026/05/summer-ferries")
    assert gone.status_code == 410
    assert "A court asked us." in gone.text
    assert "Eleven" not in gone.text


def test_what_is_scheduled_appears_at_its_instant_and_not_before(
    chief: Person, visitor: Person, clock: MovableClock
) -> None:
    """Nothing runs meanwhile: the clock alone makes it public, to the second."""
    publication = chief.draft()
    answer = chief.publish(publication, when="later", date="2026-05-20", time="11:00")
    assert answer.status_code == 303
    assert "Goes out on" in chief.get(f"/desk/{publication}").text
    clock.move(minutes=59, seconds=59)
    assert visitor.get(PATH).status_code == 404
    assert all("Ferry" not in visitor.get(address).text for address in PUBLIC)
    clock.move(seconds=1)
    assert visitor.get(PATH).status_code == 200
    assert "Ferry" in visitor.get("/feed.atom").text


def test_an_act_on_what_has_a_schedule_asks_before_it_cancels_it(
    chief: Person, visitor: Person, clock: MovableClock, events: Callable[[], int]
) -> None:
    """409 with the tick to confirm and the reason kept; with the tick it is done."""
    publication = chief.draft()
    chief.publish(publication)
    clock.move(minutes=1)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Changed.", "base": "1"}))
    chief.post(
        f"/desk/{publication}/amend",
        revision="2",
        significance="minor",
        confirmed="yes",
        note="Changed.",
        when="later",
        date="2026-06-01",
        time="09:00",
    )
    before = events()
    asked = chief.post(f"/desk/{publication}/withdraw", reason="Sent too early.")
    assert asked.status_code == 409
    assert 'name="cancel" value="yes"' in asked.text
    assert "Sent too early." in asked.text
    assert events() == before
    done = chief.post(f"/desk/{publication}/withdraw", reason="Sent too early.", cancel="yes")
    assert done.status_code == 303
    assert "Sent too early." in visitor.get(PATH).text
    clock.move(days=20)
    assert "Changed." not in visitor.get(PATH).text


def test_a_pin_stands_until_it_is_taken_off(chief: Person, visitor: Person, clock: MovableClock) -> None:
    """The older message stands before the newer one while it is pinned."""
    older = chief.draft()
    chief.publish(older)
    clock.move(minutes=5)
    chief.publish(chief.draft(title="Harbour closed"))

    def first_is_ferry() -> bool:
        page = visitor.get("/").text
        return page.index("Ferry timetable") < page.index("Harbour closed")

    assert not first_is_ferry()
    assert chief.post(f"/desk/{older}/pin").status_code == 303
    assert first_is_ferry()
    clock.move(seconds=1)
    assert chief.post(f"/desk/{older}/unpin").status_code == 303
    assert not first_is_ferry()


def test_a_discarded_draft_leaves_the_list(chief: Person) -> None:
    """It is found under its own state only."""
    publication = chief.draft()
    assert chief.post(f"/desk/{publication}/discard").status_code == 303
    assert publication not in chief.get("/desk/").text
    assert publication in chief.get("/desk/?shelf=discarded").text


def test_the_list_shows_a_state_and_finds_words(chief: Person) -> None:
    """State and words of the title narrow it; upper and lower case are one."""
    draft, public = chief.draft(), chief.draft(title="Harbour closed")
    chief.publish(public)
    assert draft in chief.get("/desk/?shelf=draft").text
    assert public not in chief.get("/desk/?shelf=draft").text
    assert public in chief.get("/desk/?q=hARBOUR").text
    assert draft not in chief.get("/desk/?q=hARBOUR").text


def test_the_editor_says_when_the_next_edition_goes_out(chief: Person) -> None:
    """A pending edition is named beside the public one, in the list too, and not as changes that wait."""
    publication = chief.draft()
    chief.publish(publication)
    chief.post(f"/desk/{publication}", **(TEXT | {"body": "Ten boats.", "base": "1"}))
    later = {"when": "later", "date": "2026-06-01", "time": "09:00"}
    amended = {"revision": "2", "significance": "major", "note": "One more boat."}
    assert chief.post(f"/desk/{publication}/amend", **amended, **later).status_code == 303
    editor = unescape(chief.get(f"/desk/{publication}").text)
    assert "Edition 1 is public. The next one goes out on Monday 1 June 2026, 09:00 (London)." in editor
    for page in (editor, chief.get("/desk/").text):
        assert "chip--scheduled" in page
        assert "Changes not public" not in page


def test_the_editor_of_a_withdrawn_message_asks_to_reinstate_it_first(chief: Person) -> None:
    """It does not say that the message can be published as it is."""
    publication = chief.draft()
    chief.publish(publication)
    chief.post(f"/desk/{publication}/withdraw", reason="It was too early.")
    editor = chief.get(f"/desk/{publication}").text
    assert "Edition 1 is withdrawn" in editor
    assert "Edition 1 is public" not in editor
