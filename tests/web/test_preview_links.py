"""Preview links: one revision for whoever has the address, and for nobody any more once it is over."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from desk_people import TEXT, Person
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from file_samples import png, taken
from movable_clock import MovableClock
from publisher import accounts
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.domain.policy import Role


@pytest.fixture
def editor(signed_in: Callable[..., Person]) -> Person:
    return signed_in("editor")


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser without any cookie."""
    return app.test_client()


def link_in(answer: TestResponse) -> str:
    """The path of the link that the page shows."""
    assert answer.status_code == 200, answer.text
    found = re.search(r'value="http://localhost(/preview/[\w-]{43})"', answer.text)
    assert found, answer.text
    return found[1]


def make(person: Person, publication: str, **fields: str) -> str:
    """Make a link to the first revision for a week; its path."""
    said = {"revision": "1", "days": "7", "note": ""} | fields
    return link_in(person.post(f"/desk/{publication}/previews", **said))


def text_of(answer: TestResponse) -> str:
    return " ".join(html.document_fromstring(answer.text).text_content().split())


# ---- what a link shows


def test_a_draft_is_shown_as_the_site_would_show_it(editor: Person, stranger: FlaskClient) -> None:
    """Under a banner that says what it is; with title, summary, text, topics and speakers."""
    answer = stranger.get(make(editor, editor.draft()))
    assert answer.status_code == 200
    page, text = html.document_fromstring(answer.text), text_of(answer)
    assert "Preview of revision 1, not public" in text
    assert "This link holds until Wednesday 27 May 2026" in text
    assert page.xpath("string(//h1)") == TEXT["title"]
    assert page.xpath("string(//*[@class='prose']//strong)") == "nine"
    assert TEXT["summary"] in text
    assert [a.get("href") for a in page.xpath("//dl//a")] == [
        "/people/ada-brandt",
        "/topics/ferries",
        "/topics/summer",
    ]


def test_a_link_shows_its_revision_whatever_is_saved_later(editor: Person, stranger: FlaskClient) -> None:
    publication = editor.draft()
    link = make(editor, publication)
    editor.post(f"/desk/{publication}", **TEXT | {"base": "1", "body": "There are ten."})
    assert "There are ten." not in stranger.get(link).text
    assert "There are ten." in stranger.get(make(editor, publication, revision="2")).text


def test_a_scheduled_text_says_when_it_goes_out(
    chief: Person, editor: Person, stranger: FlaskClient
) -> None:
    """And stays out of the site until then; afterwards the preview leads to the public page."""
    publication = editor.draft()
    chief.publish(publication, when="later", date="2026-05-22", time="09:00")
    link = make(editor, publication)
    text = text_of(stranger.get(link))
    assert "Goes out on Friday 22 May 2026, 09:00" in text
    assert "/2026/05/ferry-timetable-for-the-summer" in text


def test_a_preview_of_what_is_public_by_now_leads_there(
    chief: Person, stranger: FlaskClient, clock: MovableClock
) -> None:
    publication = chief.draft()
    link = make(chief, publication)
    chief.publish(publication)
    answer = stranger.get(link)
    assert "not public" not in text_of(answer)
    assert html.document_fromstring(answer.text).xpath(
        "//section[@aria-labelledby='this-preview']//a/@href"
    ) == ["/2026/05/ferry-timetable-for-the-summer"]


def test_a_preview_shows_no_other_draft(editor: Person, stranger: FlaskClient) -> None:
    other = editor.draft(title="Quokka plans", body="Quokka.")
    make(editor, other)
    assert "uokka" not in stranger.get(make(editor, editor.draft())).text


def test_a_text_speaks_its_own_language(editor: Person, stranger: FlaskClient) -> None:
    """The banner too, where the site knows the language."""
    answer = stranger.get(make(editor, editor.draft(language="de", title="Mehr Fähren")))
    assert "Vorschau von Fassung 1, nicht öffentlich" in text_of(answer)


def test_the_files_of_a_draft_are_shown_with_it(
    editor: Person, stranger: FlaskClient, publisher: Publisher
) -> None:
    """By the link alone, no other file by it, and none once it is over."""
    chart, stored = taken("chart.png", png())
    other, stored_too = taken("other.png", png(size=(3, 3)))
    content = Content(kind="notice", language="en-GB", title="Chart", summary="", body="", files=(chart,))
    made = publisher.newsroom.draft(content, By(), files=stored).id
    publisher.newsroom.draft(content.changed(files=(other,)), By(), files=stored_too)
    link = make(editor, str(made))
    address = f"{link}/files/{chart.sha256}/chart.png"
    assert address in stranger.get(link).text
    answer = stranger.get(address)
    assert (answer.status_code, answer.data) == (200, stored[chart.sha256])
    assert answer.headers["Cache-Control"] == "no-store"
    assert stranger.get(f"/files/{chart.sha256}/chart.png").status_code == 404
    assert stranger.get(f"{link}/files/{other.sha256}/other.png").status_code == 404
    assert stranger.get(f"{link}x/files/{chart.sha256}/chart.png").status_code == 404
    revoke_all(editor, str(made))
    assert stranger.get(address).status_code == 404


