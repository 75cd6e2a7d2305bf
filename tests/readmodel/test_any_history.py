"""Any history of commands: the library agrees with a naive reading of the log, at every instant."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from helper_log import MICRO, MINUTE, Log, Views, text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.domain.content import Content, slug_of
from publisher.domain.errors import Refused
from publisher.domain.masthead import Contact, Counter, MastheadText, Notice
from publisher.domain.publication import Publication, Significance
from publisher.readmodel.library import Library
from publisher.readmodel.rebuild import rebuild
from publisher.readmodel.rows import DeskRow, Tally

DAY = timedelta(days=1)


# ---- a naive reading of the log, independent of the read models


class Naive:
    """What a publication's events say at `t`, by walking all of them each time."""

    def __init__(self, events: list[Any], contents: dict[str, bytes]) -> None:
        self.events = events
        self.contents = contents
        self.removed = next((e for e in events if isinstance(e, Publication.Removed)), None)
        self.redacted = {e.edition: e.legal_basis for e in events if isinstance(e, Publication.Redacted)}

    def acts(self) -> list[Any]:
        """The public acts that stand: a cancelled edition is as if it had never been."""
        standing: list[Any] = []
        for event in self.events:
            if isinstance(event, Publication.ScheduleCancelled):
                standing = [
                    e
                    for e in standing
                    if not (hasattr(e, "revision") and e.edition == event.edition)
                    and not (isinstance(e, Publication.NoteAmended) and e.edition == event.edition)
                ]
            elif hasattr(event, "effective_at"):
                standing.append(event)
        return standing

    def at(self, t: datetime) -> dict[str, Any] | None:
        """Status, path, edition, its text and note, and the instants that order lists and feeds."""
        state: dict[str, Any] | None = None
        notes: dict[int, str] = {}
        for event in (e for e in self.acts() if e.effective_at <= t):
            name = type(event).__name__
            if name == "Published":
                state = {"published": event.effective_at, "bumped": event.effective_at, "status": "live"}
                state |= {"path": event.path, "edition": 1, "sha256": event.content_sha256}
                state |= {"significance": None, "since": event.effective_at}
                continue
            if name == "NoteAmended":
                notes[event.edition] = event.new
                continue
            if name == "Redacted":
                continue
            assert state is not None
            state["since"] = event.effective_at
            if name == "Amended":
                notes[event.edition] = event.note
                state |= {"edition": event.edition, "sha256": event.content_sha256}
                state["significance"] = event.significance
            if name == "Moved":
                state["path"] = event.new
            elif not (name == "Amended" and event.significance == "minor"):
                state["bumped"] = event.effective_at
            if name in ("Withdrawn", "Reinstated", "Removed"):
                state["status"] = {"Reinstated": "live"}.get(name, name.lower())
                state["reason"] = getattr(event, "reason", getattr(event, "explanation", None))
        if state is not None:
            hidden = self.removed is not None or state["edition"] in self.redacted
            stored = self.contents.get(state["sha256"])
            state["content"] = Content.parse(stored) if stored and not hidden else None
            state["note"] = notes.get(state["edition"])
        return state

    def once_at(self, t: datetime, path: str) -> bool:
        """Whether the publication was at the path by `t`."""
        paths = [(e, e.path if hasattr(e, "path") else e.new) for e in self.acts() if _places(e)]
        return any(e.effective_at <= t and p == path for e, p in paths)


def _places(event: Any) -> bool:
    return isinstance(event, (Publication.Published, Publication.Moved))


def naive_masthead(events: list[Any], t: datetime) -> dict[tuple[str, str], dict[str, Any]]:
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for event in (e for e in events if hasattr(e, "setting") and e.effective_at <= t):
        what, key, value = event.setting()
        if value is None:
            said.pop((what, key), None)
        else:
            said[what, key] = said.get((what, key), {}) | value
    return said


