"""Writes the day counters' claims at a feed's head, the same in every XML format."""

from .feedgen_adapter import Element, element, qualified
from .model import Claim
from .namespaces import COUNTERS


def write_claims(claims: tuple[Claim, ...], head: Element) -> None:
    """One element a claim; the number of days is for the reader to count, from `since` in `zone`."""
    tag = qualified(COUNTERS, "counter")
    for claim in claims:
        element(head, tag, claim.text, key=claim.key, since=claim.since.isoformat(), zone=claim.zone)
