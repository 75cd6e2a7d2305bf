"""A password and a code that were typed: whose they are, and how often a stranger may try."""

from collections.abc import Callable
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..state import attempts
from ..state.attempts import TooManyAttempts
from . import security_log
from .clients import address_of

FIELD = "proof"
"""The field of a form that brings the password of whoever sends it."""
CODE = "proof_code"
"""The field that brings a code of their second factor, where they have one."""
CURRENT = "Type the password that you have now."
WRONG = "That is not your password."
NO_CODE = "Type the code that your authenticator shows."
WRONG_CODE = "That code is not right, or was used already: wait for the next one."


class NotProved(Exception):
    """An act that asks for the password came without it, or with a wrong one; its page keeps the form."""

    def __init__(
        self, problem: str | None = None, many: TooManyAttempts | None = None, field: str = FIELD
    ) -> None:
        super().__init__(problem or "The password is needed.")
        self.problem, self.many, self.field = problem, many, field


def check(publisher: Publisher, account: UUID, name: str) -> None:
    """Whether the form brings the account's own password, and its code where it has a second factor.

    Raises NotProved.
    """
    given = request.form.get(FIELD, "")
    if not given:
        raise NotProved
    try:
        found = verified(publisher, name, given)
    except TooManyAttempts as many:
        raise NotProved(str(many), many) from None
    if found != account:
        raise NotProved(WRONG)
    if publisher.factors.of(account):
        _check_code(publisher, account, request.form.get(CODE, ""))


def told(error: NotProved, show: Callable[..., Response]) -> Response:
    """The page of a form that asks for the password itself, again with what was wrong."""
    problems = {error.field: error.problem or CURRENT}
    answer = show(429 if error.many else 401, problems=problems)
    return wait(answer, error.many) if error.many else answer


def verified(publisher: Publisher, name: str, password: str) -> UUID | None:
    """The account of that name, if the password is its own. Raises TooManyAttempts."""
    _begin(publisher, name, publisher.accounts.id_of(name))
    account = publisher.accounts.verify(name, password)
    if account is None:
        security_log.note("password refused", publisher.accounts.id_of(name))
    else:
        publisher.attempts.succeeded(name)
    return account


def code_holds(publisher: Publisher, account: UUID, code: str) -> bool:
    """Whether it is a code of the account's second factor, used by this. Raises TooManyAttempts.

    Counted apart from passwords: whoever knows one may not try codes in between for ever.
    """
    _begin(publisher, str(account), account, attempts.CODE)
    if not publisher.factors.verify(account, code):
        security_log.note("code refused", account)
        return False
    publisher.attempts.succeeded(str(account), attempts.CODE)
    return True


def wait(response: Response, many: TooManyAttempts) -> Response:
    """Say when it is worth trying again (RFC 6585, section 4)."""
    response.headers["Retry-After"] = str(many.seconds)
    return response


def _begin(publisher: Publisher, name: str, account: UUID | None, secret: str = attempts.PASSWORD) -> None:
    """Raises TooManyAttempts."""
    try:
        publisher.attempts.begin(name, address_of(request.environ), secret)
    except TooManyAttempts:
        security_log.note("attempt not heard", account)
        raise


def _check_code(publisher: Publisher, account: UUID, code: str) -> None:
    """Raises NotProved."""
    if not code.strip():
        raise NotProved(NO_CODE, field=CODE)
    try:
        holds = code_holds(publisher, account, code)
    except TooManyAttempts as many:
        raise NotProved(str(many), many, CODE) from None
    if not holds:
        raise NotProved(WRONG_CODE, field=CODE)