def highest(events: list[Any], t: datetime) -> int:
    """The last position whose event is of effect at `t`; what hides a text is so at every instant.

    A schedule that was cancelled never is, nor is the cancelling.
    """
    hiding = (Publication.Removed, Publication.Redacted)
    of_effect: dict[int, Any] = {}
    for position, event in enumerate(events, 1):
        if isinstance(event, Publication.ScheduleCancelled):
            del of_effect[
                max(
                    p
                    for p, e in of_effect.items()
                    if e.originator_id == event.originator_id and hasattr(e, "revision")
                )
            ]
        elif isinstance(event, hiding) or hasattr(event, "effective_at"):
            of_effect[position] = event
    return max((p for p, e in of_effect.items() if isinstance(e, hiding) or e.effective_at <= t), default=0)


# ---- random histories

Step = Callable[[Log], None]

_pick = st.integers(0, 3)
_title = st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"])
_content = st.builds(
    lambda title, kind, speaker, n: text(
        f"{title} {n}", kind=kind, topics=(title.lower(),), speakers=(speaker,)
    ),
    _title,
    st.sampled_from(["statement", "interview"]),
    st.sampled_from(["Anna Ray", "Ánna Ray", "Bo"]),
    st.integers(0, 5),
)
_due = st.one_of(st.none(), st.integers(1, 90).map(lambda minutes: minutes * MINUTE))


def _on(log: Log, pick: int) -> Publication | None:
    return log.publications[pick % len(log.publications)] if log.publications else None


def _with(pick: int, change: Callable[[Log, Publication], None]) -> Step:
    def step(log: Log) -> None:
        pub = _on(log, pick)
        if pub is not None:
            change(log, pub)
            log.save(pub)

    return step


def _publish(content: Content, due: timedelta | None) -> Step:
    return lambda log: void(log.publish(content, due=log.now + 2 * MINUTE + due if due else None))


def _amend(pick: int, content: Content, significance: str, due: timedelta | None) -> Step:
    def change(log: Log, pub: Publication) -> None:
        log.amend(pub, content, significance, due=log.now + 2 * MINUTE + due if due else None)

    return _with(pick, change)


def _say(name: str, number: int) -> Step:
    counter = Counter(key="c", since=date(2026, 1, 1), zone="Asia/Tokyo", text=f"{{days}} days, {number}")
    said = MastheadText(
        name=name,
        zone="Europe/Moscow" if number % 2 else None,
        contacts=(Contact(label="Press", value=str(number)),) if number % 3 else (),
        counters=(counter,) if number % 4 else (),
        notices=(Notice(level="warning", text=name),) if number % 5 else (),
    )
    return lambda log: log.say(said)


def void(_: Any) -> None:
    return None


def _cancel(log: Log, pub: Publication) -> None:
    pub.cancel_schedule(pub.stack[-1].edition if pub.stack else 1, log.act())


def _note(log: Log, pub: Publication) -> None:
    edition = max(pub.notes, default=1)
    pub.amend_note(edition, pub.notes.get(edition, ("", log.now))[0], f"Note {len(log.events)}", log.act())


def _move(log: Log, pub: Publication) -> None:
    pub.move(f"/2026/03/m{len(log.events)}", log.act(), cancel=True)


def _review(pick: int, who: str) -> Step:
    """Whatever is next for its newest revision: saved anew, submitted, answered, made public."""

    def change(log: Log, pub: Publication) -> None:
        act, newest = log.act(actor=who), pub.revision
        if pub.review.submitted == newest and newest % 3 == 0:
            pub.request_changes(newest, "Why?", act)
        elif pub.review.submitted == newest:
            pub.approve(newest, act)
        elif newest % 2:
            pub.revise(newest, log.keep(text(f"Reviewed {newest}")), act)
        elif pub.revisions[-1] in pub.review.approved:
            pub.amend(newest, Significance.MINOR, "Read twice.", act, cancel=True)
        elif newest % 4 == 0:
            pub.amend(newest, Significance.MAJOR, "At once.", act, cancel=True, expedite="Flood.")
        else:
            pub.submit(newest, act)

    return _with(pick, change)


