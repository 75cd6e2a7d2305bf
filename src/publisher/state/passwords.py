"""What a password has to be: long enough, and none of those that everybody tries first."""

import re
import unicodedata
from functools import cache
from importlib import resources

from ..domain.errors import BadValue

PASSWORD_MINIMUM = 12
PASSWORD_LIMIT = 1024
"""Lengths in characters. Kinds of characters are nobody's rule (NIST SP 800-63B section 3.1.1.2)."""
ROWS: tuple[str, ...] = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789" * 4,
    *("qwertyuiop", "qwertzuiopü", "asdfghjklöä", "zxcvbnm", "yxcvbnm"),
    *("1q2w3e4r5t6y7u8i9o0p", "1qay2wsx3edc4rfv5tgb6zhn", "1qaz2wsx3edc4rfv5tgb6yhn"),
)
"""What lies side by side: the alphabet, the digits, the rows and the columns of keyboards."""
RUN = 3
"""So many characters of a row are a run."""
LETTERS = str.maketrans("013457@$!", "oieastasi")
"""The letters that figures and signs stand for."""


class PasswordTooShort(BadValue):
    field = "password"

    def __init__(self) -> None:
        super().__init__(f"The password is too short: use at least {PASSWORD_MINIMUM} characters.")


class PasswordTooLong(BadValue):
    field = "password"

    def __init__(self) -> None:
        super().__init__(f"The password is too long: use at most {PASSWORD_LIMIT:,} characters.")


class PasswordNamed(BadValue):
    field = "password"

    def __init__(self) -> None:
        super().__init__("The password is hardly more than the account's own name: choose another.")


class PasswordCommon(BadValue):
    field = "password"

    def __init__(self) -> None:
        super().__init__("Many people use this password, so it is tried first: choose another.")


def check(password: str, name: str = "") -> None:
    """Whether it may be the password of the account of that name; what passes is kept whole.

    Raises PasswordTooShort, PasswordTooLong, PasswordCommon, PasswordNamed.
    """
    if len(password) < PASSWORD_MINIMUM:
        raise PasswordTooShort
    if len(password) > PASSWORD_LIMIT:
        raise PasswordTooLong
    if is_common(password):
        raise PasswordCommon
    if _is_named(password, name):
        raise PasswordNamed


def is_common(password: str) -> bool:
    """Whether it is one or two words of the list with figures and signs, or a pattern of the keyboard."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    plain = re.sub(r"[\W_]", "", folded)
    return (
        len(set(folded)) < RUN
        or _repeats(folded)
        or _repeats(plain)
        or bool(plain and _runs(plain))
        or _worded(re.sub(r"\d", "", plain))
        or _worded(re.sub(r"[\W\d_]", "", folded.translate(LETTERS)))
        or _worded(re.sub(r"[\W\d_]", "", re.sub(r"[\W\d_]+$", "", folded).translate(LETTERS)))
    )


def _is_named(password: str, name: str) -> bool:
    """Whether nothing but figures and signs is left of it without the name, whole or in its parts."""
    letters = left = _letters(password)
    for part in sorted({_letters(name), *map(_letters, name.split())}, key=len, reverse=True):
        left = left.replace(part, "") if len(part) >= RUN else left
    return bool(letters) and not left


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", text).casefold())


@cache
def words() -> frozenset[str]:
    """The list: what people use, in small letters, without blanks, figures or signs."""
    text = resources.files(__package__).joinpath("common.txt").read_text("utf-8")
    return frozenset(word.casefold() for word in text.split())


def _worded(letters: str) -> bool:
    """Whether nothing is left besides a word or two of the list."""
    known = words()
    return letters in known or any(
        letters[:cut] in known and letters[cut:] in known for cut in range(1, len(letters))
    )


def _repeats(text: str) -> bool:
    """Whether a beginning of at most half its length is all that there is, over and over."""
    return any(
        text == (text[:unit] * (len(text) // unit + 1))[: len(text)]
        for unit in range(1, len(text) // 2 + 1)
    )


def _runs(text: str) -> bool:
    """Whether it is made of nothing but runs along a row, forwards or backwards."""
    at = 0
    while at < len(text):
        length = max(_run(text, at, row) for row in (*ROWS, *(row[::-1] for row in ROWS)))
        if length < RUN:
            return False
        at += length
    return True


def _run(text: str, at: int, row: str) -> int:
    length = 0
    while at + length < len(text) and text[at : at + length + 1] in row:
        length += 1
    return length
