"""Whatever is asked, there is no server error, and answers are as described (schemathesis)."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.conftest import Site, options
from whoholds.web.app import make_app
from whoholds.web.inbox import Inbox

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance,
          status_code_conformance]
EXAMPLES = 10  # of each endpoint


@pytest.mark.parametrize("signed", [True, False])
def test_there_is_no_server_error(site: Site, monkeypatch: pytest.MonkeyPatch,
                                  signed: bool) -> None:
    app = make_app(site.desk, options(hosts=None))
    monkeypatch.setattr(Inbox, "_read", lambda self: None)  # what is handed in stays unread
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    asked = 0
    for found in schema.exclude(path="/api/events").get_all_operations():  # news never end

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))
        @given(case=found.ok().as_strategy())
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=CHECKS, headers=site.signed if signed else None)
        ask()
    assert asked > 100
