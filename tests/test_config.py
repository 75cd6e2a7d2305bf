"""The settings, read from the environment and nowhere else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publisher.config import BadSetting, Config, from_environment, machine_clock


def test_defaults_hold_where_nothing_is_set() -> None:
    """A fresh machine needs no setting."""
    expected = Config(
        data=Path("./var"),
        base_url="http://127.0.0.1:8000",
        timezone="Europe/London",
        language="en-GB",
        now=None,
    )
    assert from_environment({}) == expected
    empty = ("DATA", "BASE_URL", "TIMEZONE", "LANGUAGE", "NOW")
    assert from_environment(dict.fromkeys((f"PUBLISHER_{name}" for name in empty), "")) == expected


def test_every_setting_is_read() -> None:
    """From its PUBLISHER_ variable."""
    found = from_environment(
        {
            "PUBLISHER_DATA": "/srv/news",
            "PUBLISHER_BASE_URL": "https://press.example.org",
            "PUBLISHER_TIMEZONE": "Asia/Tokyo",
            "PUBLISHER_LANGUAGE": "pt-BR",
            "PUBLISHER_NOW": "2020-11-24T14:55:00+03:00",
        }
    )
    assert found == Config(
        data=Path("/srv/news"),
        base_url="https://press.example.org",
        timezone="Asia/Tokyo",
        language="pt-BR",
        now=datetime(2020, 11, 24, 11, 55, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://press.example.org/", "https://press.example.org"),
        ("HTTPS://Press.Example.org", "https://press.example.org"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_base_url_is_brought_to_one_form(given: str, base: str) -> None:
    """No slash at the end, scheme and host in lower case."""
    assert from_environment({"PUBLISHER_BASE_URL": given}).base_url == base


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLISHER_BASE_URL", "press.example.org"),
        ("PUBLISHER_LANGUAGE", "pt_BR"),
        ("PUBLISHER_BASE_URL", "ftp://press.example.org"),
        ("PUBLISHER_BASE_URL", "https://press.example.org/news"),
        ("PUBLISHER_BASE_URL", "https://press.example.org?a=b"),
        ("PUBLISHER_BASE_URL", "https://press.example.org#a"),
        ("PUBLISHER_BASE_URL", "https://user@press.example.org"),
        ("PUBLISHER_BASE_URL", "https://press.example.org:99999"),
        ("PUBLISHER_BASE_URL", "https://:80"),
        ("PUBLISHER_BASE_URL", "http://[::1"),
        ("PUBLISHER_TIMEZONE", "Europe/Atlantis"),
        ("PUBLISHER_TIMEZONE", "../../etc/passwd"),
        ("PUBLISHER_NOW", "yesterday"),
        ("PUBLISHER_NOW", "2020-11-24T14:55:00"),
        ("PUBLISHER_NOW", "2020-11-24"),
        ("PUBLISHER_DATABASE_URL", "postgresql://localhost/news"),
    ],
)
def test_a_setting_that_cant_be_used_is_named(name: str, value: str) -> None:
    """In one sentence that begins with the setting."""
    with pytest.raises(BadSetting, match=f"^{name}: .*\\.$") as raised:
        from_environment({name: value})
    assert "\n" not in str(raised.value)


def test_the_machines_clock_is_aware_utc() -> None:
    """No naive time enters."""
    assert machine_clock().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text", ["hub.example.org", "ftp://hub.example.org/", "https://", "https://h:99999/"]
)
def test_a_hub_that_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(BadSetting, match="PUBLISHER_HUB"):
        from_environment({"PUBLISHER_HUB": text})


def test_a_hub_is_taken_as_it_is_written() -> None:
    assert from_environment({"PUBLISHER_HUB": "https://Hub.example.org/Push"}).hub == (
        "https://Hub.example.org/Push"
    )
    assert from_environment({}).hub is None
