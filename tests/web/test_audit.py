"""The record: who may read it, its filters and pages, and one event whole."""

import re
from collections.abc import Callable

from desk_people import Person


def positions(page: str) -> list[str]:
    return re.findall(r'href="/audit/events/(\d+)"', page)


def test_the_record_is_open_to_auditors_alone(signed_in: Callable[..., Person]) -> None:
    """An editor gets 403 on the list and on an event."""
    editor = signed_in("editor")
    assert editor.get("/audit/").status_code == 403
    assert editor.get("/audit/events/1").status_code == 403
    auditor = signed_in("auditor")
    assert auditor.get("/audit/").status_code == 200
    assert auditor.get("/audit/events/1").status_code == 200
    assert auditor.get("/audit/events/99999999999999999999").status_code == 404


def test_the_record_is_filtered_and_paged_by_position(
    chief: Person, signed_in: Callable[..., Person]
) -> None:
    """A subject and a type narrow it; `before` goes on below a position."""
    publication = chief.draft()
    chief.publish(publication)
    auditor = signed_in("auditor")
    mine = positions(auditor.get(f"/audit/?subject=publication/{publication}").text)
    assert len(mine) == 2
    rest = positions(auditor.get(f"/audit/?subject=publication/{publication}&before={mine[0]}").text)
    assert rest == mine[1:]
    assert positions(auditor.get("/audit/?to=2026-05-19").text) == []
    assert auditor.get("/audit/?from=someday").status_code == 400
