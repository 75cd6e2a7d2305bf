"""Views that broke while they are served: every page still answers, in a sentence."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from publisher.bootstrap import Publisher, views_path
from publisher.web import create_app


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en-GB", "The fault was noted. Please try again in a minute.\n"),
        ("de", "Der Fehler wurde vermerkt. Bitte versuchen Sie es in einer Minute noch einmal.\n"),
    ],
)
@pytest.mark.parametrize("page", ["/", "/feed.atom", "/desk/", "/nothing", "/2026/05/nothing"])
def test_a_page_about_a_fault_does_not_fail_itself(
    besieged: Publisher, caplog: pytest.LogCaptureFixture, page: str, language: str, sentence: str
) -> None:
    """Without the heading of the site, which is what could not be read, and kept by nobody."""
    app = create_app(replace(besieged, config=replace(besieged.config, language=language)))
    with closing(sqlite3.connect(views_path(besieged.config))) as views:
        views.execute("DROP TABLE masthead")
        views.commit()
    with caplog.at_level(logging.CRITICAL):
        answer = app.test_client().get(page)
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert answer.text == sentence
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
