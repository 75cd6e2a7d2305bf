"""Two editions of one publication compared, for readers."""

from collections.abc import Callable
from itertools import pairwise

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from ..domain.content import Content
from ..readmodel.library import Library
from ..readmodel.rows import EditionRow, StandingRow
from ..record.differences import Difference
from . import languages, translating
from .asked import asked
from .validators import View

Standing = Callable[[str, str], StandingRow | Response]
"""(path, rest): what stands at a path, or the answer in its place."""
Frame = Callable[..., dict[str, object]]


def add_public(
    site: Blueprint, library: Library, public: Callable[[View], View], standing_of: Standing, frame: Frame
) -> None:
    """`/2020/05/{slug}/diff/2..3`: two editions that were public by the instant asked about."""

    @site.get("/<year:year>/<month:month>/<slug:slug>/diff/<int:old>..<int:new>")
    @public
    def difference(year: str, month: str, slug: str, old: int, new: int) -> str | Response:
        path = f"/{year}/{month}/{slug}"
        standing = standing_of(path, f"/diff/{old}..{new}")
        if isinstance(standing, Response):
            return standing
        before = library.edition(asked().t, standing.publication, old)
        after = library.edition(asked().t, standing.publication, new)
        if before is None or after is None or old == new:
            abort(404)
        if old > new:
            return redirect(f"{request.script_root}{path}/diff/{new}..{old}", 301)
        language = next((text.language for _, text in (after, before) if text), None)
        return render_template(
            "difference.html",
            standing=standing,
            before=before[0],
            after=after[0],
            text_language=language,
            difference=_between(before[1], after[1], language) if before[1] and after[1] else None,
            **frame(language),
        )

    def _between(before: Content, after: Content, language: str | None) -> Difference:
        spoken = languages.spoken(language or languages.house())
        return translating.compared(library, before, after, spoken)


def compared(standing: StandingRow, editions: tuple[EditionRow, ...]) -> dict[int, str]:
    """Where each edition is compared with the one before it, by number; none where a text was redacted."""
    at = f"{request.script_root}{standing.path}/diff"
    pairs = pairwise(editions)
    return {
        new.number: f"{at}/{old.number}..{new.number}"
        for old, new in pairs
        if not (old.redacted or new.redacted)
    }
