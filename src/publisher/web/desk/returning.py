"""Leads an address that only takes a form, when somebody opens it, to the page that has the form."""

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ..signing import requires

PAGES = {
    "/new/files": ("new", Action.DRAFT),
    "/<uuid:publication>/files": ("edit", Action.READ_DESK),
    "/<uuid:publication>/merge": ("edit", Action.READ_DESK),
    "/<uuid:publication>/approve": ("review", Action.REVIEW),
    "/<uuid:publication>/request-changes": ("review", Action.REVIEW),
    "/masthead/pins": ("masthead", Action.MASTHEAD),
}
"""Addresses that a browser shows once their form was refused, each with its page and its action."""


def add(desk: Blueprint, publisher: Publisher) -> None:
    """A GET for each of `PAGES`."""
    for address, (page, action) in PAGES.items():
        _add(desk, publisher, address, page, action)


def _add(desk: Blueprint, publisher: Publisher, address: str, page: str, action: Action) -> None:
    @requires(publisher, action)
    def back(**arguments: Any) -> Response:
        return redirect(url_for(f"desk.{page}", **arguments), 303)

    desk.add_url_rule(address, f"{page}_from_{address.rpartition('/')[2]}", back, methods=["GET"])
