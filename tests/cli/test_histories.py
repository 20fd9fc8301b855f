"""The commands that tell what happened, as a user types them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whoholds.cli import main

REPORTS = {
    "a.txt": "Russian troops seized the city of Kherson on Tuesday, two officials said.\n\n"
             "Ukrainian forces hold Kyiv, the defence ministry said.\n\n"
             "Kherson airport was closed on Tuesday. "
             "At least 40 soldiers were killed in Kherson.\n",
    "c.txt": "Kherson could fall to Russian forces within two weeks, analysts said.\n",
    "b.txt": "Ukrainian forces recaptured Kherson on Friday, residents said.\n",
}
MANIFEST = ("file,published,outlet\nc.txt,2022-02-27,Gazette\n"
            "a.txt,2022-03-01,Herald\nb.txt,2022-03-11,Tribune\n")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def told(*arguments: str | Path) -> str:
    """What the command prints, blanks and line ends as one blank."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return re.sub(r"\s+", " ", result.stdout)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("histories")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf8")
    (folder / "manifest.csv").write_text(MANIFEST, "utf8")
    result = run("read", "--manifest", folder / "manifest.csv", "--ledger", folder / "made.db")
    assert result.exit_code == 0, result.output
    return folder / "made.db"


def test_timeline_tells_the_fall_and_the_recapture_in_order(ledger: Path) -> None:
    text = told("timeline", "Kherson", "--ledger", ledger)
    assert text.index("Ukraine → Russia") < text.index("Russia → Ukraine")
    assert "Herald → two officials" in text
    rows = json.loads(run("timeline", "Kherson", "--ledger", ledger, "--json").stdout)
    assert [r["actor_id"] for r in rows] == ["state:RU", "state:UA"]
    assert all(r["claims"] for r in rows)


def test_timeline_keeps_to_what_was_known_and_to_the_period_asked(ledger: Path) -> None:
    assert "Ukraine" not in told("timeline", "Kherson", "--known-at", "2022-03-02",
                                 "--ledger", ledger)
    later = json.loads(run("timeline", "--since", "2022-03-05", "--ledger", ledger,
                           "--json").stdout)
    assert [r["actor_id"] for r in later] == ["state:UA"]


def test_exits_tells_who_holds_the_ways_out(ledger: Path) -> None:
    text = told("exits", "Ukraine", "--ledger", ledger)
    assert "said open 0, closed 1" in text
    assert "“Kherson airport was closed on Tuesday.”" in text
    rows = json.loads(run("exits", "ua", "--ledger", ledger, "--json").stdout)
    assert all(r["country"] == "Ukraine" for r in rows)
    assert run("exits", "Ukrain", "--ledger", ledger).exit_code == 2
    assert "No claim is about" in told("exits", "Peru", "--ledger", ledger)


def test_sources_tells_what_each_said(ledger: Path) -> None:
    text = told("sources", "--ledger", ledger)
    assert "officials, in Herald" in text
    rows = json.loads(run("sources", "--ledger", ledger, "--json").stdout)["sources"]
    assert {"residents, in Tribune", "officials, in Herald"} <= {r["source"] for r in rows}
    for row in rows:
        assert row["statements"] == sum(
            row[k] for k in ("borne_out", "contradicted", "undecided", "alone"))


def test_tally_tells_numbers_as_bounds(ledger: Path) -> None:
    assert "at least 40" in told("tally", "--ledger", ledger)
    (series,) = json.loads(run("tally", "--ledger", ledger, "--json").stdout)
    assert series["numbers"][0]["low"] == 40


def test_forecasts_are_resolved_by_the_ledger(ledger: Path) -> None:
    text = told("forecasts", "--ledger", ledger)
    assert "Kherson (city, Kherson): gain by Russia by 13 Mar 2022" in text
    (forecast,) = json.loads(run("forecasts", "--ledger", ledger, "--json").stdout)["forecasts"]
    assert (forecast["side_id"], forecast["said_probability"]) == ("state:RU", 0.4)
    early = json.loads(run("forecasts", "Kherson", "--known-at", "2022-02-28", "--ledger", ledger,
                           "--json").stdout)["forecasts"][0]
    assert early["state"] == "open"
    assert early["outcome_probability"] < forecast["outcome_probability"]


def test_changes_compares_what_was_known_with_what_is(ledger: Path) -> None:
    text = told("changes", "--since", "2022-03-02", "--ledger", ledger)
    assert "Kherson (city, Kherson): Russia" in text
    assert "→ Ukraine" in text
    assert "“Ukrainian forces recaptured Kherson on Friday, residents said.”" in text
    assert "“Russian troops seized" not in text
    (row,) = json.loads(run("changes", "Kherson", "--since", "2022-03-02", "--ledger", ledger,
                            "--json").stdout)
    assert (row["before"]["holder_id"], row["after"]["holder_id"]) == ("state:RU", "state:UA")
    assert run("changes", "--since", "2023-01-01", "--ledger", ledger).exit_code == 2


def test_changes_without_any_date_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Rebels seized Kherson.\n", "utf8")
    run("read", tmp_path / "undated.txt", "--ledger", tmp_path / "u.db")
    result = run("changes", "--since", "2022-03-02", "--ledger", tmp_path / "u.db")
    assert result.exit_code == 2
    assert "no report here has a date" in result.output
    assert "--at" not in result.output
