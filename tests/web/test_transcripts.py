"""The transcript helper: pasted, split, put right, and back in the form, without any script."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from desk_people import TEXT, Person, fields_of
from lxml import html

from publisher.bootstrap import Publisher

RAW = "Good morning.\n\nQ (Post): When?\n\nADA BRANDT: On Monday.\n\nMr Hall: Or later.\n\nNobody: knows."


@pytest.fixture
def pasted(chief: Person) -> Callable[..., str]:
    """A factory: sends a new text's form with a raw transcript on, and gives the helper's address."""

    def sent(**changes: str) -> str:
        form = TEXT | {"body": RAW, "place": str(uuid4()), "then": "transcript"} | changes
        answer = chief.post("/desk/new", **form)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"])

    return sent


def split(person: Person, address: str, **changes: str) -> dict[str, str]:
    """The fields of the page with the turns."""
    form = fields_of(person.get(address).text, address)
    answer = person.post(address, **(form | {"do": "split"} | changes))
    assert answer.status_code == 200, answer.text
    return fields_of(answer.text, address)


def test_a_new_texts_transcript_becomes_its_turns(
    chief: Person, pasted: Callable[..., str], events: Callable[[], int]
) -> None:
    """Nothing else that was typed is lost, and nothing is stored."""
    before, address = events(), pasted()
    form = split(chief, address)
    assert (form["turn-1-said"], form["turn-1-who"]) == ("question", "Post")
    assert (form["turn-2-said"], form["turn-2-who"]) == ("answer", "Ada Brandt")
    changed = {"turn-to-1": "Tom Hall", "turn-4-join": "yes", "do": "use"}
    done = chief.post(address, **(form | changed))
    assert done.status_code == 303
    text = fields_of(chief.get(done.headers["Location"]).text, "/desk/new")
    assert text["body"].replace("\r\n", "\n") == (
        "Good morning.\n\nQuestion (Post): When?\n\nAda Brandt: On Monday.\n\nTom Hall: Or later.\n\nknows."
    )
    assert text["speakers"].split("\n") == ["Ada Brandt", "Tom Hall"]
    assert (text["title"], text["topics"], text["kind"]) == (TEXT["title"], TEXT["topics"], "Transcript")
    assert events() == before


def test_a_texts_transcript_goes_back_to_it(chief: Person) -> None:
    """In its own language, upon the revision that it was made on; an interview stays one."""
    publication = chief.draft(language="de", kind="interview")
    form = TEXT | {"body": RAW, "base": "1", "language": "de", "kind": "interview", "then": "transcript"}
    address = chief.post(f"/desk/{publication}", **form).headers["Location"]
    assert address == f"/desk/transcript/{publication}"
    done = chief.post(address, **(split(chief, address) | {"do": "use"}))
    assert done.headers["Location"] == f"/desk/{publication}"
    page = chief.get(f"/desk/{publication}").text
    text = fields_of(page, f"/desk/{publication}")
    assert "Frage (Post): When?" in text["body"]
    assert (text["kind"], text["base"]) == ("Interview", "1")
    assert html.document_fromstring(page).xpath("//*[@id='preview']//section[@id='q1']")
    assert chief.post(f"/desk/{publication}", **text).status_code == 303


def test_an_answer_needs_a_name(chief: Person, pasted: Callable[..., str]) -> None:
    """It is asked for where it is missing, and all that was put right stays."""
    address = pasted(speakers="", body="Q: When?\n\nA: On Monday.")
    form = split(chief, address) | {"turn-0-text": "When exactly?", "do": "use"}
    answer = chief.post(address, **form)
    assert answer.status_code == 422
    assert "Write who speaks here." in answer.text
    again = fields_of(answer.text, address)
    assert again["turn-0-text"] == "When exactly?"
    assert chief.post(address, **(again | {"turn-1-who": "Ada Brandt", "do": "use"})).status_code == 303


def test_a_turn_without_words_is_left_out(chief: Person, pasted: Callable[..., str]) -> None:
    address = pasted()
    form = split(chief, address) | {"turn-2-text": " ", "turn-2-who": "", "do": "use"}
    done = chief.post(address, **form)
    body = fields_of(chief.get(done.headers["Location"]).text, "/desk/new")["body"]
    assert "Ada Brandt" not in body
    assert "When?\r\n\r\nMr Hall:" in body or "When?\n\nMr Hall:" in body


def test_it_can_be_split_again(chief: Person, pasted: Callable[..., str]) -> None:
    form = split(chief, pasted())
    assert form["raw"].replace("\r\n", "\n") == RAW


def test_nothing_can_not_be_split(chief: Person, pasted: Callable[..., str]) -> None:
    address = pasted(body="")
    answer = chief.post(address, **(fields_of(chief.get(address).text, address) | {"do": "split"}))
    assert answer.status_code == 422
    assert "There is nothing to split yet" in answer.text


def test_a_transcript_is_its_writers_alone(
    chief: Person, pasted: Callable[..., str], signed_in: Callable[..., Person]
) -> None:
    assert signed_in("chief").get(pasted()).status_code == 404


def test_turns_outlive_the_session(chief: Person, pasted: Callable[..., str], publisher: Publisher) -> None:
    """After signing in again the turns stand there as they were put right."""
    address = pasted()
    form = split(chief, address) | {"turn-3-text": "Or on Tuesday.", "do": "use"}
    publisher.sessions.end_all(publisher.accounts.id_of(chief.name))
    asked = chief.post(address, **form)
    assert asked.status_code == 401
    kept = fields_of(asked.text, "/desk/sign-in") | {
        "name": chief.name,
        "password": "a long password for tests",
    }
    page = chief.post("/desk/sign-in", **kept)
    assert page.status_code == 200
    assert fields_of(page.text, address)["turn-3-text"] == "Or on Tuesday."


def test_a_removed_texts_transcript_is_kept_nowhere(chief: Person, publisher: Publisher) -> None:
    """Neither from its form nor from the helper's."""
    publication = chief.draft()
    chief.publish(publication)
    form = TEXT | {"body": RAW, "base": "1", "then": "transcript"}
    address = chief.post(f"/desk/{publication}", **form).headers["Location"]
    turns = split(chief, address) | {"do": "use"}
    chief.post(f"/desk/{publication}/remove", explanation="Unlawful.")
    answer = chief.post(address, **turns)
    assert answer.status_code == 422
    assert "Or later." in answer.text
    account = publisher.accounts.id_of(chief.name)
    assert account is not None
    assert publisher.papers.of(account) == ()
    assert chief.get(address).headers["Location"] == f"/desk/{publication}"
