"""Two editions compared, as readers meet the page: which answer, what it says, and where it is linked."""

from datetime import UTC, datetime, timedelta

import pytest
from helper_site import Site, parsed, text_of

from movable_clock import MovableClock
from publisher.application import By, Receipt

PATH = "/2026/05/boats"


@pytest.fixture
def boats(site: Site, clock: MovableClock) -> Receipt:
    """A statement of three editions, an hour apart."""
    receipt = site.publish("Boats", body="Nine boats sail.\n\nEvery day.")
    clock.move(hours=1)
    site.amend(receipt.id, "Boats", body="Ten boats sail.\n\nEvery day.")
    clock.move(hours=1)
    site.amend(
        receipt.id,
        "Ten boats",
        body="Ten boats sail.\n\nEvery day.\n\nIn winter too.",
        significance="correction",
        note="Winter was left out.",
    )
    return receipt


def changed(site: Site, path: str) -> tuple[list[str], list[str]]:
    """What the page marks as inserted and as deleted, hidden words included."""
    page = site.page(path)
    return [text_of(n) for n in page.iter("ins")], [text_of(n) for n in page.iter("del")]


@pytest.mark.usefixtures("boats")
def test_words_are_marked_for_eyes_and_named_for_ears(site: Site) -> None:
    """An insertion and a deletion say where they begin and end."""
    inserted, deleted = changed(site, f"{PATH}/diff/1..2")
    assert inserted == ["inserted: Ten end of insertion"]
    assert deleted == ["deleted: Nine end of deletion"]


@pytest.mark.usefixtures("boats")
def test_any_two_editions_are_compared(site: Site) -> None:
    """The first with the third, the title included."""
    inserted, deleted = changed(site, f"{PATH}/diff/1..3")
    assert any("In winter too." in text for text in inserted)
    assert any("Ten" in text for text in inserted)
    assert any("Nine" in text for text in deleted)


@pytest.mark.usefixtures("boats")
def test_each_change_leads_to_the_next_one(site: Site) -> None:
    """From the count at the head to the last change, every link meets a place of the page."""
    page = site.page(f"{PATH}/diff/1..3")
    links = page.xpath('//a[@class="diff-next"]/@href')
    assert links == [f"#change-{n}" for n in range(1, 4)]
    assert [n.get("id") for n in page.xpath('//*[starts-with(@id, "change-")]')] == [x[1:] for x in links]


@pytest.mark.usefixtures("boats")
@pytest.mark.parametrize(
    "rest", ["2..2", "1..4", "0..1", "9..9", "4..1", "1..x", "1.2", "1..99999999999999999999"]
)
def test_what_is_no_pair_of_editions_is_not_found(site: Site, rest: str) -> None:
    assert site.get(f"{PATH}/diff/{rest}").status_code == 404
    assert site.get("/2026/05/nothing/diff/1..2").status_code == 404


@pytest.mark.usefixtures("boats")
def test_a_pair_the_wrong_way_round_leads_to_the_right_one(site: Site, clock: MovableClock) -> None:
    """Also within a memento."""
    answer = site.get(f"{PATH}/diff/3..2")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{PATH}/diff/2..3")
    then = site.at(clock.now, f"{PATH}/diff/2..1").headers["Location"]
    assert then.startswith("/web/")
    assert then.endswith(f"{PATH}/diff/1..2")


@pytest.mark.usefixtures("boats")
def test_at_an_instant_only_what_was_public_is_compared(site: Site, clock: MovableClock) -> None:
    """The third edition is not known an hour before it."""
    before = clock.now - timedelta(minutes=30)
    assert site.at(before, f"{PATH}/diff/1..2").status_code == 200
    assert site.at(before, f"{PATH}/diff/2..3").status_code == 404


def test_a_scheduled_edition_is_not_compared(site: Site, boats: Receipt, clock: MovableClock) -> None:
    """No word of it shows before it is due."""
    site.amend(boats.id, "Secret plans", body="Secret.", due=clock.now + timedelta(days=1))
    assert site.get(f"{PATH}/diff/3..4").status_code == 404
    clock.move(days=2)
    assert site.get(f"{PATH}/diff/3..4").status_code == 200


@pytest.mark.usefixtures("boats")
def test_pages_lead_to_the_difference(site: Site) -> None:
    """From the publication, an edition of it, its history and the lists."""
    for path in (PATH, f"{PATH}/editions/3", f"{PATH}/history", "/", "/archive"):
        assert f"{PATH}/diff/2..3" in site.page(path).xpath("//a/@href"), path
    assert f"{PATH}/diff/1..2" in site.page(f"{PATH}/editions/2").xpath("//a/@href")
    compared = [h for h in site.page(f"{PATH}/history").xpath("//a/@href") if "/diff/" in h]
    assert compared == [f"{PATH}/diff/2..3", f"{PATH}/diff/1..2"]


def test_an_old_address_leads_to_the_present_one(site: Site, boats: Receipt) -> None:
    site.publisher.newsroom.move(boats.id, "ships", By())
    answer = site.get(f"{PATH}/diff/1..2")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/2026/05/ships/diff/1..2")


def test_a_redacted_text_is_not_compared(site: Site, boats: Receipt, clock: MovableClock) -> None:
    """The page says why instead, now and at every instant, and the history leads only to what is left."""
    site.publisher.newsroom.redact(boats.id, 1, "Order 12", By())
    clock.move(minutes=1)
    for answer in (site.get(f"{PATH}/diff/1..2"), site.at(clock.now, f"{PATH}/diff/1..2")):
        assert answer.status_code == 200
        assert "There is nothing to compare" in answer.text
        assert "Order 12" in answer.text
        assert "Nine" not in answer.text
        assert "Every day" not in answer.text
    links = [h for h in site.page(f"{PATH}/history").xpath("//a/@href") if "/diff/" in h]
    assert links == [f"{PATH}/diff/2..3"]


def test_what_was_removed_is_gone_here_too(site: Site, boats: Receipt, clock: MovableClock) -> None:
    site.publisher.newsroom.remove(boats.id, "It named a person.", By())
    clock.move(minutes=1)
    before = clock.now - timedelta(minutes=30)
    for answer in (site.get(f"{PATH}/diff/1..2"), site.at(before, f"{PATH}/diff/1..2")):
        assert answer.status_code == 410
        assert "boats sail" not in answer.text


@pytest.mark.usefixtures("boats")
def test_the_difference_has_validators(site: Site, clock: MovableClock) -> None:
    """A known entity tag is answered with 304."""
    clock.move(minutes=5)
    tag = site.get(f"{PATH}/diff/1..2").headers["ETag"]
    assert site.get(f"{PATH}/diff/1..2", headers={"If-None-Match": tag}).status_code == 304


def test_our_words_within_a_text_keep_their_own_language(site: Site, clock: MovableClock) -> None:
    """A Polish text on a page in English: the words for screen readers are English."""
    receipt = site.publish("Statki", slug="statki", language="pl", body="Jeden statek.")
    clock.move(hours=1)
    site.amend(receipt.id, "Statki", language="pl", body="Dwa statki.")
    page = parsed(site.get("/2026/05/statki/diff/1..2"))
    assert page.xpath('//*[@class="diff-text"]/@lang') == ["pl"]
    assert set(page.xpath("//ins/span/@lang | //del/span/@lang")) == {"en-GB"}


def test_an_instant_before_the_publication_knows_no_difference(site: Site, boats: Receipt) -> None:
    assert boats.path == PATH
    assert site.at(datetime(2026, 1, 1, tzinfo=UTC), f"{PATH}/diff/1..2").status_code == 404
