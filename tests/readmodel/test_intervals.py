"""What each event does to the intervals, seen through the library on both sides of each instant."""

from datetime import timedelta

from helper_log import MICRO, MINUTE, Log, Views, text

HOUR = timedelta(hours=1)


def test_a_publication_is_there_from_its_instant_and_not_before(log: Log, views: Views) -> None:
    """The interval is closed at its beginning."""
    pub = log.publish(path="/2026/03/treaty")
    e = pub.stack[0].effective_at
    library = views.read()
    assert library.at_path(e - MICRO, "/2026/03/treaty") is None
    found = library.at_path(e, "/2026/03/treaty")
    assert found is not None
    assert (found.status, found.since, found.published, found.bumped) == ("live", e, e, e)
    assert found.content == text()


def test_a_scheduled_edition_shows_itself_at_its_instant(log: Log, views: Views) -> None:
    """A schedule is data: no event is needed when it is due."""
    pub = log.publish()
    due = log.now + HOUR
    log.amend(pub, text("Second"), due=due)
    library = views.read()
    assert library.latest(due - MICRO, 5)[0].title == "Treaty"
    row = library.latest(due, 5)[0]
    assert (row.title, row.edition, row.note, row.amended) == ("Second", 2, "Changed.", due)


def test_a_minor_amendment_leaves_the_feeds_order(log: Log, views: Views) -> None:
    """Only what is not minor moves the instant that orders feeds."""
    pub = log.publish()
    e = log.now
    log.amend(pub, text("Small"), "minor")
    assert views.read().feed(log.now)[0].updated == e
    log.amend(pub, text("Big"), "correction")
    assert views.read().feed(log.now)[0].updated == log.now


def test_a_cancelled_amendment_leaves_no_trace_and_its_number_is_used_again(log: Log, views: Views) -> None:
    """The segment below is open again, and edition 2 is the one that became public."""
    pub = log.publish()
    due = log.now + HOUR
    log.amend(pub, text("Never"), due=due)
    views.read()
    pub.cancel_schedule(2, log.act())
    log.save(pub)
    library = views.read()
    assert library.latest(due + HOUR, 5)[0].title == "Treaty"
    assert library.search(due + HOUR, "never").total == 0
    log.amend(pub, text("Second"))
    second = views.read().history(log.now, str(pub.id))[1]
    assert (second.number, second.title, second.note) == (2, "Second", "Changed.")


def test_a_cancelled_first_edition_frees_its_path(log: Log, views: Views) -> None:
    """It leads nowhere, not to the publication elsewhere either; another may stand there afterwards."""
    pub = log.publish(path="/2026/03/free", due=log.now + HOUR)
    views.read()
    pub.cancel_schedule(1, log.act())
    pub.publish(1, "/2026/04/elsewhere", log.act())
    log.save(pub)
    assert views.read().at_path(log.now + 2 * HOUR, "/2026/03/free") is None
    other = log.publish(text("Other"), "/2026/03/free")
    found = views.read().at_path(log.now, "/2026/03/free")
    assert found is not None
    assert found.publication == str(other.id)


def test_withdrawn_and_reinstated_each_hold_from_their_instant(log: Log, views: Views) -> None:
    """A withdrawal keeps the text and gives its reason; a reinstatement takes it back."""
    pub = log.publish(path="/2026/03/w")
    pub.withdraw("A mistake.", log.act())
    withdrawn = log.now
    pub.reinstate(log.act())
    log.save(pub)
    library = views.read()
    at = library.at_path(withdrawn, "/2026/03/w")
    assert at is not None
    assert (at.status, at.reason, at.content) == ("withdrawn", "A mistake.", text())
    assert library.latest(withdrawn, 5) == ()
    assert [row.bumped for row in [library.at_path(log.now, "/2026/03/w")] if row] == [log.now]
    assert len(library.latest(log.now, 5)) == 1
    stages = library.stages(log.now, str(pub.id))
    assert [(s.status, s.reason) for s in stages] == [
        ("live", None),
        ("withdrawn", "A mistake."),
        ("live", None),
    ]


def test_an_old_path_leads_to_where_the_publication_is_at_that_instant(log: Log, views: Views) -> None:
    """Also after moving there and back: without chains, and for ever."""
    pub = log.publish(path="/2026/03/a")
    first = log.now
    pub.move("/2026/03/b", log.act())
    second = log.now
    pub.move("/2026/03/a", log.act())
    log.save(pub)
    library = views.read()
    for t, asked, stands in (
        (first, "/2026/03/a", "/2026/03/a"),
        (second, "/2026/03/a", "/2026/03/b"),
        (second, "/2026/03/b", "/2026/03/b"),
        (log.now, "/2026/03/b", "/2026/03/a"),
    ):
        found = library.at_path(t, asked)
        assert found is not None
        assert (found.path, found.bumped) == (stands, first)
    assert library.at_path(first, "/2026/03/b") is None


