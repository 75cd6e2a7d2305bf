"""A Config becomes the collaborators: the one place where they are put together."""

from .application import Newsroom
from .config import Config, machine_clock


def open_newsroom(config: Config) -> Newsroom:
    """The write side of the newsroom in `config.data`. Raises LogUnavailable, LogNewer."""
    return Newsroom(config.data, machine_clock, default_zone=config.timezone, rehearsal=config.now)
