"""Signing in and out, and forms without a session, a token or a role for them: nothing typed is lost."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain.policy import Action
from ...state.attempts import TooManyAttempts
from .. import proving, signing
from ..pages import Page, private
from ..proving import NotProved
from ..signing import MayNotSend, SessionEnded, SignedIn
from .forms import Form, Forms, carried, typed

WRONG = "That name and password do not belong together."
ENDED = "Your session had ended. Sign in, and the form is here again with all that you typed."
RESUMED = "The form had come after your session ended. Here is all that you typed: send it once more."
CLOSED = "This account may not send that form. Sign in with one that may: what you typed is kept."
SLOW = "Signing in waited too long for its code: begin again."
OLD = "The form was open for too long, or came from another page. Nothing typed is lost: send it once more."

SCRIPTED = ("desk.keep", "desk.preview")
"""Where the script of a form sends it while it is being written."""
UNKEPT = ("csrf_token", proving.FIELD, proving.CODE)
"""What the page that asks for the password does not send on: it has a token of its own."""


def add(desk: Blueprint, publisher: Publisher, forms: Forms, page: Page) -> None:
    """`/desk/sign-in` and `/desk/sign-out`, and the answers to forms that were sent without either."""

    def ask(status: int, form: Form, kept: Form, there: str, **said: Any) -> Response:
        name = {"name": form.get("name", "")}
        return page("sign-in.html", status, form=name, kept=kept, next=there, **said)

    def ask_code(status: int, challenge: str, kept: Form, there: str, **said: Any) -> Response:
        return page("code.html", status, challenge=challenge, kept=kept, next=there, **said)

    @desk.get("/sign-in")
    def sign_in() -> Response:
        return ask(200, {}, {}, _local(request.args.get("next")))

    @desk.post("/sign-in")
    def signed_in() -> Response:
        form, there, kept = request.form, _local(request.form.get("next")), carried(request.form)
        if "challenge" in form:
            return second_step(form, there, kept)
        try:
            account = proving.verified(publisher, form.get("name", ""), form.get("password", ""))
        except TooManyAttempts as many:
            return proving.wait(ask(429, form, kept, there, refusal=str(many)), many)
        person = signing.known(publisher, account) if account else None
        if person is None:
            return ask(401, form, kept, there, problems={"password": WRONG})
        if publisher.factors.of(person.account):
            return ask_code(200, publisher.challenges.make(person.account), kept, there)
        return let_in(person, form, there, kept)

    def second_step(form: Form, there: str, kept: Form) -> Response:
        """The code, for a sign-in whose password was right a moment ago."""
        challenge = form["challenge"]
        account = publisher.challenges.find(challenge)
        person = signing.known(publisher, account) if account else None
        if person is None:
            return ask(401, form, kept, there, refusal=SLOW)
        try:
            holds = proving.code_holds(publisher, person.account, form.get("code", ""))
        except TooManyAttempts as many:
            return proving.wait(ask_code(429, challenge, kept, there, refusal=str(many)), many)
        if not holds:
            return ask_code(401, challenge, kept, there, problems={"code": proving.WRONG_CODE})
        publisher.challenges.end_all(person.account)
        return let_in(person, form, there, kept)

    def let_in(person: SignedIn, form: Form, there: str, kept: Form) -> Response:
        found = forms.at(there) if kept else None
        if found and not person.may(found[0].action):
            return ask(403, form, kept, there, refusal=CLOSED)
        signing.begin(publisher, person.account)
        if found is None:
            return signing.remember(publisher, private(redirect(there or home(person), 303)))
        return signing.remember(publisher, found[0].again(found[1], kept, 200, RESUMED))

    def home(person: SignedIn) -> str:
        """Where somebody's work lies, once they know of what others did to their account."""
        told = publisher.factors.reset_at(person.account)
        return url_for("desk.second_factor") if told else _home(person)

    @desk.post("/sign-out")
    def sign_out() -> Response:
        return signing.sign_out(publisher, private(redirect(url_for("desk.sign_in"), 303)))

    @desk.errorhandler(SessionEnded)
    def session_ended(_: SessionEnded) -> Response:
        return ask(401, {}, typed(request.form), request.path, refusal=ENDED)

    @desk.errorhandler(MayNotSend)
    def may_not_send(_: MayNotSend) -> Response:
        return ask(403, {}, typed(request.form), request.path, refusal=CLOSED)

    @desk.errorhandler(NotProved)
    def not_proved(error: NotProved) -> Response:
        typed = [(name, text) for name, text in request.form.items(multi=True) if name not in UNKEPT]
        problems = {error.field: error.problem} if error.problem else {}
        status, holder = 429 if error.many else 401, signing.who()
        coded = publisher.factors.of(holder.account) is not None
        answer = page(
            "confirm.html", status, there=request.path, typed=typed, coded=coded, problems=problems
        )
        return proving.wait(answer, error.many) if error.many else answer

    @desk.errorhandler(CSRFError)
    def token_refused(_: CSRFError) -> Response:
        found, person = forms.asked(), signing.present(publisher)
        if request.endpoint == "desk.signed_in":
            there = _local(request.form.get("next"))
            return ask(400, request.form, carried(request.form), there, refusal=OLD)
        if person is None and (found or request.endpoint in SCRIPTED):
            return session_ended(SessionEnded())
        if person is None or found is None or not person.may(found[0].action):
            return page("refused.html", 400, refusal=OLD)
        return found[0].again(found[1], request.form, 400, OLD)


def _home(person: SignedIn) -> str:
    """Where somebody's work lies."""
    managing = person.may(Action.ACCOUNTS) and not person.may(Action.READ_DESK)
    return url_for("desk.all_accounts" if managing else "desk.index")


def _local(address: str | None) -> str:
    """An address of this site's desk or record to go on to; nothing also for the desk as a whole."""
    there = address if address and address != url_for("desk.index") else ""
    safe = there.startswith(("/desk/", "/audit/")) and "\\" not in there and there.isprintable()
    return there if safe else ""
