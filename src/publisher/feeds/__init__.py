"""Feeds: values in, bytes out.

`model` has the values; `atom`, `rss` and `json_feed` write them; feedgen stays behind `feedgen_adapter`.
Nothing in here reads a clock, a setting, a locale or the network: equal feeds are equal bytes.
"""

from .atom import atom
from .characters import without_forbidden
from .json_feed import json_feed
from .model import Category, Claim, Enclosure, Entry, Feed, Person, Tombstone
from .rss import rss

__all__ = [
    "Category",
    "Claim",
    "Enclosure",
    "Entry",
    "Feed",
    "Person",
    "Tombstone",
    "atom",
    "json_feed",
    "rss",
    "without_forbidden",
]
