"""The measure of the attribution benchmark."""

from __future__ import annotations

from benchmarks.attribution import Pair, gold_pairs, matches, overlap, read_pairs
from whoholds.core import Report
from whoholds.language import Reader

TEXT = "The port fell, the mayor said. He hopes for aid."
ANNOTATION = """T1\tSource 15 24\tthe mayor
T2\tCue 25 29\tsaid
T3\tContent 0 13\tThe port fell
T4\tSource 31 33\tHe
T5\tContent 40 47\tfor aid
T6\tCue 34 39\thopes
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
E2\tAttribution:T6 Source:T4 Content:T5
E3\tAttribution:T6 Source:T4
"""


def test_pairs_of_an_annotation() -> None:
    first, second = gold_pairs(TEXT, ANNOTATION)
    assert (len(first.source), len(first.content), first.cue) == (2, 3, "said")
    assert (len(second.source), len(second.content)) == (1, 2)


def test_what_is_read_matches_what_is_marked() -> None:
    found = read_pairs(Report(TEXT, "Outlet"), Reader.load())
    assert matches(gold_pairs(TEXT, ANNOTATION)[:1], found, 0.8) == 1


def test_a_match_needs_source_and_most_of_the_content() -> None:
    gold = [Pair(frozenset({1, 2}), frozenset(range(10, 20)))]
    assert matches(gold, [Pair(frozenset({2}), frozenset(range(10, 18)))], 0.8) == 1
    assert matches(gold, [Pair(frozenset({3}), frozenset(range(10, 18)))], 0.8) == 0
    assert matches(gold, [Pair(frozenset({2}), frozenset(range(10, 17)))], 0.8) == 0
    assert matches(gold, [Pair(frozenset({2}), frozenset(range(10, 30)))], 0.8) == 0
    assert overlap(frozenset(), frozenset()) == 0
