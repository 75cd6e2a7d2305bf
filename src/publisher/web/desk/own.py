"""Somebody's own account on the desk: another password, and the browsers that are signed in."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from ... import accounts
from ...bootstrap import Publisher
from .. import proving, security_log, signing
from ..pages import Page
from ..proving import NotProved
from ..schemas import BadForm
from ..signing import requires, who
from .forms import OBSTACLES, Form, told

OTHERWISE = "The two do not say the same: type the new password twice."
NO_SESSION = "That session is over already."
CHANGED, ENDED, ALONE = "changed", "ended", "alone"
"""The marks, kept for the next page, of what was done."""


def add(desk: Blueprint, publisher: Publisher, page: Page) -> None:
    """`/desk/me`, for whoever is signed in."""
    sessions = publisher.sessions

    def show(status: int = 200, **said: Any) -> Response:
        here = sessions.find(who().token)
        return page(
            "own.html",
            status,
            rows=sessions.of(who().account),
            current=here.key if here else "",
            factor=publisher.factors.of(who().account),
            reset_at=publisher.factors.reset_at(who().account),
            tokens=len(publisher.tokens.of(who().account)),
            **said,
        )

    @desk.get("/me")
    @requires(publisher, None)
    def own() -> Response:
        return show()

    @desk.post("/me")
    @requires(publisher, None)
    def change_own() -> Response:
        form = request.form
        try:
            match form.get("do"):
                case "password":
                    return change_password(form)
                case "end":
                    signing.prove_lately(publisher)
                    if not sessions.end_one(who().account, form.get("session", "")):
                        raise BadForm({"form": NO_SESSION})
                    done = ENDED
                case "end-others":
                    signing.prove_lately(publisher)
                    sessions.end_others(who().account, who().token)
                    done = ALONE
                case _:
                    abort(400)
        except OBSTACLES as error:
            return show(**told(error))
        flash(done)
        return redirect(url_for("desk.own"), 303)

    def change_password(form: Form) -> Response:
        """The current password is asked for, however lately it was given. Raises BadForm and its kin."""
        wanted = form.get("password", "")
        if wanted != form.get("again", ""):
            raise BadForm({"again": OTHERWISE})
        try:
            signing.prove(publisher, who())
        except NotProved as error:
            return proving.told(error, show)
        accounts.change_own_password(publisher, who().account, wanted, who().token)
        security_log.note("password changed", who().account)
        flash(CHANGED)
        return redirect(url_for("desk.own"), 303)
