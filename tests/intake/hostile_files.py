"""Makes images, honest and hostile ones, for the tests of what is taken."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

ORIENTATION, GPS, LATITUDE = 0x0112, 0x8825, 2


def image(kind: str = "PNG", size: tuple[int, int] = (4, 3), mode: str = "RGB", **options: Any) -> bytes:
    """An image of one colour, in a format of Pillow's."""
    written = io.BytesIO()
    Image.new(mode, size, 1).save(written, kind, **options)
    return written.getvalue()


def photograph() -> bytes:
    """A JPEG whose EXIF says that it lies on its side, and where it was taken; with a comment."""
    told = Image.Exif()
    told[ORIENTATION] = 6
    told.get_ifd(GPS)[LATITUDE] = (52.0, 31.0, 12.0)
    return image("JPEG", size=(40, 20), exif=told, comment=b"by Ada")


def moving(kind: str) -> bytes:
    first, second = Image.new("RGB", (4, 4), "red"), Image.new("RGB", (4, 4), "blue")
    written = io.BytesIO()
    first.save(written, kind, save_all=True, append_images=[second])
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it has so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
