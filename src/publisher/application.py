"""The newsroom: one method a use case. Load, ask the rules, save; a command ends when it is stored.

Every command is idempotent by its id. Writers take turns: what is loaded inside a turn is what
the events are stored on.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

import rfc8785
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing.utils import Environment

from .domain import content as content_rules
from .domain import errors, instants, zones
from .domain.account import Account
from .domain.address import Address
from .domain.content import Content
from .domain.instants import MICROSECOND
from .domain.masthead import Masthead, MastheadText
from .domain.policy import Role
from .domain.publication import Publication, Significance
from .domain.recorded import Act
from .log import EventTranscoder, LogFactory, LogMapper, LogReader, LogRecorder, WriterLock, uri_of

Clock = Callable[[], datetime]
R = TypeVar("R", bound=Any)


@dataclass(frozen=True, kw_only=True, slots=True)
class By:
    """Who gives a command (an account's id, or `cli`), and the command's id."""

    actor: str = "cli"
    command_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A command's name and JSON-ready arguments; its hash leaves the instant of asking out."""

    name: str
    arguments: Mapping[str, Any]
    by: By

    @property
    def sha256(self) -> str:
        payload: dict[str, Any] = {"name": self.name, "arguments": dict(self.arguments)}
        return hashlib.sha256(rfc8785.dumps(payload)).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What a command led to, the same however often it is sent. Instants are UTC."""

    id: UUID
    version: int
    revision: int | None = None
    edition: int | None = None
    path: str | None = None
    effective_at: datetime | None = None


class Turn:
    """One writer's turn: the aggregates that it loads, and the contents that it stores."""

    def __init__(self, newsroom: "Newsroom", timestamp: datetime) -> None:
        self._newsroom = newsroom
        self._aggregates: dict[UUID, Any] = {}
        self.timestamp = timestamp
        self.at = newsroom.rehearsal or timestamp
        self.contents: dict[str, bytes] = {}
        self.forgotten: list[str] = []

    def act(self, command: Command) -> Act:
        return Act(
            actor=command.by.actor,
            command_id=str(command.by.command_id),
            command_sha256=command.sha256,
            timestamp=self.timestamp,
            at=self.at,
            rehearsal=self._newsroom.rehearsal is not None,
        )

    def find(self, aggregate: UUID) -> Any | None:
        """The aggregate as of this turn, or None."""
        if aggregate not in self._aggregates:
            try:
                self._aggregates[aggregate] = self._newsroom.repository.get(aggregate)
            except AggregateNotFoundError:
                return None
        return self._aggregates[aggregate]

    def add(self, aggregate: R) -> R:
        """A new aggregate, to be saved with the turn."""
        self._aggregates[aggregate.id] = aggregate
        return aggregate

    def keep(self, content: Content) -> str:
        """Check a content and store it with the turn; its hash. Raises BadText."""
        content.check()
        canonical = content.canonical()
        sha256 = hashlib.sha256(canonical).hexdigest()
        self.contents[sha256] = canonical
        return sha256

    def content(self, sha256: str) -> Content:
        stored = self.contents.get(sha256) or self._newsroom.reader.content(sha256)
        if stored is None:
            raise errors.ContentRedacted(sha256)
        return Content.parse(stored)

    def masthead(self, act: Act) -> Masthead:
        """The masthead, opened by the first command of all."""
        found = self.find(Masthead.ID)
        return found or self.add(Masthead.open(uuid4(), act))

    def claim(
        self, publication: UUID, slug: str | None, content: Content, instant: datetime, act: Act
    ) -> str:
        """Claim the path of a publication that goes public at `instant`.

        Its year and month are those of the newsroom's zone then. Without a slug one is derived
        from the title and numbered until it is free. Raises AddressTaken, BadSlug.
        """
        zone = self.masthead(act).zone_at(instant, self._newsroom.default_zone)
        month = f"/{_local(zone, instant):%Y/%m}/"
        if slug is not None:
            return self.claim_path(publication, month + checked_slug(slug), instant, act)
        derived = content_rules.slug_of(content.title) or content.kind
        number = 1
        while True:
            try:
                path = month + content_rules.numbered(derived, number)
                return self.claim_path(publication, path, instant, act)
            except errors.AddressTaken:
                number += 1

    def claim_path(self, publication: UUID, path: str, instant: datetime, act: Act) -> str:
        address = self.find(Address.id_of(path)) or self.add(Address.open(path, act))
        address.claim(publication, instant, act)
        return path

    def release(self, path: str, act: Act) -> None:
        address = self.find(Address.id_of(path))
        if address is not None:
            address.release(act)

    def changed(self) -> list[Any]:
        """The aggregates with events to store, in the order in which they were first asked for."""
        return [a for a in self._aggregates.values() if a.pending_events]


class Newsroom(Application[UUID]):
    """The write side. It knows the log and the rules, and nothing of who reads.

    `clock` gives the machine's aware UTC time; `rehearsal` is PUBLISHER_NOW; `default_zone` is
    the newsroom's zone before its masthead sets one. Raises LogUnavailable, LogNewer.
    """

    name = "newsroom"

    def __init__(
        self, folder: Path, clock: Clock, *, default_zone: str, rehearsal: datetime | None = None
    ) -> None:
        self.clock, self.default_zone, self.rehearsal = clock, default_zone, rehearsal
        self._writers = WriterLock(folder / "log.lock")
        file = folder / "log.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._writers.held():
                super().__init__(
                    {
                        "SQLITE_DBNAME": uri_of(file),
                        "SQLITE_LOCK_TIMEOUT": "30",
                        "AGGREGATE_CACHE_MAXSIZE": "512",
                    }
                )
        except (OSError, sqlite3.Error, PersistenceError) as error:
            raise errors.LogUnavailable(f"{file} can't be opened for writing: {error}.") from None
        self.events_recorder: LogRecorder = self.recorder  # type: ignore[assignment]
        if self.events_recorder.durability() != ("wal", 2):
            raise errors.LogUnavailable(f"{file} is not durable: it needs WAL and synchronous=FULL.")
        self.reader = LogReader(self.events_recorder, self.mapper, file)  # type: ignore[arg-type]

    # ---- the library's parts, as this log needs them

    def construct_env(self, name: str, env: Mapping[str, str] | None = None) -> Environment:
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> LogFactory:  # type: ignore[override]
        return LogFactory(env)

    def construct_mapper(self) -> LogMapper:
        return LogMapper(EventTranscoder())

    def close(self) -> None:
        if hasattr(self, "reader"):
            self.reader.close()
        super().close()

    # ---- publications on the desk

    def draft(self, content: Content, by: By) -> Receipt:
        """A new publication with revision 1. Raises BadText."""

        def rule(turn: Turn, act: Act, _: None) -> UUID:
            publication = self._new_id(turn, act, by)
            turn.add(Publication.draft(publication, turn.keep(content), act))
            return publication

        return self._create("draft", {"content_sha256": content.sha256}, by, rule)

    def revise(self, publication: UUID, base: int, content: Content, by: By) -> Receipt:
        """Save a revision upon `base`. Raises StaleRevision, NothingChanged, BadText."""
        arguments = {"base": base, "content_sha256": content.sha256}
        return self._change(
            "revise", publication, arguments, by, lambda t, p, a: p.revise(base, t.keep(content), a)
        )

    def discard_draft(self, publication: UUID, by: By) -> Receipt:
        return self._change("discard-draft", publication, {}, by, lambda _, p, a: p.discard_draft(a))

    # ---- public acts

    def publish(
        self,
        publication: UUID,
        revision: int,
        by: By,
        *,
        slug: str | None = None,
        due: datetime | None = None,
    ) -> Receipt:
        """Edition 1, at once or at `due`. Raises AddressTaken, AlreadyPublished, InstantPassed."""

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            if not 1 <= revision <= found.revision:
                raise errors.UnknownRevision(revision)
            content = turn.content(found.revisions[revision - 1])
            found.check_unpublished()
            path = turn.claim(publication, slug, content, due or act.at, act)
            found.publish(revision, path, act, due=due)

        arguments = {"revision": revision, "slug": slug, "due": _written(due)}
        return self._change("publish", publication, arguments, by, rule)

    def amend(
        self,
        publication: UUID,
        revision: int,
        significance: Significance,
        note: str,
        by: By,
        *,
        due: datetime | None = None,
        cancel: bool = False,
    ) -> Receipt:
        """The next edition, at once or at `due`; `cancel` takes a pending one back first."""
        arguments = {
            "revision": revision,
            "significance": str(significance),
            "note": note,
            "due": _written(due),
            "cancel": cancel,
        }
        checked_text("note", note)
        return self._change(
            "amend",
            publication,
            arguments,
            by,
            lambda _, p, a: p.amend(revision, significance, note, a, due=due, cancel=cancel),
        )

    def cancel_schedule(self, publication: UUID, edition: int, by: By) -> Receipt:
        """Take back an edition that is not due yet. Raises NothingScheduled, AlreadyPublic."""

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            freed = found.cancel_schedule(edition, act)
            if freed is not None:
                turn.release(freed, act)

        return self._change("cancel-schedule", publication, {"edition": edition}, by, rule)

    def amend_note(self, publication: UUID, edition: int, old: str, new: str, by: By) -> Receipt:
        checked_text("note", new)
        arguments = {"edition": edition, "old": old, "new": new}
        return self._change(
            "amend-note", publication, arguments, by, lambda _, p, a: p.amend_note(edition, old, new, a)
        )

    def move(self, publication: UUID, slug: str, by: By, *, cancel: bool = False) -> Receipt:
        """To another slug in the same year and month. Raises AddressTaken, BadSlug, NothingChanged."""

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            standing = found.top
            if standing is None:
                raise errors.NotPublished("move")
            path = standing.path.rpartition("/")[0] + "/" + checked_slug(slug)
            found.move(path, act, cancel=cancel)
            turn.claim_path(publication, path, found.stack[-1].effective_at, act)

        return self._change("move", publication, {"slug": slug, "cancel": cancel}, by, rule)

    def withdraw(self, publication: UUID, reason: str, by: By, *, cancel: bool = False) -> Receipt:
        checked_text("reason", reason)
        arguments = {"reason": reason, "cancel": cancel}
        return self._change(
            "withdraw", publication, arguments, by, lambda _, p, a: p.withdraw(reason, a, cancel=cancel)
        )

    def reinstate(self, publication: UUID, by: By) -> Receipt:
        return self._change("reinstate", publication, {}, by, lambda _, p, a: p.reinstate(a))

    def remove(
        self,
        publication: UUID,
        explanation: str,
        by: By,
        *,
        redirect: str | None = None,
        cancel: bool = False,
    ) -> Receipt:
        """Final. `redirect` is a path of this site or an http(s) URL that the address leads to."""
        checked_text("explanation", explanation)
        arguments = {"explanation": explanation, "redirect": redirect, "cancel": cancel}
        return self._change(
            "remove",
            publication,
            arguments,
            by,
            lambda _, p, a: p.remove(explanation, a, redirect=redirect, cancel=cancel),
        )

    # ---- the masthead

    def replace_masthead(self, text: MastheadText, by: By, *, stop_reason: str) -> Receipt:
        """Make the masthead say `text` from now on; `stop_reason` says why a counter ends."""

        def rule(turn: Turn, act: Act, _: None) -> UUID:
            turn.masthead(act).replace(text, act, stop_reason=stop_reason)
            return Masthead.ID

        return self._create("replace-masthead", masthead_arguments(text), by, rule)

    def pin(self, publication: UUID, by: By) -> Receipt:
        return self._set_pin("pin", publication, by, Masthead.pin)

    def unpin(self, publication: UUID, by: By) -> Receipt:
        return self._set_pin("unpin", publication, by, Masthead.unpin)

    # ---- accounts

    def open_account(self, roles: Sequence[Role], by: By) -> Receipt:
        def rule(turn: Turn, act: Act, _: None) -> UUID:
            account = self._new_id(turn, act, by)
            turn.add(Account.open(account, roles, act))
            return account

        return self._create("open-account", {"roles": [str(r) for r in roles]}, by, rule)

    # ---- how a command is carried out

    def opening(self, turn: Turn, by: By) -> UUID:
        """The newsroom's id, its log opened in this turn where it is empty."""
        return turn.masthead(turn.act(Command(name="open", arguments={}, by=by))).newsroom

    def newsroom_id(self) -> UUID | None:
        """The newsroom's own id, the `source` of all events; None before the first command."""
        try:
            masthead: Masthead = self.repository.get(Masthead.ID)
        except AggregateNotFoundError:
            return None
        return masthead.newsroom

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """A writer's turn; what it changed is stored, whole or not at all, when it ends."""
        with _failures_worded(), self._writers.held():
            now = self.clock()
            if self.rehearsal is not None and self.rehearsal > now:
                raise errors.RehearsalInFuture
            last = self.events_recorder.last_recorded()
            turn = Turn(self, max(now, last + MICROSECOND) if last else now)
            yield turn
            changed = turn.changed()
            if changed:
                self.save(*changed, contents=turn.contents, forgotten=turn.forgotten)

    def _change(
        self,
        name: str,
        publication: UUID,
        arguments: Mapping[str, Any],
        by: By,
        rule: Callable[[Turn, Publication, Act], None],
    ) -> Receipt:
        """Carry out a command on a publication that exists."""

        def run(turn: Turn, act: Act) -> UUID:
            found = turn.find(publication)
            if not isinstance(found, Publication):
                raise errors.UnknownPublication(publication)
            rule(turn, found, act)
            return publication

        command = Command(name=name, arguments={"publication": str(publication), **arguments}, by=by)
        return self._carry_out(command, lambda _: publication, run)

    def _create(
        self,
        name: str,
        arguments: Mapping[str, Any],
        by: By,
        rule: Callable[[Turn, Act, None], UUID],
    ) -> Receipt:
        """Carry out a command whose aggregate is new, or the masthead."""

        def primary(turn: Turn) -> UUID | None:
            if name == "replace-masthead":
                return Masthead.ID
            masthead = turn.find(Masthead.ID)
            return uuid5(masthead.newsroom, str(by.command_id)) if masthead else None

        command = Command(name=name, arguments=arguments, by=by)
        return self._carry_out(command, primary, lambda turn, act: rule(turn, act, None))

    def _carry_out(
        self,
        command: Command,
        primary: Callable[[Turn], UUID | None],
        run: Callable[[Turn, Act], UUID],
    ) -> Receipt:
        """Once, whatever was sent how often: on a conflict everything is asked again."""
        for attempt in range(3):
            try:
                with self.turn() as turn:
                    known = primary(turn)
                    receipt = self._remembered(turn, known, command) if known else None
                    if receipt is None:
                        done = turn.find(run(turn, turn.act(command)))
                return receipt or _receipt(done)
            except IntegrityError:
                if attempt == 2:
                    raise errors.LogUnavailable(
                        "The log changed beside this command three times: nothing was stored, try again."
                    ) from None
        raise AssertionError

    def _remembered(self, turn: Turn, primary: UUID, command: Command) -> Receipt | None:
        aggregate = turn.find(primary)
        remembered = aggregate.commands.get(str(command.by.command_id)) if aggregate else None
        if remembered is None:
            return None
        if remembered.sha256 != command.sha256:
            raise errors.CommandReused(str(command.by.command_id))
        return _receipt(self.repository.get(primary, version=remembered.version))

    def _set_pin(
        self, name: str, publication: UUID, by: By, rule: Callable[[Masthead, UUID, Act], None]
    ) -> Receipt:
        def run(turn: Turn, act: Act) -> UUID:
            if not isinstance(turn.find(publication), Publication):
                raise errors.UnknownPublication(publication)
            rule(turn.masthead(act), publication, act)
            return Masthead.ID

        command = Command(name=name, arguments={"publication": str(publication)}, by=by)
        return self._carry_out(command, lambda _: Masthead.ID, run)

    def _new_id(self, turn: Turn, act: Act, by: By) -> UUID:
        return uuid5(turn.masthead(act).newsroom, str(by.command_id))


@contextmanager
def _failures_worded() -> Iterator[None]:
    """What the database can't do is LogUnavailable; a conflict stays what it is, to be asked again."""
    try:
        yield
    except IntegrityError:
        raise
    except PersistenceError as error:
        raise errors.LogUnavailable(f"The log can't be used: {error}.") from None


def masthead_arguments(text: MastheadText) -> dict[str, Any]:
    """A masthead as JSON-ready command arguments."""
    return {
        "name": text.name,
        "zone": text.zone,
        "clocks": [{"label": c.label, "zone": c.zone} for c in text.clocks],
        "contacts": [{"label": c.label, "value": c.value} for c in text.contacts],
        "counters": [
            {"key": c.key, "since": c.since.isoformat(), "zone": c.zone, "text": c.text}
            for c in text.counters
        ],
        "notices": [{"level": n.level, "text": n.text} for n in text.notices],
    }


def checked_slug(slug: str) -> str:
    """Raises BadSlug."""
    if not content_rules.SLUG.fullmatch(slug):
        raise errors.BadSlug(slug)
    return slug


def checked_text(field_name: str, text: str) -> str:
    """A note, reason or explanation that stays in the event. Raises BadText."""
    bad = content_rules.unprintable(text)
    if bad:
        raise errors.BadText(field_name, f"it holds the character {bad}: take it out")
    if len(text) > content_rules.SUMMARY_LIMIT:
        raise errors.BadText(field_name, f"at most {content_rules.SUMMARY_LIMIT:,} characters are allowed")
    return text


def _local(zone_name: str, instant: datetime) -> datetime:
    """`instant` in the zone."""
    return instant.astimezone(zones.zone(zone_name))


def _written(instant: datetime | None) -> str | None:
    return instants.written(instant) if instant else None


def _receipt(aggregate: Any) -> Receipt:
    if not isinstance(aggregate, Publication):
        return Receipt(id=aggregate.id, version=aggregate.version)
    top = aggregate.top
    return Receipt(
        id=aggregate.id,
        version=aggregate.version,
        revision=aggregate.revision,
        edition=top.edition if top else None,
        path=top.path if top else None,
        effective_at=top.effective_at if top else None,
    )
