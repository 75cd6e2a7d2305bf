"""The key that signs cookies and form tokens: made once, in a file that its owner alone can read."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> bytes:
    """32 random bytes, the same for every process of the newsroom."""
    file = folder / "secret.key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(secrets.token_bytes(32))
    return _read(file)


def _read(file: Path) -> bytes:
    key = file.read_bytes()
    if len(key) < 32:
        raise ValueError(f"{file} is cut off: delete it, and everybody signs in again")
    return key
