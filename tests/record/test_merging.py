"""Two people's changes of one text, put together."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.domain.content import Content
from publisher.record.merging import Passage, Pick, merge, together

BASE = "The lake rose.\n\nThe ferry waits for calm.\n\nNobody was hurt."
TEXTS = st.lists(st.sampled_from(["One a b.", "Two c d.", "Three e f.", "Four g h."]), max_size=6).map(
    "\n\n".join
)


def merged(passages: list[Passage]) -> str:
    return "\n\n".join(passage.merged for passage in passages if passage.merged is not None)


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


def content(**changes: object) -> Content:
    return Content(
        kind="notice", language="en-GB", title="The lake", summary="It rose.", body=BASE, topics=("lakes",)
    ).changed(**changes)


def test_changes_of_different_fields_fit_together() -> None:
    theirs = content(title="The great lake", body=BASE.replace("rose", "fell"))
    mine = content(summary="It rose again.", body=BASE.replace("Nobody", "No one"))
    merge = together(content(), theirs, mine)
    assert merge.open == ()
    assert merge.taken({}) == content(
        title="The great lake",
        summary="It rose again.",
        body=BASE.replace("rose", "fell").replace("Nobody", "No one"),
    )


def test_entries_of_a_list_are_put_together_one_by_one() -> None:
    """What either put in stays, what either took out is gone."""
    base = content(topics=("lakes", "ferries"))
    merge = together(base, content(topics=("ferries", "ice")), content(topics=("wind", "lakes", "ferries")))
    assert merge.open == ()
    assert merge.taken({}).topics == ("wind", "ferries", "ice")


def test_what_both_changed_is_named_and_taken_as_chosen() -> None:
    theirs = content(title="Their lake", body=BASE.replace("rose", "fell"))
    mine = content(title="My lake", body=BASE.replace("rose", "froze"))
    merge = together(content(), theirs, mine)
    assert merge.open == ("title", "body-0")
    assert merge.taken({}) == mine
    assert merge.taken({"title": Pick.THEIRS, "body-0": Pick.THEIRS}) == theirs
    both = merge.taken({"title": Pick.THEIRS, "body-0": Pick.BOTH})
    assert (both.title, both.body) == ("Their lake", f"The lake fell.\n\n{mine.body}")


def test_of_a_passage_that_one_took_out_both_is_what_is_left_of_it() -> None:
    theirs = content(body=BASE.replace("The ferry waits for calm.\n\n", ""))
    mine = content(body=BASE.replace("waits", "sails"))
    merge = together(content(), theirs, mine)
    assert merge.taken(dict.fromkeys(merge.open, Pick.BOTH)) == mine
    assert merge.taken(dict.fromkeys(merge.open, Pick.THEIRS)) == theirs


def test_without_a_base_every_difference_is_to_be_chosen() -> None:
    """Where the text that both began from was redacted."""
    merge = together(None, content(title="Their lake"), content(title="My lake"))
    assert merge.open == ("title",)
    assert merge.taken({"title": Pick.THEIRS}) == content(title="Their lake")


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_chosen_comes_from_somebody(base: str, theirs: str, mine: str) -> None:
    """No paragraph is made up, whichever way it is put together."""
    told = {*base.split("\n\n"), *theirs.split("\n\n"), *mine.split("\n\n")}
    merge = together(content(body=base), content(body=theirs), content(body=mine))
    for pick in Pick:
        body = merge.taken(dict.fromkeys(merge.open, pick)).body
        assert not body or set(body.split("\n\n")) <= told
