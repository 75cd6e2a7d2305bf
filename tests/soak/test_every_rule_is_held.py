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
    "tests/application",
    "tests/test_redaction.py",
    "tests/interchange/test_importing.py",
    "tests/readmodel",
)


@dataclass(frozen=True)
class Omission:
    """A rule's line in the source, and the line without the rule."""

    rule: str
    file: str
    line: str
    without: str
    tests: tuple[str, ...] = TESTS


VIEWS = ("tests/readmodel",)
PUBLICATION = "domain/publication.py"
STANDING = "domain/standing.py"
MASTHEAD = "domain/masthead.py"
FOLD = "readmodel/fold_publications.py"
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
        "bool(self.publication or (self.released_at and instant < self.released_at))",
        "bool(self.released_at and instant < self.released_at)",
    ),
    Omission(
        "a path can't be claimed for a time when it was taken",
        "domain/address.py",
        "bool(self.publication or (self.released_at and instant < self.released_at))",
        "bool(self.publication)",
    ),
    Omission(
        "a counter does not come from the future",
        "domain/masthead_text.py",
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
    Omission(
        "what was scheduled and cancelled stands no more",
        "domain/publication_events.py",
        "        publication.stack.pop()\n",
        "",
    ),
    Omission(
        "a schedule pins its revision",
        PUBLICATION,
        "sha256 = self.content_of(revision)\n        if sha256 == top.content_sha256:",
        "sha256 = self.revisions[-1]\n        if sha256 == top.content_sha256:",
    ),
    Omission(
        "nothing goes public that nobody else approved",
        PUBLICATION,
        "if expedite is None and self.review.needed(sha256, act):",
        "if False:",
    ),
    Omission(
        "what goes past review is recorded",
        PUBLICATION,
        "if expedite is not None and self.review.needed(sha256, act):",
        "if False:",
    ),
    Omission(
        "nobody approves their own text",
        "domain/review.py",
        "if actor in self.savers[sha256] or ",
        "if ",
    ),
    Omission(
        "who lets a text past review does not approve it",
        "domain/review.py",
        " or actor == self.expedited.get(sha256)",
        "",
    ),
    Omission(
        "what was not submitted is not approved",
        "domain/review.py",
        "if revision != self.submitted and not self.waits(sha256):",
        "if False:",
    ),
    Omission(
        "only what is withdrawn is reinstated",
        PUBLICATION,
        "            raise errors.NotWithdrawn\n",
        "            pass\n",
    ),
    Omission(
        "what is withdrawn is not amended",
        PUBLICATION,
        'raise errors.NotLive(top.status, "amended")',
        "pass",
    ),
    Omission(
        "a path once public is never released",
        PUBLICATION,
        "return top.path if edition == 1 else None",
        "return top.path",
    ),
    Omission(
        "a path's month is that of the newsroom's zone",
        "turn.py",
        "_month(instant, self.masthead(act).zone_at(instant, self._default_zone))",
        '_month(instant, "UTC")',
    ),
    Omission(
        "instants of the masthead increase by key",
        MASTHEAD,
        "instants = [imported_at or act.after(self.last.get(key)) for _, key, _ in changes]",
        "instants = [imported_at or act.at for _, key, _ in changes]",
    ),
    Omission(
        "an imported masthead is later than what stands",
        MASTHEAD,
        "if newest is not None and at <= newest:",
        "if False:",
    ),
    Omission(
        "a masthead is not scheduled", "interchange/importing.py", "if line.at > act.horizon:", "if False:"
    ),
    Omission(
        "one instant of an imported publication may be to come",
        "interchange/importing.py",
        "if len(later) > 1:",
        "if False:",
    ),
    Omission(
        "a redaction deletes the text",
        "contents.py",
        '        cursor.execute("DELETE FROM contents WHERE sha256 = ?", (sha256,))\n',
        "",
    ),
    Omission(
        "a text that was forgotten is never stored again",
        "contents.py",
        "            raise ContentRedacted(sha256)\n",
        "            pass\n",
    ),
    Omission(
        "an interval ends before its end",
        "readmodel/asking.py",
        "source.c.valid_to > AT",
        "source.c.valid_to >= AT",
        VIEWS,
    ),
    Omission("an act closes the top", FOLD, '        top["valid_to"] = told.effect\n', "", VIEWS),
    Omission(
        "a minor amendment leaves the feeds' order",
        FOLD,
        '{} if event.significance == "minor" else {"bumped": told.effect}',
        '{"bumped": told.effect}',
        VIEWS,
    ),
    Omission(
        "any other amendment moves the feeds' order",
        FOLD,
        '{} if event.significance == "minor" else {"bumped": told.effect}',
        "{}",
        VIEWS,
    ),
    *(
        Omission(
            f"{status.lower()} moves the feeds' order",
            FOLD,
            f"status=str(Status.{status}), bumped=told.effect",
            f"status=str(Status.{status})",
            VIEWS,
        )
        for status in ("WITHDRAWN", "REMOVED")
    ),
    Omission(
        "a reinstatement moves the feeds' order",
        FOLD,
        "self._lay(told, status=str(Status.LIVE), bumped=told.effect)",
        "self._lay(told, status=str(Status.LIVE))",
        VIEWS,
    ),
    Omission(
        "a move leaves the feeds' order",
        FOLD,
        "self._lay(told, path=told.event.new)",
        "self._lay(told, path=told.event.new, bumped=told.effect)",
        VIEWS,
    ),
    Omission(
        "a move opens the new path", FOLD, "        self._open_path(told, told.event.new)\n", "", VIEWS
    ),
    Omission(
        "what stood below a cancelled edition is open again",
        FOLD,
        'held.segments[-1]["valid_to"] = FOREVER',
        "pass",
        VIEWS,
    ),
    Omission("a cancelled edition leaves no segment", FOLD, "self._segment.drop(pending)", "pass", VIEWS),
    Omission("a cancelled edition leaves no edition", FOLD, "self._edition.drop(row)", "pass", VIEWS),
    Omission("a cancelled edition leaves no note", FOLD, "            self._note.drop(note)\n", "", VIEWS),
    Omission("a cancelled first edition leaves no path", FOLD, "self._path.drop(path)", "pass", VIEWS),
    Omission(
        "a cancelled schedule is of no public effect",
        FOLD,
        'self._steps.never(pending["valid_from"], pending["id"])',
        "pass",
        VIEWS,
    ),
    Omission(
        "a note holds from its edition's instant at the earliest",
        FOLD,
        'e = max(told.effect, held.editions[event.edition]["valid_from"])',
        "e = told.effect",
        VIEWS,
    ),
    Omission("an amended note closes the old one", FOLD, 'note["valid_to"] = e', "pass", VIEWS),
    *(
        Omission(
            f"what was {what.lower()} is suppressed at every instant",
            FOLD,
            f'segment["suppressed"] = tables.{what}',
            "pass",
            VIEWS,
        )
        for what in ("REMOVED", "REDACTED")
    ),
    Omission(
        "a removal says why at every instant",
        "readmodel/pages.py",
        'kind="removed", at=FOREVER',
        'kind="removed", at=0',
        VIEWS,
    ),
    Omission(
        "a setting closes the one before it",
        "readmodel/fold_settings.py",
        '            last["valid_to"] = told.effect\n',
        "            pass\n",
        VIEWS,
    ),
    Omission(
        "what is taken down opens nothing",
        "readmodel/fold_settings.py",
        "        if value is None:\n            return\n",
        "        value = value or {}\n",
        VIEWS,
    ),
]


