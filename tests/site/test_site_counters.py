"""A day counter's own page: its number, its history, and what it was at any past instant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from helper_site import Site, parsed, text_of

from movable_clock import MovableClock
from publisher.domain.masthead import Counter

STORM = Counter(
    key="storm", since=date(2026, 1, 1), zone="Europe/Moscow", text="{days} days since the storm"
)
REWORDED = Counter(
    key="storm", since=STORM.since, zone=STORM.zone, text="{days} days since the great storm"
)
ANEW = Counter(key="storm", since=date(2026, 5, 2), zone="Asia/Tokyo", text="{days} days without a storm")
OTHER = Counter(key="calm", since=date(2026, 3, 1), zone="Europe/London", text="Calm for {days} days")
SECOND = timedelta(seconds=1)


def heading(site: Site) -> str:
    return text_of(site.page("/counters/storm").xpath("//h1")[0])


def history(page: object) -> list[tuple[str, str]]:
    """Of each step, the newest first, what it was and what it says."""
    steps = page.xpath("//ol[@class='editions']/li")  # type: ignore[attr-defined]
    return [
        (text_of(step.xpath(".//h3")[0]), text_of(step.xpath(".//p[contains(@class, 'note')]")[0]))
        for step in steps
    ]


def test_the_claim_stands_there_with_the_number_of_the_day(site: Site) -> None:
    """Since when and by which calendar; the title says it too."""
    site.masthead(counters=(STORM, OTHER))
    page = site.page("/counters/storm")
    assert text_of(page.xpath("//h1")[0]) == "139 days since the storm"
    assert page.xpath("//title/text()") == ["139 days since the storm – Harbour Office"]
    facts = text_of(page.xpath("//dl")[0])
    assert "Counted since1 January 2026" in facts
    assert "In whole days by the calendar of Moscow (Europe/Moscow)" in facts
    assert history(page) == [("Started", "139 days since the storm")]


def test_the_number_turns_at_midnight_of_its_own_zone(site: Site, clock: MovableClock) -> None:
    """To the second; the answer from before is not kept across it."""
    site.masthead(counters=(STORM,))
    clock.now = datetime(2026, 5, 20, 20, 59, 59, tzinfo=UTC)
    first = site.get("/counters/storm")
    assert "max-age=0" in first.headers["Cache-Control"] or "max-age=1" in first.headers["Cache-Control"]
    assert heading(site) == "139 days since the storm"
    clock.move(seconds=1)
    assert heading(site) == "140 days since the storm"
    again = site.get("/counters/storm", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_its_history_says_every_step_newest_first(site: Site, clock: MovableClock) -> None:
    """New words are marked beside the old ones; a new place among the others is no step."""
    site.masthead(counters=(STORM,))
    clock.move(days=1)
    site.masthead(counters=(REWORDED,))
    clock.move(days=1)
    site.masthead(counters=(OTHER, REWORDED))
    clock.move(days=1)
    site.masthead(counters=(OTHER, ANEW))
    page = site.page("/counters/storm")
    assert [what for what, _ in history(page)] == ["Counted anew", "Reworded", "Started"]
    reworded = page.xpath("//ol[@class='editions']/li[2]")[0]
    assert [text_of(node) for node in reworded.iter("ins")] == ["inserted: great end of insertion"]
    assert "Counted since 2 May 2026, Asia/Tokyo" in text_of(page.xpath("//ol[@class='editions']/li[1]")[0])
    assert heading(site) == "21 days without a storm"


def test_a_stopped_counter_keeps_its_page_with_the_reason(site: Site, clock: MovableClock) -> None:
    """Its number is that of the day on which it stopped, for ever; the masthead has it no more."""
    site.masthead(counters=(STORM,))
    clock.move(days=1)
    site.masthead()
    clock.move(days=30)
    page = site.page("/counters/storm")
    assert text_of(page.xpath("//h1")[0]) == "140 days since the storm"
    banner = text_of(page.xpath("//*[@class='banner']")[0])
    assert banner.startswith("Stopped on Thursday 21 May 2026, 10:00 Over.")
    assert history(page)[0] == ("Stopped", "Over.")
    assert not page.xpath("//*[@data-counter]")


def test_a_counter_that_starts_again_counts_on(site: Site, clock: MovableClock) -> None:
    """Both its lives are in its history."""
    for counters in ((STORM,), (), (STORM,)):
        site.masthead(counters=counters)
        clock.move(days=1)
    page = site.page("/counters/storm")
    assert [what for what, _ in history(page)] == ["Started", "Stopped", "Started"]
    assert not page.xpath("//*[@class='banner']")
    assert heading(site) == "142 days since the storm"


def test_at_a_past_instant_the_page_knows_nothing_of_later(site: Site, clock: MovableClock) -> None:
    """No later words and no reason to stop; nothing before the counter was public."""
    site.masthead()
    clock.move(seconds=10)
    site.masthead(counters=(STORM,))
    started = clock.now
    clock.move(days=1)
    site.masthead(counters=(REWORDED,))
    clock.move(days=1)
    site.masthead()
    clock.move(days=1)
    assert site.at(started - SECOND, "/counters/storm").status_code == 404
    then = site.at(started + SECOND, "/counters/storm")
    assert text_of(parsed(then).xpath("//h1")[0]) == "139 days since the storm"
    assert "great" not in then.text
    assert "Over." not in then.text
    later = site.at(started + timedelta(days=1, seconds=1), "/counters/storm")
    assert [what for what, _ in history(parsed(later))] == ["Reworded", "Started"]
    assert "Over." not in later.text


@pytest.mark.parametrize("key", ["calm", "never", "x" * 81, "Storm"])
def test_a_key_that_was_never_public_has_no_page(site: Site, key: str) -> None:
    site.masthead(counters=(STORM,))
    assert site.get(f"/counters/{key}").status_code == 404


def test_the_masthead_leads_to_each_counters_page(site: Site, clock: MovableClock) -> None:
    """Whole sentences, the number marked for programs as before; at a past instant to the page of then."""
    site.masthead(counters=(STORM, OTHER))
    links = site.page("/archive").xpath("//ul[@class='counters']/li/a")
    assert [link.get("href") for link in links] == ["/counters/storm", "/counters/calm"]
    assert text_of(links[0]) == "139 days since the storm"
    number = links[0].xpath("./span[@data-counter]")[0]
    assert (number.get("data-counter"), number.get("data-days")) == ("storm", "139")
    assert number.get("data-since") == "2026-01-01"
    clock.move(days=1)
    then = parsed(site.at(clock.now - timedelta(hours=1), "/"))
    assert then.xpath("//ul[@class='counters']/li/a/@href")[0].endswith("/counters/storm")
    assert then.xpath("//ul[@class='counters']/li/a/@href")[0].startswith("/web/20260521080000/")
