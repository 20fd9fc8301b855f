"""Wrong turns of the parser: the words go where they belong, and right trees stay as they are."""

from __future__ import annotations

from tests.claims.trees import sentence
from whoholds.claims.slips import mended_words


def relations(conllu: str) -> dict[str, tuple[str, str]]:
    words = mended_words(sentence(conllu).words)
    return {w.form: (words[w.head].form if w.head >= 0 else "", w.deprel) for w in words}


FRONTED = """
1 Before before SCONJ _ 3 mark
2 they they PRON _ 3 nsubj
3 entered enter VERB Tense=Past|VerbForm=Fin 15 advcl
4 Norwick Norwick PROPN _ 3 obj
5 , , PUNCT _ 8 punct
6 the the DET _ 8 det
7 Tarra Tarra PROPN _ 8 compound
8 crossing crossing NOUN Number=Sing 4 appos
9 , , PUNCT _ 3 punct
10 the the DET _ 12 det
11 last last ADJ _ 12 amod
12 post post NOUN Number=Sing {post}
{comma}
15 fell fall VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
"""
SET_OFF = "13 , , PUNCT _ 3 punct\n14 soon soon ADV _ 15 advmod"
LOST = "13 there there ADV _ 12 advmod\n14 soon soon ADV _ 15 advmod"


def test_a_subject_between_commas_describes_what_stands_before_it() -> None:
    found = relations(FRONTED.format(post="15 nsubj", comma=SET_OFF))
    assert found["crossing"] == ("fell", "nsubj")
    assert found["post"] == ("crossing", "appos")


def test_a_verb_without_a_subject_takes_the_name_behind_the_fronted_clause() -> None:
    for post in ("8 appos", "8 nsubj"):
        found = relations(FRONTED.format(post=post, comma=SET_OFF))
        assert found["crossing"] == ("fell", "nsubj")
        assert found["post"] == ("crossing", "appos")


def test_an_apposition_before_a_subject_stays() -> None:
    found = relations(FRONTED.format(post="15 nsubj", comma=LOST))
    assert found["crossing"] == ("Norwick", "appos")
    assert found["post"] == ("fell", "nsubj")


REPORT = """
1 Scouts scout NOUN Number=Plur {scouts}
2 {cue} VERB Tense=Past|VerbForm=Part 1 acl
3 Norwick Norwick PROPN Number=Sing 2 obj
4 could could AUX VerbForm=Fin 6 aux
5 soon soon ADV _ 6 advmod
6 fall fall VERB VerbForm=Inf 0 root
7 . . PUNCT _ 6 punct
"""


def test_a_participle_with_an_object_is_the_verb() -> None:
    found = relations(REPORT.format(scouts="6 nsubj", cue="assessed assess"))
    assert found["assessed"] == ("", "root")
    assert found["Scouts"] == ("assessed", "nsubj")
    assert found["fall"] == ("assessed", "ccomp")
    assert found["Norwick"] == ("fall", "nsubj")
    given = relations(REPORT.format(scouts="6 nsubj", cue="given give"))
    assert given["Scouts"] == ("fall", "nsubj")


def test_parts_of_a_compound_stay_together() -> None:
    found = relations("""
1 They they PRON _ 2 nsubj
2 left leave VERB Tense=Past|VerbForm=Fin 0 root
3 Norwick Norwick PROPN _ 2 obj
4 , , PUNCT _ 7 punct
5 the the DET _ 7 det
6 Tarra Tarra PROPN _ 7 compound
7 border border NOUN Number=Sing 3 appos
8 crossing cross VERB VerbForm=Ger 3 appos
""")
    assert found["crossing"] == ("Norwick", "appos")
    assert found["border"] == ("crossing", "compound")
    assert found["Tarra"] == ("crossing", "compound")


BECOMES = """
1 They they PRON _ 2 nsubj
2 sent send VERB Tense=Past|VerbForm=Fin 0 root
3 men man NOUN Number=Plur 2 obj
4 as as SCONJ _ 6 mark
5 danger danger NOUN _ 6 nsubj
6 {verb} VERB Tense=Past|VerbForm=Fin 2 advcl
7 more more ADV _ 8 advmod
8 clear clear ADJ _ 2 xcomp
"""


def test_an_adjective_belongs_to_the_verb_that_links_it() -> None:
    assert relations(BECOMES.format(verb="became become"))["clear"] == ("became", "xcomp")
    assert relations(BECOMES.format(verb="passed pass"))["clear"] == ("sent", "xcomp")


def test_a_preposition_marks_the_phrase_not_a_noun_inside_it() -> None:
    found = relations("""
1 They they PRON _ 3 nsubj
2 at at ADP _ 3 case
3 doors door NOUN Number=Plur 0 root
4 of of ADP _ 6 case
5 the the DET _ 6 det
6 capital capital NOUN Number=Sing 7 compound
7 Norwick Norwick PROPN _ 3 nmod
""")
    assert found["of"] == ("Norwick", "case")


def test_what_is_ruled_belongs_to_the_rule_not_to_the_ruler() -> None:
    conllu = """
1 control control NOUN _ 0 root
2 of of ADP _ 3 case
3 {ruler} 1 nmod
4 over over ADP _ 5 case
5 towns town NOUN Number=Plur 3 nmod
"""
    assert relations(conllu.format(ruler="Huns Hun PROPN _"))["towns"] == ("control", "nmod")
    assert relations(conllu.format(ruler="bridges bridge NOUN _"))["towns"] == ("bridges", "nmod")


