"""How long a text is: its words, and the minutes that reading it takes."""

import re
from math import ceil

WORDS_A_MINUTE = 220
IDEOGRAPHS_A_MINUTE = 400

_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"\w")


def words(text: str) -> int:
    """Runs between white space that hold a letter or digit; each ideograph or kana is one."""
    ideographs, others = _counted(text)
    return ideographs + others


def minutes(text: str) -> int:
    """Whole minutes, rounded up, at least one."""
    ideographs, others = _counted(text)
    return max(1, ceil(ideographs / IDEOGRAPHS_A_MINUTE + others / WORDS_A_MINUTE))


def _counted(text: str) -> tuple[int, int]:
    rest, ideographs = _IDEOGRAPH.subn(" ", text)
    return ideographs, sum(1 for word in rest.split() if _WORD.search(word))
