"""What each role may do at the desk, and what it is offered."""

from collections.abc import Callable

import pytest
from desk_people import TEXT, Person

ALLOWED = {
    "contributor": {"list", "new", "revise", "discard"},
    "editor": {"list", "new", "revise", "discard", "publish", "amend", "cancel", "move"},
    "chief": {
        *("list", "new", "revise", "discard", "publish", "amend", "cancel", "move"),
        *("withdraw", "reinstate", "remove", "pin", "unpin", "masthead"),
    },
    "auditor": {"list"},
    "admin": set[str](),
}
"""What each role may do at the desk, written down apart from the policy."""
ACTS = ("publish", "amend", "cancel", "move", "withdraw", "reinstate", "remove", "discard", "pin", "unpin")


@pytest.mark.parametrize("role", ALLOWED)
def test_a_role_does_what_it_may_and_nothing_else(
    chief: Person, signed_in: Callable[..., Person], events: Callable[[], int], role: str
) -> None:
    """403 on the form and on the command, and no event; else never 403."""
    publication = chief.draft()
    person = signed_in(role)
    before = events()
    forms = {"new": "/desk/new", "masthead": "/desk/masthead"}
    forms |= {act: f"/desk/{publication}/{act}" for act in ACTS}
    for name, address in forms.items():
        wanted = 200 if name in ALLOWED[role] else 403
        assert (name, person.get(address).status_code) == (name, wanted)
        if wanted == 403:
            assert (name, person.post(address, **TEXT).status_code) == (name, 403)
    assert person.get("/desk/").status_code == (200 if "list" in ALLOWED[role] else 403)
    revised = person.post(f"/desk/{publication}", **(TEXT | {"body": "Changed.", "base": "1"}))
    assert revised.status_code == (303 if "revise" in ALLOWED[role] else 403)
    assert events() - before == ("revise" in ALLOWED[role])


def test_links_to_acts_are_offered_to_those_who_may(
    chief: Person, signed_in: Callable[..., Person]
) -> None:
    """An editor sees neither withdrawing nor the masthead, a chief both."""
    publication = chief.draft()
    chief.publish(publication)
    editor = signed_in("editor").get(f"/desk/{publication}").text
    mine = chief.get(f"/desk/{publication}").text
    for address in (f"/desk/{publication}/withdraw", f"/desk/{publication}/remove", "/desk/masthead"):
        assert f'href="{address}"' not in editor
        assert f'href="{address}"' in mine
    assert f'href="/desk/{publication}/move"' in editor