def _redact(pick: int, edition: int) -> Step:
    def step(log: Log) -> None:
        pub = _on(log, pick)
        others = {sha for p in log.publications if p is not pub for sha in p.revisions}
        if pub is None or others & set(pub.revisions):
            return  # the application refuses it while another publication uses the text
        log.redact(pub, edition)

    return step


def _wait(minutes: int) -> Step:
    def step(log: Log) -> None:
        log.now += minutes * MINUTE

    return step


_STEP: st.SearchStrategy[Step] = st.one_of(
    st.builds(_publish, _content, _due),
    st.builds(_publish, _content, _due),
    st.builds(_amend, _pick, _content, st.sampled_from(["minor", "major", "correction"]), _due),
    st.builds(_amend, _pick, _content, st.sampled_from(["minor", "major", "correction"]), _due),
    st.builds(_with, _pick, st.just(_cancel)),
    st.builds(_with, _pick, st.just(_note)),
    st.builds(
        _with, _pick, st.just(lambda log, p: p.move(f"/2026/03/m{len(log.events)}", log.act(), cancel=True))
    ),
    st.builds(_with, _pick, st.just(lambda log, p: p.withdraw("Doubt.", log.act(), cancel=True))),
    st.builds(_with, _pick, st.just(lambda log, p: p.reinstate(log.act()))),
    st.builds(_with, _pick, st.just(lambda log, p: p.remove("Unlawful.", log.act(), cancel=True))),
    st.builds(_with, _pick, st.just(lambda log, p: p.discard_draft(log.act()))),
    st.builds(_review, _pick, st.sampled_from(["ann", "bob"])),
    st.builds(_review, _pick, st.sampled_from(["ann", "bob"])),
    st.builds(_redact, _pick, st.integers(1, 3)),
    st.builds(_say, st.sampled_from(["Embassy", "Court"]), st.integers(0, 20)),
    st.builds(_wait, st.integers(1, 60)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_STEP, min_size=1, max_size=25), st.integers(1, 9))
def test_the_views_agree_with_a_naive_reading_of_any_history(steps: list[Step], batch: int) -> None:
    """At every event's instant, a microsecond before and after it, and long after all of them."""
    log = Log()
    with tempfile.TemporaryDirectory() as folder:
        views = Views(log, Path(folder) / "views.db", batch=batch)
        for step in steps:
            with suppress(Refused):
                step(log)
            views.read()
        try:
            _check(log, views.library)
            for pub in log.publications:
                _check_review(pub, views.library.desk_row(log.now, str(pub.id)))
            assert rebuild(views.path, log).differences == ()
        finally:
            views.close()


def _check(log: Log, library: Library) -> None:
    grouped: dict[str, list[Any]] = {str(p.id): [] for p in log.publications}
    others = []
    for event in log.events:
        grouped.get(str(event.originator_id), others).append(event)
    readings = {pub: Naive(events, log.contents) for pub, events in grouped.items()}
    instants = {e.effective_at for e in log.events if hasattr(e, "effective_at")}
    for t in sorted({i + by for i in instants for by in (-MICRO, MICRO * 0, MICRO)} | {log.now + 40 * DAY}):
        states = {pub: state for pub, naive in readings.items() if (state := naive.at(t))}
        for pub, naive in readings.items():
            _check_standing(library, t, pub, naive, states.get(pub))
        _check_lists(library, t, states, readings)
        _check_masthead(library, t, others)
        assert library.version(t).position == highest(log.events, t)


def _check_review(pub: Publication, row: DeskRow | None) -> None:
    """The desk says of the newest revision what the aggregate knows."""
    assert row is not None
    newest = pub.revisions[-1]
    assert (row.review == "approved") == (newest in pub.review.approved)
    assert (row.review == "submitted") == (pub.review.submitted == pub.revision)
    assert row.unreviewed == bool(pub.top and pub.review.waits(pub.top.content_sha256))


