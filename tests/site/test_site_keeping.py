"""Answers that are kept as bytes: made once, and never served beyond the fact behind them."""

import gzip
import time
from collections.abc import Callable
from datetime import date, timedelta

import brotli
import pytest
from helper_site import HOST, Site, behind_keeping, content
from werkzeug.test import Client, TestResponse

from publisher.application import By
from publisher.bootstrap import rebuild_views
from publisher.domain.masthead import Clock, Counter
from publisher.web import encodings
from publisher.web.keeping import Keeper

OpenSite = Callable[..., Site]


class Kept:
    """A site's readers, and how often the application behind what is kept was asked."""

    def __init__(self, site: Site, room: int = 1_000_000) -> None:
        self.made = 0
        inner = behind_keeping(site)

        def counted(environ, start_response):
            self.made += 1
            return inner(environ, start_response)

        self.client = Client(Keeper(counted, site.publisher, room), use_cookies=False)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=HOST, headers=headers)


@pytest.fixture
def kept(site: Site) -> Kept:
    site.publish("Ferry", body="Boats. " * 200)
    site.clock.move(minutes=2)
    return Kept(site)


@pytest.mark.parametrize("path", ["/", "/feed.atom", "/feed.rss", "/archive", "/search?q=ferry"])
def test_an_answer_is_made_once(kept: Kept, path: str) -> None:
    """The next one is the same to the byte, headers included."""
    first, second = kept.get(path), kept.get(path)
    assert first.status_code == 200
    assert (first.data, list(first.headers)) == (second.data, list(second.headers))
    assert kept.made == 1


def encoded(kept: Kept, path: str, accept: str, coding: str) -> TestResponse:
    """The answer, once the thread that encodes is done with it."""
    for _ in range(500):
        answer = kept.get(path, **{"Accept-Encoding": accept})
        if answer.headers.get("Content-Encoding") == coding:
            return answer
        time.sleep(0.01)
    raise AssertionError(f"{path} is not there in {coding}")


@pytest.mark.parametrize(
    ("accept", "coding", "decode"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br;q=0, *", "gzip", gzip.decompress),
    ],
)
@pytest.mark.parametrize("path", ["/", "/feed.atom", "/feed.rss", "/feed.json"])
def test_a_kept_answer_comes_in_fewer_bytes_to_who_takes_them(
    kept: Kept, path: str, accept: str, coding: str, decode: Callable[[bytes], bytes]
) -> None:
    """Under an entity tag of its own, which is known again; the bytes are the same once decoded."""
    plain = kept.get(path)
    answer = encoded(kept, path, accept, coding)
    assert decode(answer.data) == plain.data
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain.data)
    assert answer.headers["ETag"] == f'"{plain.headers["ETag"].strip(chr(34))}-{coding}"'
    assert "Accept-Encoding" in answer.headers["Vary"]
    again = kept.get(path, **{"If-None-Match": answer.headers["ETag"], "Accept-Encoding": accept})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]
    assert "Content-Encoding" not in again.headers
    assert "Content-Encoding" not in kept.get(path).headers
    assert "Content-Encoding" not in kept.get(path, **{"Accept-Encoding": f"{coding};q=0"}).headers
    assert kept.made == 1


def test_an_encoded_answer_is_of_the_present_like_every_other(kept: Kept, site: Site) -> None:
    """None of an old body outlives it."""
    first = encoded(kept, "/feed.atom", "gzip", "gzip")
    site.publish("Harbour")
    site.clock.move(minutes=2)
    assert "Harbour" in kept.get("/feed.atom", **{"Accept-Encoding": "identity"}).text
    second = encoded(kept, "/feed.atom", "gzip", "gzip")
    assert b"Harbour" in gzip.decompress(second.data)
    assert second.headers["ETag"] != first.headers["ETag"]
    stale = kept.get("/feed.atom", **{"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"})
    assert stale.status_code == 200


def test_encoded_bodies_count_for_the_room(site: Site) -> None:
    """What is kept never grows beyond it."""
    site.publish("Ferry", body="Boat. " * 2000)
    site.clock.move(minutes=2)
    kept = Kept(site, room=100_000)
    keeper = kept.client.application
    encoded(kept, "/feed.atom", "gzip", "gzip")
    size = sum(k.size for k in keeper._kept.values())
    assert keeper._size == size > 0
    for page in (
        "/",
        "/archive",
        "/feeds",
        "/search?q=boat",
        "/feed.rss",
        "/feed.json",
        "/kinds/statement",
    ):
        encoded(kept, page, "gzip", "gzip")
        assert sum(k.size for k in keeper._kept.values()) == keeper._size <= 100_000


