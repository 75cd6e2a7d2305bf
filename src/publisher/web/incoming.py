"""What a stranger's headers say, put right before Flask reads them: its parsers take some for a fault."""

from collections.abc import Callable, Iterable
from datetime import UTC
from functools import lru_cache
from typing import Any

from flask import Response
from werkzeug.http import parse_date

DATES = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Incoming:
    """WSGI: a date beyond the calendar counts as not sent (RFC 9110, section 13.1.3), a host that can't
    be a name is answered with 400 (section 7.2 of RFC 9110, 3.2 of RFC 9112)."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        for name in DATES:
            if name in environ and _beyond_calendar(environ[name]):
                del environ[name]
        if not _can_be_name(environ.get("HTTP_HOST", "")):
            return _bad_host()(environ, start_response)
        return self._application(environ, start_response)


def _beyond_calendar(text: str) -> bool:
    try:
        found = parse_date(text)
        if found is not None:
            found.astimezone(UTC)
    except OverflowError:
        return True
    return False


@lru_cache(maxsize=256)
def _can_be_name(host: str) -> bool:
    """Whether no label is empty or too long (RFC 1035, section 2.3.4)."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def _bad_host() -> Response:
    return Response("The header Host names no host.\n", status=400, mimetype="text/plain")
