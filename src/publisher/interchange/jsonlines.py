"""JSON Lines read strictly: one object a line, or the number of the bad line and the reason."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from ..domain.errors import Refused
from .fields import quoted

LINE_LIMIT = 8 * 1024 * 1024
"""The longest line, in bytes."""


class BadLine(Refused):
    """Line `number` (counted from 1) of a file can't be used, for `reason`."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"line {number}: {reason}")
        self.number = number
        self.reason = reason


def read_objects(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines' numbers and objects (RFC 8259, with no name twice in an object). Raises BadLine."""
    blank: int | None = None
    for number, line in _lines(stream):
        if not line.strip(b" \t\r\n"):
            blank = blank or number
        elif blank:
            raise BadLine(blank, "It is blank: blank lines may stand at the end only.")
        else:
            yield number, _parsed(number, line)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            raise BadLine(number, f"It is longer than {LINE_LIMIT:,} bytes: shorten it.")
        yield number, line


class BadJson(ValueError):
    """A reason of our own for refusing what json would admit."""


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(
            _decoded(number, line), object_pairs_hook=unique_object, parse_constant=no_constant
        )
    except BadJson as problem:
        raise BadLine(number, str(problem)) from None
    except json.JSONDecodeError as problem:
        raise BadLine(number, _wrong(problem)) from None
    except ValueError:
        raise BadLine(number, "It holds a number that is too long: shorten it.") from None
    except RecursionError:
        raise BadLine(number, "It is nested too deeply: write a plain object.") from None
    if not isinstance(value, dict):
        raise BadLine(number, "It is not an object: write one JSON object a line.")
    return value


def _decoded(number: int, line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BadLine(
            number, f"Its byte {problem.start + 1} is not UTF-8: save the file as UTF-8."
        ) from None
    if text.startswith("\ufeff"):
        raise BadLine(number, "It begins with a byte order mark: save the file as UTF-8 without one.")
    return text


def _wrong(problem: json.JSONDecodeError) -> str:
    wants_more = problem.pos >= len(problem.doc.rstrip()) or problem.msg.startswith("Unterminated")
    if wants_more and not problem.doc.endswith("\n"):
        return "It is not JSON and has no end of line, so the file seems cut off: get the whole file."
    return f"It is not JSON at character {problem.pos + 1}: write one JSON object a line."


def unique_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson(f"It names {quoted(_repeated(pairs))} twice in one object: keep one of them.")
    return found


def _repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    return next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]


def no_constant(word: str) -> NoReturn:
    raise BadJson(f"It holds {word}, which is not JSON: take it out.")
