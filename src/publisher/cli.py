"""The command `publisher`: each subcommand delegates, and words its outcome for people."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import click

from . import __version__, bootstrap, config
from .application import By, Newsroom
from .domain import errors
from .interchange.bundle import read_bundle
from .interchange.cloudevents import cloudevents
from .interchange.importing import import_bundle


class _Commands(click.Group):
    """Errors are one clear sentence on standard error, and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except errors.PublisherError as error:
            click.echo(f"publisher: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="publisher")
def main() -> None:
    """An event-sourced newsroom: log, read models, site and feeds.

    Settings come from the environment: PUBLISHER_DATA (folder of the databases, ./var),
    PUBLISHER_BASE_URL, PUBLISHER_TIMEZONE, PUBLISHER_NOW (a rehearsal's fixed instant).
    """


@main.command("import")
@click.argument("file", type=click.File("rb"))
def import_command(file: BinaryIO) -> None:
    """Store a newsroom bundle (JSON Lines) in the log, whole or not at all; - reads standard input.

    The same lines again change nothing. A bad line is named, with what is wrong in it.
    """
    with _newsroom() as newsroom:
        bundle = read_bundle(file)
        lines = len(bundle.mastheads) + len(bundle.publications)
        with click.progressbar(
            length=lines, label="Importing", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            done = import_bundle(newsroom, bundle, By(), lambda: bar.update(1))
        click.echo(
            f"{done.publications} publications, {done.amendments} amendments and {done.mastheads} "
            f"mastheads stored; {done.passed_over} acts were in the log already."
        )


@main.command()
@click.option("--after", type=click.IntRange(0), default=0, help="Only what stands after this position.")
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


@contextmanager
def _newsroom() -> Iterator[Newsroom]:
    newsroom = bootstrap.open_newsroom(config.from_environment(os.environ))
    try:
        yield newsroom
    finally:
        newsroom.close()
