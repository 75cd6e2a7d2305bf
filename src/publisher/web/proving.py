"""A password that was typed: whose it is, and how often a stranger may try."""

from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..state.attempts import TooManyAttempts

FIELD = "proof"
"""The field of a form that brings the password of whoever sends it."""
WRONG = "That is not your password."
V6_NETWORK = 64
"""The bits of an IPv6 address that a customer does not choose (RFC 6177, section 2)."""


class NotProved(Exception):
    """An act that asks for the password came without it, or with a wrong one; its page keeps the form."""

    def __init__(self, problem: str | None = None, many: TooManyAttempts | None = None) -> None:
        super().__init__(problem or "The password is needed.")
        self.problem, self.many = problem, many


def check(publisher: Publisher, account: UUID, name: str) -> None:
    """Whether the form brings the account's own password. Raises NotProved."""
    given = request.form.get(FIELD, "")
    if not given:
        raise NotProved
    try:
        found = verified(publisher, name, given)
    except TooManyAttempts as many:
        raise NotProved(str(many), many) from None
    if found != account:
        raise NotProved(WRONG)


def verified(publisher: Publisher, name: str, password: str) -> UUID | None:
    """The account of that name, if the password is its own. Raises TooManyAttempts."""
    publisher.attempts.begin(name, _address())
    account = publisher.accounts.verify(name, password)
    if account:
        publisher.attempts.succeeded(name)
    return account


def wait(response: Response, many: TooManyAttempts) -> Response:
    """Say when it is worth trying again (RFC 6585, section 4)."""
    response.headers["Retry-After"] = str(many.seconds)
    return response


def _address() -> str:
    """Where the request comes from: what a proxy on this machine names last, or the other end itself."""
    peer = request.remote_addr or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _network(named) if named and _is_here(peer) else _network(peer)


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return str(ip_network((found, V6_NETWORK), strict=False))
    return str(found)
