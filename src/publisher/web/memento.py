"""The site at an instant: `/web/{YYYYMMDDhhmmss}/{url}` becomes the same request at that instant.

The prefix moves to SCRIPT_NAME (PEP 3333), so that every address the site makes of itself stays
in the instant, and the very code that serves the present serves the past (RFC 7089).
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from string import punctuation
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Response

INSTANT = "publisher.instant"
"""The key of the WSGI environment that holds the instant asked for, an aware datetime."""
FORM = "%Y%m%d%H%M%S"
FIRST_YEAR = 1000

_MEMENTO = re.compile(r"/web/(\d{14})/(https?):/{1,2}([^/]+)(/.*)?", re.DOTALL)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Mementos:
    """WSGI: rewrites memento requests for this newsroom's host and passes all others on."""

    def __init__(self, application: Application, base_url: str) -> None:
        self._application = application
        self._host = urlsplit(base_url).netloc

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop(INSTANT, None)
        query = environ.get("QUERY_STRING", "").encode("latin-1", "replace")
        environ["QUERY_STRING"] = quote(query, safe=punctuation)  # bytes that are no text, as %FF
        found = _MEMENTO.fullmatch(environ.get("PATH_INFO", ""))
        if found and found[3].lower() in (self._host, environ.get("HTTP_HOST", "").lower()):
            instant = instant_of(found[1])
            if instant is None:
                return _bad_date(found[1])(environ, start_response)
            prefix = f"/web/{found[1]}/{found[2]}://{found[3]}"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
            environ["PATH_INFO"] = found[4] or "/"
            environ[INSTANT] = instant
        return self._application(environ, start_response)


def instant_of(digits: str) -> datetime | None:
    """The UTC second that 14 digits name, None where there is no such second.

    Years before 1000 count as none: `strftime` does not write them with four digits, and what lies
    thirty days before the first of all can't be computed.
    """
    try:
        instant = datetime.strptime(digits, FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    return instant if instant.year >= FIRST_YEAR else None


def address(instant: datetime, url: str) -> str:
    """The memento's address, below this site's root, of an absolute `url` at `instant`."""
    return f"/web/{instant.astimezone(UTC):{FORM}}/{url}"


def _bad_date(digits: str) -> Response:
    text = f"{digits} is not an instant: write YYYYMMDDhhmmss in UTC, such as 20201124115500.\n"
    return Response(text, status=400, mimetype="text/plain")
