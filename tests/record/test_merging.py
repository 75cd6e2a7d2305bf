"""Two people's changes of one text, put together."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.record.merging import merge, merged

BASE = "The lake rose.\n\nThe ferry waits for calm.\n\nNobody was hurt."
TEXTS = st.lists(st.sampled_from(["One a b.", "Two c d.", "Three e f.", "Four g h."]), max_size=6).map(
    "\n\n".join
)


def unsettled(base: str, theirs: str, mine: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(p.base, p.theirs, p.mine) for p in merge(base, theirs, mine) if not p.settled]


def test_changes_of_different_paragraphs_fit_together() -> None:
    """Nobody has to choose."""
    theirs = BASE.replace("rose", "rose by 3 cm")
    mine = BASE.replace("Nobody", "No one")
    assert unsettled(BASE, theirs, mine) == []
    assert merged(merge(BASE, theirs, mine)) == theirs.replace("Nobody", "No one")


def test_one_paragraph_changed_by_both_is_to_be_chosen() -> None:
    """Mine stands meanwhile."""
    theirs, mine = BASE.replace("rose", "fell"), BASE.replace("rose", "froze")
    assert unsettled(BASE, theirs, mine) == [("The lake rose.", "The lake fell.", "The lake froze.")]
    assert merged(merge(BASE, theirs, mine)) == mine


def test_what_one_took_out_and_the_other_left_is_gone() -> None:
    mine = BASE.replace("The ferry waits for calm.\n\n", "")
    assert merged(merge(BASE, BASE, mine)) == mine
    assert merged(merge(BASE, mine, BASE)) == mine


def test_what_one_took_out_and_the_other_changed_is_to_be_chosen() -> None:
    theirs = BASE.replace("The ferry waits for calm.\n\n", "")
    mine = BASE.replace("waits", "sails")
    assert unsettled(BASE, theirs, mine) == [
        ("The ferry waits for calm.", None, "The ferry sails for calm.")
    ]


def test_paragraphs_put_in_by_both_at_one_place_are_to_be_chosen() -> None:
    theirs, mine = f"{BASE}\n\nSchools are open.", f"{BASE}\n\nShops are shut today."
    assert unsettled(BASE, theirs, mine) == [(None, "Schools are open.", "Shops are shut today.")]


def test_the_same_change_of_both_is_one() -> None:
    both = f"{BASE.replace('rose', 'fell')}\n\nSchools are open."
    assert unsettled(BASE, both, both) == []
    assert merged(merge(BASE, both, both)) == both


@given(TEXTS, TEXTS)
def test_where_one_side_changed_nothing_the_other_stands(base: str, changed: str) -> None:
    """Whichever side it is."""
    assert merged(merge(base, changed, base)) == changed
    assert merged(merge(base, base, changed)) == changed
    assert unsettled(base, changed, base) == []


@given(TEXTS, TEXTS, TEXTS)
def test_choosing_mine_or_theirs_everywhere_gives_that_text(base: str, theirs: str, mine: str) -> None:
    """Nothing that either says is lost."""
    passages = merge(base, theirs, mine)
    assert "\n\n".join(p.mine for p in passages if p.mine is not None) == mine
    assert "\n\n".join(p.theirs for p in passages if p.theirs is not None) == theirs
