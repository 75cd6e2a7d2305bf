"""A text's files in its form: added, said in words, taken out; the form carries them until it is saved."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from ... import intake
from ...bootstrap import Publisher
from ...domain.content import FILES_LIMIT, Content
from ...domain.errors import BadText
from ...domain.file import NAME, File
from ...domain.policy import Action
from ...readmodel.rows import FileRow
from ...state.uploads import Upload
from ..schemas import BadForm, content_of
from ..signing import requires, who
from .forms import FILE_FIELDS, Form, Forms

BODY_LIMIT = 32 * 1024 * 1024
"""The longest request with files, in bytes: several of them fit, and one that is too large is told so."""
ENDPOINTS = frozenset({"desk.attach", "desk.attach_new"})
"""Which forms take files."""
CHOOSE = "Choose a file first."
TOO_MANY = f"A text has at most {FILES_LIMIT} files: take one out first."
_CARRIED = re.compile(rf"([0-9a-f]{{64}}) ({NAME.pattern})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A file as a form carries it: `file-N` and `alt-N`; `known` is None where it is not here any more."""

    number: int
    sha256: str
    name: str
    alt: str
    known: FileRow | Upload | None = None


def add(desk: Blueprint, publisher: Publisher, forms: Forms, show: Callable[..., Response]) -> None:
    """`/desk/{id}/files`, which shows the form again with what was added or without what was taken out.

    `show` shows the form of a publication, or by None of a new one.
    """

    @desk.post("/<uuid:publication>/files")
    @requires(publisher, Action.DRAFT)
    def attach(publication: UUID) -> Response:
        form, problems = _changed(publisher, request.form)
        return show(publication, form=form, problems=problems, status=422 if problems else 200)

    @desk.post("/new/files")
    @requires(publisher, Action.DRAFT)
    def attach_new() -> Response:
        form, problems = _changed(publisher, request.form)
        return show(None, form=form, problems=problems, status=422 if problems else 200)

    def show_new(**said: Any) -> Response:
        return show(None, **said)

    forms.add("desk.attach", Action.DRAFT, show)
    forms.add("desk.attach_new", Action.DRAFT, show_new)


def lines(publisher: Publisher, form: Form) -> tuple[Line, ...]:
    """The files of a form, in its order, with what is known of each."""
    return tuple(
        Line(number=n, sha256=sha256, name=name, alt=alt, known=find(publisher, sha256))
        for n, (sha256, name, alt) in enumerate(_carried(form), 1)
    )


def fields_of(files: Iterable[File | tuple[str, str, str]]) -> dict[str, str]:
    """The fields by which a form carries files."""
    found: dict[str, str] = {}
    for n, each in enumerate(files, 1):
        sha256, name, alt = (each.sha256, each.name, each.alt) if isinstance(each, File) else each
        found |= {f"file-{n}": f"{sha256} {name}", f"alt-{n}": alt}
    return found


def resumed(form: Form, kept: Mapping[str, str]) -> dict[str, str]:
    """A form as its working paper has it: its files are the paper's, fewer ones too."""
    return {name: text for name, text in form.items() if not kept or name not in FILE_FIELDS} | dict(kept)


def content_in(publisher: Publisher, form: Form) -> Content:
    """The content that an edit form holds, with its files. Raises BadForm."""
    problems: dict[str, str] = {}
    files: list[File] = []
    for line in lines(publisher, form):
        try:
            files.append(checked(line))
        except BadText as bad:
            problems[f"alt-{line.number}"] = bad.reason
    try:
        content = content_of(form)
    except BadForm as bad:
        raise BadForm({**bad.problems, **problems}) from None
    if problems:
        raise BadForm(problems)
    return content.changed(files=tuple(files))


def unfinished(publisher: Publisher, form: Form) -> tuple[File, ...]:
    """The files that a form has so far, for looking at them: one without words has its name instead."""
    found = lines(publisher, form)
    return tuple(_file(line, line.alt.strip() or line.name) for line in found if line.known)


