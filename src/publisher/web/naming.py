"""Kinds, languages and topics as people type them: in words of the page's language, stored as keys.

What is shown is a word only where that very key comes back from it: a text that is saved as it
stands in its form stays the same.
"""

from functools import lru_cache
from re import Pattern

from babel import Locale
from babel.localedata import locale_identifiers
from flask import Flask
from flask_babel import get_locale

from ..domain import content as rules
from . import words


def install(app: Flask) -> None:
    """Give the templates of `app` the words; call it after `words.install`."""
    app.jinja_env.filters.update(kind_word=kind_word, language_name=language_name)


def kind_key(typed: str) -> str:
    """`press-release` for `Press release`; what can't be a kind as it was typed."""
    text = " ".join(typed.split())
    if rules.KIND.fullmatch(text):
        return text
    known = {words.kind(key).casefold(): key for key in words.KINDS}
    return known.get(text.casefold()) or _slug(text, rules.KIND)


def kind_word(key: str) -> str:
    """`Press release` for `press-release`; what is no kind as it was typed."""
    word = words.kind(key) if rules.KIND.fullmatch(key) else key
    return word if kind_key(word) == key else key


def language_tag(typed: str) -> str:
    """`de-CH` for `German (Switzerland)`; what is no name of a language as it was typed."""
    text = " ".join(typed.split())
    return _tags(str(get_locale())).get(text.casefold(), text)


def language_name(tag: str) -> str:
    """`German (Switzerland)` for `de-CH`; a tag that has no name of its own as it is."""
    name = _names(str(get_locale())).get(tag, tag)
    return name if language_tag(name) == tag else tag


def topic_key(typed: str) -> str:
    """`lake-level` for `Lake level`; what can't be a topic as it was typed."""
    return typed if rules.TOPIC.fullmatch(typed) else _slug(typed, rules.TOPIC)


def _slug(text: str, pattern: Pattern[str]) -> str:
    slug = rules.slug_of(text)
    return slug if pattern.fullmatch(slug) else text


@lru_cache(maxsize=16)
def _names(here: str) -> dict[str, str]:
    """Every tag that Babel knows, with its name in the language `here`."""
    page = Locale.parse(here)
    found = {
        name.replace("_", "-"): Locale.parse(name).get_display_name(page) for name in locale_identifiers()
    }
    return {tag: name[:1].upper() + name[1:] for tag, name in found.items() if name}


@lru_cache(maxsize=16)
def _tags(here: str) -> dict[str, str]:
    return {name.casefold(): tag for tag, name in _names(here).items()}
