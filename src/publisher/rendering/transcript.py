"""Who speaks: a transcript's paragraphs become turns, its questions get anchors."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from . import text, tree

KINDS = frozenset({"transcript", "interview"})
"""The kinds of publication that have turns."""

QUESTION_WORDS = {
    "bg": "Въпрос",
    "cs": "Otázka",
    "da": "Spørgsmål",
    "de": "Frage",
    "el": "Ερώτηση",
    "en": "Question",
    "es": "Pregunta",
    "et": "Küsimus",
    "fi": "Kysymys",
    "fr": "Question",
    "hu": "Kérdés",
    "it": "Domanda",
    "lt": "Klausimas",
    "lv": "Jautājums",
    "nb": "Spørsmål",
    "nl": "Vraag",
    "no": "Spørsmål",
    "pl": "Pytanie",
    "pt": "Pergunta",
    "ro": "Întrebare",
    "ru": "Вопрос",
    "sk": "Otázka",
    "sv": "Fråga",
    "tr": "Soru",
    "uk": "Запитання",
}
"""The word before a question, by primary language subtag (BCP 47); English counts everywhere."""

LAST_ANCHOR = 9_999
EXCERPT = 200
"""The longest question in a list of contents, in characters."""

_OUTLET = r"(?:\s*\((?P<outlet>(?:[^()]|\([^()]*\)){1,200})\))?"
_SENTENCE = re.compile(r".+?[.!?…]+[”\"’»)]*(?=\s|$)")
_OPENING = 1_000
"""How far into a paragraph its prefix may reach, in characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A question: `anchor` is its id on the page, `question` plain text for a list of contents."""

    anchor: str
    number: int
    asker: str | None
    question: str


def mark_turns(root: etree._Element, language: str, speakers: Sequence[str]) -> tuple[Turn, ...]:
    """Puts the turns of `root` into sections, takes the prefixes out, and lists the questions.

    A heading or a rule at the top level ends the open turn; what stands before the first turn
    stays as it is.
    """
    word = question_word(language)
    prefix = turn_prefix(language, speakers)
    turns: list[tuple[etree._Element, int, str | None]] = []
    section: etree._Element | None = None
    asked = 0
    for block in list(root):
        opening = prefix.match(_opening(block)) if block.tag == "p" else None
        if opening:
            section = etree.Element("section")
            block.addprevious(section)
            _cut(block, opening.end())
            if opening["question"]:
                asked += 1
                turns.append((section, asked, _asker(opening["outlet"])))
                _head_question(section, word, asked, turns[-1][2])
            else:
                _head_answer(section, opening["speaker"])
        elif block.tag in (*tree.HEADINGS, "hr"):
            section = None
        if section is not None:
            _take(section, block)
    return tuple(_turn(*turn) for turn in turns if turn[1] <= LAST_ANCHOR)


def turn_prefix(language: str, speakers: Sequence[str]) -> re.Pattern[str]:
    """What a paragraph opens with that is a turn: `question`, with its `outlet`, or a `speaker`."""
    questions = _either({question_word(language), QUESTION_WORDS["en"]})
    answers = f"|(?P<speaker>{_either(speakers)})" if speakers else "|(?P<speaker>(?!))"
    return re.compile(rf"\s*(?:(?P<question>{questions}){_OUTLET}{answers})\s*[:：]\s*")


def question_word(language: str) -> str:
    """The word for a question in a BCP 47 language, English where the table has none."""
    return QUESTION_WORDS.get(language.partition("-")[0].lower(), QUESTION_WORDS["en"])


def _either(names: Sequence[str] | set[str]) -> str:
    """A pattern for any of the names, composed or decomposed, the longest first, with any white space."""
    forms = {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")} | set(names)
    ordered = sorted(forms, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)


def _opening(block: etree._Element) -> str:
    found, length = [], 0
    for piece in block.itertext():
        found.append(str(piece))
        length += len(piece)
        if length >= _OPENING:
            break
    return "".join(found)


def _asker(outlet: str | None) -> str | None:
    return " ".join((outlet or "").split()) or None


def _head_question(section: etree._Element, word: str, number: int, asker: str | None) -> None:
    section.set("class", "turn turn--question")
    who = etree.SubElement(section, "p", {"class": "turn-who"})
    if number <= LAST_ANCHOR:
        section.set("id", f"q{number}")
        etree.SubElement(who, "a", {"href": f"#q{number}"}).text = f"{word} {number}"
    else:
        who.text = f"{word} {number}"
    if asker:
        _after(who, " ")
        etree.SubElement(who, "span", {"class": "turn-asker"}).text = asker


def _after(who: etree._Element, space: str) -> None:
    if len(who):
        who[-1].tail = space
    else:
        who.text = f"{who.text}{space}"


def _head_answer(section: etree._Element, speaker: str) -> None:
    section.set("class", "turn")
    etree.SubElement(section, "p", {"class": "turn-who"}).text = " ".join(speaker.split())


def _take(section: etree._Element, block: etree._Element) -> None:
    """Moves a block into the turn; a paragraph that was nothing but its prefix goes."""
    section.append(block)
    if block.tag == "p" and tree.is_empty(block):
        section.remove(block)


def _cut(paragraph: etree._Element, count: int) -> None:
    """Takes the first `count` characters of text away, and the emphasis left empty by it."""
    passed: list[etree._Element] = []
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            kept = (element.text or "")[count:]
            count -= len(element.text or "") - len(kept)
            element.text = kept or None
        elif element is not paragraph:
            passed.append(element)
            kept = (element.tail or "")[count:]
            count -= len(element.tail or "") - len(kept)
            element.tail = kept or None
        if count <= 0 and event == "end":
            break
    for element in passed:
        if element.tag != "img" and not len(element) and not element.text:
            tree.unwrap(element)


def _turn(section: etree._Element, number: int, asker: str | None) -> Turn:
    blocks = (text.one_line(block) for block in section[1:])
    question = next((line for line in blocks if line), "")
    return Turn(anchor=f"q{number}", number=number, asker=asker, question=_excerpt(question))


def _excerpt(question: str) -> str:
    """The question whole, or as many of its first sentences as fit, or its beginning."""
    if len(question) <= EXCERPT:
        return question
    ends = (sentence.end() for sentence in _SENTENCE.finditer(question[: EXCERPT + 1]))
    end = max((end for end in ends if end <= EXCERPT), default=0)
    if end:
        return question[:end]
    return question[:EXCERPT].rpartition(" ")[0].rstrip(",;:–— ") + "…"
