"""Measures reading and belief on the seed reports and the samples.

``python -m benchmarks.accuracy --shared ../shared --json docs/accuracy.json`` adds its figures to
the file.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from benchmarks import coders, geoparsing
from benchmarks.figures import tell
from whoholds.evaluation import read_cases
from whoholds.pipeline import Workbench, open_ledger
from whoholds.pipeline.scoring import score_cases, score_history, score_reading
from whoholds.settings import settings_from

FIRST_RUN = Path(__file__).resolve().parent / "first_run.json"
"""What a test set gave when it was first read: kept, since it can be measured only once."""
CASES = Path(__file__).resolve().parent.parent / "tests/cases"
CONTROL = ("gain", "loss", "hold", "contest", "attack", "clash", "encircle", "enter")


def claims_figures(desk: Workbench, gold: Path) -> dict[str, float]:
    """Scores of the claims of a ledger against hand-coded ones."""
    every, control = score_reading(desk, gold), score_reading(desk, gold, CONTROL)
    return {
        "claims.seeds.core_precision": round(every.overall.precision, 3),
        "claims.seeds.core_recall": round(every.overall.recall, 3),
        "claims.seeds.control_precision": round(control.overall.precision, 3),
        "claims.seeds.control_recall": round(control.overall.recall, 3),
        "claims.seeds.false_facts": every.false_facts,
        "claims.seeds.sources_right": round(every.sources.correct / max(every.sources.n, 1), 3),
        "claims.seeds.time_right": round(every.time.correct / max(every.time.n, 1), 3),
        "claims.seeds.quantity_right": round(every.quantity.correct / max(every.quantity.n, 1), 3),
    }


def record_figures(desk: Workbench, record: Path, of: str) -> dict[str, float | None]:
    """Scores of the beliefs of a ledger against the historical record."""
    score = score_history(desk, record)
    return {f"belief.record_{of}.{name}": round(value, 3) if value is not None else None
            for name, value in (
                ("found", score.found), ("missed", score.missed), ("invented", score.invented),
                ("days_off_median", score.days_off_median), ("brier", score.brier),
                ("brier_as_known", score.brier_as_known))}


def literate_figures(desk: Workbench, folder: Path, part: str) -> dict[str, float | None]:
    """Scores of a part of the literate cases: ``test`` and ``news`` were written without sight of
    code or output, the others too, but rules were worked out on them."""
    cases = [case for path in sorted(folder.glob("*.md"))
             for case in read_cases(path.read_text("utf8"), path.name)]
    score = score_cases(desk, cases)
    control = score_cases(desk, cases, CONTROL)
    quiet = [case.report for case in cases if not case.gold]
    return {
        f"claims.literate_{part}.quiet_cases": len(quiet),
        f"claims.literate_{part}.quiet_claims": sum(len(desk.understand(r)[0]) for r in quiet),
        f"claims.literate_{part}.cases": len(cases),
        f"claims.literate_{part}.precision": round(score.overall.precision, 3),
        f"claims.literate_{part}.recall": round(score.overall.recall, 3),
        f"claims.literate_{part}.f1": round(score.overall.f1, 3),
        f"claims.literate_{part}.control_f1": round(control.overall.f1, 3),
        f"claims.literate_{part}.false_fact_rate": round(
            score.false_facts / max(score.not_facts, 1), 4),
        f"claims.literate_{part}.sources_right": round(
            score.sources.correct / max(score.sources.n, 1), 3),
        f"claims.literate_{part}.time_right": round(score.time.correct / max(score.time.n, 1), 3),
        f"claims.literate_{part}.quantity_right": round(
            score.quantity.correct / max(score.quantity.n, 1), 3),
    }


def frames_alone(desk: Workbench, folder: Path) -> dict[str, float | None]:
    """The test part as the codebook's frames read it, without what the reader learned of events."""
    found = literate_figures(desk, folder, "test")
    return {f"claims.literate_test.frames_alone.{name}": found[f"claims.literate_test.{name}"]
            for name in ("precision", "recall", "f1")}


def measured(shared: Path) -> dict[str, float | None]:
    """Every figure, by its key."""
    found: dict[str, float | None] = {}
    seeds = shared / "seeds"
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(Path(folder) / "seeds.db") as desk:
            desk.read([], manifest=seeds / "reports.csv")
            found |= claims_figures(desk, seeds / "claims.jsonl")
            found |= record_figures(desk, seeds / "record.csv", "seeds")
        with as_file(files("whoholds").joinpath("samples")) as samples, \
                open_ledger(Path(folder) / "samples.db") as desk:
            desk.read([], manifest=samples / "manifest.csv")
            found |= record_figures(desk, seeds / "record.csv", "samples")
            for part in ("test", "news", "opened2", "opened", "dev"):
                found |= literate_figures(desk, CASES / part, part)
            with open_ledger(Path(folder) / "f.db", settings=settings_from(
                    {"read.hunch_p": "1"}, {})) as frames:
                found |= frames_alone(frames, CASES / "test")
            stages = desk.stages
            found |= geoparsing.figures(shared / "data", stages.resolver, stages.reader)
    found |= coders.figures() | json.loads(FIRST_RUN.read_text("utf8"))
    return found


def main() -> None:
    """Measure, print, and add to the file of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with the seeds")
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    given = parser.parse_args()
    found = measured(given.shared)
    tell(dict(sorted(found.items())), given.json, indent=1)


if __name__ == "__main__":
    main()
