"""A bundle into the log: whole or not at all, once, and further at its end only."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid5

import pytest

from movable_clock import MovableClock
from publisher.application import By, Newsroom
from publisher.domain import errors
from publisher.domain.content import Content
from publisher.domain.masthead import Masthead
from publisher.domain.publication import Publication, Significance
from publisher.interchange.bundle import BadLine, Bundle, read_bundle
from publisher.interchange.importing import Imported, import_bundle

Make = Callable[..., Newsroom]
Line = dict[str, dict[str, Any]]


def masthead(at: str = "2018-03-12T00:00:00Z", **fields: Any) -> Line:
    said = {"at": at, "name": "Office", "clocks": [], "contacts": [], "counters": [], "notices": []}
    return {"masthead": said | fields}


def amendment(at: str, **fields: Any) -> dict[str, Any]:
    return {"at": at, "significance": "major", "note": "Says more."} | (fields or {"body": f"At {at}."})


def publication(key: str = "budget", *amendments: dict[str, Any], **fields: Any) -> Line:
    said = {
        "key": key,
        "kind": "statement",
        "language": "en-GB",
        "title": "Budget adopted",
        "summary": "S.",
        "body": "Body.",
        "topics": [],
        "speakers": [],
        "published_at": "2020-05-12T10:00:00+01:00",
        "amendments": list(amendments),
    }
    return {"publication": said | fields}


def bundle(*lines: Line) -> Bundle:
    return read_bundle(BytesIO("".join(json.dumps(line) + "\n" for line in lines).encode()))


def imported(room: Newsroom, *lines: Line) -> Imported:
    return import_bundle(room, bundle(*lines), By())


def found(room: Newsroom, key: str = "budget") -> Publication:
    source = room.newsroom_id()
    assert source is not None
    made: Publication = room.repository.get(uuid5(source, str(uuid5(source, f"import:{key}"))))
    return made


def topics(room: Newsroom, after: int = 0) -> list[str]:
    return [e.topic.removeprefix("publisher.") for _, e in room.reader.stored(after, 1_000)]


def refused(room: Newsroom, reason: str, *lines: Line) -> None:
    """The import is refused as `reason`, and the log is what it was."""
    before = room.reader.stored(0, 1_000)
    with pytest.raises(BadLine, match=reason):
        imported(room, *lines)
    assert room.reader.stored(0, 1_000) == before


FIRST, SECOND, THIRD = "2020-05-13T09:00:00Z", "2020-05-14T09:00:00Z", "2020-05-15T09:00:00Z"


# ---- what is stored


def test_a_bundle_becomes_events_at_its_own_instants(newsroom: Make) -> None:
    """`effective_at` looks back, `timestamp` and actor are the import's."""
    room = newsroom()
    done = imported(room, masthead(), publication("budget", amendment(FIRST)))
    assert done == Imported(mastheads=1, publications=1, amendments=1, passed_over=0)
    events = {event.TOPIC: event for _, event in room.reader.select(0, 100)}
    assert events["publisher.masthead.named"].effective_at == datetime(2018, 3, 12, tzinfo=UTC)
    published = events["publisher.publication.published"]
    assert published.effective_at == datetime(2020, 5, 12, 9, tzinfo=UTC)
    assert published.path == "/2020/05/budget-adopted"
    assert events["publisher.publication.amended"].effective_at == datetime(2020, 5, 13, 9, tzinfo=UTC)
    assert {event.timestamp for event in events.values()} == {datetime(2026, 5, 20, 9, tzinfo=UTC)}
    assert {event.actor for event in events.values()} == {"cli"}


def test_an_amendment_is_revised_then_amended(newsroom: Make) -> None:
    """Every imported edition has its revision on the desk."""
    room = newsroom()
    imported(room, publication("budget", amendment(FIRST), amendment(SECOND)))
    assert [t for t in topics(room) if t.startswith("publication")] == [
        "publication.drafted",
        "publication.published",
        "publication.revised",
        "publication.amended",
        "publication.revised",
        "publication.amended",
    ]
    assert [s.edition for s in found(room).stack] == [1, 2, 3]


def test_command_ids_are_derived_from_key_and_instant(newsroom: Make) -> None:
    """uuid5(newsroom, 'import:KEY:AT'), so that a line is the same command in every bundle."""
    room = newsroom()
    imported(room, masthead(), publication("budget", amendment("2020-05-13T10:00:00+01:00")))
    source = room.newsroom_id()
    assert source is not None
    events = {event.TOPIC: event for _, event in room.reader.select(0, 100)}
    assert events["publisher.publication.published"].command_id == str(uuid5(source, "import:budget"))
    assert events["publisher.publication.amended"].command_id == str(
        uuid5(source, "import:budget:2020-05-13T09:00:00.000000Z")
    )
    assert events["publisher.masthead.named"].command_id == str(
        uuid5(source, "import:2018-03-12T00:00:00.000000Z")
    )


