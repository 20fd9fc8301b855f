"""How probable a claim is: what speaks for it and against it, and what the shipped weights say."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest

from tests.claims.test_extract import claims_of
from tests.claims.trees import parse_of
from whoholds.claims import confidence, extract, load_codebook
from whoholds.claims.confidence import LEAST, SILENT, Features, Weights, logodds, shipped
from whoholds.core import Claim, DataError, Event, Parse

BOOK = load_codebook()
TAKEN = """
# name = 3 LOC
1 Rebels rebel NOUN Number=Plur 2 nsubj
2 captured capture VERB Tense=Past|VerbForm=Fin 0 root
3 Norwick Norwick PROPN Number=Sing 2 obj
4 . . PUNCT _ 2 punct
"""


def weighed(conllu: str = TAKEN, *events: Event, doubts: tuple[float, ...] = (),
            lemma: str = "capture") -> tuple[Claim, dict[str, float]]:
    """The first claim of a sentence, and what is said for and against it."""
    report, parse = parse_of(conllu.replace("captured capture", f"{lemma}ed {lemma}"))
    sentence = replace(parse.sentences[0], events=events, doubts=doubts)
    found: list[tuple[Claim, Features]] = []

    def weigh(claim: Claim, features: Features) -> float:
        found.append((claim, features))
        return 0.25

    claims = extract(report, Parse(report.id, (sentence,), "hand"), BOOK, weigh=weigh, claim_p=0)
    assert [c.confidence_p for c in claims] == [0.25] * len(found)
    return claims[0], dict(found[0][1])


def test_a_weight_is_in_logodds_and_what_has_none_says_nothing() -> None:
    weights = Weights(0.5, {"much": 2.0, "little": -1.0})
    assert weights.probability([]) == pytest.approx(1 / (1 + exp(-0.5)))
    assert weights.probability([("much", 0.25), ("little", 1.0), ("unheard of", 9.0)]) \
        == pytest.approx(0.5)


def test_logodds_are_kept_within_bounds() -> None:
    assert logodds(0.75) == pytest.approx(log(3))
    assert logodds(0.0) == logodds(LEAST)
    assert logodds(1.0) == pytest.approx(-logodds(0.0))


def test_without_the_readers_marks_the_frame_and_its_parts_speak() -> None:
    claim, said = weighed()
    assert claim.kind == "gain"
    frame = next(f for f in BOOK.kinds["gain"].frames if f.text == claim.frame)
    assert said == {"frame": logodds(frame.confidence_p), "actor description": 1.0, SILENT: 1.0}


def test_what_the_reader_marks() -> None:
    event = Event(1, "gain", 0.9, (0,), (), (2,))
    _, said = weighed(TAKEN, event, Event(1, "hold", 0.05), doubts=(0.5, 0.25, 0.5, 0.5))
    assert said["mark"] == logodds(0.9)
    assert said["mark of another kind"] == 0.05
    assert said["fact, doubted"] == pytest.approx(log(1 / 3))
    assert not {SILENT, "mark missing", "actor unmarked", "place unmarked",
                "actor marked elsewhere", "place marked elsewhere"} & said.keys()


@pytest.mark.parametrize(("event", "expected"), [
    (Event(1, "gain", 0.9), {"actor unmarked", "place unmarked"}),
    (Event(1, "gain", 0.9, (2,), (), (0,)), {"actor marked elsewhere", "place marked elsewhere"}),
    (Event(1, "attack", 0.9, (2,), (), (0,)), {"mark missing"})])
def test_where_the_reader_sees_it_otherwise(event: Event, expected: set[str]) -> None:
    _, said = weighed(TAKEN, event, doubts=(0.1,) * 4)
    told = {"actor unmarked", "place unmarked", "actor marked elsewhere", "place marked elsewhere",
            "mark missing"}
    assert told & said.keys() == expected


def test_a_hunch_is_told_as_one() -> None:
    claim, said = weighed(TAKEN, Event(1, "gain", 0.9, (0,), (), (2,)), doubts=(0.1,) * 4,
                          lemma="glorp")
    assert claim.kind == "gain"
    assert said["hunch"] == 1.0


def test_the_surest_claims_are_the_plainest() -> None:
    def p(text: str, kind: str = "gain") -> float:
        return next(c.confidence_p for c in claims_of(text) if c.kind == kind)

    plain = p("The rebels captured Norwick on Monday.")
    assert 0.8 < plain < 1
    assert p("The rebels may have captured Norwick.") < plain
    assert p("The rebels captured parts of Norwick on Monday.") < plain
    assert p("Rebel fighters entered Norwick. They captured it on Monday.") < plain


def test_a_denial_of_what_was_told_is_no_surer_than_that() -> None:
    first, second = (c for c in claims_of("The rebels captured Norwick on Monday. The army denied "
                                          "it.") if c.kind == "gain")
    assert second.confidence_p == min(first.confidence_p, 0.6)


def test_every_weight_is_of_something_that_can_be_said() -> None:
    roles, forms = ("actor", "counterpart", "place", "object", "event"), ("actor", "place")
    known = {"frame", "hunch", "predicate deep", "denied", "part of the place", SILENT, "mark",
             "mark missing", "mark of another kind", "fact, doubted", "no fact, not doubted",
             "sources beyond the outlet", "place unsaid", "actor unsaid",
             "place name of another type",
             *(r + confidence.UNSURE_TYPE for r in roles),
             *(f"modality {m}" for m in ("possible", "planned", "ordered", "demanded", "promised",
                                         "forecast")),
             *(f"{f} {said}" for f in forms for said in (
                 "none", "description", "pronoun", "implied", "linked", "of another clause",
                 "marked but none", "marked elsewhere", "unmarked"))}
    assert shipped().by_feature.keys() <= known


def test_a_broken_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.cache_clear()
    monkeypatch.setattr(confidence, "lexicon", lambda name: {"intercept": 1.0, "weights": ["a"]})
    with pytest.raises(DataError, match=r"confidence\.yaml"):
        shipped()
    shipped.cache_clear()


def test_what_is_likelier_wrong_by_far_is_left_out() -> None:
    report, parse = parse_of(TAKEN)

    def told(claim_p: float) -> int:
        return len(extract(report, parse, BOOK, weigh=lambda *_: 0.25, claim_p=claim_p))

    assert [told(0), told(0.25), told(0.3)] == [1, 1, 0]
