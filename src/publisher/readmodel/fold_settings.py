"""What the events of the masthead and of accounts do to their rows."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from ..domain.account import Account
from ..domain.instants import FOREVER
from ..domain.masthead import Masthead, Setting
from . import tables
from .sheets import Row, Sheet
from .told import Told

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class MastheadFold:
    """The masthead's settings: each key's row is closed by the next one, a stopped counter's with why."""

    def __init__(self) -> None:
        self._sheet = Sheet(tables.masthead)
        self._open: dict[tuple[str, str], Row] = {}

    def load(self, raw: sqlite3.Connection, batch: Sequence[Told]) -> None:
        if batch:
            for row in self._sheet.fetch(raw, "valid_to", [FOREVER]):
                self._open[row["what"], row["key"]] = row

    def apply(self, told: Told) -> None:
        if not isinstance(told.event, Setting):
            return
        what, key, value = told.event.setting()
        last = self._open.pop((what, key), None)
        if last is not None:
            last["valid_to"] = told.effect
            if isinstance(told.event, Masthead.CounterStopped):
                last["reason"] = told.event.reason
        if value is None:
            return
        # A counter that is reworded keeps its day and its zone.
        whole = (json.loads(last["value"]) if last else {}) | value
        self._open[what, key] = self._sheet.put(
            {
                "id": told.position,
                "what": what,
                "key": key,
                "ord": whole.get("order", 0),
                "value": _json(whole),
                "valid_from": told.effect,
                "valid_to": FOREVER,
                "recorded": told.recorded,
                "reason": None,
            }
        )

    def write(self, raw: sqlite3.Connection) -> None:
        self._sheet.write(raw)


class AccountFold:
    """What the log knows of accounts: their roles, and whether they are closed."""

    def __init__(self) -> None:
        self._sheet = Sheet(tables.account)

    def load(self, raw: sqlite3.Connection, batch: Sequence[Told]) -> None:
        touched = {told.subject for told in batch}
        if touched:
            self._sheet.fetch(raw, "id", sorted(touched))

    def apply(self, told: Told) -> None:
        line = _LINES.get(type(told.event))
        if line is not None:
            line(self, told)

    def write(self, raw: sqlite3.Connection) -> None:
        self._sheet.write(raw)

    def _opened(self, told: Told) -> None:
        self._sheet.put({"id": told.subject, "roles": "[]", "closed": 0})

    def _granted(self, told: Told) -> None:
        row = self._row(told)
        row["roles"] = _json(sorted({*json.loads(row["roles"]), told.event.role}))

    def _revoked(self, told: Told) -> None:
        row = self._row(told)
        row["roles"] = _json(sorted({*json.loads(row["roles"])} - {told.event.role}))

    def _closed(self, told: Told) -> None:
        self._row(told)["closed"] = 1

    def _row(self, told: Told) -> Row:
        return self._sheet.now[told.subject,]


_LINES: dict[type[Any], Callable[[AccountFold, Told], None]] = {
    Account.Opened: AccountFold._opened,
    Account.RoleGranted: AccountFold._granted,
    Account.RoleRevoked: AccountFold._revoked,
    Account.Closed: AccountFold._closed,
}
