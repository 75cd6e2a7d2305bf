"""The operations that change something: each is one command of the newsroom, once for its key."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid5

from flask import url_for

from ...application import By, Newsroom, Receipt
from ...bootstrap import Publisher
from ...domain import errors
from ...domain.masthead import Masthead
from ...domain.policy import Action
from ..desk import masthead_rows, uploading, weighing
from ..desk.mastheads import NO_REASON
from ..schemas import content_said
from . import filing, preconditions, shapes
from .bearer import caller
from .given import ReceiptShape
from .keys import by, check_unused
from .operations import Interface, Operation

Said = dict[str, Any]
Give = Callable[[Newsroom, UUID, Said, By], Receipt]
PUBLICATION = "/publications/<uuid:publication>"


def add(interface: Interface, publisher: Publisher) -> None:
    """Drafting and saving, every act on a publication, and the masthead."""
    newsroom, library = publisher.newsroom, publisher.library

    @interface.operation(
        "POST",
        "/publications",
        "draft",
        tag="publications",
        action=Action.DRAFT,
        takes=shapes.DraftShape,
        gives=ReceiptShape,
        status=201,
        headers=("Location",),
    )
    def draft(said: Said) -> Any:
        """Draft a publication: its revision 1."""
        command = by(said)
        expected = uuid5(publisher.newsroom_id(), str(command.command_id))
        check_unused(library, command, f"publication/{expected}")
        said["files"] = filing.files_said(publisher, said)
        content = content_said(said)
        receipt = newsroom.draft(content, command, files=uploading.bytes_for(publisher, content))
        uploading.saved(publisher, caller().account, content)
        return receipt, {"Location": url_for("api.publication", publication=receipt.id)}

    @interface.operation(
        "POST",
        f"{PUBLICATION}/revisions",
        "revise",
        tag="publications",
        action=Action.DRAFT,
        takes=shapes.ReviseShape,
        gives=ReceiptShape,
        status=201,
    )
    def revise(said: Said, publication: UUID) -> Any:
        """Save a revision upon the newest one; files and original, where left out, stay as they were."""
        command, base = by(said), said.pop("base")
        check_unused(library, command, f"publication/{publication}")
        upon = library.revision_content(str(publication), base)
        if "files" in said:
            said["files"] = filing.files_said(publisher, said)
        content = content_said(said, upon)
        files = uploading.bytes_for(publisher, content)
        receipt = newsroom.revise(publication, base, content, command, files=files)
        uploading.saved(publisher, caller().account, content)
        return receipt

    for name, (action, shape, about, give) in ACTS.items():
        _add_act(interface, publisher, name, action, shape, about, give)

    @interface.operation(
        "PUT",
        "/masthead",
        "replace_masthead",
        tag="masthead",
        action=Action.MASTHEAD,
        takes=shapes.MastheadReplacedShape,
        gives=None,
        status=204,
        headers=("ETag",),
        replaces=True,
    )
    def replace_masthead(said: Said) -> Any:
        """Make the masthead say this from now on; what is left out is taken off."""
        known = preconditions.known()
        command, reason = by(said), said.pop("stop_reason", NO_REASON)
        check_unused(library, command, f"masthead/{Masthead.ID}")
        with suppress(errors.NothingChanged):  # it says so already, as whoever repeats a PUT expects
            newsroom.replace_masthead(
                masthead_rows.text_said(said), command, stop_reason=reason, known=known
            )
        return "", {"ETag": preconditions.tag_of(newsroom.masthead_version())}


def _add_act(
    interface: Interface,
    publisher: Publisher,
    name: str,
    action: Action,
    shape: type[shapes.Commanded],
    about: str,
    give: Give,
) -> None:
    def view(said: Said, publication: UUID) -> Receipt:
        command = by(said)
        subject = f"masthead/{Masthead.ID}" if name in ON_MASTHEAD else f"publication/{publication}"
        check_unused(publisher.library, command, subject)
        if name == "amend":
            weighing.check(publisher.library, publisher.now(), publication, said, command)
        receipt = give(publisher.newsroom, publication, said, command)
        if name == "remove":  # its words must not lie in anybody's working papers either
            publisher.papers.forget(publication)
            uploading.forget(publisher)
            publisher.previews.forget(publication)
        return receipt

    view.__doc__ = about
    interface.add(
        Operation(
            method="POST",
            rule=f"{PUBLICATION}/{name}",
            name=name.replace("-", "_"),
            tag="publications",
            action=action,
            takes=shape,
            gives=None if name in ON_MASTHEAD else ReceiptShape,
            status=204 if name in ON_MASTHEAD else 200,
        ),
        view,
    )


def _publish(newsroom: Newsroom, publication: UUID, said: Said, command: By) -> Receipt:
    return newsroom.publish(
        publication,
        said["revision"],
        command,
        slug=said["slug"],
        due=said["due"],
        expedite=_expedite(said),
    )


def _amend(newsroom: Newsroom, publication: UUID, said: Said, command: By) -> Receipt:
    return newsroom.amend(
        publication,
        said["revision"],
        said["significance"],
        said["note"],
        command,
        due=said["due"],
        cancel=said["cancel"],
        expedite=_expedite(said),
    )


def _remove(newsroom: Newsroom, publication: UUID, said: Said, command: By) -> Receipt:
    return newsroom.remove(
        publication, said["explanation"], command, redirect=said["redirect"], cancel=said["cancel"]
    )


def _expedite(said: Said) -> str | None:
    """Why a text goes past review; None where it is not to. Raises Forbidden."""
    reason: str | None = said["expedite"]
    if reason is not None:
        caller().check(Action.EXPEDITE)
    return reason


ON_MASTHEAD = frozenset({"pin", "unpin"})
"""The acts whose aggregate is the masthead."""
ACTS: dict[str, tuple[Action, type[shapes.Commanded], str, Give]] = {
    "submit": (
        Action.DRAFT,
        shapes.RevisionNamedShape,
        "Ask for a review of the newest revision.",
        lambda n, p, said, c: n.submit(p, said["revision"], c),
    ),
    "request-changes": (
        Action.REVIEW,
        shapes.ChangesShape,
        "Give back what was submitted, with what has to change.",
        lambda n, p, said, c: n.request_changes(p, said["revision"], said["comment"], c),
    ),
    "approve": (
        Action.REVIEW,
        shapes.RevisionNamedShape,
        "Admit another's revision to readers.",
        lambda n, p, said, c: n.approve(p, said["revision"], c),
    ),
    "publish": (
        Action.PUBLISH,
        shapes.PublishShape,
        "Publish edition 1, at once or at `due`.",
        _publish,
    ),
    "amend": (
        Action.PUBLISH,
        shapes.AmendingShape,
        "Publish the next edition, at once or at `due`, with a note of what changed.",
        _amend,
    ),
    "cancel": (
        Action.PUBLISH,
        shapes.EditionNamedShape,
        "Take back an edition that is not due yet.",
        lambda n, p, said, c: n.cancel_schedule(p, said["edition"], c),
    ),
    "move": (
        Action.PUBLISH,
        shapes.MoveShape,
        "Move to another slug; the old address leads to the new one.",
        lambda n, p, said, c: n.move(p, said["slug"], c, cancel=said["cancel"]),
    ),
    "withdraw": (
        Action.WITHDRAW,
        shapes.WithdrawShape,
        "Withdraw: the text stays, under a banner with the reason.",
        lambda n, p, said, c: n.withdraw(p, said["reason"], c, cancel=said["cancel"]),
    ),
    "reinstate": (
        Action.WITHDRAW,
        shapes.NothingShape,
        "Let what was withdrawn stand again.",
        lambda n, p, _, c: n.reinstate(p, c),
    ),
    "remove": (
        Action.REMOVE,
        shapes.RemovingShape,
        "Remove for good: the text is shown at no date any more.",
        _remove,
    ),
    "discard": (
        Action.DRAFT,
        shapes.NothingShape,
        "Discard a draft that was never public.",
        lambda n, p, _, c: n.discard_draft(p, c),
    ),
    "restore": (
        Action.DRAFT,
        shapes.RestoreShape,
        "Save what an older revision said, upon the newest one.",
        lambda n, p, said, c: n.restore(p, said["base"], said["revision"], c),
    ),
    "pin": (
        Action.MASTHEAD,
        shapes.NothingShape,
        "Pin to the front page.",
        lambda n, p, _, c: n.pin(p, c),
    ),
    "unpin": (
        Action.MASTHEAD,
        shapes.NothingShape,
        "Take off the pins of the front page.",
        lambda n, p, _, c: n.unpin(p, c),
    ),
}
"""Each act by its name in the address: who may, what it takes, what it does, its command."""
