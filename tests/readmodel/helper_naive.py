"""A naive reading of the log, independent of the read models."""

from datetime import datetime
from typing import Any

from publisher.domain.content import Content
from publisher.domain.masthead import Masthead
from publisher.domain.publication import Publication


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


def naive_counter(events: list[Any], t: datetime) -> list[tuple[str, datetime, str, str]]:
    """What became of the one counter by `t`: kind, instant, day that it counts from, and text or reason."""
    steps: list[tuple[str, datetime, str, str]] = []
    for event in (e for e in events if "Counter" in type(e).__name__ and e.effective_at <= t):
        running = bool(steps) and steps[-1][0] != "stopped"
        if isinstance(event, Masthead.CounterStarted):
            kind = "restarted" if running else "started"
            steps.append((kind, event.effective_at, event.since, event.text))
        elif isinstance(event, Masthead.CounterReworded):
            if event.text != steps[-1][3]:
                steps.append(("reworded", event.effective_at, steps[-1][2], event.text))
        else:
            steps.append(("stopped", event.effective_at, steps[-1][2], event.reason))
    return steps


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
