"""Where an address leads: to what stands there, or in one step to where its readers are sent."""

from urllib.parse import urlsplit

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from ..readmodel.library import Library
from ..readmodel.rows import StandingRow
from .asked import asked

MOVED_FOR = 86_400
"""How long a cache may keep where an address moved to, in seconds."""


def standing_at(library: Library, path: str, rest: str = "") -> StandingRow | Response:
    """What stands at a path, or the way to it, `rest` appended where it has moved; 404 where nothing does.

    What was removed and leads nowhere is what stands there.
    """
    standing = library.at_path(asked().t, path)
    if standing is None:
        abort(404)
    if standing.status == "removed" and (target := _target(library, standing)):
        return redirect(_inside(target), 301)
    if standing.path != path:
        return _moved(standing.path + rest)
    return standing


def _target(library: Library, removed: StandingRow) -> str | None:
    """Where readers of something removed are sent, whatever has moved or was removed there since.

    None where it is nowhere, or in a circle.
    """
    target, passed = removed.redirect, {removed.publication}
    while target and target.startswith("/"):
        path = urlsplit(target).path
        there = library.at_path(asked().t, path)
        if there is None or (there.status != "removed" and there.path == path):
            return target
        if there.publication in passed:
            return None
        if there.status != "removed" or not there.redirect:
            return there.path + target.removeprefix(path)
        passed.add(there.publication)
        target = there.redirect
    return target


def _moved(path: str) -> Response:
    response = redirect(_inside(path), 301)
    response.headers["Cache-Control"] = f"public, max-age={MOVED_FOR}"
    return response


def _inside(target: str) -> str:
    """A path of this site at the instant that was asked for; another address as it is."""
    return request.script_root + target if target.startswith("/") else target
