"""Review, testimony, search and the ledger's own commands, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whoholds.cli import main

TEXT = ("Russian troops captured the city of Kherson on Tuesday, residents said. "
        "Ukrainian forces hold Kyiv.")


def run(ledger: Path, token: str, *arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=given,
                              env={"WHOHOLDS_LEDGER": str(ledger), "WHOHOLDS_TOKEN": token},
                              catch_exceptions=False)


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "l.db"
    done = run(path, "", "note", "-", "--author", "Ana Lis", "--published", "2022-03-01",
               given=TEXT)
    assert "1 note taken into" in done.stdout, done.output
    return path


@pytest.fixture(scope="module")
def token(ledger: Path) -> str:
    return str(told(run(ledger, "", "reviewer", "add", "Ana Lis", "--json"))["token"])


def test_from_the_list_to_the_entry_and_back(ledger: Path, token: str) -> None:
    claim = told(run(ledger, token, "review", "list", "Kherson", "--json"))[0]
    shown = run(ledger, token, "review", "list", "Kherson").stdout
    assert shown.startswith(claim["id"][:12])
    assert "Russian troops captured the city of Kherson" in shown
    entry = told(run(ledger, token, "review", "correct", claim["id"][:12], "polarity=denied",
                     "--reason", "misread", "--json"))
    assert (entry["kind"], entry["author"], entry["reason"]) == ("correct", "Ana Lis", "misread")
    again = told(run(ledger, token, "review", "list", "Kherson", "--json"))[0]
    assert again["polarity"] == "denied"
    assert entry["id"][:12] in run(ledger, token, "review", "log").stdout
    assert "takes back" in run(ledger, token, "review", "undo", entry["id"][:12]).stdout
    log = told(run(ledger, token, "review", "log", entry["id"], "--json"))
    assert [r["stands"] for r in log if r["kind"] == "correct"] == [False]


def test_verbs_need_a_token_and_say_so(ledger: Path, token: str) -> None:
    for wrong in ("", "whoholds-0123456789abcdef-" + "x" * 32):
        done = run(ledger, wrong, "review", "confirm", "0123456789ab")
        assert done.exit_code == 2
        assert "token" in done.stderr
        assert wrong not in done.stderr or not wrong
        assert len(done.stderr.splitlines()) == 1
    assert "Ana Lis: reviews, sees" in run(ledger, token, "reviewer", "list").stdout
    assert token not in ledger.read_bytes().decode("latin1")


@pytest.mark.parametrize(("arguments", "what"), [
    (["review"], "--next"), (["review", "correct", "012345678", "polarity"], "FIELD=VALUE"),
    (["review", "confirm", "zzz"], "no id of a claim"), (["diff", "1"], "name two readers"),
    (["review", "merge", "place", "Atlantis", "Kyiv"], "no place here is called 'Atlantis'"),
    (["review", "locate", "Kyiv"], "say where"),
])
def test_misuse_is_one_line(ledger: Path, token: str, arguments: list[str], what: str) -> None:
    done = run(ledger, token, *arguments)
    assert done.exit_code == 2
    assert what in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_queue(ledger: Path, token: str) -> None:
    found = told(run(ledger, token, "review", "--next", "--json"))
    assert all({"kind", "text", "moves", "answers", "claims"} <= q.keys() for q in found)
    shown = run(ledger, token, "review", "--next", "--most", "1").stdout
    assert shown.startswith("1. " if found else "Nothing is open.")


def test_searching(ledger: Path, token: str) -> None:
    assert "1 report" in run(ledger, token, "search", "kherson", "residents").stdout
    assert told(run(ledger, token, "search", "city of Kherson", "--json"))[0]["outlet"] == "Ana Lis"
    assert told(run(ledger, token, "search", "Kherson", "Odesa", "--json")) == []


def test_a_baseline_tells_what_it_refused(ledger: Path, token: str, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("place,holder,date,source\nKyiv,Ukraine,2022-01-01,Map\n"
                                    "Kyiv,,2022-01-01,Map\n", "utf8")
    done = run(ledger, token, "baseline", tmp_path / "b.csv")
    assert done.exit_code == 3
    assert "line 3: no holder" in done.stderr
    assert "1 rows taken" in done.stdout
    again = json.loads(run(ledger, token, "baseline", tmp_path / "b.csv", "--json").stdout)
    assert (again["rows"], again["new"]) == (1, 0)
    assert "Kyiv: held by Ukraine" in " ".join(
        run(ledger, token, "explain", "Kyiv", "--known-at", "2022-01-02").stdout.split())


def test_backup_and_check(ledger: Path, token: str, tmp_path: Path) -> None:
    bundle, other = tmp_path / "a.zip", tmp_path / "other.db"
    counts = told(run(ledger, token, "ledger", "export", bundle, "--json"))
    assert counts["reports"] >= 1
    assert "exists already" in run(ledger, token, "ledger", "export", bundle).stderr
    assert told(run(other, "", "ledger", "import", bundle, "--json")) == counts
    assert run(other, "", "ledger", "check").stdout == f"{other}: sound\n"
    assert run(other, "", "ledger", "import", bundle).stdout.endswith("new nothing\n")
    (tmp_path / "x.jsonl").write_text("nonsense\n")
    assert "line 1: no reading" in run(other, "", "ledger", "load", tmp_path / "x.jsonl").stderr


def test_readers_are_listed(ledger: Path, token: str) -> None:
    assert told(run(ledger, token, "diff", "--json"))[0]["number"] == 1
    assert "0 reports read again" in run(ledger, token, "reread").stdout
