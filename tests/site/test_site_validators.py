"""Validators, counters and freshness of answers, as clients and caches meet them (RFC 9110, 9111)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from helper_site import Site

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain.masthead import Clock, Counter

FEEDS = ("/feed.atom", "/feed.rss")
PAGES = ("/", "/archive", "/search?q=one", "/feeds")


@pytest.fixture
def settled(site: Site, clock: MovableClock) -> Site:
    """A site with a counter, whose last change is long enough ago to be settled."""
    since = date(2026, 5, 1)
    site.masthead(counters=(Counter(key="peace", since=since, zone="Europe/London", text="{days} days."),))
    site.publish("One")
    clock.move(minutes=5)
    return site


@pytest.mark.parametrize("written", ["{}", "W/{}", "{gzip}", "W/{gzip}", '"other", {}', '"a",W/{}'])
@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
def test_a_known_entity_tag_is_not_sent_again(settled: Site, path: str, written: str) -> None:
    """Weak marks and the suffix that compressing servers add are looked through."""
    tag = settled.get(path).headers["ETag"]
    held = written.format(tag, gzip=f'{tag[:-1]}-gzip"')
    response = settled.get(path, headers={"If-None-Match": held})
    assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
def test_an_answer_without_a_body_keeps_its_headers(settled: Site, path: str) -> None:
    """A 304 carries what a 200 would say to a cache (RFC 9110, section 15.4.5)."""
    full = settled.get(path)
    short = settled.get(path, headers={"If-None-Match": full.headers["ETag"]})
    assert short.status_code == 304
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary", "Day-Counters"):
        assert short.headers.get(name) == full.headers.get(name), name
    assert short.headers["Day-Counters"] == "peace=19"


@pytest.mark.parametrize("path", FEEDS)
def test_if_modified_since_counts_in_whole_seconds(settled: Site, path: str) -> None:
    """The date of the answer itself is enough, a second less is not."""
    said = settled.get(path).headers["Last-Modified"]
    earlier = datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) - timedelta(
        seconds=1
    )
    statuses = [
        settled.get(path, headers={"If-Modified-Since": when}).status_code
        for when in (said, f"{earlier:%a, %d %b %Y %H:%M:%S} GMT", "yesterday or so")
    ]
    assert statuses == [304, 200, 200]


@pytest.mark.parametrize("path", FEEDS)
def test_an_unknown_entity_tag_outweighs_the_date(settled: Site, path: str) -> None:
    """Where a client sends both, the tag decides (RFC 9110, section 13.1.3)."""
    said = settled.get(path).headers["Last-Modified"]
    held = {"If-None-Match": '"other"', "If-Modified-Since": said}
    assert settled.get(path, headers=held).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_date_of_change(settled: Site, path: str) -> None:
    """They show the day and clocks: a date can't stand for that."""
    assert "Last-Modified" not in settled.get(path).headers


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("seconds", [0, 0.5, 9.9])
def test_a_fresh_change_is_not_given_a_date(
    settled: Site, clock: MovableClock, path: str, seconds: float
) -> None:
    """Within ten seconds another change could hide behind the same date."""
    settled.publish("Two")
    clock.move(seconds=seconds)
    response = settled.get(path)
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in response.headers


@pytest.mark.parametrize("path", FEEDS)
def test_no_two_bodies_share_a_validator(settled: Site, clock: MovableClock, path: str) -> None:
    """Two changes a second, a minor one, a withdrawal and a quiet time: dates only move forward."""
    bodies: dict[str, bytes] = {}
    dates: list[datetime] = []
    first = settled.publish("First")
    acts = [
        lambda: settled.publish("Second"),
        lambda: settled.amend(first.id, "First, mended", significance="minor"),
        lambda: settled.publisher.newsroom.withdraw(first.id, "A slip.", By()),
        lambda: settled.publisher.newsroom.reinstate(first.id, By()),
        lambda: settled.masthead("Renamed"),
    ]
    for step in range(40):
        if step % 7 < 2 and acts:
            acts.pop(0)()
        response = settled.get(path)
        said = response.headers.get("Last-Modified")
        for validator in filter(None, (response.headers["ETag"], said)):
            assert bodies.setdefault(validator, response.data) == response.data
        if said:
            dates.append(datetime.strptime(said, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC))
        clock.move(seconds=0.4 if step % 7 < 2 else 4)
    assert not acts
    assert len(set(dates)) > 1
    assert dates == sorted(dates)


