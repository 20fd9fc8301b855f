"""What descriptions and pronouns go back to, on hand-made trees."""

from __future__ import annotations

import pytest

from tests.claims.trees import parse_of
from whoholds.claims import extract
from whoholds.claims.antecedents import Discourse
from whoholds.claims.codebook import load_codebook
from whoholds.claims.mentions import MentionReader
from whoholds.claims.trees import Tree
from whoholds.core import Report
from whoholds.language import Reader

NOUNS = load_codebook().nouns
FIRST = """
# name = 1 ORG
# name = 4 LOC
# name = 6 LOC
1 Reds Reds PROPN _ 2 compound
2 rebels rebel NOUN Number=Plur 3 nsubj
3 took take VERB _ 0 root
4 Norwick Norwick PROPN _ 3 obj
5 in in ADP _ 6 case
6 Ukraine Ukraine PROPN _ 3 obl
"""


def asked(second: str, form: str) -> tuple[Discourse, MentionReader, int, str]:
    report, parse = parse_of(FIRST, second)
    trees = [Tree(s) for s in parse.sentences]
    head = next(w.index for w in trees[1].words if w.form == form)
    return (Discourse(report.text, trees, NOUNS), MentionReader(report.text, trees[1], NOUNS), head,
            report.text)


def test_the_city_is_no_country() -> None:
    discourse, reader, head, text = asked("""
1 They they PRON Number=Plur 2 nsubj
2 left leave VERB _ 0 root
3 the the DET _ 4 det
4 city city NOUN Number=Sing 2 obj
""", "city")
    span = discourse.place(reader.places(head)[0].mention, 1, head)
    assert span is not None
    assert span.of(text) == "Norwick"


def test_the_country_is_no_city() -> None:
    discourse, reader, head, text = asked("""
1 They they PRON Number=Plur 2 nsubj
2 left leave VERB _ 0 root
3 the the DET _ 4 det
4 country country NOUN Number=Sing 2 obj
""", "country")
    span = discourse.place(reader.places(head)[0].mention, 1, head)
    assert span is not None
    assert span.of(text) == "Ukraine"


def test_the_insurgents_are_those_called_fighters() -> None:
    discourse, reader, head, text = asked("""
1 The the DET _ 2 det
2 insurgents insurgent NOUN Number=Plur 3 nsubj
3 left leave VERB _ 0 root
""", "insurgents")
    span = discourse.actor(reader.actor(head), 1, head)
    assert span is not None
    assert span.of(text) == "Reds"


def test_nothing_before_nothing_meant() -> None:
    discourse, reader, head, _ = asked("""
1 They they PRON Number=Plur 2 nsubj
2 left leave VERB _ 0 root
""", "They")
    assert discourse.actor(reader.actor(head), 0, 0) is None
    assert discourse.here(0, 0, False) is None


@pytest.mark.parametrize(("text", "kind", "back"), [
    # who speaks for a government speaks from where it sits
    ("Rebels took Norwick on Monday. An army spokesman in Dunholt said the city was safe.",
     "hold", "Norwick"),
    # a word for any site means the site named last
    ("Gunmen hold the National Palace. The army wants to storm the building.",
     "attack", "National Palace"),
    # the city that a facility is named after
    ("Norwick airport has not fallen. The rebels hold the city.", "hold", "Norwick"),
    # parts of what was spoken of
    ("The army controls Norwick. Rebels hold its suburbs.", "hold", "Norwick"),
])
def test_places_that_descriptions_go_back_to(text: str, kind: str, back: str) -> None:
    report = Report(text, "test")
    found = [c.place for c in extract(report, Reader.load().parse(report), load_codebook())
             if c.kind == kind and c.place is not None and c.place.antecedent is not None]
    assert [p.antecedent.of(text) for p in found if p.antecedent is not None] == [back]


def test_the_group_is_the_organisation_named_last() -> None:
    text = ("Islamic State seized Palmyra on Wednesday and the army left. The group now controls "
            "half of the town.")
    report = Report(text, "test")
    found = [c.actor for c in extract(report, Reader.load().parse(report), load_codebook())
             if c.kind == "hold"]
    assert [a.antecedent.of(text) for a in found if a and a.antecedent] == ["Islamic State"]


@pytest.mark.parametrize(("text", "kind", "back"), [
    ("The army lost the towns of Norwick and Dunholt in May. On Friday it took them back.", "gain",
     ["Dunholt", "Norwick"]),
    ("Rebels seized Norwick airport on Monday. They handed it to the army on Friday.", "gain",
     ["Norwick airport"]),
])
def test_pronouns_go_back_to_all_that_was_named(text: str, kind: str, back: list[str]) -> None:
    report = Report(text, "test")
    found = [c.place for c in extract(report, Reader.load().parse(report), load_codebook())
             if c.kind == kind and c.place is not None and c.place.antecedent is not None]
    assert sorted(p.antecedent.of(text) for p in found if p.antecedent is not None) == back


