"""Ten thousand publications of three editions each: imported, rebuilt, listed, searched and served."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import material

from publisher import bootstrap
from publisher.application import By
from publisher.bootstrap import Publisher
from publisher.config import Config
from publisher.interchange.importing import import_bundle
from publisher.readmodel import rebuild
from publisher.web import create_app

PUBLICATIONS = 10_000
EDITIONS = 3
BASE = "http://127.0.0.1:8000"
BODY = 1_500
"""Bytes of a text: the numbers are proved here, the sizes by the benchmark."""

pytestmark = pytest.mark.soak

Measure = Callable[[str], Any]


@pytest.fixture
def measure(capsys: pytest.CaptureFixture[str]) -> Measure:
    """A block whose seconds are printed, for the README; none of them is asserted."""

    @contextmanager
    def measured(what: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        took = time.perf_counter() - started
        with capsys.disabled():
            print(f"{what}: {took:.3f} s")

    return measured


def test_ten_thousand_publications_are_imported_rebuilt_listed_searched_and_served(
    tmp_path: Path, measure: Measure
) -> None:
    """Every number is right, now and five years back."""
    now = datetime.now(UTC)
    config = Config(data=tmp_path / "var", base_url=BASE)
    bundle = material.bundle(now, PUBLICATIONS, EDITIONS, BODY)
    newsroom = bootstrap.open_newsroom(config)
    with measure("import"):
        imported = import_bundle(newsroom, bundle, By())
    assert (imported.publications, imported.amendments) == (PUBLICATIONS, PUBLICATIONS * (EDITIONS - 1))
    newsroom.close()
    with measure("open, with the first views"):
        publisher = bootstrap.open_publisher(config)
    try:
        with measure("rebuild and compare"):
            outcome = rebuild.rebuild(bootstrap.views_path(config), publisher.newsroom.reader, check=True)
        assert outcome.differences == ()
        assert outcome.position == publisher.newsroom.reader.head()
        for years in (0, 5):
            _ask(publisher, now - timedelta(days=365 * years), years, measure)
        _serve(publisher, now, measure)
    finally:
        publisher.close()


def _ask(publisher: Publisher, t: datetime, years: int, measure: Measure) -> None:
    library = publisher.library
    lines = material.bundle(publisher.clock(), PUBLICATIONS, EDITIONS, BODY).publications
    public = sum(line.published_at <= t for line in lines)
    when = f"{years} years back" if years else "now"
    with measure(f"front page, {when}"):
        assert len(library.front(t)) == 20
    with measure(f"feed, {when}"):
        assert len(library.feed(t)) == 20
    if not years:
        tail = library.archive_tail(t)
        assert PUBLICATIONS <= (tail.full + 1) * 20 <= PUBLICATIONS * EDITIONS + 20
        for number in (1, tail.full // 2, tail.full):
            with measure(f"page {number} of the feed's archive"):
                found = library.archive_page(t, None, number, 20)
            assert found is not None
            assert len(found.rows) == len({row.publication for row in found.rows}) > 5
    with measure(f"listing, page 100, {when}"):
        page = library.listing(t, page=100)
    assert abs(page.total - public) <= 1
    assert len(page.rows) == 50
    with measure(f"tallies by year, {when}"):
        assert sum(tally.count for tally in library.tallies(t, "year")) == page.total
    with measure(f"search, a rare word, {when}"):
        found = library.search(t, material.rare_word(7))
    assert abs(found.total - public / material.RARE) <= 1
    with measure(f"search, a word of every text, {when}"):
        assert library.search(t, material.COMMON).total == page.total


def _serve(publisher: Publisher, now: datetime, measure: Measure) -> None:
    client = create_app(publisher).test_client()
    past = f"{now - timedelta(days=365 * 5):%Y%m%d%H%M%S}"
    newest = publisher.library.latest(now, 1)[0]
    for what, path, said in (
        ("front page", "/", newest.title),
        ("publication", newest.path, newest.title),
        ("feed", "/feed.atom", newest.title),
        (
            "front page five years back",
            f"/web/{past}/{publisher.config.base_url}/",
            "Bench Harbour Authority",
        ),
    ):
        with measure(f"served {what}"):
            answer = client.get(path)
        assert answer.status_code == 200, path
        assert said in answer.text
        with measure(f"served {what}, 304"):
            again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
