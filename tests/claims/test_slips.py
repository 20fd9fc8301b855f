"""Slips in clauses: the words go where they belong, and right trees stay as they are."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.slips import mended_words


def relations(conllu: str) -> dict[str, tuple[str, str]]:
    words = mended_words(sentence(conllu).words)
    return {w.form: (words[w.head].form if w.head >= 0 else "", w.deprel) for w in words}


def test_what_goes_on_behind_a_report_is_what_is_reported() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 2 nsubj
2 fell fall VERB VerbForm=Fin 5 ccomp
3 , , PUNCT _ 2 punct
4 officers officer NOUN _ 5 nsubj
5 predict predict VERB VerbForm=Fin 0 root
6 , , PUNCT _ 9 punct
7 and and CCONJ _ 9 cc
8 could could AUX VerbForm=Fin 9 aux
9 burn burn VERB VerbForm=Inf 5 conj
""")
    assert found["burn"] == ("fell", "conj")


def test_what_the_sayer_adds_stays_the_sayers() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 2 nsubj
2 fell fall VERB VerbForm=Fin 5 ccomp
3 , , PUNCT _ 2 punct
4 officers officer NOUN _ 5 nsubj
5 said say VERB VerbForm=Fin 0 root
6 , , PUNCT _ 8 punct
7 and and CCONJ _ 8 cc
8 added add VERB VerbForm=Fin 5 conj
""")
    assert found["added"] == ("said", "conj")


def test_an_infinitive_goes_on_from_the_verb_above() -> None:
    found = relations("""
1 They they PRON _ 2 nsubj
2 plan plan VERB VerbForm=Fin 0 root
3 to to PART _ 4 mark
4 cross cross VERB VerbForm=Inf 2 xcomp
5 the the DET _ 6 det
6 river river NOUN _ 4 obj
7 and and CCONJ _ 8 cc
8 march march VERB VerbForm=Inf 6 conj
9 on on ADP _ 10 case
10 Norwick Norwick PROPN _ 8 nmod
""")
    assert found["march"] == ("cross", "conj")
    assert found["Norwick"] == ("march", "obl")


def test_who_has_a_place_surrounded() -> None:
    found = relations("""
1 The the DET _ 2 det
2 army army NOUN _ 5 nsubj
3 has have AUX VerbForm=Fin 5 aux
4 Norwick Norwick PROPN _ 5 nsubj
5 surrounded surround VERB Tense=Past|VerbForm=Part 0 root
""")
    assert found["Norwick"] == ("surrounded", "obj")
    assert found["army"] == ("surrounded", "nsubj")


def test_a_singular_noun_behind_a_plural_is_a_verb() -> None:
    found = relations("""
1 Rebel rebel NOUN Number=Sing 2 compound
2 planes plane NOUN Number=Plur 4 compound
3 bomb bomb NOUN Number=Sing 4 compound
4 school school NOUN Number=Sing 0 root
""")
    assert found["bomb"] == ("", "root")
    assert found["planes"] == ("bomb", "nsubj")
    assert found["school"] == ("bomb", "obj")


def test_which_goes_with_what_stands_before_it() -> None:
    found = relations("""
1 Losses loss NOUN Number=Plur 2 nsubj
2 open open VERB VerbForm=Fin 0 root
3 the the DET _ 4 det
4 road road NOUN _ 2 obj
5 , , PUNCT _ 7 punct
6 which which PRON _ 7 nsubj
7 fell fall VERB VerbForm=Fin 1 acl:relcl
""")
    assert found["fell"] == ("road", "acl:relcl")


def test_a_time_of_day_heads_nothing() -> None:
    found = relations("""
1 16:10 16:10 NUM _ 0 root
2 Airport airport NOUN _ 1 appos
3 closed close VERB VerbForm=Part 1 parataxis
4 . . PUNCT _ 1 punct
""")
    assert found["closed"] == ("", "root")
    assert found["Airport"] == ("closed", "nsubj:pass")


def test_nobody_runs_for_the_third_day_running() -> None:
    words = {w.form: w for w in mended_words(sentence("""
1 It it PRON _ 2 nsubj
2 fell fall VERB VerbForm=Fin 0 root
3 the the DET _ 5 det
4 third third ADJ _ 5 amod
5 day day NOUN _ 2 obl
6 running run VERB VerbForm=Ger 2 advcl
""").words)}
    assert words["running"].upos == "ADV"


def test_forces_that_advanced_did_so_themselves() -> None:
    found = relations("""
1 Forces force NOUN Number=Plur 6 nsubj:pass
2 advanced advance VERB Tense=Past|VerbForm=Part 1 amod
3 on on ADP _ 4 case
4 Norwick Norwick PROPN _ 2 obl
5 were be AUX _ 6 aux:pass
6 halted halt VERB VerbForm=Part 0 root
""")
    assert found["advanced"] == ("halted", "parataxis")


def test_a_report_set_in_between_leaves_the_clause_whole() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 2 nsubj
2 falls fall VERB VerbForm=Fin 0 root
3 , , PUNCT _ 5 punct
4 officers officer NOUN _ 5 nsubj
5 predict predict VERB VerbForm=Fin 2 parataxis
6 , , PUNCT _ 9 punct
7 and and CCONJ _ 9 cc
8 could could AUX VerbForm=Fin 9 aux
9 burn burn VERB VerbForm=Inf 5 conj
""")
    assert found["burn"] == ("falls", "conj")


def test_the_first_of_two_subjects_belongs_to_what_is_said() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 7 nsubj
2 will will AUX VerbForm=Fin 4 aux
3 be be AUX VerbForm=Inf 4 cop
4 next next ADJ _ 0 root
5 , , PUNCT _ 4 punct
6 officers officer NOUN _ 7 nsubj
7 predict predict VERB VerbForm=Fin 4 parataxis
""")
    assert found["Norwick"] == ("next", "nsubj")
    assert found["officers"] == ("predict", "nsubj")


def test_more_people_are_the_object() -> None:
    wounded = """
1 Shelling shelling NOUN _ 2 nsubj
2 wounded wound VERB Tense=Past|VerbForm=Fin 0 root
3 {what} _ {head}
4 more more ADV Degree=Cmp 2 advmod
"""
    assert relations(wounded.format(what="48 48 NUM", head="4 nummod"))["more"] == \
        ("wounded", "obj")
    assert relations(wounded.format(what="them they PRON", head="2 obj"))["more"] == \
        ("wounded", "advmod")
