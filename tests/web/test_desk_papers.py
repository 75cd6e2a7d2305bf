"""Nothing typed is lost: autosave on the desk, and going on with it."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from desk_people import PASSWORD, TEXT, Person, fields_of
from lxml import html

from movable_clock import MovableClock
from publisher.bootstrap import Publisher


def typed(person: Person, place: str, **fields: str):
    return person.post(f"/desk/papers/{place}", typed="yes", **fields)


def account_of(publisher: Publisher, person: Person) -> UUID:
    found = publisher.accounts.id_of(person.name)
    assert found is not None
    return found


def place_of(page: str) -> str:
    form = html.document_fromstring(page).get_element_by_id("text")
    return str(form.get("data-paper")).rpartition("/")[2]


def test_what_was_typed_into_a_text_is_offered_again(chief: Person, events: Callable[[], int]) -> None:
    """In another browser too; it is no revision, and nobody else sees it."""
    publication, before = chief.draft(), events()
    answer = typed(chief, publication, **(TEXT | {"body": "Half a sen", "base": "1"}))
    assert answer.get_json() == {"others": "", "saved": "Kept at 10:00"}
    page = chief.get(f"/desk/{publication}").text
    assert "which was not saved" in page
    again = fields_of(page, f"/desk/{publication}")
    assert (again["body"], again["base"]) == ("Half a sen", "1")
    assert events() == before


def test_saving_it_ends_it(chief: Person) -> None:
    publication = chief.draft()
    changed = TEXT | {"body": "Ten boats.", "base": "1"}
    typed(chief, publication, **changed)
    assert "Not saved yet" in chief.get("/desk/").text
    assert chief.post(f"/desk/{publication}", **changed).status_code == 303
    assert "which was not saved" not in chief.get(f"/desk/{publication}").text
    assert "Not saved yet" not in chief.get("/desk/").text


def test_it_can_be_thrown_away(chief: Person) -> None:
    publication = chief.draft()
    typed(chief, publication, **(TEXT | {"body": "Oh.", "base": "1"}))
    answer = chief.post(f"/desk/papers/{publication}/discard")
    assert answer.headers["Location"] == f"/desk/{publication}"
    assert "which was not saved" not in chief.get(f"/desk/{publication}").text


def test_a_new_text_has_a_place_of_its_own(chief: Person) -> None:
    """It is found on the desk until it is a draft."""
    place = place_of(chief.get("/desk/new").text)
    typed(chief, place, title="A first thought", body="", kind="", language="en-GB")
    desk = chief.get("/desk/").text
    assert "A first thought" in desk
    assert f"/desk/new?paper={place}" in desk
    form = fields_of(chief.get(f"/desk/new?paper={place}").text, "/desk/new")
    assert (form["title"], form["place"]) == ("A first thought", place)
    assert chief.post("/desk/new", **(form | {"kind": "notice"})).status_code == 303
    assert "Not saved yet" not in chief.get("/desk/").text


def test_a_paper_is_its_writers_alone(chief: Person, signed_in: Callable[..., Person]) -> None:
    publication = chief.draft()
    typed(chief, publication, **(TEXT | {"body": "Secret words.", "base": "1"}))
    other = signed_in("chief")
    assert "Secret words." not in other.get(f"/desk/{publication}").text
    assert "Not saved yet" not in other.get("/desk/").text


def test_who_else_has_it_open_is_told(chief: Person, signed_in: Callable[..., Person]) -> None:
    """By name, on the page and to the script that keeps it."""
    publication, other = chief.draft(), signed_in("editor")
    assert other.post(f"/desk/papers/{publication}", typed="no").get_json() == {"others": ""}
    said = f"Also open here: {other.name} since 10:00."
    assert typed(chief, publication, **TEXT).get_json()["others"] == said
    assert said in chief.get(f"/desk/{publication}").text


def test_a_paper_that_is_sent_after_the_session_ended_is_refused_as_such(visitor: Person) -> None:
    """The script says so, and the text stays where it is; without any cookie too."""
    stranger = visitor.client.application.test_client()
    assert stranger.post(f"/desk/papers/{uuid4()}", data={"body": "x"}).status_code == 401
    assert visitor.post(f"/desk/papers/{uuid4()}", typed="yes", body="x").status_code == 401


def test_a_paper_longer_than_any_text_is_refused(chief: Person) -> None:
    assert typed(chief, str(uuid4()), body="x" * (2 * 1024 * 1024 + 1)).status_code == 413


def test_an_older_paper_than_the_text_is_still_there(chief: Person, clock: MovableClock) -> None:
    """It stands on the revision that it was written on: saving it shows both."""
    publication = chief.draft()
    typed(chief, publication, **(TEXT | {"body": "Mine.", "base": "1"}))
    other = TEXT | {"body": "Theirs.", "base": "1"}
    chief.post(f"/desk/{publication}", **other)
    typed(chief, publication, **(TEXT | {"body": "Mine.", "base": "1"}))
    clock.move(minutes=1)
    form = fields_of(chief.get(f"/desk/{publication}").text, f"/desk/{publication}")
    answer = chief.post(f"/desk/{publication}", **form)
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.text


@pytest.mark.parametrize(
    ("act", "said"),
    [("remove", {"explanation": "Unlawful."}), ("redact", {"edition": "1", "legal_basis": "Article 17"})],
)
def test_what_is_forgotten_is_forgotten_in_papers_too(
    chief: Person, signed_in: Callable[..., Person], publisher: Publisher, act: str, said: dict[str, str]
) -> None:
    """Everybody's: the state database must not keep the words either."""
    publication, other = chief.draft(), signed_in("editor")
    chief.publish(publication)
    for person in (chief, other):
        typed(person, publication, **(TEXT | {"body": "The very words.", "base": "1"}))
    assert chief.post(f"/desk/{publication}/{act}", **said).status_code == 303
    for person in (chief, other):
        account = publisher.accounts.id_of(person.name)
        assert account is not None
        assert publisher.papers.of(account) == ()


