"""How probable claims are said to be, and how often they are right.

``python -m benchmarks.confidence --model FOLDER --json docs/accuracy.json --diagram
docs/reliability-claims.svg`` measures the claims of the cases for development: each by weights
that were fitted without its tenth of the cases, on marks of a reader whose layers for events did
not learn from them (FOLDER, see ``training/confidence.py``). Beside them stands what the codebook
says of the frame. With ``--parts`` the shipped reader and the shipped weights are measured on other
parts of the cases, in which case no folder is needed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from math import exp
from pathlib import Path

from benchmarks.belief import by_tenth, calibration_error, diagram_svg
from benchmarks.figures import tell
from training.confidence import PARTS, Sample, held_out, samples, table
from whoholds.claims.confidence import UNSURE_TYPE, Features, shipped
from whoholds.language import Reader

Told = list[tuple[float, bool]]
UNSURE = 0.75
"""What the probability of a frame was multiplied by where its slots were of the right type only
possibly, when that was all that made a claim's."""


def of_frame(features: Features) -> float:
    """A claim's probability by its frame alone, or for a hunch by the reader's mark."""
    unsure = any(name.endswith(UNSURE_TYPE) for name, _ in features)
    return (UNSURE if unsure else 1.0) / (1 + exp(-dict(features)["frame"]))


def brier(told: Told) -> float:
    """Mean square of what is told less what was so: 0 is best."""
    return sum((p - so) ** 2 for p, so in told) / len(told)


def auc(told: Told) -> float:
    """How often a right claim is more probable than a wrong one; equal ones count half."""
    ranks: dict[float, list[int]] = {}
    for p, so in told:
        ranks.setdefault(p, [0, 0])[so] += 1
    below = pairs = 0.0
    for p in sorted(ranks):
        wrong, right = ranks[p]
        pairs += right * (below + wrong / 2)
        below += wrong
    return pairs / (below * (len(told) - below))


def figures(prefix: str, told: Told, by_frames: Told) -> dict[str, float]:
    """The figures of claims' probabilities, and of those by frames, under a prefix."""
    return {
        f"{prefix}.claims": len(told),
        f"{prefix}.right": round(sum(so for _, so in told) / len(told), 3),
        f"{prefix}.brier": round(brier(told), 4),
        f"{prefix}.brier_of_frames": round(brier(by_frames), 4),
        f"{prefix}.auc": round(auc(told), 3),
        f"{prefix}.auc_of_frames": round(auc(by_frames), 3),
        f"{prefix}.calibration_error": round(calibration_error(by_tenth(told)), 4),
        f"{prefix}.calibration_error_of_frames": round(calibration_error(by_tenth(by_frames)), 4)}


def by_frames(found: Sequence[Sample]) -> Told:
    return [(of_frame(list(s.features)), s.right) for s in found]


def main() -> None:
    """Measure, print, draw, and add to the file of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.confidence", description=__doc__)
    parser.add_argument("--model", type=Path, help="folder of a reader that has not seen the cases")
    parser.add_argument("--parts", nargs="+", help="other parts of the cases")
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    parser.add_argument("--diagram", type=Path, help="write the reliability diagrams into this SVG")
    given = parser.parse_args()
    if (given.model is None) == (given.parts is None):
        parser.error("either --model or --parts")
    if given.parts:
        reader, weights = Reader.load(), shipped()
        for part in given.parts:
            found = samples((part,), reader)
            told = [(weights.probability(s.features), s.right) for s in found]
            tell(figures(f"claims.confidence.{part}", told, by_frames(found)), given.json, 1)
        return
    found = samples(PARTS, Reader.load(given.model))
    told = [(p, s.right) for p, s in zip(held_out(table(found)).tolist(), found, strict=True)]
    tell(figures("claims.confidence", told, by_frames(found)), given.json, 1)
    if given.diagram:
        given.diagram.write_text(diagram_svg({
            "by the frame alone": by_tenth(by_frames(found)), "as told": by_tenth(told)}), "utf8")


if __name__ == "__main__":
    main()
