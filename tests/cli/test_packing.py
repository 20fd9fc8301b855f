"""The commands of packs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.resolve.test_packs import SMALL
from tests.resolve.test_sets import ENTRIES
from whoholds.cli import main
from whoholds.resolve import build_index, parse_pack


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packing") / "mali.index"
    build_index(path, entries=ENTRIES, version="mali")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_list_shows_what_is_in_force(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(SMALL, "utf8")
    rows = json.loads(run("--set", f"resolve.packs=sudan,{mine}", "pack", "list", "--json").stdout)
    assert [r["pack"] for r in rows] == ["world", "sudan", "small"]
    assert "ukraine: Ukraine (UA)" in run("pack", "list").stdout


def test_show_tells_sets_and_sides() -> None:
    shown = run("pack", "show", "sudan").stdout
    assert "set state capitals of Sudan: 18, all of them" in shown
    assert "side Rapid Support Forces" in shown
    told = json.loads(run("pack", "show", "sudan", "--json").stdout)
    assert "Sudanese Armed Forces" in told["sides"]["Sudanese government"]


def test_check_tells_file_and_line(tmp_path: Path, index: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SMALL, "utf8")
    bad.write_text(SMALL.replace("parents: [gov]", "parents: [gove]"), "utf8")
    by = ("--set", f"resolve.gazetteer={index}", "pack", "check")
    assert run(*by, good).exit_code == 0
    result = run(*by, good, bad)
    assert result.exit_code == 1
    assert f"{bad}: line 18: actors[1].parents: no actor 'gove' in this pack" in result.stderr
    told = json.loads(run(*by, bad, "--json").stdout)
    assert told[0]["error"].startswith("line 18: ")


def test_check_tells_what_the_gazetteer_doubts(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "far.yaml"
    text = SMALL.replace("[key, name, latitude", "[key, name, geonameid, latitude")
    path.write_text(text.replace("[tall, Tall, 36.1", "[tall, Tall, 4, 36.1"), "utf8")
    result = run("--set", f"resolve.gazetteer={index}", "pack", "check", path)
    assert result.exit_code == 0
    for doubt in ("Tall is in ML by its id 4", "km from Gao", "Tall is called Gao by its id 4"):
        assert doubt in result.stdout


def test_a_draft_is_a_sound_pack(tmp_path: Path, index: Path) -> None:
    out = tmp_path / "mali.yaml"
    asked = ("--set", f"resolve.gazetteer={index}", "pack", "new", "Mali")
    assert run(*asked, "--out", out).exit_code == 0
    pack = parse_pack(out.read_text("utf8"), "mali.yaml")
    assert pack.countries == ("ML",)
    seats = {s.place.name: s.capital_of for s in pack.places if s.capital_of}
    assert seats == {"Gao": "geonames:2", "Kidal": "geonames:3"}
    assert any(s.place.type == "crossing" for s in pack.places)
    assert out.read_text("utf8").strip() == run(*asked).stdout.strip()
    again = run(*asked, "--out", out)
    assert again.exit_code == 2
    assert "there already" in again.stderr
    assert run(*asked[:-1], "Atlantis").exit_code == 2
