"""The desk's list: its shelves with their counts, what waits for whoever looks, and search."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ...readmodel.desking import SHELVES, Asker
from .. import queries
from ..asked import asked
from ..pages import Page
from ..signing import requires, who

SHOWN = 200
"""How many publications a page of the list shows."""


def add(desk: Blueprint, publisher: Publisher, page: Page) -> None:
    """`/desk/`, by shelf, kind and words of titles."""
    library = publisher.library

    @desk.get("/")
    @requires(publisher, Action.READ_DESK)
    def index() -> Response:
        about, number, asker = asked(), queries.page_number(), Asker.of(who().account, who().may)
        shelf, query = request.args.get("shelf", ""), request.args.get("q", "").strip()
        kind = request.args.get("kind", "")
        rows = library.desk(
            about.now,
            asker,
            shelf if shelf in SHELVES else None,
            kind,
            query,
            limit=SHOWN + 1,
            offset=(number - 1) * SHOWN,
        )
        first = number == 1 and not (shelf or query or kind)
        return page(
            "list.html",
            rows=rows[:SHOWN],
            waiting=library.desk(about.now, asker, "waiting", limit=SHOWN) if first else (),
            papers=publisher.papers.of(who().account) if first else (),
            counts=library.desk_counts(about.now, asker),
            kinds=library.desk_kinds(),
            shelf=shelf,
            query=query,
            kind=kind,
            names=publisher.accounts.names(),
            newer=number - 1 or None,
            older=number + 1 if len(rows) > SHOWN else None,
        )