def _check_standing(
    library: Library, t: datetime, pub: str, naive: Naive, state: dict[str, Any] | None
) -> None:
    row = library.by_id(t, pub)
    if state is None:
        assert row is None
        return
    assert row is not None
    assert (row.path, row.edition.number, row.published) == (
        state["path"],
        state["edition"],
        state["published"],
    )
    assert (row.bumped, row.content, row.edition.note) == (state["bumped"], state["content"], state["note"])
    assert row.edition.redacted == naive.redacted.get(state["edition"])
    if naive.removed is None:
        assert (row.status, row.since) == (state["status"], state["since"])
        assert row.reason == (state.get("reason") if state["status"] != "live" else None)
    else:
        assert (row.status, row.reason) == ("removed", naive.removed.explanation)
    assert library.at_path(t, state["path"]) == row
    assert all(
        library.at_path(t, e.old) == row
        for e in naive.acts()
        if type(e).__name__ == "Moved" and naive.once_at(t, e.old)
    )


def _check_lists(
    library: Library, t: datetime, states: dict[str, dict[str, Any]], readings: dict[str, Naive]
) -> None:
    live = {p: s for p, s in states.items() if s["status"] == "live" and s["content"]}
    newest = sorted(live, key=lambda p: (-live[p]["published"].timestamp(), p))
    assert [row.publication for row in library.latest(t, 100)] == newest
    assert [row.publication for row in library.listing(t, year=2026, month=3).rows] == newest
    assert [row.title for row in library.front(t)] == [live[p]["content"].title for p in newest]
    recent = {
        p: s
        for p, s in states.items()
        if s["status"] == "removed" or (s["status"] == "withdrawn" and s["content"])
        if s["bumped"] > t - 30 * DAY
    }
    fed = sorted(live | recent, key=lambda p: (-states[p]["bumped"].timestamp(), p))
    assert [(r.publication, r.status) for r in library.feed(t, None, 100)] == [
        (p, states[p]["status"]) for p in fed
    ]
    spoken = [p for p in newest if "anna-ray" in map(slug_of, live[p]["content"].speakers)]
    assert [r.publication for r in library.listing(t, facet="person:anna-ray").rows] == spoken
    _check_numbers(library, t, [state["content"] for state in live.values()])
    found = [p for p in newest if "alpha" in live[p]["content"].title.lower()]
    assert [r.publication for r in library.search(t, "ALPHÁ", size=100).rows] == found


def _check_numbers(library: Library, t: datetime, live: list[Content]) -> None:
    """Tallies and totals, beside counting what is live."""
    people: dict[str, list[str]] = {}
    for content in live:
        for speaker in content.speakers:
            people.setdefault(slug_of(speaker), []).append(speaker)
    assert library.tallies(t, "person") == tuple(
        Tally(key=key, label=max(names), count=len(names))
        for key, names in sorted(people.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    assert {(y.key, y.count) for y in library.tallies(t, "year")} == (
        {("2026", len(live))} if live else set()
    )
    assert library.tallies(t, "month") == tuple(
        Tally(key="2026-03", label="2026-03", count=len(live)) for _ in live[:1]
    )
    spoken = library.listing(t, facet="person:anna-ray", year=2026)
    assert spoken.total == len(people.get("anna-ray", ()))
    for kind in ("statement", "interview"):
        found = library.listing(t, facet=f"kind:{kind}")
        assert found.total == len(found.rows) == sum(content.kind == kind for content in live)
    for page in (library.listing(t), library.listing(t, year=2026), library.listing(t, year=2026, month=3)):
        assert page.total == len(live)
    assert library.listing(t, year=2025).total == 0


def _check_masthead(library: Library, t: datetime, events: list[Any]) -> None:
    said = naive_masthead(events, t)
    row = library.masthead(t)
    assert row.name == said.get(("name", ""), {}).get("name")
    assert row.zone == said.get(("zone", ""), {}).get("zone")
    assert {(c.key, c.text) for c in row.counters} == {
        (k, v["text"]) for (w, k), v in said.items() if w == "counter"
    }
    assert {(c.label, c.value) for c in row.contacts} == {
        (k, v["value"]) for (w, k), v in said.items() if w == "contact"
    }
    assert {n.id for n in row.notices} == {k for w, k in said if w == "notice"}
