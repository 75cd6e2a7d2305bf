"""Catalogs of the newsroom's own beside ours, and which of them a page speaks."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import flask_babel
import pytest
from flask import Flask, render_template_string
from look_pages import render
from lxml import html

from publisher.web import languages, words

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'

Write = Callable[..., None]
Site = Callable[..., Flask]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Put a catalog of the newsroom's own into its place."""

    def write(tag: str, messages: str, header: str = HEADER) -> None:
        file = tmp_path / "translations" / tag / "LC_MESSAGES" / "messages.po"
        file.parent.mkdir(parents=True)
        file.write_text(header + messages, "utf-8")

    return write


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A bare application over the newsroom's catalogs, as one that starts now."""

    def start(house: str = "en-GB") -> Flask:
        app = Flask("bare")
        languages.install(app, house, tmp_path / "translations")
        words.install(app)
        return app

    return start


def said(app: Flask, language: str, source: str) -> str:
    with app.test_request_context("/"):
        return render_template_string(source, language=language)


def test_a_newsroom_adds_a_language(write: Write, site: Site) -> None:
    """Its words are found, what it lacks is English, numbers are written as that language does."""
    write("it", 'msgid "Search"\nmsgstr "Cerca"\n')
    app = site()
    assert said(app, "it-CH", "{{ _('Search') }}, {{ _('Subscribe') }}") == "Cerca, Subscribe"
    assert said(app, "it", "{{ 12345|number }}") == "12.345"
    assert said(app, "en-GB", "{{ _('Search') }}") == "Search"


def test_a_newsroom_rewords_one_sentence_of_ours(write: Write, site: Site) -> None:
    """Its file comes before ours, and ours still has the rest."""
    write("de", 'msgid "Search"\nmsgstr "Nachschlagen"\n')
    assert said(site(), "de", "{{ _('Search') }}, {{ _('Subscribe') }}") == "Nachschlagen, Abonnieren"


def test_english_can_be_reworded_too(write: Write, site: Site) -> None:
    """The source language is a catalog like any other; a kind of the newsroom's own gets a word."""
    write("en", 'msgid "Search"\nmsgstr "Look up"\n\nmsgid "Nota"\nmsgstr "Note verbale"\n')
    assert said(site(), "en-GB", "{{ _('Search') }}, {{ 'nota'|kind }}") == "Look up, Note verbale"


def test_the_nearest_language_is_asked_first(write: Write, site: Site) -> None:
    """`de-AT` has its own word and takes the others from `de`; either spelling names the folder."""
    write("de-AT", 'msgid "Search"\nmsgstr "Stöbern"\n')
    app = site()
    assert said(app, "de-AT", "{{ _('Search') }}, {{ _('Subscribe') }}") == "Stöbern, Abonnieren"
    assert said(app, "de", "{{ _('Search') }}") == "Suche"


def test_a_language_counts_in_its_own_way(write: Write, site: Site) -> None:
    """Polish has three forms, and which number takes which is known without a header's word."""
    write(
        "pl",
        'msgid "%(num)s question"\nmsgid_plural "%(num)s questions"\n'
        'msgstr[0] "%(num)s pytanie"\nmsgstr[1] "%(num)s pytania"\nmsgstr[2] "%(num)s pytań"\n',
    )
    source = "{{ ngettext('%(num)s question', '%(num)s questions', {}) }}"
    app = site()
    assert [said(app, "pl", source.replace("{}", str(n))) for n in (1, 3, 5, 22, 12_345)] == [
        "1 pytanie",
        "3 pytania",
        "5 pytań",
        "22 pytania",
        "12\N{NO-BREAK SPACE}345 pytań",
    ]


@pytest.mark.parametrize(
    "slip",
    ["Edizione %(numero)s", "Edizione %(n)d", "Edizione %s", "Edizione 100%"],
)
def test_a_slip_costs_its_sentence_and_not_the_page(
    write: Write, site: Site, caplog: pytest.LogCaptureFixture, slip: str
) -> None:
    """A translation with other values than its source is passed over, and the log says so."""
    write("it", f'msgid "Edition %(n)s"\nmsgstr "{slip}"\n\nmsgid "Search"\nmsgstr "Cerca"\n')
    with caplog.at_level(logging.WARNING):
        assert said(site(), "it", "{{ _('Edition %(n)s', n=3) }}, {{ _('Search') }}") == "Edition 3, Cerca"
    assert "Edition %(n)s" in caplog.text


def test_a_percent_sign_is_written_twice(write: Write, site: Site) -> None:
    """As in every sentence of the templates."""
    write("it", 'msgid "Search"\nmsgstr "Cerca al 100%%"\n')
    assert said(site(), "it", "{{ _('Search') }}") == "Cerca al 100%"


