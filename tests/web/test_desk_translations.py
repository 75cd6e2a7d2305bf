"""Translations at the desk: naming the original, what is refused, and which fell behind."""

import pytest
from desk_people import Person, problem
from lxml import html

from publisher.bootstrap import Publisher
from publisher.domain.content import Translates

PATH = "/2026/05/ferry-timetable-for-the-summer"
GERMAN = {"title": "Fahrplan der Fähren", "language": "de"}


def said(publisher: Publisher, publication: str) -> Translates | None:
    """What the newest revision translates."""
    publisher.projector.catch_up()
    row = publisher.library.desk_row(publisher.now(), publication)
    assert row is not None
    content = publisher.library.revision_content(publication, row.revision)
    assert content is not None
    return content.translates


def field(page: str, name: str) -> str:
    value = html.fromstring(page).xpath(f'//form[@id="text"]//*[@name="{name}"]')[0]
    return str(value.get("value") if value.tag == "input" else value.text.strip())


@pytest.fixture
def original(chief: Person) -> str:
    """The id of a public message."""
    publication = chief.draft()
    assert chief.publish(publication).status_code == 303
    return publication


def amended(chief: Person, original: str, base: int = 1) -> None:
    """The original's next edition."""
    text = {"title": "Ferry timetable for the summer", "body": f"From {base} June there are ten boats."}
    form = {"kind": "press-release", "language": "en-GB", **text}
    assert chief.post(f"/desk/{original}", base=str(base), **form).status_code == 303
    note = {"revision": str(base + 1), "significance": "major", "note": "More.", "when": "now"}
    assert chief.post(f"/desk/{original}/amend", **note).status_code == 303


@pytest.mark.parametrize(
    "typed",
    [
        "{path}",
        "http://localhost{path}",
        "{path}/editions/1",
        "{path}/history",
        "/id/{id}",
        "/desk/{id}",
        "{id}",
    ],
)
def test_an_original_is_named_by_any_of_its_addresses(
    chief: Person, publisher: Publisher, original: str, typed: str
) -> None:
    """Without an edition it is the one that is public, or the one that the address names."""
    translation = chief.draft(**GERMAN, translates=typed.format(path=PATH, id=original))
    assert said(publisher, translation) == Translates(publication=original, edition=1)


@pytest.mark.parametrize(
    ("fields", "where", "why"),
    [
        ({"translates": "/2026/05/nothing"}, "translates", "There is no message at that address"),
        ({"translates": "https://elsewhere.example" + PATH}, "translates", "no message at that address"),
        ({"translates": "http://[" + PATH}, "translates", "no message at that address"),
        (
            {"translates": "7c1cf3a0-42e7-4b86-9c2b-6a3c8a9b0001"},
            "translates",
            "no message at that address",
        ),
        ({"translates": PATH, "translated": "2"}, "translates", "That message has no edition 2"),
        ({"translates": PATH, "translated": "two"}, "translated", "Write the number of an edition"),
        ({"translates": PATH, "translated": "0"}, "translated", "Write the number of an edition"),
        ({"translated": "1"}, "translates", "Give the original too"),
        ({"translates": PATH, "language": "en-gb"}, "translates", "That message is in en-GB too"),
    ],
)
@pytest.mark.usefixtures("original")
def test_what_can_not_be_translated_is_refused_in_one_sentence(
    chief: Person, publisher: Publisher, fields: dict[str, str], where: str, why: str
) -> None:
    """Nothing is stored, and what was typed stands in the form."""
    before = publisher.newsroom.reader.head()
    answer = chief.post("/desk/new", kind="statement", **GERMAN | {"body": "Text."} | fields)
    assert answer.status_code == 422
    assert why in problem(answer.text, where)
    assert field(answer.text, where) == fields.get(where, "")
    assert field(answer.text, "title") == GERMAN["title"]
    assert publisher.newsroom.reader.head() == before


def test_a_draft_has_no_edition_to_translate(chief: Person) -> None:
    draft = chief.draft()
    answer = chief.post("/desk/new", kind="statement", **GERMAN, translates=draft)
    assert "no edition yet" in problem(answer.text, "translates")


def test_a_translation_is_of_an_original(chief: Person, original: str) -> None:
    """Neither of a translation nor of itself."""
    translation = chief.draft(**GERMAN, translates=original)
    assert chief.publish(translation).status_code == 303
    answer = chief.post("/desk/new", kind="statement", title="Bacs", language="fr", translates=translation)
    assert "itself a translation" in problem(answer.text, "translates")
    form = {"kind": "statement", "title": "A", "language": "fr", "base": "1"}
    answer = chief.post(f"/desk/{original}", **form, translates=original)
    assert "no translation of itself" in problem(answer.text, "translates")


