"""Public answers kept as bytes before Flask, for as long as nothing that they depend on has changed.

What an answer depends on is settled before it is made: the views, as of their last event of public
effect, and the instant up to which nothing changes without one. So a kept answer is never older than
the fact behind it: whoever is told that their act is stored finds it at the next request.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.http import parse_date

from ..bootstrap import Publisher
from ..domain.errors import PublisherError
from ..readmodel.projector import Stand
from .encodings import Encoding, accepted, encodable
from .validators import KEEP, Keep, matched

ROOM = 64 * 1024 * 1024
"""How many bytes of bodies a process keeps; the least recently asked for go first."""
LARGEST = 4 * 1024 * 1024
QUERIES = frozenset({"page", "q", "kind", "from", "to", "counters"})
"""The parameters that pages know: an address with any other is not kept, since strangers choose them."""
APART = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_DATETIME", "HTTP_RANGE")
"""Headers of requests that are answered for themselves."""
NOT_OF_304 = frozenset({"content-type", "content-length", "content-language"})

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Key = tuple[str, ...]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An answer with status 200: its bytes, and up to when they are what would be made anew."""

    stand: Stand
    keep: Keep
    headers: Headers
    body: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)
    """The body in codings of fewer bytes, as they become ready."""

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.encoded.values()))


class Keeper:
    """WSGI: answers from what is kept, passes all else on, and keeps what may be."""

    def __init__(self, application: Application, publisher: Publisher, room: int = ROOM) -> None:
        self._application, self._publisher, self._room = application, publisher, room
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._encoding = Encoding(self._encoded)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self._application(environ, start_response)
        try:
            stand, now = self._publisher.stand()
        except PublisherError:  # the page about it is Flask's
            return self._application(environ, start_response)
        kept = self._find(key, stand, now)
        if kept is not None:
            return _answer(kept, now, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self._application(environ, start_response)
        return self._make(key, stand, environ, start_response)

    def _find(self, key: Key, stand: Stand, now: datetime) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.stand != stand or not kept.keep.holds(now):
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def _make(
        self, key: Key, stand: Stand, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        told: dict[str, Any] = {}

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            told.update(status=status, headers=headers)
            return start_response(status, headers, exc_info)  # type: ignore[no-any-return]

        answer = self._application(environ, start)
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        keep = environ.get(KEEP)
        cookie = any(name.lower() == "set-cookie" for name, _ in told["headers"])
        if keep is not None and told["status"].startswith("200") and not cookie and len(body) <= LARGEST:
            kept = Kept(stand=stand, keep=keep, headers=told["headers"], body=body)
            self._put(key, kept)
            if encodable(_header(kept.headers, "content-type"), body):
                self._encoding.later((key, kept), body)
        return [body]

    def _put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            if key in self._kept:
                self._drop(key)
            self._kept[key] = kept
            self._size += kept.size
            self._make_room()

    def _encoded(self, made_of: tuple[Key, Kept], coding: str, body: bytes) -> None:
        key, kept = made_of
        with self._lock:
            if self._kept.get(key) is kept:  # and not another, made since
                kept.encoded[coding] = body
                self._size += len(body)
                self._make_room()

    def _make_room(self) -> None:
        while self._size > self._room:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        self._size -= self._kept.pop(key).size


def _key(environ: Mapping[str, Any]) -> Key | None:
    """What tells one answer from another; None where the request is answered for itself."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in APART):
        return None
    query = environ.get("QUERY_STRING", "")
    if query and not {name for name, _ in parse_qsl(query, keep_blank_values=True)} <= QUERIES:
        return None
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        query,
    )


def _answer(
    kept: Kept, now: datetime, environ: Mapping[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    fresh = ("Cache-Control", kept.keep.cache_control(now))
    known = _known_as(kept, environ)
    if known is not None:
        told = {"cache-control": fresh, "etag": ("ETag", f'"{known}"')}
        start_response("304 NOT MODIFIED", [h for h in _told(kept, told) if h[0].lower() not in NOT_OF_304])
        return []
    codings = accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
    coding = next((name for name in codings if name in kept.encoded), None)
    if coding is None:
        start_response("200 OK", _told(kept, {"cache-control": fresh}))
        body = kept.body
    else:
        body = kept.encoded[coding]
        told = {"cache-control": fresh, "etag": ("ETag", f'"{kept.keep.etag}-{coding}"')}
        told["content-length"] = ("Content-Length", str(len(body)))
        start_response("200 OK", [*_told(kept, told), ("Content-Encoding", coding)])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _told(kept: Kept, instead: Mapping[str, tuple[str, str]]) -> Headers:
    """The answer's headers, with others in place of some."""
    return [instead.get(header[0].lower(), header) for header in kept.headers]


def _header(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _known_as(kept: Kept, environ: Mapping[str, Any]) -> str | None:
    """The entity tag under which the client has it already, None where it has not (RFC 9110, 13.2.2)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return kept.keep.etag if tags.strip() == "*" else matched(tags, kept.keep.etag)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    date = parse_date(since) if since and kept.keep.modified else None
    known = date and kept.keep.modified and kept.keep.modified.replace(microsecond=0) <= date
    return kept.keep.etag if known else None
