"""One writer's turn: the aggregates that it loads, and the contents that it stores."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from .aggregates import Aggregates
from .commands import Command
from .domain import content as content_rules
from .domain import errors, zones
from .domain.account import Account
from .domain.address import Address
from .domain.content import Content, canonical_tag
from .domain.masthead import Masthead
from .domain.policy import Role
from .domain.publication import Publication
from .domain.recorded import Act
from .log import LogRecorder

FIRST_YEAR = 1000
"""The first with four digits."""

R = TypeVar("R", bound=Any)

Files = Mapping[str, bytes]
"""The bytes of files that were not stored before, by their hash."""
NO_FILES: Files = {}


class Turn:
    """What one writer sees and changes while it holds the lock; the newsroom stores it at the end.

    `timestamp` is the instant of its events, `rehearsal` the one of its acts where PUBLISHER_NOW
    is set; `default_zone` is the newsroom's zone before its masthead sets one.
    """

    def __init__(
        self,
        kept: Aggregates,
        recorder: LogRecorder,
        *,
        timestamp: datetime,
        rehearsal: datetime | None,
        default_zone: str,
    ) -> None:
        self._kept, self._recorder = kept, recorder
        self._aggregates: dict[UUID, Any] = {}
        self._rehearsal, self._default_zone = rehearsal, default_zone
        self.timestamp = timestamp
        self.at = rehearsal or timestamp
        self.contents: dict[str, bytes] = {}
        self.forgotten: list[str] = []

    def act(self, command: Command) -> Act:
        return Act(
            actor=command.by.actor,
            command_id=str(command.by.command_id),
            command_sha256=command.sha256,
            timestamp=self.timestamp,
            at=self.at,
            rehearsal=self._rehearsal is not None,
        )

    def find(self, aggregate: UUID) -> Any | None:
        """The aggregate as of this turn, or None."""
        if aggregate not in self._aggregates:
            found = self._kept.take(aggregate)
            if found is None:
                return None
            self._aggregates[aggregate] = found
        return self._aggregates[aggregate]

    def publication(self, publication: UUID) -> Publication:
        """Raises UnknownPublication."""
        found = self.find(publication)
        if not isinstance(found, Publication):
            raise errors.UnknownPublication(publication)
        return found

    def account(self, account: UUID) -> Account:
        """Raises UnknownAccount."""
        found = self.find(account)
        if not isinstance(found, Account):
            raise errors.UnknownAccount(account)
        return found

    def admins(self) -> Iterator[Account]:
        """Every account that was ever an admin, found in the log."""
        for each in self._recorder.naming("role", [Role.ADMIN]):
            yield self.account(each)

    def add(self, aggregate: R) -> R:
        """A new aggregate, to be saved with the turn."""
        self._aggregates[aggregate.id] = aggregate
        return aggregate

    def keep(self, content: Content, files: Files = NO_FILES) -> str:
        """Check a content and store it with the turn, and its files with it; its hash.

        `files` need not hold what was stored earlier. Raises BadText, FileRedacted.
        """
        content.check()
        self._keep_files(content, files)
        canonical = content.canonical()
        sha256 = hashlib.sha256(canonical).hexdigest()
        self.contents[sha256] = canonical
        return sha256

    def content(self, sha256: str) -> Content:
        """A content of this turn or of the log, its files there. Raises ContentRedacted, FileRedacted."""
        stored = self.contents.get(sha256) or self._recorder.content(sha256)
        if stored is None:
            raise errors.ContentRedacted(sha256)
        content = Content.parse(stored)
        self._keep_files(content, NO_FILES)
        return content

    def _keep_files(self, content: Content, files: Files) -> None:
        wanted = {each.sha256: each for each in content.files}
        if not wanted:
            return
        if refused := self._recorder.redacted(wanted):
            raise errors.FileRedacted(wanted[min(refused)].name)
        for sha256 in wanted.keys() - self._recorder.holds(wanted):
            found = files.get(sha256) or self.contents.get(sha256)
            if found is None or hashlib.sha256(found).hexdigest() != sha256:
                raise errors.BadText("files", f"{wanted[sha256].name} is not here any more: add it again")
            self.contents[sha256] = found

    def check_translation(self, content: Content, publication: UUID) -> None:
        """That what a content translates is there, and is an original in another language.

        Of an edition that was redacted nothing more is known. Raises BadTranslation.
        """
        said = content.translates
        if said is None:
            return
        original = self.find(UUID(said.publication))
        if not isinstance(original, Publication):
            raise errors.BadTranslation("There is no such message: give its address or its id.")
        if original.id == publication:
            raise errors.BadTranslation("A message is no translation of itself: choose another.")
        edition = original.stack.edition(said.edition)
        if edition is None:
            raise errors.BadTranslation(
                f"That message has no edition {said.edition}: choose one that it has."
            )
        stored = self._recorder.content(edition.content_sha256)
        text = Content.parse(stored) if stored is not None else None
        if text and text.translates:
            raise errors.BadTranslation("That message is itself a translation: choose its original.")
        if text and canonical_tag(text.language) == canonical_tag(content.language):
            raise errors.BadTranslation(
                f"That message is in {text.language} too: a translation is in another language."
            )

    def redacted(self, sha256s: Collection[str]) -> set[str]:
        """Those of the content hashes that can't be stored again."""
        return self._recorder.redacted(sha256s)

    def forget(self, sha256s: Sequence[str], publication: UUID) -> None:
        """Delete contents of a publication with the turn, and refuse them for ever. Raises ContentShared.

        Who else ever saved one of them is found in the log.
        """
        saved = (self.find(each) for each in self._recorder.naming("content_sha256", sha256s))
        others = (p for p in saved if isinstance(p, Publication) and p.id != publication)
        sharing = [p for p in others if p.says(sha256s)]
        if sharing:
            raise errors.ContentShared([p.top.path if p.top else str(p.id) for p in sharing])
        self.forgotten += sha256s

    def files_alone_in(self, sha256s: Sequence[str], publication: Publication) -> list[str]:
        """The files of a publication's contents that are to be forgotten, without those that others use.

        Another revision of it uses a file; another publication does where it shows one to readers, will
        do so, or has one in its newest draft. All are found by a scan of the stored contents.
        """
        stored = self._recorder.contents_of(sha256s)
        files = dict.fromkeys(each.sha256 for text in stored.values() for each in Content.parse(text).files)
        return [file for file in files if not self._used(file, set(sha256s), publication)]

    def _used(self, file: str, leaving: set[str], publication: Publication) -> bool:
        holding = self._recorder.contents_with(file.encode()).keys() - leaving
        if not holding:
            return False
        saved = [self.find(each) for each in self._recorder.naming("content_sha256", holding)]
        texts = {each for each in holding if self._names(each, file)}
        return any(
            not texts.isdisjoint(each.revisions) if each.id == publication.id else each.says(texts)
            for each in saved
            if isinstance(each, Publication)
        )

    def _names(self, sha256: str, file: str) -> bool:
        """Whether a stored content has the file: what only writes its hash down has not."""
        stored = self._recorder.content(sha256) or b""
        try:
            return any(each.sha256 == file for each in Content.parse(stored).files)
        except (ValueError, KeyError, TypeError, AttributeError):  # the bytes of another file
            return False

    def masthead(self, act: Act) -> Masthead:
        """The masthead, opened by the first command of all."""
        found = self.find(Masthead.ID)
        return found or self.add(Masthead.open(uuid4(), act))

    def claim(
        self,
        publication: UUID,
        slug: str | None,
        content: Content,
        instant: datetime,
        act: Act,
        *,
        numbering: bool = False,
    ) -> str:
        """Claim the path of a publication that goes public at `instant`.

        Its year and month are those of the newsroom's zone then. Without a slug one is derived
        from the title and numbered until it is free; so is a given one with `numbering`. Raises
        AddressTaken, BadSlug, BadText.
        """
        month = _month(instant, self.masthead(act).zone_at(instant, self._default_zone))
        if slug is not None and not numbering:
            return self.claim_path(publication, month + content_rules.checked_slug(slug), instant, act)
        wanted = slug or content_rules.slug_of(content.title) or content.kind

        def path(number: int) -> str:
            return month + content_rules.numbered(wanted, number)

        def taken(number: int) -> bool:
            address = self.find(Address.id_of(path(number)))
            return address is not None and address.is_taken(instant)

        return self.claim_path(publication, path(content_rules.free_number(taken)), instant, act)

    def claim_path(self, publication: UUID, path: str, instant: datetime, act: Act) -> str:
        """Raises AddressTaken."""
        address = self.find(Address.id_of(path)) or self.add(Address.open(path, act))
        address.claim(publication, instant, act)
        return path

    def release(self, path: str, act: Act) -> None:
        """Give a path back that was never public."""
        address = self.find(Address.id_of(path))
        if address is not None:
            address.release(act)

    def aggregates(self) -> Iterable[Any]:
        """Those that it found or added, in the order in which they were first asked for."""
        return self._aggregates.values()


def _month(instant: datetime, zone: str) -> str:
    """`/2026/05/`, as the zone's calendar has it. Raises BadText where its year has not four digits."""
    try:
        local = instant.astimezone(zones.zone(zone))
        if local.year >= FIRST_YEAR:
            return f"/{local:%Y/%m}/"
    except OverflowError:
        pass
    raise errors.BadText("published_at", f"in {zone} it is not between the years 1000 and 9999")
