"""The settings: the only reader of the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from .domain import errors, instants, zones
from .domain.content import LANGUAGE

DEFAULT_DATA = "./var"
DEFAULT_BASE_URL = "http://127.0.0.1:8000"
DEFAULT_TIMEZONE = "Europe/London"
DEFAULT_LANGUAGE = "en-GB"

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?)(:[0-9]+)?", re.IGNORECASE)
_REHEARSED = range(1001, 9999)
"""Pages say what was before their instant and when they change next: both must be in the calendar."""


class BadSetting(errors.PublisherError):
    """A setting that can't be used; the text names it and says what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Where a newsroom lives and how it is reached.

    `base_url` has no slash at its end; `timezone` holds before the masthead sets a zone;
    `language` (BCP 47) is that of the newsroom's own pages: lists, desk, record; `now` is a
    rehearsal's fixed instant (UTC), None in real life; `security_contact` a URI to which holes in the
    site's safety are reported, None where nobody is named; `hub` the address of a
    WebSub hub that is told of every change and told about in the feeds, None where there is none.
    """

    data: Path
    base_url: str = DEFAULT_BASE_URL
    timezone: str = DEFAULT_TIMEZONE
    language: str = DEFAULT_LANGUAGE
    now: datetime | None = None
    security_contact: str | None = None
    hub: str | None = None


def from_environment(environ: Mapping[str, str]) -> Config:
    """The settings of `PUBLISHER_...` variables. Raises BadSetting."""
    if environ.get("PUBLISHER_DATABASE_URL"):
        raise BadSetting(
            "PUBLISHER_DATABASE_URL",
            "this version keeps its databases in the folder PUBLISHER_DATA only: unset it.",
        )
    return Config(
        data=_data(environ.get("PUBLISHER_DATA") or DEFAULT_DATA),
        base_url=_base_url(environ.get("PUBLISHER_BASE_URL") or DEFAULT_BASE_URL),
        timezone=_timezone(environ.get("PUBLISHER_TIMEZONE") or DEFAULT_TIMEZONE),
        language=_language(environ.get("PUBLISHER_LANGUAGE") or DEFAULT_LANGUAGE),
        now=_now(environ.get("PUBLISHER_NOW")),
        security_contact=_contact(environ.get("PUBLISHER_SECURITY_CONTACT")),
        hub=_hub(environ.get("PUBLISHER_HUB")),
    )


def machine_clock() -> datetime:
    """The machine's clock, aware UTC."""
    return datetime.now(UTC)


def _data(name: str) -> Path:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise BadSetting(
            "PUBLISHER_DATA", f"“{name}” is not UTF-8: give the folder another name."
        ) from None
    return Path(name)


def _base_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if (
        not usable
        or not text.isprintable()
        or parts.scheme not in ("http", "https")
        or parts.path not in ("", "/")
    ):
        raise BadSetting(
            "PUBLISHER_BASE_URL", f"“{text}” is not an address such as https://press.example.org."
        )
    if parts.query or parts.fragment or parts.username:
        raise BadSetting("PUBLISHER_BASE_URL", "give scheme, host and port alone.")
    if not _HOST.fullmatch(parts.netloc):
        raise BadSetting("PUBLISHER_BASE_URL", f"“{parts.netloc}” is no host: write it as DNS knows it.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _timezone(name: str) -> str:
    try:
        zones.zone(name)
    except errors.UnknownZone as error:
        raise BadSetting("PUBLISHER_TIMEZONE", str(error)) from None
    return name


def _language(tag: str) -> str:
    if not LANGUAGE.fullmatch(tag):
        raise BadSetting("PUBLISHER_LANGUAGE", f"“{tag}” is not a language tag such as en-GB.")
    return tag


def _now(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = instants.parse(text)
    except errors.BadInstant as error:
        raise BadSetting("PUBLISHER_NOW", str(error)) from None
    if found.year not in _REHEARSED:
        raise BadSetting("PUBLISHER_NOW", f"{text} is at the calendar's edge: choose a year in between.")
    return found


def _contact(text: str | None) -> str | None:
    """RFC 9116, section 2.5.3."""
    if not text:
        return None
    if (
        not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9-]+)", text)
        or not text.isprintable()
    ):
        raise BadSetting(
            "PUBLISHER_SECURITY_CONTACT",
            f"“{text}” is no address to report to: write mailto:security@example.org or an https address.",
        )
    return text


def _hub(text: str | None) -> str | None:
    if not text:
        return None
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https") or not text.isascii() or not text.isprintable():
        raise BadSetting("PUBLISHER_HUB", f"“{text}” is no address such as https://hub.example.org/.")
    return text
