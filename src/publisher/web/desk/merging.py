"""A save that came second: what both people changed, put together by whoever has to choose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from ...application import By
from ...bootstrap import Publisher
from ...domain import errors
from ...domain.content import Content
from ...domain.policy import Action
from ...record import words
from ...record.differences import Called, by_id, written
from ...record.merging import Field, Merge, Passage, Pick, together
from .. import translating
from ..pages import Page
from ..schemas import BadForm, by, number
from ..signing import requires, who
from . import originals, papers
from .acts import Find
from .forms import OBSTACLES, PICK, Form, Forms, told

CHOOSE = "Choose whose words stand here."
OWN = ("csrf_token", "command_id", "base", "onto", "then", "forgotten")
"""Fields of a merging form that are not those of the text."""

Pieces = tuple[words.Piece, ...] | None
Compare = Callable[[str, str], tuple[words.Piece, ...]]
Said = Callable[[Content], dict[str, str]]
"""The fields of a text's form that say a content."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A field or a passage of the text that a person sees: what each side made of it, and what it becomes.

    All are against what stood before; None where the passage was taken out.
    """

    name: str
    part: Field | Passage
    theirs: Pieces
    mine: Pieces
    outcome: Pieces

    @property
    def by(self) -> str:
        """Whose change it is: theirs, mine or both."""
        if self.part.mine == self.part.base:
            return "theirs"
        return "mine" if self.part.theirs == self.part.base else "both"


@dataclass(frozen=True, kw_only=True, slots=True)
class Merging:
    """The page, as the desk puts it together.

    `edit` shows the form of a text, `said` fills it in, `save` stores it upon a revision.
    """

    publisher: Publisher
    page: Page
    find: Find
    edit: Callable[..., Response]
    said: Said
    save: Callable[[UUID, int, Content, By], int]

    def show(self, publication: UUID, *, form: Form, status: int = 409, **said: Any) -> Response:
        """Both changes and what is to be chosen; of `form`, `base` is what mine began from."""
        library, row = self.publisher.library, self.find(publication)
        try:
            mine, began = originals.content_of(self.publisher, form), number(form, "base")
        except BadForm as error:
            return self.edit(publication, form=form, **told(error))
        theirs = library.revision_content(str(publication), row.revision)
        base = library.revision_content(str(publication), began)
        merge = together(base, theirs, mine) if theirs else None
        return self.page(
            "stale.html",
            status,
            row=row,
            revision=library.revisions(str(publication))[row.revision - 1],
            form=_of_text(form),
            base=began,
            forgotten=papers.forgotten(self.publisher, str(publication)),
            picked={name.removeprefix(PICK): form[name] for name in form if name.startswith(PICK)},
            mine=mine,
            fields=fields_of(merge, base, theirs, translating.at_desk(library)) if merge and theirs else (),
            passages=passages_of(merge) if merge else (),
            open=frozenset(merge.open if merge else ()),
            names=self.publisher.accounts.names(),
            **said,
        )


def add(desk: Blueprint, merging: Merging, forms: Forms) -> None:
    """`/desk/{id}/merge`, where a merging form is sent."""
    publisher = merging.publisher

    @desk.post("/<uuid:publication>/merge")
    @requires(publisher, Action.DRAFT)
    def merge(publication: UUID) -> Response:
        form = request.form
        try:
            papers.check(publisher, merging.find(publication), form)
            merged, onto = _merged(publisher, publication, form), number(form, "onto")
            if form.get("then") == "edit":
                return merging.edit(publication, form=merging.said(merged) | {"base": str(onto)})
            merging.save(publication, onto, merged, by(who().account, form))
        except errors.StaleRevision:
            later = merging.said(merged) | {"base": str(onto)}
            papers.kept(publisher, publication, later)
            return merging.show(publication, form=later)
        except OBSTACLES as error:
            return merging.show(publication, form=form, **told(error))
        papers.dropped(publisher, str(publication))
        return redirect(url_for("desk.edit", publication=publication), 303)

    forms.add("desk.merge", Action.DRAFT, merging.show)


def _merged(publisher: Publisher, publication: UUID, form: Form) -> Content:
    """What was put together from the two revisions and the choices. Raises BadForm."""
    mine, onto = originals.content_of(publisher, form), number(form, "onto")
    base, theirs = (
        publisher.library.revision_content(str(publication), revision)
        for revision in (number(form, "base"), onto)
    )
    if theirs is None:
        return mine
    merge = together(base, theirs, mine)
    picks = {name: Pick(form[PICK + name]) for name in merge.open if form.get(PICK + name) in set(Pick)}
    missing = [name for name in merge.open if name not in picks]
    if missing:
        raise BadForm(dict.fromkeys(missing, CHOOSE))
    return merge.taken(picks)


def _of_text(form: Form) -> dict[str, str]:
    """What the form says of the text, to be carried along."""
    return {name: t for name, t in form.items() if name not in OWN and not name.startswith(PICK)}


def fields_of(
    merge: Merge, base: Content | None, theirs: Content, called: Called = by_id
) -> tuple[Choice, ...]:
    """The fields that either changed."""
    return tuple(
        _choice(
            words.compare,
            each.name,
            each,
            written(base, each.name, called) if base else "",
            written(theirs, each.name, called),
            written(merge.mine, each.name, called),
            written(merge.taken({}), each.name, called),
        )
        for each in merge.fields
        if each.changed
    )


def passages_of(merge: Merge) -> tuple[Choice, ...]:
    """The whole text, passage by passage."""
    compare = words.Comparer().compare
    return tuple(
        _choice(compare, f"body-{at}", each, each.base, each.theirs, each.mine, each.merged)
        for at, each in enumerate(merge.passages)
    )


def _choice(
    compare: Compare, name: str, part: Field | Passage, base: str | None, *sides: str | None
) -> Choice:
    theirs, mine, outcome = (None if said is None else compare(base or "", said) for said in sides)
    return Choice(name=name, part=part, theirs=theirs, mine=mine, outcome=outcome)
