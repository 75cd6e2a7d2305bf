"""Refusals as problem details (RFC 9457): one sentence, and the fields that it is about."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

from ...domain import errors
from ...interchange.fields import quoted

MEDIA_TYPE = "application/problem+json"
KINDS = "/api/docs#"
"""Before the name of a kind: where the page for people says what it means."""
EXTRA = ("current", "given", "edition", "due", "path")
"""What a refusal knows beside its sentence, where it does."""
REFUSALS = {
    400: "The body is not JSON.",
    401: "No token, or one that does not hold.",
    403: "The token's role does not admit this.",
    404: "There is no such publication, revision, edition or position.",
    409: "The newsroom's rules refuse it now: `type` and `detail` say why. Nothing was stored.",
    412: "It was changed since you read it: `If-Match` names another version. Nothing was stored.",
    413: "The body is longer than 8 MiB, or a file than 32 MiB.",
    415: "The content type is not application/json.",
    422: "A field can't be used: `errors` names it.",
    428: "The header If-Match is missing: say which version you replace.",
    500: "A fault of this machine, noted in its log.",
    503: "The log can't be written now: nothing was stored.",
}
"""The statuses of refusals, with what each means to whoever calls an operation."""
WORDS = {
    404: "There is nothing at this address: /api/docs names those that there are.",
    405: "This address does not take that method: the header Allow names those that it takes.",
    413: "The body is longer than 8 MiB, or a file than 32 MiB: shorten it.",
}
"""What is said of the statuses that come from outside of any operation."""
FAULT = "The fault was noted. Please try again in a minute."


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldProblem:
    """What is wrong with a field; `pointer` is a JSON pointer into the body (RFC 6901), or None."""

    field: str
    detail: str
    pointer: str | None = None


class Unacceptable(HTTPException):
    """A request that was read, whose fields can't be used."""

    code = 422

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__(f"{problems[0].field}: {problems[0].detail}")
        self.problems = problems


def problem_of(error: Exception, status: int) -> Response:
    """The answer to a request that was not carried out."""
    said: dict[str, Any] = {"type": KINDS + kind_of(type(error), status), "status": status}
    said["title"] = HTTPStatus(status).phrase
    said["detail"] = _detail(error, status)
    said |= {name: _written(getattr(error, name)) for name in EXTRA if hasattr(error, name)}
    fields = tuple(_fields(error))
    if fields:
        said["errors"] = [_said(problem) for problem in fields]
    response = Response(json.dumps(said, ensure_ascii=False) + "\n", status, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
    return response


def kind_of(error: type[Exception], status: int) -> str:
    """The name of a kind of problem: that of the refusal, or of the HTTP status."""
    if issubclass(error, errors.PublisherError) and status < 500:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()
    return HTTPStatus(status).phrase.lower().replace(" ", "-")


def reference(status: int) -> dict[str, str]:
    """Where the document describes the problems of a status."""
    return {"$ref": f"#/components/responses/{component(status)}"}


def component(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def located(messages: Any, location: str) -> tuple[FieldProblem, ...]:
    """The problems that marshmallow found in a part of a request: `json` is its body."""
    found = _walk(messages, ())
    return tuple(
        FieldProblem(
            field=".".join(map(str, path)) or "body",
            detail=text,
            pointer=_pointer(path) if location == "json" else None,
        )
        for path, text in found
    )


def _walk(messages: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _walk(inner, path if key == "_schema" else (*path, key))
    else:
        yield path, str(messages[0] if isinstance(messages, list) else messages)


def _pointer(path: tuple[str | int, ...]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _fields(error: Exception) -> Iterator[FieldProblem]:
    match error:
        case Unacceptable():
            yield from error.problems
        case errors.PublisherError() if field := getattr(error, "field", None):
            yield FieldProblem(
                field=field, detail=getattr(error, "reason", None) or str(error), pointer="/" + field
            )


def _said(problem: FieldProblem) -> dict[str, str]:
    said = {"field": _printable(problem.field), "detail": _printable(problem.detail)}
    return said | ({} if problem.pointer is None else {"pointer": _printable(problem.pointer)})


def _detail(error: Exception, status: int) -> str:
    if status >= 500 and not isinstance(error, errors.LogUnavailable):
        return FAULT
    if isinstance(error, HTTPException):
        own = error.description if error.description != type(error).description else None
        return _printable(own or WORDS.get(status, HTTPStatus(status).phrase))
    return _printable(str(error))


def _printable(text: str) -> str:
    """What a request sent can hold lone surrogates and controls, which no answer carries."""
    return quoted(text, len(text))[1:-1].encode("utf-8", "replace").decode()


def _written(value: Any) -> Any:
    return value if isinstance(value, int | str | None) else value.isoformat().replace("+00:00", "Z")
