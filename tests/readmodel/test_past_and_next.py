"""Any history: the past shows what was served live, and nothing changes before it is said to."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from helper_histories import LASTING, STEP, Step, played
from helper_log import MICRO, MINUTE, Log, Views
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.domain import zones
from publisher.readmodel.library import Library

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

histories = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def served(library: Library, t: datetime, publications: list[str]) -> dict[str, Any]:
    """What pages and feeds are made of at `t`."""
    said = library.masthead(t)
    zone = said.zone or "Europe/London"
    return {
        "day": zones.local_date(t, zone),
        "days": [zones.days_since(counter.since, counter.zone, t) for counter in said.counters],
        "masthead": said,
        "front": library.front(t),
        "feed": library.feed(t),
        "facet": library.feed(t, "kind:statement"),
        "list": library.listing(t),
        "corrections": library.corrections(t, 50),
        "years": library.tallies(t, "year"),
        "people": library.tallies(t, "person"),
        "search": library.search(t, "alpha"),
        "pages": [library.by_id(t, pub) for pub in publications],
        "editions": [library.history(t, pub) for pub in publications],
        "stages": [library.stages(t, pub) for pub in publications],
        "version": library.version(t).position,
    }


@histories
@given(st.lists(LASTING, min_size=1, max_size=25))
def test_the_past_is_what_was_served_live(steps: list[Step]) -> None:
    """After each step, and half a minute on, whatever was done later."""
    log = Log()
    with tempfile.TemporaryDirectory() as folder:
        views = Views(log, Path(folder) / "views.db")
        kept: list[tuple[datetime, list[str], dict[str, Any]]] = []
        for _ in played(log, steps):
            publications = [str(publication.id) for publication in log.publications]
            kept += [
                (t, publications, served(views.read(), t, publications))
                for t in (log.now, log.now + 30 * SECOND)
            ]
        try:
            for t, publications, live in kept:
                assert served(views.library, t, publications) == live
        finally:
            views.close()


@histories
@given(st.lists(STEP, min_size=1, max_size=25), st.integers(0, 40 * 24 * 60))
def test_nothing_changes_before_the_next_change(steps: list[Step], minutes: int) -> None:
    """From any event's instant, from beside it, from some other: its last microsecond is as its first."""
    log = Log()
    start = log.now
    with tempfile.TemporaryDirectory() as folder:
        views = Views(log, Path(folder) / "views.db")
        for _ in played(log, steps):
            pass
        publications = [str(publication.id) for publication in log.publications]
        library = views.read()
        instants = {event.effective_at for event in log.events if hasattr(event, "effective_at")}
        beside = {
            instant + by for instant in instants for by in (-MICRO, 0 * MICRO, MICRO, 30 * DAY - MICRO)
        }
        try:
            for t in beside | {start + minutes * MINUTE}:
                following = library.next_change(t)
                assert following is not None
                assert following > t
                assert served(library, following - MICRO, publications) == served(library, t, publications)
        finally:
            views.close()
