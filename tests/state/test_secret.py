"""The key that signs cookies and form tokens."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publisher.state.secret import KeyCutOff, secret_key


def test_the_key_is_made_once(tmp_path: Path) -> None:
    """The second start finds what the first one made."""
    first = secret_key(tmp_path)
    assert (len(first), secret_key(tmp_path)) == (32, first)


def test_two_newsrooms_have_two_keys(tmp_path: Path) -> None:
    """A cookie of the one is worth nothing in the other."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    assert len({secret_key(folder) for folder in folders}) == 2


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    """One file, that nobody else can read, and nothing beside it."""
    secret_key(tmp_path)
    assert {f.name: f.stat().st_mode & 0o777 for f in tmp_path.iterdir()} == {"secret.key": 0o600}


def test_workers_that_start_together_have_one_key(tmp_path: Path) -> None:
    """Whoever comes first makes it, and nobody reads half of it."""
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: secret_key(tmp_path), range(64)))
    assert len(set(keys)) == 1


@pytest.mark.parametrize("kept", [0, 31])
def test_a_key_that_was_cut_off_is_refused(tmp_path: Path, kept: int) -> None:
    """It would be easier to guess; the sentence says what to do."""
    (tmp_path / "secret.key").write_bytes(b"k" * kept)
    with pytest.raises(KeyCutOff, match="delete it"):
        secret_key(tmp_path)
