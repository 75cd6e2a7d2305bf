"""Tells a hub that a feed has changed (W3C WebSub, section 4: what publishers and hubs have agreed on)."""

import http.client
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 10.0
"""Seconds that a hub may take to connect, and for each of its silences."""


class NotTaken(Exception):
    """The hub did not take it; the text says why."""


class _NoRedirect(HTTPRedirectHandler):
    """A hub that sends us elsewhere was set up wrongly: what we tell goes where we were told alone."""

    def redirect_request(self, *_args: object, **_options: object) -> None:
        return None


def publish(hub: str, topic: str, timeout: float = TIMEOUT) -> None:
    """Tell the hub that the feed at `topic`, an absolute address, has changed. Raises NotTaken."""
    fields = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
    request = Request(hub, urlencode(fields).encode(), method="POST")  # noqa: S310 - config allows http(s)
    request.add_header("User-Agent", "Publisher")
    try:
        with build_opener(_NoRedirect).open(request, timeout=timeout) as answer:
            status = answer.status
    except HTTPError as error:
        with error:
            status = error.code
    except (URLError, OSError, http.client.HTTPException) as error:
        raise NotTaken(f"{hub} can't be reached: {getattr(error, 'reason', None) or error}") from None
    if not 200 <= status < 300:
        raise NotTaken(f"{hub} answered {status}")
