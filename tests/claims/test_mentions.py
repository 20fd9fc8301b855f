"""Mentions: names, classes, parts, sets and containers, from hand-made trees."""

from __future__ import annotations

from tests.claims.trees import parse_of
from whoholds.claims.codebook import load_codebook
from whoholds.claims.mentions import MentionReader, PlaceReading
from whoholds.claims.trees import Tree

NOUNS = load_codebook().nouns


def places(conllu: str, form: str) -> list[PlaceReading]:
    report, parse = parse_of(conllu)
    tree = Tree(parse.sentences[0])
    head = next(w.index for w in tree.words if w.form == form)
    return MentionReader(report.text, tree, NOUNS).places(head)


def test_class_before_the_name() -> None:
    (one,) = places("""
# name = 5 LOC
1 the the DET _ 3 det
2 eastern eastern ADJ _ 3 amod
3 city city NOUN Number=Sing 0 root
4 of of ADP _ 5 case
5 Norwick Norwick PROPN _ 3 nmod
""", "city")
    assert (one.mention.text, one.mention.form) == ("Norwick", "name")
    assert one.mention.type_word == "city"
    assert one.part is None


def test_one_reading_for_each_of_a_list() -> None:
    found = places("""
# name = 4 LOC
# name = 6 LOC
1 the the DET _ 2 det
2 districts district NOUN Number=Plur 0 root
3 of of ADP _ 4 case
4 Alba Alba PROPN _ 2 nmod
5 and and CCONJ _ 6 cc
6 Berg Berg PROPN _ 4 conj
""", "districts")
    assert [(r.mention.text, r.mention.type_word) for r in found] == [
        ("Alba", "district"), ("Berg", "district")]


def test_part_is_no_place() -> None:
    (one,) = places("""
# name = 5 LOC
1 the the DET _ 3 det
2 northern northern ADJ _ 3 amod
3 outskirts outskirt NOUN Number=Plur 0 root
4 of of ADP _ 5 case
5 Norwick Norwick PROPN _ 3 nmod
""", "outskirts")
    assert one.mention.text == "Norwick"
    assert one.part == "northern outskirts"


def test_part_by_compound() -> None:
    (one,) = places("""
1 the the DET _ 3 det
2 city city NOUN Number=Sing 3 compound
3 centre centre NOUN Number=Sing 0 root
""", "centre")
    assert (one.mention.head, one.part) == ("city", "centre")


def test_named_facility() -> None:
    (one,) = places("""
# name = 2 LOC
1 the the DET _ 4 det
2 Torv Torv PROPN _ 4 compound
3 border border NOUN _ 4 compound
4 crossing crossing NOUN Number=Sing 0 root
""", "crossing")
    assert (one.mention.text, one.mention.form) == ("Torv border crossing", "name")
    assert one.mention.type_word == "border crossing"


def test_set_with_container_and_quantifier() -> None:
    (one,) = places("""
# name = 3 LOC
1 all all DET _ 6 nmod
2 of of ADP _ 6 case
3 Ruritania Ruritania PROPN _ 6 nmod:poss
4 ’s 's PART _ 3 case
5 border border NOUN _ 6 compound
6 crossings crossing NOUN Number=Plur 0 root
""", "crossings")
    assert one.mention.plural
    assert one.mention.container == "Ruritania"
    assert one.mention.type_word == "border crossing"


def test_name_in_apposition() -> None:
    (one,) = places("""
# name = 2 NORP
# name = 4 LOC
1 the the DET _ 3 det
2 Ruritanian Ruritanian ADJ _ 3 amod
3 capital capital NOUN Number=Sing 0 root
4 Norwick Norwick PROPN _ 3 appos
""", "capital")
    assert (one.mention.text, one.mention.type_word) == ("Norwick", "capital")


def test_actor_behind_a_number() -> None:
    report, parse = parse_of("""
1 hundreds hundred NOUN Number=Plur 0 root
2 of of ADP _ 4 case
3 Ruritanian Ruritanian ADJ _ 4 amod
4 soldiers soldier NOUN Number=Plur 1 nmod
""")
    reader = MentionReader(report.text, Tree(parse.sentences[0]), NOUNS)
    assert reader.actor(0).text == "Ruritanian soldiers"
