"""The newsroom: one method a use case. Load, ask the rules, save; a command ends when it is stored.

Every command is idempotent by its id. Writers take turns: what is loaded inside a turn is what
the events are stored on.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.application import AggregateNotFoundError

from .commands import By, Command, Receipt, jsonable
from .domain import errors, instants
from .domain.account import Account, check_admin_remains
from .domain.content import Content, checked_slug, checked_target
from .domain.masthead import Masthead, MastheadText
from .domain.policy import Role
from .domain.publication import Publication, Significance
from .domain.recorded import Act
from .domain.texts import checked_text
from .turn import NO_FILES, Files, Turn
from .writing import Writer

__all__ = ["By", "Command", "Newsroom", "Receipt", "Turn"]


class Newsroom(Writer):
    """The write side. It knows the log and the rules, and nothing of who reads."""

    _newsroom: UUID | None = None

    # ---- publications on the desk

    def draft(self, content: Content, by: By, *, files: Files = NO_FILES) -> Receipt:
        """A new publication with revision 1; `files` are the bytes of those that no text had yet.

        Raises BadText, BadTranslation, FileRedacted.
        """

        def rule(turn: Turn, act: Act) -> UUID:
            publication = self._new_id(turn, act, by)
            sha256 = turn.keep(content, files)
            turn.check_translation(content, publication)
            turn.add(Publication.draft(publication, sha256, act))
            return publication

        return self._create("draft", {"content_sha256": content.sha256}, by, rule)

    def revise(
        self, publication: UUID, base: int, content: Content, by: By, *, files: Files = NO_FILES
    ) -> Receipt:
        """Save a revision upon `base`; `files` as in `draft`.

        Raises StaleRevision, NothingChanged, BadText, BadTranslation, FileRedacted.
        """

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            found.revise(base, turn.keep(content, files), act)
            turn.check_translation(content, publication)

        arguments = {"base": base, "content_sha256": content.sha256}
        return self._change("revise", publication, arguments, by, rule)

    def discard_draft(self, publication: UUID, by: By) -> Receipt:
        return self._change("discard-draft", publication, {}, by, lambda _, p, a: p.discard_draft(a))

    def restore(self, publication: UUID, base: int, revision: int, by: By) -> Receipt:
        """Save upon `base` what an older revision said.

        Raises StaleRevision, NothingChanged, ContentRedacted.
        """

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            found.revise(base, turn.keep(turn.content(found.content_of(revision))), act)

        return self._change("restore", publication, {"base": base, "revision": revision}, by, rule)

    # ---- review

    def submit(self, publication: UUID, revision: int, by: By) -> Receipt:
        """Ask for a review. Raises StaleRevision, AlreadySubmitted, AlreadyApproved."""
        return self._change(
            "submit", publication, {"revision": revision}, by, lambda _, p, a: p.submit(revision, a)
        )

    def request_changes(self, publication: UUID, revision: int, comment: str, by: By) -> Receipt:
        """Give what was submitted back. Raises NotSubmitted, AlreadyApproved."""
        checked_text("comment", comment)
        arguments = {"revision": revision, "comment": comment}
        return self._change(
            "request-changes",
            publication,
            arguments,
            by,
            lambda _, p, a: p.request_changes(revision, comment, a),
        )

    def approve(self, publication: UUID, revision: int, by: By) -> Receipt:
        """Admit another's revision to readers. Raises NotSubmitted, AlreadyApproved, NotYourOwnApproval."""
        return self._change(
            "approve", publication, {"revision": revision}, by, lambda _, p, a: p.approve(revision, a)
        )

    # ---- public acts

    def publish(
        self,
        publication: UUID,
        revision: int,
        by: By,
        *,
        slug: str | None = None,
        due: datetime | None = None,
        expedite: str | None = None,
    ) -> Receipt:
        """Edition 1, at once or at `due`; `expedite` is why it goes past review.

        Raises NotApproved, AddressTaken, AlreadyPublished, InstantPassed.
        """
        arguments = {"revision": revision, "slug": slug, "due": _written(due), **_past_review(expedite)}

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            content = turn.content(found.content_of(revision))
            found.check_unpublished()
            path = turn.claim(publication, slug, content, due or act.at, act)
            found.publish(revision, path, act, due=due, expedite=expedite)

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
        expedite: str | None = None,
    ) -> Receipt:
        """The next edition, at once or at `due`; `cancel` takes a pending one back first."""
        arguments = {
            "revision": revision,
            "significance": str(significance),
            "note": note,
            "due": _written(due),
            "cancel": cancel,
            **_past_review(expedite),
        }
        checked_text("note", note)

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            turn.content(found.content_of(revision))
            found.amend(revision, significance, note, act, due=due, cancel=cancel, expedite=expedite)

        return self._change("amend", publication, arguments, by, rule)

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
        if redirect is not None:
            checked_target(redirect)
        arguments = {"explanation": explanation, "redirect": redirect, "cancel": cancel}
        return self._change(
            "remove",
            publication,
            arguments,
            by,
            lambda _, p, a: p.remove(explanation, a, redirect=redirect, cancel=cancel),
        )

    def redact(
        self, publication: UUID, edition: int, legal_basis: str, by: By, *, cancel: bool = False
    ) -> Receipt:
        """Suppress an edition at every instant, and delete its text and the drafts that led to it.

        Their files go too where nothing else uses them. Final: all that is refused for ever. Raises
        ContentShared while another publication says one of the texts, UnknownEdition.
        """
        checked_text("legal_basis", legal_basis)

        def rule(turn: Turn, found: Publication, act: Act) -> None:
            forgotten: list[str] = []

            def files_of(texts: Sequence[str]) -> Sequence[str]:
                forgotten.extend(turn.files_alone_in(texts, found))
                return forgotten

            texts = found.redact(edition, legal_basis, act, cancel=cancel, files_of=files_of)
            turn.forget(texts, publication)
            turn.forgotten += forgotten

        arguments = {"edition": edition, "legal_basis": legal_basis, "cancel": cancel}
        return self._change("redact", publication, arguments, by, rule)

    # ---- the masthead

    def replace_masthead(
        self, text: MastheadText, by: By, *, stop_reason: str, known: int | None = None
    ) -> Receipt:
        """Make the masthead say `text` from now on; `stop_reason` says why a counter ends.

        `known` is the version upon which it was written. Raises StaleMasthead where there is another.
        """
        checked_text("stop_reason", stop_reason)

        def rule(turn: Turn, act: Act) -> UUID:
            masthead = turn.masthead(act)
            if known is not None and masthead.version != known:
                raise errors.StaleMasthead
            masthead.replace(text, act, stop_reason=stop_reason)
            return Masthead.ID

        arguments = {**jsonable(text), "stop_reason": stop_reason}
        return self._create("replace-masthead", arguments, by, rule)

    def masthead_version(self) -> int:
        """How many changes of the masthead the log holds, pins included; 0 before the first command."""
        with suppress(AggregateNotFoundError):
            masthead: Masthead = self.repository.get(Masthead.ID)
            return masthead.version
        return 0

    def pin(self, publication: UUID, by: By) -> Receipt:
        return self._set_pin("pin", publication, by, Masthead.pin)

    def unpin(self, publication: UUID, by: By) -> Receipt:
        return self._set_pin("unpin", publication, by, Masthead.unpin)

    def shift_pin(self, publication: UUID, by: By, *, earlier: bool) -> Receipt:
        """Let a pinned publication change places with the one before it, or after it."""

        def rule(turn: Turn, act: Act) -> UUID:
            turn.masthead(act).shift_pin(publication, act, earlier=earlier)
            return Masthead.ID

        arguments = {"publication": str(publication), "earlier": earlier}
        return self.carry_out(
            Command(name="shift-pin", arguments=arguments, by=by), lambda _: Masthead.ID, rule
        )

    # ---- accounts

    def open_account(self, roles: Sequence[Role], by: By) -> Receipt:
        def rule(turn: Turn, act: Act) -> UUID:
            account = self._new_id(turn, act, by)
            turn.add(Account.open(account, roles, act))
            return account

        return self._create("open-account", {"roles": [str(r) for r in roles]}, by, rule)

    def grant(self, account: UUID, role: Role, by: By) -> Receipt:
        """Raises RoleHeld, NotYourself, AccountClosed."""
        return self._manage("grant", account, {"role": str(role)}, by, lambda _, a, act: a.grant(role, act))

    def revoke(self, account: UUID, role: Role, by: By) -> Receipt:
        """Raises RoleNotHeld, NotYourself, AccountClosed; LastAdmin where it leaves no admin."""

        def rule(turn: Turn, found: Account, act: Act) -> None:
            if role is Role.ADMIN:
                check_admin_remains(found, turn.admins())
            found.revoke(role, act)

        return self._manage("revoke", account, {"role": str(role)}, by, rule)

    def close_account(self, account: UUID, by: By) -> Receipt:
        """Final. Raises LastAdmin, NotYourself, AccountClosed."""

        def rule(turn: Turn, found: Account, act: Act) -> None:
            check_admin_remains(found, turn.admins())
            found.close(act)

        return self._manage("close-account", account, {}, by, rule)

    # ---- how a command is carried out

    def opening(self, turn: Turn, by: By) -> UUID:
        """The newsroom's id, its log opened in this turn where it is empty."""
        return turn.masthead(turn.act(Command(name="open", arguments={}, by=by))).newsroom

    def newsroom_id(self) -> UUID | None:
        """The newsroom's own id, the `source` of all events; None before the first command."""
        if self._newsroom is None:
            with suppress(AggregateNotFoundError):
                masthead: Masthead = self.repository.get(Masthead.ID)
                self._newsroom = masthead.newsroom
        return self._newsroom

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
            rule(turn, turn.publication(publication), act)
            return publication

        command = Command(name=name, arguments={"publication": str(publication), **arguments}, by=by)
        return self.carry_out(command, lambda _: publication, run)

    def _manage(
        self,
        name: str,
        account: UUID,
        arguments: Mapping[str, Any],
        by: By,
        rule: Callable[[Turn, Account, Act], None],
    ) -> Receipt:
        """Carry out a command on an account that exists."""

        def run(turn: Turn, act: Act) -> UUID:
            rule(turn, turn.account(account), act)
            return account

        command = Command(name=name, arguments={"account": str(account), **arguments}, by=by)
        return self.carry_out(command, lambda _: account, run)

    def _create(
        self,
        name: str,
        arguments: Mapping[str, Any],
        by: By,
        rule: Callable[[Turn, Act], UUID],
    ) -> Receipt:
        """Carry out a command whose aggregate is new, or the masthead."""

        def primary(turn: Turn) -> UUID | None:
            if name == "replace-masthead":
                return Masthead.ID
            masthead = turn.find(Masthead.ID)
            return uuid5(masthead.newsroom, str(by.command_id)) if masthead else None

        command = Command(name=name, arguments=arguments, by=by)
        return self.carry_out(command, primary, rule)

    def _set_pin(
        self, name: str, publication: UUID, by: By, rule: Callable[[Masthead, UUID, Act], None]
    ) -> Receipt:
        def run(turn: Turn, act: Act) -> UUID:
            turn.publication(publication)
            rule(turn.masthead(act), publication, act)
            return Masthead.ID

        command = Command(name=name, arguments={"publication": str(publication)}, by=by)
        return self.carry_out(command, lambda _: Masthead.ID, run)

    def _new_id(self, turn: Turn, act: Act, by: By) -> UUID:
        return uuid5(turn.masthead(act).newsroom, str(by.command_id))


def _written(instant: datetime | None) -> str | None:
    return instants.written(instant) if instant else None


def _past_review(expedite: str | None) -> dict[str, str]:
    """The argument, where it is given: commands without it keep the hash that they had before it was."""
    return {} if expedite is None else {"expedite": checked_text("expedite", expedite)}