def test_texts_of_a_bundle_are_in_the_log(newsroom: Make) -> None:
    """Every revision's content is stored with its events."""
    room = newsroom()
    imported(room, publication("budget", amendment(FIRST, title="Budget")))
    contents = [room.reader.content(sha256) for sha256 in found(room).revisions]
    assert [Content.parse(c).title for c in contents if c] == ["Budget adopted", "Budget"]


def test_a_paths_month_uses_the_bundles_own_zones(newsroom: Make) -> None:
    """In force at its instant, wherever the masthead stands in the file."""
    room = newsroom(zone="UTC")
    midnight = {"published_at": "2020-05-31T23:30:00Z"}
    imported(
        room,
        publication("london", slug="london", **midnight),
        publication("early", slug="early", published_at="2017-05-31T23:30:00Z"),
        masthead(zone="Europe/London"),
    )
    assert found(room, "london").stack[0].path == "/2020/06/london"
    assert found(room, "early").stack[0].path == "/2017/05/early"


def test_equal_titles_are_numbered_in_the_order_of_the_lines(newsroom: Make) -> None:
    """As the desk does it."""
    room = newsroom()
    imported(room, publication("a"), publication("b"))
    assert found(room, "b").stack[0].path == "/2020/05/budget-adopted-2"


def test_one_future_instant_schedules(newsroom: Make, clock: MovableClock) -> None:
    """An imported edition to come is pending like any other."""
    room = newsroom()
    later = (clock.now + timedelta(days=3)).isoformat()
    imported(room, publication("budget", amendment(FIRST), amendment(later)))
    assert found(room).stack[-1].effective_at == clock.now + timedelta(days=3)
    cancelled = room.cancel_schedule(found(room).id, 3, By())
    assert cancelled.edition == 2


def test_progress_is_told_of_each_line(newsroom: Make) -> None:
    """A bar can follow."""
    told: list[int] = []
    lines = bundle(masthead(), publication("a"), publication("b"))
    import_bundle(newsroom(), lines, By(), lambda: told.append(1))
    assert len(told) == 3


# ---- again


def test_importing_again_changes_nothing(newsroom: Make, clock: MovableClock) -> None:
    """Every line is passed over, whoever imports and whenever."""
    room = newsroom()
    lines = (masthead(), masthead("2019-01-01T00:00:00Z"), publication("budget", amendment(FIRST)))
    imported(room, *lines)
    head = room.reader.head()
    clock.move(days=1)
    assert imported(newsroom(), *lines) == Imported(passed_over=4)
    assert room.reader.head() == head


def test_the_same_instant_in_another_offset_is_the_same_line(newsroom: Make) -> None:
    """It is the instant that counts, not how it is written."""
    room = newsroom()
    imported(room, publication())
    assert imported(room, publication(published_at="2020-05-12T09:00:00Z")).passed_over == 1


def test_importing_again_after_desk_edits_passes_over(newsroom: Make, clock: MovableClock) -> None:
    """What counts is the command, not the present state."""
    room = newsroom()
    lines = (masthead(), publication("budget", amendment(FIRST)))
    imported(room, *lines)
    clock.move(hours=1)
    made = found(room)
    room.revise(made.id, 2, Content(kind="k", language="en", title="New", summary="", body=""), By())
    room.amend(made.id, 3, Significance.MINOR, "By the desk.", By())
    room.move(made.id, "elsewhere", By())
    room.withdraw(made.id, "Under review.", By())
    head = room.reader.head()
    assert imported(room, *lines) == Imported(passed_over=3)
    assert room.reader.head() == head


def test_importing_again_after_a_cancelled_schedule_passes_over(
    newsroom: Make, clock: MovableClock
) -> None:
    """The desk's cancellation stands."""
    room = newsroom()
    lines = (publication("budget", amendment((clock.now + timedelta(days=3)).isoformat())),)
    imported(room, *lines)
    room.cancel_schedule(found(room).id, 2, By())
    assert imported(room, *lines) == Imported(passed_over=2)


def test_importing_again_after_the_scheduled_instant_passes_over(
    newsroom: Make, clock: MovableClock
) -> None:
    """The edition is public by then, and the line the same."""
    room = newsroom()
    lines = (publication("budget", amendment((clock.now + timedelta(days=3)).isoformat())),)
    imported(room, *lines)
    clock.move(days=4)
    assert imported(room, *lines) == Imported(passed_over=2)


