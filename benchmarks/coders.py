"""How far two coders of the literate cases agree: ``python -m benchmarks.coders [--json FILE]``.

``tests/cases/again/`` holds paragraphs of ``tests/cases/opened2/`` with the claims of a second
coder, who was given the texts and the codebook's definitions. His first readings are scored
against the first coder's claims as a program's are, by the same scorer; places and parties are
compared by their words alone, for nothing is resolved. No program can be expected to agree with
one coder better than another coder does.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.figures import tell
from whoholds.core import Claim, Mention, Quantity, Source, Span
from whoholds.evaluation import (
    ClaimsScore,
    Gold,
    Predicted,
    content_words,
    read_cases,
    read_gold,
    score_claims,
)

CASES = Path(__file__).resolve().parent.parent / "tests/cases"


def golds_of(folder: Path) -> dict[str, tuple[Gold, ...]]:
    """The gold claims of a folder's cases, by the name of the case."""
    return {case.name: read_gold("\n".join(case.gold), path.name)
            for path in sorted(folder.glob("*.md"))
            for case in read_cases(path.read_text("utf8"), path.name)}


def as_predicted(gold: Gold) -> Predicted:
    """A coder's claim as if a program had made it."""
    def mention(text: str | None) -> Mention | None:
        return Mention(gold.span, text, "name", text) if text else None

    sources = tuple(Source(name.replace("(anonymous)", "").strip(), "unnamed" if name == "unnamed"
                           else "anonymous" if "(anonymous)" in name else "outlet",
                           anonymous="(anonymous)" in name) for name in gold.sources)
    amount = gold.quantity
    quantity = Quantity(amount.value, amount.bound, amount.unit,  # type: ignore[arg-type]
                        amount.high, amount.of, amount.parts) if amount else None
    return Predicted(gold.report, Claim(
        gold.report, gold.kind, gold.span, Span(gold.span.start, gold.span.end), sources,
        gold.polarity, gold.modality, mention(gold.actor), mention(gold.counterpart),
        mention(gold.place[0] if gold.place else None), gold.part, gold.interval(),
        quantity=quantity))


def same_place(predicted: Predicted, name: str) -> bool:
    """Whether a place's words are those of another, but for words that one of them adds."""
    mention = predicted.claim.place
    one = content_words(mention.text) if mention else frozenset()
    other = content_words(name)
    return bool(one and other) and (one <= other or other <= one)


def agreement(first: Path, second: Path) -> ClaimsScore:
    """The second coder's claims scored against the first's; left out are the second's optional
    claims that match nothing."""
    again, once = golds_of(second), golds_of(first)
    golds = [gold for name in again for gold in once[name]]
    made = [gold for own in again.values() for gold in own]
    core = score_claims(golds, [as_predicted(g) for g in made if g.core], same_place,
                        lambda name: None)
    every = score_claims(golds, [as_predicted(g) for g in made], same_place, lambda name: None)
    return ClaimsScore(
        type(core.overall)(every.overall.hits, every.overall.misses, core.overall.false_alarms),
        every.kinds, every.sources, every.time, every.quantity, every.false_facts,
        every.not_facts, every.hits, every.misses, core.false_alarms)


def figures() -> dict[str, float | None]:
    """Agreement, by key."""
    score = agreement(CASES / "opened2", CASES / "again")
    return {"claims.coders.n": score.overall.hits + score.overall.misses,
            "claims.coders.f1": round(score.overall.f1, 3),
            "claims.coders.sources_right": round(score.sources.correct / score.sources.n, 3),
            "claims.coders.time_right": round(score.time.correct / score.time.n, 3),
            "claims.coders.quantity_right": round(score.quantity.correct / score.quantity.n, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coders", description=__doc__)
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    given = parser.parse_args()
    tell(figures(), given.json, indent=1)


if __name__ == "__main__":
    main()
