"""The commands about gazetteers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.resolve.test_dumps import dump, dump_line
from whoholds.cli import main
from whoholds.pipeline import stages
from whoholds.resolve import build, shelf
from whoholds.resolve.entries import Entry
from whoholds.settings import settings_from


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A world of one city, a cache and a shelf of one's own."""
    world = [Entry("geonames", 1, "Onlycity", (), "city", "AF", 34.5, 69.2, 500)]
    monkeypatch.setattr(shelf, "world_entries", lambda: iter(world))
    monkeypatch.setattr(build, "world_entries", lambda: iter(world))
    monkeypatch.setattr(stages, "user_cache_path", lambda _name: tmp_path / "cache")
    monkeypatch.setenv("WHOHOLDS_RESOLVE_ADDED", str(tmp_path / "shelf"))
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["gazetteer", *map(str, words)])


def test_a_gazetteer_is_added_listed_and_removed(folder: Path) -> None:
    assert "No gazetteer" in run("list").output
    path = dump(folder / "AF.txt", dump_line(), dump_line(number="9", name="Torkham"))
    added = run("add", path)
    assert added.exit_code == 0, added.output
    assert "AF.txt: 2 places of GeoNames" in added.output
    assert "3 places in the index" in added.output
    assert "whoholds reread" in added.output
    assert json.loads(run("list", "--json").output)[0]["name"] == "AF.txt"
    status = json.loads(run("status", "--json").output)
    assert (status["places"], status["added"]) == (3, ["AF.txt"])
    assert run("remove", "AF.txt").exit_code == 0
    assert json.loads(run("status", "--json").output)["places"] == 1
    assert run("remove", "AF.txt").exit_code == 2


def test_new_places_make_another_data_version(folder: Path) -> None:
    settings = settings_from({"resolve.added": str(folder / "shelf")}, {})
    before = stages.Stages(settings).data_version
    run("add", dump(folder / "AF.txt", dump_line()))
    assert stages.Stages(settings).data_version != before


def test_a_broken_file_is_refused_with_its_line_and_nothing_changes(folder: Path) -> None:
    before = run("status", "--json").output
    refused = run("add", dump(folder / "AF.txt", dump_line(), "1\tcut"))
    assert refused.exit_code == 1
    assert "AF.txt: line 2: 2 columns" in refused.output
    assert run("status", "--json").output == before
    assert run("add", folder / "none.zip").exit_code == 2


def test_an_index_of_one_s_own_is_not_added_to(folder: Path) -> None:
    path = dump(folder / "AF.txt", dump_line())
    result = CliRunner().invoke(main, ["--set", f"resolve.gazetteer={folder}/own.index",
                                       "gazetteer", "add", str(path)])
    assert result.exit_code == 2
    assert "resolve.gazetteer" in result.output
