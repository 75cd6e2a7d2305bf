"""What a publication's page says of its translations: the one it is, and those that there are."""

from dataclasses import dataclass

from flask_babel import gettext

from ..domain.content import Content, Translates, canonical_tag
from ..readmodel.library import Library
from ..readmodel.rows import ListedRow
from ..record.differences import Called, Difference, between
from . import languages
from .asked import asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """That a page is a translation: of which publication, and of which of its editions.

    `edition` is None where the original is not that far at the page's instant, and what changed
    since it is unknown too.
    """

    original: ListedRow
    edition: int | None

    @property
    def behind(self) -> bool:
        """Whether the original was amended since."""
        return self.edition is not None and self.original.edition > self.edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Tongues:
    """A publication's other languages, and what it translates, as of the page's instant.

    `alternates` are those for machines: one of each language, and none of the page's own.
    """

    others: tuple[ListedRow, ...] = ()
    alternates: tuple[ListedRow, ...] = ()
    translation: Translation | None = None


def tongues(library: Library, publication: str, content: Content | None) -> Tongues:
    """What is public at the page's instant and nothing else: an original that isn't is not named."""
    said = content.translates if content else None
    others = library.in_other_languages(asked().t, publication, said.publication if said else None)
    translation = None
    if said:
        original = next((row for row in others if row.publication == said.publication), None)
        if original:
            known = said.edition <= original.edition
            translation = Translation(original=original, edition=said.edition if known else None)
    return Tongues(
        others=others,
        alternates=alternates(others, content.language if content else ""),
        translation=translation,
    )


def compared(library: Library, before: Content, after: Content, language: str) -> Difference:
    """For readers, in a language of the site: a translated publication by its title.

    One that is not public is not named.
    """

    def called(translates: Translates) -> str:
        row = library.live_one(asked().t, translates.publication)
        return _in_words(row.title if row else "", translates)

    with languages.speaking(language):
        return between(before, after, called)


def compared_on_desk(library: Library, before: Content, after: Content) -> Difference:
    """For the desk, where every title is known."""
    return between(before, after, at_desk(library))


def at_desk(library: Library) -> Called:
    """How the desk calls what is translated, in the newsroom's language."""

    def called(translates: Translates) -> str:
        row = library.desk_row(asked().now, translates.publication)
        with languages.speaking(languages.house()):
            return _in_words(row.title if row else "", translates)

    return called


def _in_words(title: str, translates: Translates) -> str:
    title = title or gettext("another message")
    return str(gettext("%(title)s, edition %(n)s", title=title, n=translates.edition))


def alternates(others: tuple[ListedRow, ...], language: str) -> tuple[ListedRow, ...]:
    """The first of each language but one's own: a machine is given one address a language."""
    first: dict[str, ListedRow] = {}
    for row in others:
        first.setdefault(canonical_tag(row.language), row)
    first.pop(canonical_tag(language), None)
    return tuple(first.values())
