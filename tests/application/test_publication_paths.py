"""The paths that publications claim, keep and give up."""

from datetime import UTC, datetime, timedelta

import pytest
from newsroom_acts import Make, content, published, refused

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain import errors
from publisher.domain.masthead import MastheadText


def test_a_derived_slug_is_numbered_until_it_is_free(newsroom: Make) -> None:
    """The title's slug, then -2, then -3."""
    room = newsroom()
    paths = [published(room, "Überblick: Haushalt’s Plan").path for _ in range(3)]
    assert paths == [
        "/2026/05/uberblick-haushalts-plan",
        "/2026/05/uberblick-haushalts-plan-2",
        "/2026/05/uberblick-haushalts-plan-3",
    ]


def test_a_title_without_letters_is_addressed_by_its_kind(newsroom: Make) -> None:
    """There is always a slug."""
    assert published(newsroom(), "!?").path == "/2026/05/press-release"


def test_a_given_slug_that_is_taken_is_refused_and_names_the_path(newsroom: Make) -> None:
    """It is never numbered behind the editor's back."""
    room = newsroom()
    published(room, slug="budget")
    draft = room.draft(content("Two"), By())
    with refused(room, errors.AddressTaken) as raised:
        room.publish(draft.id, 1, By(), slug="budget")
    assert raised.value.path == "/2026/05/budget"


@pytest.mark.parametrize(
    ("zone", "instant", "month"),
    [
        ("Europe/London", datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "/2026/06/"),
        ("Europe/London", datetime(2026, 5, 31, 22, 59, 59, tzinfo=UTC), "/2026/05/"),
        ("UTC", datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "/2026/05/"),
        ("Europe/London", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "/2026/12/"),
        ("Asia/Tokyo", datetime(2026, 12, 31, 15, 0, tzinfo=UTC), "/2027/01/"),
    ],
)
def test_a_paths_month_is_that_of_the_newsrooms_zone(
    newsroom: Make, clock: MovableClock, zone: str, instant: datetime, month: str
) -> None:
    """Of edition 1's instant, scheduled or at once."""
    room = newsroom(zone=zone)
    scheduled = published(room, "Scheduled", due=instant)
    assert scheduled.path == f"{month}scheduled"
    clock.now = instant
    assert published(room, "Live").path == f"{month}live"


def test_the_masthead_zone_replaces_the_default_from_its_instant_on(
    newsroom: Make, clock: MovableClock
) -> None:
    """Settings give a zone until the first ZoneSet."""
    clock.now = datetime(2026, 5, 31, 16, tzinfo=UTC)
    room = newsroom(zone="Asia/Tokyo")
    assert published(room, "Before").path == "/2026/06/before"
    clock.move(seconds=1)
    text = MastheadText(name="Office", zone="Europe/London")
    room.replace_masthead(text, By(), stop_reason="r")
    assert published(room, "After").path == "/2026/05/after"


def test_a_move_keeps_year_and_month_and_the_old_path_stays_claimed(
    newsroom: Make, clock: MovableClock
) -> None:
    """A path once public is never released."""
    room = newsroom()
    public = published(room, slug="budget")
    clock.move(days=40)
    assert room.move(public.id, "budget-2026", By()).path == "/2026/05/budget-2026"
    clock.move(days=-40)
    draft = room.draft(content("Two"), By())
    with refused(room, errors.AddressTaken):
        room.publish(draft.id, 1, By(), slug="budget", due=datetime(2026, 5, 31, tzinfo=UTC))


def test_a_publication_moves_back_to_a_path_of_its_own(newsroom: Make) -> None:
    """It owns the old path still."""
    room = newsroom()
    public = published(room, slug="budget")
    room.move(public.id, "other", By())
    assert room.move(public.id, "budget", By()).path == "/2026/05/budget"


def test_a_path_is_not_claimed_for_a_time_when_it_was_taken(newsroom: Make, clock: MovableClock) -> None:
    """A rehearsal of the past finds it taken until the instant of its release."""
    live = newsroom()
    first = published(live, slug="budget", due=clock.now + timedelta(days=1))
    released = clock.move(hours=2)
    live.cancel_schedule(first.id, 1, By())
    clock.move(hours=2)
    past = newsroom(rehearsal=released - timedelta(hours=1))
    draft = past.draft(content("Other"), By())
    with refused(past, errors.AddressTaken):
        past.publish(draft.id, 1, By(), slug="budget")
    assert live.publish(draft.id, 1, By(), slug="budget").path == "/2026/05/budget"


def test_a_numbered_slug_stays_within_the_limit(newsroom: Make) -> None:
    """A long title that comes twice is cut before its number."""
    room = newsroom()
    title = "Word " * 40
    slugs = [str(published(room, title.strip()).path).rpartition("/")[2] for _ in range(11)]
    assert len(set(slugs)) == 11
    assert slugs[10].endswith("-11")
    assert max(map(len, slugs)) <= 80


def test_another_month_has_the_same_slugs_free(newsroom: Make, clock: MovableClock) -> None:
    """Paths are unique, slugs are not."""
    room = newsroom()
    published(room, slug="budget")
    clock.move(days=30)
    assert published(room, "Again", slug="budget").path == "/2026/06/budget"
