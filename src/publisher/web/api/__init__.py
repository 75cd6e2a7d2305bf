"""The machine interface: the desk's commands and readings for programs, by bearer token, in JSON.

Nothing in here reads a cookie, so nothing in here needs a form's token.
"""

from functools import cache

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from ...bootstrap import Publisher
from ..site import Frame
from . import commanding, filing, guide, reading
from .bearer import guard
from .document import described
from .operations import Interface
from .problems import problem_of

__all__ = ["install", "problem_of"]

NAME = "api"
PREFIX = "/api"


def install(app: Flask, publisher: Publisher, csrf: CSRFProtect, frame: Frame) -> None:
    """`/api/`, its document and the page that shows it to people."""
    interface = Interface(NAME, PREFIX)
    reading.add(interface, publisher)
    commanding.add(interface, publisher)
    filing.add(interface, publisher)
    guard(interface, publisher)
    app.register_blueprint(interface.blueprint)
    csrf.exempt(interface.blueprint)
    document = cache(lambda: described(app, interface, publisher.config.base_url))
    app.register_blueprint(guide.blueprint(document, frame, PREFIX))
