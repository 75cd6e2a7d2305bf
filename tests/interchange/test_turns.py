"""Raw transcripts guessed apart into turns, as recorders, stenographers and subtitles write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import Content
from publisher.interchange.turns import RawTurn, Said, joined, split, written
from publisher.rendering import render

Q, A, T = Said.QUESTION, Said.ANSWER, Said.TEXT


def told(raw: str, *speakers: str) -> list[tuple[Said, str, str]]:
    return [(turn.said, turn.who, turn.text) for turn in split(raw, speakers)]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Q: When?", ""),
        ("Q. When?", ""),
        ("q: When?", ""),
        ("Q1: When?", ""),
        ("QUESTION: When?", ""),
        ("Question 3: When?", ""),
        ("QUESTION (Reuters): When?", "Reuters"),
        ("Q (Harbour Post): When?", "Harbour Post"),
        ("Question [BBC]: When?", "BBC"),
        ("QUESTION (HARBOUR POST): When?", "Harbour Post"),
        ("Question from Reuters: When?", "Reuters"),
        ("Q – Reuters: When?", "Reuters"),
        ("Reporter: When?", ""),
        ("Frage: When?", ""),
        ("FRAGE (dpa): When?", "dpa"),
        ("Вопрос: When?", ""),
        ("**Question:** When?", ""),
        ("**Q (Reuters)**: When?", "Reuters"),
        ("[00:01:02] Q: When?", ""),
        ("00:01:02 Q: When?", ""),
        ("00:01:02.500 - Q: When?", ""),
        (">> Q: When?", ""),
    ],
)
def test_a_question_is_found(line: str, who: str) -> None:
    assert told(line) == [(Q, who, "When?")]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Ada Brandt: So.", "Ada Brandt"),
        ("ADA BRANDT: So.", "Ada Brandt"),
        ("Ms Brandt: So.", "Ms Brandt"),
        ("MR. O'NEILL: So.", "Mr. O'Neill"),
        ("MINISTER BRANDT: So.", "Minister Brandt"),
        ("THE PRESIDENT: So.", "The President"),
        ("Ada Brandt (Ministry of Works): So.", "Ada Brandt"),
        ("Ada Brandt, Minister of Works: So.", "Ada Brandt"),
        ("Brandt: So.", "Brandt"),
        ("J. R. Hall: So.", "J. R. Hall"),
        ("Anne-Marie van der Berg: So.", "Anne-Marie van der Berg"),
        ("Мара Островская: So.", "Мара Островская"),
        ("[00:12] Ada Brandt: So.", "Ada Brandt"),
        ("12:03 Ada Brandt: So.", "Ada Brandt"),
        ("(1:02:03) ADA BRANDT: So.", "Ada Brandt"),
        (">> ADA BRANDT: So.", "Ada Brandt"),
        ("- Ada Brandt: So.", "Ada Brandt"),
        ("<v Ada Brandt>So.</v>", "Ada Brandt"),
        ("__Ada Brandt__: So.", "Ada Brandt"),
        ("Ada Brandt  0:03\nSo.", "Ada Brandt"),
        ("Ada Brandt (00:01:02)\nSo.", "Ada Brandt"),
        ("MS BRANDT\nSo.", "Ms Brandt"),
        ("Ada Brandt:\n\nSo.", "Ada Brandt"),
        ("A (Ada Brandt): So.", "Ada Brandt"),
        ("A: So.", ""),
        ("ANSWER: So.", ""),
        ("Antwort: So.", ""),
    ],
)
def test_a_speaker_is_found(line: str, who: str) -> None:
    assert told(line) == [(A, who, "So.")]


@pytest.mark.parametrize(
    "line",
    [
        "At 12:30 we left.",
        "12:30 was when we left.",
        "Note: not for release.",
        "See https://norland.example: there.",
        "What we said was this: no.",
        "There are three: one, two and three.",
        "Yes: we did.",
        "OPENING REMARKS",
        "It was. Then: nothing.",
        "(Laughter)",
        "A boat came.",
        "A. And then B.",
    ],
)
def test_what_only_looks_like_a_turn_is_none(line: str) -> None:
    assert told(f"Q: When?\n\n{line}") == [(Q, "", f"When?\n\n{line}")]


def test_lines_are_joined_and_paragraphs_kept() -> None:
    raw = "Good morning.\n\nQ: When\nis it open?\n\nADA BRANDT: On\nMonday.\n\nAnd on Tuesday.\r\n"
    assert told(raw) == [
        (T, "", "Good morning."),
        (Q, "", "When is it open?"),
        (A, "Ada Brandt", "On Monday.\n\nAnd on Tuesday."),
    ]


def test_subtitles_lose_their_numbers_and_instants() -> None:
    raw = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Reporter>When is it\n\n"
        "2\n00:00:04.000 --> 00:00:06.000\nopen?\n\n3\n00:00:07,000 --> 00:00:09,000\n"
        "ADA BRANDT: On Monday."
    )
    assert told(raw) == [(Q, "", "When is it\n\nopen?"), (A, "Ada Brandt", "On Monday.")]


def test_a_speaker_is_called_by_the_whole_name() -> None:
    """Of this transcript, or of the text's speakers, where only one has it."""
    raw = "ADA BRANDT: One.\n\nMS BRANDT: Two.\n\nBrandt: Three.\n\nMr Hall: Four."
    assert [who for _, who, _ in told(raw)] == ["Ada Brandt", "Ada Brandt", "Ada Brandt", "Mr Hall"]
    assert [who for _, who, _ in told(raw, "Ines Hall")][-1] == "Ines Hall"
    assert [who for _, who, _ in told("Ms Hall: So.", "Ines Hall", "Tom Hall")] == ["Ms Hall"]


