"""Corpora are brought to one scheme of names, which is written down."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.corpora import (
    NAME_SCHEMES,
    NAME_TAGS,
    NAME_TYPES,
    Sentence,
    as_headline,
    gum_names,
    longest,
    read_conllu,
)

PAGE = (Path(__file__).parents[2] / "docs/names.md").read_text("utf8")
CORPORA = {"wikigold": "Wikigold", "crossner": "CrossNER politics", "wnut": "WNUT 2017",
           "re3d": "re3d", "gum": "GUM", "ewt": "EWT, this project's marks"}
GUM = "\n".join("\t".join(row.split()) for row in """\
1 the the DET _ _ 3 det _ Entity=(1-person-x
2 Norish Norish ADJ _ _ 3 amod _ _
3 leader leader NOUN _ _ 4 nsubj _ _
4 Ann Ann PROPN _ _ 0 root _ Entity=(2-person-x
5 Roe Roe PROPN _ _ 4 flat _ Entity=2)1)
6 of of ADP _ _ 7 case _ _
7 Velm Velm PROPN _ _ 4 nmod _ Entity=(3-place-x)
8 today today NOUN _ _ 4 obl _ Entity=(4-time-x)""".splitlines())


@pytest.mark.parametrize("scheme", sorted(NAME_SCHEMES))
def test_the_page_has_the_mapping(scheme: str) -> None:
    for mark, kinds in NAME_SCHEMES[scheme].items():
        allowed = ", ".join("none" if k == "O" else k for k in kinds)
        assert set(kinds) <= {"O", *NAME_TYPES}
        assert f"| {CORPORA[scheme]} | {'*unmarked*' if mark == 'O' else mark} | {allowed} |" \
            in PAGE


def test_names_of_gum() -> None:
    rows = [line.split("\t") for line in GUM.splitlines()]
    assert gum_names(rows) == [(3, 5, "person"), (6, 7, "place"), (7, 8, "time")]


def test_a_treebank_file(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(f"# text = x\n{GUM}\n\n", "utf8")
    (sentence,) = read_conllu(path, with_names=True)
    assert sentence.heads[3] == 0
    assert [NAME_TAGS[tag] for tag in sentence.names[3]] == ["B-PER"]
    assert NAME_TAGS.index("O") in sentence.names[0]


def test_the_longest_of_overlapping_spans() -> None:
    assert longest([(0, 1, "a"), (0, 3, "b"), (2, 4, "c"), (4, 5, "d")]) == [(0, 3, "b"),
                                                                            (4, 5, "d")]


def test_headlines_keep_their_columns() -> None:
    sentence = Sentence(("Rebels", "took", "Velm", "."), ("NOUN", "VERB", "PROPN", "PUNCT"),
                        heads=(2, 0, 2, 2), names=(frozenset((0,)),) * 4)
    for seed in range(20):
        altered = as_headline(sentence, random.Random(seed))
        assert [w.lower() for w in altered.words] == ["rebels", "took", "velm"]
        assert len(altered.upos) == len(altered.heads) == len(altered.names) == 3