def test_translate_this_opens_a_form_with_the_originals_text(
    chief: Person, publisher: Publisher, original: str
) -> None:
    """Its kind, topics and speakers stay; its language is to be chosen; sent back, it translates it."""
    link = html.fromstring(chief.get(f"/desk/{original}").text).xpath('//a[text()="Translate this"]/@href')
    page = chief.get(link[0]).text
    assert field(page, "title") == "Ferry timetable for the summer"
    assert field(page, "topics") == "ferries, summer"
    assert field(page, "language") == ""
    assert (field(page, "translates"), field(page, "translated")) == (PATH, "1")
    translation = chief.draft(**GERMAN, translates=PATH, translated="1")
    assert said(publisher, translation) == Translates(publication=original, edition=1)
    assert chief.publish(translation).status_code == 303
    again = chief.get(f"/desk/new?translates={translation}").text
    assert field(again, "translates") == PATH
    assert field(chief.get(f"/desk/new?translates={chief.draft()}").text, "title") == ""


def test_a_revision_keeps_what_it_translates(chief: Person, publisher: Publisher, original: str) -> None:
    """The form carries it, from page to page; emptied, the text is a translation no more."""
    translation = chief.draft(**GERMAN, translates=original)
    page = chief.get(f"/desk/{translation}").text
    assert (field(page, "translates"), field(page, "translated")) == (PATH, "1")
    form = {"kind": "press-release", **GERMAN, "base": "1", "body": "Neun Boote."}
    sent = form | {name: field(page, name) for name in ("translates", "translated")}
    assert chief.post(f"/desk/{translation}", **sent).status_code == 303
    assert said(publisher, translation) == Translates(publication=original, edition=1)
    assert "Ferry timetable for the summer, edition 1" in chief.get(f"/desk/{translation}/revisions/2").text
    assert chief.post(f"/desk/{translation}", **form | {"base": "2"}).status_code == 303
    assert said(publisher, translation) is None
    assert (
        "Ferry timetable for the summer, edition 1" in chief.get(f"/desk/{translation}/compare/2..3").text
    )


def test_a_translation_falls_behind_until_its_text_names_the_later_edition(
    chief: Person, original: str
) -> None:
    """On a shelf, with a mark on its row, and with what changed at its form."""
    translation = chief.draft(**GERMAN, translates=original)
    chief.publish(translation)
    shelf = "/desk/?shelf=behind"
    assert "Nothing lies here." in chief.get(shelf).text
    amended(chief, original)
    page = chief.get(shelf).text
    assert "Translations that fell behind" in page
    assert GERMAN["title"] in page
    assert "chip--behind" in page
    form = chief.get(f"/desk/{translation}").text
    assert "The original is at edition 2 now." in form
    assert f'href="{PATH}/diff/1..2"' in form
    text = {"kind": "press-release", **GERMAN, "base": "1", "body": "Zehn Boote."}
    chief.post(f"/desk/{translation}", **text, translates=PATH, translated="2")
    assert "Nothing lies here." in chief.get(shelf).text
    assert "The original is at" not in chief.get(f"/desk/{translation}").text


def test_a_second_translation_into_a_language_is_pointed_out(chief: Person, original: str) -> None:
    chief.publish(chief.draft(**GERMAN, translates=original))
    second = chief.draft(title="Fahrplan noch einmal", language="DE", translates=original)
    page = chief.get(f"/desk/{second}").text
    assert "There is a translation into this language already:" in page
    assert GERMAN["title"] in page


def test_what_was_typed_of_an_original_is_in_the_working_paper(chief: Person, original: str) -> None:
    """As any other field, it is there again after a crash of the browser."""
    publication = chief.draft()
    form = {"title": "A", "translates": "/half/an/address", "translated": "1", "base": "1", "typed": "yes"}
    assert chief.post(f"/desk/papers/{publication}", **form).status_code == 200
    page = chief.get(f"/desk/{publication}").text
    assert (field(page, "translates"), field(page, "translated")) == ("/half/an/address", "1")


def test_two_people_who_name_different_editions_choose(chief: Person, original: str) -> None:
    """A save that came second calls the editions by the original's title."""
    amended(chief, original)
    translation = chief.draft(**GERMAN, translates=original, translated="1")
    text = {"kind": "press-release", **GERMAN, "base": "1"}
    assert chief.post(f"/desk/{translation}", **text, translates=PATH, translated="2").status_code == 303
    answer = chief.post(f"/desk/{translation}", **text | {"title": "Neu"})
    assert answer.status_code == 409
    read = " ".join(html.fromstring(answer.text).text_content().split())
    assert "Ferry timetable for the summer, edition" in read
    assert original not in read
