"""A publication on the desk: drafts and revisions."""

from uuid import uuid4

from domain_samples import NOON, PATH, act, draft, last, names, published, refused, scheduled, sha

from publisher.domain import errors
from publisher.domain.publication import Publication


def test_a_draft_is_revision_one() -> None:
    """A new publication has one revision and nothing public."""
    identity = uuid4()
    publication = Publication.draft(identity, sha(1), act())
    assert names(publication) == ["Drafted"]
    assert (publication.id, publication.revision, publication.top) == (identity, 1, None)


def test_every_event_carries_its_marks() -> None:
    """Who, by which command, when recorded, and whether in a rehearsal."""
    publication = draft()
    done = act(actor="somebody")
    publication.revise(1, sha(2), done)
    event = last(publication)
    assert (event.actor, event.command_id, event.command_sha256, event.timestamp, event.rehearsal) == (
        "somebody", done.command_id, "c" * 64, NOON, False,
    )  # fmt: skip


def test_a_revision_is_numbered_after_the_newest() -> None:
    """Saving on top of the newest revision makes the next one."""
    publication = draft()
    publication.revise(1, sha(2), act())
    assert (last(publication).revision, publication.revisions) == (2, [sha(1), sha(2)])


def test_a_stale_revision_is_refused() -> None:
    """Who did not see the newest revision learns of both numbers."""
    publication = draft(revisions=2)
    with refused(publication, errors.StaleRevision) as caught:
        publication.revise(1, sha(3), act())
    assert (caught.value.given, caught.value.current) == (1, 2)


def test_a_revision_from_the_future_is_refused() -> None:
    """A number that was never given is no base either."""
    publication = draft()
    with refused(publication, errors.StaleRevision):
        publication.revise(2, sha(3), act())


def test_saving_the_same_text_is_refused() -> None:
    """A revision that changes nothing is none."""
    publication = draft()
    with refused(publication, errors.NothingChanged):
        publication.revise(1, sha(1), act())


def test_going_back_to_an_older_text_is_a_revision() -> None:
    """Only the newest text counts as the same."""
    publication = draft(revisions=2)
    publication.revise(2, sha(1), act())
    assert publication.revisions == [sha(1), sha(2), sha(1)]


def test_a_draft_can_be_discarded() -> None:
    """A draft that was never public is given up."""
    publication = draft()
    publication.discard_draft(act())
    assert (names(publication), publication.discarded) == (["DraftDiscarded"], True)


def test_a_live_publication_cant_be_discarded() -> None:
    """What is public is withdrawn or removed instead."""
    publication = published()
    with refused(publication, errors.AlreadyPublished):
        publication.discard_draft(act())


def test_a_scheduled_publication_cant_be_discarded() -> None:
    """Its schedule must be cancelled first."""
    publication = draft()
    publication.publish(1, PATH, act(), due=NOON.replace(hour=20))
    publication.collect_events()
    with refused(publication, errors.AlreadyPublished):
        publication.discard_draft(act())


def test_a_discarded_draft_takes_no_act() -> None:
    """It is neither saved, published nor discarded again."""
    publication = draft()
    publication.discard_draft(act())
    publication.collect_events()
    with refused(publication, errors.Discarded):
        publication.revise(1, sha(2), act())
    with refused(publication, errors.Discarded):
        publication.publish(1, PATH, act())
    with refused(publication, errors.Discarded):
        publication.discard_draft(act())


def test_saving_touches_neither_what_is_live_nor_what_is_scheduled() -> None:
    """A draft and a live edition stand side by side; a schedule pins its revision."""
    publication = scheduled()
    before = list(publication.stack)
    publication.revise(3, sha(4), act())
    assert (publication.stack, before[-1].content_sha256) == (before, sha(2))


def test_a_command_is_remembered_with_what_it_led_to() -> None:
    """The same command again can be answered from the aggregate."""
    publication = draft()
    done = act()
    publication.revise(1, sha(2), done)
    remembered = publication.commands[done.command_id]
    assert (remembered.sha256, remembered.version) == ("c" * 64, 2)


def test_replaying_the_events_gives_the_same_publication() -> None:
    """History loads to what the acts left."""
    publication = Publication.draft(uuid4(), sha(1), act())
    publication.publish(1, PATH, act())
    publication.withdraw("A reason.", act())
    replayed = None
    for event in publication.collect_events():
        replayed = event.mutate(replayed)
    assert replayed == publication
