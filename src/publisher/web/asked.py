"""What a request asks about: the instant, and what every page needs of it.

A public instant is `min(requested, now)`, and only `asked` makes one: the future is served to nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g, request

from ..bootstrap import Publisher
from ..domain import zones
from ..readmodel.rows import MastheadRow
from .memento import INSTANT


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The instant `t` that a public answer is about; `past` where a memento was asked for.

    `requested` is later than `t` where the future was asked for. All are aware UTC datetimes.
    """

    t: datetime
    now: datetime
    requested: datetime | None
    masthead: MastheadRow
    zone: ZoneInfo

    @property
    def past(self) -> bool:
        return self.requested is not None

    @property
    def future(self) -> bool:
        return self.requested is not None and self.requested > self.now


def ask(publisher: Publisher) -> Asked:
    """Settle, once a request, what it is about (the views have caught up before)."""
    now = publisher.now()
    requested: datetime | None = request.environ.get(INSTANT)
    t = min(requested, now) if requested else now
    masthead = publisher.library.masthead(t)
    zone = zones.zone(masthead.zone or publisher.config.timezone)
    g.asked = Asked(t=t, now=now, requested=requested, masthead=masthead, zone=zone)
    return asked()


def asked() -> Asked:
    """What the current request is about."""
    found: Asked = g.asked
    return found
