"""The library's lists, search, edges of change, desk and list of events."""

from datetime import UTC, date, datetime, timedelta

import pytest
from helper_dump import dumped
from helper_log import MICRO, MINUTE, START, Log, Views, text

from publisher.domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from publisher.domain.policy import Role
from publisher.readmodel.desking import Asker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANN = Asker(account="ann", reviews=True, publishes=True)
PEACE = Counter(key="peace", since=date(2018, 3, 4), zone="Asia/Tokyo", text="{days} days.")


def test_the_masthead_keeps_its_order_and_its_past(log: Log, views: Views) -> None:
    """Each setting holds until it is set anew; a reworded counter keeps its day and zone."""
    clocks = (Clock(label="Moscow", zone="Europe/Moscow"), Clock(label="Bonn", zone="Europe/Berlin"))
    notice = Notice(level="warning", text="Closed.")
    log.say(
        MastheadText(name="Old", zone="Europe/Moscow", clocks=clocks, counters=(PEACE,), notices=(notice,))
    )
    old = log.now
    reworded = Counter(key="peace", since=PEACE.since, zone=PEACE.zone, text="Day {days}.")
    contact = Contact(label="Press", value="+1")
    log.say(MastheadText(name="New", clocks=clocks[::-1], contacts=(contact,), counters=(reworded,)))
    before, after = views.read().masthead(log.now - MICRO), views.read().masthead(log.now)
    assert before == views.read().masthead(old)
    assert (before.name, before.zone, after.name, after.zone) == (
        "Old",
        "Europe/Moscow",
        "New",
        "Europe/Moscow",
    )
    assert [c.label for c in before.clocks] == ["Moscow", "Bonn"]
    assert [c.label for c in after.clocks] == ["Bonn", "Moscow"]
    assert [(c.text, c.since, c.zone) for c in after.counters] == [
        ("Day {days}.", PEACE.since, "Asia/Tokyo")
    ]
    assert ([n.text for n in before.notices], after.notices) == (["Closed."], ())
    assert [(c.label, c.value) for c in after.contacts] == [("Press", "+1")]


def test_the_front_page_shows_pins_first_and_no_publication_twice(log: Log, views: Views) -> None:
    """A pinned publication that is no longer live is left out."""
    pubs = [log.publish(text(f"T{n}")) for n in range(4)]
    log.say(MastheadText(name="Embassy"))
    assert log.masthead
    log.masthead.pin(pubs[1].id, log.act())
    log.masthead.pin(pubs[0].id, log.act())
    log.save(log.masthead)
    library = views.read()
    assert [(r.title, r.pinned) for r in library.front(log.now, 1)] == [
        ("T1", True),
        ("T0", True),
        ("T3", False),
    ]
    assert [r.title for r in library.front(log.now)] == ["T1", "T0", "T3", "T2"]
    pubs[1].withdraw("Doubt.", log.act())
    log.save(pubs[1])
    assert [r.title for r in views.read().front(log.now, 1)] == ["T0", "T3"]


def test_archives_are_paged_by_year_month_and_facet(log: Log, views: Views) -> None:
    """Newest first; the month is that of the path, not of UTC."""
    for number in range(5):
        log.publish(text(f"T{number}", topics=("trade",)), f"/2026/03/t{number}")
    log.publish(text("New year", kind="interview"), "/2027/01/new-year")
    library = views.read()
    page = library.listing(log.now, year=2026, page=2, size=2)
    assert ([r.title for r in page.rows], page.total, page.pages) == (["T2", "T1"], 5, 3)
    assert library.listing(log.now, year=2026, month=3).total == 5
    assert library.listing(log.now, year=2027, month=1).rows[0].title == "New year"
    assert library.listing(log.now, year=2026, month=1).total == 0
    assert library.listing(log.now, facet="topic:trade", year=2026, month=3, size=3).total == 5
    assert library.listing(log.now, facet="topic:trade", year=2027).total == 0
    assert library.listing(log.now, page=4, size=2).rows == ()
    assert [library.listing(log.now, year=y).total for y in (0, 99999)] == [0, 0]