def test_an_act_is_seen_at_the_next_request(kept: Kept, site: Site) -> None:
    """Whoever published is told, and readers find it."""
    kept.get("/")
    site.publish("Harbour")
    assert "Harbour" in kept.get("/").text


def test_another_processes_act_is_seen_at_the_next_request(kept: Kept, open_site: OpenSite) -> None:
    """It writes to the same files."""
    other = open_site()
    kept.get("/feed.atom")
    other.publish("Harbour")
    assert "Harbour" in kept.get("/feed.atom").text


def test_a_draft_leaves_what_is_kept(kept: Kept, site: Site) -> None:
    """It is of no public effect."""
    kept.get("/")
    site.publisher.newsroom.draft(content("Secret"), By())
    kept.get("/")
    assert kept.made == 1


def test_a_scheduled_publication_is_seen_from_its_instant_on(kept: Kept, site: Site) -> None:
    """And not a microsecond before."""
    due = site.clock.now + timedelta(minutes=3)
    site.publish("Harbour", due=due)
    site.clock.move(seconds=20)
    for _ in range(2):
        assert "Harbour" not in kept.get("/").text
    site.clock.now = due - timedelta(microseconds=1)
    assert "Harbour" not in kept.get("/").text
    site.clock.now = due
    assert "Harbour" in kept.get("/").text


def test_what_was_made_later_is_not_served_earlier(kept: Kept, site: Site) -> None:
    """The clock may go back: the future is served to nobody."""
    due = site.clock.now + timedelta(minutes=3)
    site.publish("Harbour", due=due)
    site.clock.now = due + timedelta(minutes=1)
    assert "Harbour" in kept.get("/").text
    site.clock.now = due - timedelta(minutes=1)
    assert "Harbour" not in kept.get("/").text


def test_a_counter_turns_at_midnight(site: Site) -> None:
    """Of its own zone: on the page, in the feed, and in the header of a 304 too."""
    site.masthead(
        counters=(Counter(key="calm", since=date(2026, 5, 1), zone="Asia/Tokyo", text="{days} days"),)
    )
    site.publish("Ferry")
    site.clock.move(hours=5, minutes=59, seconds=30)  # 23:59:30 in Tokyo
    kept = Kept(site)
    assert kept.get("/feed.atom").headers["Day-Counters"] == "calm=19"
    tag = kept.get("/feed.atom").headers["ETag"]
    assert kept.get("/feed.atom", **{"If-None-Match": tag}).status_code == 304
    site.clock.move(seconds=30)
    turned = kept.get("/feed.atom", **{"If-None-Match": tag})
    assert (turned.status_code, turned.headers["Day-Counters"]) == (200, "calm=20")


def test_a_clock_shows_each_minute(site: Site) -> None:
    """A page with a clock is made once a minute, and a cache may keep it for the rest of it."""
    site.masthead(clocks=(Clock(label="Here", zone="Europe/London"),))
    site.publish("Ferry")
    site.clock.move(seconds=15)
    kept = Kept(site)
    assert "10:00" in kept.get("/").text
    site.clock.move(seconds=20)
    assert kept.get("/").headers["Cache-Control"] == "public, max-age=25"
    assert kept.made == 1
    site.clock.move(seconds=25)
    assert "10:01" in kept.get("/").text


def test_views_that_were_made_anew_are_asked_anew(kept: Kept, site: Site) -> None:
    """Whatever was wrong in them before is not served any more."""
    kept.get("/")
    with site.publisher.projector._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE edition SET title = 'Forged'")
    assert rebuild_views(site.publisher.config, check=False, repair=True).switched
    assert "Ferry" in kept.get("/").text
    assert kept.made == 2


def test_a_past_page_is_kept_until_something_changes(kept: Kept, site: Site) -> None:
    """Its bar leads to the next change: that is new once it has come."""
    path = f"/web/{site.clock.now - timedelta(minutes=1):%Y%m%d%H%M%S}/{HOST}/"
    kept.get(path)
    kept.get(path)
    assert kept.made == 1
    site.publish("Harbour")
    site.clock.move(seconds=5)
    assert f"/web/{site.clock.now - timedelta(seconds=4):%Y%m%d%H%M%S}" in kept.get(path).text
    assert "Harbour" not in kept.get(path).text


