"""Literate cases: what an analyst writes is what the scorer reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whoholds.core import InputError, Interval
from whoholds.evaluation import read_cases, read_gold

CASES = Path(__file__).parents[1] / "cases"
TEXT = """# Title

About this file.

## Two towns
Outlet: Herald
Published: 2031-04-02

> Rebels took Aville,
> a spokesman said.
>
> At least two tanks were lost.

- gain | actor: Rebels | place: Aville | time: ..2031-04-02 | sources: Herald > spokesman
  | or kind: hold | or denied | "took Aville"
- seize | denied | planned | optional | actor: - | time: 2031-04-02.. | quantity: 2 at-least tank
  | "At least two tanks"

## Nothing
Outlet: Herald
Published: 2031-04-03

> Nothing happened.

- none
"""


def test_a_case_is_a_report_with_gold_claims() -> None:
    towns, nothing = read_cases(TEXT, "f.md")
    assert towns.report.text == ("Rebels took Aville, a spokesman said.\n"
                                 "At least two tanks were lost.")
    assert towns.report.published == Interval.of_days(date(2031, 4, 2))
    gain, seize = read_gold("\n".join(towns.gold), "f.md")
    assert gain.span.of(towns.report.text) == "took Aville"
    assert (gain.kind, gain.actor, gain.place, gain.earliest, gain.latest) == (
        "gain", "Rebels", ("Aville",), None, date(2031, 4, 2))
    assert gain.sources == ("Herald", "spokesman")
    assert {(a.kind, a.polarity) for a in gain.alternatives} == {
        ("hold", "affirmed"), ("gain", "denied"), ("hold", "denied")}
    assert (seize.polarity, seize.modality, seize.core, seize.actor) == (
        "denied", "planned", False, None)
    assert seize.quantity is not None
    assert (seize.quantity.value, seize.quantity.bound, seize.quantity.unit) == (
        2, "at least", "tank")
    assert nothing.gold == ()


@pytest.mark.parametrize(("old", "new", "says"), [
    ("Outlet: Herald\nPublished: 2031-04-02", "Outlet: Herald", "needs an outlet"),
    ("2031-04-02\n\n>", "2 April\n\n>", "no day"),
    ('"took Aville"', '"took Beeton"', "f.md:14: not in the report"),
    ("actor: Rebels", "actress: Rebels", "not a field"),
    ("..2031-04-02", "2031-04-02", "EARLIEST..LATEST"),
])
def test_a_broken_case_is_told_with_file_and_line(old: str, new: str, says: str) -> None:
    with pytest.raises(InputError, match=r"f\.md:\d+: .*") as caught:
        read_cases(TEXT.replace(old, new, 1), "f.md")
    assert says in str(caught.value)


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.md")), ids=lambda p: p.stem)
def test_every_case_file_reads(path: Path) -> None:
    cases = read_cases(path.read_text("utf8"), path.name)
    assert cases
    for case in cases:
        for gold in read_gold("\n".join(case.gold), path.name):
            assert gold.evidence == gold.span.of(case.report.text)
