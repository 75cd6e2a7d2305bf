"""The interface for people who write programs: its OpenAPI document, and a page that shows it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, render_template

from ...domain import errors
from ..errors import STATUS
from ..site import Frame
from .problems import kind_of

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldShown:
    """A field that an operation takes; `place` is body, query, path or header."""

    name: str
    place: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationShown:
    """An operation as the page shows it; `answers` are its statuses with what each means."""

    name: str
    method: str
    path: str
    summary: str
    fields: tuple[FieldShown, ...]
    answers: tuple[tuple[str, str], ...]


def blueprint(document: Callable[[], Document], frame: Frame, prefix: str) -> Blueprint:
    """`/api/openapi.json` and `/api/docs`, which need no token."""
    guide = Blueprint("guide", __name__, url_prefix=prefix)

    @guide.get("/openapi.json")
    def openapi() -> Response:
        written = json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
        return _kept(Response(written, mimetype="application/json"))

    @guide.get("/docs")
    def docs() -> Response:
        page = render_template("api.html", groups=by_tag(document()), kinds_of_problem=_kinds(), **frame())
        return _kept(Response(page, mimetype="text/html"))

    return guide


def by_tag(document: Document) -> dict[str, tuple[OperationShown, ...]]:
    """The operations of a document by their tag, in its order."""
    found: dict[str, list[OperationShown]] = {}
    for path, item in document["paths"].items():
        for method, said in item.items():
            if method in ("get", "post", "put"):
                shared = item.get("parameters", ())
                shown = _operation(document, path, method, said, shared)
                found.setdefault(said["tags"][0], []).append(shown)
    return {tag: tuple(operations) for tag, operations in found.items()}


def _operation(
    document: Document, path: str, method: str, said: Mapping[str, Any], shared: Any
) -> OperationShown:
    fields = [
        FieldShown(
            name=each["name"],
            place=each["in"],
            kind=_kind(document, each["schema"]),
            required=each.get("required", False),
            words=each.get("description", ""),
        )
        for each in (*shared, *said.get("parameters", ()))
    ]
    content = said.get("requestBody", {}).get("content", {})
    for body in content.values():
        fields.extend(_body_fields(document, body["schema"]))
    return OperationShown(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        fields=tuple(fields),
        answers=tuple(
            (status, _resolved(document, each)["description"])
            for status, each in sorted(said["responses"].items())
        ),
    )


def _body_fields(document: Document, schema: Mapping[str, Any]) -> Iterator[FieldShown]:
    whole = _resolved(document, schema)
    if whole.get("format") == "binary":
        yield FieldShown(name="body", place="body", kind="bytes", required=True, words="The file itself.")
        return
    for name, said in whole["properties"].items():
        yield FieldShown(
            name=name,
            place="body",
            kind=_kind(document, said),
            required=name in whole.get("required", ()),
            words=said.get("description", ""),
        )


def _kind(document: Document, schema: Mapping[str, Any]) -> str:
    """What JSON has there, in a few words."""
    said = _resolved(document, schema)
    if "enum" in said:
        return ", ".join(str(word) for word in said["enum"] if word is not None)
    kinds = said.get("type", "object")
    named = [kinds] if isinstance(kinds, str) else [kind for kind in kinds if kind != "null"]
    words = " or ".join(named) + (f", {said['format']}" if "format" in said else "")
    if named == ["array"]:
        inner = _resolved(document, said["items"])
        return f"array of {', '.join(inner['properties'])}" if "properties" in inner else "array of strings"
    return words


def _resolved(document: Document, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    reference: str = schema.get("$ref", "")
    if not reference:
        return schema
    found: Mapping[str, Any] = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def _kinds() -> tuple[tuple[str, str], ...]:
    """The kinds of refusal by their names, each with its status."""
    found = (
        (kind, next(status for base, status in STATUS if issubclass(kind, base))) for kind in _refusals()
    )
    return tuple(sorted((kind_of(kind, status), f"{status} {_phrase(status)}") for kind, status in found))


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase


def _refusals(kind: type[errors.Refused] = errors.Refused) -> Iterator[type[errors.Refused]]:
    for inner in kind.__subclasses__():
        if inner.__module__ == errors.__name__:
            yield inner
            yield from _refusals(inner)


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    return response
