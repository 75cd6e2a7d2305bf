"""Any history of commands: the library agrees with a naive reading of the log, at every instant."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from helper_histories import STEP, Step, played
from helper_log import MICRO, Log, Views
from helper_naive import Naive, highest, naive_counter, naive_masthead
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.domain.content import Content, slug_of
from publisher.domain.publication import Publication
from publisher.readmodel.desking import Asker
from publisher.readmodel.library import Library
from publisher.readmodel.rebuild import rebuild
from publisher.readmodel.rows import DeskRow, Tally

DAY = timedelta(days=1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=1, max_size=25), st.integers(1, 9))
def test_the_views_agree_with_a_naive_reading_of_any_history(steps: list[Step], batch: int) -> None:
    """At every event's instant, a microsecond before and after it, and long after all of them."""
    log = Log()
    with tempfile.TemporaryDirectory() as folder:
        views = Views(log, Path(folder) / "views.db", batch=batch)
        for _ in played(log, steps):
            views.read()
        for pub in log.publications:  # what was saved on the way to an act that was refused
            log.save(pub)
        views.read()
        try:
            _check(log, views.library)
            _check_behind(log, views.library)
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


def _check_behind(log: Log, library: Library) -> None:
    """A live translation whose newest revision names an older edition of the original than the live one."""
    standing = {str(p.id): library.by_id(log.now, str(p.id)) for p in log.publications}
    editions = {p: row.edition.number for p, row in standing.items() if row and row.status == "live"}
    hidden = {p for p, row in standing.items() if row and row.content is None}
    expected = {}
    for pub in log.publications:
        stored = log.contents.get(pub.revisions[-1])
        said = Content.parse(stored).translates if stored else None
        if said is None or str(pub.id) not in editions or said.publication in hidden:
            continue
        if editions.get(said.publication, 0) > said.edition:
            expected[str(pub.id)] = editions[said.publication]
    asker = Asker(account="ann", reviews=True, publishes=True)
    found = {row.publication: row.behind for row in library.desk(log.now, asker, "behind")}
    assert found == expected
    assert library.desk_counts(log.now, asker)["behind"] == len(expected)


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
    _check_languages(library, t, newest, live, states)
    found = [p for p in newest if "alpha" in live[p]["content"].title.lower()]
    assert [r.publication for r in library.search(t, "ALPHÁ", size=100).rows] == found


def _check_languages(
    library: Library,
    t: datetime,
    newest: list[str],
    live: dict[str, dict[str, Any]],
    states: dict[str, dict[str, Any]],
) -> None:
    """Lists of a language pass over the case of its tag; siblings are live, and say one original."""
    for tag, written in (("de", ("de", "DE")), ("en-GB", ("en-GB",))):
        said = [p for p in newest if live[p]["content"].language in written]
        assert [r.publication for r in library.listing(t, facet=f"language:{tag}").rows] == said
        assert {r.publication for r in library.feed(t, f"language:{tag}", 100) if r.status == "live"} == {
            *said
        }
    for pub, state in states.items():
        content = state["content"]
        original = content.translates.publication if content and content.translates else pub
        siblings = {p for p, s in live.items() if s["content"].translates and p != pub}
        siblings = {p for p in siblings if live[p]["content"].translates.publication == original}
        found = library.in_other_languages(t, pub, original)
        assert {row.publication for row in found} == siblings | ({original} & {*live}) - {pub}
        assert [(row.title, row.language) for row in found] == [
            (live[row.publication]["content"].title, live[row.publication]["content"].language)
            for row in found
        ]


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
    found = library.counter_steps(t, "c")
    assert naive_counter(events, t) == [
        (step.kind, step.at, step.claim.since.isoformat(), step.reason or step.claim.text) for step in found
    ]
