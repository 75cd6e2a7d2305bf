"""The future is served to nobody: what is due later is nowhere before, everywhere from then on."""

import re
from datetime import datetime, timedelta

import pytest
from helper_site import HOST, Site, content, parsed, titles

from movable_clock import MovableClock
from publisher.application import By, Receipt

SECRET = "Zebrafish"
LISTS = (
    "/",
    "/archive",
    "/2026/",
    "/2026/05/",
    "/kinds/statement",
    "/search?q=zebrafish",
    "/feeds",
    "/feed.atom",
    "/feed.rss",
)
OWN_LISTS = ("/kinds/speech", "/topics/fish", "/people/zoe-fish", "/kinds/speech/feed.atom")


@pytest.fixture
def known(site: Site, clock: MovableClock) -> Receipt:
    """A public message, long enough ago that its validators are settled."""
    site.masthead()
    receipt = site.publish("Known")
    clock.move(minutes=10)
    return receipt


def schedule(site: Site, due: datetime, title: str = SECRET) -> Receipt:
    return site.publish(
        title, due=due, kind="speech", topics=("fish",), speakers=("Zoe Fish",), body="Zebrafish swim."
    )


def mentions(text: str) -> bool:
    """Whether an answer gives the secret away; the query itself does not count."""
    return (
        "zebrafish" in re.sub(r"“zebrafish”|value=\"zebrafish\"|q=zebrafish|: zebrafish", "", text).lower()
    )


def test_a_scheduled_publication_is_nowhere_before_its_instant(
    site: Site, known: Receipt, clock: MovableClock
) -> None:
    """No list, count, search, feed or address knows it, a microsecond before."""
    due = clock.now + timedelta(hours=1)
    receipt = schedule(site, due)
    clock.now = due - timedelta(microseconds=1)
    for path in LISTS:
        response = site.get(path)
        assert response.status_code == 200
        assert not mentions(response.text), path
        assert "speech" not in response.text.lower(), path
    for path in (*OWN_LISTS, str(receipt.path), f"{receipt.path}/history", f"{receipt.path}/editions/1"):
        assert site.get(path).status_code == 404, path
    assert site.get(f"/id/{receipt.id}").status_code == 404


def test_a_scheduled_publication_is_everywhere_from_its_instant_on(
    site: Site, known: Receipt, clock: MovableClock
) -> None:
    """Nothing has to run at that instant: the queries make it visible."""
    due = clock.now + timedelta(hours=1)
    receipt = schedule(site, due)
    clock.now = due
    for path in (*LISTS[:4], *LISTS[5:6], *LISTS[7:], *OWN_LISTS, str(receipt.path)):
        response = site.get(path)
        assert response.status_code == 200, path
        assert SECRET in response.text, path
    assert site.get(f"/id/{receipt.id}").headers["Location"] == receipt.path


def test_counts_wait_for_the_instant(site: Site, known: Receipt, clock: MovableClock) -> None:
    """The number of all messages says 1 before and 2 from then on."""
    due = clock.now + timedelta(hours=1)
    schedule(site, due)
    clock.now = due - timedelta(microseconds=1)
    before = site.get("/").text
    clock.now = due
    assert "1 message in all" in before
    assert "All 2 messages" in site.get("/").text


def test_a_scheduled_amendment_waits_for_its_instant(
    site: Site, known: Receipt, clock: MovableClock
) -> None:
    """Edition, note and new text are nowhere, then everywhere; the old edition keeps its address."""
    due = clock.now + timedelta(hours=1)
    site.amend(known.id, SECRET, note="Zebrafish were added.", due=due)
    clock.now = due - timedelta(microseconds=1)
    paths = ("/", "/archive", "/feed.atom", "/feed.rss", str(known.path), f"{known.path}/history")
    for path in paths:
        assert not mentions(site.get(path).text), path
    assert site.get(f"{known.path}/editions/2").status_code == 404
    clock.now = due
    for path in paths:
        assert SECRET in site.get(path).text, path
    assert "Known" in site.get(f"{known.path}/editions/1").text


def test_a_cancelled_schedule_never_shows(site: Site, known: Receipt, clock: MovableClock) -> None:
    """At its instant nothing happens."""
    due = clock.now + timedelta(hours=1)
    receipt = schedule(site, due)
    site.publisher.newsroom.cancel_schedule(receipt.id, 1, By())
    clock.now = due + timedelta(hours=1)
    for path in LISTS:
        assert not mentions(site.get(path).text), path
    assert site.get(str(receipt.path)).status_code == 404


