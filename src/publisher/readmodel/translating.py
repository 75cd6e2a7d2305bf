"""A publication in other languages as of an instant: its original, and what translates that."""

from datetime import datetime

from sqlalchemy import select

from ..domain.instants import to_micros
from .asking import Queries
from .listing import LIVE_PUBLICATION, described, listed_row, live
from .rows import ListedRow
from .statements import Statement, a_text
from .tables import facet
from .texts import TRANSLATION


class TranslationQueries(Queries):
    """What is live at `t`, and says the same in another language."""

    def in_other_languages(
        self, t: datetime, publication: str, original: str | None = None
    ) -> tuple[ListedRow, ...]:
        """The original first, then its translations by their languages; the publication itself left out.

        `original` is what the publication translates; without it, it is an original.
        """
        source = original or publication
        asked = {"at": to_micros(t), "pub": source, "facet": f"{TRANSLATION}:{source}"}
        with self._reading() as connection:
            first = LIVE_PUBLICATION.all(connection, **asked)
            found = _TRANSLATIONS.all(connection, **asked)
        others = sorted(map(listed_row, found), key=lambda row: (row.language.lower(), row.publication))
        # A publication that calls itself its own translation is still one.
        named = {row.publication: row for row in (*map(listed_row, first), *others)}
        named.pop(publication, None)
        return tuple(named.values())

    def live_one(self, t: datetime, publication: str) -> ListedRow | None:
        """One publication, where it is live at `t`."""
        with self._reading() as connection:
            found = LIVE_PUBLICATION.first(connection, at=to_micros(t), pub=publication)
        return listed_row(found) if found is not None else None


_CHOSEN = (
    select(facet.c.segment.label("id")).where(facet.c.facet == a_text("facet"), *live(facet)).subquery()
)
_TRANSLATIONS = Statement(described(_CHOSEN))
