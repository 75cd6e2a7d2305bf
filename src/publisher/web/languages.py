"""Gives every page its language, through Flask-Babel and `.po` files that need no build.

A template's variable `language` (BCP 47) is the one place that says which: before a template is
rendered it becomes Flask-Babel's locale. Catalogs are compiled in memory when a language is first
asked for, those of the newsroom before ours, so that it can add a language or reword a sentence.
"""

import hashlib
import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g
from flask.signals import before_render_template
from flask_babel import Babel, Domain, get_locale, refresh

SOURCE = "en"
"""The language that the templates are written in."""
OURS = Path(__file__).parent / "translations"
FILE = Path("LC_MESSAGES") / "messages.po"
_VALUE = re.compile(r"%\((\w+)\)s")

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """A catalog as it was read."""

    path: Path
    locale: Locale
    source: bytes


class Catalogs(Domain):  # type: ignore[misc]
    """Flask-Babel's domain over `<folder>/<tag>/LC_MESSAGES/messages.po`: ours, and the newsroom's own.

    A message is looked for in the nearest language first (`de-AT`, then `de`), there in the
    newsroom's file, then in ours. Files are read once; the next start finds what was changed.
    """

    def __init__(self, house: str, own: Path | None = None) -> None:
        super().__init__()
        self._own = _found(own) if own else {}
        self._ours = _found(OURS)
        self.house = house if self.speaks(house) else SOURCE
        self.fingerprint = _fingerprint(house, self._own)
        if self.house != house:
            log.warning("There is no catalog for %s: the newsroom's pages are in English.", house)

    def get_translations(self) -> NullTranslations:
        """The catalogs of the page's locale, each the other's fallback; the source at their end."""
        here = get_locale()
        name = str(here) if here else SOURCE
        if name not in self.cache:
            self.cache[name] = self._chained(name)
        return self.cache[name]  # type: ignore[no-any-return]

    def speaks(self, language: str) -> bool:
        """Whether the site has words of its own in a language."""
        here = _known(language)
        return here is not None and (here.language == SOURCE or any(self._files(str(here))))

    def _chained(self, name: str) -> NullTranslations:
        chain = NullTranslations()
        for file in reversed([*self._files(name)]):
            if compiled := _compiled(file):
                nearer = Translations(io.BytesIO(compiled))
                nearer.add_fallback(chain)
                chain = nearer
        return chain

    def _files(self, name: str) -> Iterator[_File]:
        """`zh_Hant_TW` is looked for as it is, then as `zh_Hant`, then as `zh`."""
        while name:
            yield from (files[name] for files in (self._own, self._ours) if name in files)
            name = name.rpartition("_")[0]


def install(app: Flask, house: str, own: Path | None = None) -> None:
    """Flask-Babel for `app`: the newsroom's language `house`, and the folder of its own catalogs."""
    babel = Babel(app, locale_selector=lambda: locale(g.get("language") or house))
    babel.domain_instance = Catalogs(house, own)
    before_render_template.connect(_speak, app)


def house() -> str:
    """The language of the newsroom's own pages; English where it has no words in its language."""
    return _catalogs().house


def spoken(language: str) -> str:
    """`language` where the site has words in it, else the newsroom's."""
    return language if _catalogs().speaks(language) else house()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block it is the language of what is worded without a template."""
    before = g.get("language")
    _set(language)
    try:
        yield
    finally:
        _set(before)


def fingerprint() -> str:
    """Changes with the newsroom's language and with its own catalogs."""
    return _catalogs().fingerprint


def locale(language: str) -> Locale:
    """The locale of a BCP 47 tag; of its first subtag, then English, where it isn't known."""
    return _known(language) or Locale.parse(SOURCE)


def own_name(language: str) -> str:
    """What a language calls itself, `Deutsch` for `de`; with its tag where its region is not known."""
    here = _known(language)
    if here is None:
        return language
    name = here.get_display_name() or language
    whole = str(here).replace("_", "-").lower() == language.lower()
    return name[:1].upper() + name[1:] + ("" if whole else f" ({language})")


def _speak(_app: Flask, *, context: Mapping[str, Any], **_: Any) -> None:
    """From here on it is the language of the template that is about to be rendered."""
    _set(context.get("language"))


def _set(language: str | None) -> None:
    g.language = language
    refresh()


def _catalogs() -> Catalogs:
    found: Catalogs = current_app.extensions["babel"].instance.domain_instance
    return found


@lru_cache(maxsize=256)
def _known(language: str) -> Locale | None:
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _found(folder: Path) -> dict[str, _File]:
    """The catalogs in a folder, by the name of their locale: `pt_BR` and `pt-BR` are the same."""
    files = {}
    for path in sorted(folder.glob(f"*/{FILE}")):
        tag = path.parent.parent.name
        try:
            here = Locale.parse(tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            log.warning("%s: %s is no language that is known here; passed over.", path, tag)
        else:
            files[str(here)] = _File(path=path, locale=here, source=path.read_bytes())
    return files


def _fingerprint(house: str, files: Mapping[str, _File]) -> str:
    contents = [(name, file.source) for name, file in files.items()]
    return hashlib.sha256(repr((house, contents)).encode()).hexdigest()


@lru_cache(maxsize=64)
def _compiled(file: _File) -> bytes:
    """The catalog as a `.mo`; empty, and said so, where the file can't be read."""
    try:
        catalog = read_po(io.BytesIO(file.source), locale=file.locale, abort_invalid=True)
        target = io.BytesIO()
        write_mo(target, _sound(catalog, file))
        Translations(io.BytesIO(target.getvalue()))  # reads the header, plural forms included
    except (PoFileError, ValueError, LookupError) as error:
        log.warning("%s can't be read (%s); passed over.", file.path, error)
        return b""
    return target.getvalue()


def _sound(catalog: Catalog, file: _File) -> Catalog:
    """Without the translations that would break a page: a slip costs its sentence, not the site."""
    for message in [m for m in catalog if m.id and not _fits(m)]:
        log.warning("%s: the values of %r are not those of its source; passed over.", file.path, message.id)
        catalog.delete(message.id)
    return catalog


def _fits(message: Message) -> bool:
    """Whether every form takes no other values than its source, and has no stray percent sign."""
    values = {value for source in _forms(message.id) for value in _VALUE.findall(source)}
    forms = [form.replace("%%", "") for form in _forms(message.string)]
    return all({*_VALUE.findall(form)} <= values and "%" not in _VALUE.sub("", form) for form in forms)


def _forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
