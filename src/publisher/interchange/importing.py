"""A bundle into the log: many commands in one turn, stored whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from ..application import By, Command, Newsroom, Turn
from ..domain import errors, instants
from ..domain.publication import Publication
from ..domain.recorded import Act
from .bundle import (
    AmendmentLine,
    BadLine,
    Bundle,
    DraftLine,
    MastheadLine,
    PublicationLine,
    arguments,
    sentence,
)

STOP_REASON = "Not in the imported masthead."
_PENDING = "edition {} is scheduled, and an import cancels nothing: cancel it at the desk first"
_OTHER = "the log holds another {}: leave the line as it was, and add a later {}"

Progress = Callable[[], None]


@dataclass(kw_only=True, slots=True)
class Imported:
    """What an import stored, and how many lines the log held already."""

    mastheads: int = 0
    publications: int = 0
    amendments: int = 0
    passed_over: int = 0
    drafts: int = 0


class Unkept(Exception):
    """What was asked is known, and the turn is given up."""


def import_bundle(
    newsroom: Newsroom,
    bundle: Bundle,
    by: By,
    progress: Progress = lambda: None,
    *,
    check: bool = False,
) -> Imported:
    """Store a bundle that was read and checked; with `check`, find out what would be stored.

    The same lines again are passed over. Raises BadLine, naming the first line that the log does
    not admit; nothing is stored then.
    """
    result = Imported()
    with suppress(Unkept), newsroom.turn() as turn:
        importing = Importing.begin(turn, by, result)
        for line in _lines(bundle):
            importing.take(line)
            progress()
        if check:
            raise Unkept
    return result


def _lines(bundle: Bundle) -> Iterable[MastheadLine | PublicationLine]:
    """Mastheads first: a path's month uses the bundle's own zones."""
    yield from bundle.mastheads
    yield from bundle.publications


@dataclass(frozen=True, kw_only=True, slots=True)
class Importing:
    """One turn's import, a line at a time; `result` counts.

    `numbering` gives a slug that is taken a number, where its writer can't be asked for another.
    """

    turn: Turn
    newsroom: UUID
    by: By
    result: Imported
    numbering: bool = False

    @classmethod
    def begin(cls, turn: Turn, by: By, result: Imported, *, numbering: bool = False) -> Self:
        opening = turn.act(Command(name="import", arguments={}, by=by))
        newsroom = turn.masthead(opening).newsroom
        return cls(turn=turn, newsroom=newsroom, by=by, result=result, numbering=numbering)

    def take(self, line: MastheadLine | PublicationLine | DraftLine) -> Publication | None:
        """The publication of a line. Raises BadLine where the log does not admit it.

        The turn can hold half of a refused line, so it must not be stored then.
        """
        try:
            match line:
                case MastheadLine():
                    self._masthead(line)
                    return None
                case DraftLine():
                    return self._draft(line)
                case PublicationLine():
                    return self._publication(line)
        except errors.BadText as problem:
            raise BadLine(line.number, sentence(problem)) from None
        except errors.Refused as refusal:
            raise BadLine(line.number, str(refusal)) from None

    def _masthead(self, line: MastheadLine) -> None:
        act = self._act("import-masthead", instants.written(line.at), arguments(line))
        masthead = self.turn.masthead(act)
        if _known(masthead, act, "at", _OTHER.format("masthead of this instant", "masthead")):
            self.result.passed_over += 1
            return
        if line.at > act.horizon:
            raise errors.BadText("at", "it lies in the future, and a masthead can't be scheduled")
        with _in("counters", errors.CounterFromFuture), _in("at", errors.InstantTooEarly):
            masthead.replace(line.text, act, stop_reason=STOP_REASON, imported_at=line.at)
        self.result.mastheads += 1

    def _publication(self, line: PublicationLine) -> Publication:
        act = self._act("import-publication", line.key, arguments(line))
        publication_id = uuid5(self.newsroom, act.command_id)
        _check_future(line, act.horizon)
        found = self.turn.find(publication_id)
        if found is None:
            found = self._publish(publication_id, line, act)
            self.result.publications += 1
        elif _known(found, act, "key", _OTHER.format("text of it", "amendment")):
            self.result.passed_over += 1
        else:
            raise errors.CommandReused(act.command_id)
        for index, amendment in enumerate(line.amendments):
            self._amendment(found, line, amendment, f"amendments[{index}].at")
        return found

    def _draft(self, line: DraftLine) -> Publication:
        act = self._act("import-draft", line.key, arguments(line))
        publication_id = uuid5(self.newsroom, act.command_id)
        found: Publication | None = self.turn.find(publication_id)
        if found is None:
            self.result.drafts += 1
            sha256 = self.turn.keep(line.content)
            return self.turn.add(Publication.draft(publication_id, sha256, act))
        if not _known(found, act, "key", _OTHER.format("text of it", "amendment")):
            raise errors.CommandReused(act.command_id)
        self.result.passed_over += 1
        return found

    def _publish(self, publication_id: UUID, line: PublicationLine, act: Act) -> Publication:
        sha256 = self.turn.keep(line.content)
        with _in("slug", errors.AddressTaken):
            path = self.turn.claim(
                publication_id, line.slug, line.content, line.published_at, act, numbering=self.numbering
            )
        publication = self.turn.add(Publication.draft(publication_id, sha256, act))
        publication.publish(1, path, act, due=line.published_at, imported=True)
        return publication

    def _amendment(
        self, publication: Publication, line: PublicationLine, amendment: AmendmentLine, field: str
    ) -> None:
        at = instants.written(amendment.at)
        act = self._act("import-amendment", f"{line.key}:{at}", arguments(amendment))
        if _known(publication, act, field, _OTHER.format("amendment of this instant", "one")):
            self.result.passed_over += 1
            return
        sha256 = self.turn.keep(amendment.content)
        if sha256 != publication.revisions[-1]:
            publication.revise(publication.revision, sha256, act)
        if pending := publication.stack.pending(act):
            raise errors.BadText(field, _PENDING.format(pending.edition))
        with _in(field, errors.InstantTooEarly):
            publication.amend(
                publication.revision,
                amendment.significance,
                amendment.note,
                act,
                due=amendment.at,
                imported=True,
            )
        self.result.amendments += 1

    def _act(self, name: str, key: str, said: dict[str, object]) -> Act:
        command_id = uuid5(self.newsroom, f"import:{key}")
        by = By(actor=self.by.actor, command_id=command_id)
        return self.turn.act(Command(name=name, arguments=said, by=by))


@contextmanager
def _in(field: str, *refusals: type[errors.Refused]) -> Iterator[None]:
    """Name the field of a line that these refusals are about."""
    try:
        yield
    except refusals as refusal:
        raise errors.BadText(field, str(refusal)) from None


def _known(aggregate: object, act: Act, field: str, otherwise: str) -> bool:
    """Whether the aggregate carried out this very line before. Raises BadText where it was another."""
    remembered = aggregate.commands.get(act.command_id)  # type: ignore[attr-defined]
    if remembered and remembered.sha256 != act.command_sha256:
        raise errors.BadText(field, otherwise)
    return remembered is not None


def _check_future(line: PublicationLine, horizon: datetime) -> None:
    later = [i for i in (line.published_at, *(a.at for a in line.amendments)) if i > horizon]
    if len(later) > 1:
        raise errors.BadText("amendments", "at most one instant of a publication may be in the future")
