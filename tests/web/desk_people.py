"""Somebody at a browser, and what they type into the desk's forms."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

PASSWORD = "a long password for tests"

TEXT = {
    "title": "Ferry timetable for the summer",
    "summary": "More boats from June on.",
    "body": "From 1 June there are **nine** boats a day.",
    "kind": "press-release",
    "language": "en-GB",
    "markup": "commonmark",
    "topics": "ferries, summer",
    "speakers": "Ada Brandt",
}
"""The fields of a publication, as the desk's form sends them."""
PATH = "/2026/05/ferry-timetable-for-the-summer"
"""Where it stands once it is published."""
PUBLIC = ("/", "/archive", "/feed.atom", "/feed.rss", "/search", "/feeds", "/2026/05/")


@dataclass
class Person:
    """Somebody at a browser, signed in or not."""

    client: FlaskClient
    name: str = ""
    token: str = field(default="", repr=False)

    def get(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, **options)

    def post(self, address: str, _token: bool = True, **fields: str) -> TestResponse:
        """Send a form with its token and a new command id, unless the fields have one."""
        if _token and not self.token:
            self.token = token_of(self.client.get("/desk/sign-in").text)
        form = {"command_id": str(uuid4())} | fields
        if address.endswith(("/publish", "/amend")):  # past review, which a chief alone can do
            form.setdefault("expedite", "Nobody else is in.")
        return self.client.post(address, data=form | ({"csrf_token": self.token} if _token else {}))

    def draft(self, **changes: str) -> str:
        """The id of a new draft."""
        answer = self.post("/desk/new", **(TEXT | changes))
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"]).rpartition("/")[2]

    def publish(self, publication: str, **fields: str) -> TestResponse:
        return self.post(f"/desk/{publication}/publish", **({"revision": "1", "when": "now"} | fields))


def shown(fields: dict[str, str]) -> dict[str, str]:
    """What was typed or stored, as the form of a text shows it: kind and language in words."""
    words = {
        "press-release": "Press release",
        "transcript": "Transcript",
        "en-GB": "English (United Kingdom)",
    }
    return {name: words.get(text, text) for name, text in fields.items()}


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def fields_of(page: str, address: str) -> dict[str, str]:
    """What a browser would send of the page's form to `address`, as it stands."""
    form = next(f for f in html.document_fromstring(page).forms if f.get("action") == address)
    fields = dict(form.form_values())
    for area in form.iter("textarea"):  # a browser drops the line break that it opens with
        fields[area.name] = (area.text or "").removeprefix("\n")
    return {name: text or "" for name, text in fields.items()}


def problem(page: str, field: str) -> str:
    """What a page says is wrong with a field."""
    found = re.search(rf'<p class="wrong" id="{field}-wrong">(.*?)</p>', page, re.DOTALL)
    assert found, page
    return unescape(found[1])
