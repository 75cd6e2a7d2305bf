"""An application with the product's templates and addresses, and nothing behind them."""

from functools import cache
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from publisher.web import languages, naming, words

WEB = Path(words.__file__).parent


ACTS = (
    "submit",
    "restore",
    "cancel",
    "move",
    "withdraw",
    "reinstate",
    "remove",
    "redact",
    "discard",
    "pin",
    "unpin",
)


ROUTES = {
    "site.front": "/",
    "site.publication": "/<year>/<month>/<slug>",
    "site.edition": "/<year>/<month>/<slug>/editions/<int:number>",
    "site.difference": "/<year>/<month>/<slug>/diff/<int:old>..<int:new>",
    "site.history": "/<year>/<month>/<slug>/history",
    "site.archive": "/archive",
    "site.year": "/<year>/",
    "site.month": "/<year>/<month>/",
    "site.kind": "/kinds/<kind>",
    "site.topic": "/topics/<topic>",
    "site.person": "/people/<person>",
    "site.search": "/search",
    "site.counter": "/counters/<key>",
    "site.feeds": "/feeds",
    "site.counters_namespace": "/ns/counters/1",
    "site.language": "/languages/<tag>/",
    "corrections.listed": "/corrections",
    "corrections.feed": "/corrections.<fmt>",
    "corrections.editions": "/<year>/<month>/<slug>/history.<fmt>",
    "syndication.feed": "/feed.<fmt>",
    "syndication.facet": "/<path:facet>/feed.<fmt>",
    "desk.index": "/desk/",
    "desk.sign_in": "/desk/sign-in",
    "desk.sign_out": "/desk/sign-out",
    "desk.new": "/desk/new",
    "desk.attach_new": "/desk/new/files",
    "desk.attach": "/desk/<publication>/files",
    "desk.file": "/desk/files/<sha256>/<name>",
    "desk.edit": "/desk/<publication>",
    **{f"desk.{act}": f"/desk/<publication>/{act}" for act in ("publish", "amend", *ACTS)},
    **{f"desk.{what}": f"/desk/<publication>/{what}" for what in ("review", "approve", "request_changes")},
    "desk.revision": "/desk/<publication>/revisions/<int:wanted>",
    "desk.choose": "/desk/<publication>/compare",
    "desk.compare": "/desk/<publication>/compare/<int:old>..<int:new>",
    "desk.preview": "/desk/preview",
    "desk.transcribe": "/desk/transcript/<place>",
    "desk.keep": "/desk/papers/<place>",
    "desk.throw_away": "/desk/papers/<place>/discard",
    "desk.previews_of": "/desk/<publication>/previews",
    "desk.make_preview": "/desk/<publication>/previews",
    "desk.revoke_preview": "/desk/<publication>/previews/<link>/revoke",
    "desk.masthead": "/desk/masthead",
    "desk.readers": "/desk/readers",
    "desk.pins": "/desk/masthead/pins",
    "desk.all_accounts": "/desk/accounts",
    "desk.own": "/desk/me",
    "desk.second_factor": "/desk/me/second-factor",
    "desk.tokens": "/desk/tokens",
    "desk.invite": "/desk/accounts",
    "desk.one_account": "/desk/accounts/<account>",
    "desk.manage": "/desk/accounts/<account>",
    "desk.merge": "/desk/<publication>/merge",
    "desk.welcome": "/desk/welcome/<token>",
    "audit.index": "/audit/",
    "audit.event": "/audit/events/<int:position>",
    "audit.verify": "/audit/verify",
    "audit.export": "/audit/export.jsonl",
    "guide.docs": "/api/docs",
    "guide.openapi": "/api/openapi.json",
}


@cache
def application() -> Flask:
    """An application with the real templates, every address, and no data."""
    app = Flask("publisher.web", root_path=str(WEB))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    languages.install(app, "en-GB")
    words.install(app)
    naming.install(app)
    app.jinja_env.globals["csrf_token"] = lambda: "invented"
    for endpoint, rule in ROUTES.items():
        name = "syndication.feed" if endpoint == "syndication.facet" else endpoint
        app.add_url_rule(rule, endpoint=name)
    return app
