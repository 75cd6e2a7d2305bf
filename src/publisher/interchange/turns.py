"""A raw transcript, as it comes from a recorder or a stenographer, guessed apart into turns.

It is for somebody to confirm: what is taken for a turn wrongly can be joined to the one before.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..rendering.transcript import QUESTION_WORDS, question_word
from . import callings
from .callings import Called


class Said(StrEnum):
    """What a turn is; TEXT is nobody's, such as a note before the first question."""

    QUESTION = "question"
    ANSWER = "answer"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class RawTurn:
    """`who` is a question's outlet or an answer's speaker, and may be empty; `text` is in paragraphs."""

    said: Said
    who: str = ""
    text: str = ""


def split(raw: str, speakers: Sequence[str] = ()) -> tuple[RawTurn, ...]:
    """The turns of a transcript in their order; `speakers` are known by their whole names."""
    lines = [_without_time(line) for line in re.split(r"\r\n|\r|\n", raw)]
    counts = Counter(line for line in lines if line)
    dotted = any(line.startswith(("Q. ", "Q1. ")) for line in counts)
    turns, texts = [RawTurn(said=Said.TEXT)], [[""]]
    fresh = True
    for line in lines:
        opened = _opening(line, again=counts[line] > 1, dotted=dotted)
        if opened:
            turns.append(opened)
            texts.append([opened.text])
            fresh = not opened.text
        elif line:
            said = texts[-1]  # put together once: adding to a long text copies it each time
            said += ["" if said == [""] else "\n\n" if fresh else " ", line]
            fresh = False
        else:
            fresh = True
    turns = [replace(turn, text="".join(said)) for turn, said in zip(turns, texts, strict=True)]
    return tuple(_named([turn for turn in turns if turn.text or turn.who], speakers))


def joined(turns: Sequence[RawTurn], joins: Sequence[bool]) -> tuple[RawTurn, ...]:
    """The turns, each that is marked put to the end of the one before it."""
    made: list[RawTurn] = []
    for turn, joins_before in zip(turns, joins, strict=True):
        if joins_before and made:
            texts = (made[-1].text, turn.text)
            made[-1] = replace(made[-1], text="\n\n".join(text for text in texts if text))
        else:
            made.append(turn)
    return tuple(made)


def written(turns: Sequence[RawTurn], language: str) -> str:
    """The turns as a body in CommonMark, whose rendering finds them again."""
    return "\n\n".join(_written(turn, question_word(language)) for turn in turns)


def _written(turn: RawTurn, word: str) -> str:
    text = turn.text.strip()
    if turn.said is Said.QUESTION:
        outlet = " ".join(re.sub(r"[()]", " ", turn.who).split())
        return f"{word} ({outlet}): {text}" if outlet else f"{word}: {text}"
    return f"{turn.who}: {text}" if turn.said is Said.ANSWER else text


# ---- lines

_STAMP = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_LEADING = re.compile(
    rf"^\s*(?:[\[(]{_STAMP}(?:\s*[-–—]+>?\s*{_STAMP})?[\])]|\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?)"
    r"\s*(?:[-–—]\s+)?"
)
_BARE = re.compile(rf"^\s*{_STAMP}\s+(?:[-–—]\s+)?(?=\S)")
_ALONE = re.compile(rf"\s*(?:WEBVTT.*|\d+|{_STAMP}|{_STAMP}\s*-->.*)\s*$")
"""A line of subtitles that nobody said."""
_VOICE = re.compile(r"<v(?:\.[\w.]{1,80})?\s{1,8}([^<>]{1,120})>")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>")


def _without_time(line: str) -> str:
    """What was said of a line: no instant, no number of a subtitle, no emphasis around a name."""
    if _ALONE.match(line):
        return ""
    line = _TAG.sub("", _VOICE.sub(r"\1: ", _LEADING.sub("", line, count=1)))
    line = re.sub(r"^\s*(?:>>+\s*|[-–—•]\s+)(?=[^\W\d_].*[:：])", "", line)
    line = re.sub(r"^\s*(\*\*|__)(.{1,80}?)(?:([:：])\1|\1\s*([:：]))", r"\2\3\4", line)
    short = _BARE.sub("", line, count=1)
    if short != line and callings.named(short):
        line = short
    return " ".join(line.split())


# ---- openings

_QUESTION_WORDS = "|".join(sorted({*map(re.escape, QUESTION_WORDS.values())}, key=len, reverse=True))
_QUESTION = re.compile(
    rf"(?:(?:q|question|reporter|journalist|press|{_QUESTION_WORDS})\s*\d*"
    r"\s*(?:\((?P<outlet>[^)]{1,120})\)|\[(?P<in>[^\]]{1,120})\]|(?:[-–—,]|from)\s*(?P<from>[^:：]{1,80}))?"
    r"\s*[:：]|q\d*\.)(?:\s+|$)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:(?:a|answer|antwort|réponse|respuesta|risposta|antwoord|svar|odpowiedź)\s*\d*"
    r"\s*(?:\((?P<who>[^)]{1,120})\))?\s*[:：])(?:\s+|$)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"A\d*\.\s+")


def _opening(line: str, *, again: bool, dotted: bool) -> RawTurn | None:
    """The turn that a line opens: one that stands there `again`, where questions are `dotted` or not."""
    if found := _QUESTION.match(line):
        outlet = found["outlet"] or found["in"] or found["from"] or ""
        return RawTurn(said=Said.QUESTION, who=callings.cased(outlet), text=line[found.end() :])
    if found := _ANSWER.match(line):
        return RawTurn(said=Said.ANSWER, who=callings.cased(found["who"] or ""), text=line[found.end() :])
    called = callings.named(line) or callings.alone(line, again=again)
    if called:
        return RawTurn(said=Said.ANSWER, who=called.name, text=called.rest)
    answer = _DOTTED.match(line) if dotted else None
    return RawTurn(said=Said.ANSWER, text=line[answer.end() :]) if answer else None


# ---- names


def _named(turns: list[RawTurn], speakers: Sequence[str]) -> Iterator[RawTurn]:
    """Each answer under its speaker's whole name; one without a name is the only speaker's."""
    found = dict.fromkeys(turn.who for turn in turns if turn.said is Said.ANSWER and turn.who)
    fuller = callings.by_last([*speakers, *found])
    whole = {name: callings.whole(name, fuller) for name in found}
    names = set(whole.values()) or set(speakers)
    only = names.pop() if len(names) == 1 else ""
    for turn in turns:
        if turn.said is not Said.ANSWER:
            yield turn
        else:
            yield replace(turn, who=whole[turn.who] if turn.who else only)


__all__ = ["Called", "RawTurn", "Said", "joined", "split", "written"]