def test_an_answer_without_a_name_is_the_only_speakers() -> None:
    assert told("Q: Who?\nA: I.", "Ada Brandt")[1] == (A, "Ada Brandt", "I.")
    assert told("Q: Who?\nA: I.", "Ada Brandt", "Ines Hall")[1] == (A, "", "I.")
    assert told("ADA BRANDT: Hello.\nQ: Who?\nA: I.")[2] == (A, "Ada Brandt", "I.")


def test_answers_with_a_dot_are_found_beside_such_questions() -> None:
    assert told("Q. When?\nA. On Monday.\nA. Smith: I say so.") == [
        (Q, "", "When?"),
        (A, "A. Smith", "On Monday."),
        (A, "A. Smith", "I say so."),
    ]


def test_a_name_in_capitals_that_comes_again_is_a_speaker() -> None:
    raw = "HARBOUR HOUSE\nADA BRANDT\nOne.\nINES HALL\nTwo.\nADA BRANDT\nThree.\nINES HALL\nFour."
    assert [(who, text) for _, who, text in told(raw)] == [
        ("", "HARBOUR HOUSE"),
        ("Ada Brandt", "One."),
        ("Ines Hall", "Two."),
        ("Ada Brandt", "Three."),
        ("Ines Hall", "Four."),
    ]


def test_turns_can_be_joined_to_those_before() -> None:
    turns = (RawTurn(said=A, who="Ada", text="One."), RawTurn(said=A, who="Two", text="So."))
    assert joined(turns, [True, True]) == (RawTurn(said=A, who="Ada", text="One.\n\nSo."),)
    assert joined(turns, [False, False]) == turns


def test_what_is_written_is_found_again_by_the_rendering() -> None:
    """In the language of the text, with the outlet, and the note before the first question."""
    turns = split("Good morning.\nQ (Post): When?\nADA BRANDT: On Monday.\n\nOr later.\nQ: Why?")
    body = written(turns, "de")
    content = Content(
        kind="transcript", language="de", title="x", summary="", body=body, speakers=("Ada Brandt",)
    )
    found = render(content)
    assert [(turn.asker, turn.question) for turn in found.turns] == [("Post", "When?"), (None, "Why?")]
    assert found.html.startswith("<p>Good morning.</p>")
    assert "Frage 1" in found.html
    assert '<p class="turn-who">Ada Brandt</p>' in found.html.replace("\n", "")


@given(st.text(st.sampled_from("aAQ:. \n[(0:12)*<v>_-Ö")), st.lists(st.sampled_from(["Ada B", "Q A"])))
def test_any_text_can_be_split(raw: str, speakers: list[str]) -> None:
    """Into turns that each say something, and that can be written."""
    turns = split(raw, speakers)
    assert all(turn.text or turn.who for turn in turns)
    assert bool(written(turns, "en")) == bool(turns)