def test_fewer_amendments_than_before_pass_over(newsroom: Make) -> None:
    """An older copy of the bundle takes nothing back."""
    room = newsroom()
    imported(room, publication("budget", amendment(FIRST), amendment(SECOND)))
    assert imported(room, publication("budget", amendment(FIRST))) == Imported(passed_over=2)


def test_further_amendments_are_appended(newsroom: Make) -> None:
    """A longer copy of the bundle adds what is new at the end."""
    room = newsroom()
    imported(room, publication("budget", amendment(FIRST)))
    before = room.reader.head()
    again = publication("budget", amendment(FIRST), amendment(SECOND), amendment(THIRD))
    assert imported(room, again) == Imported(amendments=2, passed_over=2)
    assert topics(room, before) == ["publication.revised", "publication.amended"] * 2
    assert imported(room, again) == Imported(passed_over=4)


def test_further_lines_are_stored_beside_known_ones(newsroom: Make) -> None:
    """New publications and a later masthead come with the old ones."""
    room = newsroom()
    imported(room, masthead(), publication("a"))
    done = imported(
        room, masthead(), masthead("2019-01-01T00:00:00Z", name="Other"), publication("a"), publication("b")
    )
    assert done == Imported(mastheads=1, publications=1, passed_over=2)


def test_a_masthead_that_says_the_same_later_is_remembered(newsroom: Make) -> None:
    """Even a line without a change is a command, carried out once."""
    room = newsroom()
    lines = (masthead(), masthead("2019-01-01T00:00:00Z"))
    assert imported(room, *lines).mastheads == 2
    assert imported(room, *lines) == Imported(passed_over=2)


# ---- refused


@pytest.mark.parametrize(
    "changed",
    [
        publication(title="Other title"),
        publication(published_at="2020-05-12T10:00:01+01:00"),
        publication(slug="other"),
    ],
)
def test_a_changed_publication_is_refused_by_its_line(newsroom: Make, changed: Line) -> None:
    """History is not rewritten by importing it differently."""
    room = newsroom()
    imported(room, publication())
    refused(room, r"^line 2: key: The log holds another text of it", masthead(), changed)


def test_a_changed_amendment_is_refused_by_its_line(newsroom: Make) -> None:
    """Its note as well as its text."""
    room = newsroom()
    imported(room, publication("budget", amendment(FIRST)))
    for fields in ({"note": "Other.", "body": f"At {FIRST}."}, {"body": "Other."}):
        line = publication("budget", amendment(FIRST, **fields))
        refused(room, r"^line 1: amendments\[0\].at: The log holds another amendment", line)


def test_a_changed_masthead_is_refused_by_its_line(newsroom: Make) -> None:
    """Of the same instant."""
    room = newsroom()
    imported(room, masthead())
    refused(room, r"^line 1: at: The log holds another masthead", masthead(name="Other"))


def test_an_amendment_before_what_stands_is_refused(newsroom: Make, clock: MovableClock) -> None:
    """History is only ever added at its end: in the bundle, and after the desk."""
    room = newsroom()
    imported(room, publication("budget", amendment(SECOND)))
    reason = r"^line 1: amendments\[{}\].at: .* is not later than what stands"
    refused(room, reason.format(0), publication("budget", amendment(FIRST), amendment(SECOND)))
    room.withdraw(found(room).id, "Under review.", By())
    room.reinstate(found(room).id, By())
    refused(room, reason.format(1), publication("budget", amendment(SECOND), amendment(THIRD)))


def test_an_amendment_while_one_is_pending_is_refused(newsroom: Make, clock: MovableClock) -> None:
    """The desk's schedule is not cancelled by an import."""
    room = newsroom()
    imported(room, publication())
    made = found(room)
    room.revise(made.id, 1, Content(kind="k", language="en", title="New", summary="", body=""), By())
    room.amend(made.id, 2, Significance.MAJOR, "Later.", By(), due=clock.now + timedelta(days=1))
    refused(
        room,
        r"^line 1: amendments\[0\].at: Edition 2 is scheduled",
        publication("budget", amendment(FIRST)),
    )


def test_a_masthead_in_the_future_is_refused(newsroom: Make, clock: MovableClock) -> None:
    """A masthead can't be scheduled."""
    room = newsroom()
    refused(room, r"^line 1: .*future", masthead((clock.now + timedelta(seconds=1)).isoformat()))
    assert imported(room, masthead(clock.now.isoformat())).mastheads == 1


