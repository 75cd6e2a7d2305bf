"""Rendering takes time with the body, not with its square, inside of the libraries too."""

import time

import pytest

from hostile_units import UNITS
from publisher.domain.content import Content
from publisher.rendering import render


@pytest.mark.soak
@pytest.mark.parametrize(("markup", "unit"), UNITS)
def test_time_grows_with_the_body(markup: str, unit: str) -> None:
    """Eight times the body takes nowhere near sixty-four times as long, at the best of three."""
    small, large = (unit * (size // len(unit)) for size in (30_000, 240_000))
    assert _seconds(large, markup) < 0.3 + 17 * _seconds(small, markup)


def _seconds(body: str, markup: str) -> float:
    """The least processor time of three renderings, in seconds."""
    content = Content(
        kind="interview", language="en", title="t", summary="", body=body, markup=markup, speakers=("A",)
    )
    return min(_once(content) for _ in range(3))


def _once(content: Content) -> float:
    started = time.process_time()
    render(content)
    return time.process_time() - started
