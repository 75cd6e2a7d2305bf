"""A newsroom as its readers meet it: acts of the desk in one line, answers as parsed pages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from movable_clock import MovableClock
from publisher.application import By, Receipt
from publisher.bootstrap import Publisher
from publisher.domain.content import Content
from publisher.domain.masthead import Clock, Contact, Counter, MastheadText, Notice
from publisher.domain.publication import Significance
from publisher.web import create_app
from publisher.web.keeping import Keeper

HOST = "http://127.0.0.1:8000"


def content(title: str, **fields: Any) -> Content:
    """A short statement, with what the test cares about put in."""
    usual: dict[str, Any] = {"kind": "statement", "language": "en-GB", "summary": "", "body": "Text."}
    return Content(title=title, **usual | fields)


@dataclass
class Site:
    """A publisher, the application over it, and the clock that both read."""

    publisher: Publisher
    clock: MovableClock
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(self.publisher)
        self.client = self.app.test_client()

    # ---- the desk

    def publish(
        self, title: str, *, slug: str | None = None, due: datetime | None = None, **fields: Any
    ) -> Receipt:
        """Draft and publish at once, or at `due`."""
        newsroom = self.publisher.newsroom
        drafted = newsroom.draft(content(title, **fields), By())
        return newsroom.publish(drafted.id, 1, By(), slug=slug, due=due)

    def amend(
        self,
        publication: UUID,
        title: str,
        *,
        significance: str = "major",
        note: str = "What changed.",
        due: datetime | None = None,
        **fields: Any,
    ) -> Receipt:
        """A revision upon the newest, public at once or at `due`."""
        newsroom = self.publisher.newsroom
        base = newsroom.repository.get(publication).revision
        newsroom.revise(publication, base, content(title, **fields), By())
        return newsroom.amend(publication, base + 1, Significance(significance), note, By(), due=due)

    def masthead(
        self,
        name: str = "Harbour Office",
        *,
        zone: str | None = None,
        clocks: tuple[Clock, ...] = (),
        contacts: tuple[Contact, ...] = (),
        counters: tuple[Counter, ...] = (),
        notices: tuple[Notice, ...] = (),
    ) -> None:
        """The whole masthead, from now on."""
        said = MastheadText(
            name=name, zone=zone, clocks=clocks, contacts=contacts, counters=counters, notices=notices
        )
        self.publisher.newsroom.replace_masthead(said, By(command_id=uuid4()), stop_reason="Over.")

    # ---- readers

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, base_url=HOST, **options)

    def head(self, path: str, **options: Any) -> TestResponse:
        return self.client.head(path, base_url=HOST, **options)

    def page(self, path: str) -> Any:
        """The parsed page at `path`, which answers 200."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return parsed(response)

    def at(self, instant: datetime, path: str) -> TestResponse:
        """The answer of the memento of that UTC second."""
        return self.get(f"/web/{instant:%Y%m%d%H%M%S}/{HOST}{path}")


def behind_keeping(site: Site) -> Any:
    """The application that makes the answers of a site which are kept."""
    layer: Any = site.app.wsgi_app
    while not isinstance(layer, Keeper):
        layer = layer._application
    return layer._application


def parsed(response: TestResponse) -> Any:
    return html.fromstring(response.text)


def titles(page: Any) -> list[str]:
    """The titles of the messages that a page lists, in order."""
    return [text_of(link) for link in page.xpath('//*[contains(@class, "entry-title")]/a')]


def text_of(node: Any) -> str:
    """What a person reads of an element, spaces folded."""
    return " ".join(node.text_content().split())
