"""The sample newsroom's content: sound as a bundle, relative to its instant, and varied."""

import io
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from publisher import intake
from publisher.demo import IN_REVIEW, PICTURE, TABLE, TRANSLATION, ZONE, demo_acts, demo_bundle, table_of
from publisher.demo_chart import chart
from publisher.domain import zones
from publisher.domain.content import SLUG
from publisher.domain.publication import Significance
from publisher.interchange.bundle import Bundle, arguments, read_bundle

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
INSTANTS = [
    NOW,
    datetime(2024, 2, 29, 23, 30, tzinfo=UTC),
    datetime(2031, 3, 30, 0, 30, tzinfo=UTC),
    datetime(2027, 10, 31, 22, 59, 59, 999999, tzinfo=UTC),
]


def as_file(bundle: Bundle) -> bytes:
    """The bundle as JSON Lines, each amendment with its whole content."""
    lines: list[dict[str, object]] = [{"masthead": arguments(line)} for line in bundle.mastheads]
    for line in bundle.publications:
        said = arguments(line)
        amendments = [arguments(amendment) for amendment in line.amendments]
        changed = [{**a.pop("content"), **a} for a in amendments]
        lines.append({"publication": {**said.pop("content"), **said, "amendments": changed}})
    return "\n".join(json.dumps(line) for line in lines).encode()


@pytest.mark.parametrize("now", INSTANTS)
def test_demo_is_a_sound_bundle_at_any_instant(now: datetime) -> None:
    """Written as a file, the sample is admitted by the same checks as anybody's, and comes back equal."""
    bundle = demo_bundle(now)
    assert read_bundle(io.BytesIO(as_file(bundle))) == bundle


@pytest.mark.parametrize("now", INSTANTS)
def test_demo_covers_three_years_and_ends_yesterday(now: datetime) -> None:
    """Publications are in order; the last is yesterday's, the first nearly three years old."""
    instants = [line.published_at for line in demo_bundle(now).publications]
    assert instants == sorted(instants)
    yesterday = zones.local_date(now, ZONE) - timedelta(days=1)
    assert zones.local_date(instants[-1], ZONE) == yesterday
    assert timedelta(days=1_080) < now - instants[0] < timedelta(days=1_095)


@pytest.mark.parametrize("now", INSTANTS)
def test_nothing_imported_lies_ahead(now: datetime) -> None:
    """Every act of the past is past, so the import schedules nothing."""
    bundle = demo_bundle(now)
    acts = [line.at for line in bundle.mastheads]
    acts += [a.at for line in bundle.publications for a in line.amendments]
    assert max(acts) < now


def test_first_masthead_precedes_the_first_publication() -> None:
    """No page of the past lacks a masthead, and the zone holds from the start."""
    bundle = demo_bundle(NOW)
    assert bundle.mastheads[0].at < bundle.publications[0].published_at
    assert {line.text.zone for line in bundle.mastheads} == {ZONE}


def test_counters_began_before_the_masthead_that_shows_them() -> None:
    """No counter counts from a day that had not come."""
    for line in demo_bundle(NOW).mastheads:
        assert all(c.since <= zones.local_date(line.at, c.zone) for c in line.text.counters)


def test_counters_count_from_the_given_instant() -> None:
    """At the instant the sample is made for, the flood is 412 days ago."""
    counters = demo_bundle(NOW).mastheads[-1].text.counters
    assert [zones.days_since(c.since, c.zone, NOW) for c in counters] == [412, 1_264]


def test_demo_shows_every_kind_and_significance() -> None:
    """There is something to see of each kind, language and sort of amendment."""
    lines = demo_bundle(NOW).publications
    kinds = Counter(line.content.kind for line in lines)
    assert set(kinds) == {"press-release", "statement", "transcript", "interview", "notice", "speech"}
    assert min(kinds.values()) >= 2
    assert sum(line.content.language == "de" for line in lines) == 2
    assert {a.significance for line in lines for a in line.amendments} == set(Significance)
    assert sum(bool(line.amendments) for line in lines) >= 4
    assert len(lines) >= 40


