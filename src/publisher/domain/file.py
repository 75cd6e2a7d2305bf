"""A file that a content shows: its name and what it says; its bytes are stored by their hash."""

import re
from dataclasses import dataclass

from .errors import BadText
from .texts import check_line, check_text

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*")
NAME_LIMIT = 100
MEDIA_TYPE = re.compile(r"(image|audio|video|text|application)/[a-z0-9][a-z0-9.+-]{0,80}")
SHA256 = re.compile(r"[0-9a-f]{64}")
ALT_LIMIT = 1_000
_FIELD = "files"


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file as a content names it.

    `size` is in bytes, `width` and `height` are pixels, None where it is no image. `alt` says in words
    what an image shows, and what any other file holds.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    alt: str
    width: int | None = None
    height: int | None = None

    @property
    def image(self) -> bool:
        return self.media_type.startswith("image/")

    def check(self) -> None:
        """Raises BadText."""
        check_line(_FIELD, self.sha256, SHA256, "it is no SHA-256 in lowercase hex")
        check_line(_FIELD, self.name, NAME, "use a to z, 0 to 9, hyphens and dots, as map.png")
        if len(self.name) > NAME_LIMIT:
            raise BadText(_FIELD, f"the name {self.name[:40]}… is longer than {NAME_LIMIT} characters")
        check_line(_FIELD, self.media_type, MEDIA_TYPE, "it is no media type such as image/png")
        if not self.alt.strip():
            raise BadText(_FIELD, f"say in words what {self.name} shows")
        check_text(_FIELD, self.alt, ALT_LIMIT)
        if "\n" in self.alt:
            raise BadText(_FIELD, f"say what {self.name} shows on one line")
        measures = [self.size] + ([self.width or 0, self.height or 0] if self.image else [])
        if min(measures) < 1 or (not self.image and (self.width, self.height) != (None, None)):
            raise BadText(_FIELD, f"the measures of {self.name} are not those of a file")
