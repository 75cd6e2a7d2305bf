"""What changed between two contents, by fields, paragraphs and words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import Content
from publisher.domain.file import File
from publisher.record import paragraphs, words
from publisher.record.differences import Change, Paragraph, between

KEPT, DELETED, INSERTED = Change.KEPT, Change.DELETED, Change.INSERTED
PLAIN = Content(kind="statement", language="en", title="The lake", summary="It rises.", body="One.\n\nTwo.")
TEXTS = st.text(st.sampled_from("ab é\U0001f642.,\n"), max_size=40)
BODIES = st.lists(st.sampled_from(["One.", "Two two.", "Three and more.", "Four."]), max_size=9)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(str(piece.change), piece.text) for piece in words.compare(before, after)]


def shape(before: str, after: str) -> list[str | None]:
    found = between(replace(PLAIN, body=before), replace(PLAIN, body=after)).paragraphs
    return [None if each.change is None else str(each.change) for each in found]


def text_of(found: tuple[Paragraph, ...], without: Change) -> list[str]:
    kept = ["".join(p.text for p in each.pieces if p.change is not without) for each in found]
    return [text for each, text in zip(found, kept, strict=True) if each.change is not without]


def test_the_words_that_changed_are_told() -> None:
    """Whole words, and no more of them than did."""
    assert told("The lake rose by 3 cm.", "The lake fell by 3 cm.") == [
        ("kept", "The lake "),
        ("deleted", "rose"),
        ("inserted", "fell"),
        ("kept", " by 3 cm."),
    ]


def test_a_part_of_a_word_is_a_word() -> None:
    """A number's last digit makes another number."""
    assert told("1,203", "1,204") == [("kept", "1,"), ("deleted", "203"), ("inserted", "204")]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = words.compare(before, after)
    assert "".join(p.text for p in pieces if p.change is not INSERTED) == before
    assert "".join(p.text for p in pieces if p.change is not DELETED) == after
    assert pieces == words.compare(before, after)


def test_texts_beyond_the_limit_stand_for_each_other_as_a_whole() -> None:
    long = "a b " * words.LIMIT
    assert told(long, "short") == [("deleted", long), ("inserted", "short")]


def test_more_kinds_of_words_than_there_are_before_the_surrogates() -> None:
    """No word's sign is a lone surrogate, and none is taken for another."""
    signs = [words._sign(number) for number in range(0xD000, 0xF000)]
    assert len(set(signs)) == len(signs)
    assert "".join(signs).encode()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A b c.\n\nD e f.", "A b c.\n\nD e f.", ["kept", "kept"]),
        ("A b c.\n\nD e f.", "A b c.\n\n\n  \nD e f.\n", ["kept", "kept"]),
        ("A b c.\n\nD e f.", "A b c.\n\nX y z.\n\nD e f.", ["kept", "inserted", "kept"]),
        ("A b c.\n\nX y z.\n\nD e f.", "A b c.\n\nD e f.", ["kept", "deleted", "kept"]),
        ("A b c d.\n\nE f g h.", "A b c x.\n\nE f g h.", [None, "kept"]),
        ("A b c d.", "Quite another thing", ["deleted", "inserted"]),
        ("Same.\n\nSame.", "Same.\n\nSame.\n\nSame.", ["kept", "kept", "inserted"]),
        ("", "A.", ["inserted"]),
        ("A.", "", ["deleted"]),
        ("", "", []),
    ],
)
def test_paragraphs_find_their_counterparts(before: str, after: str, expected: list[str | None]) -> None:
    """Equal ones first, then those that are alike; blank lines are no difference."""
    assert shape(before, after) == expected


def test_a_paragraph_that_moved_is_taken_out_and_put_in() -> None:
    """The longest row that kept its order holds the rest."""
    assert shape("One a.\n\nTwo b.\n\nThree c.", "Two b.\n\nThree c.\n\nOne a.") == [
        "deleted",
        "kept",
        "kept",
        "inserted",
    ]


@given(BODIES, BODIES)
def test_every_paragraph_of_both_is_there_once_in_order(before: list[str], after: list[str]) -> None:
    old, new = "\n\n".join(before), "\n\n".join(after)
    found = between(replace(PLAIN, body=old), replace(PLAIN, body=new)).paragraphs
    assert text_of(found, INSERTED) == before
    assert text_of(found, DELETED) == after


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_matching_passes_over_nothing(before: list[int], after: list[int]) -> None:
    """Places rise on both sides."""
    pairs = list(paragraphs.match([str(n) for n in before], [str(n) for n in after]))
    assert [old for old, _ in pairs if old is not None] == list(range(len(before)))
    assert [new for _, new in pairs if new is not None] == list(range(len(after)))


def test_the_fields_that_changed_are_told_in_a_fixed_order() -> None:
    """Of titles the words, of other fields both values."""
    after = replace(PLAIN, title="The sea", kind="notice", topics=("floods", "lake"))
    fields = {f.name: [(str(p.change), p.text) for p in f.pieces] for f in between(PLAIN, after).fields}
    assert fields == {
        "title": [("kept", "The "), ("deleted", "lake"), ("inserted", "sea")],
        "kind": [("deleted", "statement"), ("inserted", "notice")],
        "topics": [("inserted", "floods, lake")],
    }
    assert list(fields) == ["title", "kind", "topics"]


def test_nothing_changed_is_no_change() -> None:
    found = between(PLAIN, PLAIN)
    assert (found.changes, found.fields, [p.change for p in found.paragraphs]) == (0, (), [KEPT, KEPT])


def test_changes_are_counted() -> None:
    """Fields and paragraphs together."""
    assert between(PLAIN, replace(PLAIN, title="T", body="One.\n\nTwo, too.\n\nThree.")).changes == 3


def file(name: str, alt: str, sha256: str = "a" * 64) -> File:
    return File(sha256=sha256, name=name, media_type="image/png", size=9, alt=alt, width=4, height=3)


def test_files_are_told_by_their_names() -> None:
    """What came, went, got other words or other bytes, in the later text's order; one change in all."""
    chart, quay, map_ = (
        file("chart.png", "Levels."),
        file("quay.png", "The quay."),
        file("map.png", "A map."),
    )
    before = replace(PLAIN, files=(chart, quay, map_))
    after = replace(
        PLAIN,
        files=(file("new.png", "New."), file("quay.png", "The north quay.", "b" * 64), chart),
    )
    found = between(before, after)
    assert [(each.file.name, each.change, each.replaced) for each in found.files] == [
        ("new.png", INSERTED, None),
        ("quay.png", None, quay),
        ("chart.png", KEPT, None),
        ("map.png", DELETED, None),
    ]
    assert [(str(p.change), p.text) for p in found.files[1].alt] == [
        ("kept", "The "),
        ("inserted", "north "),
        ("kept", "quay."),
    ]
    assert (found.changes, found.fields) == (1, ())


def test_files_in_another_order_are_a_change() -> None:
    first, second = file("a.png", "A."), file("b.png", "B.")
    found = between(replace(PLAIN, files=(first, second)), replace(PLAIN, files=(second, first)))
    assert [(each.file.name, each.change) for each in found.files] == [("b.png", KEPT), ("a.png", KEPT)]
    assert found.changes == 1
