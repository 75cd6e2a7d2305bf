"""Validators, counters and freshness of public answers: 304 before anything is rendered (RFC 9110, 9111).

The ETag is made of what the answer depends on, not of its bytes: the newest row that holds at the
instant, the latest boundary, the counters' days, the minute where a clock shows it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import wraps
from typing import Any
from urllib.parse import quote

from flask import Response, make_response, request
from werkzeug.datastructures import Headers

from .. import __version__
from ..bootstrap import Publisher
from ..domain import zones
from . import languages, signing
from .asked import Asked, ask
from .encodings import ENCODERS

FORMAT = 4
"""Raised when the same rows are written as other bytes."""
FRESH = 300
"""The longest that a cache may keep a public answer, in seconds."""
SETTLED = timedelta(seconds=10)
"""A boundary younger than this could be followed by another within the same second."""

LASTING = f"public, max-age=31536000, s-maxage={FRESH}, immutable"
"""Of bytes that never change (RFC 8246). What others share is asked for anew: a text may be removed."""
SEALED = timedelta(minutes=1)
"""Longer than a writer waits for the log, and so than an event may be committed after its instant."""

KEEP = "publisher.keep"
"""The key of the WSGI environment under which an answer says that it may be kept."""

View = Callable[..., Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Keep:
    """That the bytes of an answer stay true, while no event comes, until an instant; its validators."""

    etag: str
    modified: datetime | None
    since: datetime
    until: datetime
    lasting: bool = False
    """Whether others may keep the bytes for as long as they like, see `unchanging`."""

    def holds(self, now: datetime) -> bool:
        """Not earlier than it was made either: the clock may have gone back."""
        return self.since <= now < self.until

    def cache_control(self, now: datetime) -> str:
        """For how long a cache may keep it: FRESH seconds at most where it does not last."""
        left = int((self.until - now).total_seconds())
        return LASTING if self.lasting else f"public, max-age={max(0, min(FRESH, left))}"


def conditional(publisher: Publisher, *, page: bool) -> Callable[[View], View]:
    """A decorator for public views. `page`: a page shows the date, clocks, and no `Last-Modified`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> Response:
            # Another process may write meanwhile: masthead, validators and body are of one state,
            # or the tag would stand for bytes that nobody gets again.
            with publisher.library.holding():
                return settled(ask(publisher), *args, **kwargs)

        def settled(about: Asked, *args: Any, **kwargs: Any) -> Response:
            counters = page or counted()
            etag, modified = _validators(publisher, about, page=page, counters=counters)
            known = _known_as(etag, modified)
            response = _NotModified(status=304) if known else make_response(view(*args, **kwargs))
            if response.status_code == 200 and _any_will_do():
                response = _NotModified(status=304)
            if response.status_code in (200, 304):
                response.headers["ETag"] = f'"{known or etag}"'
            if modified and response.status_code in (200, 304):
                response.headers["Last-Modified"] = format_datetime(modified, usegmt=True)
            if counters and about.masthead.counters:
                response.headers["Day-Counters"] = day_counters(about)
            hub = None if page or about.past else publisher.config.hub
            if hub and response.status_code in (200, 304):
                response.headers["Link"] = _links(publisher.config.base_url, hub)
            _headers(response, publisher, about, page=page, settled=page or modified is not None)
            if response.status_code == 200 and "max-age" in response.headers["Cache-Control"]:
                until = _true_until(publisher, about, page=page)
                request.environ[KEEP] = Keep(etag=etag, modified=modified, since=about.now, until=until)
            return response

        return answer

    return decorate


def unchanging(
    publisher: Publisher, about: Asked, said: object, since: datetime | None, make: Callable[[], Response]
) -> Response:
    """An answer of bytes that are made of `said` and the address alone, and were complete at `since`.

    None for `since`: nothing is promised, and caches ask each time.
    """
    parts = (FORMAT, __version__, publisher.config.base_url, languages.fingerprint(), request.path, said)
    etag = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    settled = since is not None and about.now - since >= SEALED
    modified = since if settled else None
    known = _known_as(etag, modified)
    response = _NotModified(status=304) if known else make()
    response.headers["ETag"] = f'"{known or etag}"'
    response.headers["Vary"] = "Accept-Encoding"
    if modified:
        response.headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    if signing.cookie_name(publisher) in request.cookies:
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    response.headers["Cache-Control"] = LASTING if settled else "no-cache"
    if settled and not known:
        until = about.now + timedelta(days=1)
        request.environ[KEEP] = Keep(
            etag=etag, modified=modified, since=about.now, until=until, lasting=True
        )
    return response


