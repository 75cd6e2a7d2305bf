"""Files for programs: one is sent by itself, and named by its hash in the texts that have it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import request

from ...bootstrap import Publisher
from ...domain.errors import BadText
from ...domain.file import File
from ...domain.policy import Action
from ..desk import uploading
from . import given, shapes
from .bearer import caller
from .operations import Interface
from .problems import FieldProblem, Unacceptable

Said = dict[str, Any]
UNKNOWN = "No such file is here: send it to /api/files first."


def add(interface: Interface, publisher: Publisher) -> None:
    """`/api/files`, which takes the bytes of one file."""

    @interface.operation(
        "POST",
        "/files",
        "upload",
        tag="publications",
        action=Action.DRAFT,
        query=shapes.UploadShape,
        gives=given.UploadedShape,
        status=201,
        sends="application/octet-stream",
    )
    def upload(said: Said) -> Said:
        """Send the bytes of a file. It waits, for a week at least, for a text that names it by its hash.

        Images are made anew without metadata, so that the hash is not that of what was sent.
        """
        request.max_content_length = uploading.BODY_LIMIT
        try:
            kept = uploading.keep(publisher, caller().account, said["name"], request.get_data())
        except BadText as bad:
            raise Unacceptable((FieldProblem(field="body", detail=_sentence(bad.reason)),)) from None
        return asdict(kept)


def files_said(publisher: Publisher, said: Mapping[str, Any]) -> tuple[File, ...]:
    """The files that a text's body names. Raises Unacceptable."""
    return tuple(_file(publisher, n, each) for n, each in enumerate(said["files"]))


def _file(publisher: Publisher, place: int, said: Said) -> File:
    known = uploading.find(publisher, said["sha256"])
    if known is None:
        raise _unacceptable(place, "sha256", UNKNOWN)
    file = File(
        sha256=said["sha256"],
        name=said.get("name") or known.name,
        media_type=known.media_type,
        size=known.size,
        alt=said["alt"].strip(),
        width=known.width,
        height=known.height,
    )
    try:
        file.check()
    except BadText as bad:
        raise _unacceptable(place, "alt", _sentence(bad.reason)) from None
    return file


def _sentence(reason: str) -> str:
    return f"{reason.removesuffix('.')}."


def _unacceptable(place: int, field: str, detail: str) -> Unacceptable:
    problem = FieldProblem(field=f"files.{place}.{field}", detail=detail, pointer=f"/files/{place}/{field}")
    return Unacceptable((problem,))