@pytest.mark.parametrize("year", [1, 1000, 1999, 2020, 2026, 2027, 2100, 9999])
def test_no_year_of_the_archive_gives_a_schedule_away(
    site: Site, known: Receipt, clock: MovableClock, year: int
) -> None:
    """The past did not know it, and the future leads to now."""
    schedule(site, clock.now + timedelta(hours=1))
    for path in LISTS:
        target = f"/web/{year:04}0102030405/{HOST}{path}"
        response = site.get(target, follow_redirects=True)
        assert response.status_code in (200, 400, 404), path
        assert not mentions(response.text), path


def test_a_memento_of_the_future_leads_to_now(site: Site, known: Receipt, clock: MovableClock) -> None:
    """A redirect to the memento of the present second, with path and query."""
    response = site.at(clock.now + timedelta(days=400), "/search?q=zebrafish&kind=speech")
    assert response.status_code == 302
    wanted = f"/web/{clock.now:%Y%m%d%H%M%S}/{HOST}/search?q=zebrafish&kind=speech"
    assert response.headers["Location"] == wanted


def test_a_schedule_shows_in_mementos_of_its_own_second_only_from_it_on(
    site: Site, known: Receipt, clock: MovableClock
) -> None:
    """Once it is past, the archive has it from that second on, not before."""
    due = clock.now + timedelta(hours=1)
    schedule(site, due)
    clock.now = due + timedelta(days=1)
    assert titles(parsed(site.at(due, "/"))) == [SECRET, "Known"]
    assert titles(parsed(site.at(due - timedelta(seconds=1), "/"))) == ["Known"]


@pytest.mark.parametrize("path", ["/", "/archive", "/feed.atom", "/feed.rss", "/kinds/statement/feed.rss"])
def test_what_is_not_public_moves_no_validator(
    site: Site, known: Receipt, clock: MovableClock, path: str
) -> None:
    """Drafts, revisions, schedules and their cancelling leave ETag and Last-Modified where they were."""
    due = clock.now + timedelta(days=2)
    before = site.get(path)
    schedule(site, due)
    cancelled = schedule(site, due + timedelta(days=1), "Cancelled")
    site.publisher.newsroom.cancel_schedule(cancelled.id, 1, By())
    drafted = site.publisher.newsroom.draft(content("One"), By())
    site.publisher.newsroom.revise(drafted.id, 1, content("Two"), By())
    site.amend(known.id, SECRET, due=due)
    clock.move(seconds=1)
    after = site.get(path)
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.headers.get("Last-Modified") == before.headers.get("Last-Modified")
    assert site.get(path, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/", "/feed.atom", "/feed.rss"])
def test_the_instant_of_a_cancelled_schedule_moves_no_validator(
    site: Site, known: Receipt, clock: MovableClock, path: str
) -> None:
    """Nobody learns from one that there ever was a schedule; another that it hid moves them still."""
    due = clock.now + timedelta(hours=1)
    schedule(site, due + timedelta(minutes=2))
    cancelled = schedule(site, due, "Cancelled")
    site.get(path)
    site.publisher.newsroom.cancel_schedule(cancelled.id, 1, By())
    clock.now = due - timedelta(seconds=1)
    before = site.get(path)
    clock.move(seconds=31)
    after = site.get(path)
    for name in ("ETag", "Last-Modified"):
        assert after.headers.get(name) == before.headers.get(name)
    clock.move(minutes=2)
    assert site.get(path).headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize("path", ["/", "/feed.atom", "/feed.rss"])
def test_validators_move_at_the_instant_of_a_schedule(
    site: Site, known: Receipt, clock: MovableClock, path: str
) -> None:
    """A client that asks with what it had gets the new bytes, from the very instant on."""
    due = clock.now + timedelta(hours=1)
    schedule(site, due)
    before = site.get(path)
    clock.now = due
    held = {"If-None-Match": before.headers["ETag"]}
    if "Last-Modified" in before.headers:
        modified = {"If-Modified-Since": before.headers["Last-Modified"]}
        assert site.get(path, headers=modified).status_code == 200
    assert site.get(path, headers=held).status_code == 200


@pytest.mark.parametrize("left", [0.4, 1, 59, 299, 300, 301, 1000])
def test_no_cache_may_keep_an_answer_past_the_next_change(
    site: Site, known: Receipt, clock: MovableClock, left: float
) -> None:
    """`max-age` ends before the instant of a schedule, after five minutes at most."""
    due = clock.now + timedelta(hours=1)
    schedule(site, due)
    clock.now = due - timedelta(seconds=left)
    for path in ("/", "/archive", "/feed.atom", "/feed.rss"):
        assert site.get(path).headers["Cache-Control"] == f"public, max-age={min(300, int(left))}"
