"""Who asks without a pause is told when to ask again; nobody else notices."""

from collections.abc import Callable

import pytest
from helper_site import HOST, Site
from werkzeug.test import Client, TestResponse

from publisher.web.throttling import BURST, CHEAP, CLIENTS, LONGEST, RATE, Throttling

STRANGER = "198.51.100.7"


class Door:
    """A site behind a throttle whose time the test moves."""

    def __init__(self, site: Site) -> None:
        self.now, self.asked = 1000.0, 0
        inner = site.app.wsgi_app._application  # type: ignore[attr-defined]

        def counted(environ, start_response):
            self.asked += 1
            return inner(environ, start_response)

        self.throttling = Throttling(counted, lambda: self.now)
        self.client = Client(self.throttling, use_cookies=False)

    def get(self, path: str = "/healthz", peer: str = STRANGER, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, base_url=HOST, headers=named, environ_base={"REMOTE_ADDR": peer})

    def refused_after(self, most: int, ask: Callable[[int], TestResponse]) -> int | None:
        """How many were answered before one was refused; None where `most` were."""
        return next((n for n in range(most) if ask(n).status_code == 429), None)


@pytest.fixture
def door(site: Site) -> Door:
    return Door(site)


def test_who_asks_without_a_pause_is_told_when_to_ask_again(door: Door) -> None:
    """In a header for programs and in words, and the application is not asked; then all is well."""
    assert door.refused_after(BURST + 1, lambda _: door.get()) == BURST
    refusal = door.get()
    assert door.asked == BURST
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (429, "1")
    assert refusal.headers["Cache-Control"] == "no-store"
    assert refusal.text == "You ask more often than we can answer. Ask again in 1 s.\n"
    assert door.get(peer="198.51.100.8").status_code == 200
    door.now += 1
    assert door.refused_after(BURST, lambda _: door.get()) == RATE - 1


def test_who_does_not_wait_waits_longer_but_never_for_ever(door: Door) -> None:
    for _ in range(BURST):
        door.get()
    waits = [int(door.get().headers["Retry-After"]) for _ in range(int(2 * LONGEST * RATE / CHEAP / 20))]
    assert waits == sorted(waits)
    assert waits[-1] > 5
    for _ in range(int(LONGEST * RATE / CHEAP)):
        last = door.get()
    assert int(last.headers["Retry-After"]) == LONGEST
    door.now += LONGEST
    assert door.get().status_code == 200


def test_who_asks_whether_anything_is_new_may_ask_twenty_times_as_often(site: Site, door: Door) -> None:
    """A 304 costs us next to nothing, and is what we ask readers' software for."""
    site.publish("Ferry")
    site.clock.move(minutes=2)
    tag = door.get("/feed.atom").headers["ETag"]
    asked = door.refused_after(int(BURST / CHEAP) + 1, lambda _: door.get("/feed.atom", If_None_Match=tag))
    assert asked == pytest.approx((BURST - 1) / CHEAP, abs=1 / CHEAP)


@pytest.mark.parametrize(
    "peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.2.3.4", "fd00::1", "not-an-address"]
)
def test_who_is_on_this_machine_or_its_network_is_not_counted(door: Door, peer: str) -> None:
    """Among them a proxy elsewhere, behind which all readers look like one."""
    assert door.refused_after(BURST + 2, lambda _: door.get(peer=peer)) is None


def test_behind_a_proxy_on_this_machine_each_reader_counts_for_themselves(door: Door) -> None:
    """By what the proxy names last: what a stranger writes before it counts for nothing."""

    def ask(number: int) -> TestResponse:
        return door.get(peer="127.0.0.1", X_Forwarded_For=f"203.0.113.{number % 250}, {STRANGER}")

    assert door.refused_after(BURST + 1, ask) == BURST
    assert door.get(peer="127.0.0.1", X_Forwarded_For="198.51.100.8").status_code == 200


def test_a_stranger_can_not_say_that_they_are_somebody_else(door: Door) -> None:
    """Nor that they are this machine."""
    assert door.refused_after(BURST + 1, lambda _: door.get(X_Forwarded_For="127.0.0.1")) == BURST


def test_a_customer_with_many_addresses_is_one(door: Door) -> None:
    """Of IPv6 everybody has 2^64."""
    assert door.refused_after(BURST + 1, lambda n: door.get(peer=f"2001:db8::{n + 1:x}")) == BURST
    assert door.get(peer="2001:db8:0:1::1").status_code == 200


def test_writing_is_not_counted(door: Door) -> None:
    """Signing in has limits of its own, and programs with a token may bring in as much as they like."""
    there = {"REMOTE_ADDR": STRANGER}
    answers = {
        door.client.post("/api/publications", base_url=HOST, environ_base=there).status_code
        for _ in range(BURST + 2)
    }
    assert answers == {401}


def test_strangers_without_number_do_not_fill_the_memory(door: Door) -> None:
    for number in range(CLIENTS + 50):
        door.throttling._ask(f"client {number}")
    assert len(door.throttling._left) == CLIENTS


def test_the_site_stands_behind_it(site: Site) -> None:
    """A newsroom's application counts strangers, as it is served."""
    there = {"REMOTE_ADDR": STRANGER}
    assert site.client.get("/healthz", base_url=HOST, environ_base=there).status_code == 200
    site.app.wsgi_app._put(STRANGER, 1 - LONGEST * RATE)  # type: ignore[attr-defined]
    assert site.client.get("/feed.atom", base_url=HOST, environ_base=there).status_code == 429
