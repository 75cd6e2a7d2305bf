"""Who asks: the account and the one role of a bearer token (RFC 6750); cookies count for nothing."""

from dataclasses import dataclass
from uuid import UUID

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain import policy
from ...domain.policy import Action
from ...state.tokens import TokenRow
from .. import security_log
from .operations import Interface

MISSING = "Send a token in the header Authorization, as Bearer and the token."
BAD = "This token is unknown, revoked or over, or its account no longer has its role."


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Whose request this is: a token, which does what its role may."""

    token: TokenRow

    @property
    def account(self) -> UUID:
        return self.token.account

    def may(self, action: Action) -> bool:
        return policy.allows((self.token.role,), action)

    def check(self, action: Action) -> None:
        """Raises Forbidden."""
        policy.check((self.token.role,), action)


def guard(interface: Interface, publisher: Publisher) -> None:
    """Ask for a token before anything else, and for its role's leave before anything is read."""

    def authenticate() -> None:
        g.caller = _caller(publisher)
        action = interface.action_of(request.endpoint or "")
        if action is not None:
            if not caller().may(action):
                security_log.note("not allowed", caller().account, action=action, by="token")
            caller().check(action)

    def keep_nothing(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    interface.blueprint.before_request(authenticate)
    interface.blueprint.after_request(keep_nothing)


def caller() -> Caller:
    """Whose request it is, in an operation."""
    found: Caller = g.caller
    return found


def _caller(publisher: Publisher) -> Caller:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _unauthorized(MISSING)
    token = publisher.tokens.find(secret.strip())
    account = publisher.library.account(str(token.account)) if token else None
    if token is None or account is None or account.closed or token.role not in account.roles:
        security_log.note("token refused", token.account if token else None)
        raise _unauthorized(BAD, error="invalid_token")
    return Caller(token=token)


def _unauthorized(sentence: str, **said: str | None) -> Unauthorized:
    challenge = WWWAuthenticate("bearer", {"realm": "publisher", **said})
    return Unauthorized(sentence, www_authenticate=challenge)
