"""Hunches: what the reader marks becomes a claim where no frame speaks, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.claims.trees import sentence
from whoholds.claims.codebook import load_codebook
from whoholds.claims.confidence import CLAIM_P
from whoholds.claims.frames import Match, Matcher, chosen
from whoholds.claims.hunches import BORNE_OUT, HEARD_P, HUNCH_P, heard, hunches
from whoholds.claims.propositions import propositions
from whoholds.claims.trees import Tree
from whoholds.core import Event
from whoholds.settings import settings_from

BOOK = load_codebook()
VERB = """
# name = 5 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 {form} {lemma} VERB Tense=Past|VerbForm=Fin 0 root
3 into into ADP _ 5 case
4 old old ADJ _ 5 amod
5 Norwick Norwick PROPN Number=Sing 2 obl
6 yesterday yesterday NOUN _ 2 obl:unmarked
"""


def read(form: str, lemma: str, *events: Event) -> tuple[list[Match], list[Match]]:
    """What the frames tell of a sentence, and what hunches add."""
    tree = Tree(replace(sentence(VERB.format(form=form, lemma=lemma)), events=events))
    matcher = Matcher(tree, BOOK)
    told = chosen([m for p in propositions(tree) for m in matcher.matches(p)])
    return told, hunches(matcher, BOOK, told)


def heads(match: Match) -> dict[str, tuple[int, ...]]:
    return {name: filled.heads for name, filled in match.fillers}


def test_an_unknown_verb_that_the_reader_marks() -> None:
    told, found = read("glorped", "glorp", Event(1, "enter", 0.9, (0,), (), (4,)))
    assert told == []
    assert [m.frame.kind for m in found] == ["enter"]
    assert heads(found[0]) == {"place": (4,), "actor": (0,)}
    assert found[0].frame.confidence_p == round(BORNE_OUT * 0.9, 2)


def test_a_frame_goes_before_a_hunch() -> None:
    told, found = read("marched", "march", Event(1, "gain", 0.9, (0,), (), (4,)))
    assert [m.frame.kind for m in told] == ["enter"]
    assert found == []


@pytest.mark.parametrize("event", [
    Event(1, "enter", HUNCH_P / 2, (0,), (), (4,)),          # unsure
    Event(5, "enter", 0.9)])                                # nowhere
def test_marks_that_say_too_little(event: Event) -> None:
    assert read("glorped", "glorp", event) == ([], [])


def test_the_grammar_gives_what_the_reader_left_open() -> None:
    _, found = read("glorped", "glorp", Event(1, "enter", 0.9))
    assert heads(found[0]) == {"place": (4,), "actor": (0,)}


def test_words_of_the_wrong_type_fill_nothing() -> None:
    _, found = read("glorped", "glorp", Event(1, "attack", 0.9, (3,), (), (5,)))
    assert heads(found[0]) == {"place": (4,), "actor": (0,)}


def test_one_event_is_told_once() -> None:
    _, found = read("glorped", "glorp", Event(1, "enter", 0.9, (0,), (), (4,)),
                    Event(3, "enter", 0.6, (), (), (4,)))
    assert len(found) == 1


def test_the_setting_begins_where_the_stage_does() -> None:
    assert settings_from({}, {})["read.hunch_p"] == HUNCH_P
    assert settings_from({}, {})["read.claim_p"] == CLAIM_P


@pytest.mark.parametrize(("event", "stays"), [
    (Event(1, "gain", 0.9), True),                 # a frame may know the kind better
    (Event(1, "enter", HEARD_P / 2), False),       # another sense of the word
    (Event(4, "enter", 0.9), True),                # beside it
    (Event(3, "enter", 0.9), False)])              # elsewhere
def test_a_frame_wants_some_mark_near_its_words(event: Event, stays: bool) -> None:
    read = sentence(VERB.format(form="marched", lemma="march"))
    for doubts, left in (((0.0,) * 6, stays), ((), True)):      # no doubts: nothing is told
        matcher = Matcher(Tree(replace(read, events=(event,), doubts=doubts)), BOOK)
        told = chosen([m for p in propositions(matcher.tree) for m in matcher.matches(p)])
        assert len(told) == 1
        assert heard(matcher, told) == (told if left else [])


def test_what_hills_surround_nobody_besieges() -> None:
    text = """
# name = 1 LOC
1 Norwick Norwick PROPN Number=Sing 3 nsubj:pass
2 is be AUX VerbForm=Fin 3 aux:pass
3 ringed ring VERB VerbForm=Part 0 root
4 by by ADP _ 5 case
5 {by} {lemma} NOUN Number=Plur 3 obl
"""
    for by, lemma, count in (("hills", "hill", 0), ("rebels", "rebel", 1)):
        tree = Tree(replace(sentence(text.format(by=by, lemma=lemma)),
                            events=(Event(2, "encircle", 0.9, (), (), (0,)),)))
        assert len(hunches(Matcher(tree, BOOK), BOOK, ())) == count


@pytest.mark.parametrize(("tree", "dead"), [
    # up to ten dead; 26 dead
    ("1 Shells shell NOUN _ 0 root\n2 , , PUNCT _ 4 punct\n3 ten ten NUM _ 4 nummod\n"
     "4 dead dead ADJ _ 1 parataxis", 3),
    ("1 Shells shell NOUN _ 0 root\n2 ; ; PUNCT _ 4 punct\n3 26 26 NUM _ 4 nsubj\n"
     "4 dead dead ADJ _ 1 parataxis", 2),
])
def test_the_number_before_what_befell_them_is_counted(tree: str, dead: int) -> None:
    matcher = Matcher(Tree(replace(sentence(tree), events=(Event(3, "casualty", 0.9),))), BOOK)
    assert [heads(m) for m in hunches(matcher, BOOK, [])] == [{"object": (dead,)}]


def test_an_adverb_with_a_copula_is_its_own_predicate() -> None:
    """*said that it held the port and that its men would be back in the city*"""
    tree = Tree(replace(sentence("""
