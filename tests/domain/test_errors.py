"""Refusals: one sentence each for the person who asked."""

from datetime import UTC, datetime

import pytest

from publisher.domain import errors

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

REFUSALS = {
    errors.BadInstant("noon"): "“noon” is not an instant: write RFC 3339 with an offset, "
    "such as 2026-11-24T09:00:00Z or 2026-11-24T09:00:00+01:00.",
    errors.UnknownZone("Mars"): "“Mars” is not a time zone: use a tz database name such as Europe/London.",
    errors.BadText("title", "write one"): "title: write one",
    errors.BadSlug("A b"): "“A b” is not a slug: use 1 to 80 of a to z, 0 to 9 and hyphens.",
    errors.UnknownPublication("p"): "There is no publication p.",
    errors.UnknownAccount("a"): "There is no account a.",
    errors.StaleRevision(1, 2): "Somebody saved revision 2 while you worked on revision 1: "
    "compare the two texts and save again.",
    errors.ScheduleStands(2, NOON): "Edition 2 is scheduled for 2026-11-24 12:00:00 UTC: "
    "this would cancel it first. Confirm that it may be cancelled.",
    errors.InstantPassed(
        NOON
    ): "2026-11-24 12:00:00 UTC has passed: choose a later instant, or publish now.",
    errors.RehearsalInFuture(): "PUBLISHER_NOW is later than this machine's clock: "
    "a future can be looked at, not written to.",
    errors.AddressTaken("/2026/11/a"): "The address /2026/11/a is taken: choose another slug.",
    errors.ContentRedacted(
        "0123456789abcdef"
    ): "The text 0123456789ab was redacted and can't be stored again.",
    errors.ContentShared(["p", "q"]): "The same text stands in p, q too: remove it there, revise or "
    "discard it where it is a draft, and redact then.",
    errors.CommandReused("c"): "The command c was already used for something else.",
    errors.LastAdmin(): "This is the last admin: open another one first.",
    errors.NewsroomNotEmpty(): "This newsroom has content already: the demo fills an empty one only.",
}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_a_refusal_is_a_sentence(refusal: errors.Refused) -> None:
    """That says what is wrong and what to do."""
    assert str(refusal) == REFUSALS[refusal]


def test_a_sentence_can_always_be_written() -> None:
    """Whatever it quotes, UTF-8 has bytes for it."""
    assert str(errors.BadSlug("a\ud800")).startswith("“a?” is not a slug")


def test_every_error_has_one_root() -> None:
    """So that a caller can catch them all, and the refusals by themselves."""
    kinds = [v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, Exception)]
    broken = {errors.PublisherError, errors.LogBroken, errors.LogNewer, errors.LogUnavailable}
    assert {k for k in kinds if not issubclass(k, errors.Refused)} == broken
