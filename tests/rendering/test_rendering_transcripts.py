"""Questions and answers of transcripts and interviews, in both markups."""

import unicodedata

import pytest

from publisher.domain.content import Content
from publisher.rendering import Turn, render
from publisher.rendering.transcript import QUESTION_WORDS

NEWS_CONFERENCE = """The harbour conference ended tonight. A few remarks.

**Question (Port Maren Courier):** When does the ferry sail again?

Ilse Dravik: On Monday, weather permitting.

We will say more then.

Question: And the *night* boat?

Ilse Dravik: Not before spring.
"""


def content(
    body: str,
    *,
    kind: str = "transcript",
    language: str = "en-GB",
    markup: str = "commonmark",
    speakers: tuple[str, ...] = ("Ilse Dravik",),
) -> Content:
    return Content(
        kind=kind,
        language=language,
        title="A title",
        summary="",
        body=body,
        markup=markup,
        speakers=speakers,
    )


def test_a_transcript_becomes_turns() -> None:
    """The whole shape of a news conference, as the stylesheet expects it."""
    rendered = render(content(NEWS_CONFERENCE))
    assert rendered.html == (
        "<p>The harbour conference ended tonight. A few remarks.</p>\n"
        '<section class="turn turn--question" id="q1"><p class="turn-who"><a href="#q1">Question 1</a> '
        '<span class="turn-asker">Port Maren Courier</span></p>'
        "<p>When does the ferry sail again?</p></section>\n"
        '<section class="turn"><p class="turn-who">Ilse Dravik</p><p>On Monday, weather permitting.</p>'
        "<p>We will say more then.</p></section>\n"
        '<section class="turn turn--question" id="q2"><p class="turn-who"><a href="#q2">Question 2</a></p>'
        "<p>And the <em>night</em> boat?</p></section>\n"
        '<section class="turn"><p class="turn-who">Ilse Dravik</p><p>Not before spring.</p></section>'
    )
    assert rendered.turns == (
        Turn(anchor="q1", number=1, asker="Port Maren Courier", question="When does the ferry sail again?"),
        Turn(anchor="q2", number=2, asker=None, question="And the night boat?"),
    )


def test_html_makes_the_same_turns() -> None:
    """An imported transcript looks like a written one."""
    body = (
        "<div><p>The harbour conference ended tonight. A few remarks.</p>"
        "<p><strong>Question (Port Maren Courier):</strong> When does the ferry sail again?"
        "<p>Ilse&nbsp;Dravik: On Monday, weather permitting.<p>We will say more then."
        "<p>Question: And the <em>night</em> boat?<p>Ilse Dravik: Not before spring.</div>"
    )
    assert render(content(body, markup="html")) == render(content(NEWS_CONFERENCE))


@pytest.mark.parametrize(
    "opening",
    [
        "Question:",
        "**Question:**",
        "**Question**:",
        "*Question:*",
        "***Question:***",
        "**Question :**",
        "**Question**\u00a0:",
    ],
)
def test_emphasis_and_spaces_around_the_prefix_do_not_matter(opening: str) -> None:
    """The prefix is taken out together with the emphasis that held it."""
    rendered = render(content(f"{opening} why?"))
    assert rendered.html.endswith("</p><p>why?</p></section>")
    assert [turn.question for turn in rendered.turns] == ["why?"]


def test_a_question_in_the_paragraph_after_its_prefix() -> None:
    """A prefix alone leaves no empty paragraph behind."""
    rendered = render(content("**Question:**\n\nWhy now?\n\nAnd why here?"))
    assert rendered.html.endswith("</a></p><p>Why now?</p><p>And why here?</p></section>")
    assert rendered.turns[0].question == "Why now?"


def test_a_question_without_words() -> None:
    """A question that nobody wrote down is a turn all the same."""
    assert render(content("Question:")).turns == (Turn(anchor="q1", number=1, asker=None, question=""),)


@pytest.mark.parametrize("language", sorted(QUESTION_WORDS))
def test_each_language_has_its_word_and_english_counts_everywhere(language: str) -> None:
    """The page says the word of its own language, whichever was typed."""
    word = QUESTION_WORDS[language]
    rendered = render(content(f"{word} (Radio Vell): a?\n\nQuestion: b?", language=f"{language}-XX"))
    assert [(turn.asker, turn.question) for turn in rendered.turns] == [("Radio Vell", "a?"), (None, "b?")]
    assert f'<a href="#q2">{word} 2</a>' in rendered.html


def test_another_languages_word_is_text() -> None:
    """Only the body's own language and English have a word."""
    assert render(content("Frage: warum?", language="fr")).turns == ()


