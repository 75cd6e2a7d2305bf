"""What a change touches that readers may have to know of."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import Content
from publisher.record.weighing import Finding, Touched, weigh

PLAIN = Content(kind="statement", language="en", title="The lake", summary="", body="")
GERMAN = replace(PLAIN, language="de-AT")
TALK = replace(PLAIN, kind="transcript", speakers=("Ada Brandt",))
ASKED = (
    "Question (Post): When is it open?\n\nAda Brandt: From Monday on.\n\n{}\n\n## Later\n\nThe hall closes."
)


def told(before: str, after: str, upon: Content = PLAIN) -> list[tuple[str, str, str]]:
    found = weigh(replace(upon, body=before), replace(upon, body=after))
    return [(str(each.touched), each.before, each.after) for each in found]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("It took 14 minutes.", "It took 40 minutes.", ("number", "14", "40")),
        ("It rose by 3 %.", "It rose by 3.5 %.", ("number", "3", "3.5")),
        ("Open at 09:30.", "Open at 09:45.", ("number", "09:30", "09:45")),
        ("On 3 or 4 days.", "On 4 or 3 days.", ("number", "3, 4", "4, 3")),
        ("Nine boats.", "Ten boats.", ("number", "nine", "ten")),
        ("There are two.", "There are.", ("number", "two", "")),
        ("It is open.", "It is not open.", ("negation", "", "not")),
        ("It doesn’t open.", "It does open.", ("negation", "doesn't", "")),
        ("With notice.", "Without notice.", ("negation", "", "without")),
        ("He met Brandt.", "He met Dravik.", ("name", "Brandt", "Dravik")),
        ("So said Ada Brandt.", "So said Brandt.", ("name", "Ada", "")),
        ("“It is open,” he said.", "“It was open,” he said.", ("quotation", "is", "was")),
        ("He said “so” then.", "He said so then.", ("quotation", "“so”", "")),
        ("> We came.", "> We went.", ("quotation", "came", "went")),
    ],
)
def test_a_change_of_weight_is_found(before: str, after: str, said: tuple[str, str, str]) -> None:
    assert told(before, after) == [said]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The pier opnes again.", "The pier opens again."),
        ("It is open, he said.", "It is open he said"),
        ("A *long* day.", "A **long** day."),
        ("See [the plan](/files/1).", "See [the plan](/files/22)."),
        ("At https://a.example/1 now.", "At https://a.example/2 now."),
        ("1. Nets\n2. Boats", "1. Ropes\n2. Nets\n3. Boats"),
        ("The boats go.", "Boats go."),
        ("What I saw.", "What we saw."),
        ("“It is open”, he said.", "“It is open,” he said."),
        ("He said so.", "He told so."),
        ("One.\n\nTwo paragraphs.", "One.\n\n\nTwo paragraphs."),
    ],
)
def test_spelling_layout_and_links_are_of_no_weight(before: str, after: str) -> None:
    assert told(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Das Boot fährt.", "Das Boot fährt nicht.", ("negation", "", "nicht")),
        ("Es fährt ein Boot.", "Es fährt kein Boot.", ("negation", "", "kein")),
        ("Mit Anmeldung.", "Ohne Anmeldung.", ("negation", "", "ohne")),
        ("Es sind zwölf.", "Es sind zwei.", ("number", "zwölf", "zwei")),
        ("Er traf Mara Ostwald.", "Er traf Mara Tellin.", ("name", "Ostwald", "Tellin")),
        ("Sie riet der EU davon ab.", "Sie riet der UN davon ab.", ("name", "EU", "UN")),
        ("Er sagte: „Das ist so.“", "Er sagte: „Das war so.“", ("quotation", "ist", "war")),
    ],
)
def test_german_is_weighed_too(before: str, after: str, said: tuple[str, str, str]) -> None:
    assert told(before, after, GERMAN) == [said]


def test_a_german_noun_is_no_name() -> None:
    assert told("Wir bauen ein Haus am See.", "Wir bauen eine Hütte am See.", GERMAN) == []


def test_a_name_is_known_at_the_beginning_of_a_sentence_too() -> None:
    """Where it stands within one elsewhere, or is a speaker's."""
    before = "Brandt left. There Brandt stayed."
    assert ("name", "Brandt", "She") not in told(before, before)
    assert told(before, before.replace("Brandt left", "She left")) == [("name", "Brandt", "")]
    assert told("Ada went.", "Eda went.", TALK) == [("name", "Ada", "")]


@pytest.mark.parametrize(
    ("before", "after", "weighs"),
    [("It stays so.", "It remains so.", True), ("It stays so.", "It stays so,", False)],
)
def test_an_answer_is_somebodys_own_words(before: str, after: str, weighs: bool) -> None:
    """From its first paragraph to the next heading."""
    found = told(ASKED.format(before), ASKED.format(after), TALK)
    assert found == ([("quotation", "stays", "remains")] if weighs else [])


@pytest.mark.parametrize(
    ("old", "new"), [("When is it open", "When does it open"), ("hall closes", "hall shuts")]
)
def test_a_question_and_what_follows_a_heading_are_no_answers(old: str, new: str) -> None:
    text = ASKED.format("So it is.")
    assert told(text, text.replace(old, new), TALK) == []


def test_title_summary_and_speakers_are_weighed() -> None:
    before = replace(TALK, title="Open on 3 May", summary="It will not rain.")
    after = replace(before, title="Open on 4 May", summary="It will rain.", speakers=("Ines Hall",))
    assert weigh(before, after) == (
        Finding(touched=Touched.NUMBER, before="3", after="4"),
        Finding(touched=Touched.NAME, before="Ada Brandt", after="Ines Hall"),
        Finding(touched=Touched.NEGATION, before="not", after=""),
    )


def test_a_paragraph_that_came_is_weighed_as_a_whole() -> None:
    assert told("One.", "One.\n\nIt costs 5 crowns.") == [("number", "", "5")]


def test_a_long_answer_is_told_by_its_beginning() -> None:
    (found,) = told("Ada Brandt: Yes.", "Ada Brandt: " + "word " * 200, TALK)
    assert found[2].endswith("word …")
    assert len(found[2]) < 200


@given(
    st.text(st.sampled_from("aA 1.“”„\"’>#-*(]n'\nB:é")),
    st.text(st.sampled_from("aA 1.“”„\"’>#-*(]n'\nB:é")),
)
def test_any_two_texts_can_be_weighed(before: str, after: str) -> None:
    """And a text that did not change has no weight."""
    for upon in (PLAIN, GERMAN, TALK):
        told(before, after, upon)
        assert told(before, before, upon) == []
