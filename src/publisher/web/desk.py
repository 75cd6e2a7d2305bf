"""The editors' desk: every form is one command, answered by a redirect or by the form again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..application import By
from ..bootstrap import Publisher
from ..domain import errors
from ..domain.content import Content
from ..domain.policy import Action
from ..readmodel.rows import DeskRow
from ..rendering import render
from . import mastheads, signing
from .asked import asked
from .errors import status_of
from .schemas import (
    AmendShape,
    BadForm,
    ReasonShape,
    RemoveShape,
    SlugShape,
    by,
    content_of,
    load,
    number,
    when_of,
)
from .signing import requires, who
from .site import LANGUAGE

KINDS = ("press-release", "statement", "transcript", "interview", "speech", "notice", "comment")
"""The kinds that the form offers; any other of the grammar may be typed."""
SHOWN = 200
"""How many publications the list shows at once; the others are found by their words."""
BATCH = 500
STATES = ("draft", "scheduled", "published", "withdrawn", "removed", "discarded")

Form = Mapping[str, str]
Give = Callable[[UUID, Form, By], Any]


def blueprint(publisher: Publisher) -> Blueprint:
    """`/desk/`: sign in, the list, and one page an act."""
    desk = Blueprint("desk", __name__, url_prefix="/desk")
    newsroom, library = publisher.newsroom, publisher.library

    def page(template: str, status: int = 200, **values: Any) -> AnyResponse:
        html = render_template(f"desk/{template}", **frame(), **values)
        response: AnyResponse = _private(make_response(html, status))
        return response

    def frame() -> dict[str, Any]:
        about = asked()
        return {
            "language": LANGUAGE,
            "zone": about.zone,
            "now": about.t,
            "masthead": about.masthead,
            "rehearsal": publisher.config.now,
            "who": signing.find(publisher),
            "Action": Action,
            "command_id": str(uuid4()),
        }

    # ---- signing in

    @desk.get("/sign-in")
    def sign_in() -> AnyResponse:
        return page("sign-in.html", form={}, problems={}, next=_local(request.args.get("next")))

    @desk.post("/sign-in")
    def signed_in() -> AnyResponse:
        form = request.form
        account = publisher.accounts.verify(form.get("name", ""), form.get("password", ""))
        if account is None:
            problem = {"password": "That name and password do not belong together."}
            again = _local(form.get("next"))
            return page(
                "sign-in.html", 401, form={"name": form.get("name", "")}, problems=problem, next=again
            )
        there = _local(form.get("next")) or url_for("desk.index")
        return signing.sign_in(publisher, account, _private(redirect(there, 303)))

    @desk.post("/sign-out")
    def sign_out() -> AnyResponse:
        return signing.sign_out(publisher, _private(redirect(url_for("desk.sign_in"), 303)))

    # ---- the list and the form

    @desk.get("/")
    @requires(publisher, Action.READ_DESK)
    def index() -> AnyResponse:
        about = asked()
        state, query = request.args.get("state", ""), request.args.get("q", "").strip()
        return page(
            "list.html",
            rows=_found(about.now, state if state in STATES else None, query),
            counts=library.desk_counts(about.now),
            state=state,
            query=query,
            names=publisher.accounts.names(),
        )

    @desk.get("/new")
    @requires(publisher, Action.DRAFT)
    def new() -> AnyResponse:
        return page(
            "edit.html", row=None, form={"language": LANGUAGE}, problems={}, kinds=KINDS, preview=None
        )

    @desk.post("/new")
    @requires(publisher, Action.DRAFT)
    def draft() -> AnyResponse:
        form = request.form
        try:
            receipt = newsroom.draft(content_of(form), by(who().account, form))
        except (BadForm, errors.Refused, errors.LogUnavailable) as error:
            return again(error, None, form)
        return redirect(url_for("desk.edit", publication=receipt.id), 303)

    @desk.get("/<uuid:publication>")
    @requires(publisher, Action.READ_DESK)
    def edit(publication: UUID) -> AnyResponse:
        row = _row(publication)
        content = library.revision_content(str(publication), row.revision)
        form = _form_of(content) | {"base": str(row.revision)} if content else {"base": str(row.revision)}
        return page("edit.html", row=row, form=form, problems={}, kinds=KINDS, preview=_preview(content))

    @desk.post("/<uuid:publication>")
    @requires(publisher, Action.DRAFT)
    def revise(publication: UUID) -> AnyResponse:
        form, row = request.form, _row(publication)
        try:
            content = content_of(form)
            newsroom.revise(publication, number(form, "base"), content, by(who().account, form))
        except errors.StaleRevision as stale:
            theirs = library.revision_content(str(publication), stale.current)
            return page(
                "stale.html", 409, row=row, form=form, theirs=theirs, current=stale.current, mine=content
            )
        except errors.NothingChanged:
            return redirect(url_for("desk.edit", publication=publication), 303)
        except (BadForm, errors.Refused, errors.LogUnavailable) as error:
            return again(error, row, form)
        return redirect(url_for("desk.edit", publication=publication), 303)

    def again(
        error: BadForm | errors.Refused | errors.LogUnavailable, row: DeskRow | None, form: Form
    ) -> AnyResponse:
        """The form with all that was typed in it, and what stands in its way."""
        status = 422 if isinstance(error, BadForm) else status_of(error)
        return page(
            "edit.html", status, row=row, form=form, problems=_problems(error), kinds=KINDS, preview=None
        )

    # ---- public acts: a form a page

    def act(name: str, action: Action, template: str, give: Give) -> None:
        """`/desk/{id}/{name}`: its form, and the command that it gives."""

        @requires(publisher, action)
        def view(publication: UUID) -> AnyResponse:
            row, form = _row(publication), request.form
            if request.method == "GET":
                return page(template, row=row, form={}, problems={}, act=name, refusal=None)
            try:
                give(publication, form, by(who().account, form))
            except (BadForm, errors.BadValue) as error:
                return page(
                    template, 422, row=row, form=form, problems=_problems(error), act=name, refusal=None
                )
            except errors.Refused as refusal:
                return page(template, 409, row=row, form=form, problems={}, act=name, refusal=refusal)
            return redirect(url_for("desk.edit", publication=publication), 303)

        desk.add_url_rule(f"/<uuid:publication>/{name}", name, view, methods=["GET", "POST"])

    def zone_name() -> str:
        return asked().zone.key

    def publish(publication: UUID, form: Form, command: By) -> None:
        due = when_of(form, zone_name()).due
        slug = (
            load(SlugShape(), {"slug": form["slug"].strip()})["slug"]
            if form.get("slug", "").strip()
            else None
        )
        newsroom.publish(publication, number(form, "revision"), command, slug=slug, due=due)

    def amend(publication: UUID, form: Form, command: By) -> None:
        said = load(
            AmendShape(), {"significance": form.get("significance", ""), "note": form.get("note", "")}
        )
        due = when_of(form, zone_name()).due
        newsroom.amend(
            publication,
            number(form, "revision"),
            said["significance"],
            said["note"],
            command,
            due=due,
            cancel=_confirmed(form),
        )

    def cancel(publication: UUID, form: Form, command: By) -> None:
        newsroom.cancel_schedule(publication, number(form, "edition"), command)

    def move(publication: UUID, form: Form, command: By) -> None:
        slug = load(SlugShape(), {"slug": form.get("slug", "").strip()})["slug"]
        newsroom.move(publication, slug, command, cancel=_confirmed(form))

    def withdraw(publication: UUID, form: Form, command: By) -> None:
        reason = load(ReasonShape(), {"reason": form.get("reason", "")})["reason"]
        newsroom.withdraw(publication, reason, command, cancel=_confirmed(form))

    def remove(publication: UUID, form: Form, command: By) -> None:
        said = load(RemoveShape(), {k: form.get(k, "") for k in ("explanation", "redirect")})
        target = _target(said["redirect"].strip())
        newsroom.remove(publication, said["explanation"], command, redirect=target, cancel=_confirmed(form))

    act("publish", Action.PUBLISH, "publish.html", publish)
    act("amend", Action.PUBLISH, "publish.html", amend)
    act("cancel", Action.PUBLISH, "act.html", cancel)
    act("move", Action.PUBLISH, "act.html", move)
    act("withdraw", Action.WITHDRAW, "act.html", withdraw)
    act("reinstate", Action.WITHDRAW, "act.html", lambda p, _, command: newsroom.reinstate(p, command))
    act("remove", Action.REMOVE, "act.html", remove)
    act("discard", Action.DRAFT, "act.html", lambda p, _, command: newsroom.discard_draft(p, command))
    act("pin", Action.MASTHEAD, "act.html", lambda p, _, command: newsroom.pin(p, command))
    act("unpin", Action.MASTHEAD, "act.html", lambda p, _, command: newsroom.unpin(p, command))

    # ---- the masthead

    @desk.route("/masthead", methods=["GET", "POST"])
    @requires(publisher, Action.MASTHEAD)
    def masthead() -> AnyResponse:
        about, form = asked(), request.form
        if request.method == "GET":
            held = mastheads.form_of(about.masthead, about.zone.key)
            return page("masthead.html", form=held, problems={}, refusal=None)
        try:
            text = mastheads.text_of(form)
            reason = form.get("stop_reason", "").strip() or "Taken off the masthead."
            newsroom.replace_masthead(text, by(who().account, form), stop_reason=reason)
        except (BadForm, errors.BadValue) as error:
            return page("masthead.html", 422, form=form, problems=_problems(error), refusal=None)
        except errors.Refused as refusal:
            return page("masthead.html", 409, form=form, problems={}, refusal=refusal)
        return redirect(url_for("desk.masthead"), 303)

    def _found(t: datetime, state: str | None, query: str) -> list[DeskRow]:
        """The newest of what has `query` in its title, SHOWN of them at most."""
        found: list[DeskRow] = []
        offset = 0
        while rows := library.desk(t, state, limit=BATCH, offset=offset):
            found += [row for row in rows if query.casefold() in row.title.casefold()]
            offset += BATCH
            if len(found) >= SHOWN:
                break
        return found[:SHOWN]

    def _row(publication: UUID) -> DeskRow:
        row = library.desk_row(asked().now, str(publication))
        return row or abort(404)

    return desk


def _preview(content: Content | None) -> str | None:
    return render(content).html if content else None


def _form_of(content: Content) -> dict[str, str]:
    return {
        "kind": content.kind,
        "language": content.language,
        "title": content.title,
        "summary": content.summary,
        "body": content.body,
        "markup": content.markup,
        "topics": ", ".join(content.topics),
        "speakers": "\n".join(content.speakers),
    }


def _problems(error: BadForm | errors.PublisherError) -> dict[str, str]:
    """What is wrong, by field; under `form` where it is of the whole."""
    if isinstance(error, BadForm):
        return error.problems
    field = getattr(error, "field", None)
    return {field or "form": getattr(error, "reason", None) or str(error)}


def _confirmed(form: Form) -> bool:
    return form.get("cancel") == "yes"


def _target(text: str) -> str | None:
    """Where a removed address leads: a path of this site, or an http(s) URL. Raises BadForm."""
    if not text:
        return None
    if text.startswith(("https://", "http://")) or (text.startswith("/") and not text.startswith("//")):
        return text
    raise BadForm({"redirect": "Give a path of this site such as /2026/11/budget, or an https address."})


def _local(address: str | None) -> str:
    """An address of this site's desk or record to go on to, or nothing."""
    safe = bool(address) and str(address).startswith(("/desk/", "/audit/")) and "\\" not in str(address)
    return str(address) if safe else ""


def _private(response: Any) -> Any:
    response.headers["Cache-Control"] = "no-store"
    return response
