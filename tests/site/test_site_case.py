"""The case: an imported bundle, and what its pages and feeds say at one instant."""

import io
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from helper_cases import Case, cases
from helper_site import HOST, Site, parsed, text_of, titles
from lxml import etree
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher.application import By
from publisher.domain.masthead import Clock, Counter
from publisher.interchange.bundle import read_bundle
from publisher.interchange.importing import import_bundle

EVERY_CASE = pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
ATOM = "{http://www.w3.org/2005/Atom}"
ENTRY = {"/feed.atom": f"{ATOM}entry", "/feed.rss": "item"}
SUBTITLE = {"/feed.atom": f"{ATOM}subtitle", "/feed.rss": "description"}
COUNTERS = "/ns/counters/1}counter"

Served = Callable[[Case, str], TestResponse]


def imported(site: Site, case: Case) -> Site:
    import_bundle(site.publisher.newsroom, read_bundle(io.BytesIO(case.bundle)), By())
    return site


def moved_on(site: Site, clock: MovableClock) -> None:
    """Years later: another masthead, a pin, more messages, and one taken back."""
    site.masthead(
        "Another name",
        zone="Asia/Tokyo",
        clocks=(Clock(label="Tokyo", zone="Asia/Tokyo"),),
        counters=(Counter(key="new", since=clock.now.date(), zone="UTC", text="{days} days of it"),),
    )
    site.publisher.newsroom.pin(site.publish("Pinned above all").id, By())
    site.publisher.newsroom.withdraw(site.publish("Withdrawn in the end").id, "A slip.", By())
    clock.move(days=3)
    site.amend(site.publish("Said and amended").id, "Said, and amended")


@pytest.fixture(params=["rehearsed", "in the past"])
def served(request: pytest.FixtureRequest, open_site: Callable[..., Site], clock: MovableClock) -> Served:
    """The answer at the case's instant: with a fixed now, or as a memento of a site that moved on."""

    def get(case: Case, path: str) -> TestResponse:
        if request.param == "rehearsed":
            return imported(open_site(now=case.as_of), case).get(path)
        site = imported(open_site(), case)
        moved_on(site, clock)
        return site.at(case.as_of, path)

    return get


@EVERY_CASE
def test_the_front_page_says_what_the_case_expects(case: Case, served: Served) -> None:
    """Date, clocks, contact, counters and the ten newest messages, in their order."""
    response = served(case, "/")
    assert response.status_code == 200
    page, expected = parsed(response), case.expected
    assert expected["date"] in text_of(page.find_class("almanac")[0])
    assert shown_clocks(page) == expected["clocks"]
    assert expected["contact"] in text_of(page.find_class("contacts")[0])
    wanted = expected["front_page_titles_newest_first"]
    assert titles(page)[: len(wanted)] == wanted
    dates = [time.get("datetime")[:10] for time in page.xpath('//*[@class="entry-when"]/time')]
    assert dates[: len(wanted)] == expected["front_page_dates_newest_first"]


@EVERY_CASE
def test_the_clocks_name_their_zone_and_instant(case: Case, served: Served) -> None:
    """A program reads the zone and the very instant off each clock."""
    page = parsed(served(case, "/"))
    zones = {clock["zone"] for line in case.lines("masthead") for clock in line["clocks"]}
    shown = {clock.get("data-clock"): clock.get("datetime") for clock in page.xpath("//time[@data-clock]")}
    assert set(shown) == zones
    for zone, written in shown.items():
        assert written.startswith(f"{case.as_of.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"), written


@EVERY_CASE
def test_the_counters_are_whole_sentences_with_numbers_for_programs(case: Case, served: Served) -> None:
    """`data-counter`, `data-days` and `data-since` say what the sentence says."""
    page = parsed(served(case, "/"))
    shown = page.xpath("//*[@data-counter]")
    days = {node.get("data-counter"): int(node.get("data-days")) for node in shown}
    assert days == case.expected["counters"]
    since = {node.get("data-counter"): node.get("data-since") for node in shown}
    assert since == {key: said["since"] for key, said in counters_of(case).items()}
    text = text_of(page.find_class("counters")[0])
    for sentence in sentences(case):
        assert sentence in text