def test_an_unknown_language_uses_english() -> None:
    """The table need not be complete."""
    assert '<a href="#q1">Question 1</a>' in render(content("Question: a?", language="xx")).html


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_and_names_are_found_in_any_unicode_form(form: str) -> None:
    """Contents are stored as typed, so both forms arrive."""
    body = unicodedata.normalize(form, "Fråga: varför?\n\nÅsa Ek: därför.")  # type: ignore[arg-type]
    rendered = render(content(body, language="sv", speakers=(unicodedata.normalize("NFC", "Åsa Ek"),)))
    assert len(rendered.turns) == 1
    assert rendered.html.count("<section") == 2


@pytest.mark.parametrize(
    "body",
    [
        "> Question: quoted?",
        "- Question: listed?",
        "The Question: inner?",
        "Questions: many?",
        "question: small?",
        "Question 1: numbered?",
        "## Question: a heading?",
        "Dravik: a surname alone.",
        "Ilse Dravik, who came late: nothing.",
        "Question (unclosed: why?",
    ],
)
def test_what_is_no_turn(body: str) -> None:
    """Only a paragraph at the top that opens with the exact prefix counts."""
    rendered = render(content(body))
    assert rendered.turns == ()
    assert "<section" not in rendered.html


def test_the_longest_speakers_name_wins() -> None:
    """One name may be the beginning of another."""
    rendered = render(content("Ana: a\n\nAna Ruiz: b", speakers=("Ana", "Ana Ruiz")))
    assert rendered.html.count("<section") == 2
    assert '<p class="turn-who">Ana Ruiz</p><p>b</p>' in rendered.html


def test_names_are_not_patterns() -> None:
    """A full stop in a name is a full stop."""
    rendered = render(content("J. (Jo) Ek: a\n\nJx (Jo) Ek: b", speakers=("J. (Jo) Ek",)))
    assert rendered.html.count("<section") == 1


def test_an_outlet_may_hold_brackets_and_hostile_text() -> None:
    """The outlet is plain text on the page."""
    rendered = render(content("Question (Radio <b>Ost</b> (Vell) & Co): why?"))
    assert rendered.turns[0].asker == "Radio <b>Ost</b> (Vell) & Co"
    assert '<span class="turn-asker">Radio &lt;b&gt;Ost&lt;/b&gt; (Vell) &amp; Co</span>' in rendered.html


def test_an_empty_outlet_is_none() -> None:
    """Blanks between brackets name nobody."""
    assert render(content("Question ( ): why?")).turns[0].asker is None


def test_lists_and_quotations_belong_to_the_open_turn() -> None:
    """A turn goes on until the next one opens."""
    rendered = render(content("Ilse Dravik: two things:\n\n- one\n- two\n\n> three"))
    assert rendered.html.count("<section") == 1
    assert rendered.html.endswith("</blockquote></section>")


@pytest.mark.parametrize("border", ["## Afterwards", "***"])
def test_a_heading_or_rule_ends_the_turn(border: str) -> None:
    """What stands under another heading is nobody's answer."""
    rendered = render(content(f"Ilse Dravik: yes.\n\n{border}\n\nThe minister left."))
    assert rendered.html.endswith("<p>The minister left.</p>")


def test_an_image_before_the_prefix_stays() -> None:
    """Only text is cut."""
    rendered = render(content("![Quay](q.png) Question: why?"))
    assert '<p><img src="q.png" alt="Quay">why?</p>' in rendered.html


def test_long_questions_are_listed_by_their_first_sentences() -> None:
    """A list of contents has no room for a speech."""
    first = "Does the ministry still hold that the ferry will sail before the spring fair opens?"
    turn = render(content(f"Question: {first} {'And then some more words follow. ' * 9}")).turns[0]
    assert turn.question.startswith(first)
    assert len(turn.question) <= 200
    assert turn.question.endswith("follow.")


def test_a_long_sentence_is_cut_between_words() -> None:
    """An ellipsis tells that more follows."""
    turn = render(content(f"Question: {'word ' * 90}")).turns[0]
    assert turn.question.endswith("word…")
    assert len(turn.question) <= 201


def test_anchors_are_absolute_in_feeds() -> None:
    """A feed reader finds the question on the page."""
    rendered = render(content("Question: why?"), "https://press.example/2020/05/n")
    assert '<a href="https://press.example/2020/05/n#q1">' in rendered.html


def test_imported_ids_and_classes_never_pose_as_turns() -> None:
    """Only the transcript's own markup carries them, so no anchor is there twice."""
    body = '<section class="turn" id="q1"><p id="q1" class="turn-who">x</p></section><p>Question: why?</p>'
    rendered = render(content(body, markup="html"))
    assert rendered.html.count('id="q1"') == 1
    assert rendered.html.startswith("<p>x</p>\n")


def test_questions_beyond_the_last_anchor_have_none() -> None:
    """Ids have at most four digits; the question is on the page all the same."""
    rendered = render(content("Question (A): b\n\n" * 10_001))
    assert len(rendered.turns) == 9_999
    assert "Question 10001 <span" in rendered.html
    assert "q10000" not in rendered.html