@pytest.mark.parametrize("published", ["2020-05-12T10:00:00Z", "2026-05-21T00:00:00Z"])
def test_two_future_instants_are_refused(newsroom: Make, published: str) -> None:
    """At most one edition of a publication is pending."""
    later = [amendment(f"2026-06-0{day}T00:00:00Z") for day in (1, 2)]
    refused(newsroom(), r"^line 1: .*one instant", publication("budget", *later, published_at=published))


def test_a_taken_slug_is_refused_by_its_line(newsroom: Make) -> None:
    """A given slug is never numbered."""
    room = newsroom()
    lines = [publication(key, slug="budget") for key in ("a", "b")]
    refused(room, r"^line 2: slug: The address /2020/05/budget is taken", *lines)
    assert room.newsroom_id() is None


def test_a_bundle_is_stored_whole_or_not_at_all(newsroom: Make) -> None:
    """The last line's refusal takes all others back, their texts too."""
    room = newsroom()
    imported(room, publication("old"))
    new = publication("new", body="Never stored.")
    refused(room, r"^line 3: ", masthead(), new, publication("old", title="Changed"))
    with room.events_recorder.datastore.transaction(commit=False) as c:
        c.execute("SELECT count(*) FROM contents")
        assert c.fetchone()[0] == 1
    assert imported(room, masthead(), new).publications == 1


def test_a_counter_that_begins_after_its_masthead_is_refused(newsroom: Make) -> None:
    """No claim of minus days, at any past instant."""
    counter = {"key": "k", "since": "2018-03-13", "zone": "UTC", "text": "{days} days"}
    refused(newsroom(), r"^line 1: counters: The counter “k”", masthead(counters=[counter]))


def test_a_masthead_before_the_one_that_stands_is_refused(newsroom: Make) -> None:
    """The masthead's past is closed too."""
    room = newsroom()
    imported(room, masthead("2019-01-01T00:00:00Z"))
    refused(room, r"^line 1: at: .* is not later", masthead("2018-01-01T00:00:00Z", name="Older"))


def test_an_older_masthead_adds_nothing_beside_the_one_that_stands(newsroom: Make) -> None:
    """A masthead line is the whole of it: nothing of an older one shows under a newer one."""
    room = newsroom()
    imported(room, masthead("2019-01-01T00:00:00Z"))
    clocks = [{"label": "Moscow", "zone": "Europe/Moscow"}]
    refused(room, r"^line 1: ", masthead("2018-01-01T00:00:00Z", clocks=clocks))
    kept: Masthead = room.repository.get(Masthead.ID)
    assert ("clock", "Europe/Moscow") not in kept.settings


def test_an_import_in_a_rehearsal_later_than_the_clock_is_refused(
    newsroom: Make, clock: MovableClock
) -> None:
    """As any command."""
    room = newsroom(rehearsal=clock.now + timedelta(days=1))
    with pytest.raises(errors.RehearsalInFuture):
        imported(room, publication())
    assert room.reader.head() == 0


def test_a_rehearsals_import_is_marked(newsroom: Make) -> None:
    """What lies after its instant is future to it."""
    room = newsroom(rehearsal=datetime(2020, 5, 13, 8, tzinfo=UTC))
    imported(room, publication("budget", amendment(FIRST)))
    assert all(event.rehearsal for _, event in room.reader.select(0, 100))
    refused(room, r"^line 1: ", publication("other", amendment(FIRST), amendment(SECOND)))


def test_the_desk_revises_an_imported_publication(newsroom: Make, clock: MovableClock) -> None:
    """After the import it is a publication like any other, to which a later import adds."""
    room = newsroom()
    imported(room, publication())
    made = found(room)
    room.revise(made.id, 1, Content(kind="k", language="en", title="New", summary="", body=""), By())
    assert imported(room, publication("budget", amendment(FIRST))) == Imported(amendments=1, passed_over=1)
    assert found(room).revision == 3
    assert found(room).stack[-1].revision == 3


def test_a_text_that_the_desk_saved_already_is_not_revised_again(
    newsroom: Make, clock: MovableClock
) -> None:
    """The imported edition takes the desk's newest revision where it says the same."""
    room = newsroom()
    imported(room, publication())
    made = found(room)
    stored = room.reader.content(made.revisions[0])
    assert stored is not None
    room.revise(made.id, 1, Content.parse(stored).changed(body="Longer."), By())
    before = room.reader.head()
    assert imported(room, publication("budget", amendment(FIRST, body="Longer."))).amendments == 1
    assert topics(room, before) == ["publication.amended"]
    assert found(room).stack[-1].revision == 2
