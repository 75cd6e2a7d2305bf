"""What those who run the site are told, above all when an event can't be read."""

import sqlite3
from contextlib import closing

from helper_site import Site, titles


def test_a_whole_site_is_alive_and_ready(site: Site) -> None:
    """Both addresses answer in plain text, for no cache to keep."""
    for path in ("/healthz", "/readyz"):
        response = site.get(path)
        assert (response.status_code, response.text) == (200, "ok\n")
        assert response.headers["Cache-Control"] == "no-store"


def test_an_unknown_event_is_named_and_the_site_goes_on(site: Site) -> None:
    """503 with the position where the views stopped; readers get what precedes it."""
    site.publish("Known")
    site.page("/")
    with closing(sqlite3.connect(site.publisher.config.data / "log.db")) as log, log:
        log.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)",
            ("0123456789abcdef0123456789abcdef", 1, "publisher.unheard:Of", b"{}"),
        )
        position = log.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
    response = site.get("/readyz")
    assert response.status_code == 503
    assert f"position {position}" in response.text
    assert titles(site.page("/")) == ["Known"]
    assert site.get("/healthz").status_code == 200
