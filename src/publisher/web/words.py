"""Puts dates, times, numbers, names and sentences into the reader's language, for the templates.

The language is Flask-Babel's, which `languages` sets to that of the page; the zone is the page's
variable `zone`. Flask-Babel's own zones are of another library, so instants are put into the
page's zone here before it words them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import format_date, format_number, get_locale, get_translations, gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..domain import zones
from ..readmodel.rows import CounterRow
from . import languages
from .languages import house, locale

DAYS = {"en": "d MMMM y"}
"""How English writes `24 November 2020` everywhere; other languages write it as they do."""
MOMENTS = {"en": "EEEE d MMMM y"}
GROUPED_FROM = 10_000
"""Four digits stand without a separator, so that page and feed say the same number."""

KINDS = {
    "press-release": ("Press release", "Press releases"),
    "statement": ("Statement", "Statements"),
    "transcript": ("Transcript", "Transcripts"),
    "interview": ("Interview", "Interviews"),
    "speech": ("Speech", "Speeches"),
    "briefing": ("Briefing", "Briefings"),
    "notice": ("Notice", "Notices"),
    "comment": ("Comment", "Comments"),
    "news": ("News", "News"),
    "announcement": ("Announcement", "Announcements"),
    "decision": ("Decision", "Decisions"),
    "article": ("Article", "Articles"),
    "report": ("Report", "Reports"),
    "letter": ("Letter", "Letters"),
    "message": ("Message", "Messages"),
}
"""What kinds are called, one message and a list of them; any other is called by its key."""
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./\u00a0\u2011-]{4,24}[0-9]")
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """A counter as of an instant: its claim, its whole days, and its sentence as markup."""

    key: str
    days: int
    since: date
    sentence_html: Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """An instant of change and the address at which the same page shows it."""

    at: datetime
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PastBar:
    """What the bar over a past page says: its instant, the way back, the changes around it.

    `action` takes a GET form of `date`, `time` (the newsroom's zone) and `url`, which is `target`.
    """

    at: datetime
    now_url: str
    action: str
    target: str
    before: Step | None = None
    after: Step | None = None


def install(app: Flask) -> None:
    """Give the templates of `app` their filters; call it after `languages.install`."""
    app.jinja_env.globals.update(ngettext=_ngettext, house=house)
    app.jinja_env.filters.update(
        day=_day,
        hour=_hour,
        second=_second,
        moment=_moment,
        number=_asked(format_number),
        kind=_asked(kind),
        kinds=_asked(kinds),
        month_name=_asked(_month_name),
        offset=_offset,
        own_name=languages.own_name,
        contact=contact,
        direction=direction,
        foreign=_foreign,
        parts=parts,
        iso=_iso,
        place=_place,
        significance=_asked(_significance),
        state=_asked(_state),
        file_type=_asked(file_type),
        file_size=_asked(file_size),
        shelf=_asked(_shelf),
        words=_words,
    )


def counters(rows: Iterable[CounterRow], instant: datetime, language: str) -> list[Counter]:
    """The counters as of `instant`, each counting the days of its own zone."""
    return [_counter(row, zones.days_since(row.since, row.zone, instant), language) for row in rows]


def sentence(text: str, days: int, language: str) -> Markup:
    """A counter's text with its number, which stands out as in the masthead."""
    before, _, after = text.partition("{days}")
    number = Markup('<span class="days">{}</span>').format(_grouped(days, locale(language)))
    return escape(before) + number + escape(after)


def number_in(text: str, days: int) -> str:
    """A counter's text with its number, plain."""
    return text.replace("{days}", _grouped(days, locale(house())))


def contact(value: str) -> Markup:
    """A contact's value: a `tel:` link (RFC 3966) or a `mailto:` link where it looks like one."""
    text = value.strip()
    if _PHONE.fullmatch(text):
        digits = re.sub(r"[^0-9+]", "", text.replace("(0)", "") if text.startswith("+") else text)
        return Markup('<a href="tel:{}">{}</a>').format(digits, value)
    if _EMAIL.fullmatch(text):
        return Markup('<a href="mailto:{}">{}</a>').format(text, value)
    return escape(value)


def kind(key: str) -> str:
    """A kind as what one message is: `Press release`."""
    return _kind_word(key, 0)


def kinds(key: str) -> str:
    """A kind as the heading of its list: `Press releases`."""
    return _kind_word(key, 1)


def direction(language: str) -> Literal["ltr", "rtl"]:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if locale(language).text_direction == "rtl" else "ltr"


def gone(status: str, since: datetime, zone: ZoneInfo) -> str:
    """That a message was withdrawn or removed, as plain text; `since` in the newsroom's zone."""
    if status == "removed":
        return _plain("This message was removed")
    return _plain("This message was withdrawn on %(day)s") % {"day": _day_of(since.astimezone(zone).date())}


def newsroom() -> str:
    """What a newsroom without a name is called."""
    return _plain("Newsroom")


def parts(path: str) -> dict[str, str]:
    """The arguments of `url_for('site.publication', ...)` in a path `/2020/05/some-slug`."""
    year, month, slug = path.strip("/").split("/", 2)
    return {"year": year, "month": month, "slug": slug}


def _counter(row: CounterRow, days: int, language: str) -> Counter:
    before, _, after = row.text.partition("{days}")
    span = Markup('<span class="days" data-counter="{}" data-days="{}" data-since="{}">{}</span>').format(
        row.key, days, row.since.isoformat(), _grouped(days, locale(language))
    )
    return Counter(
        key=row.key, days=days, since=row.since, sentence_html=escape(before) + span + escape(after)
    )


def _asked(wording: Callable[[Any], str]) -> Callable[[Context, Any], str]:
    """A filter that Jinja asks on every page; of a constant it would keep the first page's word."""

    @pass_context
    def asked(_: Context, value: Any) -> str:
        return wording(value)

    return asked


def _grouped(value: int, here: Locale | None) -> str:
    return str(value) if abs(value) < GROUPED_FROM else format_decimal(value, locale=here)


def _local(context: Context, instant: datetime) -> datetime:
    return instant.astimezone(context["zone"])


def _ngettext(one: str, many: str, num: int, **variables: Any) -> Markup:
    """Flask-Babel's, with a number that is written as numbers are; values are escaped."""
    text = Markup(get_translations().ungettext(one, many, num))  # noqa: S704 (a catalog's sentence)
    return text % {"num": _grouped(num, get_locale()), **variables}


def _day_of(day: date) -> str:
    return str(format_date(day, DAYS.get(get_locale().language, "long")))


def _plain(message: str) -> str:
    """A sentence of the catalogs, which hold HTML, as plain text."""
    return str(Markup(gettext(message)).unescape())  # noqa: S704 - it becomes text again


@pass_context
def _day(context: Context, value: date | datetime) -> str:
    """`24 November 2020`, the day of an instant in the page's zone."""
    return _day_of(_local(context, value).date() if isinstance(value, datetime) else value)


@pass_context
def _hour(context: Context, value: datetime, zone: str | None = None) -> str:
    """`14:55` in the page's zone, or in the one named."""
    return (value.astimezone(zones.zone(zone)) if zone else _local(context, value)).strftime("%H:%M")


@pass_context
def _second(context: Context, value: datetime) -> str:
    return _local(context, value).strftime("%H:%M:%S")


@pass_context
def _moment(context: Context, value: datetime) -> str:
    """`Tuesday 24 November 2020, 14:55` in the page's zone."""
    there = _local(context, value)
    return f"{format_date(there.date(), MOMENTS.get(get_locale().language, 'full'))}, {there:%H:%M}"


@pass_context
def _offset(context: Context, value: datetime) -> str:
    """`UTC+1`, `UTC−3:30` or `UTC`: how far the page's zone is from UTC at the instant."""
    shift = _local(context, value).utcoffset()
    minutes = round(shift.total_seconds() / 60) if shift else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


@pass_context
def _iso(context: Context, value: date | datetime, zone: str | None = None) -> str:
    """RFC 3339 with the offset of the page's zone, for `datetime` attributes; dates as they are."""
    if not isinstance(value, datetime):
        return value.isoformat()
    there = value.astimezone(zones.zone(zone)) if zone else _local(context, value)
    return there.isoformat(timespec="seconds")


def _kind_word(key: str, form: int) -> str:
    """The kind's word; an unknown kind is its key as words, in the singular in both forms."""
    word = KINDS[key][form] if key in KINDS else key.replace("-", " ").capitalize()
    return str(gettext(word))


def _month_name(month: int | str) -> str:
    return str(get_locale().months["stand-alone"]["wide"][int(month)])


@pass_context
def _foreign(context: Context, language: str) -> Markup:
    """The attributes of an element that is not in the page's language; nothing where it is."""
    here = context["language"]
    if language == here:
        return Markup()
    turned = (
        Markup(' dir="{}"').format(direction(language)) if direction(language) != direction(here) else ""
    )
    return Markup(' lang="{}"').format(language) + turned


def _place(zone: str) -> str:
    """The city in a zone's name: `New York` for `America/New_York`."""
    return zone.rpartition("/")[2].replace("_", " ")


_SIGNIFICANCE = {"minor": "small change", "major": "changed", "correction": "corrected"}
_STATES = {
    "draft": "Draft",
    "scheduled": "Scheduled",
    "published": "Published",
    "withdrawn": "Withdrawn",
    "removed": "Removed",
    "discarded": "Discarded",
}
_SHELVES = _STATES | {
    "waiting": "Waiting for you",
    "draft": "Drafts",
    "review": "In review",
    "approved": "Approved",
    "behind": "Translations that fell behind",
}


def _significance(value: str) -> str:
    return str(gettext(_SIGNIFICANCE[value]))


def _state(value: str) -> str:
    return str(gettext(_STATES[value]))


def _shelf(value: str) -> str:
    return str(gettext(_SHELVES[value]))


def file_type(media_type: str) -> str:
    """`application/pdf` as `PDF`."""
    known = {"text/plain": gettext("Text"), "audio/mpeg": "MP3"}.get(media_type)
    return str(known or media_type.rpartition("/")[2].upper())


def file_size(size: int) -> str:
    """Bytes in whole kB, from a million on in MB with one decimal."""
    number, unit = (size / 1_000_000, "MB") if size >= 1_000_000 else (max(1, round(size / 1_000)), "kB")
    return f"{format_decimal(number, '#,##0.#', locale=get_locale())}\u00a0{unit}"


def _words(name: str) -> str:
    """`CounterStarted` or `schedule-cancelled` as words: `Counter started`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.rpartition(".")[2]).replace("-", " ").lower()
    return spaced[:1].upper() + spaced[1:]


def site_words() -> frozenset[str]:
    """Every word in this module's tables that a catalog has to translate."""
    kinds = (word for pair in KINDS.values() for word in pair)
    return frozenset([*kinds, *_SIGNIFICANCE.values(), *_STATES.values(), *_SHELVES.values()])
