"""The headers that every answer carries, so that a browser does not do what no page of ours asks for."""

from flask import Flask
from werkzeug.wrappers import Response

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and where its forms may go (Content Security Policy, level 3)."""
TWO_YEARS = 2 * 365 * 86_400
"""How long a browser that came once by https comes by nothing else, in seconds."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""By name; a view that sets one of them itself has its way."""


def install(app: Flask, *, https: bool) -> None:
    """Set the headers on every answer; `https` says whether the newsroom's address is one."""
    wanted = HEADERS | ({"Strict-Transport-Security": _STRICT} if https else {})

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in wanted.items():
            response.headers.setdefault(name, value)
        return response


# A browser passes it over where it came by http (RFC 6797, section 8.1), so it is sent there too.
_STRICT = f"max-age={TWO_YEARS}; includeSubDomains"
