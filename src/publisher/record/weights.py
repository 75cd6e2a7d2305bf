"""The words of a text that readers may have to know of: numbers, names, negations and quotations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.content import Content
from ..rendering.transcript import KINDS, turn_prefix
from . import paragraphs

NEGATION = re.compile(
    r"no|not|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|\w+n't"
    r"|nichts?|nie|niemals|niemand(?:e[mn])?|nirgends|weder|ohne|kein(?:e[mnrs]?)?"
)
"""English and German, in lower case: a text of one quotes the other."""
NUMERAL = re.compile(
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:twen|thir|for|fif)ty|half|twice"
    "|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|(?:zwan|vier|fünf)zig|dreißig|halb"
    "|hundred|thousand|(?:m|b)illions?|hundert|tausend|million(?:en)?|milliarden?"
)
"""Numbers as words, but those that are articles and pronouns too."""
NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
"""The languages (ISO 639-1) in which a capital alone makes no name."""

_NOISE = re.compile(r"<[^>]*>|\]\([^)]*\)|(?:https?://|www\.)\S+|^\s*\d+[.)]\s|[*_#>`|\[\]]", re.MULTILINE)
"""Markup, addresses and the numbers of lists: no reader reads them."""
_NUMBER = re.compile(r"\d(?:[\d.,:/]*\d)?%?")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_BEFORE_A_SENTENCE = '.!?…:;“”"„«»‹›(-–—•\n'
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|\"[^\"]*\"")
_HEADING = re.compile(r"#{1,6}\s|<h[1-6]\b|([-*_])\s*(?:\1\s*){2,}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Word:
    text: str
    opens: bool  # a sentence, where every word has a capital

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() and self.text.partition("’")[0].partition("'")[0] != "I"


def numbers(text: str) -> list[str]:
    """In figures and in words, in their order."""
    read = plain(text)
    found = [(n.start(), n[0]) for n in _NUMBER.finditer(read)]
    found += [(w.start(), w[0].lower()) for w in _WORD.finditer(read) if NUMERAL.fullmatch(w[0].lower())]
    return [number for _, number in sorted(found)]


def negations(text: str) -> list[str]:
    words = (word.lower().replace("’", "'") for word in _WORD.findall(plain(text)))
    return [word for word in words if NEGATION.fullmatch(word)]


def quotations(text: str) -> list[str]:
    """What stands in quotation marks, and a paragraph that is a quotation as a whole."""
    if text.lstrip().startswith(">"):
        return [plain(text).strip()]
    return _QUOTED.findall(plain(text))


class Names:
    """The names in some texts of one language; a word that is one once is known wherever it stands."""

    def __init__(self, language: str, speakers: Sequence[str], texts: Sequence[str]) -> None:
        self._nouns = language.partition("-")[0].lower() in NOUNS_IN_CAPITALS
        words = [list(_words(plain(text))) for text in texts]
        small = {word.text for each in words for word in each if word.text[0].islower()}
        known = {word for each in words for word in self._sure(each)}
        known |= {word for name in speakers for word in _WORD.findall(name)}
        self._known = {word for word in known if word[0].isupper() and word.lower() not in small}

    def of(self, text: str) -> list[str]:
        """In their order."""
        words = list(_words(plain(text)))
        sure = set(self._sure(words))
        return [word.text for word in words if word.text in sure or word.text in self._known]

    def _sure(self, words: Sequence[_Word]) -> Iterator[str]:
        for at, word in enumerate(words):
            if not word.is_capital or word.opens:
                continue
            around = [w for w in words[max(0, at - 1) : at + 2] if w is not word]
            beside = any(w.is_capital and not w.opens for w in around)
            if not self._nouns or beside or (len(word.text) > 1 and word.text.isupper()):
                yield word.text


def answers(content: Content) -> list[bool]:
    """Of each paragraph, whether it is somebody's answer in a transcript."""
    if content.kind not in KINDS:
        return [False for _ in paragraphs.split(content.body)]
    prefix, answering, found = turn_prefix(content.language, content.speakers), False, []
    for text in paragraphs.split(content.body):
        turn = prefix.match(_unmarked(text))
        if turn:
            answering = not turn["question"]
        elif _HEADING.match(text):
            answering = False
        found.append(answering)
    return found


def plain(text: str) -> str:
    """The text without what no reader reads."""
    return _NOISE.sub(" ", text)


def _words(text: str) -> Iterator[_Word]:
    for found in _WORD.finditer(text):
        before = text[: found.start()].rstrip(" \t")
        yield _Word(text=found[0], opens=not before or before[-1] in _BEFORE_A_SENTENCE)


def _unmarked(text: str) -> str:
    return re.sub(r"[*_]|<[^>]*>", "", text[:1_000])
