"""Fills an empty newsroom with the demo's content, and opens an account to look around with."""

import secrets

from .accounts import open_with_secret
from .bootstrap import Publisher
from .domain.errors import NewsroomNotEmpty
from .domain.policy import Role

NAME = "demo"


def fill(publisher: Publisher) -> tuple[str, str]:
    """The name and password of the account that was opened. Raises NewsroomNotEmpty."""
    if publisher.newsroom.reader.head():
        raise NewsroomNotEmpty
    password = secrets.token_urlsafe(12)
    open_with_secret(publisher, NAME, password, [Role.CHIEF, Role.AUDITOR])
    return NAME, password
