"""Transcripts made to be slow: what grew with the square of their length did not end within minutes."""

import string
from itertools import islice, product

import pytest

from publisher.interchange.turns import split

WORDS = ["".join(letters) for letters in islice(product(string.ascii_lowercase, repeat=4), 60_000)]


@pytest.mark.parametrize(
    ("raw", "turns"),
    [
        ("".join(f"Bert{word}: x\n" for word in WORDS), 60_000),
        ("".join(f"MR A{number}\n" for number in range(90_000)), 90_000),
        ("".join(f"A. a{number}\n" for number in range(120_000)), 1),
        ("<v a" * 250_000, 1),
        ("<a" * 500_000, 1),
    ],
    ids=["speakers", "titles", "dotted", "voices", "tags"],
)
def test_a_megabyte_is_split_in_one_pass(raw: str, turns: int) -> None:
    """Every line is looked at once, whatever the others say."""
    assert len(split(raw)) == turns
