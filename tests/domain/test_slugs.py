"""Slugs: addresses from titles and names of any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import SLUG, SLUG_LIMIT, free_number, numbered, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Statement on the Visit", "statement-on-the-visit"),
        ("Größe & Maß", "grosse-mass"),
        ("Ünïcödé café", "unicode-cafe"),
        ("Привет, мир!", "privet-mir"),
        ("Ελλάδα", "ellada"),
        ("北京欢迎你", "beijinghuanyingni"),
        ("서울", "seoul"),
        ("שלום", "slvm"),
        ("مرحبا بالعالم", "mrhb-bllm"),
        ("नमस्ते", "nmste"),
        ("Əliyev İlham", "eliyev-ilham"),
        ("It’s the minister's day", "its-the-ministers-day"),
        ("10 000 €", "10-000-eur"),
        ("  -- spaced -- out --  ", "spaced-out"),
        ("A_b/c.d", "a-b-c-d"),
        ("ﬁne", "fine"),
    ],
)
def test_a_title_of_any_script_has_a_slug(title: str, slug: str) -> None:
    """Transliterated, in lower case, words joined by hyphens."""
    assert slug_of(title) == slug


def test_a_slug_does_not_depend_on_the_normal_form() -> None:
    """Composed and decomposed letters lead to the same page."""
    assert slug_of("\u00e9t\u00e9") == slug_of("e\u0301te\u0301") == "ete"


@pytest.mark.parametrize("text", ["", " ", "!!!", "—", "'"])
def test_a_text_without_letters_has_an_empty_slug(text: str) -> None:
    """Who asks must have something else at hand."""
    assert slug_of(text) == ""


def test_a_slug_of_eighty_characters_is_kept() -> None:
    """The limit itself is allowed."""
    assert slug_of("a" * 39 + " " + "b" * 40) == "a" * 39 + "-" + "b" * 40


def test_a_long_slug_is_cut_between_words() -> None:
    """After the last word that fits whole."""
    assert slug_of("a" * 39 + " " + "b" * 41) == "a" * 39
    assert slug_of("a" * 39 + " " + "b" * 40 + " c") == "a" * 39 + "-" + "b" * 40


def test_one_long_word_is_cut_at_the_limit() -> None:
    """There is no better place."""
    assert slug_of("a" * 100) == "a" * 80


@given(st.text())
def test_any_text_gives_a_slug_or_none(text: str) -> None:
    """Of the grammar, without hyphens at its ends, and its own slug."""
    slug = slug_of(text)
    assert slug == "" or SLUG.fullmatch(slug)
    assert slug.strip("-") == slug
    assert slug_of(slug) == slug


def test_the_first_number_is_not_written() -> None:
    """A slug that is free stays as it is."""
    assert numbered("visit", 1) == "visit"


@pytest.mark.parametrize(
    ("slug", "number", "expected"),
    [
        ("visit", 2, "visit-2"),
        ("visit", 10, "visit-10"),
        ("a" * 78, 2, "a" * 78 + "-2"),
        ("a" * 80, 2, "a" * 78 + "-2"),
        ("a" * 80, 100, "a" * 76 + "-100"),
        ("a" * 77 + "-bb", 2, "a" * 77 + "-2"),
    ],
)
def test_a_taken_slug_is_numbered_within_the_limit(slug: str, number: int, expected: str) -> None:
    """Cut where it must be, never with two hyphens."""
    assert numbered(slug, number) == expected


@given(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?", fullmatch=True), st.integers(1, 10**6))
def test_a_numbered_slug_is_a_slug(slug: str, number: int) -> None:
    """Whatever the number."""
    made = numbered(slug, number)
    assert SLUG.fullmatch(made)
    assert len(made) <= SLUG_LIMIT


@pytest.mark.parametrize("slugs", [*range(10), 99, 100_000])
def test_the_next_number_of_many_is_found_in_a_few_steps(slugs: int) -> None:
    """No slug of a hundred thousand equal ones is looked at in vain more than once a halving."""
    asked: list[int] = []

    def taken(number: int) -> bool:
        asked.append(number)
        return number <= slugs

    assert free_number(taken) == slugs + 1
    assert len(asked) <= 2 * slugs.bit_length() + 1


@given(st.sets(st.integers(1, 40)))
def test_the_number_that_is_found_is_free(numbers: set[int]) -> None:
    """Also where one in between was given back."""
    found = free_number(lambda number: number in numbers)
    assert found not in numbers
    assert found == 1 or found - 1 in numbers
