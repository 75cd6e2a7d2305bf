"""A WSGI callable that only answers with the bytes of a file: what the server alone costs."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def load() -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """Answers with the file BENCH_BODY as BENCH_TYPE, or 304 to whoever names any ETag."""
    body = Path(os.environ["BENCH_BODY"]).read_bytes()
    kind = os.environ["BENCH_TYPE"]
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("ETag", '"bench"')]

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "HTTP_IF_NONE_MATCH" in environ:
            start_response("304 Not Modified", [("ETag", '"bench"')])
            return [b""]
        start_response("200 OK", headers)
        return [body]

    return answer
