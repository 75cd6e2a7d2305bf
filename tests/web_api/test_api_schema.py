"""Schemathesis against the OpenAPI document: no fault, and no answer that it does not name."""

from typing import Any

import pytest
import schemathesis
from api_program import Program
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

FEW = 6
"""Examples of each operation."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]


def tried(app: Flask, caller: Program, examples: int, there: str) -> int:
    """Send every operation what its schema admits and what it does not; how many answers were checked.

    `there` is a publication, which some of the requests are about.
    """
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    schema.config.generation.update(with_security_parameters=False)  # each request carries the token
    headers = {"Authorization": f"Bearer {caller.token}"}
    count = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        asks = any((operation.path_parameters, operation.query, operation.headers, operation.body))
        for mode in MODES if asks else MODES[:1]:
            strategy = operation.as_strategy(generation_mode=mode)
            named = st.booleans() if mode is MODES[0] else st.just(value=False)

            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=True,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )
            @given(case=strategy, known=named)
            def once(case: Any, *, known: bool) -> None:
                nonlocal count
                if known and "publication" in (case.path_parameters or {}):
                    case.path_parameters["publication"] = there
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=CHECKS)
                count += 1

            once()
    return count


@pytest.mark.filterwarnings("default")
def test_no_request_finds_a_fault(app: Flask, chief: Program) -> None:
    """What the document admits and what it does not, of every operation."""
    assert tried(app, chief, FEW, chief.draft().rpartition("/")[2]) > 100
