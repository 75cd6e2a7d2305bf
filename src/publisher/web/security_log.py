"""The security log: who came in, who was refused, which secrets changed; a JSON object a line on stderr."""

import json
import logging
import sys
from datetime import UTC, datetime
from uuid import UUID

from flask import has_request_context, request

NAME = "publisher.security"


class _Lines(logging.Handler):
    """To whatever standard error is when the line is written."""

    def emit(self, record: logging.LogRecord) -> None:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "event": record.getMessage(), **getattr(record, "fields", {})}
        sys.stderr.write(json.dumps(line) + "\n")  # ASCII without line breaks: nothing typed ends a line
        sys.stderr.flush()


logger = logging.getLogger(NAME)
logger.setLevel(logging.INFO)
if not logger.handlers:
    logger.addHandler(_Lines())


def note(event: str, account: UUID | None = None, **more: str) -> None:
    """Write down what happened, to whom and where it came from; never what was typed."""
    fields = {"account": str(account) if account else None}
    if has_request_context():
        fields |= {"method": request.method, "endpoint": request.endpoint, "address": request.remote_addr}
        fields |= {"forwarded": request.headers.get("X-Forwarded-For")}
    logger.info(event, extra={"fields": {k: v for k, v in {**fields, **more}.items() if v is not None}})
