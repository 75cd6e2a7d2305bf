"""docs/asvs.md goes through every item of two levels once, with a verdict and what holds it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
PAGE = (HERE / "docs" / "asvs.md").read_text("utf-8")
VERDICTS = ("met", "partly", "not met", "does not apply")
SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
"""How many items of levels 1 and 2 each section of version 5.0.0 begins with; those of level 3 follow."""
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| v5.0.0-")
]

NAMED = sorted({name for row in ROWS for name in re.findall("`([^`]+)`", row[3])})


def items(number: str) -> Iterator[str]:
    """The items that a row is about: one, or from one to another of a section."""
    first, _, last = number.removeprefix("v5.0.0-").partition(" to ")
    section, _, start = first.rpartition(".")
    end = last.rpartition(".")[2] or start
    yield from (f"{section}.{n}" for n in range(int(start), int(end) + 1))


def test_every_item_of_both_levels_has_one_row() -> None:
    """None is left out, none stands twice, and none is made up."""
    told = Counter(item for row in ROWS for item in items(row[0]))
    wanted = {f"{section}.{n}" for section, count in SECTIONS.items() for n in range(1, count + 1)}
    assert set(told) == wanted
    assert set(told.values()) == {1}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_row_has_a_verdict_and_what_holds_it(row: list[str]) -> None:
    """What is met names a test or a page; what does not apply says why; the rest is explained below."""
    number, short, verdict, held = row
    assert verdict in VERDICTS
    assert short
    assert bool(held) == (verdict in ("met", "partly"))
    if verdict in ("partly", "not met"):
        below = PAGE.partition("## What is partly met")[2]
        assert all(re.search(rf"\b{re.escape(item)}\b", below) for item in items(number))


@pytest.mark.parametrize("named", NAMED)
def test_what_is_named_is_there(named: str) -> None:
    """The file, and in it the test."""
    path, _, test = named.partition("::")
    assert (HERE / path).is_file()
    if test:
        tree = ast.parse((HERE / path).read_text("utf-8"))
        assert test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
