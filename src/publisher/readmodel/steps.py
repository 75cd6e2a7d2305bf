"""The steps by which the highest position of all that is public rises with the instant."""

import sqlite3

from . import tables


class Steps:
    """What a batch changes in them: `rise` and `never` event by event, `write` once, after the events."""

    def __init__(self) -> None:
        self._risen: list[tuple[int, int]] = []
        self._never: list[tuple[int, int]] = []

    def rise(self, public: int, position: int) -> None:
        """An event holds from `public` on, so later steps to lower positions are gone."""
        while self._risen and self._risen[-1][0] >= public:
            self._risen.pop()
        self._risen.append((public, position))

    def never(self, public: int, position: int) -> None:
        """An event will not hold after all: its schedule was cancelled before its instant."""
        self._never.append((public, position))

    def write(self, raw: sqlite3.Connection) -> None:
        if self._risen:
            _replace(raw, self._risen)
        if self._never:
            raw.executemany(
                "UPDATE event SET public = NULL WHERE position = ?", [(p,) for _, p in self._never]
            )
            first = min(public for public, _ in self._never)
            _replace(raw, _climb(raw, first), first)


def _replace(raw: sqlite3.Connection, steps: list[tuple[int, int]], first: int | None = None) -> None:
    """Put `steps` in place of those from `first` on, as a rule the first of them."""
    raw.execute("DELETE FROM highest WHERE public >= ?", (steps[0][0] if first is None else first,))
    raw.executemany(tables.insert_sql(tables.highest), steps)


def _climb(raw: sqlite3.Connection, first: int) -> list[tuple[int, int]]:
    """The steps from `first` on, found anew: the event that is gone may have hidden others."""
    below = raw.execute("SELECT max(position) FROM highest WHERE public < ?", (first,)).fetchone()
    top = below[0] or 0
    steps = []
    for public, position in raw.execute(_FROM, (first,)):
        if position > top:
            top = position
            steps.append((public, position))
    return steps


_FROM = "SELECT public, max(position) FROM event WHERE public >= ? GROUP BY public ORDER BY public"
