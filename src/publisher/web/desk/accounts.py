"""Accounts on the desk: who there is, with which roles, invited by a one-time link."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from ... import accounts
from ...bootstrap import Publisher
from ...domain.policy import Action, Role
from .. import security_log
from ..pages import Page
from ..schemas import BadForm, by
from ..signing import requires, who
from .forms import OBSTACLES, Form, Forms, told

NO_ROLE = "Choose at least one role."
NO_SUCH = "Choose one of the roles."
WELCOMED = "welcomed"
"""The mark, kept for the next page, that a password was set."""


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page) -> None:
    """`/desk/accounts`, a page an account, and `/desk/welcome/{token}` for who was invited."""
    newsroom = publisher.newsroom

    @desk.get("/accounts")
    @requires(publisher, Action.ACCOUNTS)
    def all_accounts() -> Response:
        return show_all(form={})

    @desk.post("/accounts")
    @requires(publisher, Action.ACCOUNTS, proof=True)
    def invite() -> Response:
        form = request.form
        try:
            name, command = form.get("name", ""), by(who().account, form)
            invited = accounts.invite(publisher, name, _roles(form), command)
        except OBSTACLES as error:
            return show_all(form=form, **told(error))
        return show_link(invited)

    @desk.get("/accounts/<uuid:account>")
    @requires(publisher, Action.ACCOUNTS)
    def one_account(account: UUID) -> Response:
        return show(account, form={})

    @desk.post("/accounts/<uuid:account>")
    @requires(publisher, Action.ACCOUNTS, proof=True)
    def manage(account: UUID) -> Response:
        form, command = request.form, by(who().account, request.form)
        find(account)
        try:
            match form.get("do"):
                case "grant":
                    newsroom.grant(account, _role(form.get("role", "")), command)
                case "revoke":
                    accounts.revoke(publisher, account, _role(form.get("role", "")), command)
                case "close":
                    accounts.close(publisher, account, command)
                case "sign-out":
                    accounts.sign_out(publisher, account)
                case "reset-factor" if account != who().account:
                    accounts.reset_factor(publisher, account)
                    security_log.note("second factor reset", account, admin=str(who().account))
                case "link":
                    return show_link(accounts.invite_again(publisher, account))
                case _:
                    abort(400)
        except OBSTACLES as error:
            return show(account, form=form, **told(error))
        return redirect(url_for("desk.one_account", account=account), 303)

    def find(account: UUID) -> accounts.Listed:
        return next((row for row in accounts.listed(publisher) if row.id == account), None) or abort(404)

    def show_all(*, form: Form, status: int = 200, **said: Any) -> Response:
        rows = list(accounts.listed(publisher))
        return page("accounts.html", status, rows=rows, roles=list(Role), form=form, **said)

    def show(account: UUID, *, form: Form, status: int = 200, **said: Any) -> Response:
        return page(
            "account.html",
            status,
            row=find(account),
            sessions=len(publisher.sessions.of(account)),
            roles=list(Role),
            form=form,
            **said,
        )

    def show_link(invited: accounts.Invited) -> Response:
        link = publisher.config.base_url + url_for("desk.welcome", token=invited.token)
        return page("invited.html", whose=publisher.accounts.name_of(invited.account), link=link)

    @desk.get("/welcome/<token>")
    def welcome(token: str) -> Response:
        return greet(token)

    @desk.post("/welcome/<token>")
    def welcomed(token: str) -> Response:
        try:
            accounts.accept(publisher, token, request.form.get("password", ""))
        except OBSTACLES as error:
            return greet(token, **told(error))
        security_log.note("password set by invitation")
        flash(WELCOMED)
        return redirect(url_for("desk.sign_in"), 303)

    def greet(token: str, status: int = 200, **said: Any) -> Response:
        whose = publisher.accounts.name_of(publisher.invitations.find(token))
        return page("welcome.html", status, whose=whose, token=token, **said)

    forms.add("desk.invite", Action.ACCOUNTS, show_all)
    forms.add("desk.manage", Action.ACCOUNTS, show)


def _roles(form: Form) -> list[Role]:
    """The roles that were ticked. Raises BadForm."""
    chosen = [role for role in Role if form.get(f"role-{role}")]
    if not chosen:
        raise BadForm({"roles": NO_ROLE})
    return chosen


def _role(text: str) -> Role:
    """Raises BadForm."""
    if text not in list(Role):
        raise BadForm({"form": NO_SUCH})
    return Role(text)
