"""The pages of the desk and of the record: what each of them takes, and how it is sent."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import make_response, render_template
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..domain.policy import Action
from . import languages, signing
from .asked import asked
from .sentences import said

Page = Callable[..., Response]
"""(template, status=200, **its values): the page as a response that nobody keeps."""


def pages_of(publisher: Publisher, folder: str) -> Page:
    """The pages whose templates lie in `folder`."""

    def page(template: str, status: int = 200, **values: Any) -> Response:
        html = render_template(f"{folder}/{template}", **_frame(publisher) | _worded(values))
        response: Response = private(make_response(html, status))
        return response

    return page


def private(response: Any) -> Any:
    """Tell every cache to keep nothing of it (RFC 9111, section 5.2.2.5)."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _worded(values: dict[str, Any]) -> dict[str, Any]:
    """The problems and the refusal in the language of the page."""
    problems, refusal = values.get("problems") or {}, values.get("refusal")
    told = {"problems": {field: said(problem) for field, problem in problems.items()}}
    return values | told | {"refusal": said(refusal) if refusal else None}


def _frame(publisher: Publisher) -> dict[str, Any]:
    about = asked()
    return {
        "language": languages.house(),
        "zone": about.zone,
        "now": about.t,
        "masthead": about.masthead,
        "rehearsal": publisher.config.now,
        "who": signing.present(publisher),
        "Action": Action,
        "command_id": str(uuid4()),
        "form": {},
    }
