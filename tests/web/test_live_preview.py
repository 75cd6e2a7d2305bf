"""The preview of what is being written: by a script, by a button, and never stored."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from desk_people import TEXT, Person, fields_of, shown
from lxml import html

from movable_clock import MovableClock

ASKED = TEXT | {
    "kind": "transcript",
    "body": "Question (Harbour Post): When?\n\nAda Brandt: On **Monday**.\n\nAnd on Tuesday.",
}
KINDS = ("transcript", "interview", "statement", "press-release", "")


def parts(person: Person, **form: str) -> dict[str, html.HtmlElement]:
    """The parts of the answer to a script, by their ids."""
    answer = person.post("/desk/preview", **form)
    assert answer.status_code == 200, answer.text
    return {part.get("id"): part for part in html.fragments_fromstring(answer.text)}


def test_the_preview_is_what_the_site_shows(chief: Person) -> None:
    """Title, summary, contents and text are the very elements of the public page."""
    found = parts(chief, **ASKED)["preview-text"]
    publication = chief.draft(**ASKED)
    chief.publish(publication)
    answer = chief.get("/2026/05/ferry-timetable-for-the-summer")
    assert answer.status_code == 200
    page = html.document_fromstring(answer.text)
    for where in ("//div[@class='prose']", "//nav[@class='toc']", "//p[@class='pub-lead']"):
        ours, theirs = (html.tostring(tree.xpath(where)[0], with_tail=False) for tree in (found, page))
        assert ours == theirs
    assert found.xpath(".//section[@id='q1']")
    title = found.xpath(".//*[@class='pub-title']")[0]
    assert title.text == page.xpath("//h1")[0].text


def test_length_and_address_come_with_it(chief: Person) -> None:
    found = parts(chief, **(TEXT | {"body": "word " * 450}))
    assert " ".join(found["measured"].text_content().split()) == "450 words, 3 minutes to read"
    assert "/2026/05/ferry-timetable-for-the-summer" in found["address"].text_content()


def test_the_address_is_that_of_the_newsrooms_zone(
    signed_in: Callable[..., Person], clock: MovableClock
) -> None:
    """Just after midnight of 1 June in the newsroom, still May in UTC."""
    clock.move(days=11, hours=4)
    chief = signed_in("chief")
    chief.post("/desk/masthead", name="Press", zone="Pacific/Auckland")
    found = parts(chief, **TEXT)
    assert "/2026/06/ferry-timetable-for-the-summer" in found["address"].text_content()


def test_what_is_not_finished_is_left_out(chief: Person) -> None:
    """No kind, a wrong language, a topic that is none: the rest is shown."""
    form = {"title": "", "summary": "So far", "body": "*So*", "language": "12", "topics": "?, yes"}
    found = parts(chief, **form, speakers="?, Ada Brandt")["preview-text"]
    text = found.text_content()
    assert "So far" in text
    assert "Yes" in text
    assert found.xpath(".//em/text()") == ["So"]
    assert found.xpath(".//dd[1]/text()") == ["Ada Brandt", "Yes"]


@pytest.mark.parametrize(
    ("body", "said"),
    [("x" * (1024 * 1024 + 1), "longer than 1,048,576 bytes"), ("a\x00b", "U+0000")],
    ids=["too long", "unprintable"],
)
def test_a_text_that_nobody_could_publish_is_not_shown(chief: Person, body: str, said: str) -> None:
    """The script gets the reason, and nothing to put in place of the last preview."""
    answer = chief.post("/desk/preview", **(TEXT | {"body": body}))
    assert answer.status_code == 422
    assert said in answer.text
    assert "preview-text" not in answer.text


def test_what_somebody_types_never_becomes_markup_of_the_desk(chief: Person) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    found = parts(chief, **(TEXT | {"title": evil, "summary": evil, "body": evil, "speakers": evil}))
    assert not found["preview-text"].xpath(".//script|.//*[@onerror]")
    marked = parts(chief, **(TEXT | {"body": evil, "markup": "html"}))
    assert not marked["preview-text"].xpath(".//script|.//*[@onerror]")


def test_a_button_shows_the_form_again_with_all_that_was_typed(
    chief: Person, events: Callable[[], int]
) -> None:
    """For browsers without scripts; a new text, and one that is there."""
    before = events()
    answer = chief.post("/desk/new", **(ASKED | {"then": "preview", "place": str(uuid4())}))
    assert answer.status_code == 200
    again = fields_of(answer.text, "/desk/new")
    assert {name: again[name] for name in ASKED} == shown(ASKED)
    assert html.document_fromstring(answer.text).xpath("//*[@id='preview']//section[@id='q1']")
    assert events() == before

    publication = chief.draft()
    before = events()
    answer = chief.post(f"/desk/{publication}", **(ASKED | {"then": "preview", "base": "1"}))
    assert fields_of(answer.text, f"/desk/{publication}")["body"].split() == ASKED["body"].split()
    assert html.document_fromstring(answer.text).xpath("//*[@id='preview']//section[@id='q1']")
    assert events() == before


def test_a_preview_is_no_paper_and_no_event(chief: Person, events: Callable[[], int]) -> None:
    before = events()
    parts(chief, **TEXT)
    assert events() == before
    assert "Not saved yet" not in chief.get("/desk/").text


def test_the_form_is_shown_with_its_preview_where_it_was_not_taken(chief: Person) -> None:
    answer = chief.post("/desk/new", **(TEXT | {"title": ""}))
    assert answer.status_code == 422
    page = html.document_fromstring(answer.text)
    assert page.xpath("//*[@id='preview-text']//strong/text()") == ["nine"]


def test_after_the_session_ended_the_script_is_told_so(visitor: Person) -> None:
    """With a token of a form and without any."""
    assert visitor.post("/desk/preview", **TEXT).status_code == 401
    stranger = visitor.client.application.test_client()
    assert stranger.post("/desk/preview", data=TEXT).status_code == 401


def test_topics_and_speakers_of_public_texts_are_listed(
    chief: Person, visitor: Person, signed_in: Callable[..., Person]
) -> None:
    """On the form alone; those of a draft are nobody's yet."""
    chief.publish(chief.draft())
    chief.draft(title="Other", topics="secret-plan", speakers="Nobody Yet")
    page = html.document_fromstring(signed_in("contributor").get("/desk/new").text)
    assert page.xpath("//*[@data-offers='topics']//li/text()") == ["ferries", "summer"]
    assert page.xpath("//*[@data-offers='speakers']//li/text()") == ["Ada Brandt"]


