"""The names by which a raw transcript calls its speakers, at the beginning of a line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORDS = 6
"""The longest name, in words."""
TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "madam", "lady", "lord", "the"),
        *("minister", "president", "chancellor", "ambassador", "secretary", "senator", "spokesperson"),
        *("herr", "frau", "ministerin", "botschafter", "botschafterin", "sprecher", "sprecherin"),
        *("m", "mme", "mlle", "sr", "sra"),
    }
)
PARTICLES = frozenset(
    {"al", "and", "bin", "da", "de", "den", "der", "di", "du", "la", "le", "of", "the", "und", "van", "von"}
)
NO_NAMES = frozenset(
    {
        *(
            "note",
            "notes",
            "however",
            "example",
            "update",
            "correction",
            "date",
            "time",
            "place",
            "location",
        ),
        *("subject", "summary", "transcript", "warning", "editor", "source", "sources", "title", "topic"),
        *(
            "participants",
            "duration",
            "recorded",
            "important",
            "remember",
            "also",
            "but",
            "and",
            "so",
            "yes",
            "no",
        ),
        *(
            "first",
            "second",
            "third",
            "finally",
            "again",
            "answer",
            "ps",
            "address",
            "phone",
            "email",
            "hinweis",
        ),
        *("beispiel", "datum", "ort", "thema", "quelle", "wichtig", "ja", "nein", "aber", "also", "dauer"),
    }
)
"""Words that stand before a colon without anybody speaking."""

_CALLED = re.compile(
    r"(?P<name>[^\W\d_][^:：()\[\],]{0,70}?)\s*"
    r"(?:[(\[][^)\]]{1,120}[)\]]\s*|,\s*[^:：.!?]{1,80})?[:：](?:\s+|$)(?P<rest>.*)"
)
_STAMPED = re.compile(r"(?P<name>[^\W\d_][^:：()\[\],]{1,70}?)\s+[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?$")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """Who is called, and what stands on the same line after it."""

    name: str
    rest: str = ""


def named(line: str) -> Called | None:
    """Who is called with a colon, or with the instant after the name."""
    found = _CALLED.match(line)
    if found and _is_name(found["name"]):
        return Called(name=cased(found["name"]), rest=found["rest"])
    stamped = _STAMPED.match(line)
    return Called(name=cased(stamped["name"])) if stamped and _is_name(stamped["name"]) else None


def alone(line: str, *, again: bool) -> Called | None:
    """Who is called by a line of capitals of their own: one that stands there `again`, or has a title."""
    words = line.split()
    if not words or not line.isupper() or line[-1] in ".!?…," or not _is_name(line):
        return None
    return Called(name=cased(line)) if again or _bare(words[0]) in TITLES else None


def cased(name: str) -> str:
    """A name of capitals as names are written; any other as it is."""
    name = " ".join(name.split())
    if not name.isupper() or len(name) < 5:
        return name
    return _LETTERS.sub(lambda word: word[0].capitalize(), name)


def by_last(names: Sequence[str]) -> Mapping[str, set[str]]:
    """The names that have more than a last one, by that."""
    found: dict[str, set[str]] = {}
    for name in names:
        if len(_own(name)) > 1:
            found.setdefault(name.split()[-1].casefold(), set()).add(name)
    return found


def whole(name: str, fuller: Mapping[str, set[str]]) -> str:
    """The whole name of somebody who is called by the last one, where exactly one of `by_last` has it."""
    own = _own(name)
    if len(own) != 1 or len(own[0]) < 2:
        return name
    others = fuller.get(own[0].casefold(), set())
    return next(iter(others)) if len(others) == 1 else name


def _own(name: str) -> list[str]:
    return [word for word in name.split() if _bare(word) not in TITLES]


def _bare(word: str) -> str:
    return word.strip(".").casefold()


def _is_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= WORDS or (len(words) == 1 and len(text) < 2):
        return False
    if any(mark in text for mark in '!?;…“”"/=@') or _bare(words[0]) in NO_NAMES:
        return False
    if any(word.endswith(".") and len(word) > 5 for word in words):
        return False
    return words[0][0].isupper() and all(word[0].isupper() or word in PARTICLES for word in words)
