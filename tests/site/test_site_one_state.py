"""What is written while an answer is being made is in the next one alone: one tag, one body."""

from collections.abc import Callable
from datetime import datetime

import pytest
from helper_site import Site

from publisher.domain.masthead import Notice

OpenSite = Callable[..., Site]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("path", ["/", "/feed.atom", "/feed.rss", "/feed.json", "/archive"])
def test_what_comes_while_an_answer_is_made_is_not_in_it(
    open_site: OpenSite, path: str, moment: str
) -> None:
    """Another process writes just before, or after, the answer's tag is made."""
    site, other = open_site(), open_site()
    site.publish("Ferry")
    site.clock.move(minutes=1)
    library, come = site.publisher.library, []
    version = library.version

    def interrupted(t: datetime) -> object:
        found = version(t) if moment == "after" else None
        if not come:
            come.append(True)
            site.clock.move(seconds=-1)  # it began a little before, and is stored only now
            other.masthead(name="Newcomers", notices=(Notice(level="info", text="Newcomers."),))
            other.publish("Newcomers")
            other.publisher.projector.catch_up()
            site.clock.move(seconds=1)
        return found or version(t)

    library.version = interrupted  # type: ignore[assignment, method-assign]
    first, second = site.get(path), site.get(path)
    assert come
    assert "Newcomers" not in first.text
    assert "Newcomers" in second.text
    assert first.headers["ETag"] != second.headers["ETag"]


@pytest.mark.parametrize("path", ["/", "/archive", "/corrections", "/feeds", "/search?q=ferry"])
def test_a_page_without_a_clock_stands_still_for_the_day(open_site: OpenSite, path: str) -> None:
    """Two processes make it in different minutes: the same tag, the same bytes."""
    site, other = open_site(), open_site()
    site.publish("Ferry")
    site.clock.move(minutes=1)
    first = site.get(path)
    site.clock.move(hours=3, minutes=7)
    second = other.get(path)
    assert first.status_code == 200
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.text == second.text