@pytest.mark.parametrize(
    "damage",
    [
        HEADER + "msgid Search\n",
        HEADER.replace("utf-8", "utf-9"),
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n/;\\n"\n',
    ],
    ids=["syntax", "charset", "plural"],
)
def test_a_file_that_is_no_catalog_is_passed_over(
    write: Write,
    site: Site,
    caplog: pytest.LogCaptureFixture,
    damage: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The page is English, the log names the file, and nothing is printed among the server's words."""
    write("it", "", damage)
    with caplog.at_level(logging.WARNING):
        assert said(site(), "it", "{{ _('Search') }}") == "Search"
    assert str(Path("it", "LC_MESSAGES", "messages.po")) in caplog.text
    assert capsys.readouterr().out == ""


def test_a_folder_that_is_no_language_is_passed_over(
    write: Write, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names it."""
    write("klingonese", "")
    with caplog.at_level(logging.WARNING):
        site()
    assert "klingonese" in caplog.text


def test_a_text_in_a_language_without_words_stands_among_the_newsrooms(write: Write, site: Site) -> None:
    """A French text stands in an English page until somebody adds French."""
    tags = ("fr-CA", "de-AT", "en-US", "xx", "")
    with site().app_context():
        assert [languages.spoken(tag) for tag in tags] == ["en-GB", "de-AT", "en-US", "en-GB", "en-GB"]
    write("fr", 'msgid "Search"\nmsgstr "Chercher"\n')
    with site().app_context():
        assert languages.spoken("fr-CA") == "fr-CA"


def test_a_newsroom_has_a_language_of_its_own(
    write: Write, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """Without words in it its pages are English, and the log says why."""
    with caplog.at_level(logging.WARNING), site("fr").app_context():
        assert languages.house() == "en"
    assert "no catalog for fr" in caplog.text
    write("fr", 'msgid "Search"\nmsgstr "Chercher"\n')
    with site("fr").test_request_context("/"):
        assert languages.house() == "fr"
        assert flask_babel.gettext("Search") == "Chercher"


def test_the_fingerprint_changes_with_the_newsrooms_words(write: Write, site: Site) -> None:
    """With its language and with every catalog of its own, so that readers get the new words."""
    prints = []
    for tag, house in ((None, "en-GB"), (None, "de"), ("it", "de"), ("fr", "de")):
        if tag:
            write(tag, 'msgid "Search"\nmsgstr "..."\n')
        with site(house).app_context():
            prints.append(languages.fingerprint())
    assert len(set(prints)) == 4


def test_a_later_template_of_the_same_request_has_its_own_language(site: Site) -> None:
    """A fault on a German page is told in the newsroom's words."""
    with site().test_request_context("/"):
        assert render_template_string("{{ _('Search') }}", language="de") == "Suche"
        assert render_template_string("{{ _('Search') }}", language="en-GB") == "Search"
        assert str(flask_babel.get_locale()) == "en_GB"


def test_a_word_that_a_template_spells_out_is_not_kept_for_other_languages(site: Site) -> None:
    """Jinja folds constants while it compiles; these filters it has to ask each time."""
    app = site()
    source = "{{ 'speech'|kind }} {{ '03'|month_name }} {{ 'draft'|state }} {{ 'major'|significance }}"
    assert said(app, "en", source) == "Speech March Draft changed"
    assert said(app, "de", source).startswith("Rede März Entwurf ")


def test_a_day_is_written_as_its_language_does(site: Site) -> None:
    """English everywhere the day first; elsewhere as the locale has it."""
    day = datetime(2020, 11, 24, 11, 55, tzinfo=UTC)
    with site().test_request_context("/"):
        shown = [
            render_template_string("{{ t|day }}", language=tag, t=day, zone=ZoneInfo("UTC"))
            for tag in ("en-US", "es", "hu", "ja")
        ]
    assert shown == ["24 November 2020", "24 de noviembre de 2020", "2020. november 24.", "2020年11月24日"]


@pytest.mark.parametrize(
    ("here", "there", "said_so"),
    [
        ("en", "en", ""),
        ("en", "de", ' lang="de"'),
        ("en", "ar", ' lang="ar" dir="rtl"'),
        ("he", "en", ' lang="en" dir="ltr"'),
        ("he", "ar", ' lang="ar"'),
        ("en", "xx", ' lang="xx"'),
    ],
)
def test_what_is_in_another_language_says_so(site: Site, here: str, there: str, said_so: str) -> None:
    """Its language always, its direction where that is another."""
    with site().test_request_context("/"):
        assert render_template_string("{{ there|foreign }}", language=here, there=there) == said_so


def test_a_page_in_a_language_from_right_to_left_is_laid_out_so() -> None:
    """The whole page turns; the masthead's words are still the newsroom's."""
    page = html.document_fromstring(render("front", "ar"))
    assert page.get("dir") == "rtl"
    name = page.xpath("//*[contains(@class, 'nameplate')]//span")[0]
    assert (name.get("lang"), name.get("dir")) == ("en-GB", "ltr")


@pytest.mark.parametrize("name", ["desk-list", "desk-sign-in", "audit-list"])
def test_the_desk_and_the_record_are_laid_out_so_too(name: str) -> None:
    """In a newsroom that writes from right to left."""
    assert html.document_fromstring(render(name, "ar")).get("dir") == "rtl"
    assert html.document_fromstring(render(name, "de")).get("dir") is None


def test_the_mastheads_words_say_their_language_on_a_page_in_another() -> None:
    """Name, counters, clocks, contacts and notices; on the newsroom's own pages nothing is marked."""
    german = html.document_fromstring(render("front", "de"))
    marked = {text for element in german.xpath("//*[@lang='en-GB']") for text in element.itertext()}
    assert marked >= {
        "Embassy of Norland in Port Maren",
        "The archive has been closed to our consul for ",
        "London: ",
        "Press line: ",
        "The consular hall is closed on Thursday 26 November.",
    }
    assert not html.document_fromstring(render("front", "en-GB")).xpath("//header//*[@lang]")