def test_a_removal_hides_the_text_at_every_instant(log: Log, views: Views) -> None:
    """Its explanation stands in its place, in the past too; search and lists forget it."""
    pub = log.publish(path="/2026/03/gone")
    live = log.now
    views.read()
    pub.remove("Unlawful.", log.act(), redirect="/2026/03/other")
    log.save(pub)
    library = views.read()
    for t in (live, log.now):
        found = library.at_path(t, "/2026/03/gone")
        assert found is not None
        assert (found.status, found.content, found.edition.title) == ("removed", None, "")
        assert (found.reason, found.redirect, found.since) == ("Unlawful.", "/2026/03/other", log.now)
        assert library.latest(t, 5) == ()
        assert library.search(t, "treaty").total == 0
        edition = library.edition(t, str(pub.id), 1)
        assert edition is not None
        assert edition[1] is None
    assert library.feed(live) == ()
    [tombstone] = library.feed(log.now)
    assert (tombstone.status, tombstone.reason, tombstone.content) == ("removed", "Unlawful.", None)


def test_a_redaction_hides_one_edition_at_every_instant(log: Log, views: Views) -> None:
    """The legal basis stands in its place; other editions are untouched."""
    pub = log.publish(path="/2026/03/r")
    first = log.now
    log.amend(pub, text("Second"))
    views.read()
    log.redact(pub, 1)
    library = views.read()
    found = library.at_path(first, "/2026/03/r")
    assert found is not None
    assert (found.status, found.content, found.edition.redacted) == ("live", None, "Art. 17")
    assert library.latest(first, 5) == ()
    assert library.latest(log.now, 5)[0].title == "Second"
    assert [e.title for e in library.history(log.now, str(pub.id))] == ["", "Second"]
    assert library.listing(first, facet="kind:statement").total == 0


def test_a_note_reads_as_it_did_at_the_instant(log: Log, views: Views) -> None:
    """The old note stays in the past."""
    pub = log.publish()
    log.amend(pub, text("Second"), note="Old.")
    old = log.now
    pub.amend_note(2, "Old.", "New.", log.act())
    log.save(pub)
    library = views.read()
    assert library.latest(log.now - MICRO, 1)[0].note == "Old."
    assert library.latest(old, 1)[0].note == "Old."
    assert library.latest(log.now, 1)[0].note == "New."


def test_a_note_that_is_amended_early_changes_with_its_edition(log: Log, views: Views) -> None:
    """An import's note can be amended before its edition's instant only in effect, never before it."""
    pub = log.publish()
    log.amend(pub, text("Second"), note="Old.")
    event = type(pub).NoteAmended
    pub.act(event, log.act(), edition=2, old="Old.", new="New.", effective_at=log.now - HOUR)
    log.save(pub)
    edition = pub.stack[1].effective_at
    library = views.read()
    assert library.history(edition, str(pub.id))[1].note == "New."
    assert library.instants(log.now, str(pub.id)) == (pub.stack[0].effective_at, edition)


def test_acts_in_the_same_minute_keep_their_order(log: Log, views: Views) -> None:
    """Instants that would be equal are a microsecond apart, and each is found."""
    pub = log.publish(path="/2026/03/m")
    act = log.act()
    pub.move("/2026/03/n", act)
    pub.withdraw("Why.", log.act(act.at))
    log.save(pub)
    library = views.read()
    assert [s.since for s in library.stages(log.now + MINUTE, str(pub.id))][1:] == [act.at, act.at + MICRO]


def test_drafts_touch_only_the_desk(log: Log, views: Views) -> None:
    """What readers see, and what their caches depend on, stays as it was."""
    log.publish()
    before = (views.read().version(log.now), views.projector.status().public)
    pub = log.draft(text("Draft"))
    pub.revise(1, log.keep(text("Draft two")), log.act())
    log.save(pub)
    library = views.read()
    assert (library.version(log.now), views.projector.status().public) == before
    row = library.desk_row(log.now, str(pub.id))
    assert row is not None
    assert (row.state, row.title, row.revision, row.edition) == ("draft", "Draft two", 2, None)
