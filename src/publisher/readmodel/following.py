"""Which publications changed in public since somebody last asked, and which feeds they are in."""

from datetime import datetime

from sqlalchemy import or_, select

from ..domain.instants import to_micros
from .asking import AT, Queries
from .statements import Statement, a_number, a_text
from .tables import event, facet, segment, tracking

_PREFIX = "publication/"


class FollowQueries(Queries):
    """For whoever tells others of changes."""

    def position(self) -> int:
        """The last position of the log that the views hold."""
        with self._reading() as connection:
            return _POSITION.scalar(connection) or 0

    def changed(self, after: int, since: datetime, t: datetime) -> tuple[str, ...]:
        """The publications that changed in public by `t`: by events after a position, or by time alone.

        Time alone makes public what was scheduled for an instant after `since`, `t` included.
        """
        asked = {"after": after, "since": to_micros(since), "at": to_micros(t)}
        with self._reading() as connection:
            found = [row.subject for row in _CHANGED.all(connection, **asked)]
        return tuple(subject.removeprefix(_PREFIX) for subject in found if subject.startswith(_PREFIX))

    def facets_of(self, t: datetime, publication: str) -> tuple[str, ...]:
        """The lists in which a publication stands or stood by `t`, such as `topic:trade`."""
        with self._reading() as connection:
            found = _FACETS.all(connection, pub=publication, at=to_micros(t))
        return tuple(row.facet for row in found)

    def paths_of(self, t: datetime, publication: str) -> tuple[str, ...]:
        """The paths at which a publication stands or stood by `t`; none where it was never public."""
        with self._reading() as connection:
            found = _PATHS.all(connection, pub=publication, at=to_micros(t))
        return tuple(row.path for row in found)


_POSITION = Statement(select(tracking.c.position))
_CHANGED = Statement(
    select(event.c.subject)
    .distinct()
    .where(event.c.public <= AT)
    .where(or_(event.c.position > a_number("after"), event.c.public > a_number("since")))
    .order_by(event.c.subject)
)
_STOOD = (segment.c.pub == a_text("pub"), segment.c.valid_from <= AT)
_FACETS = Statement(
    select(facet.c.facet)
    .distinct()
    .select_from(segment)
    .join(facet, facet.c.segment == segment.c.id)
    .where(*_STOOD)
    .order_by(facet.c.facet)
)
_PATHS = Statement(select(segment.c.path).distinct().where(*_STOOD).order_by(segment.c.path))
