"""Kinds, languages and topics in the desk's form: words for people, keys in the record."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from desk_people import TEXT, Person, fields_of
from flask import Flask
from lxml import html

from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.web import create_app, languages, naming


def content(publisher: Publisher, publication: str) -> Content:
    publisher.projector.catch_up()
    found = publisher.library.revision_content(publication, 1)
    assert found
    return found


@pytest.fixture(params=["en-GB", "de"])
def page_in(app: Flask, request: pytest.FixtureRequest) -> Iterator[str]:
    """Within a request whose page is in that language."""
    with app.test_request_context("/"), languages.speaking(request.param):
        yield request.param


@pytest.mark.parametrize(
    "key", ["press-release", "news", "zanzibar-kind", "covid-19", "a", "x--y", "b-", "statement", "2"]
)
def test_a_kind_comes_back_from_its_word(page_in: str, key: str) -> None:
    """Whatever key it is, and where no word gives it again the key stands itself."""
    assert naming.kind_key(naming.kind_word(key)) == key


@pytest.mark.parametrize(
    "tag", ["en-GB", "de", "de-CH", "de-CH-1996", "zh-Hant-TW", "EN-gb", "tlh", "x1", "sr-Latn", "und", ""]
)
def test_a_language_comes_back_from_its_name(page_in: str, tag: str) -> None:
    assert naming.language_tag(naming.language_name(tag)) == tag


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Press release", "press-release"),
        (" press  RELEASE", "press-release"),
        ("White paper", "white-paper"),
    ],
)
def test_a_kind_can_be_typed_as_a_word(chief: Person, publisher: Publisher, typed: str, kind: str) -> None:
    publication = chief.draft(kind=typed, language="german (switzerland)", topics="Lake level, ferries")
    found = content(publisher, publication)
    assert (found.kind, found.language, found.topics) == (kind, "de-CH", ("lake-level", "ferries"))


def test_the_form_shows_words_and_saves_the_same(chief: Person, publisher: Publisher) -> None:
    """The fields, what they offer, and no new revision by saving what stands there."""
    publication = chief.draft()
    page = chief.get(f"/desk/{publication}").text
    form = fields_of(page, f"/desk/{publication}")
    assert (form["kind"], form["language"]) == ("Press release", "English (United Kingdom)")
    tree = html.document_fromstring(page)
    assert "Statement" in tree.xpath("//datalist[@id='kinds']/option/@value")
    assert tree.xpath("//datalist[@id='languages']/option/@value") == ["English (United Kingdom)"]
    assert chief.post(f"/desk/{publication}", **form).status_code == 303
    assert len(publisher.library.revisions(publication)) == 1


def test_a_german_desk_speaks_german_of_them(publisher: Publisher, account: Callable[..., str]) -> None:
    german = replace(publisher, config=replace(publisher.config, language="de"))
    person = Person(client=create_app(german).test_client(), name=account("chief"))
    person.post("/desk/sign-in", name=person.name, password="a long password for tests")
    person.token = ""
    publication = person.draft(kind="Pressemitteilung", language="Deutsch (Schweiz)")
    found = content(publisher, publication)
    assert (found.kind, found.language) == ("press-release", "de-CH")
    form = fields_of(person.get(f"/desk/{publication}").text, f"/desk/{publication}")
    assert (form["kind"], form["language"]) == ("Pressemitteilung", "Deutsch (Schweiz)")


def test_a_change_of_kind_and_language_is_told_in_words(chief: Person) -> None:
    publication = chief.draft()
    changed = TEXT | {"base": "1", "kind": "notice", "language": "de"}
    assert chief.post(f"/desk/{publication}", **changed).status_code == 303
    page = html.document_fromstring(chief.get(f"/desk/{publication}/compare/1..2").text)
    said = " ".join(page.xpath("//dl//del/text() | //dl//ins/text()"))
    assert said == "Press release Notice English (United Kingdom) German"


def test_the_bar_of_a_german_desk_says_the_roles_in_german(
    publisher: Publisher, account: Callable[..., str]
) -> None:
    german = replace(publisher, config=replace(publisher.config, language="de"))
    person = Person(client=create_app(german).test_client(), name=account("chief", "auditor"))
    person.post("/desk/sign-in", name=person.name, password="a long password for tests")
    bar = html.document_fromstring(person.get("/desk/").text).xpath("//div[@class='deskbar-you']/a")[0]
    assert bar.text_content() == f"Ihr Konto: {person.name}, Prüfung, Leitung"
