"""The public acts on a publication: a page with a form each, and the command that the form gives."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from ...application import By, Newsroom
from ...bootstrap import Publisher
from ...domain import policy
from ...domain.content import TARGET
from ...domain.policy import Action
from ...readmodel.rows import DeskRow
from ..asked import asked
from ..pages import Page
from ..schemas import (
    AmendShape,
    BadForm,
    ExpediteShape,
    ReasonShape,
    RedactShape,
    RemoveShape,
    SlugShape,
    by,
    load,
    number,
    when_of,
)
from ..signing import requires, who
from . import uploading, weighing
from .forms import OBSTACLES, Form, Forms, told

NO_TARGET = "Give a path of this site such as /2026/11/budget, or an https address."

Find = Callable[[UUID], DeskRow]
Give = Callable[[Newsroom, UUID, Form, By], Any]


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page, find: Find) -> None:
    """`/desk/{id}/{act}` of every act."""
    for name, (action, template, give) in ACTS.items():
        _add(desk, publisher, forms, page, find, name, action, template, give)


def _add(
    desk: Blueprint,
    publisher: Publisher,
    forms: Forms,
    page: Page,
    find: Find,
    name: str,
    action: Action,
    template: str,
    give: Give,
) -> None:
    def show(publication: UUID, *, form: Form, status: int = 200, **said: Any) -> Response:
        row = find(publication)
        if name == "amend":
            said["findings"] = weighing.findings(publisher.library, row, _revision(form, row))
        return page(template, status, row=row, act=name, form=form, **said)

    @requires(publisher, action, proof=name in PROVED)
    def view(publication: UUID) -> Response:
        find(publication)
        if request.method == "GET":
            return show(publication, form=request.args)
        try:
            command = by(who().account, request.form)
            if name == "amend":
                weighing.check(publisher.library, asked().now, publication, _change(request.form), command)
            give(publisher.newsroom, publication, request.form, command)
        except OBSTACLES as error:
            return show(publication, form=request.form, **told(error))
        if name in PROVED:  # whose words must not lie in anybody's working papers either
            publisher.papers.forget(publication)
            uploading.forget(publisher)
            publisher.previews.forget(publication)
        return redirect(url_for("desk.edit", publication=publication), 303)

    desk.add_url_rule(f"/<uuid:publication>/{name}", name, view, methods=["GET", "POST"])
    forms.add(f"desk.{name}", action, show)


def publish(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    due = when_of(form, asked().zone.key).due
    typed = form.get("slug", "").strip()
    slug = load(SlugShape(), {"slug": typed})["slug"] if typed else None
    newsroom.publish(
        publication, number(form, "revision"), command, slug=slug, due=due, expedite=_expedite(form)
    )


def amend(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    said = load(AmendShape(), {name: form.get(name, "") for name in ("significance", "note")})
    newsroom.amend(
        publication,
        number(form, "revision"),
        said["significance"],
        said["note"],
        command,
        due=when_of(form, asked().zone.key).due,
        cancel=_confirmed(form),
        expedite=_expedite(form),
    )


def submit(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    newsroom.submit(publication, number(form, "revision"), command)


def restore(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    newsroom.restore(publication, number(form, "base"), number(form, "revision"), command)


def cancel(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    newsroom.cancel_schedule(publication, number(form, "edition"), command)


def move(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    slug = load(SlugShape(), {"slug": form.get("slug", "").strip()})["slug"]
    newsroom.move(publication, slug, command, cancel=_confirmed(form))


def withdraw(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    reason = load(ReasonShape(), {"reason": form.get("reason", "")})["reason"]
    newsroom.withdraw(publication, reason, command, cancel=_confirmed(form))


def remove(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    said = load(RemoveShape(), {k: form.get(k, "") for k in ("explanation", "redirect")})
    target = _target(said["redirect"].strip())
    newsroom.remove(publication, said["explanation"], command, redirect=target, cancel=_confirmed(form))


def redact(newsroom: Newsroom, publication: UUID, form: Form, command: By) -> None:
    basis = load(RedactShape(), {"legal_basis": form.get("legal_basis", "")})["legal_basis"]
    newsroom.redact(publication, number(form, "edition"), basis, command, cancel=_confirmed(form))


ACTS: dict[str, tuple[Action, str, Give]] = {
    "submit": (Action.DRAFT, "act.html", submit),
    "restore": (Action.DRAFT, "act.html", restore),
    "publish": (Action.PUBLISH, "publish.html", publish),
    "amend": (Action.PUBLISH, "publish.html", amend),
    "cancel": (Action.PUBLISH, "act.html", cancel),
    "move": (Action.PUBLISH, "act.html", move),
    "withdraw": (Action.WITHDRAW, "act.html", withdraw),
    "reinstate": (Action.WITHDRAW, "act.html", lambda n, p, _, command: n.reinstate(p, command)),
    "remove": (Action.REMOVE, "act.html", remove),
    "redact": (Action.REMOVE, "act.html", redact),
    "discard": (Action.DRAFT, "act.html", lambda n, p, _, command: n.discard_draft(p, command)),
    "pin": (Action.MASTHEAD, "act.html", lambda n, p, _, command: n.pin(p, command)),
    "unpin": (Action.MASTHEAD, "act.html", lambda n, p, _, command: n.unpin(p, command)),
}
"""Each act by its name in the address: who may do it, its page, its command."""
PROVED = frozenset({"remove", "redact"})
"""The acts that ask for the password anew: nothing brings back what they take away."""


def _change(form: Form) -> dict[str, Any]:
    """What weighing asks of a form."""
    return {
        "revision": number(form, "revision"),
        "significance": form.get("significance"),
        "confirmed": form.get("confirmed") == "yes",
    }


def _revision(form: Form, row: DeskRow) -> int:
    """The revision that a form is about, the newest where it names none."""
    try:
        return number(form, "revision")
    except BadForm:
        return row.revision


def _confirmed(form: Form) -> bool:
    return form.get("cancel") == "yes"


def _expedite(form: Form) -> str | None:
    """Why a text goes past review; None where it is not to. Raises Forbidden."""
    reason = form.get("expedite", "").strip()
    if not reason:
        return None
    policy.check(who().roles, Action.EXPEDITE)
    return str(load(ExpediteShape(), {"expedite": reason})["expedite"])


def _target(text: str) -> str | None:
    """Where a removed address leads: a path of this site, or an http(s) URL. Raises BadForm."""
    if text and not TARGET.fullmatch(text):
        raise BadForm({"redirect": NO_TARGET})
    return text or None
