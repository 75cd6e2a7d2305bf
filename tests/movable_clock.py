"""A machine's clock that stands still until a test moves it, back too."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """Starts at 2026-05-20 09:00 UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> datetime:
        """Move by days, hours, seconds, ... (negative ones go back); the new instant."""
        self.now += timedelta(**span)
        return self.now
