"""Any history of a publication: what holds whatever was done in which order."""

import itertools
from datetime import datetime, timedelta
from uuid import uuid4

from domain_samples import MICROSECOND, MINOR, NOON, act, sha
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from publisher.domain.errors import Refused
from publisher.domain.publication import Publication, Status

SPANS = st.sampled_from([timedelta(0), MICROSECOND, *(timedelta(seconds=s) for s in (1, 29, 30, 31, 3600))])


class AnyHistory(RuleBasedStateMachine):
    """Tries every act at any time; what readers saw is noted beside the aggregate."""

    @initialize()
    def begin(self) -> None:
        self.now: datetime = NOON
        self.publication = Publication.draft(uuid4(), sha(1), act(NOON))
        self.saved = self.publication.collect_events()
        self.seen: list[tuple[datetime, int, Status]] = []

    def attempt(self, name: str, *arguments: object, **options: object) -> None:
        """Do it, or be refused and find nothing changed."""
        before = repr(vars(self.publication))
        # As in the newsroom, what is recorded later has a later time.
        done = act(self.now)
        self.now += MICROSECOND
        try:
            getattr(self.publication, name)(*arguments, done, **options)
        except Refused:
            assert not self.publication.pending_events
            assert repr(vars(self.publication)) == before
        self.saved += self.publication.collect_events()

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self.now += span

    @rule(number=st.integers(1, 6))
    def revise(self, number: int) -> None:
        self.attempt("revise", self.publication.revision, sha(number))

    @rule(revision=st.integers(0, 4), wait=SPANS, later=st.booleans())
    def publish(self, revision: int, wait: timedelta, *, later: bool) -> None:
        due = self.now + wait if later else None
        self.attempt("publish", revision, "/2026/11/a", due=due)

    @rule(revision=st.integers(0, 4), wait=SPANS, later=st.booleans(), cancel=st.booleans())
    def amend(self, revision: int, wait: timedelta, *, later: bool, cancel: bool) -> None:
        due = self.now + wait if later else None
        self.attempt("amend", revision, MINOR, "A note.", due=due, cancel=cancel)

    @rule(edition=st.integers(1, 3))
    def cancel_schedule(self, edition: int) -> None:
        self.attempt("cancel_schedule", edition)

    @rule(slug=st.sampled_from("ab"), cancel=st.booleans())
    def move(self, slug: str, *, cancel: bool) -> None:
        self.attempt("move", f"/2026/11/{slug}", cancel=cancel)

    @rule(cancel=st.booleans())
    def withdraw(self, *, cancel: bool) -> None:
        self.attempt("withdraw", "A reason.", cancel=cancel)

    @rule()
    def reinstate(self) -> None:
        self.attempt("reinstate")

    @rule(edition=st.integers(0, 3), cancel=st.booleans())
    def redact(self, edition: int, *, cancel: bool) -> None:
        self.attempt("redact", edition, "A law.", cancel=cancel)

    @rule(edition=st.integers(1, 3), new=st.sampled_from(["A note.", "Another note."]))
    def amend_note(self, edition: int, new: str) -> None:
        old, _ = self.publication.notes.get(edition, ("", self.now))
        self.attempt("amend_note", edition, old, new)

    @rule()
    def look(self) -> None:
        """A reader sees what stands now."""
        for standing in reversed(self.publication.stack):
            if standing.effective_at < self.now:
                self.seen.append((self.now, standing.edition, standing.status))
                return

    @invariant()
    def instants_increase_strictly(self) -> None:
        instants = [s.effective_at for s in self.publication.stack]
        assert all(a < b for a, b in itertools.pairwise(instants))

    @invariant()
    def at_most_one_edition_is_pending_and_it_is_on_top(self) -> None:
        later = [s for s in self.publication.stack if s.effective_at > self.now]
        assert later in ([], self.publication.stack[-1:])
        assert all(s.opens_edition for s in later)

    @invariant()
    def editions_are_numbered_without_a_gap(self) -> None:
        opened = [s.edition for s in self.publication.stack if s.opens_edition]
        assert opened == list(range(1, len(opened) + 1))

    @invariant()
    def what_readers_saw_is_what_the_past_shows(self) -> None:
        for instant, edition, status in self.seen:
            stood = [s for s in self.publication.stack if s.effective_at < instant][-1]
            assert (stood.edition, stood.status) == (edition, status)

    @invariant()
    def the_events_lead_to_the_same_publication(self) -> None:
        replayed = None
        for event in self.saved:
            replayed = event.mutate(replayed)
        assert replayed == self.publication


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
