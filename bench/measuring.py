"""Seconds by the clock and of the processor, and a progress bar that only a terminal sees."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the report. `ratio` compares `value` with `against`, whose unit is the same."""

    what: str
    value: float
    unit: str
    against: float | None = None
    baseline: str = ""
    ratio: float | None = None


def seconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def cpu_seconds(do: Callable[[], object]) -> float:
    """The processor's seconds of this process: what else the machine does hardly counts."""
    started = time.process_time()
    do()
    return time.process_time() - started


def microseconds(ask: Callable[[], object], budget: float = 0.4) -> float:
    """The median processor time of a call, in microseconds, of as many as fit into `budget` seconds."""
    ask()
    took: list[float] = []
    deadline = time.perf_counter() + budget
    while len(took) < 5 or time.perf_counter() < deadline:
        took.append(cpu_seconds(ask))
    return statistics.median(took) * 1e6


class Bar:
    """Tells on standard error how far a step is, where that is a terminal."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, max(total, 1), 0
        self._shown = sys.stderr.isatty()
        self.step(0)

    def step(self, number: int = 1) -> None:
        before, self._done = self._done, self._done + number
        if self._shown and (number == 0 or self._done * 100 // self._total > before * 100 // self._total):
            share = min(self._done / self._total, 1)
            sys.stderr.write(f"\r\x1b[K{self._what:<28} [{'#' * int(share * 30):<30}] {share:4.0%}")
            sys.stderr.flush()

    def end(self) -> None:
        self.clear()

    @staticmethod
    def clear() -> None:
        """Take the bar away, so that a line can be written."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