def checked(line: Line) -> File:
    """Raises BadText."""
    if line.known is None:
        raise BadText("files", f"{line.name} is not here any more: add it again")
    file = _file(line, line.alt.strip())
    file.check()
    return file


def find(publisher: Publisher, sha256: str) -> FileRow | Upload | None:
    """What is known of a file: of a saved text's, or of one that waits."""
    return publisher.library.saved_file(sha256) or publisher.uploads.find(sha256)


def bytes_for(publisher: Publisher, content: Content) -> dict[str, bytes]:
    """The bytes of those files of a content that wait."""
    return publisher.uploads.bytes_of([each.sha256 for each in content.files]) if content.files else {}


def saved(publisher: Publisher, account: UUID, content: Content) -> None:
    """Files of a saved text wait no more."""
    if content.files:
        publisher.uploads.drop(account, [each.sha256 for each in content.files])


def forget(publisher: Publisher) -> None:
    """What was redacted must not wait for another text either."""
    gone = publisher.newsroom.reader.redacted(publisher.uploads.all())
    if gone:
        publisher.uploads.forget(gone)


def keep(publisher: Publisher, account: UUID, name: str, data: bytes) -> Upload:
    """Take a file in. Raises BadText naming it."""
    taken = intake.take(name, data)
    if publisher.newsroom.reader.redacted([taken.sha256]):
        raise BadText("files", f"{taken.name} was redacted and can't be stored again")
    upload = Upload(
        sha256=taken.sha256,
        name=taken.name,
        media_type=taken.media_type,
        size=len(taken.data),
        width=taken.width,
        height=taken.height,
    )
    publisher.uploads.keep(account, upload, taken.data)
    return upload


def _changed(publisher: Publisher, form: Form) -> tuple[dict[str, str], dict[str, str]]:
    """The form with the files that came with it, or without the one taken out; what is wrong, by field."""
    carried, problems = list(_carried(form)), {}
    removed = form.get("remove", "")
    if removed:
        carried = [each for n, each in enumerate(carried, 1) if str(n) != removed]
    else:
        problems = _take(publisher, carried)
    rest = {k: text for k, text in form.items() if k not in FILE_FIELDS and k not in ("upload", "remove")}
    return rest | fields_of(carried), problems


def _take(publisher: Publisher, carried: list[tuple[str, str, str]]) -> dict[str, str]:
    """Put the files of the request after those that are there; what is wrong with the first bad one."""
    sent = [each for each in request.files.getlist("upload") if each.filename]
    if not sent:
        return {"upload": CHOOSE}
    problems: dict[str, str] = {}
    refused = 0
    for each in sent:
        if len(carried) + refused >= FILES_LIMIT:  # bad ones count too: each may be a picture to decode
            return {"upload": TOO_MANY}
        try:
            with closing(each):
                upload = keep(publisher, who().account, each.filename or "", each.read())
        except BadText as bad:
            problems.setdefault("upload", bad.reason)
            refused += 1
            continue
        carried.append((upload.sha256, _free(upload.name, {name for _, name, _ in carried}), ""))
    return problems


def _free(name: str, taken: set[str]) -> str:
    """The name, or numbered where the text has one of that name: `map-2.png`."""
    stem, _, ending = name.rpartition(".")
    number = 1
    while (found := name if number == 1 else f"{stem}-{number}.{ending}") in taken:
        number += 1
    return found


def _carried(form: Form) -> Iterator[tuple[str, str, str]]:
    for n in range(1, FILES_LIMIT + 1):
        found = _CARRIED.fullmatch(form.get(f"file-{n}", ""))
        if found:
            yield found[1], found[2], form.get(f"alt-{n}", "")


def _file(line: Line, alt: str) -> File:
    known = line.known
    assert known is not None
    return File(
        sha256=line.sha256,
        name=line.name,
        media_type=known.media_type,
        size=known.size,
        alt=alt,
        width=known.width,
        height=known.height,
    )