TURNS = [
    pytest.param("Europe/London", "2026-03-29T00:00Z", date(2026, 3, 29), id="summer time begins"),
    pytest.param("Europe/London", "2026-03-29T23:00Z", date(2026, 3, 30), id="after a short day"),
    pytest.param("Europe/London", "2026-10-24T23:00Z", date(2026, 10, 25), id="summer time ends"),
    pytest.param("Europe/London", "2026-10-26T00:00Z", date(2026, 10, 26), id="after a long day"),
    pytest.param("Africa/Cairo", "2026-04-23T22:00Z", date(2026, 4, 24), id="a day without a midnight"),
    pytest.param("Asia/Kathmandu", "2026-05-31T18:15Z", date(2026, 6, 1), id="a quarter of an hour"),
    pytest.param("Pacific/Kiritimati", "2026-05-31T10:00Z", date(2026, 6, 1), id="far east"),
    pytest.param("Europe/London", "2028-02-29T00:00Z", date(2028, 2, 29), id="leap day"),
    pytest.param("Europe/London", "2028-03-01T00:00Z", date(2028, 3, 1), id="after a leap day"),
]


@pytest.mark.parametrize(("zone", "turn", "day"), TURNS)
def test_a_counter_turns_at_midnight_of_its_own_zone(
    site: Site, clock: MovableClock, zone: str, turn: str, day: date
) -> None:
    """Number, sentence and both validators change at that instant, and no cache crosses it."""
    since = date(2024, 2, 29)
    instant = datetime.fromisoformat(turn)
    clock.now = instant - timedelta(days=3)
    site.masthead(counters=(Counter(key="peace", since=since, zone=zone, text="Day {days} of it."),))
    site.publish("One")
    days = (day - since).days
    tags: list[str] = []
    for moment, said in ((-0.5, days - 1), (0, days), (20, days)):
        clock.now = instant + timedelta(seconds=moment)
        for path in ("/", *FEEDS):
            response = site.get(path)
            assert response.headers["Day-Counters"] == f"peace={said}"
            assert f"{said}" in response.text
            tags.append(response.headers["ETag"])
    assert len(set(tags[:3]) & set(tags[3:])) == 0
    dated = site.get("/feed.atom").headers["Last-Modified"]
    assert datetime.strptime(dated, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) == instant


@pytest.mark.parametrize(("zone", "turn", "day"), TURNS)
def test_freshness_ends_where_a_counter_turns(
    site: Site, clock: MovableClock, zone: str, turn: str, day: date
) -> None:
    """`max-age` is what is left until that midnight."""
    instant = datetime.fromisoformat(turn)
    clock.now = instant - timedelta(days=3)
    site.masthead(counters=(Counter(key="peace", since=date(2024, 2, 29), zone=zone, text="{days} days."),))
    for left in (299, 100, 1):
        clock.now = instant - timedelta(seconds=left)
        for path in ("/", *FEEDS):
            assert site.get(path).headers["Cache-Control"] == f"public, max-age={left}"


def test_a_page_with_a_clock_is_fresh_until_the_next_minute(site: Site, clock: MovableClock) -> None:
    """Its validator moves with the minute that it shows."""
    site.masthead(clocks=(Clock(label="Moscow", zone="Europe/Moscow"),))
    clock.move(hours=1, seconds=17)
    before = site.get("/")
    assert before.headers["Cache-Control"] == "public, max-age=43"
    clock.move(seconds=42)
    assert site.get("/").headers["ETag"] == before.headers["ETag"]
    clock.move(seconds=1)
    assert site.get("/").headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, "/nothing", "/id/00000000-0000-0000-0000-000000000000"])
def test_head_says_what_get_would(settled: Site, path: str) -> None:
    """The same status and headers, and no body (RFC 9110, section 9.3.2)."""
    full, head = settled.get(path), settled.head(path)
    assert (head.status_code, head.data) == (full.status_code, b"")
    assert dict(head.headers) == dict(full.headers)
    if full.status_code == 200:
        held = {"If-None-Match": full.headers["ETag"]}
        assert settled.head(path, headers=held).status_code == 304


def test_every_public_answer_may_be_kept_a_while(settled: Site) -> None:
    """Five minutes, by anyone, and compressed or not apart."""
    for path in (*PAGES, *FEEDS):
        headers = settled.get(path).headers
        assert re.fullmatch(r"public, max-age=300", headers["Cache-Control"]), path
        assert headers["Vary"] == "Accept-Encoding"


def test_whoever_is_signed_in_asks_each_time(settled: Site) -> None:
    """A browser would else show the page from before the act that its user has just done."""
    settled.client.set_cookie("session_id", "any", domain="127.0.0.1")
    for path in (*PAGES, *FEEDS):
        response = settled.get(path)
        assert response.headers["Cache-Control"] == "private, no-cache", path
        held = {"If-None-Match": response.headers["ETag"]}
        assert settled.get(path, headers=held).status_code == 304
