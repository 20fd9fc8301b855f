"""The commands as a user types them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whoholds.cli import main

TEXT = ("Rebels seized the city of Kharkiv on Tuesday, two officials said.\n\n"
        "Ukrainian forces hold Kyiv. The ministry denied that Kharkiv had fallen.\n")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(TEXT, "utf8")
    result = run("read", folder / "a.txt", "--published", "2022-03-01", "--outlet", "Herald",
                 "--ledger", folder / "made.db")
    assert result.exit_code == 0, result.output
    assert "1 report read" in result.output
    return folder / "made.db"


def test_status_json_has_the_keys_that_others_build_on(ledger: Path) -> None:
    rows = json.loads(run("status", "--ledger", ledger, "--json").stdout)
    assert rows
    for row in rows:
        assert {"place", "country", "geonameid", "holder", "probability", "since_earliest",
                "since_latest", "contested"} <= row.keys()


def test_status_says_what_it_was_known_by(ledger: Path) -> None:
    asked = ("status", "--known-at", "2022-03-02", "--ledger", ledger)
    assert "as known at 2 Mar 2022" in run(*asked).stdout
    assert {row["known_at"] for row in json.loads(run(*asked, "--json").stdout)} \
        == {"2022-03-02T23:59:59Z"}


def test_status_is_a_table_without_colour_in_a_pipe(ledger: Path) -> None:
    shown = run("status", "--ledger", ledger).stdout
    assert "Kyiv" in shown
    assert "\033" not in shown


def test_explain_shows_sentence_chain_and_weight(ledger: Path) -> None:
    shown = run("explain", "Kharkiv", "--ledger", ledger).stdout
    assert "Rebels seized the city of Kharkiv on Tuesday" in re.sub(r"\s+", " ", shown)
    assert "Herald → two officials" in re.sub(r"\s+", " ", shown)
    assert "log-odds" in shown


def test_explain_and_disputes_print_json(ledger: Path) -> None:
    assert json.loads(run("explain", "Kyiv", "--ledger", ledger, "--json").stdout)
    assert isinstance(json.loads(run("disputes", "--ledger", ledger, "--json").stdout), list)


def test_map_is_one_whole_file(ledger: Path, tmp_path: Path) -> None:
    told = run("map", "--ledger", ledger, "--out", tmp_path / "m.html", "--json")
    assert json.loads(told.stdout)["places"] >= 2
    page = (tmp_path / "m.html").read_text("utf8")
    assert page.lower().startswith("<!doctype html")
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert [f.name for f in tmp_path.iterdir()] == ["m.html"]


@pytest.mark.parametrize(("arguments", "status", "says"), [
    (("status", "Atlantis"), 2, "Atlantis"),
    (("status", "--at", "noonish"), 2, "noonish"),
    (("status", "--at", "9999-12-31"), 2, "9999-12-31"),
    (("--set", "nonsense=1", "status"), 2, "nonsense"),
    (("--set", "read.largest_text=big", "status"), 2, "big"),
    (("evaluate", "claims", "no-such-gold.jsonl"), 1, "no-such-gold.jsonl"),
    (("evaluate", "claims", "gold", "--kinds", "gain,conquer"), 2, "conquer"),
])
def test_an_error_is_one_line(ledger: Path, arguments: tuple[str, ...], status: int,
                              says: str) -> None:
    result = run(*arguments, "--ledger", ledger)
    assert result.exit_code == status
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = run("status", "--ledger", tmp_path / "none.db")
    assert result.exit_code == 2
    assert "no such ledger" in result.stderr
    assert not list(tmp_path.iterdir())


def test_exit_status_tells_what_was_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(TEXT, "utf8")
    bad.write_bytes(b"\x00\x01\x02" * 100)
    given = ("--published", "2022-03-01", "--outlet", "Herald", "--ledger", tmp_path / "l.db")
    assert run("read", bad, *given).exit_code == 1
    mixed = run("read", good, bad, *given, "--json")
    assert mixed.exit_code == 3
    told = json.loads(mixed.stdout)
    assert (len(told["read"]), len(told["refused"])) == (1, 1)
    assert run("read", good, *given).exit_code == 0


def test_evaluate_scores_a_gold_file(ledger: Path, tmp_path: Path) -> None:
    start = TEXT.index("hold")
    end = TEXT.index(". The ministry")
    gold = {"report": "a.txt", "start": start, "end": end, "evidence": TEXT[start:end],
            "kind": "hold", "actor": "Ukrainian army", "counterpart": None, "place": ["Kyiv"],
            "part": None, "time": ["2022-03-01", "2022-03-01"], "polarity": "affirmed",
            "modality": "actual", "sources": ["Herald"], "hedges": [],
            "quantity": None, "core": True, "alternatives": []}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", "utf8")
    score = json.loads(run("evaluate", "claims", tmp_path / "gold.jsonl", "--ledger", ledger,
                           "--kinds", "hold", "--json").stdout)
    assert score["overall"]["recall"] == 1.0
    assert {"precision", "recall", "f1", "n"} <= score["overall"].keys()
    assert {"kinds", "sources", "time", "quantity", "false_facts"} <= score.keys()


def test_evaluate_scores_a_record(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "place,kind,country,holder_before,holder_after,date,note\n"
        "Kharkiv,city,Ukraine,Ukraine,Rebels,2022-03-01,\n", "utf8")
    score = json.loads(run("evaluate", "record", tmp_path / "r.csv", "--ledger", ledger,
                           "--json").stdout)
    assert {"found", "missed", "invented", "days_off_median", "days_off_p90", "brier",
            "brier_as_known"} <= score.keys()
    assert score["found"] + score["missed"] == 1


def test_help_comes_without_loading_the_stages() -> None:
    code = ("import sys; from whoholds.cli import main; "
            "main(['--help'], standalone_mode=False); "
            "assert not {'onnxruntime', 'sqlalchemy', 'numpy'} & set(sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False,
                          env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("columns", ["", "abc", "0", "20", "-5"])
def test_any_width_is_taken(ledger: Path, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "Kyiv" in run("status", "--ledger", ledger).stdout


def test_a_full_disk_costs_one_line(ledger: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w", encoding="utf8") as out:
        done = subprocess.run([sys.executable, "-c", "from whoholds.cli import main; main()",
                               "status", "--ledger", str(ledger)], stdout=out,
                              stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_a_note_on_many_files_is_one_line(tmp_path: Path) -> None:
    for i in range(6):
        (tmp_path / f"{i}.txt").write_text(f"{i} {TEXT}", "utf8")
    (tmp_path / "fr.txt").write_text("Les troupes ont quitté la ville hier soir sans combattre, "
                                     "selon le maire et plusieurs habitants.", "utf8")
    told = run("read", tmp_path, "--published", "2022-03-01", "--ledger", tmp_path / "l.db").stderr
    assert len(told.splitlines()) == 2
    assert "and 6 more" in told
    assert "fr.txt" in told