1 It it PRON _ 2 nsubj
2 held hold VERB Tense=Past|VerbForm=Fin 0 root
3 and and CCONJ _ 7 cc
4 men man NOUN Number=Plur 7 nsubj
5 would would AUX VerbForm=Fin 7 aux
6 be be AUX VerbForm=Inf 7 cop
7 back back ADV _ 2 advmod
8 in in ADP _ 9 case
9 Norwick Norwick PROPN Number=Sing 7 obl
"""), events=(Event(6, "enter", 0.9, (3,), (), (8,)),)))
    assert [m.proposition.head for m in hunches(Matcher(tree, BOOK), BOOK, ())] == [6]


def test_who_is_asked_after_has_done_nothing() -> None:
    text = """
# name = 3 LOC
1 {who} {lemma} {tag} _ 2 nsubj
2 commands command VERB Tense=Pres|VerbForm=Fin 0 root
3 Norwick Norwick PROPN Number=Sing 2 obj
4 ? ? PUNCT _ 2 punct
"""
    for who, count in (("Who who PRON", 0), ("Rebels rebel NOUN", 1)):
        form, lemma, tag = who.split()
        tree = Tree(replace(sentence(text.format(who=form, lemma=lemma, tag=tag)),
                            events=(Event(1, "hold", 0.9),)))
        assert len(hunches(Matcher(tree, BOOK), BOOK, ())) == count


def test_fighting_for_a_place_is_told_by_what_it_is_for() -> None:
    tree = Tree(replace(sentence("""
# name = 7 LOC
1 Heavy heavy ADJ _ 2 amod
2 fighting fighting NOUN _ 3 nsubj
3 raged rage VERB Tense=Past|VerbForm=Fin 0 root
4 for for ADP _ 5 case
5 control control NOUN _ 3 obl
6 of of ADP _ 7 case
7 Norwick Norwick PROPN Number=Sing 5 nmod
"""), events=(Event(1, "clash", 0.9, (), (6,)),)))
    matcher = Matcher(tree, BOOK)
    told = chosen([m for p in propositions(tree) for m in matcher.matches(p)])
    assert [m.frame.kind for m in told] == ["contest"]
    assert hunches(matcher, BOOK, told) == []
    assert [m.frame.kind for m in hunches(matcher, BOOK, [])] == ["clash"]


def test_a_construction_is_heard_where_the_reader_sees_no_event_at_all() -> None:
    tree = Tree(replace(sentence("""
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 claimed claim VERB Tense=Past|VerbForm=Fin 0 root
3 responsibility responsibility NOUN _ 2 obj
"""), doubts=(0.0, 0.0, 0.0)))
    matcher = Matcher(tree, BOOK)
    found = chosen([m for p in propositions(tree) for m in matcher.matches(p)])
    assert [m.frame.kind for m in heard(matcher, found)] == ["attack"]
    beside = Tree(replace(tree.sentence, events=(Event(0, "deploy", 0.02),)))
    assert [m.frame.kind for m in heard(Matcher(beside, BOOK), found)] == []


def test_a_construction_beside_a_force_is_heard() -> None:
    """*The Ostmark surge began*, where other sentences tell of Ostmark's fighters"""
    tree = Tree(replace(sentence("""
1 The the DET _ 3 det
2 Ostmark Ostmark PROPN _ 3 compound
3 surge surge NOUN _ 4 nsubj
4 began begin VERB Tense=Past|VerbForm=Fin 0 root
5 in in ADP _ 6 case
6 May May PROPN _ 4 obl
"""), doubts=(0.0,) * 6, events=(Event(5, "deploy", 0.02),)))
    matcher = Matcher(tree, BOOK)
    found = chosen([m for p in propositions(tree) for m in matcher.matches(p)])
    assert [m.frame.kind for m in heard(matcher, found)] == []
    assert [m.frame.kind for m in heard(matcher, found, forces={"Ostmark"})] == ["attack"]


def test_the_town_that_names_a_road_is_not_held_as_well() -> None:
    """*the road to Norwick fell* and *the road and Norwick fell*"""
    for case, rel, held in (("to", "nmod", (0,)), ("and", "conj", (0, 2))):
        tree = Tree(replace(sentence(f"""
# name = 3 LOC
1 Road road NOUN Number=Sing 4 nsubj
2 {case} {case} {"ADP _ 3 case" if rel == "nmod" else "CCONJ _ 3 cc"}
3 Norwick Norwick PROPN Number=Sing 1 {rel}
4 tumbled tumble VERB Tense=Past|VerbForm=Fin 0 root
"""), events=(Event(3, "gain", 0.9, (), (), (0, 2)),)))
        assert [heads(m)["place"] for m in hunches(Matcher(tree, BOOK), BOOK, ())] == [held]
