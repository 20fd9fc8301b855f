"""Belief against truth and against rivals, on simulated theatres: `python -m benchmarks.belief`.

Prints a table and returns ``belief.brier.SCENARIO.METHOD``, ``belief.coverage90`` and
``belief.seconds_34x10000``. The rivals need the extra *rivals* (crowd-kit); those that are not
installed are left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from benchmarks.figures import tell
from benchmarks.rivals import RIVALS, Task, labels, rival, whoholds
from benchmarks.simulator import SCENARIOS, SIDES, START, Scenario, Teller, Theatre, simulate
from whoholds.belief import Priors, beliefs, fit
from whoholds.core import CONTESTED

SEEDS = (1, 2, 3)
MANY_SEEDS = tuple(range(1, 13))
"""For the coverage of *since*: three theatres have too few changes of hands to tell two points."""
DAYS = 60


def place_days(theatre: Theatre) -> list[Task]:
    """Noon of each day of each place, the first and last two days and contested noons left out."""
    return [(p.id, day + 0.5) for p in theatre.places for day in range(2, theatre.days - 2)
            if theatre.state(p.id, day + 0.5) != CONTESTED]


def brier(theatre: Theatre, tasks: Sequence[Task],
          found: Callable[[Task], tuple[float, float]]) -> float:
    """Mean Brier score (0 to 2) over sides; what is given to neither side counts as a third."""
    total = 0.0
    for task in tasks:
        truth = SIDES.index(theatre.state(*task))
        p = found(task)
        rest = max(0.0, 1 - p[0] - p[1])
        total += (1 - p[truth]) ** 2 + p[1 - truth] ** 2 + rest ** 2
    return total / len(tasks)


def compare(scenario: str, seeds: Iterable[int] = SEEDS, places: int = 34,
            rivals: Sequence[str] = RIVALS, priors: Priors | None = None) -> dict[str, float]:
    """Mean Brier score of each method in a scenario."""
    scores: dict[str, list[float]] = {}
    for seed in seeds:
        theatre = simulate(SCENARIOS[scenario], places, DAYS, seed)
        tasks = place_days(theatre)
        ours = whoholds(theatre, tasks, priors)
        scores.setdefault("whoholds", []).append(brier(theatre, tasks, ours.__getitem__))
        learned = fit(theatre.evidence, None, priors, rounds=3).applied(priors or Priors())
        fitted = whoholds(theatre, tasks, learned)
        scores.setdefault("whoholds_fit", []).append(brier(theatre, tasks, fitted.__getitem__))
        said = labels(theatre, tasks)
        for name in rivals:
            try:
                found = rival(name, theatre, tasks, said)
            except ImportError:
                continue
            scores.setdefault(name, []).append(
                brier(theatre, tasks, lambda t, f=found: (f[t], 1 - f[t])))  # type: ignore[misc]
    return {name: sum(values) / len(values) for name, values in scores.items()}


def coverage(scenario: str, seeds: Iterable[int] = MANY_SEEDS, places: int = 60,
             priors: Priors | None = None) -> tuple[float, int, float]:
    """Share of *since* intervals that hold the true moment, where the holder is right and entered
    after the first days; their number; and their mean length in days."""
    inside = count = 0
    length = 0.0
    for seed in seeds:
        theatre = simulate(SCENARIOS[scenario], places, DAYS, seed)
        for day in (20.0, 40.0, 58.0):
            when = START + timedelta(days=day)
            for found in beliefs(theatre.evidence, theatre.places, when, None, priors):
                if found.holder is None or found.holder != theatre.state(found.place.id, day):
                    continue
                entered = START + timedelta(days=theatre.entered(found.place.id, day))
                if entered < START or found.since_latest is None:
                    continue
                low = found.since_earliest or START
                inside += low <= entered <= found.since_latest
                length += (found.since_latest - low) / timedelta(days=1)
                count += 1
    return inside / max(count, 1), count, length / max(count, 1)


def reliability(scenario: str, seeds: Iterable[int] = SEEDS, places: int = 34,
                priors: Priors | None = None) -> list[tuple[float, float, int]]:
    """The reliability diagram of a scenario's place-days."""
    told: list[tuple[float, bool]] = []
    for seed in seeds:
        theatre = simulate(SCENARIOS[scenario], places, DAYS, seed)
        tasks = place_days(theatre)
        for task, p in whoholds(theatre, tasks, priors).items():
            told += [(value, theatre.state(*task) == side)
                     for side, value in zip(SIDES, p, strict=True)]
    return by_tenth(told)


