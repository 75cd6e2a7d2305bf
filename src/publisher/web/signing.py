"""Signing in and out: a server-side session behind one cookie, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, g, redirect, request, session, url_for

from ..bootstrap import Publisher
from ..domain import policy
from ..domain.policy import Action

LIFETIME = 7 * 86_400
"""How long a browser keeps the cookie, in seconds; the session itself may end sooner."""

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Whose request this is."""

    account: UUID
    name: str
    roles: frozenset[str]
    token: str

    def may(self, action: Action) -> bool:
        return policy.allows(self.roles, action)


def cookie_name(publisher: Publisher) -> str:
    """`__Host-` binds the cookie to this host and to https (RFC 6265bis, section 4.1.3)."""
    return "__Host-session" if publisher.config.base_url.startswith("https:") else "session_id"


def find(publisher: Publisher) -> SignedIn | None:
    """Who is signed in, if the session stands and the account is open."""
    token = request.cookies.get(cookie_name(publisher), "")
    found = publisher.sessions.find(token) if token else None
    if found is None:
        return None
    account = publisher.library.account(str(found.account))
    if account is None or account.closed:
        return None
    name = publisher.accounts.name_of(found.account) or "?"
    return SignedIn(account=found.account, name=name, roles=frozenset(account.roles), token=token)


def sign_in(publisher: Publisher, account: UUID, response: Response) -> Response:
    """Start a new session; one that came with the request ends, and so does its form token."""
    old = request.cookies.get(cookie_name(publisher))
    if old:
        publisher.sessions.end(old)
    session.clear()
    response.set_cookie(
        cookie_name(publisher),
        publisher.sessions.start(account),
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
        publisher.sessions.end(token)
    session.clear()
    response.delete_cookie(
        cookie_name(publisher),
        path="/",
        httponly=True,
        secure=publisher.config.base_url.startswith("https:"),
        samesite="Lax",
    )
    return response


def requires(publisher: Publisher, action: Action) -> Callable[[V], V]:
    """A decorator for views of the desk and the record: sign-in first, then the one policy table."""

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            who = find(publisher)
            if who is None:
                return redirect(url_for("desk.sign_in", next=request.full_path.removesuffix("?")), 303)
            policy.check(who.roles, action)
            g.who = who
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def who() -> SignedIn:
    found: SignedIn = g.who
    return found
