"""The HTTP status of every refusal and fault, chosen once."""

from collections.abc import Callable

from flask import Flask, Response, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from ..domain import errors
from ..state.attempts import TooManyAttempts
from .queries import BadQuery
from .sentences import said

STATUS: tuple[tuple[type[errors.PublisherError], int], ...] = (
    (errors.NotFound, 404),
    (errors.Forbidden, 403),
    (errors.BadValue, 422),
    (errors.StaleMasthead, 412),
    (errors.Refused, 409),
    (TooManyAttempts, 429),
    (errors.LogUnavailable, 503),
    (errors.PublisherError, 500),
)
"""The first class that fits decides."""
MACHINES = "/api/"
"""Where programs ask."""
FAULT = "The fault was noted. Please try again in a minute."


def status_of(error: errors.PublisherError) -> int:
    return next(status for kind, status in STATUS if isinstance(error, kind))


def install(
    app: Flask, frame: Callable[[], dict[str, object]], problem: Callable[[Exception, int], Response]
) -> None:
    """Answer refusals and HTTP errors with a page; `frame` gives what every page needs.

    A program at the machine interface gets a `problem` instead.
    """

    @app.errorhandler(errors.PublisherError)
    def refused(error: errors.PublisherError) -> Response:
        if request.path.startswith(MACHINES):
            return problem(error, status_of(error))
        return _page(status_of(error), str(error))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response | HTTPException:
        if error.code is None or error.code < 400:
            return error
        if request.path.startswith(MACHINES):
            return problem(error, error.code)
        response = _page(error.code, error.description if isinstance(error, BadQuery) else None)
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
        return response

    def _page(code: int, message: str | None) -> Response:
        if request.path.startswith(("/healthz", "/readyz")):
            return _plain(code, message or code)
        told = said(message) if message else None
        try:
            html = render_template("error.html", code=code, message=told, **frame())
        except Exception:
            # What broke a page, whatever it was, can break this one too: it was logged as the first
            # fault, and its reader is still owed an answer. On other answers a fault is a fault.
            if code < 500:
                raise
            response = _plain(code, told or gettext(FAULT))
        else:
            response = Response(html, status=code)
        response.headers["Cache-Control"] = "no-store" if code >= 500 else "no-cache"
        return response


def _plain(code: int, text: object) -> Response:
    return Response(f"{text}\n", status=code, mimetype="text/plain")
