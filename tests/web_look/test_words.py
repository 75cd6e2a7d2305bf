"""Dates, numbers, sentences and catalogs, as the templates get them."""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po
from flask import render_template_string
from jinja2.ext import babel_extract
from look_application import WEB, application
from look_pages import render
from lxml import html

from publisher.readmodel.rows import CounterRow
from publisher.web import languages, words

WINTER = datetime(2020, 11, 24, 11, 55, 9, tzinfo=UTC)
SUMMER = datetime(2020, 7, 1, 23, 30, tzinfo=UTC)


def shown(source: str, language: str = "en-GB", zone: str = "Europe/London", **values: Any) -> str:
    """What a template of one expression says."""
    with application().test_request_context("/"):
        return render_template_string(source, language=language, zone=ZoneInfo(zone), **values)


@pytest.mark.parametrize(
    ("source", "language", "said"),
    [
        ("{{ t|day }}", "en-GB", "24 November 2020"),
        ("{{ t|day }}", "de", "24. November 2020"),
        ("{{ t|day }}", "fr", "24 novembre 2020"),
        ("{{ t|hour }}", "en-US", "11:55"),
        ("{{ t|hour('Europe/Moscow') }}", "en-GB", "14:55"),
        ("{{ t|second }}", "en-GB", "11:55:09"),
        ("{{ t|moment }}", "en-GB", "Tuesday 24 November 2020, 11:55"),
        ("{{ t|moment }}", "de-AT", "Dienstag, 24. November 2020, 11:55"),
        ("{{ t|iso('Europe/Moscow') }}", "en-GB", "2020-11-24T14:55:09+03:00"),
        ("{{ 12345|number }}", "en-GB", "12,345"),
        ("{{ 12345|number }}", "de", "12.345"),
        ("{{ '03'|month_name }}", "de", "März"),
        ("{{ 'press-release'|kinds }}", "de", "Pressemitteilungen"),
        ("{{ 'open-letter'|kind }}", "en-GB", "Open letter"),
        ("{{ 'schedule-cancelled'|words }}", "en-GB", "Schedule cancelled"),
        ("{{ 'CounterStarted'|words }}", "en-GB", "Counter started"),
    ],
)
def test_a_value_is_worded_in_the_language_of_the_page(source: str, language: str, said: str) -> None:
    """Days, hours, numbers and kinds, in the page's language and zone."""
    assert shown(source, language, t=WINTER) == said


def test_a_day_is_that_of_the_pages_zone() -> None:
    """Half past eleven at night in UTC is the next day in London in summer."""
    assert shown("{{ t|day }}, {{ t|hour }}", t=SUMMER) == "2 July 2020, 00:30"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/London", "UTC+1"),
        ("Atlantic/Reykjavik", "UTC"),
        ("America/St_Johns", "UTC−2:30"),
        ("Asia/Kolkata", "UTC+5:30"),
    ],
)
def test_an_offset_names_hours_and_minutes(zone: str, said: str) -> None:
    """The offset at the instant, with a true minus."""
    assert shown("{{ t|offset }}", zone=zone, t=SUMMER) == said


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("de-1996", "de"), ("xx", "en"), ("", "en"), ("zh-Hant-TW", "zh")],
)
def test_an_unknown_tag_falls_back_to_its_language_then_to_english(tag: str, language: str) -> None:
    """A page is never without a locale."""
    assert languages.locale(tag).language == language


@pytest.mark.parametrize(
    ("value", "html_said"),
    [
        ("+44 1632 960 412", '<a href="tel:+441632960412">+44 1632 960 412</a>'),
        ("+49 (0)30 1234-56", '<a href="tel:+4930123456">+49 (0)30 1234-56</a>'),
        ("press@norland.example", '<a href="mailto:press@norland.example">press@norland.example</a>'),
        ("Custom House <Quay>", "Custom House &lt;Quay&gt;"),
        ("2020", "2020"),
    ],
)
def test_a_contact_is_a_link_only_where_it_can_be_one(value: str, html_said: str) -> None:
    """Telephone numbers and mail addresses are links; all else is escaped text."""
    assert str(words.contact(value)) == html_said


