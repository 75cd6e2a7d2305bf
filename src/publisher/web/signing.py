"""Signing in and out: a server-side session behind one cookie, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..domain import policy
from ..domain.policy import Action
from ..state.sessions import SessionRow
from . import browsers, proving, security_log

LIFETIME = 7 * 86_400
"""How long a browser keeps the cookie, in seconds; the session itself may end sooner."""
PROOF = timedelta(minutes=5)
"""How long a password that was given admits acts that can't be undone."""

V = TypeVar("V", bound=Callable[..., Any])


class SessionEnded(Exception):
    """A form came from nobody who is signed in: its page asks them to, and keeps what was typed."""


class MayNotSend(Exception):
    """A form came from somebody whose roles don't admit it, or no more: its page keeps what was typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Whose request this is."""

    account: UUID
    name: str
    roles: frozenset[str]
    token: str
    proved: bool = False
    """Whether they gave their password within the last minutes."""

    def may(self, action: Action) -> bool:
        return policy.allows(self.roles, action)


def cookie_name(publisher: Publisher) -> str:
    """`__Host-` binds the cookie to this host and to https (RFC 6265bis, section 4.1.3)."""
    return "__Host-session" if publisher.config.base_url.startswith("https:") else "session_id"


def present(publisher: Publisher) -> SignedIn | None:
    """Who is signed in, if the session stands and the account is open; found once a request."""
    if "who" not in g:
        token = request.cookies.get(cookie_name(publisher), "")
        found = publisher.sessions.find(token) if token else None
        person = known(publisher, found.account, token) if found else None
        g.who = replace(person, proved=_proved(publisher, found)) if person and found else None
    holder: SignedIn | None = g.who
    return holder


def _proved(publisher: Publisher, found: SessionRow) -> bool:
    return publisher.clock() - found.proved_at < PROOF


def known(publisher: Publisher, account: UUID, token: str = "") -> SignedIn | None:
    """An account and what it may do; None where it is closed."""
    row = publisher.library.account(str(account))
    if row is None or row.closed:
        return None
    name = publisher.accounts.name_of(account) or "?"
    return SignedIn(account=account, name=name, roles=frozenset(row.roles), token=token)


def begin(publisher: Publisher, account: UUID) -> None:
    """Start a new session; one that came with the request ends, and so do the tokens of its forms."""
    old = request.cookies.get(cookie_name(publisher))
    if old:
        publisher.sessions.end(old)
    session.clear()
    token = publisher.sessions.start(account, browsers.named(request.headers.get("User-Agent", "")))
    person = known(publisher, account, token)
    g.who = replace(person, proved=True) if person else None
    factor = "password and code" if publisher.factors.of(account) else "password"
    security_log.note("signed in", account, by=factor)


def remember(publisher: Publisher, response: Response) -> Response:
    """Give the browser the cookie of the session that this request began.

    What it kept of the site is dropped: from now on it asks each time (Clear Site Data, section 3.1).
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    response.set_cookie(
        cookie_name(publisher),
        who().token,
        max_age=LIFETIME,
        httponly=True,
        secure=publisher.config.base_url.startswith("https:"),
        samesite="Lax",
        path="/",
    )
    return response


def sign_out(publisher: Publisher, response: Response) -> Response:
    token = request.cookies.get(cookie_name(publisher))
    if token:
        holder = present(publisher)
        security_log.note("signed out", holder.account if holder else None)
        publisher.sessions.end(token)
    session.clear()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(
        cookie_name(publisher),
        path="/",
        httponly=True,
        secure=publisher.config.base_url.startswith("https:"),
        samesite="Lax",
    )
    return response


def requires(publisher: Publisher, action: Action | None, *, proof: bool = False) -> Callable[[V], V]:
    """A decorator for views of the desk and the record: sign-in first, then the one policy table.

    Without an action everybody who is signed in may; with `proof` a form needs the password anew.
    Raises SessionEnded, MayNotSend, NotProved for a form, whose text a redirect or the page of an error
    would lose.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            holder = present(publisher)
            if holder is None and request.method == "POST":
                raise SessionEnded
            if holder is None:
                return redirect(url_for("desk.sign_in", next=request.full_path.removesuffix("?")), 303)
            if action and not holder.may(action):
                security_log.note("not allowed", holder.account, action=action)
                if request.method == "POST":
                    raise MayNotSend
                policy.check(holder.roles, action)
            if proof and request.method == "POST" and not holder.proved:
                prove(publisher, holder)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def prove(publisher: Publisher, holder: SignedIn) -> None:
    """Take the password that came with the form. Raises NotProved."""
    proving.check(publisher, holder.account, holder.name)
    publisher.sessions.prove(holder.token)


def prove_lately(publisher: Publisher) -> None:
    """Take the password where it was not given within the last minutes. Raises NotProved."""
    if not who().proved:
        prove(publisher, who())


def who() -> SignedIn:
    """Whose request it is, in a view that requires somebody."""
    found: SignedIn = g.who
    return found
