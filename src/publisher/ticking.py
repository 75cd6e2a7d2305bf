"""What is due now and must happen without a request: a hub is told of the feeds that have changed."""

import logging
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from .bootstrap import Publisher
from .domain.errors import PublisherError
from .feeds.addresses import concerned
from .readmodel.library import Library
from .state.deliveries import Delivery, Followed
from .websub import NotTaken, publish

LEASE = timedelta(seconds=60)
"""For how long one process alone does the work, and may be silent before another takes it over."""
AT_ONCE = 8
"""How many feeds a hub is told of at the same time."""
PAUSE = 0.5
"""Seconds between two looks."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticked:
    """What one tick did: feeds that a hub was told of, that it did not take, that still wait."""

    told: int
    failed: int
    waiting: int
    error: str | None = None


def tick(publisher: Publisher) -> Ticked:
    """Follow what has changed, and tell the hub what is due; nothing in a rehearsal, or without a hub."""
    hub = publisher.config.hub
    if hub is None or publisher.config.now is not None:
        return Ticked(told=0, failed=0, waiting=0)
    _follow(publisher)
    told = failed = 0
    ready = publisher.deliveries.ready(AT_ONCE)
    if not ready:
        return _done(publisher, told=0, failed=0)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hub") as pool:
        while ready:
            taken = list(pool.map(lambda one: _tell(publisher, hub, one), ready))
            told, failed = told + sum(taken), failed + len(taken) - sum(taken)
            if failed:
                break  # it may be down: the rest waits for the next tick, which comes soon
            ready = publisher.deliveries.ready(AT_ONCE)
    return _done(publisher, told=told, failed=failed)


def _done(publisher: Publisher, *, told: int, failed: int) -> Ticked:
    waiting, error = publisher.deliveries.waiting()
    return Ticked(told=told, failed=failed, waiting=waiting, error=error)


def _tell(publisher: Publisher, hub: str, delivery: Delivery) -> bool:
    try:
        publish(hub, delivery.topic)
    except NotTaken as error:
        publisher.deliveries.failed(delivery, str(error))
        return False
    publisher.deliveries.done(delivery)
    return True


def _follow(publisher: Publisher) -> None:
    """What became public since the last time: by events that came since, and by time that has passed."""
    publisher.projector.catch_up()
    now, library = publisher.now(), publisher.library
    before = publisher.deliveries.followed()
    with library.at_once() as held:
        here = Followed(position=held.position(), until=now)
        changed = held.changed(before.position, before.until, now) if before else ()
        topics = {topic for publication in changed for topic in _topics(held, now, publication)}
    if before and before.position == here.position and not topics:
        return  # nothing to note: whatever comes due later is later than `before.until` too
    base = publisher.config.base_url
    publisher.deliveries.follow(before, here, sorted(base + topic for topic in topics))


def _topics(library: Library, now: datetime, publication: str) -> set[str]:
    """The feeds that the publication is in, or was; none where it was never public."""
    facets = library.facets_of(now, publication)
    return {topic for path in library.paths_of(now, publication) for topic in concerned(path, facets)}


def keep_ticking(publisher: Publisher) -> Callable[[], None]:
    """Tick in a thread, in one process at a time, until the function that it gives is called."""
    holder, over = str(uuid.uuid4()), threading.Event()

    def run() -> None:
        while not over.is_set():
            try:
                if publisher.deliveries.lease(holder, LEASE):
                    tick(publisher)
            except (PublisherError, SQLAlchemyError) as error:  # a page about it is served; here it is said
                _LOG.warning("tick: %s", error)
            over.wait(PAUSE)

    thread = threading.Thread(target=run, name="ticking", daemon=True)
    thread.start()

    def stop() -> None:
        over.set()
        thread.join()

    return stop
