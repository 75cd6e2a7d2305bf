"""What an uploaded file is, told by its content: an image made anew, a PDF, or plain text."""

import hashlib
import io
import re
import struct
import threading
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from .domain.content import slug_of
from .domain.errors import BadText

BYTES_LIMIT = 10_000_000
"""The largest file."""
PIXELS_LIMIT = 40_000_000
"""The largest image, in pixels: what its decoding takes of the memory follows from them."""
SIDE_LIMIT = 20_000
"""The longest side of an image, in pixels: each of its lines takes time and memory, however short it is."""
ALLOWED = "Allowed are JPEG, PNG, WebP and still GIF images, PDF, and UTF-8 text named .txt or .csv."

_FIELD = "files"
_IMAGES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
_TEXTS = {"txt": "text/plain", "csv": "text/csv"}
_PDF = re.compile(rb"%PDF-[12]\.[0-9]")
_TAIL = 1024
"""In how many bytes at its end a PDF has its end mark."""
_DAMAGES = (OSError, SyntaxError, struct.error, EOFError, IndexError, KeyError, TypeError, ValueError)
"""What Pillow raises over images that break their format's rules."""
_STEM, _ENDING = 80, 8
"""How much of a name is shown, in characters, before and after its last dot."""
_ONE_BY_ONE = threading.Lock()
"""Images are decoded one at a time, so that many at once don't fill the memory."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A file as it is stored: its safe name, its bytes, and in pixels the measures of an image."""

    name: str
    media_type: str
    data: bytes
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def take(name: str, data: bytes) -> Taken:
    """The file to store of what somebody sent. Raises BadText naming the file.

    Its name is made of a to z, 0 to 9 and hyphens, and ends as its type does. Images lose all metadata,
    once they are turned as it says.
    """
    shown = _shown(name)
    if not data:
        raise BadText(_FIELD, f"{shown} is empty: choose it again")
    if len(data) > BYTES_LIMIT:
        raise BadText(_FIELD, f"{shown} is larger than {BYTES_LIMIT // 10**6} MB: make it smaller")
    with _ONE_BY_ONE:
        image = _image(shown, data)
    taken = image or _pdf(shown, data) or _text(shown, data)
    if taken is None:
        raise BadText(_FIELD, f"{shown} is of no type that can be shown. {ALLOWED}")
    return taken


def _shown(name: str) -> str:
    """The last part of a path, as a sentence can carry it."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    stem, dot, ending = shown.rpartition(".")
    cut = f"{stem[:_STEM]}{dot}{ending[:_ENDING]}" if stem else shown[:_STEM]
    return cut or "the file"


def _named(shown: str, ending: str) -> str:
    stem = shown.rpartition(".")[0] or shown
    return f"{slug_of(stem) or 'file'}.{ending}"


def _image(shown: str, data: bytes) -> Taken | None:
    """The image made anew, None where it is none."""
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_IMAGES)) as image:
            width, height = image.size
            if width * height > PIXELS_LIMIT:
                raise _too_large(shown)
            if max(width, height) > SIDE_LIMIT:
                raise BadText(
                    _FIELD, f"{shown} is more than {SIDE_LIMIT} pixels wide or high: make it smaller"
                )
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            if kind != "JPEG" and getattr(image, "is_animated", False):
                raise BadText(_FIELD, f"{shown} moves: choose a still image")
            image.load()
            anew = _anew(image, kind)
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _too_large(shown) from None
    except _DAMAGES:
        raise BadText(_FIELD, f"{shown} is cut off or damaged: choose it again") from None
    written = io.BytesIO()
    anew.save(written, kind, **({"quality": 90} if kind in ("JPEG", "WEBP") else {}))
    stored = written.getvalue()
    if len(stored) > BYTES_LIMIT:
        raise BadText(_FIELD, f"{shown} is too large once its metadata is gone: make it smaller")
    return Taken(
        name=_named(shown, _IMAGES[kind]),
        media_type=f"image/{kind.lower()}",
        data=stored,
        width=anew.width,
        height=anew.height,
    )


def _anew(image: Image.Image, kind: str) -> Image.Image:
    """Its pixels as they are to be seen, without all that is told about them."""
    turned = ImageOps.exif_transpose(image)
    transparency = turned.info.get("transparency")
    if kind == "JPEG" and turned.mode not in ("L", "RGB"):
        turned = turned.convert("RGB")
    bare = turned.copy()
    bare.info = {} if transparency is None or kind in ("JPEG", "WEBP") else {"transparency": transparency}
    return bare


def _too_large(shown: str) -> BadText:
    return BadText(_FIELD, f"{shown} has more than {PIXELS_LIMIT // 10**6} million pixels: make it smaller")


def _pdf(shown: str, data: bytes) -> Taken | None:
    if not _PDF.match(data):
        return None
    tail = data[-_TAIL:]
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise BadText(_FIELD, f"{shown} is cut off or damaged: choose it again")
    return Taken(name=_named(shown, "pdf"), media_type="application/pdf", data=data)


def _text(shown: str, data: bytes) -> Taken | None:
    """Text by what it holds; which of the two kinds, only a name can say. Markup is none of them."""
    ending = shown.rpartition(".")[2].lower()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if ending not in _TEXTS or _UNPRINTABLE.search(text) or text.lstrip().startswith("<"):
        return None
    return Taken(name=_named(shown, ending), media_type=_TEXTS[ending], data=data)