def test_a_passive_is_a_verb() -> None:
    words = mended_words(sentence("""
1 Norwick Norwick PROPN _ 4 nsubj:pass
2 could could AUX VerbForm=Fin 4 aux
3 be be AUX VerbForm=Inf 4 aux:pass
4 isolated isolated ADJ Degree=Pos 0 root
""").words)
    assert (words[3].upos, words[3].lemma) == ("VERB", "isolate")


def test_a_name_behind_as_is_the_subject_of_a_verb_that_has_none() -> None:
    found = relations("""
1 They they PRON _ 2 nsubj
2 fled flee VERB Tense=Past|VerbForm=Fin 0 root
3 as as ADP _ 4 case
4 Norwick Norwick PROPN _ 9 obl
5 , , PUNCT _ 7 punct
6 the the DET _ 7 det
7 port port NOUN Number=Sing 4 appos
8 , , PUNCT _ 7 punct
9 fell fall VERB Mood=Ind|Tense=Past|VerbForm=Fin 2 parataxis
""")
    assert found["Norwick"] == ("fell", "nsubj")
    assert found["as"] == ("fell", "mark")
    assert found["fell"] == ("fled", "advcl")


def test_a_dateline_heads_nothing() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 0 root
2 : : PUNCT _ 5 punct
3 Rebels rebel NOUN _ 5 nsubj
4 have have AUX VerbForm=Fin 5 aux
5 surrendered surrender VERB VerbForm=Part 1 parataxis
6 . . PUNCT _ 1 punct
""")
    assert found["surrendered"] == ("", "root")
    assert found["Norwick"] == ("surrendered", "dep")


TAKEN = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB Tense=Past|VerbForm=Fin 0 root
3 Norwick Norwick PROPN _ 2 {what}
4 , , PUNCT _ 6 punct
5 30 30 NUM _ 6 nummod
6 miles mile NOUN Number=Plur 2 obl:unmarked
7 from from ADP _ 8 case
8 Dunholt Dunholt PROPN _ 6 nmod
"""


def test_miles_behind_what_was_taken_say_where_it_is() -> None:
    assert relations(TAKEN.format(what="obj"))["miles"] == ("Norwick", "nmod:unmarked")
    assert relations(TAKEN.format(what="vocative"))["miles"] == ("took", "obl:unmarked")


def test_a_finite_verb_behind_what_a_noun_is_about_has_the_noun_as_its_subject() -> None:
    claim = """
1 The the DET _ 2 det
2 claim claim NOUN Number=Sing 0 root
3 that that SCONJ _ 5 mark
4 they they PRON _ 5 nsubj
5 hold hold VERB Tense=Pres|VerbForm=Fin 2 acl
6 it it PRON _ 5 obj
7 {aux} 10 aux
8 not not PART _ 10 advmod
9 be be AUX VerbForm=Inf 10 aux:pass
10 verified verify VERB Tense=Past|VerbForm=Part 2 acl
"""
    found = relations(claim.format(aux="could could AUX VerbForm=Fin"))
    assert found["claim"] == ("verified", "nsubj:pass")
    assert found["verified"] == ("", "root")
    assert relations(claim.format(aux="having have AUX VerbForm=Ger"))["claim"] == ("", "root")


def test_whoever_has_a_town_surrounded_surrounds_it() -> None:
    has = """
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 have have VERB Tense=Pres|VerbForm=Fin 0 root
3 Norwick Norwick PROPN _ 2 obj
4 {form} {lemma} VERB Tense=Past|VerbForm=Part 2 xcomp
"""
    found = relations(has.format(form="surrounded", lemma="surround"))
    assert found["surrounded"] == ("", "root")
    assert {w: found[w] for w in ("Rebels", "have", "Norwick")} == {
        "Rebels": ("surrounded", "nsubj"), "have": ("surrounded", "aux"),
        "Norwick": ("surrounded", "obj")}
    assert relations(has.format(form="wrecked", lemma="wreck"))["have"] == ("", "root")


def test_whoever_stopped_short_of_entering_would_have_entered() -> None:
    found = relations("""
1 Troops troop NOUN Number=Plur 2 nsubj
2 stopped stop VERB Tense=Past|VerbForm=Fin 0 root
3 short short ADV _ 2 advmod
4 of of SCONJ _ 5 mark
5 entering enter VERB VerbForm=Ger 3 advcl
6 Norwick Norwick PROPN _ 5 obj
""")
    assert found["entering"] == ("stopped", "advcl")


def test_a_participle_describes_the_new_thing_before_it() -> None:
    near = """
1 Troops troop NOUN Number=Plur 2 nsubj
2 patrol patrol VERB Tense=Pres|VerbForm=Fin 0 root
3 the the DET _ 4 det
4 heights height NOUN Number=Plur 2 obj
5 {by} {by} ADP _ 7 case
6 {a} {a} DET _ 7 det
7 {what} {what} NOUN Number=Sing 4 nmod
8 retaken retake VERB Tense=Past|VerbForm=Part 4 acl
"""
    for by, a, what, host in (("near", "a", "post", "post"), ("near", "the", "post", "heights"),
                              ("near", "a", "river", "heights"), ("with", "a", "post", "heights")):
        assert relations(near.format(by=by, a=a, what=what))["retaken"] == (host, "acl")
