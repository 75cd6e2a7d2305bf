"""Texts made to be slow to compare: whoever opens their difference does not keep the newsroom busy."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from counted_calls import calls
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.domain.publication import Significance
from publisher.record import words
from publisher.record.differences import Change, between
from publisher.record.merging import together
from publisher.web.desk.merging import passages_of


def text(*paragraphs: str) -> Content:
    return Content(
        kind="statement", language="en", title="The lake", summary="", body="\n\n".join(paragraphs)
    )


@pytest.fixture
def amended(besieged: Publisher) -> Callable[[int], str]:
    """The path of a publication with so many paragraphs, each of which was amended."""
    room = besieged.newsroom

    def path(number: int) -> str:
        made: UUID = room.draft(text(*(f"a{n} b" for n in range(number))), By()).id
        public = room.publish(made, 1, By())
        room.revise(made, 1, text(*(f"a{n} c" for n in range(number))), By())
        room.amend(made, 2, Significance.CORRECTION, "Anew.", By())
        return str(public.path)

    return path


def test_the_page_of_a_difference_grows_with_its_paragraphs(
    amended: Callable[[int], str], stranger: FlaskClient
) -> None:
    """At each change all were counted again: 80,000 short paragraphs took more than ten minutes."""
    small, large = amended(200), amended(800)
    stranger.get(f"{small}/diff/1..2")
    few, many = (
        calls(lambda path=path: stranger.get(f"{path}/diff/1..2?again")) for path in (small, large)
    )
    assert many < 5 * few


def long_ones(word: str) -> tuple[str, ...]:
    """Paragraphs that are as long as can be compared, and have little in common with another word's."""
    return tuple(" ".join(f"{word}{at}-{n}" for n in range(400)) for at in range(60))


def test_the_words_of_a_text_are_compared_as_far_as_its_budget_goes() -> None:
    """One paragraph cost up to 4 million pairs of words, and a text had hundreds of such ones."""
    short = ("One short change here.", "One short change there.")
    found = between(text(*long_ones("a"), short[0]), text(*long_ones("b"), short[1])).paragraphs
    whole = [
        each.change is None and [p.change for p in each.pieces] == [Change.DELETED, Change.INSERTED]
        for each in found
    ]
    assert whole[-2]
    assert [piece.text for piece in found[-1].pieces if piece.change is Change.KEPT]
    assert sum(not each for each in whole) > 2


def test_merging_has_the_same_budget() -> None:
    merge = together(text(*long_ones("a")), text(*long_ones("b")), text(*long_ones("c")))
    shown = passages_of(merge)
    last = shown[-1].mine
    assert last is not None
    assert all(piece.change is not Change.KEPT for piece in last)


def test_equal_beginnings_and_ends_cost_nothing() -> None:
    """A word that is changed in a long paragraph is told, however many of them there are."""
    old = [f"{'word ' * 700}old{at}{' word' * 200}" for at in range(50)]
    new = [each.replace("old", "new") for each in old]
    found = between(text(*old), text(*new)).paragraphs
    assert all(
        [p.text for p in each.pieces if p.change is not Change.KEPT] == [f"old{at}", f"new{at}"]
        for at, each in enumerate(found)
    )


def test_an_equal_text_costs_nothing() -> None:
    comparer = words.Comparer()
    for _ in range(10):
        comparer.compare("same " * 900, "same " * 900)
    assert len(comparer.compare("a b c", "a x c")) == 4
