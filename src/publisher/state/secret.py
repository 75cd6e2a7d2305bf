"""The newsroom's key: made once, in a file that its owner alone can read.

It signs cookies and form tokens, and the secrets of second factors derive from it.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from ..domain.errors import PublisherError

LENGTH = 32


class KeyCutOff(PublisherError):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is cut off: put it back from a backup, or delete it. Then everybody signs in again, "
            "those with a second factor by a recovery code."
        )


def secret_key(folder: Path) -> bytes:
    """32 random bytes, the same for every process of the newsroom.

    Raises KeyCutOff.
    """
    file = folder / "secret.key"
    if not file.exists():
        _make(file)
    key = file.read_bytes()
    if len(key) < LENGTH:
        raise KeyCutOff(file)
    return key


def _make(file: Path) -> None:
    # Written aside and linked whole: workers that start together never read half a key, and the
    # first one's key is everybody's.
    descriptor, name = tempfile.mkstemp(prefix="secret.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(secrets.token_bytes(LENGTH))
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
