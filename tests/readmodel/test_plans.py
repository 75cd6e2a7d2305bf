"""Which indexes SQLite takes for the questions that every page asks."""

import re

import pytest
from helper_log import Views

from publisher.readmodel import (
    archiving,
    changes,
    counting,
    feeding,
    filing,
    heading,
    listing,
    pages,
    translating,
)
from publisher.readmodel.statements import Statement

WALKED_IN_ORDER = {
    "the newest": (listing._LATEST, "ix_front"),
    "a feed": (feeding._entries("live", by_facet=False), "ix_feed"),
    "a feed's withdrawals": (feeding._entries("withdrawn", by_facet=False), "ix_feed"),
    "a feed of a topic": (feeding._entries("live", by_facet=True), "ix_facet_feed"),
    "a page by its path": (pages._OWNER, "ix_path"),
    "where a publication stands": (pages._STANDING, "ix_pub"),
    "the editions of a publication": (pages._EDITIONS, "ix_edition"),
    "a pinned publication": (listing.LIVE_PUBLICATION, "ix_pub"),
    "a file": (filing._PUBLIC, "ix_file"),
    "the end of an archive": (archiving._LAST, "PRIMARY KEY"),
    "a page of an archive": (archiving._PAGE, "PRIMARY KEY"),
    "the entries of a page of an archive": (archiving._ROWS, "INTEGER PRIMARY KEY"),
    "the number of redactions": (archiving._REDACTIONS, "ix_event_type"),
    "the version": (changes._VERSION, "ix_event_public"),
    "the next change": (changes._NEXT, "ix_sched"),
}
FOUND_FIRST = {
    "a page of a list": (listing._page(False, ""), "ix_front"),
    "a page of a month": (listing._page(False, "month"), "ix_month"),
    "a page of a topic": (listing._page(True, ""), "ix_facet_front"),
    "the masthead": (heading._SETTINGS, "ix_masthead"),
    "translations": (translating._TRANSLATIONS, "ix_facet_front"),
    "corrections": (listing._CORRECTIONS, "ix_correction"),
    "numbers": (counting._NUMBERS, "PRIMARY KEY"),
}


def plan(views: Views, statement: Statement) -> list[str]:
    """What SQLite would do, step by step."""
    with views.library._reading() as connection:
        marks = [None] * statement.sql.count("?")
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", marks)]


@pytest.mark.parametrize(("statement", "index"), WALKED_IN_ORDER.values(), ids=WALKED_IN_ORDER)
def test_an_index_gives_the_rows_in_their_order(views: Views, statement: Statement, index: str) -> None:
    """So that the walk ends with the last row that is wanted: nothing is sorted or read in vain."""
    steps = plan(views, statement)
    assert any(index in step for step in steps)
    assert [s for s in steps if "TEMP B-TREE" in s] == []
    assert [s for s in steps if re.match(r"SCAN (?!CONSTANT)", s)] == []


@pytest.mark.parametrize(("statement", "index"), FOUND_FIRST.values(), ids=FOUND_FIRST)
def test_an_index_finds_the_rows_that_are_sorted(views: Views, statement: Statement, index: str) -> None:
    """What is sorted afterwards is the answer itself; no table is read as a whole."""
    steps = plan(views, statement)
    assert any(index in step for step in steps)
    assert [s for s in steps if re.match(r"SCAN (?!CONSTANT|anon)", s)] == []