def test_a_form_left_open_keeps_nothing_of_what_was_removed(chief: Person, publisher: Publisher) -> None:
    publication = chief.draft()
    chief.publish(publication)
    removal = chief.post(f"/desk/{publication}/remove", explanation="It was a mistake.", proof=PASSWORD)
    assert removal.status_code == 303, removal.text
    answer = typed(chief, publication, **(TEXT | {"base": "1", "forgotten": "0"}))
    assert (answer.status_code, answer.get_json()) == (410, {"refused": "Nothing can be changed here."})
    assert publisher.papers.find(account_of(publisher, chief), UUID(publication)) is None


def test_a_form_opened_before_a_redaction_keeps_nothing(chief: Person, publisher: Publisher) -> None:
    """Its words may be those that were forgotten; one that is opened afterwards keeps what is typed."""
    publication = chief.draft()
    chief.publish(publication)
    before = fields_of(chief.get(f"/desk/{publication}").text, f"/desk/{publication}")
    redaction = chief.post(
        f"/desk/{publication}/redact", edition="1", legal_basis="A court order.", proof=PASSWORD
    )
    assert redaction.status_code == 303, redaction.text
    answer = typed(chief, publication, **before)
    assert answer.status_code == 410
    assert "take them out before you save" in answer.get_json()["refused"]
    assert publisher.papers.find(account_of(publisher, chief), UUID(publication)) is None
    refused = chief.post(f"/desk/{publication}", **(before | {"body": "And one word."}))
    assert refused.status_code == 422
    assert "take them out before you save" in refused.text
    again = fields_of(refused.text, f"/desk/{publication}")
    assert again["body"] == "And one word."
    assert typed(chief, publication, **again).status_code == 200
    assert chief.post(f"/desk/{publication}", **again).status_code == 303


def test_a_form_that_is_not_taken_comes_back_with_its_paper(chief: Person) -> None:
    """The paper says the same as the form: nothing is offered twice, nothing fails."""
    publication = chief.draft()
    broken = TEXT | {"title": "", "base": "1"}
    typed(chief, publication, **broken)
    answer = chief.post(f"/desk/{publication}", **broken)
    assert answer.status_code == 422
    assert "It is empty: write one." in answer.text


def test_a_new_text_tells_of_those_that_were_begun(chief: Person, signed_in: Callable[..., Person]) -> None:
    """Only of one's own, and not of writing that goes on in a text that is there already."""
    one, two = str(uuid4()), str(uuid4())
    typed(chief, one, title="Low water")
    typed(chief, two, title="")
    typed(chief, chief.draft(), title="A later thought", base="1")
    page = html.document_fromstring(chief.get("/desk/new").text)
    links = {a.get("href"): a.text for a in page.xpath("//div[contains(@class, 'paper-found')]//a")}
    assert links == {f"/desk/new?paper={one}": "Low water", f"/desk/new?paper={two}": "(no title yet)"}
    resumed = chief.get(f"/desk/new?paper={one}").text
    assert "Begun and not saved" not in resumed
    assert "Begun and not saved" not in signed_in("editor").get("/desk/new").text
