"""A change that is to go out as a minor one is weighed first, at the desk and for programs."""

from typing import Any
from uuid import UUID

from ..domain.errors import NotWeighed
from ..domain.publication import Significance
from ..readmodel.library import Library
from ..readmodel.rows import DeskRow
from ..record.weighing import Finding, weigh


def findings(library: Library, row: DeskRow | None, revision: int) -> tuple[Finding, ...]:
    """What a revision touches in the text that is public; nothing where either can't be read."""
    if row is None or row.live_revision is None:
        return ()
    before = library.revision_content(row.publication, row.live_revision)
    after = library.revision_content(row.publication, revision)
    return weigh(before, after) if before and after else ()


def check(library: Library, at: Any, publication: UUID, revision: int, said: Any, *, confirmed: bool) -> None:
    """Raises NotWeighed for a minor change that touches something, where nobody has confirmed it."""
    if said != Significance.MINOR or confirmed:
        return
    if findings(library, library.desk_row(at, str(publication)), revision):
        raise NotWeighed
