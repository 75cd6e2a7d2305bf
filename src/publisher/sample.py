"""Fills an empty newsroom with the demo's content, and opens an account to look around with."""

import secrets
from uuid import UUID, uuid5

from .accounts import open_with_secret
from .application import By
from .bootstrap import Publisher
from .demo import demo_acts, demo_bundle
from .domain.errors import NewsroomNotEmpty
from .domain.policy import Role
from .interchange.importing import import_bundle
from .log import LogReader
from .state.accounts import NameTaken

NAME = "demo"
ROLES = (Role.CHIEF, Role.AUDITOR)
CONTENTLESS = ("publisher.account.", "publisher.masthead.opened")
"""How the types of events begin that a newsroom without content may hold."""
BATCH = 500


def fill(publisher: Publisher) -> tuple[str, str]:
    """The name and password of the account that was opened. Raises NewsroomNotEmpty, NameTaken."""
    newsroom = publisher.newsroom
    if _has_content(newsroom.reader):
        raise NewsroomNotEmpty
    if publisher.accounts.id_of(NAME) is not None:
        raise NameTaken(NAME)
    now = publisher.now()
    import_bundle(newsroom, demo_bundle(now), By())
    password = secrets.token_urlsafe(12)
    account = open_with_secret(publisher, NAME, password, ROLES)
    acts, actor = demo_acts(now), str(account)
    newsroom.pin(_imported(publisher, acts.pinned), By(actor=actor))
    newsroom.move(_imported(publisher, acts.move.key), acts.move.slug, By(actor=actor))
    newsroom.withdraw(_imported(publisher, acts.withdrawal.key), acts.withdrawal.reason, By(actor=actor))
    draft = newsroom.draft(acts.schedule.content, By(actor=actor))
    newsroom.publish(draft.id, 1, By(actor=actor), slug=acts.schedule.slug, due=acts.schedule.at)
    return NAME, password


def _has_content(reader: LogReader) -> bool:
    """Whether anything was said or drafted: accounts alone are no content."""
    after = 0
    while batch := reader.stored(after, BATCH):
        if any(not event.topic.startswith(CONTENTLESS) for _, event in batch):
            return True
        after = batch[-1][0]
    return False


def _imported(publisher: Publisher, key: str) -> UUID:
    """The publication that a bundle calls `key`."""
    newsroom = publisher.newsroom_id()
    return uuid5(newsroom, str(uuid5(newsroom, f"import:{key}")))