def test_transcript_has_turns_of_named_outlets_and_speakers() -> None:
    """The long transcript holds at least six questions, each with an answer by one of its speakers."""
    line = next(x for x in demo_bundle(NOW).publications if x.key == "level-rule-briefing")
    turns = [p for p in line.content.body.split("\n\n") if re.match(r"Question \([^)]+\): ", p)]
    answers = [p for p in line.content.body.split("\n\n") if p.startswith(tuple(line.content.speakers))]
    assert len(turns) >= 6
    assert len(answers) >= len(turns)


def test_each_amendment_finds_the_words_it_replaces_once() -> None:
    """A replaced passage stands in the text exactly once, so that no amendment does too much or nothing."""
    for file in resources.files("publisher").joinpath("demo").iterdir():
        body, *amended = file.read_text("utf-8").split("\n===\n")
        for block in amended:
            replaced = re.search(r"^replace: (.*)$", block, re.MULTILINE)
            assert replaced, file.name
            assert body.count(replaced[1]) == 1, file.name


def test_texts_hold_nothing_that_goes_stale() -> None:
    """No year, month or weekday: the sample is always as old as it says."""
    stale = re.compile(
        r"\b(?:19|20)\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
        r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
        r"|\b(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|Juni|Juli)\b"
    )
    for file in resources.files("publisher").joinpath("demo").iterdir():
        assert not stale.search(file.read_text("utf-8")), file.name


def test_links_lead_to_reserved_names_only() -> None:
    """No link of the sample leads to anybody's real site, no number to anybody's telephone."""
    for file in resources.files("publisher").joinpath("demo").iterdir():
        text = file.read_text("utf-8")
        assert set(re.findall(r"https?://([^/)]+)", text)) <= {"example.org"}, file.name
        assert all(n.startswith("1632 960") for n in re.findall(r"\+44 (\d+ \d+)", text)), file.name


@pytest.mark.parametrize("now", INSTANTS)
def test_acts_concern_what_the_bundle_holds(now: datetime) -> None:
    """The live acts name publications of the bundle, and the schedule is tomorrow's nine o'clock."""
    acts = demo_acts(now)
    keys = {line.key for line in demo_bundle(now).publications}
    assert {acts.withdrawal.key, acts.move.key, acts.pinned} <= keys
    assert len({acts.withdrawal.key, acts.move.key, acts.pinned}) == 3
    assert {acts.translation.key, acts.illustration.key} <= keys
    assert not keys & {acts.move.slug, acts.schedule.slug, IN_REVIEW, TRANSLATION}
    assert SLUG.fullmatch(acts.move.slug)
    due = acts.schedule.at.astimezone(zones.zone(ZONE))
    assert due.date() == zones.local_date(now, ZONE) + timedelta(days=1)
    assert (due.hour, due.minute) == (9, 0)
    acts.schedule.content.check()
    acts.in_review.check()


def test_the_translation_says_what_is_amended_afterwards() -> None:
    """In German, with the numbers of the text that gets a picture: it is the one that falls behind."""
    acts = demo_acts(NOW)
    assert acts.translation.key == acts.illustration.key
    original, said = acts.illustration.content, acts.translation.content
    said.check()
    assert (said.language, said.kind, said.topics) == ("de", original.kind, original.topics)
    numbers = [re.findall(r"[\d]+", table_of(each)) for each in (original, said)]
    assert numbers[0] == numbers[1]


def test_the_picture_and_the_table_are_files_that_the_desk_would_take() -> None:
    """The text names the picture; the table has the rows of the text's own."""
    said = demo_acts(NOW).illustration
    assert f"![]({PICTURE} " in said.content.body
    assert intake.take(PICTURE, chart()).width == 1600
    table = intake.take(TABLE, table_of(said.content).encode()).data.decode()
    assert table.splitlines()[0] == '"Figure","This year","Year before"'
    assert '"Ferry passengers","1,284,000","1,197,000"' in table