# ---- who must not learn of it


@pytest.mark.parametrize("rest", ["", "x"])
def test_no_cache_no_robot_and_no_other_site_learns_of_it(
    editor: Person, stranger: FlaskClient, rest: str
) -> None:
    """Whether the link is known or not; and it leaves no cookie."""
    answer = stranger.get(make(editor, editor.draft()) + rest)
    assert answer.status_code == (404 if rest else 200)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert "Set-Cookie" not in answer.headers
    if not rest:
        assert (
            html.document_fromstring(answer.text)
            .xpath("//meta[@name='robots']/@content")[0]
            .startswith("noindex")
        )


@pytest.mark.parametrize("at", ["20260520085900", "20260520090000", "20990101000000"])
def test_a_preview_is_at_no_instant(
    editor: Person, stranger: FlaskClient, at: str, clock: MovableClock
) -> None:
    """`/web/` leads to it neither in the past nor in the future."""
    clock.move(seconds=5)
    link = make(editor, editor.draft())
    answer = stranger.get(f"/web/{at}/http://localhost{link}", follow_redirects=True)
    assert answer.status_code == 404
    assert TEXT["title"] not in answer.text


def test_a_preview_is_made_anew_each_time(editor: Person, stranger: FlaskClient) -> None:
    """A link that was opened a moment ago is not answered from kept bytes once it was taken back."""
    publication = editor.draft()
    link = make(editor, publication)
    assert stranger.get(link).status_code == 200
    revoke_all(editor, publication)
    assert stranger.get(link).status_code == 410


def test_the_public_site_does_not_change_with_a_link(editor: Person, stranger: FlaskClient) -> None:
    before = stranger.get("/").headers["ETag"]
    make(editor, editor.draft())
    assert stranger.get("/").headers["ETag"] == before


# ---- when it is over


def revoke_all(person: Person, publication: str) -> None:
    page = html.document_fromstring(person.get(f"/desk/{publication}/previews").text)
    for action in page.xpath("//form/@action[contains(., '/revoke')]"):
        assert person.post(action).status_code == 303


def is_over(answer: TestResponse) -> bool:
    """Gone, with a sentence that says nothing of the text."""
    text = answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return (
        answer.status_code == 410
        and "This preview is over" in text
        and not any(word in text for word in (TEXT["title"], TEXT["summary"], "nine"))
    )


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_is_gone_when_its_time_has_passed(
    editor: Person, stranger: FlaskClient, clock: MovableClock, days: int
) -> None:
    link = make(editor, editor.draft(), days=str(days))
    clock.move(days=days, seconds=-1)
    assert stranger.get(link).status_code == 200
    clock.move(seconds=1)
    assert is_over(stranger.get(link))


def test_whoever_writes_takes_a_link_back(
    editor: Person, signed_in: Callable[..., Person], stranger: FlaskClient
) -> None:
    """A colleague too; it leaves the list at once."""
    publication = editor.draft()
    link = make(editor, publication, note="Daily Harbour")
    colleague = signed_in("contributor")
    revoke_all(colleague, publication)
    assert is_over(stranger.get(link))
    assert "Daily Harbour" not in colleague.get(f"/desk/{publication}/previews").text


def test_a_discarded_draft_is_shown_to_nobody(editor: Person, stranger: FlaskClient) -> None:
    """Nor is another link to it made."""
    publication = editor.draft()
    link = make(editor, publication)
    editor.post(f"/desk/{publication}/discard")
    assert is_over(stranger.get(link))
    answer = editor.post(f"/desk/{publication}/previews", revision="1", days="7")
    assert (answer.status_code, "This draft was discarded." in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("act", "said"),
    [("remove", {"explanation": "Unlawful."}), ("redact", {"edition": "1", "legal_basis": "Article 17"})],
)
def test_what_is_removed_or_redacted_is_shown_to_nobody(
    chief: Person, stranger: FlaskClient, publisher: Publisher, act: str, said: dict[str, str]
) -> None:
    """And for whom the link was is forgotten."""
    publication = chief.draft()
    link = make(chief, publication, note="Daily Harbour")
    chief.publish(publication)
    chief.post(f"/desk/{publication}/{act}", **said)
    assert is_over(stranger.get(link))
    found = publisher.previews.find(link.rpartition("/")[2])
    assert found is not None
    assert found.note == ""
    answer = chief.post(f"/desk/{publication}/previews", revision="1", days="7")
    assert answer.status_code in (409, 422)
    assert "/preview/" not in answer.text