def test_tallies_count_what_is_live(log: Log, views: Views) -> None:
    """Speakers whose names have one slug are one person."""
    log.publish(text("A", topics=("trade", "peace"), speakers=("Anna Ray", "Ánna Ray")), "/2026/03/a")
    log.publish(text("B", topics=("trade",), language="ru"), "/2027/01/b")
    log.publish(text("C", topics=("trade",)), "/2027/01/c", due=log.now + HOUR)
    library = views.read()

    def counted(what: str) -> list[tuple[str, str, int]]:
        return [(t.key, t.label, t.count) for t in library.tallies(log.now, what)]

    assert counted("year") == [("2027", "2027", 1), ("2026", "2026", 1)]
    assert counted("month") == [("2027-01", "2027-01", 1), ("2026-03", "2026-03", 1)]
    assert counted("topic") == [("trade", "trade", 2), ("peace", "peace", 1)]
    assert counted("person") == [("anna-ray", "Anna Ray", 1)]
    assert counted("kind") == [("statement", "statement", 2)]
    assert counted("language") == [("en-GB", "en-GB", 1), ("ru", "ru", 1)]


def test_a_feed_says_for_thirty_days_that_something_is_gone(log: Log, views: Views) -> None:
    """In the order of the change; the edge is an instant of change of its own."""
    pub = log.publish(text("Gone", topics=("trade",)))
    log.publish(text("Other"))
    pub.withdraw("Doubt.", log.act())
    log.save(pub)
    end = log.now + 30 * DAY
    library = views.read()
    for facet in (None, "topic:trade"):
        row = library.feed(end - MICRO, facet)[0]
        assert (row.status, row.reason, row.title, row.updated) == ("withdrawn", "Doubt.", "Gone", log.now)
        assert "Gone" not in [r.title for r in library.feed(end, facet)]
    assert library.next_change(end - HOUR) == end
    assert library.version(end - MICRO) != library.version(end)
    assert library.version(end).boundary == end


def test_corrections_are_told_with_their_notes(log: Log, views: Views) -> None:
    """Of what is live, each as the edition that corrected."""
    pub = log.publish(text("Wrong"))
    log.amend(pub, text("Right"), "correction", "The year was wrong.")
    corrected = log.now
    log.amend(pub, text("Better"), "major")
    gone = log.publish(text("Gone"))
    log.amend(gone, text("Gone too"), "correction")
    gone.withdraw("Doubt.", log.act())
    log.save(gone)
    [row] = views.read().corrections(log.now, 10)
    assert (row.title, row.note, row.amended, row.edition) == ("Right", "The year was wrong.", corrected, 2)
    assert views.read().corrections(corrected - MICRO, 10) == ()


def test_search_finds_every_word_without_accents_or_case(log: Log, views: Views) -> None:
    """In title, summary and body, of the edition that stands live at the instant."""
    log.publish(text("Café talks", body="<p>Peace <b>now</b></p>", markup="html"), "/2026/03/one")
    first = log.now
    log.publish(text("Talks", kind="interview", body="War"))
    log.amend(log.publications[0], text("Café closed"))
    library = views.read()
    assert [r.title for r in library.search(first, "cafe PEACE").rows] == ["Café talks"]
    assert library.search(first, "b").total == 0
    assert library.search(log.now, "peace").total == 0
    assert [r.title for r in library.search(log.now, "talks", kind="interview").rows] == ["Talks"]
    assert library.search(log.now, "talks", kind="statement").total == 0
    day = START.date()
    assert library.search(log.now, "closed", first=day, last=day).total == 1
    assert [
        (p.total, p.rows) for p in (library.search(log.now, "closed", page=n) for n in (2, 10**30))
    ] == [
        (1, ()),
        (1, ()),
    ]
    assert library.search(log.now, "closed", first=day + DAY).total == 0
    assert library.search(log.now, "closed", last=day - DAY).total == 0
    assert library.search(log.now, "closed", first=date.min, last=date.max).total == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        '"',
        "a OR",
        "NEAR(",
        "title:x",
        "-",
        "*",
        "^a",
        "\x00",
        "\ud800",
        "() AND",
        "'; --",
        "²",
        "a" * 9999,
        "x " * 999,
    ],
)
def test_no_query_is_an_error(query: str, log: Log, views: Views) -> None:
    """Readers may type anything."""
    log.publish()
    assert views.read().search(log.now, query).total == 0


