"""For those who run it: `/healthz` says that the process answers, `/readyz` that it is whole."""

from flask import Blueprint, Response

from ..bootstrap import Publisher


def blueprint(publisher: Publisher) -> Blueprint:
    operators = Blueprint("operators", __name__)

    @operators.get("/healthz")
    def healthz() -> Response:
        return _plain("ok", 200)

    @operators.get("/readyz")
    def readyz() -> Response:
        publisher.projector.catch_up()  # so that it says what readers would meet, though none has come
        status = publisher.projector.status()
        if status.stopped_at is not None:
            return _plain(f"the projection stopped at position {status.stopped_at}: {status.error}", 503)
        return _plain("ok", 200)

    return operators


def _plain(text: str, code: int) -> Response:
    response = Response(text + "\n", status=code, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
