"""Publisher: an event-sourced publishing backend with feeds."""

__version__ = "0.1.0"