def test_cancelled_removed_and_redacted_texts_leave_the_search_table(log: Log, views: Views) -> None:
    """Not only the answers: the words are no longer held."""
    for number in range(3):
        log.publish(text(f"T{number}"))
    log.amend(log.publications[0], text("Never"), due=log.now + HOUR)
    views.read()
    log.publications[0].cancel_schedule(2, log.act())
    log.save(log.publications[0])
    log.redact(log.publications[1], 1)
    log.publications[2].remove("Unlawful.", log.act())
    log.save(log.publications[2])
    views.read()
    assert [row[1] for row in dumped(views.path)["search_text"]] == ["T0"]
    assert [row[10] for row in dumped(views.path)["edition"]] == ["T0", "", ""]


def test_the_next_change_is_the_nearest_edge(log: Log, views: Views) -> None:
    """A schedule, a midnight of the newsroom's zone (its default before one is set), a counter's."""
    library = views.read()
    assert library.next_change(START) == datetime(2026, 3, 3, tzinfo=UTC)
    log.say(MastheadText(name="Embassy", zone="Europe/Moscow", counters=(PEACE,)))
    library = views.read()
    assert library.next_change(log.now) == datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert library.next_change(datetime(2026, 3, 2, 15, tzinfo=UTC)) == datetime(2026, 3, 2, 21, tzinfo=UTC)
    pub = log.publish()
    due = log.now + HOUR
    log.amend(pub, text("Second"), due=due)
    assert views.read().next_change(log.now) == due
    assert views.read().next_change(log.publications[0].stack[0].effective_at) == due
    pub.cancel_schedule(2, log.act())
    log.save(pub)
    assert views.read().next_change(log.now) == datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_the_version_moves_with_everything_public(log: Log, views: Views) -> None:
    """At the instant of a schedule too; a redaction moves that of the past."""
    assert views.read().version(log.now).position == 0
    pub = log.publish()
    first = log.now
    due = log.now + HOUR
    log.amend(pub, text("Second"), due=due)
    library = views.read()
    before, after = library.version(due - MICRO), library.version(due)
    assert (before.position, before.boundary) == (2, first)  # to schedule changes nothing yet
    assert (after.position, after.boundary) == (4, due)
    log.now = due
    past = library.version(first)
    log.redact(pub, 1)
    assert views.read().version(first) != past
    assert views.read().version(first).boundary == first


@pytest.mark.parametrize("batches", ["one batch", "two batches"])
def test_a_cancelled_schedule_moves_no_version(log: Log, views: Views, batches: str) -> None:
    """Neither now nor at its instant; what it hid moves the version at its own."""
    pub = log.publish()
    before = views.read().version(log.now)
    log.amend(pub, text("Second"), due=log.now + 3 * HOUR)
    due = log.now + 2 * HOUR
    other = log.publish(text("Other"), due=due)
    if batches == "two batches":
        views.read()
    other.cancel_schedule(1, log.act())
    log.save(other)
    library = views.read()
    instants = (log.now, due, log.now + 2 * HOUR, log.now + 3 * HOUR)
    assert [library.version(t).position for t in instants] == [before.position] * 3 + [4]
    assert library.version(due) == before


def test_the_version_of_the_past_moves_with_an_import(log: Log, views: Views) -> None:
    """From the imported instant on; before it nothing has changed. However the batches are cut."""
    log.publish(text("Live"))
    live = log.now
    versions = [views.read().version(live).position]
    imported = [live - 5 * DAY, live - 9 * DAY, live - 7 * DAY]
    for number, at in enumerate(imported):
        pub = log.draft(text(f"Imported {number}"))
        pub.publish(1, f"/2026/02/i{number}", log.act(), due=at, imported=True)
        log.save(pub)
        if number == 1:
            views.read()
    library = views.read()
    versions += [library.version(live - DAY * days).position for days in (10, 9, 8, 7, 6, 5, 1, 0)]
    assert versions == [2, 0, 6, 6, 8, 8, 8, 8, 8]
    assert library.version(live - 8 * DAY).boundary == live - 9 * DAY


