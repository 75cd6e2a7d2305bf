"""The command `publisher`: each subcommand delegates, and words its outcome for people."""

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from uuid import UUID

import click
from eventsourcing.persistence import PersistenceError
from sqlalchemy.exc import SQLAlchemyError

from . import __version__, accounts, bootstrap, config, imports, serving, ticking
from .application import By, Newsroom
from .bootstrap import Publisher
from .domain import errors
from .domain.policy import Role
from .health import examine
from .interchange.cloudevents import cloudevents
from .interchange.foreign.items import KIND, Manner
from .sample import fill
from .state.passwords import PASSWORD_MINIMUM
from .state.tokens import DAYS_LIMIT

_DATABASES = (sqlite3.Error, SQLAlchemyError, PersistenceError)
"""What a damaged file raises: the driver, or one of the libraries on it."""


class _Commands(click.Group):
    """Errors are one clear sentence on standard error, and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends quietly where nobody reads on
        except (errors.PublisherError, OSError, *_DATABASES) as error:
            click.echo(f"publisher: {_sentence(error)}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="publisher")
def main() -> None:
    """An event-sourced newsroom: log, read models, site and feeds.

    Settings come from the environment: PUBLISHER_DATA (folder of the databases, ./var),
    PUBLISHER_BASE_URL (public address, http://127.0.0.1:8000), PUBLISHER_TIMEZONE (until the
    masthead sets one, Europe/London), PUBLISHER_LANGUAGE (of the newsroom's own pages, en-GB),
    PUBLISHER_HUB (a WebSub hub to be told of changes), PUBLISHER_SECURITY_CONTACT (for
    security.txt), PUBLISHER_NOW (a rehearsal's fixed instant, RFC 3339).
    """


@main.command("import")
@click.argument("file", type=click.Path(exists=True, allow_dash=True))
@click.option(
    "--format", "format_", type=click.Choice(imports.FORMATS), default=imports.BUNDLE, show_default=True
)
@click.option("--check", is_flag=True, help="Say what would be stored, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as one JSON object.")
@click.option("--zone", default="", help="Of times that have no offset, such as Europe/London.")
@click.option("--kind", default="", help=f"Of messages whose file names none; {KIND} without it.")
@click.option("--language", default="", help="Of the texts (BCP 47); that of the file without it.")
@click.option("--authors-as-speakers", is_flag=True, help="Give the authors pages as speakers.")
def import_command(
    file: str,
    format_: str,
    zone: str,
    kind: str,
    language: str,
    *,
    check: bool,
    as_json: bool,
    authors_as_speakers: bool,
) -> None:
    """Store what a file holds in the log; - reads standard input.

    A newsroom bundle (JSON Lines) is stored whole or not at all, and a bad line is named. Of a
    WordPress export (wxr), an RSS or Atom feed and a file or folder of Markdown with front matter,
    each item is stored whole or named with the reason; exit code 1 where one was refused. The same
    again changes nothing.
    """
    settings = config.from_environment(os.environ)
    asked = imports.Asked(
        file=file,
        format=format_,
        check=check,
        as_json=as_json,
        manner=Manner(
            kind=kind,
            language=language,
            fallback=settings.language,
            zone=zone,
            authors=authors_as_speakers,
        ),
    )
    asked.checked()
    with _newsroom() as newsroom:
        imports.carry_out(newsroom, asked)


@main.command()
@click.option(
    "--after", type=click.IntRange(0, 2**63 - 1), default=0, help="Only what stands after this position."
)
@click.option("--type", "type_", help="Only this type, such as publisher.publication.published.")
@click.option("--subject", help="Only this subject, such as publication/<uuid>.")
def events(after: int, type_: str | None, subject: str | None) -> None:
    """The log as CloudEvents 1.0, one JSON object a line."""
    with _newsroom() as newsroom:
        source = newsroom.newsroom_id()
        if source is None:
            return
        for event in cloudevents(newsroom.reader, source, after=after, type_=type_, subject=subject):
            click.echo(json.dumps(event, ensure_ascii=False, separators=(",", ":")))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """The production server. Prints its address once it answers; stops cleanly on SIGTERM."""
    serving.serve(host, port, workers, lambda url: click.echo(f"Listening on {url}"))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a sentence.")
def tick(*, as_json: bool) -> None:
    """What is due now: a hub is told of the feeds that have changed.

    `serve` does it all the time; this is for a newsroom that is served by something else.
    """
    with bootstrap.opened(config.from_environment(os.environ)) as publisher:
        done = ticking.tick(publisher)
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    click.echo(f"The hub was told of {done.told} feeds, did not take {done.failed}; {done.waiting} wait.")
    if done.error:
        click.echo(f"Last failure: {done.error}.")


@main.command()
@click.option("--check", is_flag=True, help="Compare only, never switch.")
@click.option("--repair", is_flag=True, help="Switch where the live views differ.")
def rebuild(*, check: bool, repair: bool) -> None:
    """Make the views anew from the log, and compare them with the live ones.

    Where the code changed they are switched; where it did not and they differ, that is reported,
    the exit code is 1, and they are switched only with --repair.
    """
    settings = config.from_environment(os.environ)
    outcome = bootstrap.rebuild_views(settings, check=check, repair=repair)
    for difference in outcome.differences:
        click.echo(difference)
    if outcome.stopped_at is not None:
        raise errors.PublisherError(f"position {outcome.stopped_at} can't be projected: {outcome.error}")
    what = "switched" if outcome.switched else "left as they are"
    found = "differ" if outcome.differences else "are the same"
    if not outcome.same_code:
        found = "are missing or of other code"
    click.echo(f"Rebuilt to position {outcome.position}: the views {found}, {what}.")
    if outcome.differences and not outcome.switched:
        sys.exit(1)


@main.command()
def doctor() -> None:
    """Settings, versions, durability, lag and backups: what is wrong, and what to do."""
    with bootstrap.opened(config.from_environment(os.environ)) as publisher:
        publisher.projector.catch_up()
        findings = list(examine(publisher))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.sound else 'BAD '} {finding.what}: {finding.says}")
    if not all(finding.sound for finding in findings):
        sys.exit(1)


@main.group()
def account() -> None:
    """Accounts: who may sign in, and with which roles.

    An account is called by its name or its id.
    """


_roles = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([str(r) for r in Role]),
    help="Again for more roles.",
)
_from_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)


@account.command("open")
@click.argument("name")
@_roles
@_from_stdin
def open_account(name: str, roles: tuple[str, ...], *, password_stdin: bool) -> None:
    """Open an account; the password is asked for."""
    with _publisher() as publisher:
        password = _password(from_stdin=password_stdin)
        opened = accounts.open_with_secret(publisher, name, password, [Role(r) for r in roles])
        click.echo(f"Account {opened} opened for {name}: {', '.join(roles)}.")


@account.command("list")
def list_accounts() -> None:
    """Every account on a line: id, name and roles, with a tab between them."""
    with _publisher() as publisher:
        for row in accounts.listed(publisher):
            roles = "closed" if row.closed else ", ".join(row.roles)
            click.echo(f"{row.id}\t{row.name or '(forgotten)'}\t{roles}")


@account.command()
@click.argument("who")
@_roles
def grant(who: str, roles: tuple[str, ...]) -> None:
    """Give an account a role."""
    with _publisher() as publisher:
        found = accounts.find(publisher, who)
        for role in roles:
            publisher.newsroom.grant(found, Role(role), By())
            click.echo(f"{who} has the role {role} now.")


@account.command()
@click.argument("who")
@_roles
def revoke(who: str, roles: tuple[str, ...]) -> None:
    """Take a role away; one admin has to remain."""
    with _publisher() as publisher:
        found = accounts.find(publisher, who)
        for role in roles:
            accounts.revoke(publisher, found, Role(role), By())
            click.echo(f"{who} has the role {role} no more.")


@account.command("close")
@click.argument("who")
def close_account(who: str) -> None:
    """Close an account for ever and sign it out; the last admin can't be closed."""
    with _publisher() as publisher:
        accounts.close(publisher, accounts.find(publisher, who))
        click.echo(f"The account {who} is closed.")


@account.command()
@click.argument("who")
@_from_stdin
def password(who: str, *, password_stdin: bool) -> None:
    """Set another password, and sign the account out everywhere."""
    with _publisher() as publisher:
        found = accounts.find(publisher, who)
        accounts.change_password(publisher, found, _password(from_stdin=password_stdin))
        click.echo(f"The password of {who} is changed.")


@account.command("reset-second-factor")
@click.argument("who")
def reset_second_factor(who: str) -> None:
    """Turn off the second factor of somebody who lost it, and sign the account out everywhere."""
    with _publisher() as publisher:
        accounts.reset_factor(publisher, accounts.find(publisher, who))
        click.echo(
            f"The second factor of {who} is off: the password alone is enough until it is set up anew."
        )


@account.command("token")
@click.argument("who")
@click.option("--role", required=True, type=click.Choice([str(r) for r in Role]), help="What it may do.")
@click.option("--days", required=True, type=click.IntRange(1, DAYS_LIMIT), help="How long it lasts.")
@click.option("--label", default="command line", show_default=True, help="What it is for.")
def make_token(who: str, role: str, days: int, label: str) -> None:
    """Make a bearer token for the machine interface, and print it: it is shown this once."""
    with _publisher() as publisher:
        found = accounts.find(publisher, who)
        click.echo(accounts.make_token(publisher, found, role, label, days))


@account.command("tokens")
@click.argument("who")
@click.option("--revoke", "ended", type=click.UUID, help="End the token of this id.")
def list_tokens(who: str, ended: UUID | None) -> None:
    """The tokens of an account, each on a line: id, role, end, last use and label, with tabs between."""
    with _publisher() as publisher:
        found = accounts.find(publisher, who)
        if ended is None:
            for row in publisher.tokens.of(found):
                used = f"{row.used_at:%Y-%m-%d %H:%M}" if row.used_at else "never used"
                click.echo(f"{row.id}\t{row.role}\t{row.ends_at:%Y-%m-%d %H:%M}\t{used}\t{row.label}")
        elif publisher.tokens.revoke(found, ended):
            click.echo(f"The token {ended} of {who} is revoked.")
        else:
            raise errors.PublisherError(f"{who} has no token {ended}.")


@main.command("demo")
def demo_command() -> None:
    """Fill an empty newsroom with sample content, and print how to sign in."""
    with _publisher() as publisher:
        passwords = fill(publisher)
        click.echo("The sample newsroom is ready.")
        for name, password in passwords.items():
            there = f"{publisher.config.base_url}/desk/sign-in"
            click.echo(f"Sign in at {there} as {name} with the password {password}")


def _sentence(error: Exception) -> str:
    """A refusal is worded already; what the machine can't do is a word of its own, such as `disk full`."""
    if isinstance(error, errors.PublisherError):
        return str(error)
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return f"the machine refused: {reason}."


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        try:
            return sys.stdin.readline().rstrip("\r\n")
        except UnicodeDecodeError:
            raise errors.PublisherError("The password on standard input is not text in UTF-8.") from None
    prompt = f"Password, {PASSWORD_MINIMUM} characters or more"
    typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt="The same again")
    return typed


@contextmanager
def _publisher() -> Iterator[Publisher]:
    with bootstrap.opened(config.from_environment(os.environ)) as publisher:
        publisher.projector.catch_up()
        yield publisher


@contextmanager
def _newsroom() -> Iterator[Newsroom]:
    newsroom = bootstrap.open_newsroom(config.from_environment(os.environ))
    try:
        yield newsroom
    finally:
        newsroom.close()
