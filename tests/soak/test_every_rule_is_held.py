"""Leaving out any one rule that keeps the past equal to what was served makes a test fail."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = (
    "tests/domain",
    "tests/test_application.py",
    "tests/test_redaction.py",
    "tests/interchange/test_importing.py",
    "tests/readmodel",
)

pytestmark = pytest.mark.soak


@dataclass(frozen=True)
class Omission:
    """A rule's line in the source, and the line without the rule."""

    rule: str
    file: str
    line: str
    without: str
    tests: tuple[str, ...] = TESTS


PUBLICATION = "domain/publication.py"
STANDING = "domain/standing.py"
OMISSIONS = [
    Omission(
        "a pending edition is cancelled before another public act",
        PUBLICATION,
        "        if pending is not None:\n            self.cancel_schedule",
        "        if False:\n            self.cancel_schedule",
    ),
    Omission(
        "an act asks before it cancels a schedule",
        STANDING,
        "        if not cancel:\n",
        "        if False:\n",
    ),
    Omission(
        "instants strictly increase", "domain/recorded.py", "return last + MICROSECOND", "return last"
    ),
    Omission(
        "a schedule this near can't be cancelled",
        STANDING,
        "CANCEL_MARGIN = timedelta(seconds=30)",
        "CANCEL_MARGIN = timedelta(0)",
    ),
    Omission(
        "an import only adds later instants",
        STANDING,
        "if imported and last is not None and due <= last:",
        "if False:",
    ),
    Omission(
        "a schedule lies in the future", STANDING, "if not imported and due <= act.horizon:", "if False:"
    ),
    Omission(
        "a removal is final",
        PUBLICATION,
        "if self.top and self.top.status is Status.REMOVED:",
        "if False:",
    ),
    Omission("a stale revision is refused", PUBLICATION, "if base != self.revision:", "if False:"),
    Omission(
        "one path has one owner",
        "domain/address.py",
        "if self.publication or (",
        "if (",
    ),
    Omission(
        "a path can't be claimed for a time when it was taken",
        "domain/address.py",
        " or (self.released_at and effective_at < self.released_at)",
        "",
    ),
    Omission(
        "a counter does not come from the future",
        "domain/masthead.py",
        "if counter.since > zones.local_date(at, counter.zone):",
        "if False:",
    ),
    Omission(
        "a command is carried out once",
        "writing.py",
        "receipt = self._remembered(turn, known, command) if known else None",
        "receipt = None",
    ),
    Omission(
        "a command's id is not used for another payload",
        "writing.py",
        "if remembered.sha256 != command.sha256:",
        "if False:",
    ),
    Omission(
        "a path that was never public is free again",
        "application.py",
        "if freed is not None:",
        "if False:",
    ),
    Omission("a text that stands elsewhere is not forgotten", "turn.py", "if sharing:", "if False:"),
    Omission(
        "no edition names a text that was forgotten",
        "application.py",
        "            turn.content(found.content_of(revision))\n",
        "",
    ),
    Omission(
        "the recorded instant goes forward whatever the clock does",
        "writing.py",
        "max(now, last + MICROSECOND) if last else now",
        "now",
    ),
    Omission(
        "a rehearsal writes nothing in the future",
        "writing.py",
        "if self.rehearsal is not None and self.rehearsal > now:",
        "if False:",
    ),
    Omission(
        "a changed line of a bundle is refused",
        "interchange/importing.py",
        "if remembered and remembered.sha256 != act.command_sha256:",
        "if False:",
    ),
]


@pytest.mark.parametrize("omission", OMISSIONS, ids=lambda omission: omission.rule)
def test_without_the_rule_a_test_fails(omission, tmp_path):
    """The suite, run against a copy of the source that lacks one rule, is red."""
    shutil.copytree(ROOT / "src", tmp_path / "src")
    file = tmp_path / "src" / "publisher" / omission.file
    source = file.read_text()
    assert source.count(omission.line) == 1, "the rule's line has moved"
    file.write_text(source.replace(omission.line, omission.without))
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *omission.tests],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1, ran.stdout[-2000:]