def test_the_instants_of_change_are_listed(log: Log, views: Views) -> None:
    """Of one publication and of all; none in the future."""
    assert views.read().first_instant() is None
    log.say(MastheadText(name="Embassy"))
    said = log.now
    pub = log.publish()
    published = log.now
    log.publish(text("Other"))
    other = log.now
    log.amend(pub, text("Second"), due=log.now + HOUR)
    library = views.read()
    assert library.first_instant() == said
    assert library.instants(log.now) == (said, published, other)
    assert library.instants(log.now, limit=2) == (published, other)
    assert library.instants(log.now, str(pub.id)) == (published,)


def test_editions_are_there_from_their_instant(log: Log, views: Views) -> None:
    """With their text, for ever."""
    pub = log.publish()
    log.amend(pub, text("Second"))
    library = views.read()
    assert library.edition(log.now - MICRO, str(pub.id), 2) is None
    found = library.edition(log.now, str(pub.id), 1)
    assert found is not None
    assert (found[0].number, found[0].effective_at, found[1]) == (1, pub.stack[0].effective_at, text())
    assert library.edition(log.now, str(pub.id), 10**30) is None
    assert library.by_id(log.now, "nobody") is None


def test_the_desk_shows_every_state(log: Log, views: Views) -> None:
    """As of the instant: what is scheduled becomes published without an event."""
    draft = log.draft(text("Draft"))
    scheduled = log.publish(text("Scheduled"), "/2026/03/s", due=log.now + HOUR)
    due = scheduled.stack[0].effective_at
    amended = log.publish(text("Amended"))
    log.amend(amended, text("Amended twice"), due=log.now + HOUR)
    withdrawn, removed = log.publish(text("Withdrawn")), log.publish(text("Removed"))
    withdrawn.withdraw("Doubt.", log.act())
    removed.remove("Unlawful.", log.act())
    discarded = log.draft(text("Discarded"))
    discarded.discard_draft(log.act())
    for pub in (withdrawn, removed, discarded):
        log.save(pub)
    library = views.read()
    rows = {row.state: row for row in library.desk(log.now, ANN)}
    assert sorted(rows) == ["draft", "published", "scheduled", "withdrawn"]
    for shelf, title in (("discarded", "Discarded"), ("removed", "Removed"), ("draft", "Draft")):
        assert [row.title for row in library.desk(log.now, ANN, shelf)] == [title]
    assert rows["draft"].publication == str(draft.id)
    row = rows["scheduled"]
    assert (row.due, row.path, row.edition, row.live_revision) == (due, "/2026/03/s", 1, None)
    row = rows["published"]
    assert (row.title, row.edition, row.live_revision, row.revision) == ("Amended twice", 1, 1, 2)
    assert row.due == amended.stack[-1].effective_at
    later = library.desk_row(due + HOUR, str(scheduled.id))
    assert later is not None
    assert (later.state, later.due, later.live_revision) == ("published", None, 1)
    counts = library.desk_counts(log.now, ANN)
    assert counts == dict.fromkeys(counts, 1) | {
        **dict.fromkeys(("waiting", "review", "approved", "behind"), 0),
        "scheduled": 2,
    }
    assert len(library.desk(log.now, ANN, limit=2, offset=3)) == 1
    assert library.desk(log.now, ANN, kind="interview") == ()
    assert library.desk_kinds() == ("statement",)
    assert library.desk_row(log.now, "nobody") is None


