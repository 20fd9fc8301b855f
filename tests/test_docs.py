"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


def script(name: str) -> ModuleType:
    """A script of the folder ``docs``, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = script("reference")


@pytest.mark.parametrize("page", sorted(reference.PAGES))
def test_generated_page_is_current(page: str) -> None:
    assert (ROOT / "docs" / page).read_text("utf8") == reference.PAGES[page](), \
        "run: python docs/reference.py"


def test_the_answers_shown_are_those_given() -> None:
    assert (ROOT / "docs/answers.md").read_text("utf8") == script("answers").page(), \
        "run: python docs/answers.py"


def test_the_cluster_file_is_that_of_the_plan() -> None:
    cluster = yaml.safe_load((ROOT / "docs/scale-cluster.yaml").read_text("utf8"))
    kinds = cluster["available_node_types"]
    assert cluster["head_node_type"] in kinds
    assert 1 + sum(kind["min_workers"] for kind in kinds.values()) == reference.MACHINES
    assert any("whoholds[scale]" in command for command in cluster["setup_commands"])


def test_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_package_says_what_it_takes_gives_and_never_does() -> None:
    packages = [p.parent for p in (ROOT / "src/whoholds").glob("*/__init__.py")
                if p.parent.name != "samples"]
    assert len(packages) >= 12
    for package in packages:
        text = (package / "__init__.py").read_text("utf8")
        for word in ("Takes:", "Gives:", "Never:"):
            assert word in text, f"{package.name} does not say {word}"
