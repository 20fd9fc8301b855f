"""What the benchmarks of dates and relations take from their corpora, and how they count."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.reading_rivals import gum, span_of_value
from benchmarks.relations import (
    FIGHT_WORDS,
    PARTIES,
    Count,
    documents,
    figures,
    guessed,
    markable,
    pairs_of,
    same,
)
from whoholds.core import Claim, Mention, Report, Source, Span
from whoholds.language import Reader

GUM = """# newdoc id = GUM_news_one
# meta::dateCreated = 2006-02-24

# sent_id = GUM_news_one-1
# text = It fell on Thursday.
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_
4\tThursday\tThursday\tPROPN\tNNP\t_\t2\tobl\t_\tXML=<date when:::"2006-02-23"></date>

# sent_id = GUM_news_one-2
# text = Each September, from 1971 on, it rains.
2\tSeptember\tSeptember\tPROPN\tNNP\t_\t8\tobl\t_\tXML=<date when:::"--09"></date>
5\t1971\t1971\tNUM\tCD\t_\t8\tobl\t_\tXML=<date notBefore:::"1971"></date>

# newdoc id = GUM_bio_two
# meta::dateCreated = 2017-01-02

# sent_id = GUM_bio_two-1
# text = She died in 1971.
4\t1971\t1971\tNUM\tCD\t_\t2\tobl\t_\tXML=<date rend:::"x" when:::"1971"></date>
"""
TEXT = "The rebels attacked the army in Norwick. The army holds Norwick."
REBELS, ARMY, TOWN = Span(0, 10), Span(20, 28), Span(32, 39)
LATER, HELD = Span(41, 49), Span(56, 63)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder as re3d has it."""
    kinds = {REBELS: "Organisation", ARMY: "Organisation", TOWN: "Location",
             LATER: "Organisation", HELD: "Location"}
    relations = [("FightingAgainst", REBELS, ARMY), ("FightingAgainst", ARMY, REBELS),
                 ("InChargeOf", LATER, HELD), ("InChargeOf", LATER, REBELS)]
    rows: dict[str, list[dict[str, object]]] = {
        "documents": [{"_id": "one", "text": TEXT}],
        "entities": [{"documentId": "one", "begin": s.start, "end": s.end, "type": t}
                     for s, t in kinds.items()],
        "relations": [{"documentId": "one", "type": t, "sourceBegin": a.start, "sourceEnd": a.end,
                       "targetBegin": b.start, "targetEnd": b.end} for t, a, b in relations]}
    for folder in ("UK Government", "Wikipedia"):
        (tmp_path / folder).mkdir()
        for name, own in rows.items():
            lines = "\n".join(json.dumps(row) for row in own) if folder == "Wikipedia" else ""
            (tmp_path / folder / f"{name}.json").write_text(lines, "utf-8-sig")
    return tmp_path


def test_dates_of_gum_with_their_sentence_and_the_day_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "gum.conllu"
    path.write_text(GUM, "utf8")
    (news,) = gum([path], frozenset({"news"}), 1)
    assert (news.text, news.published) == ("It fell on Thursday.", date(2006, 2, 24))
    assert news.days == (date(2006, 2, 23), date(2006, 2, 23))
    (bio,) = gum([path], frozenset({"bio"}), 1)
    assert bio.days == span_of_value("1971") == (date(1971, 1, 1), date(1971, 12, 31))


def test_relations_as_re3d_marks_them(corpus: Path) -> None:
    (document,) = documents(corpus / "Wikipedia")
    assert document.fights == {frozenset({REBELS, ARMY})}      # the two orders are one pair
    assert document.holds == {frozenset({LATER, HELD})}
    assert document.leads == 1
    assert list(documents(corpus / "UK Government")) == []


def test_parties_of_a_claim_are_a_pair() -> None:
    def mention(span: Span) -> Mention:
        return Mention(span, span.of(TEXT), "description", span.of(TEXT).split()[-1])

    told = Claim("r", "attack", Span(0, 39), Span(0, 39), (Source("Outlet", "outlet"),),
                 actor=mention(REBELS), place=mention(TOWN))
    fight = replace(told, counterpart=mention(ARMY))
    assert pairs_of([fight], frozenset({"attack"})) == {frozenset({REBELS, ARMY})}
    assert pairs_of([fight], frozenset({"gain", "hold"})) == frozenset()
    assert pairs_of([told], frozenset({"attack"})) == {frozenset({REBELS, TOWN})}
    dead = replace(told, kind="casualty")
    assert pairs_of([dead], frozenset({"casualty"})) == frozenset()     # where, not whom
    alone = replace(told, actor=None)
    assert pairs_of([alone], frozenset({"attack"})) == frozenset()


def test_pairs_match_in_either_order_by_overlap() -> None:
    assert same(frozenset({Span(0, 5), Span(20, 25)}), frozenset({Span(22, 30), Span(3, 9)}))
    assert not same(frozenset({Span(0, 5), Span(20, 25)}), frozenset({Span(5, 9), Span(22, 30)}))
    assert markable(frozenset({Span(0, 5), Span(20, 25)}), [Span(4, 6), Span(20, 21)])
    assert not markable(frozenset({Span(0, 5), Span(20, 25)}), [Span(4, 22)])


def test_what_is_not_marked_counts_neither_way() -> None:
    count = Count()
    gold = frozenset({frozenset({REBELS, ARMY}), frozenset({LATER, HELD})})
    said = frozenset({frozenset({REBELS, ARMY}), frozenset({REBELS, TOWN}),
                      frozenset({REBELS, Span(11, 19)})})
    count.add(gold, said, [REBELS, ARMY, TOWN, LATER, HELD])
    assert count.figures("x") == {"x_said": 2, "x_precision": 0.5, "x_recall": 0.5}


def test_both_read_a_plain_sentence(corpus: Path) -> None:
    reader = Reader.load()
    found = figures(corpus, reader)
    for what in ("fights", "holds"):
        assert found[f"relations.re3d.{what}.n"] == 1
        assert found[f"relations.re3d.{what}.whoholds_recall"] == 1
        assert found[f"relations.re3d.{what}.whoholds_precision"] == 1
    (document,) = documents(corpus / "Wikipedia")
    parse = reader.parse(Report(TEXT, "Outlet"))
    assert guessed(parse, document.marks, FIGHT_WORDS, PARTIES) == {frozenset({REBELS, ARMY})}
    assert guessed(parse, document.marks, frozenset({"swim"}), PARTIES) == frozenset()