def test_a_removed_text_is_gone_at_once(kept: Kept, site: Site) -> None:
    """From past pages too."""
    harbour = site.publish("Harbour")
    site.clock.move(minutes=2)
    past = f"/web/{site.clock.now - timedelta(minutes=1):%Y%m%d%H%M%S}/{HOST}/feed.atom"
    assert [kept.get(path).text.count("Text.") for path in (past, "/feed.atom")] == [1, 1]
    site.publisher.newsroom.remove(harbour.id, "Unlawful.", By())
    assert (
        "Text."
        not in kept.get(
            f"/web/{site.clock.now - timedelta(minutes=1):%Y%m%d%H%M%S}/{HOST}{harbour.path}"
        ).text
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "session_id=x"},
        {"Authorization": "Bearer x"},
        {"Range": "bytes=0-1"},
        {"Accept-Datetime": "x"},
    ],
)
def test_whoever_asks_for_themselves_is_answered_anew(kept: Kept, headers: dict[str, str]) -> None:
    kept.get("/", **headers)
    kept.get("/", **headers)
    assert kept.made == 2


@pytest.mark.parametrize(
    "path", ["/?unknown=1", "/nowhere", "/search?q=ferry&page=x", "/desk/sign-in", "/healthz"]
)
def test_only_known_pages_that_are_there_are_kept(kept: Kept, path: str) -> None:
    kept.get(path)
    kept.get(path)
    assert kept.made == 2


def test_hosts_are_kept_apart(kept: Kept) -> None:
    """No host sees what was made for another."""
    kept.get("/")
    kept.client.get("/", base_url="http://other.example")
    assert kept.made == 2


@pytest.mark.parametrize("path", ["/", "/feed.atom"])
def test_a_304_has_the_headers_of_its_200(kept: Kept, path: str) -> None:
    """But those of a body (RFC 9110, section 15.4.5)."""
    whole = kept.get(path)
    tag = whole.headers["ETag"]
    for tags in (tag, f"W/{tag}", f'"x", {tag[:-1]}-gzip"', "*"):
        known = kept.get(path, **{"If-None-Match": tags})
        assert (known.status_code, known.data) == (304, b"")
        gone = {"Content-Type", "Content-Length"}
        told = {k: v for k, v in whole.headers if k not in gone}
        coded = {"ETag": f'{tag[:-1]}-gzip"'} if "gzip" in tags else {}
        assert dict(known.headers) == told | coded
    assert kept.get(path, **{"If-None-Match": '"x"'}).data == whole.data
    assert kept.made == 1


def test_a_feed_is_known_by_its_date(kept: Kept) -> None:
    """Only where no tag is sent, which counts more (RFC 9110, section 13.2.2)."""
    whole = kept.get("/feed.atom")
    since = {"If-Modified-Since": whole.headers["Last-Modified"]}
    assert kept.get("/feed.atom", **since).status_code == 304
    assert kept.get("/feed.atom", **since, **{"If-None-Match": '"x"'}).status_code == 200
    before = {"If-Modified-Since": "Wed, 20 May 2026 08:59:59 GMT"}
    assert kept.get("/feed.atom", **before).status_code == 200
    assert kept.get("/feed.atom", **{"If-Modified-Since": "x"}).status_code == 200


def test_head_is_answered_from_what_is_kept(kept: Kept) -> None:
    whole = kept.get("/")
    head = kept.client.head("/", base_url=HOST)
    assert (head.data, dict(head.headers), kept.made) == (b"", dict(whole.headers), 1)


def test_what_is_kept_has_an_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that was asked for least lately goes first."""
    monkeypatch.setattr(encodings, "SMALLEST", 10**9)
    site.publish("Ferry")
    site.clock.move(minutes=2)
    size = len(site.get("/archive").data)
    kept = Kept(site, room=size * 5 // 2)
    for path in ("/archive", "/2026/", "/archive", "/2026/05/"):
        kept.get(path)
    assert kept.made == 3
    kept.get("/archive")
    assert kept.made == 3
    kept.get("/2026/")
    assert kept.made == 4


def test_a_feed_that_may_still_change_within_its_second_is_not_kept(site: Site) -> None:
    """Its date could not tell the two apart."""
    site.publish("Ferry")
    kept = Kept(site)
    kept.get("/feed.atom")
    kept.get("/feed.atom")
    assert kept.made == 2