def _row(text: str, since: date = date(2018, 3, 4)) -> CounterRow:
    return CounterRow(key="alder-street", since=since, zone="Europe/London", text=text)


def test_a_counter_stands_inside_its_sentence() -> None:
    """Number, key and day are found by a program; the rest of the sentence is escaped."""
    (counter,) = words.counters([_row("It is {days} days since A & B")], WINTER, "en")
    assert counter.days == 996
    assert str(counter.sentence_html) == (
        'It is <span class="days" data-counter="alder-street" data-days="996" data-since="2018-03-04">'
        "996</span>"
        " days since A &amp; B"
    )


@pytest.mark.parametrize(("since", "said"), [(date(2018, 2, 28), ">1000<"), (date(1990, 1, 1), ">11,285<")])
def test_four_digits_stand_together_and_five_are_grouped(since: date, said: str) -> None:
    """Pages say a day count as feeds do up to 9,999."""
    (counter,) = words.counters([_row("{days} days", since)], WINTER, "en")
    assert said in counter.sentence_html


def test_a_word_with_values_escapes_them() -> None:
    """What somebody typed never becomes markup, and a percent sign stays one."""
    source = (
        "{{ _('No message holds “%(query)s”. Fewer words, or the beginning of one, find more.', query=q) }}"
    )
    assert "“&lt;b&gt; 100%”" in shown(source, q="<b> 100%")


def test_every_word_of_the_site_is_translated_into_german() -> None:
    """No template or table holds a word that the catalog lacks, and it holds no word too many."""
    assert _translated() == _wanted()


def test_a_translation_keeps_the_values_of_its_source() -> None:
    """The same `%(name)s` in every form; one that is missing would lose a value silently."""
    for message in _catalog():
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            named = [set(re.findall(r"%\((\w+)\)s", text)) for text in (*ids[-1:], *forms[-1:])]
            assert named[0] == named[1], ids


def test_a_german_page_is_german() -> None:
    """The catalog is compiled when the page asks for it."""
    page = html.document_fromstring(render("front", "de"))
    assert page.get("lang") == "de"
    assert page.xpath("//nav//a/text()")[:2] == ["Alle Mitteilungen", "Pressemitteilungen"]
    assert page.xpath("//p[1]/time/text()")[0] == "24. November 2020"


def test_the_masthead_says_date_clocks_and_counters_to_programs_too() -> None:
    """The elements that other people's tools look for."""
    page = html.document_fromstring(render("front"))
    assert page.xpath("//time[@datetime='2020-11-24']/text()") == ["24 November 2020"]
    clock = page.xpath("//time[@data-clock='Europe/Moscow']")[0]
    assert (clock.get("datetime"), clock.text) == (
        "2020-11-24T14:55:00+03:00",
        "14:55",
    )
    number = page.xpath("//*[@data-counter='archive']")[0]
    assert number.attrib["data-days"] == number.text == "988"
    assert number.getparent().text_content() == "The archive has been closed to our consul for 988 days"


def test_clocks_stand_still_on_a_past_page() -> None:
    """Only a page of the present loads the module that moves its clocks."""
    assert "clocks.js" in render("front")
    assert "clocks.js" not in render("past")
    assert "clocks.js" not in render("rehearsal")


def _catalog() -> Any:
    with (WEB / "translations/de/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="de")


def _translated() -> set[str]:
    return {_first(m.id) for m in _catalog() if m.id and all(_forms(m.string))}


def _wanted() -> set[str]:
    found = set(words.site_words())
    for path in (WEB / "templates").rglob("*.html"):
        with path.open("rb") as file:
            found |= {_first(m) for _, _, m, _ in babel_extract(file, ("_", "ngettext"), [], {})}
    return found


def _first(message: Any) -> str:
    return str(message if isinstance(message, str) else message[0])


def _forms(string: Any) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)
