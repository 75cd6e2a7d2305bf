"""Many saves of one revision at once: one is stored, and every other is told so with both texts."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from desk_people import TEXT, Person
from flask import Flask

SAVES = 100


def browsers(app: Flask, person: Person, number: int) -> list[Person]:
    """As many windows of the same person, each with the cookies of the first."""
    windows = []
    for _ in range(number):
        client = app.test_client()
        for cookie in person.client._cookies.values():
            client.set_cookie(cookie.key, cookie.value, domain=cookie.domain, path=cookie.path)
        windows.append(Person(client=client, name=person.name, token=person.token))
    return windows


def test_of_a_hundred_saves_of_one_revision_one_is_stored(
    app: Flask, chief: Person, events: Callable[[], int]
) -> None:
    """The others are shown what was saved beside what they typed."""
    publication, before = chief.draft(), events()

    def save(number_and_window: tuple[int, Person]) -> tuple[int, bool]:
        number, window = number_and_window
        answer = window.post(
            f"/desk/{publication}", **(TEXT | {"base": "1", "body": f"Boat number {number}."})
        )
        return answer.status_code, f"Boat number {number}." in answer.text

    with ThreadPoolExecutor(SAVES) as pool:
        answers = list(pool.map(save, enumerate(browsers(app, chief, SAVES))))
    assert Counter(status for status, _ in answers) == {303: 1, 409: SAVES - 1}
    assert all(kept for status, kept in answers if status == 409)
    assert events() == before + 1


def test_a_double_click_stores_once(app: Flask, chief: Person, events: Callable[[], int]) -> None:
    """The same form sent several times at once is one command."""
    publication, before = chief.draft(), events()
    form = TEXT | {"base": "1", "body": "Once.", "command_id": str(uuid4())}

    def save(window: Person) -> int:
        return window.post(f"/desk/{publication}", **form).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(save, browsers(app, chief, 8))) == {303}
    assert events() == before + 1
