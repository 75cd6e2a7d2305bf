"""Writes the day counters' claims at a feed's head, the same in every XML format."""

from .feedgen_adapter import Element, element, qualified
from .model import Feed


def write_claims(feed: Feed, head: Element) -> None:
    """One element a claim; the number of days is for the reader to count, from `since` in `zone`."""
    tag = qualified(feed.counters_namespace, "counter")
    for claim in feed.claims:
        element(head, tag, claim.text, key=claim.key, since=claim.since.isoformat(), zone=claim.zone)
