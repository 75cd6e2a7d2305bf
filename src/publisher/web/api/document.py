"""The OpenAPI 3.1 document of the operations; what a field admits is read off the field itself."""

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api
from marshmallow import Schema
from marshmallow.fields import Field

from ... import __version__
from ...interchange import fields as f
from . import problems
from .fields import Flag, Id, InstantGiven, Number
from .given import ProblemShape
from .operations import Interface

OPENAPI = "3.1.0"
ABOUT = (
    "The newsroom's commands and readings for programs. Every request carries a bearer token, made on "
    "the desk or by the command line; it does what its role may. Every refusal is a problem (RFC 9457)."
)
"""What the document says of itself."""


def described(app: Flask, interface: Interface, base_url: str) -> dict[str, Any]:
    """The document of the operations of an application that is put together."""
    document, blueprint = Document(app, base_url), interface.blueprint
    blueprint.register_views_in_doc(document, app, document.spec, name=blueprint.name, parameters=None)
    found: dict[str, Any] = document.spec.to_dict()
    return found


class Document(Api):  # type: ignore[misc]
    """The document; errors are answered by the site's own handlers."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, base_url: str) -> None:
        plugin = MarshmallowPlugin(schema_name_resolver=_name)
        super().__init__(
            app,
            spec_kwargs={
                "title": "Publisher",
                "version": __version__,
                "openapi_version": OPENAPI,
                "marshmallow_plugin": plugin,
                "servers": [{"url": base_url}],
                "info": {"description": ABOUT},
            },
        )
        assert plugin.converter is not None
        plugin.converter.add_attribute_function(_of_field)  # type: ignore[no-untyped-call]
        for status, words in problems.REFUSALS.items():
            self.spec.components.response(problems.component(status), _refusal(status, words))
        self.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})

    def _register_doc_blueprint(self) -> None:
        pass

    def _register_error_handlers(self) -> None:
        pass


def _refusal(status: int, words: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "description": words,
        "content": {problems.MEDIA_TYPE: {"schema": ProblemShape}},
    }
    if status == 401:
        challenge = {"schema": {"type": "string"}, "description": "Bearer (RFC 6750, section 3)."}
        said["headers"] = {"WWW-Authenticate": challenge}
    return said


def _name(schema: type[Schema] | Schema) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Shape")


def _of_field(_: Any, field: Field[Any], **__: Any) -> dict[str, Any]:
    """What JSON Schema can say of a field's rules; its sentences say the rest."""
    said: dict[str, Any] = {}
    match field:
        case Number():
            said = {"type": "integer", "minimum": 1, "maximum": field.limit}
        case Flag():
            said = {"type": "boolean"}
        case Id():
            said = {"type": "string", "format": "uuid"}
        case f.Instant() | InstantGiven():
            said = {"type": "string", "format": "date-time"}
        case f.Day():
            said = {"type": "string", "format": "date"}
        case f.Choice():
            said = {"enum": list(field.words)}
        case f.Patterned():
            said = {"pattern": f"^({field.pattern.pattern})$"}
        case f.CounterText():
            said = {"pattern": r"^[^{}\r\n\t]*\{days\}[^{}\r\n\t]*$"}
        case f.Line():
            said = {"pattern": r"^[^\r\n\t]*$"}
        case f.Items():
            said = {"maxItems": field.limit}
    if isinstance(field, f.Text) and not isinstance(field, f.Choice | Id | f.Instant | f.Day):
        said |= {} if field.blank else {"minLength": 1}
        said |= {} if field.limit is None else {"maxLength": field.limit}
    if field.allow_none and "type" in said:
        said["type"] = [said["type"], "null"]
    if field.allow_none and "enum" in said:
        said["enum"] = [*said["enum"], None]
    return said
