"""Feeds: values in, bytes out.

`model` has the values, `atom` and `rss` write them; feedgen stays behind `feedgen_adapter`.
Nothing in here reads a clock, a setting, a locale or the network: equal feeds are equal bytes.
"""

from .atom import atom
from .characters import without_forbidden
from .model import Category, Claim, Enclosure, Entry, Feed, Person, Tombstone
from .namespaces import COUNTERS
from .rss import rss

__all__ = [
    "COUNTERS",
    "Category",
    "Claim",
    "Enclosure",
    "Entry",
    "Feed",
    "Person",
    "Tombstone",
    "atom",
    "rss",
    "without_forbidden",
]
