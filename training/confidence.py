"""Fits the weights of claims' probabilities: ``python -m training.confidence --model FOLDER``.

Learns from the claims that are read from the literate cases for development: each is right or not
as ``whoholds.evaluation`` matches it with the gold ones, one to one. The shipped reader's layers
for events learned from the same cases, and would be surer there than of any other text; the folder
is that of a reader whose layers did not (``python -m training.event_layers --without-cases``). The
fit is a logistic regression with a penalty on the squares of the weights, by Newton's method (Le
Cessie and van Houwelingen, Applied Statistics 41 (1992) 191-201). How strong the penalty is,
cross-validation says, by case: the claims of one case are of one fold. Seconds, after minutes of
reading on one processor core; no chance is involved.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whoholds.claims import extract
from whoholds.claims.confidence import FILE, SILENT, Features, Weights
from whoholds.core import Claim, Report, Resolved
from whoholds.evaluation import Case, ClaimsScore, read_cases
from whoholds.language import Reader
from whoholds.pipeline import open_ledger
from whoholds.pipeline.scoring import score_cases

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
SHIPPED = ROOT / "src" / "whoholds" / "claims" / FILE
PARTS = ("dev", "opened", "opened2")
FOLDS = 10
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
STEPS = 12           # of Newton's method; the last ones change nothing
RARE = 20            # claims that a feature must speak of, to have a weight
# what the reader says of a claim: where it says nothing, its mean over all claims counts
READERS = ("mark", "mark missing", "mark of another kind", "fact, doubted", "no fact, not doubted",
           *(f"{role} {said}" for role in ("place", "actor")
             for said in ("marked but none", "marked elsewhere", "unmarked")))
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim of a case: what speaks for and against it, and whether it is right."""

    case: str
    kind: str
    features: tuple[tuple[str, float], ...]
    right: bool

    @property
    def fold(self) -> int:
        """The fold of its case."""
        return int(hashlib.sha256(self.case.encode()).hexdigest(), 16) % FOLDS


def samples(parts: Sequence[str], reader: Reader) -> list[Sample]:
    """The claims that a reader's parses give of parts of the cases."""
    found: dict[str, Features] = {}

    def note(claim: Claim, features: Features) -> float:
        found[claim.id] = features
        return 1.0

    cases = [case for part in parts for path in sorted((CASES / part).glob("*.md"))
             for case in read_cases(path.read_text("utf8"), f"{part}/{path.name}")]
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "c.db") as desk:
        def understand(report: Report) -> tuple[tuple[Claim, ...], Resolved]:
            parse = reader.parse(report)
            claims = extract(report, parse, desk.stages.codebook,
                             desk.stages.resolver.is_place, weigh=note)
            read.extend(claims)
            return claims, desk.stages.resolver.resolve(report, parse, claims)

        read: list[Claim] = []
        score = score_cases(desk, cases, understand=understand)
    return list(_judged(cases, read, score, found))


def _judged(cases: Iterable[Case], claims: Iterable[Claim], score: ClaimsScore,
            found: dict[str, Features]) -> Iterable[Sample]:
    """Claims with whether they are right: matched, or not needed and allowed. In a case that lists
    none every claim is wrong. Claims that were not weighed (echoes of others) are left out."""
    told = {case.report.id: case for case in cases}
    wrong = {a.predicted.claim.id for a in score.false_alarms}
    for claim in claims:
        if claim.id in found:
            case = told[claim.report_id]
            yield Sample(case.name, claim.kind, tuple(found[claim.id]),
                         bool(case.gold) and claim.id not in wrong)


@dataclass(frozen=True, slots=True)
class Table:
    """Samples as numbers: features [N, names], whether right [N], folds [N]."""

    names: tuple[str, ...]
    values: Reals
    right: Reals
    folds: NDArray[np.int64]


def table(found: Sequence[Sample], rare: int = RARE) -> Table:
    """The samples with the features that speak of enough of them."""
    counts: dict[str, int] = {}
    for sample in found:
        for name, _ in sample.features:
            counts[name] = counts.get(name, 0) + 1
    names = tuple(sorted(n for n, count in counts.items() if count >= rare and n != SILENT))
    column = {name: i for i, name in enumerate(names)}
    values = np.zeros((len(found), len(names)))
    for row, sample in enumerate(found):
        for name, value in sample.features:
            if name in column:
                values[row, column[name]] += value
    return Table(names, values, np.array([float(s.right) for s in found]),
                 np.array([s.fold for s in found]))


def fit(values: Reals, right: Reals, penalty: float) -> Reals:
    """The intercept, which is not penalised, and the weights [1 + names], in log-odds."""
    x = np.hstack([np.ones((len(values), 1)), values])
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = probabilities(x[:, 1:], weights)
        slope = x.T @ (right - p) - ridge * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def probabilities(values: Reals, weights: Reals) -> Reals:
    """Of being right, for each row [N]."""
    found: Reals = 1 / (1 + np.exp(-(weights[0] + values @ weights[1:])))
    return found


def loss(p: Reals, right: Reals) -> float:
    """Mean log loss, in nats."""
    return float(-np.mean(np.log(np.where(right > 0, p, 1 - p))))


def held_out(of: Table, penalty: float | None = None) -> Reals:
    """The probability of each claim by weights that were fitted without its fold, with a penalty
    that was chosen without it, unless one is given."""
    found = np.zeros(len(of.right))
    for fold in sorted(set(of.folds.tolist())):
        out = of.folds == fold
        rest = Table(of.names, of.values[~out], of.right[~out], of.folds[~out])
        weights = fit(rest.values, rest.right, penalty or best_penalty(rest))
        found[out] = probabilities(of.values[out], weights)
    return found


def best_penalty(of: Table) -> float:
    """The penalty of least log loss on held-out folds."""
    return min(PENALTIES, key=lambda penalty: loss(held_out(of, penalty), of.right))


def weights_of(found: Sequence[Sample]) -> Weights:
    """The weights that all samples give. Where a reader tells nothing of events, what it would tell
    of a claim on the average counts."""
    of = table(found)
    fitted = fit(of.values, of.right, best_penalty(of))
    by_feature = dict(zip(of.names, fitted[1:].tolist(), strict=True))
    means = dict(zip(of.names, of.values.mean(0).tolist(), strict=True))
    by_feature[SILENT] = sum(by_feature[n] * means[n] for n in READERS if n in by_feature)
    return Weights(float(fitted[0]), by_feature)


HEAD = """
# What speaks for a claim and what against it, in log-odds: confidence.py says what the features
# are. Made by `python -m training.confidence`; never edited by hand.
""".lstrip()


def text_of(weights: Weights) -> str:
    """The file of weights."""
    lines = [f"  {name}: {weight:.3f}" for name, weight in sorted(weights.by_feature.items())]
    return f"{HEAD}intercept: {weights.intercept:.3f}\nweights:\n" + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True,
                        help="folder of a reader whose layers for events have not seen the cases")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the file of weights")
    a = parser.parse_args()
    found = samples(PARTS, Reader.load(a.model))
    of = table(found)
    share, held = float(of.right.mean()), held_out(of)
    print(f"{len(found)} claims of {len({s.case for s in found})} cases, {share:.3f} right; "
          f"penalty {best_penalty(of):g}; log loss on held-out folds {loss(held, of.right):.4f}, "
          f"of their share alone {loss(np.full(len(found), share), of.right):.4f}")
    a.out.write_text(text_of(weights_of(found)), "utf8")


if __name__ == "__main__":
    main()
