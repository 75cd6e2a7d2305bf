"""An operation of the interface: its address, who may, what it takes, and every answer that it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema

from ...domain.policy import Action
from . import preconditions, problems
from .bodies import Parser

V = TypeVar("V", bound=Callable[..., Any])

ALWAYS = frozenset({401, 422, 500, 503})
BODY = frozenset({400, 409, 413, 415})

KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": (
        "A UUID of this command, in place of `command_id`. Sent again with the same payload it answers "
        "as it did, and nothing happens twice; with another payload it is refused with 409."
    ),
    "schema": {"type": "string", "format": "uuid"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """What is said of an operation beside its view. `action` None admits every token.

    `sends` is the media type of a body that is no JSON: bytes, which are no command.
    """

    method: str
    rule: str
    name: str
    tag: str
    action: Action | None
    gives: type[Schema] | None
    status: int = 200
    takes: type[Schema] | None = None
    query: type[Schema] | None = None
    headers: tuple[str, ...] = ()
    sends: str | None = None
    replaces: bool = False
    """Whether a request has to say upon which version it was written."""

    @property
    def command(self) -> bool:
        return self.method != "GET"

    def refusals(self) -> tuple[int, ...]:
        """The statuses of its refusals."""
        found = set(ALWAYS)
        found |= {403} if self.action else set()
        found |= {404} if "<" in self.rule or self.command else set()
        found |= BODY if self.command else set()
        found |= {412, 428} if self.replaces else set()
        return tuple(sorted(found))


class Interface:
    """The operations, on a blueprint that describes itself."""

    def __init__(self, name: str, prefix: str) -> None:
        self.blueprint = Blueprint(name, __name__, url_prefix=prefix)
        self.blueprint.ARGUMENTS_PARSER = Parser()
        self._actions: dict[str, Action | None] = {}

    def action_of(self, endpoint: str) -> Action | None:
        """What an endpoint's caller must be allowed to do."""
        return self._actions.get(endpoint)

    def add(self, operation: Operation, view: Callable[..., Any]) -> None:
        """Take a view in; its docstring tells people what it does."""
        blueprint = self.blueprint
        made: Any = view
        if operation.takes is not None:
            needed = any(field.required for field in operation.takes().fields.values())
            made = blueprint.arguments(operation.takes, location="json", required=needed)(made)
        if operation.query is not None:
            made = blueprint.arguments(operation.query, location="query")(made)
        refusals = {status: problems.reference(status) for status in operation.refusals()}
        said: dict[str, Any] = {"operationId": operation.name, "security": [{"bearer": []}]}
        if operation.sends:
            said["requestBody"] = _bytes(operation.sends)
        parameters = [KEY] * (operation.command and not operation.sends)
        parameters += [preconditions.HEADER] * operation.replaces
        said |= {"parameters": parameters} if parameters else {}
        made = blueprint.doc(**said, responses=refusals)(made)
        made = blueprint.response(
            operation.status, operation.gives, description="Done.", headers=_headers(operation)
        )(made)
        blueprint.add_url_rule(
            operation.rule, operation.name, made, methods=[operation.method], tags=[operation.tag]
        )
        self._actions[f"{blueprint.name}.{operation.name}"] = operation.action

    def operation(self, method: str, rule: str, name: str, **said: Any) -> Callable[[V], V]:
        """The decorator for a view; by name what Operation takes."""

        def decorate(view: V) -> V:
            self.add(Operation(method=method, rule=rule, name=name, **said), view)
            return view

        return decorate


def _bytes(media_type: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "binary"}
    return {"required": True, "content": {media_type: {"schema": schema}}}


def _headers(operation: Operation) -> dict[str, Any] | None:
    return {name: {"schema": {"type": "string"}} for name in operation.headers} or None