def test_a_country_that_acts_is_an_actor() -> None:
    report = Report("A Ukrainian adviser has said that Russia was keeping civilians from leaving "
                    "Norwick because it had failed to seize the city.", "test")
    claims = extract(report, Reader.load().parse(report), load_codebook())
    found = [c.actor for c in claims if c.kind == "gain"]
    assert [a and a.antecedent and a.antecedent.of(report.text) for a in found] == ["Russia"]


def test_a_dateline_is_not_the_city() -> None:
    report, parse = parse_of("""
# name = 4 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 took take VERB _ 0 root
3 - - PUNCT _ 2 punct
4 Dunholt Dunholt PROPN _ 2 obj
""", """
# name = 1 LOC
# paragraph = 1
1 NORWICK Norwick PROPN _ 0 root
2 ( ( PUNCT _ 3 punct
3 Agency Agency PROPN _ 1 appos
4 ) ) PUNCT _ 3 punct
5 - - PUNCT _ 3 punct
""", """
# paragraph = 1
1 They they PRON Number=Plur 2 nsubj
2 left leave VERB _ 0 root
3 the the DET _ 4 det
4 city city NOUN Number=Sing 2 obj
""")
    trees = [Tree(s) for s in parse.sentences]
    reader = MentionReader(report.text, trees[2], NOUNS)
    span = Discourse(report.text, trees, NOUNS).place(reader.places(3)[0].mention, 2, 3)
    assert span is not None
    assert span.of(report.text) == "Dunholt"


def test_the_country_is_none_that_people_went_over_to() -> None:
    text = "Rebels took towns across Ukraine on Monday. Soldiers crossed into neighbouring " \
        "Poland. The rebels launched attacks across the country."
    report = Report(text, "test")
    claims = extract(report, Reader.load().parse(report), load_codebook())
    found = [c.place.antecedent.of(text) for c in claims
             if c.place is not None and c.place.antecedent and c.place.text == "country"]
    assert found == ["Ukraine"]


def test_the_province_is_the_one_of_its_governor() -> None:
    text = "The Norwick governor surrendered to the rebels. The province fell on Friday. Clashes " \
        "went on in Tarra province."
    report = Report(text, "test")
    claims = extract(report, Reader.load().parse(report), load_codebook())
    found = [c.place.antecedent.of(text) for c in claims
             if c.kind == "gain" and c.place is not None and c.place.antecedent]
    assert found == ["Norwick"]


def test_the_town_is_the_mayor_s() -> None:
    text = "Rebels attacked Dunholt on Monday. The shelling of Dunholt went on all night. The " \
        "mayor of Norwick said the town was under the control of the army."
    report = Report(text, "test")
    claims = extract(report, Reader.load().parse(report), load_codebook())
    found = [c.place.antecedent.of(text) for c in claims
             if c.kind == "hold" and c.place is not None and c.place.antecedent]
    assert found == ["Norwick"]


@pytest.mark.parametrize(("text", "kind", "back"), [
    ("The governor has closed the road to Norwick. He has also closed the bridge at Dunholt.",
     "close", "governor"),
    ("The Commodore warned that he would shell Norwick.", "strike", "Commodore"),
    ("Ruritania's defence ministry insists that it does not intend to abandon Norwick.",
     "withdraw", "Ruritania's defence ministry"),
])
def test_who_is_meant_where_no_person_is_named(text: str, kind: str, back: str) -> None:
    report = Report(text, "test")
    found = [c.actor.antecedent.of(text) for c in extract(
        report, Reader.load().parse(report), load_codebook())
        if c.kind == kind and c.actor is not None and c.actor.antecedent]
    assert found == [back]


@pytest.mark.parametrize(("text", "kind", "back"), [
    ("The fort at Karoo was shelled on Monday. Rebels entered the oasis on Thursday.", "enter",
     ["Karoo"]),
    ("The fort at Karoo was shelled on Monday. Rebels entered an oasis on Thursday.", "enter", []),
    ("Rebels are on Mount Tolo. Hale said the peak had been cleared on Sunday.", "gain",
     ["Mount Tolo"]),
    ("Norwick was shelled on Friday. The garrison abandoned the capital on Saturday.", "withdraw",
     ["Norwick"]),
    ("Norwick was taken on Friday. Rebels took the capital on Saturday.", "gain", []),
])
def test_words_for_the_nature_of_a_place(text: str, kind: str, back: list[str]) -> None:
    report = Report(text, "test")
    found = [c.place.antecedent.of(text) for c in extract(
        report, Reader.load().parse(report), load_codebook())
        if c.kind == kind and c.place is not None and c.place.antecedent]
    assert found == back
