"""The second factor on the desk: set up with an authenticator, its recovery codes, and turned off again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pyotp
import segno
from flask import Blueprint, abort, flash, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from ... import accounts
from ...bootstrap import Publisher
from .. import proving, security_log, signing
from ..asked import asked
from ..pages import Page
from ..proving import NotProved
from ..signing import requires, who
from .forms import OBSTACLES, told

OFF = "factor-off"
"""The mark, kept for the next page, that the second factor was turned off."""


def add(desk: Blueprint, publisher: Publisher, page: Page) -> None:
    """`/desk/me/second-factor`, for whoever is signed in."""
    factors = publisher.factors

    def show(status: int = 200, codes: Sequence[str] = (), **said: Any) -> Response:
        account = who().account
        secret = factors.waiting(account) or ""
        return page(
            "factor.html",
            status,
            row=factors.of(account),
            reset_at=factors.reset_at(account),
            secret=secret,
            picture=picture_of(secret, who().name, asked().masthead.name or "Publisher") if secret else "",
            codes=codes,
            **said,
        )

    @desk.get("/me/second-factor")
    @requires(publisher, None)
    def second_factor() -> Response:
        return show()

    @desk.post("/me/second-factor")
    @requires(publisher, None)
    def change_factor() -> Response:
        account = who().account
        try:
            match request.form.get("do"):
                case "begin":
                    signing.prove_lately(publisher)
                    factors.begin(account)
                case "confirm":
                    return show(codes=_confirm(publisher, account, request.form.get("first_code", "")))
                case "codes":
                    signing.prove_lately(publisher)
                    security_log.note("recovery codes made", account)
                    return show(codes=factors.new_codes(account))
                case "off":
                    return _turn_off(publisher, show)
                case "known":
                    factors.known(account)
                case _:
                    abort(400)
        except OBSTACLES as error:
            return show(**told(error))
        return redirect(url_for("desk.second_factor"), 303)


def _confirm(publisher: Publisher, account: UUID, code: str) -> tuple[str, ...]:
    """Turn it on; whoever is signed in elsewhere signs in anew, with it. Raises WrongCode, SetUpOver."""
    codes = publisher.factors.confirm(account, code)
    publisher.sessions.end_others(account, who().token)
    security_log.note("second factor on", account)
    return codes


def _turn_off(publisher: Publisher, show: Page) -> Response:
    """Password and code are asked for, however lately they were given."""
    try:
        signing.prove(publisher, who())
    except NotProved as error:
        return proving.told(error, show)
    accounts.turn_off_factor(publisher, who().account, who().token)
    security_log.note("second factor off", who().account)
    flash(OFF)
    return redirect(url_for("desk.own"), 303)


def picture_of(secret: str, name: str, newsroom: str) -> Markup:
    """What an authenticator photographs, as SVG by attributes alone: a style would be refused."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=newsroom)
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704  drawn from bits, no text of anybody is in it
