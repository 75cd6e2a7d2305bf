"""The original that a text's form names: by its address or id, with the edition that is translated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from flask import request

from ...bootstrap import Publisher
from ...domain.content import Content, Translates, canonical_tag
from ...readmodel.rows import DeskRow, ListedRow
from .. import naming
from ..asked import asked
from ..schemas import BadForm
from . import uploading

NOT_FOUND = "There is no message at that address: give its address on this site or at the desk, or its id."
NO_EDITION = "That message has no edition yet: publish or schedule it first."
NO_NUMBER = "Write the number of an edition, such as 2."
NO_ORIGINAL = "Give the original too, or leave its edition empty."

_ID = r"(?P<id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
_BY_ID = re.compile(rf"(?:/(?:id|desk)/)?{_ID}(?:/.*)?", re.DOTALL)
_BY_PATH = re.compile(
    r"(?P<path>/[0-9]{4}/[0-9]{2}/[a-z0-9-]+)(?:/editions/(?P<edition>[0-9]{1,9}))?(?:/.*)?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """What the form of a translation is told: `behind` is the original's live edition, if a later one.

    `twin` is another live translation into the same language.
    """

    row: DeskRow
    edition: int
    behind: int | None
    twin: ListedRow | None


def content_of(publisher: Publisher, form: Mapping[str, str]) -> Content:
    """The content that an edit form holds, with its files and what it translates. Raises BadForm."""
    problems: dict[str, str] = {}
    content = translates = None
    try:
        content = uploading.content_in(publisher, form)
    except BadForm as error:
        problems |= error.problems
    try:
        translates = _translates(publisher, form)
    except BadForm as error:
        problems |= error.problems
    if content is None or problems:
        raise BadForm(problems)
    return content.changed(translates=translates)


def form_of(publisher: Publisher, content: Content) -> dict[str, str]:
    """The fields of a form that say what a content translates: a path where there is one to follow."""
    said = content.translates
    if said is None:
        return {"translates": "", "translated": ""}
    row = publisher.library.desk_row(asked().now, said.publication)
    public = row is not None and row.state in ("published", "withdrawn")
    where = row.path if row and public and row.path else said.publication
    return {"translates": where, "translated": str(said.edition)}


def begun(publisher: Publisher, wanted: UUID | None) -> Content | None:
    """What a new translation of a live message begins with: its text, to be written over.

    A translation's own original is what is translated. None where there is nothing to translate.
    """
    library, now = publisher.library, asked().now
    row = library.desk_row(now, str(wanted)) if wanted else None
    row = library.desk_row(now, row.original) if row and row.original else row
    standing = library.by_id(now, row.publication) if row else None
    if standing is None or standing.status != "live" or standing.content is None:
        return None
    said = Translates(publication=standing.publication, edition=standing.edition.number)
    return standing.content.changed(translates=said)


def shown(publisher: Publisher, form: Mapping[str, str], publication: str = "") -> Original | None:
    """What is known of the original that a form names; None where it names none that can be found."""
    try:
        said = _translates(publisher, form)
    except BadForm:
        return None
    row = publisher.library.desk_row(asked().now, said.publication) if said else None
    if said is None or row is None:
        return None
    live = publisher.library.live_one(asked().now, said.publication)
    siblings = publisher.library.in_other_languages(asked().now, publication, said.publication)
    tag = canonical_tag(naming.language_tag(form.get("language", "")))
    twins = (each for each in siblings if each.publication != said.publication)
    return Original(
        row=row,
        edition=said.edition,
        behind=live.edition if live and live.edition > said.edition else None,
        twin=next((each for each in twins if canonical_tag(each.language) == tag), None),
    )


def _translates(publisher: Publisher, form: Mapping[str, str]) -> Translates | None:
    """Raises BadForm."""
    typed, number = form.get("translates", "").strip(), form.get("translated", "").strip()
    if not typed:
        if number:
            raise BadForm({"translates": NO_ORIGINAL})
        return None
    if number and not (number.isascii() and number.isdigit() and len(number) < 10 and int(number)):
        raise BadForm({"translated": NO_NUMBER})
    row, named = _found(publisher, typed)
    edition = int(number) if number else named or row.edition
    if edition is None:
        raise BadForm({"translates": NO_EDITION})
    return Translates(publication=row.publication, edition=edition)


def _found(publisher: Publisher, typed: str) -> tuple[DeskRow, int | None]:
    """The message at an address, and the edition that the address names. Raises BadForm."""
    library, now = publisher.library, asked().now
    publication, edition = None, None
    address = _inside(publisher, typed)
    if by_id := _BY_ID.fullmatch(address):
        publication = by_id["id"].lower()
    elif by_path := _BY_PATH.fullmatch(address):
        standing = library.at_path(now, by_path["path"])
        publication = standing.publication if standing else None
        edition = int(by_path["edition"]) or None if by_path["edition"] else None
    row = library.desk_row(now, publication) if publication else None
    if row is None:
        raise BadForm({"translates": NOT_FOUND})
    return row, edition


def _inside(publisher: Publisher, typed: str) -> str:
    """A path of this site; nothing where an address is another site's."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return ""
    hosts = ("", urlsplit(publisher.config.base_url).netloc, request.host)
    return parts.path if parts.netloc in hosts else ""
