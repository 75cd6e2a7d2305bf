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

NAME = "demo"
ROLES = (Role.CHIEF, Role.AUDITOR)


def fill(publisher: Publisher) -> tuple[str, str]:
    """The name and password of the account that was opened. Raises NewsroomNotEmpty."""
    newsroom = publisher.newsroom
    if newsroom.reader.head():
        raise NewsroomNotEmpty
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


def _imported(publisher: Publisher, key: str) -> UUID:
    """The publication that a bundle calls `key`."""
    newsroom = publisher.newsroom_id()
    return uuid5(newsroom, str(uuid5(newsroom, f"import:{key}")))
