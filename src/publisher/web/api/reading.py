"""The operations that only read: who asks, the desk's publications, the masthead, the record."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from flask import abort

from ...bootstrap import Publisher
from ...domain.content import Content
from ...domain.policy import Action
from ...interchange.cloudevents import cloudevent
from ...readmodel.desking import Asker
from ...readmodel.rows import DeskRow, ReviewRow, RevisionRow, StandingRow
from ..asked import asked
from . import given, preconditions, shapes
from .bearer import Caller, caller
from .commanding import PUBLICATION
from .operations import Interface

NO_REVISION = "There is no such revision of this publication."
NO_EVENT = "There is no event at that position."

Said = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A publication with all that the desk knows of it."""

    row: DeskRow
    content: Content | None
    revisions: tuple[RevisionRow, ...]
    reviews: tuple[ReviewRow, ...]
    standing: StandingRow | None

    def said(self) -> Said:
        return asdict(self.row) | {
            "content": self.content,
            "revisions": self.revisions,
            "reviews": self.reviews,
            "standing": self.standing,
        }


def add(interface: Interface, publisher: Publisher) -> None:
    """`/api/` and what stands under it to be read."""
    library = publisher.library

    @interface.operation("GET", "/", "whoami", tag="token", action=None, gives=given.WhoShape)
    def whoami() -> Said:
        """Whose token this is, what it may do and when it ends."""
        return _who(publisher, caller())

    @interface.operation(
        "GET",
        "/publications",
        "publications",
        tag="publications",
        action=Action.READ_DESK,
        query=shapes.ListShape,
        gives=given.PublicationsShape,
    )
    def publications(said: Said) -> Said:
        """The desk's publications, the newest save first: of a shelf, a kind, with words in the title."""
        limit, page = said["limit"], said["page"]
        rows = library.desk(
            asked().now,
            Asker.of(caller().account, caller().may),
            said.get("shelf"),
            said.get("kind", ""),
            said.get("q", ""),
            limit=limit + 1,
            offset=(page - 1) * limit,
        )
        return {"publications": rows[:limit], "next_page": page + 1 if len(rows) > limit else None}

    @interface.operation(
        "GET",
        PUBLICATION,
        "publication",
        tag="publications",
        action=Action.READ_DESK,
        gives=given.PublicationGivenShape,
    )
    def publication(publication: UUID) -> Said:
        """A publication: its newest text, its revisions, its reviews and what stands in public."""
        return _whole(publisher, publication).said()

    @interface.operation(
        "GET",
        f"{PUBLICATION}/revisions/<int:number>",
        "revision",
        tag="publications",
        action=Action.READ_DESK,
        gives=given.RevisionGivenShape,
    )
    def revision(publication: UUID, number: int) -> Said:
        """A revision and what it says; null in its place where it was redacted."""
        _row(publisher, publication)
        revisions = library.revisions(str(publication))
        if not 1 <= number <= len(revisions):
            abort(404, NO_REVISION)
        content = library.revision_content(str(publication), number)
        return asdict(revisions[number - 1]) | {"content": content}

    @interface.operation(
        "GET",
        "/masthead",
        "masthead",
        tag="masthead",
        action=Action.READ_DESK,
        gives=given.MastheadGivenShape,
        headers=("ETag",),
    )
    def masthead() -> Any:
        """What the head of every page says now; the `ETag` is for replacing it."""
        # The version first, then a text at least as new: a change between makes the tag stale alone.
        version = publisher.newsroom.masthead_version()
        publisher.projector.catch_up()
        head = library.masthead(publisher.now())
        said = asdict(head) | {"zone": head.zone or publisher.config.timezone}
        return said, {"ETag": preconditions.tag_of(version)}

    @interface.operation(
        "GET",
        "/events",
        "events",
        tag="record",
        action=Action.READ_RECORD,
        query=shapes.EventsShape,
        gives=given.EventsGivenShape,
    )
    def events(said: Said) -> Said:
        """The record as CloudEvents 1.0, the newest first; `before` goes on from a position."""
        limit = said.pop("limit")
        rows = library.events(**said, limit=limit + 1)
        more = rows[limit - 1].position if len(rows) > limit else None
        return {"events": [_event(publisher, row.position) for row in rows[:limit]], "before": more}

    @interface.operation(
        "GET",
        "/events/<int:position>",
        "event",
        tag="record",
        action=Action.READ_RECORD,
        gives=given.EventShape,
    )
    def event(position: int) -> Said:
        """The event at a position of the log."""
        if position >= 2**53 or library.event(position) is None:
            abort(404, NO_EVENT)
        return _event(publisher, position)


def _who(publisher: Publisher, who: Caller) -> Said:
    return {
        "account": who.account,
        "name": publisher.accounts.name_of(who.account),
        "role": who.token.role,
        "label": who.token.label,
        "ends_at": who.token.ends_at,
        "may": [str(action) for action in Action if who.may(action)],
    }


def _row(publisher: Publisher, publication: UUID) -> DeskRow:
    found = publisher.library.desk_row(asked().now, str(publication))
    return found or abort(404, f"There is no publication {publication}.")


def _whole(publisher: Publisher, publication: UUID) -> Whole:
    key, library = str(publication), publisher.library
    row = _row(publisher, publication)
    return Whole(
        row=row,
        content=library.revision_content(key, row.revision),
        revisions=library.revisions(key),
        reviews=library.reviews(key),
        standing=library.by_id(asked().now, key),
    )


def _event(publisher: Publisher, position: int) -> Said:
    ((_, stored),) = publisher.newsroom.reader.stored(position - 1, 1)
    return cloudevent(position, stored, publisher.newsroom_id())
