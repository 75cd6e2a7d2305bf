"""The desk as of the log's head: its shelves, one publication, its revisions and its reviews."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from ..domain.content import Content
from ..domain.instants import from_micros, to_micros
from ..domain.policy import Action
from . import fold_desk
from .asking import AT, WORDS, Queries, holds, instant, shown
from .rows import DeskRow, ReviewRow, RevisionRow
from .statements import Found, Statement, a_number, a_text
from .tables import desk, review, revision, segment


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Whose desk it is: an account, and whether it reviews and publishes."""

    account: str
    reviews: bool
    publishes: bool

    @classmethod
    def of(cls, account: UUID, may: Callable[[Action], bool]) -> Self:
        """An account that may do what `may` says."""
        return cls(account=str(account), reviews=may(Action.REVIEW), publishes=may(Action.PUBLISH))


class DeskQueries(Queries):
    """What editors see; `t` tells what is still pending."""

    def desk(
        self,
        t: datetime,
        asker: Asker,
        shelf: str | None = None,
        kind: str = "",
        query: str = "",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[DeskRow, ...]:
        """Publications by the newest save, of one shelf or all that can still be worked on.

        Those with every word of `query` somewhere in their titles, case apart.
        """
        at = to_micros(t)
        words = query.casefold().split()[:WORDS]
        asked = {"kind": kind, "limit": limit, "offset": offset, **_told(at, asker)}
        asked |= {f"word{number}": word for number, word in enumerate(words)}
        with self._reading() as connection:
            found = _desk_list(shelf, bool(kind), len(words)).all(connection, **asked)
        return tuple(_desk_row(row, at) for row in found)

    def desk_counts(self, t: datetime, asker: Asker) -> dict[str, int]:
        """How many publications lie on each shelf; one can lie on several."""
        with self._reading() as connection:
            found = _DESK_COUNTS.first(connection, **_told(to_micros(t), asker))
        assert found is not None
        return {shelf: number or 0 for shelf, number in zip(SHELVES, found, strict=True)}

    def desk_kinds(self) -> tuple[str, ...]:
        """Every kind of what can still be worked on."""
        with self._reading() as connection:
            return tuple(row.kind for row in _DESK_KINDS.all(connection))

    def desk_row(self, t: datetime, publication: str) -> DeskRow | None:
        """One publication on the desk."""
        at = to_micros(t)
        with self._reading() as connection:
            row = _DESK_ROW.first(connection, at=at, pub=str(publication))
        return _desk_row(row, at) if row is not None else None

    def revisions(self, publication: str) -> tuple[RevisionRow, ...]:
        """Every revision, oldest first."""
        with self._reading() as connection:
            found = _REVISIONS.all(connection, pub=str(publication))
        return tuple(
            RevisionRow(
                number=row.number,
                content_sha256=row.sha256,
                recorded_at=from_micros(row.recorded),
                actor=row.actor,
            )
            for row in found
        )

    def revision_content(self, publication: str, number: int) -> Content | None:
        """What a revision says; None where there is none, or where it was redacted."""
        with self._reading() as connection:
            sha256 = _REVISION_TEXT.scalar(connection, pub=str(publication), number=number)
        return self._content(sha256) if sha256 is not None else None

    def reviews(self, publication: str) -> tuple[ReviewRow, ...]:
        """Every step of review, oldest first."""
        with self._reading() as connection:
            found = _REVIEWS.all(connection, pub=str(publication))
        return tuple(
            ReviewRow(
                kind=row.kind,
                revision=row.revision,
                actor=row.actor,
                recorded_at=from_micros(row.recorded),
                text=row.text,
            )
            for row in found
        )


_STATE = case(
    (desk.c.discarded == 1, "discarded"),
    (desk.c.status.is_(None), "draft"),
    (desk.c.published > AT, "scheduled"),
    (desk.c.status == "live", "published"),
    else_=desk.c.status,
)
_STANDS = or_(holds(segment), and_(desk.c.published > AT, segment.c.valid_from == desk.c.published))
_source = segment.alias("source")
_BEHIND = (
    select(_source.c.edition)
    .where(_source.c.pub == desk.c.original, _source.c.status == "live", holds(_source), shown(_source))
    .where(_source.c.edition > desk.c.translated, _STATE == "published")
    .correlate(desk)
    .scalar_subquery()
)
"""The live edition of the original, where a live translation is of an older one."""

_DESK = (
    select(
        desk,
        _STATE.label("state"),
        _BEHIND.label("behind"),
        segment.c.edition,
        segment.c.path,
        segment.c.revision.label("live_revision"),
    )
    .select_from(desk)
    .outerjoin(segment, and_(segment.c.pub == desk.c.pub, _STANDS))
)
"""A desk row with what stands at AT, or, of what is not public yet, what will."""

_DESK_ROW = Statement(_DESK.where(desk.c.pub == a_text("pub")))
_FRESH = desk.c.sha256.is_distinct_from(desk.c.public_sha256)
"""Whether the newest revision says something that no edition does, scheduled ones included."""
_OPEN = and_(desk.c.discarded == 0, func.coalesce(desk.c.status, "") != "removed")
_ASKED_OF_ME = or_(
    and_(
        a_number("reviews") == 1,
        desk.c.saved_by != a_text("account"),
        or_(and_(desk.c.review == fold_desk.SUBMITTED, _FRESH), desk.c.unreviewed == 1),
    ),
    and_(a_number("publishes") == 1, desk.c.review == fold_desk.APPROVED, _FRESH),
    and_(desk.c.review == fold_desk.CHANGES, desk.c.saved_by == a_text("account"), _FRESH),
)
SHELVES: dict[str, ColumnElement[bool]] = {
    "waiting": and_(_OPEN, _ASKED_OF_ME),
    "draft": and_(_OPEN, _FRESH, func.coalesce(desk.c.review, fold_desk.CHANGES) == fold_desk.CHANGES),
    "review": and_(_OPEN, _FRESH, desk.c.review == fold_desk.SUBMITTED),
    "approved": and_(_OPEN, _FRESH, desk.c.review == fold_desk.APPROVED),
    "scheduled": and_(_OPEN, func.coalesce(desk.c.due, 0) > AT),
    "published": _STATE == "published",
    "behind": and_(desk.c.original.is_not(None), _BEHIND.is_not(None)),
    "withdrawn": _STATE == "withdrawn",
    "removed": _STATE == "removed",
    "discarded": desk.c.discarded == 1,
}
"""What lies on each shelf; `waiting` is for whoever asks to act on."""

_DESK_COUNTS = Statement(
    select(*(func.sum(case((held, 1), else_=0)).label(name) for name, held in SHELVES.items())).select_from(
        desk
    )
)
_DESK_KINDS = Statement(
    select(desk.c.kind).where(_OPEN, desk.c.kind != "").distinct().order_by(desk.c.kind)
)


def _told(at: int, asker: Asker) -> dict[str, object]:
    return {
        "at": at,
        "account": asker.account,
        "reviews": int(asker.reviews),
        "publishes": int(asker.publishes),
    }


@functools.cache
def _desk_list(shelf: str | None, of_kind: bool, words: int) -> Statement:  # noqa: FBT001
    wanted = _DESK.where(SHELVES[shelf] if shelf else _OPEN)
    if of_kind:
        wanted = wanted.where(desk.c.kind == a_text("kind"))
    for number in range(words):
        wanted = wanted.where(func.instr(desk.c.folded, a_text(f"word{number}")) > 0)
    newest = wanted.order_by(desk.c.saved_at.desc(), desk.c.pub)
    return Statement(newest.limit(a_number("limit")).offset(a_number("offset")))


_OF_PUB = select(revision).where(revision.c.pub == a_text("pub"))
_REVISIONS = Statement(_OF_PUB.order_by(revision.c.number))
_REVISION_TEXT = Statement(
    select(revision.c.sha256).where(
        revision.c.pub == a_text("pub"), revision.c.number == a_number("number")
    )
)
_REVIEWS = Statement(select(review).where(review.c.pub == a_text("pub")).order_by(review.c.id))


def _desk_row(row: Found, at: int) -> DeskRow:
    pending = row.state == "scheduled"
    return DeskRow(
        publication=row.pub,
        title=row.title,
        kind=row.kind,
        language=row.language,
        state=row.state,
        revision=row.revision,
        live_revision=None if pending else row.live_revision,
        edition=row.edition,
        path=row.path,
        due=instant(row.due) if row.due is not None and row.due > at else None,
        saved_at=from_micros(row.saved_at),
        saved_by=row.saved_by,
        review=row.review,
        fresh=row.sha256 != row.public_sha256,
        unreviewed=bool(row.unreviewed),
        original=row.original,
        translated=row.translated,
        behind=row.behind,
    )