@pytest.mark.parametrize("revoked", [True, False])
def test_a_link_is_gone_with_its_makers_account(
    editor: Person, stranger: FlaskClient, publisher: Publisher, revoked: bool
) -> None:
    """By the way that ends what the account had, and by the event alone."""
    link, account = make(editor, editor.draft()), accounts.find(publisher, editor.name)
    accounts.open_with_secret(publisher, "root", "a long password for tests", [Role.ADMIN])
    if revoked:
        accounts.close(publisher, account, By())
    else:
        publisher.newsroom.close_account(account, By())
    assert is_over(stranger.get(link))


def test_a_link_is_gone_once_its_maker_may_draft_no_more(
    editor: Person, stranger: FlaskClient, publisher: Publisher
) -> None:
    """Who lost the right to a text shows it to nobody either."""
    link, account = make(editor, editor.draft()), accounts.find(publisher, editor.name)
    publisher.newsroom.grant(account, Role.AUDITOR, By())
    publisher.newsroom.revoke(account, Role.EDITOR, By())
    assert is_over(stranger.get(link))


# ---- the desk's page


def test_the_link_is_shown_once(editor: Person) -> None:
    """The list says for whom it is, who made it, until when, and whether it was opened."""
    publication = editor.draft()
    link = make(editor, publication, note="Ada, Daily Harbour", days="30")
    answer = editor.get(f"/desk/{publication}/previews")
    text = text_of(answer)
    assert link not in answer.text
    assert "Ada, Daily Harbour" in text
    assert f"made by {editor.name} on Wednesday 20 May 2026" in text
    assert "until Friday 19 June 2026" in text
    assert "Not opened yet." in text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_desk_counts_how_often_a_link_was_opened(editor: Person, stranger: FlaskClient) -> None:
    """Asking for the headers alone, as some programs do before, is no opening."""
    publication = editor.draft()
    link = make(editor, publication)
    stranger.head(link)
    stranger.get(link)
    assert "Opened once, on Wednesday 20 May 2026" in text_of(editor.get(f"/desk/{publication}/previews"))
    stranger.get(link)
    assert "Opened 2 times, last on Wednesday 20 May 2026" in text_of(
        editor.get(f"/desk/{publication}/previews")
    )


def test_a_form_sent_twice_makes_one_link(editor: Person, stranger: FlaskClient) -> None:
    """The page that came last shows the one that holds."""
    publication, command = editor.draft(), str(uuid4())
    first = make(editor, publication, command_id=command)
    second = make(editor, publication, command_id=command)
    assert [stranger.get(link).status_code for link in (first, second)] == [404, 200]
    assert editor.get(f"/desk/{publication}/previews").text.count("/revoke") == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("revision", "2", "There is no such revision: choose one of the list."),
        ("revision", "x", "There is no such revision: choose one of the list."),
        ("days", "365", "A preview link holds for 1, 7 or 30 days: choose one of them."),
        ("days", "", "A preview link holds for 1, 7 or 30 days: choose one of them."),
        ("note", "x" * 201, "The note is too long or can't be shown: use up to 200 characters."),
    ],
)
def test_a_field_that_cannot_be_taken_is_named_and_nothing_typed_is_lost(
    editor: Person, field: str, typed: str, sentence: str
) -> None:
    publication = editor.draft()
    said = {"revision": "1", "days": "30", "note": "Ada"} | {field: typed}
    answer = editor.post(f"/desk/{publication}/previews", **said)
    page = html.document_fromstring(answer.text)
    assert answer.status_code == 422
    assert page.xpath(f"string(//*[@id='{field}-wrong'])") == sentence
    assert page.xpath("//input[@name='note']/@value") == [said["note"]]
    if field != "days":
        assert page.xpath("//select[@name='days']/option[@selected]/@value") == ["30"]
    assert "/revoke" not in answer.text


def test_a_session_that_ended_keeps_what_was_typed(editor: Person, publisher: Publisher) -> None:
    publication = editor.draft()
    publisher.sessions.end_all(accounts.find(publisher, editor.name))
    answer = editor.post(f"/desk/{publication}/previews", revision="1", days="30", note="Daily Harbour")
    assert answer.status_code == 401
    assert 'name="kept-note" value="Daily Harbour"' in answer.text
    assert 'name="kept-days" value="30"' in answer.text


def test_the_pages_of_a_text_lead_to_its_links(editor: Person, signed_in: Callable[..., Person]) -> None:
    """For whoever may make one; a revision's page with that revision chosen."""
    publication = editor.draft()
    assert f'"/desk/{publication}/previews"' in editor.get(f"/desk/{publication}").text
    there = f"/desk/{publication}/previews?revision=1"
    assert f'"{there}"' in editor.get(f"/desk/{publication}/revisions/1").text
    chosen = html.document_fromstring(editor.get(there).text)
    assert chosen.xpath("//select[@name='revision']/option[@selected]/@value") == ["1"]
    assert "/previews" not in signed_in("auditor").get(f"/desk/{publication}").text
