"""The stylesheet: what it promises about colour, names and the network."""

import re

import pytest
from look_application import WEB
from look_pages import PAGES, render
from lxml import html

CSS = (WEB / "static/style.css").read_text("utf-8")
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", CSS)
}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *(
            (ink, "paper", 4.5)
            for ink in ("ink", "ink-2", "accent", "visited", "mended", "sound", "warn", "danger")
        ),
        *((ink, "raised", 4.5) for ink in ("ink", "ink-2", "accent", "mended", "sound", "warn")),
        *((ink, "sunken", 4.5) for ink in ("ink", "ink-2", "accent")),
        ("accent-ink", "accent", 4.5),
        ("ink", "accent-soft", 4.5),
        ("accent", "accent-soft", 4.5),
        *((ink, "warn-soft", 4.5) for ink in ("warn", "mended", "accent", "ink-2")),
        ("sound", "sound-soft", 4.5),
        ("danger", "danger-soft", 4.5),
        ("edge", "paper", 3),
        ("edge", "raised", 3),
        ("focus", "paper", 3),
        ("focus", "sunken", 3),
    ],
)
def test_text_and_edges_stand_out_from_their_ground(
    ink: str, ground: str, least: float, theme: int
) -> None:
    """WCAG 2.2 AA, 1.4.3 and 1.4.11, in both themes."""
    assert contrast(PAIRS[ink][theme], PAIRS[ground][theme]) >= least


def test_every_property_that_is_used_is_set() -> None:
    """A misspelt token would fall back to nothing."""
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= set(re.findall(r"--([\w-]+):", CSS))


def test_every_colour_is_a_token() -> None:
    """Outside the tokens only print and the time bar, the same in both themes, name colours."""
    rules = CSS.partition("/* ---------- ground")[2].partition("@media print")[0]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {"#ffd479", "#0b3f4e"}


def test_the_stylesheet_asks_the_network_for_nothing() -> None:
    """No import, no url, no font to load."""
    assert not re.search(r"@import|url\(|@font-face", CSS)


def test_every_class_on_a_page_is_styled() -> None:
    """A class without a rule is a leftover or a slip; two are names for other people's programs."""
    styled = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    used = {
        name
        for page in PAGES
        for value in html.document_fromstring(render(page)).xpath("//@class")
        for name in value.split()
    }
    assert used - styled <= {"clocks", "contacts", "subject"}
