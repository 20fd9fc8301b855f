"""Repairs: the slip is mended, the right tree is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.claims.trees import sentence
from whoholds.claims.repairs import consistent, mended
from whoholds.claims.slips import mended_words
from whoholds.core import Name, Parse, Sentence, Span, Word


def relations(conllu: str) -> dict[str, tuple[str, str]]:
    words = mended_words(sentence(conllu).words)
    return {w.form: (words[w.head].form if w.head >= 0 else "", w.deprel) for w in words}


def test_coordinated_modifiers() -> None:
    found = relations("""
1 security security NOUN Number=Sing 5 nsubj
2 and and CCONJ _ 4 cc
3 defence defence NOUN Number=Sing 4 compound
4 forces force NOUN Number=Plur 1 conj
5 left leave VERB _ 0 root
""")
    assert found["forces"] == ("left", "nsubj")
    assert found["security"] == ("forces", "compound")


def test_two_groups_stay_two() -> None:
    found = relations("""
1 soldiers soldier NOUN Number=Plur 5 nsubj
2 and and CCONJ _ 3 cc
3 rebels rebel NOUN Number=Plur 1 conj
4 both both ADV _ 5 advmod
5 left leave VERB _ 0 root
""")
    assert found["rebels"] == ("soldiers", "conj")


def test_stray_subject_goes_to_the_main_verb() -> None:
    found = relations("""
1 Before before SCONJ _ 3 mark
2 rebels rebel NOUN Number=Plur 3 nsubj
3 entered enter VERB _ 7 advcl
4 Norwick Norwick PROPN _ 3 obj
5 , , PUNCT _ 3 punct
6 Eastgate Eastgate PROPN _ 3 nsubj
7 fell fall VERB _ 0 root
""")
    assert found["Eastgate"] == ("fell", "nsubj")


def test_description_between_commas_is_an_apposition() -> None:
    found = relations("""
1 Norwick Norwick PROPN _ 7 nsubj
2 , , PUNCT _ 5 punct
3 the the DET _ 5 det
4 last last ADJ _ 5 amod
5 port port NOUN Number=Sing 7 nsubj
6 , , PUNCT _ 5 punct
7 fell fall VERB _ 0 root
""")
    assert found["port"] == ("Norwick", "appos")
    assert found["Norwick"] == ("fell", "nsubj")


def test_of_phrase_belongs_to_the_noun_before_it() -> None:
    conllu = """
1 Shells shell NOUN Number=Plur 2 nsubj
2 hit hit VERB _ 0 root
3 parts part NOUN Number=Plur 2 obj
4 of of ADP _ 5 case
5 Norwick Norwick PROPN _ 2 obl
"""
    assert relations(conllu)["Norwick"] == ("parts", "nmod")
    cleared = conllu.replace("hit hit", "cleared clear")
    assert relations(cleared)["Norwick"] == ("cleared", "obl")


def test_list_after_a_colon() -> None:
    found = relations("""
1 They they PRON _ 2 nsubj
2 took take VERB _ 0 root
3 towns town NOUN Number=Plur 2 obj
4 : : PUNCT _ 5 punct
5 Alba Alba PROPN _ 2 obl
6 and and CCONJ _ 7 cc
7 Berg Berg PROPN _ 5 conj
""")
    assert found["Alba"] == ("towns", "appos")


def test_fighting_is_an_event() -> None:
    words = mended_words(sentence("""
1 Fighting fight VERB VerbForm=Ger 2 csubj
2 erupted erupt VERB _ 0 root
""").words)
    assert (words[0].upos, words[0].lemma, words[0].deprel) == ("NOUN", "fighting", "nsubj")


def test_names_are_cut_to_their_capitals() -> None:
    read = sentence("""
