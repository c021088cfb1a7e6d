"""Whatever is asked of pages, map, downloads and API is answered or explained; nothing fails."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.data import fuzz

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Whether data beside the schema are refused is not among them: a limit over the most is the most.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def application(loaded: int) -> Iterator[Any]:
    """The atlas as a server calls it; the test's own connection stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("contract", ["/api/v1/openapi.json", "/api/features/api"])
def test_every_operation_keeps_its_contract(application: Any, contract: str) -> None:
    schema = schemathesis.openapi.from_wsgi(contract, application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 9
    for operation in operations:

        @few
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

        check()


def test_wild_requests_are_answered_or_explained(loaded: int, client: Client) -> None:
    client.raise_request_exception = False
    wrong = {}
    for request in fuzz.requests(seed=2, count=400):
        if fault := fuzz.fault(request, fuzz.send(client, request)):
            wrong[str(request)] = fault
    assert wrong == {}


def test_every_public_address_is_among_those_asked() -> None:
    routes = {route for route, _converters in fuzz.routes()}
    assert {
        "LANGUAGE/",
        "LANGUAGE/data/<downloaded:what>.<ending:ending>",
        "api/<path:rest>",
        "sitemap.xml",
    } <= routes
    assert len(routes) > 70
    assert not any(route.startswith("admin") for route in routes)