def test_a_text_in_html_has_no_toolbar_for_markdown(chief: Person) -> None:
    assert 'id="toolbar"' in chief.get("/desk/new").text
    publication = chief.draft(markup="html", body="<p>So.</p>")
    assert 'id="toolbar"' not in chief.get(f"/desk/{publication}").text


def test_an_empty_text_takes_no_time_to_read(chief: Person) -> None:
    page = html.document_fromstring(chief.get("/desk/new").text)
    assert page.get_element_by_id("measured").text_content().strip() == "0 words"


def test_only_kinds_with_turns_offer_to_split_a_transcript(chief: Person) -> None:
    """And a text that has no kind yet, which may become one of them; by a script and in the form."""
    offer = "Split a transcript"
    asked = {kind: parts(chief, **(ASKED | {"kind": kind}))["turning"].text_content() for kind in KINDS}
    assert [kind for kind, text in asked.items() if offer in text] == ["transcript", "interview", ""]
    assert [kind for kind, text in asked.items() if "becomes a turn" in text] == ["transcript", "interview"]
    shown = {kind: chief.get(f"/desk/{chief.draft(kind=kind)}").text for kind in KINDS[:-1]}
    assert [kind for kind, page in shown.items() if offer in page] == ["transcript", "interview"]
    assert offer in chief.get("/desk/new").text
