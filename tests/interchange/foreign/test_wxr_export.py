"""An export of 180 items with comments, attachments and odd dates: each whole in the newsroom, or named."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest

from made_wxr import SITE, export, post
from publisher.application import By, Newsroom
from publisher.domain.content import Content
from publisher.domain.publication import Publication
from publisher.interchange.foreign import wxr
from publisher.interchange.foreign.items import Manner
from publisher.interchange.foreign.taking import Outcome, Verdict, import_items

Make = Callable[..., Newsroom]
START = datetime(2012, 1, 31, 22, 30, tzinfo=UTC)
ZERO = "0000-00-00 00:00:00"


def instant(number: int) -> datetime:
    return START + timedelta(days=11 * number, hours=number)


def made(number: int) -> str:
    """Item `number` of 180: every fifth and seventh one, and some more, is odd in its own way."""
    at = instant(number)
    parts = {
        "gmt": f"{at:%Y-%m-%d %H:%M:%S}",
        "date": f"{at + timedelta(hours=1):%Y-%m-%d %H:%M:%S}",
        "content": f"First of {number}.\n\nSecond of {number},\nbroken <em>line</em>.",
        "excerpt": f"In short: {number} &amp; more.",
        "topics": [("category", "budget", "Budget"), ("post_tag", "year-2020", "Year 2020")],
        "comments": number % 4,
    }
    if number % 10 == 5:
        parts |= {"type": "attachment", "status": "inherit"}
    elif number % 14 == 7:
        parts |= {"gmt": ZERO}
    elif number % 20 == 3:
        parts |= {"status": "draft", "gmt": ZERO, "date": ZERO}
    elif number % 20 == 4:
        parts |= {"status": ["private", "trash", "auto-draft", "inherit"][number // 20 % 4]}
    elif number % 20 == 6:
        parts |= {"status": "future" if number % 40 == 6 else "pending"}
    elif number % 20 == 8:
        parts |= {"type": "page"}
    elif number % 20 == 9:
        parts |= {"gmt": "2019-02-30 10:00:00", "date": ZERO}
    elif number % 20 == 10:
        parts |= {"title": ""}
    elif number % 20 == 11:
        parts |= {"slug": "the-same", "gmt": "2016-06-01 09:00:00"}
    elif number % 20 == 12:
        parts |= {"type": "nav_menu_item"}
    elif number % 20 == 13:
        parts |= {"password": "open sesame"}
    return post(number, **parts)


def taken(room: Newsroom, data: bytes, *, check: bool = False, zone: str = "") -> list[Outcome]:
    return import_items(room, wxr.read(data, Manner(zone=zone)), By(), check=check)


def stored(room: Newsroom, number: int) -> Publication:
    source = room.newsroom_id()
    assert source is not None
    with room.turn() as turn:
        return turn.publication(uuid5(source, str(uuid5(source, f"import:{SITE}/?p={number}"))))


def text(room: Newsroom, publication: Publication) -> Content:
    with room.turn() as turn:
        return turn.content(publication.revisions[-1])


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_each_of_180_items_is_whole_in_the_newsroom_or_named(
    newsroom: Make, scheme: str, version: str
) -> None:
    """With both schemes and all versions of the namespace."""
    room = newsroom()
    data = export(*map(made, range(1, 181)), scheme=scheme, version=version)
    outcomes = taken(room, data)
    assert [each.item.number for each in outcomes] == list(range(1, 181))
    for each in outcomes:
        if each.verdict in (Verdict.PUBLISHED, Verdict.DRAFT):
            is_whole(room, each)
        else:
            assert each.reason
            assert each.verdict in (Verdict.REFUSED, Verdict.PASSED_OVER)
    count = Counter(each.verdict for each in outcomes)
    assert count[Verdict.PUBLISHED] > 80
    assert count[Verdict.DRAFT] >= 15
    assert count[Verdict.PASSED_OVER] > 40
    assert sum(each.item.comments for each in outcomes) == sum(number % 4 for number in range(1, 181))


def is_whole(room: Newsroom, outcome: Outcome) -> None:
    """Every part of what the export says of it, in the log."""
    number = outcome.item.number
    publication = stored(room, number)
    said = text(room, publication)
    assert said.title == f"Message {number}"
    assert said.summary == f"In short: {number} & more."
    assert said.body == (
        f"<p>First of {number}.</p>\n<p>Second of {number},<br>\nbroken <em>line</em>.</p>"
    )
    assert (said.markup, said.language, said.topics) == ("html", "en-GB", ("budget", "year-2020"))
    assert said.kind == ("page" if number % 20 == 8 and number % 14 != 7 else "article")
    if outcome.verdict is Verdict.DRAFT:
        assert publication.top is None
    elif number % 20 != 11:
        assert publication.top is not None
        assert publication.top.effective_at == instant(number)
        assert publication.top.path == outcome.path
        assert outcome.path.endswith(f"/message-{number}")


def test_again_it_changes_nothing(newsroom: Make) -> None:
    """Every item that was taken is known; the others are named again."""
    room = newsroom()
    data = export(*map(made, range(1, 181)))
    first = taken(room, data)
    position = room.reader.last()[0]
    again = taken(room, data)
    assert room.reader.last()[0] == position
    for one, other in zip(first, again, strict=True):
        was = one.verdict in (Verdict.PUBLISHED, Verdict.DRAFT)
        assert other.verdict is (Verdict.KNOWN if was else one.verdict)
        assert (other.path, other.reason) == (one.path, one.reason)


def test_a_check_says_the_same_and_stores_nothing(newsroom: Make) -> None:
    """Not even the newsroom's own beginning."""
    room = newsroom()
    data = export(*map(made, range(1, 181)))
    checked = taken(room, data, check=True)
    assert room.newsroom_id() is None
    assert checked == taken(room, data)


def test_the_sites_zone_gives_their_instants_to_items_without_one(newsroom: Make) -> None:
    """And says so; without it they are refused, with what to do."""
    room = newsroom()
    data = export(post(7, gmt=ZERO, date="2020-07-01 12:00:00"))
    (refused,) = taken(room, data)
    assert refused.verdict is Verdict.REFUSED
    assert refused.reason == (
        "post_date: “2020-07-01 12:00:00” has no offset: name the zone it is in with --zone."
    )
    (outcome,) = taken(room, data, zone="Europe/Paris")
    top = stored(room, 7).top
    assert top is not None
    assert top.effective_at == datetime(2020, 7, 1, 10, tzinfo=UTC)
    assert outcome.notes == ("its instant is that of post_date in Europe/Paris",)
    assert taken(room, data, zone="Europe/Paris")[0].verdict is Verdict.KNOWN
