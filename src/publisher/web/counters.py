"""A day counter's own page: its claim with the number of the day, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template
from markupsafe import Markup

from ..domain import zones
from ..readmodel.library import Library
from ..readmodel.rows import CounterRow, CounterStep
from ..record import words as differing
from . import languages, words
from .asked import asked
from .validators import View

Frame = Callable[..., dict[str, object]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A step as the page words it: the sentence with the number of its day.

    `pieces` compares it with the sentence that it took the place of, on the same day.
    """

    step: CounterStep
    sentence: Markup
    pieces: tuple[differing.Piece, ...]


def add(site: Blueprint, library: Library, public: Callable[[View], View], frame: Frame) -> None:
    """`/counters/{key}` of every counter that was public by the instant asked about."""

    @site.get("/counters/<key:key>")
    @public
    def counter(key: str) -> str:
        t = asked().t
        steps = library.counter_steps(t, key) or abort(404)
        last = steps[-1]
        stopped = last if last.kind == "stopped" else None
        return render_template(
            "counter.html",
            claim=last.claim,
            sentence=_sentence(last.claim, stopped.at if stopped else t),
            stopped=stopped,
            steps=tuple(map(shown, steps)),
            **frame(),
        )


def shown(step: CounterStep) -> Shown:
    """The step with its words."""
    days = zones.days_since(step.claim.since, step.claim.zone, step.at)
    old, new = (words.number_in(text, days) for text in (step.before or "", step.claim.text))
    return Shown(
        step=step,
        sentence=_sentence(step.claim, step.at),
        pieces=differing.compare(old, new) if step.before is not None else (),
    )


def _sentence(claim: CounterRow, at: datetime) -> Markup:
    days = zones.days_since(claim.since, claim.zone, at)
    return words.sentence(claim.text, days, languages.house())
