"""Translations by programs: a text names its original by id, and the edition that it says."""

from collections.abc import Callable
from typing import Any

import pytest
from api_program import TEXT, Program

GERMAN = TEXT | {"language": "de", "title": "Der Fahrplan für den Sommer"}
NOBODY = "7c1cf3a0-42e7-4b86-9c2b-6a3c8a9b0001"


@pytest.fixture
def original(chief: Program) -> str:
    """The id of a public message in English."""
    there = chief.draft()
    chief.post(f"{there}/publish", revision=1, slug="ferries", expedite="Now.")
    return there.rpartition("/")[2]


def of(original: str, edition: int = 1) -> dict[str, Any]:
    return {"publication": original, "edition": edition}


def translated(program: Program, there: str) -> Any:
    """What the newest revision translates."""
    return program.get(there).get_json()["content"]["translates"]


def test_a_text_names_its_original(chief: Program, original: str) -> None:
    """As it is given back, an id in capitals written small; the list of texts shows it too."""
    there = chief.draft(**GERMAN, translates=of(original.upper()))
    assert translated(chief, there) == of(original)
    said = chief.get(there).get_json()
    assert (said["original"], said["translated"]) == (original, 1)


def test_a_save_changes_the_original_where_it_names_it(chief: Program, original: str) -> None:
    """Left out, it stays; null makes the text an original; a later edition is caught up with."""
    there = chief.draft(**GERMAN, translates=of(original))
    again = GERMAN | {"body": "Zehn."}
    chief.post(f"/api/publications/{original}/revisions", base=1, **(TEXT | {"body": "Ten."}))
    amended = {"revision": 2, "significance": "major", "note": "Ten boats.", "expedite": "Now."}
    assert chief.post(f"/api/publications/{original}/amend", **amended).status_code == 200
    assert chief.post(f"{there}/revisions", base=1, **again).status_code == 201
    assert translated(chief, there) == of(original)
    assert chief.post(f"{there}/revisions", base=2, **again, translates=of(original, 2)).status_code == 201
    assert translated(chief, there) == of(original, 2)
    assert chief.post(f"{there}/revisions", base=3, **again, translates=None).status_code == 201
    assert translated(chief, there) is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"publication": "ferries"}, "/translates/publication"),
        ({"publication": None}, "/translates/publication"),
        ({"edition": 0}, "/translates/edition"),
        ({"edition": "1"}, "/translates/edition"),
        ({"title": "Fähren"}, "/translates/title"),
        ({"publication": NOBODY}, "/translates"),
        ({"edition": 2}, "/translates"),
    ],
)
def test_an_original_that_can_not_be_is_pointed_to(
    chief: Program, original: str, events: Callable[[], int], change: dict[str, Any], pointer: str
) -> None:
    """And nothing is stored."""
    before = events()
    answer = chief.post("/api/publications", **GERMAN, translates=of(original) | change)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.get_json()["errors"]] == [pointer]
    assert events() == before


def test_an_original_in_the_same_language_is_refused(chief: Program, original: str) -> None:
    answer = chief.post("/api/publications", **TEXT, translates=of(original))
    assert answer.status_code == 422
    assert "in another language" in answer.get_json()["detail"]


def test_a_command_is_the_same_without_an_original_and_with_none(chief: Program, original: str) -> None:
    """Sent again with null it is the command that was carried out; with an original it is another."""
    key = "6b7c2f4e-53a1-4a35-9c3b-1f2d3e4a5b6c"
    first = chief.post("/api/publications", key=key, **GERMAN)
    again = chief.post("/api/publications", key=key, **GERMAN, translates=None)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    other = chief.post("/api/publications", key=key, **GERMAN, translates=of(original))
    assert other.status_code == 409
