"""What no reader sees of the desk."""

import re

from desk_people import PATH, PUBLIC, TEXT, Person


def test_no_word_of_a_draft_is_on_a_public_page(chief: Person, visitor: Person) -> None:
    """Neither of a draft nor of a revision after the public one nor of what is scheduled."""
    public = chief.draft()
    chief.publish(public)
    chief.post(f"/desk/{public}", **(TEXT | {"body": "Zanzibar later.", "base": "1"}))
    chief.draft(title="Zanzibar draft", topics="zanzibar", speakers="Zed Zanzibar", kind="zanzibar-kind")
    later = chief.draft(title="Zanzibar tomorrow", topics="zanzibar")
    chief.publish(later, when="later", date="2026-05-21", time="09:00")
    for address in (*PUBLIC, PATH, f"{PATH}/history"):
        page = visitor.get(address)
        assert page.status_code == 200
        assert "zanzibar" not in page.text.lower(), address
    found = visitor.get("/search?q=Zanzibar").text
    assert not re.search("zanzibar (draft|tomorrow|later)", found.lower())
    assert "/2026/05/zanzibar" not in found
    for address in ("/topics/zanzibar", "/people/zed-zanzibar", "/kinds/zanzibar-kind"):
        assert visitor.get(address).status_code == 404
    assert visitor.get(f"/id/{later}").status_code == 404


def test_public_pages_set_no_cookie(chief: Person, visitor: Person) -> None:
    """Not to visitors, and none more to those who are signed in."""
    chief.publish(chief.draft())
    for person in (visitor, chief):
        for address in (*PUBLIC, PATH, "/nowhere", "/web/20260520090000/http://localhost/"):
            answer = person.get(address)
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_desk_is_not_reached_through_the_past(chief: Person) -> None:
    """A memento of the desk, of the record or of signing in is not found; nor does a form go there."""
    past = "/web/20260520085900/http://localhost"
    for address in ("/desk/", "/desk/sign-in", "/desk/new", "/audit/", "/desk/masthead"):
        assert chief.get(past + address).status_code == 404
    assert chief.post(past + "/desk/new", **TEXT).status_code == 404


def test_the_desk_is_kept_by_no_cache(chief: Person) -> None:
    """Its pages may not be stored, and search engines are told to stay away."""
    for address in ("/desk/", "/desk/new", "/desk/masthead", "/desk/sign-in"):
        answer = chief.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