# name = 1-4 LOC
1 the the DET _ 2 det
2 city city NOUN _ 0 root
3 of of ADP _ 4 case
4 Norwick Norwick PROPN _ 2 nmod
""")
    (found,) = consistent((read,))
    assert found.names == (Name(3, 4, "LOC"),)


def test_names_agree_over_the_report() -> None:
    def one(kind: str) -> Sentence:
        mark = f"# name = 1 {kind}" if kind else ""
        return sentence(f"{mark}\n1 Norwick Norwick PROPN _ 2 nsubj\n2 fell fall VERB _ 0 root")
    found = consistent((one("LOC"), one("LOC"), one("ORG"), one("")))
    assert [s.names[0].type for s in found] == ["LOC"] * 4


def test_who_gives_fighters_a_name_is_a_group() -> None:
    def one(kind: str, noun: str) -> Sentence:
        return sentence(f"# name = 1 {kind}\n1 Norwick Norwick PROPN _ 2 compound\n"
                        f"2 {noun}s {noun} NOUN Number=Plur 0 root")
    sentences = (one("LOC", "street"), one("LOC", "insurgent"))
    for known, kind in ((False, "ORG"), (True, "LOC")):
        found = consistent(sentences, lambda _, known=known: known, fighters={"insurgent"})
        assert {s.names[0].type for s in found} == {kind}


def _dwellers(kind: str, places: set[str]) -> str:
    found = consistent((sentence(f"""
        # name = 1 {kind}
        1 Norwickians Norwickian PROPN Number=Plur 2 nsubj
        2 fled flee VERB _ 0 root"""),), places.__contains__)
    return found[0].names[0].type


def test_a_plural_that_no_gazetteer_has_is_a_peoples() -> None:
    assert _dwellers("LOC", set()) == "NORP"
    assert _dwellers("LOC", {"Norwickians"}) == "LOC"
    assert _dwellers("ORG", set()) == "ORG"


def test_a_name_with_an_article_and_fighters_is_a_groups() -> None:
    fighters = sentence("# name = 1 NORP\n1 Norwick Norwick ADJ _ 2 amod\n"
                        "2 rebels rebel NOUN Number=Plur 0 root")
    article = sentence("# name = 2 LOC\n1 The the DET _ 2 det\n2 Norwick Norwick PROPN _ 3 nsubj\n"
                       "3 fled flee VERB _ 0 root")
    bare = sentence("# name = 1 LOC\n1 Norwick Norwick PROPN _ 2 nsubj\n2 fell fall VERB _ 0 root")
    for sentences, kind in (((fighters, article, article), "ORG"), ((fighters, bare, bare), "LOC")):
        found = consistent(sentences, lambda _: False, fighters={"rebel"})
        assert {s.names[0].type for s in found} == {kind}


def test_where_votes_are_even_a_known_place_is_one() -> None:
    read = tuple(sentence(f"# name = 1 {kind}\n1 Norwick Norwick PROPN _ 2 nsubj\n"
                          "2 fell fall VERB _ 0 root") for kind in ("NORP", "LOC"))
    for known, kind in ((False, "NORP"), (True, "LOC")):
        found = consistent(read, lambda _, known=known: known)
        assert {s.names[0].type for s in found} == {kind}


def test_a_name_is_found_where_it_was_taken_for_a_noun() -> None:
    def one(tag: str, form: str) -> Sentence:
        name = "# name = 3 ORG\n" if tag == "PROPN" else ""
        return sentence(f"{name}1 They they PRON _ 2 nsubj\n2 fled flee VERB _ 0 root\n"
                        f"3 {form} {form} {tag} _ 2 obj")
    found = consistent((one("PROPN", "Norwick"), one("NOUN", "Norwick"), one("NOUN", "norwick")))
    assert [len(s.names) for s in found] == [1, 1, 0]


@st.composite
def trees(draw: st.DrawFn) -> Sentence:
    """Any tree at all, with the relations that repairs look at."""
    size = draw(st.integers(1, 9))
    relation = st.sampled_from(["nsubj", "obj", "obl", "conj", "cc", "compound", "parataxis",
                                "appos", "acl:relcl", "advcl", "punct", "case", "nmod", "csubj"])
    tag = st.sampled_from(["NOUN", "PROPN", "VERB", "CCONJ", "ADP", "PUNCT", "DET"])
    form = st.sampled_from(["towns", "Norwick", "took", "of", ",", ":", "and", "fighting"])
    words = []
    for i in range(size):
        text = draw(form)
        head = -1 if i == 0 else draw(st.integers(0, i - 1))
        words.append(Word(i, Span(9 * i, 9 * i + len(text)), text, text.lower(), draw(tag),
                          (("Number", "Plur"),), head, "root" if i == 0 else draw(relation)))
    return Sentence(Span(0, 9 * size), tuple(words), (), 0)


@given(trees())
def test_a_tree_stays_a_tree(one: Sentence) -> None:
    words = mended(Parse("r", (one,), "test")).sentences[0].words
    assert sum(w.head == -1 for w in words) == 1
    for word in words:
        seen, at = set(), word.index
        while at >= 0:
            assert at not in seen
            seen.add(at)
            at = words[at].head


def test_what_officials_said_keeps_its_subject() -> None:
    found = relations("""
