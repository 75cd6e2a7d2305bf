"""The README and `--help` name every command, option and setting that there is, and no other."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from publisher import config
from publisher.cli import main
from publisher.domain.policy import Role

README = Path(__file__).parents[1].joinpath("README.md").read_text("utf-8")
SETTINGS = set(re.findall(r"PUBLISHER_[A-Z_]+", Path(config.__file__).read_text("utf-8")))
REFUSED = {"PUBLISHER_DATABASE_URL"}
"""Known, so that it can be refused in one sentence."""


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for own, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {own}")
        else:
            yield f"{name} {own}", command


COMMANDS = dict(commands(main, "publisher"))


def rows(text: str) -> dict[str, str]:
    """The README's tables: what stands in the first column, and the whole line."""
    return dict(re.findall(r"^\| `([^`]+)` (\|.*)$", text, re.MULTILINE))


def test_every_command_has_a_row() -> None:
    """And no row is of a command that is not there."""
    named = {
        re.sub(r"( --.*| [A-Z]+.*)", "", cell) for cell in rows(README) if cell.startswith("publisher")
    }
    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_its_commands_row(name: str) -> None:
    """In the first column or in the words beside it; those of a later account command stand at `open`."""
    beside = " ".join(f"{cell} {line}" for cell, line in rows(README).items() if cell.startswith(name))
    beside += rows(README)["publisher account open NAME --role ROLE"] if " account " in name else ""
    options = [p.opts[0] for p in COMMANDS[name].params if isinstance(p, click.Option)]
    assert [o for o in options if o not in beside and o != "--help"] == []


def test_every_command_explains_itself() -> None:
    """A sentence each, and one for every option that is not plain."""
    for name, command in COMMANDS.items():
        result = CliRunner().invoke(main, [*name.split()[1:], "--help"])
        assert (result.exit_code, bool(command.help)) == (0, True)


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    """As the code reads it."""
    named = {cell: line for cell, line in rows(README).items() if cell.startswith("PUBLISHER_")}
    assert set(named) == SETTINGS - REFUSED
    unset = {"PUBLISHER_NOW", "PUBLISHER_HUB", "PUBLISHER_SECURITY_CONTACT"}
    for setting in unset:
        assert named[setting].endswith("| unset |")
    for setting in named.keys() - unset:
        assert f"`{getattr(config, setting.replace('PUBLISHER_', 'DEFAULT_'))}`" in named[setting]


def test_every_setting_is_in_the_help() -> None:
    """For whoever has the package without its README."""
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert {s for s in SETTINGS if s in shown} == SETTINGS - REFUSED


def test_every_role_is_explained() -> None:
    """Nobody has to guess what a chief is."""
    assert [role for role in Role if f"| {role} |" not in README] == []


def test_every_address_that_the_readme_calls_a_file_is_there() -> None:
    """Modules, pictures and records of decisions."""
    root = Path(__file__).parents[1]
    tree = README[README.index("    src/publisher/") : README.index("Imports point downward")]
    modules = re.findall(r"^      (\S+)", tree, re.MULTILINE)
    missing = [m for m in modules if not (root / "src" / "publisher" / m).exists()]
    missing += [link for link in re.findall(r"\]\(([^)]+)\)", README) if not (root / link).exists()]
    assert missing == []