@EVERY_CASE
def test_the_transcript_has_its_turns(case: Case, served: Served) -> None:
    """Anchors `q1`, `q2`, ... in the text, and a table of contents that leads to each."""
    found = next(p for p in case.lines("publication") if p["kind"] == "transcript")
    page = parsed(served(case, f"/{found['published_at'][:7].replace('-', '/')}/{found['slug']}"))
    anchors = [f"q{n + 1}" for n in range(case.expected["question_answer_turns"])]
    assert [node.get("id") for node in page.xpath('//article//*[starts-with(@id, "q")]')] == anchors
    links = page.xpath('//nav[contains(@class, "toc")]//a/@href')
    assert links == [f"#{anchor}" for anchor in anchors]


@EVERY_CASE
@pytest.mark.parametrize("feed", ["/feed.atom", "/feed.rss"])
def test_the_feeds_carry_the_counters_in_their_head_alone(case: Case, served: Served, feed: str) -> None:
    """Sentences in the subtitle, one claim an element before the entries, nothing inside one."""
    response = served(case, feed)
    assert response.status_code == 200
    head = head_of(response)
    subtitle = head.findtext(SUBTITLE[feed])
    for sentence in sentences(case):
        assert sentence in subtitle
    names = [child.tag for child in head]
    first_entry = names.index(ENTRY[feed])
    claims = [n for n, name in enumerate(names) if str(name).endswith(COUNTERS)]
    assert len(claims) == len(counters_of(case))
    assert max(claims) < first_entry
    assert not any(str(name).endswith(COUNTERS) for name in names[first_entry:])
    for entry in head.findall(ENTRY[feed]):
        inside = etree.tostring(entry, encoding="unicode", with_tail=False)
        assert not [node for node in entry.iter() if str(node.tag).endswith(COUNTERS)]
        for sentence in sentences(case):
            assert sentence not in inside


@EVERY_CASE
@pytest.mark.parametrize("feed", ["/feed.atom", "/feed.rss"])
def test_a_claim_in_a_feed_has_no_number(case: Case, served: Served, feed: str) -> None:
    """Key, day, zone and text with its gap: what stays the same every day."""
    head = head_of(served(case, feed))
    claims = [child for child in head if str(child.tag).endswith(COUNTERS)]
    written = [etree.tostring(claim, encoding="unicode", with_tail=False) for claim in claims]
    for text, (key, said) in zip(written, counters_of(case).items(), strict=True):
        for part in (key, said["since"], said["zone"], "{days}"):
            assert part in text
        assert str(case.expected["counters"][key]) not in text


@EVERY_CASE
@pytest.mark.parametrize("path", ["/", "/archive", "/feed.atom", "/feed.rss"])
def test_the_header_says_the_counters(case: Case, served: Served, path: str) -> None:
    """`Day-Counters` on pages and feeds, a dictionary of RFC 9651."""
    wanted = ", ".join(f"{key}={days}" for key, days in case.expected["counters"].items())
    assert served(case, path).headers["Day-Counters"] == wanted


@EVERY_CASE
def test_the_memento_says_when_it_is_from(
    case: Case, open_site: Callable[..., Site], clock: MovableClock
) -> None:
    """`Memento-Datetime` is that second, and every link of the page stays in it."""
    site = imported(open_site(), case)
    response = site.at(case.as_of, "/")
    assert response.headers["Memento-Datetime"] == f"{case.as_of:%a, %d %b %Y %H:%M:%S} GMT"
    prefix = f"/web/{case.as_of:%Y%m%d%H%M%S}/{HOST}/"
    for link in parsed(response).xpath('//main//a/@href | //nav[@class="nav"]//a/@href'):
        assert link.startswith(prefix), link


def head_of(response: TestResponse) -> Any:
    """The element that holds a feed's head and its entries."""
    root = etree.fromstring(response.data)
    channel = root.find("channel")
    return root if channel is None else channel


def shown_clocks(page: Any) -> dict[str, str]:
    items = (text_of(item) for item in page.xpath('//*[@class="clocks"]/li'))
    return dict(item.split(": ", 1) for item in items)


def counters_of(case: Case) -> dict[str, dict[str, Any]]:
    """The counters of the case's last masthead, by key, in order."""
    return {said["key"]: said for said in case.lines("masthead")[-1]["counters"]}


def sentences(case: Case) -> list[str]:
    days = case.expected["counters"]
    return [said["text"].replace("{days}", str(days[k])) for k, said in counters_of(case).items()]
