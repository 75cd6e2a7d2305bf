"""The web: a blueprint an audience over the library, the newsroom and the feeds.

A view loads, makes one call and responds. Only in here do statuses, headers and cookies exist.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, abort, g, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import BaseConverter, RequestRedirect
from werkzeug.wrappers import Response

from ..bootstrap import Publisher
from ..domain.content import LANGUAGE
from ..feeds.addresses import LEAF
from ..state.secret import secret_key
from . import (
    api,
    archives,
    audit,
    corrections,
    desk,
    errors,
    finding,
    headers,
    languages,
    naming,
    operators,
    signing,
    site,
    syndication,
    words,
)
from .asked import ask
from .desk import previews, uploading
from .incoming import Incoming
from .keeping import Keeper
from .memento import Mementos, address
from .polling import Polling
from .throttling import Throttling

PUBLIC = frozenset({"site", "syndication", "corrections"})
"""The blueprints that a memento may show."""


class Pattern(BaseConverter):
    """A part of an address with a grammar of its own."""

    def __init_subclass__(cls, *, regex: str) -> None:
        super().__init_subclass__()
        cls.regex = regex


class Year(Pattern, regex=r"[1-9][0-9]{3}"):
    pass


class Month(Pattern, regex=r"(?:0[1-9]|1[0-2])"):
    pass


class Slug(Pattern, regex=r"[a-z0-9-]{1,80}"):
    pass


class Key(Pattern, regex=r"[a-z0-9][a-z0-9-]{0,79}"):
    pass


class Sha256(Pattern, regex=r"[0-9a-f]{64}"):
    pass


class FileName(Pattern, regex=r"[a-z0-9][a-z0-9_.-]{0,99}"):
    pass


class Tag(Pattern, regex=LANGUAGE.pattern.replace("(", "(?:")):
    """A language's, in any case."""


class LeafName(Pattern, regex=LEAF):
    """That of a page of an archive."""


class Facet(Pattern, regex=rf"(?:(?:kinds|topics|people)/{Key.regex}|languages/{Tag.regex})"):
    part_isolating = False


def create_app(publisher: Publisher) -> Flask:
    """The WSGI application of a newsroom that is put together."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=8 * 1024 * 1024, MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024)
    app.url_map.converters.update(year=Year, month=Month, slug=Slug, key=Key, tag=Tag, facet=Facet)
    app.url_map.converters.update(leaf=LeafName, sha256=Sha256, filename=FileName)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    languages.install(app, publisher.config.language, publisher.config.data / "translations")
    words.install(app)
    naming.install(app)
    app.jinja_env.globals["url_for"] = _url_for
    app.register_blueprint(operators.blueprint(publisher))
    app.register_blueprint(site.blueprint(publisher))
    app.register_blueprint(syndication.blueprint(publisher))
    app.register_blueprint(archives.blueprint(publisher))
    app.register_blueprint(finding.blueprint(publisher))
    app.register_blueprint(corrections.blueprint(publisher, site.frame_of(publisher)))
    app.register_blueprint(previews.blueprint(publisher))
    app.register_blueprint(desk.blueprint(publisher))
    app.register_blueprint(audit.blueprint(publisher))
    errors.install(app, _frame_of(publisher), api.problem_of)
    app.before_request(lambda: _prepare(publisher))
    csrf = _protect(app, publisher)
    api.install(app, publisher, csrf, site.frame_of(publisher))
    headers.install(app, https=_https(publisher))
    mementos = Mementos(app.wsgi_app, publisher.config.base_url)
    app.wsgi_app = Throttling(Polling(Incoming(Keeper(mementos, publisher)), publisher.polls))  # type: ignore[method-assign]
    return app


def _prepare(publisher: Publisher) -> Response | None:
    """Catch up with the log, settle the instant, and keep mementos to public pages."""
    if isinstance(request.routing_exception, RequestRedirect):
        return _with_slash(request.routing_exception)
    if request.endpoint == "static" or request.blueprint == "operators":
        return abort(404) if request.script_root.startswith("/web/") else None
    publisher.projector.catch_up()
    if request.endpoint in uploading.ENDPOINTS and signing.present(publisher):
        request.max_content_length = uploading.BODY_LIMIT
    about = ask(publisher)
    if about.past and request.endpoint and request.blueprint not in PUBLIC:
        abort(404)
    if about.future:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        target = request.script_root.split("/", 3)[3] + quote(request.path) + query
        return redirect(address(about.now, target), 302)
    return None


def _with_slash(found: RequestRedirect) -> Response:
    """To the address with its slash, without the host: the client names that, and may name another's."""
    there = urlsplit(found.new_url)
    return redirect(there.path + (f"?{there.query}" if there.query else ""), found.code)


def _frame_of(publisher: Publisher) -> site.Frame:
    """The public frame, for errors also where no instant was settled before them."""
    frame = site.frame_of(publisher)

    def settled() -> dict[str, Any]:
        if "asked" not in g:
            ask(publisher)
        return frame()

    return settled


def _protect(app: Flask, publisher: Publisher) -> CSRFProtect:
    """No form without its token; the cookie that holds it is set by pages with forms alone.

    It comes after the instant is settled: the page that refuses a form needs that.
    """
    secure = _https(publisher)
    app.config.update(
        SECRET_KEY=secret_key(publisher.config.data),
        SESSION_COOKIE_NAME="__Host-form" if secure else "form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
    )
    return CSRFProtect(app)


def _https(publisher: Publisher) -> bool:
    return publisher.config.base_url.startswith("https:")


def _url_for(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`; static files are outside of every instant and carry their hash."""
    if endpoint != "static":
        return url_for(endpoint, **values)
    filename: str = values["filename"]
    return f"/static/{filename}?v={_hash(filename)}"


@cache
def _hash(filename: str) -> str:
    file = Path(__file__).parent / "static" / filename
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
