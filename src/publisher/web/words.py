"""Puts dates, times, numbers, names and sentences into the reader's language, for the templates.

`install(env)` is all that the factory calls. The language of a page is its variable `language`
(BCP 47), its zone the variable `zone`; every filter reads both from the page. Catalogs are `.po`
files under `translations/`, compiled in memory when a language is first asked for, so that no
built file has to be kept in step.
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..domain import zones
from ..readmodel.rows import CounterRow

FALLBACK = "en"
CATALOGS = Path(__file__).parent / "translations"
DAY_PATTERNS = {"de": "d. MMMM y"}
"""Where `24 November 2020` is written otherwise."""
GROUPED_FROM = 10_000
"""Four digits stand without a separator, so that page and feed say the same number."""

_KINDS = {
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


def install(env: Environment) -> None:
    """Give `env` the filters and the words; call it after any extension that also sets `_`."""
    env.globals.update({"_": _gettext, "gettext": _gettext, "ngettext": _ngettext})
    env.filters.update(
        day=_day,
        hour=_hour,
        second=_second,
        moment=_moment,
        number=_number,
        kind=_kind,
        kinds=_kinds,
        month_name=_month_name,
        offset=_offset,
        contact=contact,
        parts=parts,
        iso=_iso,
        place=_place,
        significance=_significance,
        state=_state,
        words=_words,
    )


def counters(rows: Iterable[CounterRow], instant: datetime, language: str) -> list[Counter]:
    """The counters as of `instant`, each counting the days of its own zone."""
    return [_counter(row, zones.days_since(row.since, row.zone, instant), language) for row in rows]


def contact(value: str) -> Markup:
    """A contact's value: a `tel:` link (RFC 3966) or a `mailto:` link where it looks like one."""
    text = value.strip()
    if _PHONE.fullmatch(text):
        digits = re.sub(r"[^0-9+]", "", text.replace("(0)", "") if text.startswith("+") else text)
        return Markup('<a href="tel:{}">{}</a>').format(digits, value)
    if _EMAIL.fullmatch(text):
        return Markup('<a href="mailto:{}">{}</a>').format(text, value)
    return escape(value)


def parts(path: str) -> dict[str, str]:
    """The arguments of `url_for('site.publication', ...)` in a path `/2020/05/some-slug`."""
    year, month, slug = path.strip("/").split("/", 2)
    return {"year": year, "month": month, "slug": slug}


@lru_cache(maxsize=64)
def translations(language: str) -> NullTranslations:
    """The catalog of a language, or of what it is a variant of; English is the source itself."""
    for name in (language.replace("-", "_"), locale(language).language):
        file = CATALOGS / name / "LC_MESSAGES" / "messages.po"
        if re.fullmatch(r"[A-Za-z_]+", name) and file.is_file():
            return _compiled(file.read_bytes(), name)
    return NullTranslations()


@lru_cache(maxsize=256)
def locale(language: str) -> Locale:
    """The locale of a BCP 47 tag; of its first subtag, then English, where it isn't known."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(FALLBACK)


def _compiled(source: bytes, name: str) -> GNUTranslations:
    target = io.BytesIO()
    write_mo(target, read_po(io.BytesIO(source), locale=name))
    target.seek(0)
    return GNUTranslations(target)


def _counter(row: CounterRow, days: int, language: str) -> Counter:
    before, _, after = row.text.partition("{days}")
    span = Markup('<span class="days" data-counter="{}" data-days="{}" data-since="{}">{}</span>').format(
        row.key, days, row.since.isoformat(), _grouped(days, language)
    )
    return Counter(
        key=row.key, days=days, since=row.since, sentence_html=escape(before) + span + escape(after)
    )


def _grouped(value: int, language: str) -> str:
    if abs(value) < GROUPED_FROM:
        return str(value)
    return format_decimal(value, locale=locale(language))


def _language(context: Context) -> str:
    return str(context.get("language") or FALLBACK)


def _local(context: Context, instant: datetime) -> datetime:
    return instant.astimezone(context["zone"])


@pass_context
def _gettext(context: Context, message: str, **variables: Any) -> Markup:
    return _filled(translations(_language(context)).gettext(message), variables)


@pass_context
def _ngettext(context: Context, one: str, many: str, num: int, **variables: Any) -> Markup:
    text = translations(_language(context)).ngettext(one, many, num)
    return _filled(text, {"num": _grouped(num, _language(context)), **variables})


def _filled(text: str, variables: Mapping[str, Any]) -> Markup:
    """`text` with its `%(name)s` filled; markup in the message is meant, values are escaped."""
    trusted = Markup(text)  # noqa: S704 (our own catalogs)
    return trusted % (variables or {})


@pass_context
def _day(context: Context, value: date | datetime) -> str:
    """`24 November 2020`, the day of an instant in the page's zone."""
    day = _local(context, value).date() if isinstance(value, datetime) else value
    here = locale(_language(context))
    return format_date(day, DAY_PATTERNS.get(here.language, "d MMMM y"), locale=here)


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
    here = locale(_language(context))
    weekday = "EEEE, d. MMMM y, HH:mm" if here.language == "de" else "EEEE d MMMM y, HH:mm"
    return format_datetime(_local(context, value).replace(tzinfo=None), weekday, locale=here)


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


@pass_context
def _number(context: Context, value: int) -> str:
    return format_decimal(value, locale=locale(_language(context)))


@pass_context
def _kind(context: Context, key: str) -> str:
    return _kind_word(_language(context), key, 0)


@pass_context
def _kinds(context: Context, key: str) -> str:
    return _kind_word(_language(context), key, 1)


def _kind_word(language: str, key: str, form: int) -> str:
    """The kind's word; an unknown kind is its key as words, in the singular in both forms."""
    if key not in _KINDS:
        return key.replace("-", " ").capitalize()
    return translations(language).gettext(_KINDS[key][form])


@pass_context
def _month_name(context: Context, month: int | str) -> str:
    names = locale(_language(context)).months["stand-alone"]["wide"]
    return str(names[int(month)])


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


@pass_context
def _significance(context: Context, value: str) -> str:
    return translations(_language(context)).gettext(_SIGNIFICANCE[value])


@pass_context
def _state(context: Context, value: str) -> str:
    return translations(_language(context)).gettext(_STATES[value])


def _words(name: str) -> str:
    """`CounterStarted` or `schedule-cancelled` as words: `Counter started`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.rpartition(".")[2]).replace("-", " ").lower()
    return spaced[:1].upper() + spaced[1:]


def site_words() -> frozenset[str]:
    """Every word in this module's tables that a catalog has to translate."""
    kinds = (word for pair in _KINDS.values() for word in pair)
    return frozenset([*kinds, *_SIGNIFICANCE.values(), *_STATES.values()])
