"""Words of war in other senses: nothing is claimed of them, and what is meant in earnest is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.claims.trees import sentence
from whoholds.claims import load_codebook
from whoholds.claims import senses as module
from whoholds.claims.extract import extract
from whoholds.claims.frames import Matcher
from whoholds.claims.propositions import propositions
from whoholds.claims.senses import other_sense, senses
from whoholds.claims.trees import Tree
from whoholds.core import DataError, Interval, Report
from whoholds.language import Reader

TABLE = Path(__file__).with_name("sense_sentences.txt")
BOOK = load_codebook()
TOOK = """
1 The the DET _ 2 det
2 {who} {who} NOUN _ 3 nsubj
3 took take VERB Tense=Past|VerbForm=Fin 0 root
4 Norwick Norwick PROPN _ 3 obj
5 by by ADP _ 6 case
6 surprise surprise NOUN _ 3 obl
"""


def gains(who: str) -> list[bool]:
    tree = Tree(sentence(TOOK.format(who=who)))
    matcher = Matcher(tree, BOOK)
    return [other_sense(tree, m) for p in propositions(tree) for m in matcher.matches(p)
            if m.frame.kind == "gain"]


def test_an_event_takes_nobody_but_by_surprise() -> None:
    assert set(gains("offensive")) == {True}
    assert set(gains("army")) == {False}


def test_every_construction_is_of_a_kind_of_the_codebook() -> None:
    assert set(senses()) <= set(BOOK.kinds)


@pytest.mark.parametrize("line", ["take", "take:x by:surprise", "take by:", "take surprise", "- 3"])
def test_a_construction_that_cannot_be_read(line: str) -> None:
    with pytest.raises(DataError):
        module._read(line, "senses.yaml: gain")


def test_sentences() -> None:
    reader = Reader.load()
    wrong = []
    for line in TABLE.read_text("utf8").splitlines():
        if line.startswith("#"):
            continue
        kind, sign, text = (part.strip() for part in line.split("|"))
        report = Report(text, "Wire", Interval.of_days(date(2031, 5, 2)), "manifest")
        found = {c.kind for c in extract(report, reader.parse(report), BOOK)}
        if (kind in found) != (sign == "+"):
            wrong.append(line)
    assert len(wrong) <= 1, wrong            # a wrong parse
