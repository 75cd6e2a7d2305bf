"""`python -m bench`: fill a newsroom, measure it, and print a table."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from publisher import bootstrap
from publisher.config import Config

from . import reading, served, visible, writing
from .measuring import Bar, Row


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="publisher-bench-") as folder:
        data = options.data or Path(folder)
        if (data / "log.db").exists():
            sys.stderr.write(f"{data} holds a log already: give an empty folder.\n")
            return 2
        rows = _measured(data, options.publications, options.editions, options.appends)
        if options.json:
            sys.stdout.write(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
            return 0
        for line in _table(rows):  # as they come: the whole takes minutes
            Bar.clear()
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--publications", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--editions", type=int, default=3, help="editions of each (3)")
    parser.add_argument("--appends", type=int, default=200, help="publications of the append round (200)")
    parser.add_argument("--data", type=Path, help="an empty folder to keep the newsroom in")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    return parser.parse_args(arguments)


def _measured(data: Path, publications: int, editions: int, appends: int) -> Iterator[Row]:
    now = datetime.now(UTC)
    config = Config(data=data)
    newsroom = bootstrap.open_newsroom(config)
    yield from writing.importing(newsroom, now, publications, editions)
    yield from writing.rebuilding(newsroom, bootstrap.views_path(config))
    newsroom.close()
    with bootstrap.opened(config) as publisher:
        publisher.projector.catch_up()
        yield from reading.questions(publisher.library, now)
    yield from visible.publishing(config)
    yield writing.appending(appends)
    reason = served.missing()
    if reason:
        sys.stderr.write(f"{reason}\n")
    else:
        yield from served.serving(data)


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield "| what | measured | beside | ratio |"
    yield "|---|---:|---:|---:|"
    for row in rows:
        beside = f"{_number(row.against)} {row.baseline}" if row.against is not None else ""
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        yield f"| {row.what} | {_number(row.value)} {row.unit} | {beside} | {ratio} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


if __name__ == "__main__":
    sys.exit(main())