class _NotModified(Response):
    """A 304 with its `Last-Modified`, which Werkzeug would take out: clients date their copy by it."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        headers = super().get_wsgi_headers(environ)
        if "Last-Modified" in self.headers:
            headers["Last-Modified"] = self.headers["Last-Modified"]
        return headers


def day_counters(about: Asked) -> str:
    """`KEY=996, KEY2=988`: a Dictionary of RFC 9651; empty where there are no counters."""
    return ", ".join(
        f"{c.key}={zones.days_since(c.since, c.zone, about.t)}" for c in about.masthead.counters
    )


def counted() -> bool:
    """Whether a feed is asked for with the day counters at its head, as it is unless `?counters=none`."""
    return request.args.get("counters") != "none"


def _links(base: str, hub: str) -> str:
    """Where a reader asks to be told of changes of this feed (W3C WebSub, section 4)."""
    variant = "" if counted() else "?counters=none"
    return f'<{hub}>; rel="hub", <{base}{quote(request.path)}{variant}>; rel="self"'


def _validators(
    publisher: Publisher, about: Asked, *, page: bool, counters: bool
) -> tuple[str, datetime | None]:
    version = publisher.library.version(about.t)
    midnight = _last_midnight(about) if counters else None
    boundary = max(filter(None, (version.boundary, midnight)), default=None)
    parts = [
        FORMAT,
        __version__,
        publisher.config.base_url,
        publisher.newsroom_id(),
        request.script_root if about.past else "",
        languages.fingerprint(),
        version.position,
        version.boundary,
        day_counters(about) if counters else "none",
    ]
    if page:
        parts += [about.t.astimezone(about.zone).date(), request.host, publisher.config.now]
        if about.past or about.masthead.clocks:
            parts.append(about.t.replace(second=0, microsecond=0))
    etag = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    settled = boundary is not None and about.t - boundary >= SETTLED
    return etag, None if page or not settled else boundary


def _last_midnight(about: Asked) -> datetime | None:
    """The last instant at which a counter turned, UTC."""
    turns = []
    for zone in {c.zone for c in about.masthead.counters}:
        turn = zones.next_midnight(about.t - timedelta(hours=50), zone)
        while (following := zones.next_midnight(turn, zone)) <= about.t:
            turn = following
        turns.append(turn)
    return max(turns, default=None)


def _known_as(etag: str, modified: datetime | None) -> str | None:
    """The entity tag under which the client has it already, None where it has not."""
    if request.method not in ("GET", "HEAD"):
        return None
    if "If-None-Match" in request.headers:
        return matched(request.headers["If-None-Match"], etag)
    since = request.if_modified_since
    known = since and modified and modified.replace(microsecond=0) <= since.astimezone(UTC)
    return etag if known else None


def _any_will_do() -> bool:
    """Whether `If-None-Match: *` asks whether there is anything here at all."""
    return request.method in ("GET", "HEAD") and request.headers.get("If-None-Match", "").strip() == "*"


def matched(tags: str, etag: str) -> str | None:
    """The answer's entity tag as one of an `If-None-Match` has it, or None (RFC 9110, section 8.8.3.2).

    Encoded bytes have ours with a hyphen and the coding: it stays, so that a 304 names what the client has.
    """
    for tag in tags.split(","):
        bare = tag.strip().removeprefix("W/").strip('"')
        if bare == etag or (bare.startswith(f"{etag}-") and bare.removeprefix(f"{etag}-") in ENCODERS):
            return bare
    return None


def _headers(response: Response, publisher: Publisher, about: Asked, *, page: bool, settled: bool) -> None:
    response.headers["Vary"] = "Accept-Encoding"
    if about.past:
        response.headers["Memento-Datetime"] = format_datetime(about.t, usegmt=True)
    if "Cache-Control" in response.headers:
        return
    if signing.cookie_name(publisher) in request.cookies:  # whoever acted at the desk sees it at once
        response.headers["Cache-Control"] = "private, no-cache"
        return
    if not settled:
        response.headers["Cache-Control"] = "no-cache"
        return
    response.headers["Cache-Control"] = f"public, max-age={_fresh_for(publisher, about, page=page)}"


def _fresh_for(publisher: Publisher, about: Asked, *, page: bool) -> int:
    """Seconds until anything public changes without an event, FRESH at most."""
    left = (_true_until(publisher, about, page=page) - about.now).total_seconds()
    return max(0, min(FRESH, int(left)))


def _true_until(publisher: Publisher, about: Asked, *, page: bool) -> datetime:
    """The first instant after now at which the answer changes without an event.

    A past page changes too: its bar leads to the next change once that is past itself.
    """
    edges = [publisher.library.next_change(about.now)]
    if page and about.masthead.clocks and not about.past:
        edges.append(about.now.replace(second=0, microsecond=0) + timedelta(minutes=1))
    return min((edge for edge in edges if edge), default=about.now + timedelta(seconds=FRESH))
