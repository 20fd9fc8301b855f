"""The figures on file are what the shipped reader gives when it is measured again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.measure import gold_words, load, names_of, raw_text
from whoholds.language import Reader

FIGURES = json.loads((Path(__file__).parents[2] / "docs/accuracy.json").read_text("utf8"))


@pytest.mark.long
def test_trees_measured_again(shared: Path) -> None:
    docs = load(shared / "data/ud_english_ewt/en_ewt-ud-test.conllu")
    reader = Reader.load()
    gold, raw = gold_words(reader, docs), raw_text(reader, docs)
    assert gold["las"] == pytest.approx(FIGURES["ewt_test.gold.las"], abs=0.05)
    assert gold["upos"] == pytest.approx(FIGURES["ewt_test.gold.upos"], abs=0.05)
    assert raw["las"] == pytest.approx(FIGURES["ewt_test.raw.las"], abs=0.05)


@pytest.mark.long
def test_names_measured_again(shared: Path) -> None:
    scores = names_of(Reader.load(), [shared / "data/ner_uner/en_pud-ud-test.iob2"], 2,
                      {"PER": "PER", "ORG": "ORG", "LOC": "LOC"})
    assert scores["f1"] == pytest.approx(FIGURES["ner.uner_pud.f1"], abs=0.05)