def by_tenth(told: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """A reliability diagram of probabilities, each with whether it was so: mean probability,
    observed frequency and number by tenth."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for p, so in told:
        bins[min(int(p * 10), 9)].append((p, so))
    return [(sum(p for p, _ in b) / len(b), sum(so for _, so in b) / len(b), len(b))
            for b in bins if b]


def calibration_error(diagram: Sequence[tuple[float, float, int]]) -> float:
    """Mean distance of probability and frequency, weighted by how often a tenth is told."""
    return sum(abs(p - seen) * n for p, seen, n in diagram) / sum(n for _, _, n in diagram)


def diagram_svg(diagrams: Mapping[str, Sequence[tuple[float, float, int]]]) -> str:
    """The reliability diagrams: what is told with probability p should be so in p of the cases."""
    side, gap, parts = 220, 50, []
    for number, (name, points) in enumerate(diagrams.items()):
        x0, y0 = gap + number * (side + gap), gap
        parts += [f'<rect x="{x0}" y="{y0}" width="{side}" height="{side}" fill="none" '
                  'stroke="#999"/>',
                  f'<line x1="{x0}" y1="{y0 + side}" x2="{x0 + side}" y2="{y0}" stroke="#bbb" '
                  'stroke-dasharray="4"/>',
                  f'<text x="{x0}" y="{y0 - 12}" font-size="15">{name}</text>']
        spots = [(x0 + p * side, y0 + side - seen * side, n) for p, seen, n in points]
        most = max(n for _, _, n in points)
        parts.append('<polyline fill="none" stroke="#0072b2" stroke-width="2" points="'
                     + " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in spots) + '"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 6 * (n / most) ** 0.5:.1f}" '
                  'fill="#0072b2" fill-opacity="0.6"/>' for x, y, n in spots]
        parts += [f'<text x="{x0 + share * side:.0f}" y="{y0 + side + 18}" font-size="12" '
                  f'text-anchor="middle">{share:g}</text>' for share in (0, 0.5, 1)]
    width = gap + len(diagrams) * (side + gap)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{side + 2 * gap}" '
            'font-family="system-ui, sans-serif"><title>Probability told, and how often it was so'
            '</title><rect width="100%" height="100%" fill="#fff"/>' + "".join(parts) + "</svg>\n")


def seconds(claims: int, places: int = 34) -> float:
    """Processor time for the beliefs of all places from ``claims`` claims, best of three."""
    tellers = tuple(Teller(f"agency{n}", holds_per_day=claims / places / DAYS / 20)
                    for n in range(20))
    theatre = simulate(Scenario(tellers), places, DAYS)
    evidence = theatre.evidence[:claims] if len(theatre.evidence) > claims else theatre.evidence
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        beliefs(evidence, theatre.places, START + timedelta(days=DAYS))
        best = min(best, time.process_time() - began)
    return best * claims / len(evidence)


def measure(rivals: Sequence[str] = RIVALS) -> dict[str, float]:
    """All of this benchmark's numbers, by name."""
    out: dict[str, float] = {}
    for scenario in SCENARIOS:
        for name, score in compare(scenario, rivals=rivals).items():
            out[f"belief.brier.{scenario}.{name}"] = round(score, 4)
    inside = total = 0.0
    for scenario in SCENARIOS:
        share, count, _ = coverage(scenario)
        out[f"belief.coverage90.{scenario}"] = round(share, 4)
        inside, total = inside + share * count, total + count
    out["belief.coverage90"] = round(inside / total, 4)
    for scenario in SCENARIOS:
        error = calibration_error(reliability(scenario))
        out[f"belief.calibration_error.{scenario}"] = round(error, 4)
    out["belief.seconds_34x10000"] = round(seconds(10_000), 3)
    out["belief.seconds_34x20000"] = round(seconds(20_000), 3)
    return out


def main() -> None:
    """Print the numbers, or write them into a JSON file of results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="a file of results to add to")
    parser.add_argument("--diagram", type=Path, help="write the reliability diagrams into this SVG")
    given = parser.parse_args()
    if given.diagram:
        given.diagram.write_text(diagram_svg({s: reliability(s) for s in SCENARIOS}), "utf8")
        return
    found = measure()
    tell(found, given.json)


if __name__ == "__main__":
    main()