@pytest.mark.parametrize("omission", OMISSIONS, ids=lambda omission: omission.rule)
def test_the_rule_is_where_it_was(omission):
    """Who moves a rule's line is told at once, and not by the long proof."""
    assert (ROOT / "src" / "publisher" / omission.file).read_text().count(omission.line) == 1


@pytest.mark.soak
@pytest.mark.parametrize("tests", [TESTS, VIEWS], ids=["all", "views"])
def test_with_every_rule_the_tests_pass(tests, tmp_path):
    """The control: it is the missing rule that the tests below are red for, and the copy that they test."""
    shutil.copytree(ROOT / "src", tmp_path / "src")
    where = "import publisher; print(publisher.__file__)"
    found = _python(tmp_path, "-c", where).stdout.strip()
    assert found == str(tmp_path / "src" / "publisher" / "__init__.py")
    ran = _tested(tmp_path, tests)
    assert ran.returncode == 0, ran.stdout[-2000:]


@pytest.mark.soak
@pytest.mark.parametrize("omission", OMISSIONS, ids=lambda omission: omission.rule)
def test_without_the_rule_a_test_fails(omission, tmp_path):
    """The suite, run against a copy of the source that lacks one rule, is red."""
    shutil.copytree(ROOT / "src", tmp_path / "src")
    file = tmp_path / "src" / "publisher" / omission.file
    file.write_text(file.read_text().replace(omission.line, omission.without))
    ran = _tested(tmp_path, omission.tests)
    assert ran.returncode == 1, ran.stdout[-2000:]


def _tested(folder, tests):
    """Run tests on the copy; that something fails is enough, so no failing example is made smaller."""
    options = ("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=unshrunk")
    return _python(folder, "-m", "pytest", *options, *tests)


def _python(folder, *arguments):
    """Run Python on the copy of the source in `folder`."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
