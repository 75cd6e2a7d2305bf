"""Files to readers and to the desk, by the hash of their bytes."""

from email.utils import format_datetime
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.http import dump_options_header

from ..bootstrap import Publisher
from ..domain.file import File
from ..domain.policy import Action
from ..readmodel.rows import FileRow
from ..state.uploads import Upload
from . import signing
from .asked import asked
from .pages import private
from .signing import requires
from .validators import FRESH

ADDRESS = "/<sha256:sha256>/<filename:name>"
AT_DESK = "/desk/files"
"""Below which address the desk finds them, drafts' too."""
SHOWN = ("image/", "audio/", "video/", "application/pdf")
"""How the types begin that a browser shows by itself; all others it saves."""
POLICY = "default-src 'none'; sandbox"
"""What a file may do in a browser: nothing (Content Security Policy, level 3)."""
POLICY_OF_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
"""Browsers don't open their PDF viewer within a sandbox."""


def add_public(site: Blueprint, publisher: Publisher) -> None:
    """`/files/{sha256}/{name}`, where an edition that was public by the instant asked about names it so."""

    @site.get(f"/files{ADDRESS}")
    def file(sha256: str, name: str) -> Response:
        about = asked()
        row = publisher.library.public_file(about.t, sha256, name)
        data = publisher.newsroom.reader.content(sha256) if row else None
        if row is None or data is None:
            abort(404)
        response = served(row, name, data)
        if signing.cookie_name(publisher) in request.cookies:  # whoever acted at the desk sees it at once
            response.headers["Cache-Control"] = "private, no-cache"
        else:
            response.headers["Cache-Control"] = f"public, max-age={FRESH}"
        if about.past:
            response.headers["Memento-Datetime"] = format_datetime(about.t, usegmt=True)
        return response


def add_to_desk(desk: Blueprint, publisher: Publisher) -> None:
    """`/desk/files/{sha256}/{name}`: those of drafts, and those that no saved text has yet."""

    @desk.get(f"/files{ADDRESS}")
    @requires(publisher, Action.READ_DESK)
    def file(sha256: str, name: str) -> Response:
        row = publisher.library.saved_file(sha256)
        data = publisher.newsroom.reader.content(sha256) if row else None
        waiting = publisher.uploads.find(sha256) if data is None else None
        if waiting is not None:
            data = publisher.uploads.bytes_of([sha256]).get(sha256)
        found = row or waiting
        if found is None or data is None:
            abort(404)
        response: Response = private(served(found, name, data))
        return response


def served(file: FileRow | Upload | File, name: str, data: bytes) -> Response:
    """The bytes, a range of them, or that the client has them already (RFC 9110, sections 13 and 14)."""
    response = Response(data, mimetype=file.media_type)
    response.set_etag(file.sha256)
    shown = "inline" if file.media_type.startswith(SHOWN) else "attachment"
    response.headers["Content-Disposition"] = dump_options_header(shown, {"filename": name})
    pdf = file.media_type == "application/pdf"
    response.headers["Content-Security-Policy"] = POLICY_OF_PDF if pdf else POLICY
    response.make_conditional(_asked_by_one_range(), accept_ranges=True, complete_length=len(data))
    return response


def _asked_by_one_range() -> dict[str, Any]:
    """The request, without a range that is not one run of bytes: such are passed over (section 14.2)."""
    found = request.range
    if found is not None and found.units == "bytes" and len(found.ranges) == 1:
        return request.environ
    return {name: value for name, value in request.environ.items() if name != "HTTP_RANGE"}