1 Clashes clash NOUN Number=Plur 5 nsubj
2 continued continue VERB VerbForm=Fin 5 ccomp
3 , , PUNCT _ 2 punct
4 officials official NOUN Number=Plur 5 nsubj
5 said say VERB VerbForm=Fin 0 root
""")
    assert found["Clashes"] == ("continued", "nsubj")
    assert found["officials"] == ("said", "nsubj")


def _person(conllu: str) -> str:
    """The type of the first name once a gazetteer that has *Tarra Gol* is asked."""
    one = consistent((sentence(conllu),), {"Tarra Gol", "Tarra"}.__contains__, {"governor"})
    return one[0].names[0].type


def test_a_name_that_a_gazetteer_has_is_a_place() -> None:
    assert _person("""
        # name = 3-4 PER
        1 Rebels rebel NOUN _ 2 nsubj
        2 captured capture VERB _ 0 root
        3 Tarra Tarra PROPN _ 2 obj
        4 Gol Gol PROPN _ 3 flat""") == "LOC"


def test_somebody_named_like_a_town_stays_a_person() -> None:
    assert _person("""
        # name = 2-3 PER
        1 Governor governor NOUN _ 2 compound
        2 Tarra Tarra PROPN _ 4 nsubj
        3 Gol Gol PROPN _ 2 flat
        4 fled flee VERB _ 0 root""") == "PER"
    assert _person("""
        # name = 1-2 PER
        1 Tarra Tarra PROPN _ 3 nsubj
        2 Gol Gol PROPN _ 1 flat
        3 said say VERB _ 0 root""") == "PER"
    assert _person("""
        # name = 3-4 PER
        1 Rebels rebel NOUN _ 2 nsubj
        2 captured capture VERB _ 0 root
        3 Ana Ana PROPN _ 2 obj
        4 Tarra Tarra PROPN _ 3 flat""") == "PER"


def test_a_list_goes_on_from_a_name_of_two_words() -> None:
    assert relations("""
        1 Tarra Tarra PROPN _ 5 nsubj
        2 Gol Gol PROPN _ 1 flat
        3 and and CCONJ _ 4 cc
        4 Arcow Arcow PROPN _ 2 conj
        5 fell fall VERB _ 0 root""")["Arcow"] == ("Tarra", "conj")


def test_names_are_whole() -> None:
    """Small words, hyphens and numbers inside a name belong to it."""
    def names(conllu: str) -> list[str]:
        one = sentence(conllu)
        return [" ".join(w.form for w in one.words[n.start:n.end])
                for n in consistent((one,))[0].names]

    assert names("""
# name = 2-4 LOC
1 took take VERB _ 0 root
2 Porto Porto PROPN _ 1 obj
3 da da PROPN _ 2 flat
4 Vila Vila PROPN _ 2 flat
""") == ["Porto da Vila"]
    assert names("""
# name = 2 LOC
1 took take VERB _ 0 root
2 Gate Gate PROPN _ 1 obj
3 27 27 NUM _ 2 flat
""") == ["Gate 27"]
    assert names("""
# name = 2 LOC
# name = 4 LOC
1 took take VERB _ 0 root
2 Norwick Norwick PROPN _ 1 obj
3 and and CCONJ _ 4 cc
4 Kelby Kelby PROPN _ 2 conj
""") == ["Norwick", "Kelby"]


def test_two_names_before_a_plural_are_two() -> None:
    one = sentence("""
# name = 2-4 LOC
1 In in ADP _ 5 case
2 Norwick Norwick PROPN Number=Sing 5 compound
3 and and CCONJ _ 4 cc
4 Dunholt Dunholt PROPN Number=Sing 2 conj
5 provinces province NOUN Number=Plur 0 root
""")
    parse = Parse("r", (one,), "reader")
    assert [(n.start, n.end) for n in mended(parse).sentences[0].names] == [(1, 2), (3, 4)]
    known = mended(parse, lambda name: name == "Norwick and Dunholt").sentences[0].names
    assert [(n.start, n.end) for n in known] == [(1, 4)]


def test_a_small_word_stands_between_title_and_surname() -> None:
    one = sentence("""
# name = 3 PER
1 General General PROPN _ 3 nmod:desc
2 von von PROPN _ 3 compound
3 Norwick Norwick PROPN _ 4 nsubj
4 waited wait VERB _ 0 root
""")
    parse = Parse("r", (one,), "reader")
    found = mended(parse, lambda name: name == "Norwick", titles={"general"}).sentences[0].names
    assert [n.type for n in found] == ["PER"]
