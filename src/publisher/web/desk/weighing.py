"""A change that is to go out as a minor one is weighed first, at the desk and for programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ...application import By
from ...domain.errors import NotWeighed
from ...domain.publication import Significance
from ...readmodel.library import Library
from ...readmodel.rows import DeskRow
from ...record.weighing import Finding, weigh


def findings(library: Library, row: DeskRow | None, revision: int) -> tuple[Finding, ...]:
    """What a revision touches in the text that is public; nothing where either can't be read."""
    if row is None or row.live_revision is None:
        return ()
    before = library.revision_content(row.publication, row.live_revision)
    after = library.revision_content(row.publication, revision)
    return weigh(before, after) if before and after else ()


def check(
    library: Library, at: datetime, publication: UUID, change: Mapping[str, Any], command: By
) -> None:
    """Raises NotWeighed for a minor change that touches something, where nobody has confirmed it.

    `change` names `revision`, `significance` and `confirmed`. A command that was carried out before
    is not weighed again: it answers as it did.
    """
    if change["significance"] != Significance.MINOR or change["confirmed"]:
        return
    if library.events(command=str(command.command_id), limit=1):
        return
    if findings(library, library.desk_row(at, str(publication)), change["revision"]):
        raise NotWeighed
