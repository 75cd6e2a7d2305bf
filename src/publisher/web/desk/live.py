"""The text that stands in the form, as readers will see it: made while it is written, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...bootstrap import Publisher
from ...domain import content as rules
from ...domain.content import Content, slug_of
from ...domain.errors import BadText
from ...domain.file import File
from ...domain.policy import Action
from ...domain.texts import TEXT_LIMIT, unprintable
from ...readmodel.rows import DeskRow
from ...rendering import Rendered, reading_minutes, render, words
from ...rendering.transcript import KINDS, question_word
from .. import languages, naming
from ..asked import asked
from ..files import AT_DESK
from ..pages import private
from ..rendered import rendered
from ..schemas import names_in, topics_in
from ..sentences import said
from ..signing import requires
from . import uploading


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One of a transcript's, as the list of contents has it."""

    anchor: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """What the preview shows. `path` is the address of a new text if it went out now, or None.

    `problem` says why there is nothing to show.
    """

    content: Content
    text_html: str = ""
    questions: tuple[Question, ...] = ()
    attached: tuple[File, ...] = ()
    words: int = 0
    minutes: int = 0
    path: str | None = None
    problem: str | None = None

    @property
    def turned(self) -> bool:
        """Whether a text of its kind has turns."""
        return self.content.kind in KINDS

    @property
    def question(self) -> str:
        """What opens a question in the text's language."""
        return question_word(self.content.language)


def add(desk: Blueprint, publisher: Publisher) -> None:
    """`/desk/preview`: a script sends the form and gets the parts of its page that follow the writing."""

    @desk.post("/preview")
    @requires(publisher, Action.DRAFT)
    def preview() -> Response:
        found = of(request.form, files=uploading.unfinished(publisher, request.form))
        html = render_template(
            "desk/_preview.html", live=found, language=languages.house(), zone=asked().zone
        )
        response: Response = private(make_response(html, 422 if found.problem else 200))
        return response


def of(
    form: Mapping[str, str],
    row: DeskRow | None = None,
    saved: Content | None = None,
    *,
    files: tuple[File, ...] = (),
) -> Live:
    """What a form shows; `saved` is the newest revision's content, whose rendering may be kept already."""
    content = unfinished(form).changed(files=files)
    try:
        content.changed(kind="x", language="en", title="x").check()
    except BadText as bad:
        return Live(content=content, problem=said(bad.reason))
    made = rendered if content == saved else render
    found = made(content, files_at=AT_DESK)
    return _shown(content, found, None if row and row.path else _path(content))


def unfinished(form: Mapping[str, str]) -> Content:
    """The content that a form holds so far: what can't be published yet is left out, but in the body."""
    kind, language = naming.kind_key(form.get("kind", "")), naming.language_tag(form.get("language", ""))
    markup = form.get("markup", "")
    return Content(
        kind=kind if rules.KIND.fullmatch(kind) else "",
        language=language if rules.LANGUAGE.fullmatch(language) else languages.house(),
        title=" ".join(_text(form, "title", rules.TITLE_LIMIT).split()),
        summary=_text(form, "summary", TEXT_LIMIT),
        body=form.get("body", ""),
        markup=markup if markup in rules.MARKUPS else rules.MARKUPS[0],
        topics=tuple(filter(rules.TOPIC.fullmatch, topics_in(form)))[: rules.LIST_LIMIT],
        speakers=tuple(filter(_is_name, names_in(form.get("speakers", ""))))[: rules.LIST_LIMIT],
    )


def _shown(content: Content, found: Rendered, path: str | None) -> Live:
    return Live(
        content=content,
        text_html=Markup(found.html),  # noqa: S704 - sanitised last, by nh3
        questions=tuple(Question(anchor=turn.anchor, text=turn.question) for turn in found.turns),
        attached=found.attached,
        words=words(content),
        minutes=reading_minutes(content),
        path=path,
    )


def _path(content: Content) -> str | None:
    """Where the text would stand if it went out now and nothing else stood there."""
    slug = slug_of(content.title) or content.kind
    return f"/{asked().now.astimezone(asked().zone):%Y/%m}/{slug}" if slug else None


def _text(form: Mapping[str, str], name: str, limit: int) -> str:
    text = form.get(name, "")
    return "" if unprintable(text) else text[:limit]


def _is_name(name: str) -> bool:
    return len(name) <= rules.NAME_LIMIT and not unprintable(name) and bool(slug_of(name))
