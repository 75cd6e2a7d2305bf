"""Bearer tokens on the desk: made for oneself, shown once, listed, revoked; an admin sees all."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from ... import accounts
from ...bootstrap import Publisher
from ...domain.errors import RoleNotHeld
from ...domain.policy import Action
from ...state.tokens import DAYS_LIMIT, BadDays
from .. import security_log
from ..pages import Page
from ..schemas import BadForm, by
from ..signing import requires, who
from .forms import OBSTACLES, Form, told

USUAL = {"days": "90"}
NO_ROLE = "Choose a role that you have."
GONE = "That token is over or revoked already."
REVOKED = "revoked"
"""The mark, kept for the next page, that a token was revoked."""


def add(desk: Blueprint, publisher: Publisher, page: Page) -> None:
    """`/desk/tokens`, for whoever is signed in."""

    def show(status: int = 200, form: Form = USUAL, **said: Any) -> Response:
        every = publisher.tokens.all() if who().may(Action.ACCOUNTS) else ()
        return page(
            "tokens.html",
            status,
            own=publisher.tokens.of(who().account),
            others=[row for row in every if row.account != who().account],
            names=publisher.accounts.names(),
            form=form,
            limit=DAYS_LIMIT,
            **said,
        )

    @desk.get("/tokens")
    @requires(publisher, None)
    def tokens() -> Response:
        return show()

    @desk.post("/tokens")
    @requires(publisher, None, proof=True)
    def change_tokens() -> Response:
        form = request.form
        try:
            match form.get("do"):
                case "make":
                    return page("token.html", **_made(publisher, form))
                case "revoke":
                    _revoke(publisher, form.get("token", ""))
                case _:
                    abort(400)
        except OBSTACLES as error:
            return show(form=form, **told(error))
        flash(REVOKED)
        return redirect(url_for("desk.tokens"), 303)


def _made(publisher: Publisher, form: Form) -> Mapping[str, Any]:
    """A new token and its secret; a form that is sent twice makes one, whose later secret holds.

    Raises BadForm, BadDays, BadLabel.
    """
    account, token = who().account, by(who().account, form).command_id
    try:
        secret = accounts.make_token(
            publisher, account, form.get("role", ""), form.get("label", ""), _days(form), token
        )
    except RoleNotHeld:
        raise BadForm({"role": NO_ROLE}) from None
    security_log.note("token made", account, token=str(token))
    row = next(row for row in publisher.tokens.of(account) if row.id == token)
    return {"row": row, "secret": secret}


def _revoke(publisher: Publisher, wanted: str) -> None:
    """One's own token, or for an admin anybody's. Raises BadForm."""
    rows = publisher.tokens.all() if who().may(Action.ACCOUNTS) else publisher.tokens.of(who().account)
    row = next((row for row in rows if str(row.id) == wanted), None)
    if row is None or not publisher.tokens.revoke(row.account, row.id):
        raise BadForm({"form": GONE})
    security_log.note("token revoked", row.account, token=wanted, admin=str(who().account))


def _days(form: Form) -> int:
    """Raises BadDays."""
    typed = form.get("days", "").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(DAYS_LIMIT))):
        raise BadDays
    return int(typed)
