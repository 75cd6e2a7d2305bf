"""Addresses of forms that somebody opens, out of the browser's history say."""

import pytest
from desk_people import Person


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/desk/new/files", "/desk/new"),
        ("/desk/{id}/files", "/desk/{id}"),
        ("/desk/{id}/merge", "/desk/{id}"),
        ("/desk/{id}/approve", "/desk/{id}/review"),
        ("/desk/{id}/request-changes", "/desk/{id}/review"),
        ("/desk/masthead/pins", "/desk/masthead"),
    ],
)
def test_it_leads_to_the_page_with_the_form(chief: Person, address: str, page: str) -> None:
    publication = chief.draft()
    answer = chief.get(address.format(id=publication))
    assert (answer.status_code, answer.headers["Location"]) == (303, page.format(id=publication))
    assert chief.get(page.format(id=publication)).status_code == 200
