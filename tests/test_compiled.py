"""compiled.py: what is compiled is there, and says the same."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compiled", ROOT / "compiled.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMPILED = _script()


def test_every_module_named_is_there_and_named_once() -> None:
    found = [file for _, files in COMPILED.modules(ROOT / "src" / "whoholds") for file in files]
    assert len(found) == len(set(found)) > 60
    assert [file for file in found if not (ROOT / "src" / "whoholds" / file).is_file()] == []
    assert "claims/extract.py" in found
    assert not any(file.endswith("__init__.py") for file in found)


def test_nothing_compiled_has_a_cached_property() -> None:
    """mypyc takes it for a property: it would be found anew each time, and be another one."""
    found = [file for _, files in COMPILED.modules(ROOT / "src" / "whoholds") for file in files
             if "cached_property" in (ROOT / "src" / "whoholds" / file).read_text("utf8")]
    assert found == []


def test_nothing_compiled_looks_into_a_starred_tuple() -> None:
    """``x in (*some, "more")``: mypyc stops there."""
    found = [f"{file}:{node.lineno}" for _, files in COMPILED.modules(ROOT / "src" / "whoholds")
             for file in files
             for node in ast.walk(ast.parse((ROOT / "src" / "whoholds" / file).read_text("utf8")))
             if isinstance(node, ast.Compare) for of in node.comparators
             if isinstance(of, (ast.Tuple, ast.List))
             and any(isinstance(one, ast.Starred) for one in of.elts)]
    assert found == []


def test_without_a_compiler_there_is_one_line(monkeypatch: pytest.MonkeyPatch,
                                              tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    if os.name == "nt":
        pytest.skip("Windows finds its compiler without PATH")
    with pytest.raises(COMPILED.CannotCompileError, match=r"^there is no C compiler$"):
        COMPILED.libraries(ROOT / "src", tmp_path)


def test_none_made_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done = subprocess.CompletedProcess[str]([], 0, "")
    monkeypatch.setattr(COMPILED, "missing", lambda: None)
    monkeypatch.setattr(COMPILED.subprocess, "run", lambda *_, **__: done)
    with pytest.raises(COMPILED.CannotCompileError, match="made no libraries"):
        COMPILED.libraries(ROOT / "src", tmp_path)


def test_a_folder_may_be_named_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Path] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["compiled.py", "package"])
    monkeypatch.setattr(COMPILED, "libraries", lambda _, work: asked.append(work) or [])
    COMPILED.main()
    assert asked == [tmp_path / "package" / "work"]


@pytest.mark.long
def test_the_compiled_package_says_the_same(tmp_path: Path) -> None:
    """Minutes: all of it is compiled."""
    subprocess.run([sys.executable, ROOT / "compiled.py", tmp_path], check=True)
    told = [json.loads(subprocess.run(
        [sys.executable, "-m", "tests.answers", "3"], cwd=ROOT, check=True, text=True,
        env={**os.environ, "PYTHONPATH": str(folder)}, stdout=subprocess.PIPE).stdout)
        for folder in (ROOT / "src", tmp_path)]
    plain, compiled = told
    assert [plain.pop("compiled"), compiled.pop("compiled")] == [False, True]
    assert plain == compiled
    assert plain["claims"] > 500
