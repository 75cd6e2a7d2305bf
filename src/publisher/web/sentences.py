"""Says in the language of the page what a form's fields and the newsroom's rules say in English.

Those know no language: their sentences, values already in them, are recognised by the list in
`desk/_sentences.html` and put together again from the catalog.
"""

import re
from functools import cache
from pathlib import Path

from flask_babel import gettext
from jinja2.ext import babel_extract

LIST = Path(__file__).parent / "templates" / "desk" / "_sentences.html"
_VALUE = re.compile(r"%\((\w+)\)s")


def said(sentence: str) -> str:
    """The sentence in the language of the page; as it is where the list does not have it.

    A value may be a sentence of the list itself: that of a field, after the field's name.
    """
    for pattern, message in _known():
        if found := pattern.fullmatch(sentence):
            return str(gettext(message)) % {name: said(text) for name, text in found.groupdict().items()}
    return sentence


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every sentence of the list with its pattern; first those that leave the least open."""
    with LIST.open("rb") as file:
        messages = [str(message) for _, _, message, _ in babel_extract(file, ("_",), [], {})]
    messages.sort(key=lambda message: -len(_VALUE.sub("", message)))
    return tuple((_pattern(message), message) for message in messages)


def _pattern(message: str) -> re.Pattern[str]:
    """What the sentence looks like once its values are in it."""
    parts = _VALUE.split(message)  # words and names of values in turn
    words = [f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(words), re.DOTALL)
