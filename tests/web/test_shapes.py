"""What is answered, as it is described; and the front end's types are of today."""

from __future__ import annotations

import importlib.util
from typing import Any

from tests.conftest import ROOT
from tests.web.conftest import Site


def test_the_front_end_s_types_are_current() -> None:
    spec = importlib.util.spec_from_file_location("make_types", ROOT / "web" / "make_types.py")
    assert spec is not None
    assert spec.loader is not None
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.OUT.read_text("utf8") == made.declarations(), "run `python web/make_types.py`"


def test_every_endpoint_is_described_with_its_answer(read_only_site: Site) -> None:
    paths = read_only_site.client.get("/openapi.json").json()["paths"]
    assert "/api/reports" in paths
    for path, verbs in paths.items():
        assert path.startswith("/api/")
        for verb, told in verbs.items():
            assert told["description"], (path, verb)
            good = next(a for code, a in told["responses"].items() if code.startswith("2"))
            schema = next(iter(good["content"].values()))["schema"]
            assert schema, (path, verb)