def test_the_desk_knows_what_waits_for_whom(log: Log, views: Views) -> None:
    """A reviewer for others' texts, an author for what came back, a publisher for what is approved."""
    people = {
        name: Asker(account=name, reviews=name != "cy", publishes=name != "cy")
        for name in ["ann", "bob", "cy"]
    }
    submitted, returned, approved, passed = (log.draft(text(t), log.act(actor="ann")) for t in "SRAP")
    submitted.submit(1, log.act(actor="ann"))
    returned.submit(1, log.act(actor="ann"))
    returned.request_changes(1, "Why?", log.act(actor="bob"))
    approved.submit(1, log.act(actor="ann"))
    approved.approve(1, log.act(actor="bob"))
    passed.publish(1, "/2026/03/p", log.act(actor="eve"), expedite="Flood.")
    for pub in (submitted, returned, approved, passed):
        log.save(pub)
    library = views.read()
    waiting = {
        name: sorted(row.title for row in library.desk(log.now, asker, "waiting"))
        for name, asker in people.items()
    }
    assert waiting == {"ann": ["A", "R"], "bob": ["A", "P", "S"], "cy": []}
    counts = library.desk_counts(log.now, people["bob"])
    assert {s: counts[s] for s in ("waiting", "draft", "review", "approved", "published")} == {
        "waiting": 3, "draft": 1, "review": 1, "approved": 1, "published": 1,
    }  # fmt: skip
    steps = library.reviews(str(returned.id))
    assert [(s.kind, s.revision, s.actor, s.text) for s in steps] == [
        ("submitted", 1, "ann", None),
        ("changes-requested", 1, "bob", "Why?"),
    ]


def test_revisions_and_their_texts(log: Log, views: Views) -> None:
    """A redacted one is listed, without its text."""
    pub = log.publish(text("One"))
    log.amend(pub, text("Two"))
    log.redact(pub, 1)
    library = views.read()
    assert [r.number for r in library.revisions(str(pub.id))] == [1, 2]
    assert library.revision_content(str(pub.id), 1) is None
    assert library.revision_content(str(pub.id), 2) == text("Two")
    assert library.revision_content(str(pub.id), 3) is None


def test_accounts_have_roles_until_they_are_closed(log: Log, views: Views) -> None:
    """As the log says it."""
    ann = log.account("ann", Role.EDITOR, Role.CHIEF)
    views.read()
    ann.revoke(Role.CHIEF, log.act())
    ann.grant(Role.AUDITOR, log.act())
    ann.close(log.act())
    log.save(ann)
    row = views.read().account(str(ann.id))
    assert row is not None
    assert (row.roles, row.closed) == (("auditor", "editor"), True)
    assert views.read().accounts() == (row,)
    assert views.read().account("nobody") is None


def test_events_are_listed_newest_first_and_filtered(log: Log, views: Views) -> None:
    """By type, actor, subject, command and recording; the next page starts before a position."""
    log.account("ann", Role.EDITOR)
    pub = log.publish(text("Treaty"))
    log.amend(pub, text("Treaty again"))
    library = views.read()
    every = library.events()
    assert [row.position for row in every] == list(range(log.head(), 0, -1))
    assert library.events(before=3, limit=1) == (library.event(2),)
    subject = f"publication/{pub.id}"
    assert {row.title for row in library.events(subject=subject)} == {"Treaty again"}
    [published] = library.events(type="publisher.publication.published")
    assert (published.subject, published.effective_at) == (subject, pub.stack[0].effective_at)
    assert (published.actor, published.rehearsal) == ("cli", False)
    assert library.events(command=published.command_id) == (published,)
    assert library.events(actor="nobody") == ()
    assert library.events(first=log.now) == every[:1]
    assert library.events(last=published.recorded_at)[0] == published
    opened = library.event(1)
    assert opened is not None
    assert (opened.subject.partition("/")[0], opened.title, opened.effective_at) == ("account", None, None)
    assert library.event(99) is None


def test_answers_of_one_reading_agree(log: Log, views: Views) -> None:
    """What is projected meanwhile is not seen before the reading ends."""
    log.publish()
    views.read()
    with views.library.at_once() as library:
        version = library.version(log.now + DAY)
        log.publish(text("Second"))
        views.projector.catch_up()
        assert library.version(log.now + DAY) == version
        assert len(library.latest(log.now + MINUTE, 5)) == 1
    assert len(views.library.latest(log.now, 5)) == 2
