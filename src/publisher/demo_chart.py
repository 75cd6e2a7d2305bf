"""The sample newsroom's picture: passengers of the ferries by month, drawn as a chart."""

import io

from PIL import Image, ImageDraw, ImageFont

PASSENGERS = (58, 61, 79, 98, 121, 143, 171, 168, 132, 105, 78, 70)
"""Thousands, from January to December."""
MONTHS = "JFMAMJJASOND"
SIZE = (1600, 900)
_GROUND, _INK, _WATER, _LINE = "#f4f8f9", "#13202a", "#0b6178", "#ccd6dc"
_LEFT, _RIGHT, _TOP, _BOTTOM = 130, 1550, 60, 800
_STEPS = (0, 50, 100, 150, 200)


def chart() -> bytes:
    """The chart as PNG."""
    image = Image.new("RGB", SIZE, _GROUND)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(34)
    for step in _STEPS:
        y = _height(step)
        draw.line([(_LEFT, y), (_RIGHT, y)], fill=_LINE if step else _INK, width=2)
        draw.text((_LEFT - 24, y), str(step), fill=_INK, font=font, anchor="rm")
    width = (_RIGHT - _LEFT) / len(PASSENGERS)
    for month, passengers in enumerate(PASSENGERS):
        middle = _LEFT + width * (month + 0.5)
        draw.rectangle(
            [(middle - width * 0.32, _height(passengers)), (middle + width * 0.32, _BOTTOM)], fill=_WATER
        )
        draw.text((middle, _BOTTOM + 24), MONTHS[month], fill=_INK, font=font, anchor="mt")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _height(thousands: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * thousands / _STEPS[-1]
