"""What is taken of an upload, and what is refused, whatever its name says."""

import io

import pytest
from hostile_files import bomb, image, moving, photograph
from PIL import Image

from publisher import intake
from publisher.domain.errors import BadText
from publisher.domain.file import NAME, NAME_LIMIT
from publisher.intake import take

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\nstartxref\n0\n%%EOF\n"


def refused(name: str, data: bytes) -> str:
    with pytest.raises(BadText) as refusal:
        take(name, data)
    assert refusal.value.field == "files"
    return refusal.value.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_image_is_told_by_its_content_and_measured(kind: str) -> None:
    taken = take("a picture.bmp", image(kind))
    assert (taken.media_type, taken.width, taken.height) == (f"image/{kind.lower()}", 4, 3)
    with Image.open(io.BytesIO(taken.data)) as stored:
        assert (stored.format, stored.size) == (kind, (4, 3))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_images_of_every_mode_of_png_are_taken(mode: str) -> None:
    assert take("a.png", image(mode=mode)).media_type == "image/png"


def test_an_image_of_printing_colours_becomes_one_of_screens() -> None:
    with Image.open(io.BytesIO(take("a.jpg", image("JPEG", mode="CMYK")).data)) as stored:
        assert stored.mode == "RGB"


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "L"), ("PNG", "RGBA"), ("GIF", "P")])
def test_what_is_transparent_stays_so(kind: str, mode: str) -> None:
    see_through = {} if mode == "RGBA" else {"transparency": 1}
    with Image.open(io.BytesIO(take("a", image(kind, mode=mode, **see_through)).data)) as stored:
        assert stored.convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_photograph_is_turned_upright_and_tells_nothing_of_its_place_and_maker() -> None:
    sent = photograph()
    with Image.open(io.BytesIO(sent)) as image:
        assert image.getexif().get_ifd(0x8825)
    taken = take("photo.jpg", sent)
    assert (taken.width, taken.height) == (20, 40)
    with Image.open(io.BytesIO(taken.data)) as stored:
        assert not stored.getexif()
        assert "comment" not in stored.info
    assert b"Exif" not in taken.data
    assert b"Ada" not in taken.data


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_metadata_of_other_formats_is_gone_too(kind: str) -> None:
    told = Image.Exif()
    told[0x013B] = "Ada Lovelace"
    sent = image(kind, exif=told)
    assert b"Ada Lovelace" in sent
    assert b"Ada Lovelace" not in take("a", sent).data


def test_what_hides_behind_an_image_is_gone() -> None:
    assert b"<script>" not in take("a.gif", image("GIF") + b"<script>alert(1)</script>").data


def test_a_page_that_starts_as_an_image_is_refused() -> None:
    assert refused("a.gif", b"GIF89a/*<script>alert(1)</script>*/=1;").startswith("a.gif ")


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_moving_images_are_refused(kind: str) -> None:
    assert refused("a.gif", moving(kind)) == "a.gif moves: choose a still image"


@pytest.mark.parametrize(("width", "height"), [(8_000, 8_000), (12_000, 9_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    assert refused("b.png", bomb(width, height)) == "b.png has more than 40 million pixels: make it smaller"


@pytest.mark.parametrize(("width", "height"), [(1, 20_001), (20_001, 2)])
def test_an_image_of_endless_lines_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    """A column of 39 million pixels took 10 seconds and a gigabyte."""
    sentence = "b.png is more than 20000 pixels wide or high: make it smaller"
    assert refused("b.png", bomb(width, height)) == sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_image_that_was_cut_off_is_refused(kind: str) -> None:
    noise = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(noise, kind)
    whole = noise.getvalue()
    for share in (0.3, 0.6, 0.9):
        assert refused("a", whole[: int(len(whole) * share)]) == "a is cut off or damaged: choose it again"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("page.txt", b"\xef\xbb\xbf \n<!doctype html><script>alert(1)</script>"),
        ("words.png", b"only words"),
        ("words", b"only words"),
        ("latin.txt", "Grüße".encode("latin-1")),
        ("nul.csv", b"a,b\x00c"),
        ("program.txt", b"\x7fELF\x02\x01\x01"),
        ("archive.zip", b"PK\x03\x04"),
        ("image.bmp", image("BMP")),
        ("image.tiff", image("TIFF")),
        ("late.pdf", b"<html>" + PDF),
    ],
)
def test_any_other_type_is_refused_naming_what_is_allowed(name: str, data: bytes) -> None:
    assert refused(name, data) == f"{name} is of no type that can be shown. {intake.ALLOWED}"


def test_an_empty_file_is_refused() -> None:
    assert refused("a.png", b"") == "a.png is empty: choose it again"


def test_a_file_that_is_too_large_is_refused() -> None:
    assert (
        refused("a.txt", b"a" * (intake.BYTES_LIMIT + 1)) == "a.txt is larger than 10 MB: make it smaller"
    )


def test_a_pdf_is_told_by_its_structure_and_stored_as_it_is() -> None:
    taken = take("report", PDF)
    assert (taken.name, taken.media_type, taken.data) == ("report.pdf", "application/pdf", PDF)
    assert (taken.width, taken.height) == (None, None)


def test_a_pdf_that_was_cut_off_is_refused() -> None:
    assert refused("r.pdf", PDF[:-20]) == "r.pdf is cut off or damaged: choose it again"


@pytest.mark.parametrize(("name", "media_type"), [("a.csv", "text/csv"), ("A.TXT", "text/plain")])
def test_text_is_taken_as_it_is(name: str, media_type: str) -> None:
    data = "Jahr;Zahl\r\n2026;1 ü\r\n".encode()
    assert (take(name, data).media_type, take(name, data).data) == (media_type, data)


def test_a_long_name_keeps_its_ending() -> None:
    """By which alone it is told what kind of text it is."""
    assert take("y" * 90 + ".csv", b"1;2\r\n").media_type == "text/csv"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\me\\Karte Süd.PNG", "karte-sud.png"),
        ("Привет мир.jpeg", "privet-mir.png"),
        ("a\u202egnp.exe", "agnp.png"),
        ("..", "file.png"),
        ("", "the-file.png"),
        ("x" * 300 + ".png", "x" * 80 + ".png"),
        ("a\x00b\n.png", "ab.png"),
        (".htaccess", "htaccess.png"),
        ('"><script>.png', "script.png"),
    ],
)
def test_names_are_made_safe(sent: str, name: str) -> None:
    made = take(sent, image()).name
    assert made == name
    assert NAME.fullmatch(made)
    assert len(made) <= NAME_LIMIT


def test_the_same_image_is_the_same_file() -> None:
    assert take("a.png", image()).sha256 == take("b.png", image()).sha256
