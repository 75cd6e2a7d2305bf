"""Forms that come back: each can be shown again with all that was typed, whatever stands in its way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from ...domain import errors
from ...domain.content import FILES_LIMIT
from ...domain.policy import Action, Role
from ..errors import status_of
from ..schemas import BadForm

FILE_FIELDS = frozenset(f"{name}-{n}" for name in ("file", "alt") for n in range(1, FILES_LIMIT + 1))
"""The fields by which a text's form carries its files: hash with name, and what each shows in words."""
KEPT = FILE_FIELDS | frozenset(
    {
        *("title", "summary", "body", "kind", "language", "markup", "topics", "speakers", "base"),
        *("translates", "translated"),
        *("revision", "slug", "significance", "note", "when", "date", "time", "fold", "cancel"),
        *("confirmed", "raw"),
        *(
            "edition",
            "reason",
            "explanation",
            "redirect",
            "comment",
            "expedite",
            "then",
            "place",
            "legal_basis",
            "days",
            "onto",
            "forgotten",
            *(f"role-{role}" for role in Role),
        ),
        *("name", "zone", "stop_reason", "known"),
    }
)
"""The fields that are carried through signing in: what a person types or chooses, and no secret."""
ROW = re.compile(r"(?P<list>clocks|contacts|counters|notices)-(?P<number>[0-9]{1,3})-(?P<column>[a-z]+)")
"""The names of the masthead's fields in rows, which are carried too."""
PICK = "pick-"
"""Before the names of what is chosen when two texts are merged."""
TURN = "turn-"
"""Before the names of a transcript's turns."""
PREFIX = "kept-"
"""Before the names of fields that are carried, so that none is taken for one of signing in."""

Form = Mapping[str, str]
Obstacle = BadForm | errors.Refused | errors.LogUnavailable
Found = tuple["Shown", Mapping[str, Any]] | None
"""A form and the arguments of its address."""
OBSTACLES = (BadForm, errors.Refused, errors.LogUnavailable)
"""What can stand in the way of a form that was understood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A form that somebody who may do `action` sends, and its page.

    `page` takes the arguments of the form's address, and by name `form`, `status` and `refusal`.
    """

    action: Action
    page: Callable[..., Response]

    def again(self, arguments: Mapping[str, Any], form: Form, status: int, refusal: str) -> Response:
        """The form with all that was typed, and one sentence about it."""
        return self.page(**arguments, form=form, status=status, refusal=refusal)


class Forms:
    """The forms of a blueprint, by the endpoint that takes them."""

    def __init__(self) -> None:
        self._shown: dict[str, Shown] = {}

    def add(self, endpoint: str, action: Action, page: Callable[..., Response]) -> None:
        self._shown[endpoint] = Shown(action=action, page=page)

    def asked(self) -> Found:
        """The form that this request sent, and the arguments of its address."""
        return self._found(request.endpoint, request.view_args or {})

    def at(self, address: str) -> Found:
        """The form that is sent to an address of this site."""
        adapter = current_app.create_url_adapter(request)
        assert adapter is not None
        try:
            endpoint, arguments = adapter.match(urlsplit(address).path, method="POST")
        except (HTTPException, RequestRedirect):
            return None
        return self._found(endpoint, arguments)

    def _found(
        self, endpoint: str | None, args: Mapping[str, Any]
    ) -> tuple[Shown, Mapping[str, Any]] | None:
        shown = self._shown.get(endpoint or "")
        return (shown, args) if shown else None


def typed(form: Form) -> dict[str, str]:
    """What somebody typed into a form that was sent."""
    return {
        name: text
        for name, text in form.items()
        if name in KEPT or name.startswith((PICK, TURN)) or ROW.fullmatch(name)
    }


def carried(form: Form) -> dict[str, str]:
    """What was typed before, as the form for signing in carries it."""
    return typed({name.removeprefix(PREFIX): t for name, t in form.items() if name.startswith(PREFIX)})


def told(error: Obstacle) -> dict[str, Any]:
    """The status, the problems by field and the refusal with which a form is shown again."""
    if isinstance(error, BadForm):
        whole = error.problems.get("form") if len(error.problems) == 1 else None
        return {"status": 422, "problems": {} if whole else error.problems, "refusal": whole}
    field = getattr(error, "field", None)
    if field is None:
        return {"status": status_of(error), "refusal": str(error)}
    return {"status": status_of(error), "problems": {field: getattr(error, "reason", None) or str(error)}}
