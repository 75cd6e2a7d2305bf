"""A program with a token, and a text that it sends."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "a long password for tests"
TEXT = {
    "kind": "press-release",
    "language": "en-GB",
    "title": "Ferry timetable for the summer",
    "summary": "More boats from June on.",
    "body": "From 1 June there are **nine** boats a day.",
    "topics": ["ferries", "summer"],
    "speakers": ["Ada Brandt"],
}
"""The fields of a publication."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """A program that asks with a token."""

    client: FlaskClient
    account: UUID
    token: str

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, headers=self._headers(headers))

    def post(self, address: str, key: str = "", **body: Any) -> TestResponse:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(address, json=body, headers=self._headers(headers))

    def put(self, address: str, match: str | None = "*", **body: Any) -> TestResponse:
        known = {} if match is None else {"If-Match": match}
        return self.client.put(address, json=body, headers=self._headers(known))

    def draft(self, **changes: Any) -> str:
        """The address of a new draft."""
        answer = self.post("/api/publications", **(TEXT | changes))
        assert answer.status_code == 201, answer.text
        return str(answer.headers["Location"])

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} | more
