"""Tools that several tests share: made once, they keep nothing of what they are used for."""

from __future__ import annotations

import pytest

from tests.pipeline.crash import Harness


@pytest.fixture(scope="session")
def harness() -> Harness:
    """The samples, understood once, and ledgers that take them in at once."""
    return Harness()
