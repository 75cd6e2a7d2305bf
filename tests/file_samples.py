"""Files for tests: bytes that are what they say, and how a content names them."""

import io

from PIL import Image

from publisher import intake
from publisher.domain.file import File

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def png(colour: str = "teal", size: tuple[int, int] = (40, 30)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "PNG")
    return written.getvalue()


def taken(name: str, data: bytes, alt: str = "") -> tuple[File, dict[str, bytes]]:
    """A file as a content names it, and its bytes by their hash."""
    found = intake.take(name, data)
    file = File(
        sha256=found.sha256,
        name=found.name,
        media_type=found.media_type,
        size=len(found.data),
        alt=alt or f"What {name} shows",
        width=found.width,
        height=found.height,
    )
    return file, {found.sha256: found.data}
