"""Scoring of claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.test_gold import line
from whoholds.core import Claim, Interval, Mention, Source, Span
from whoholds.evaluation import ClaimsScore, Gold, Predicted, read_gold, score_claims

SIDES = {"rebels": "rebels", "army": "state", "government": "state"}


def claim(kind: str = "gain", place: str | None = "Aleppo", actor: str | None = "rebels",
          start: int = 0, **changes: Any) -> Predicted:
    def mention(text: str | None) -> Mention | None:
        return Mention(Span(start, start + 5), text, "name", text) if text else None
    other = changes.pop("counterpart", None)
    sources = changes.pop("sources", (Source("Outlet", "outlet"),))
    one = Claim("id", kind, Span(start, start + 10), Span(start, start + 20), sources,  # type: ignore[arg-type]
                place=mention(place), actor=mention(actor), counterpart=mention(other), **changes)
    return Predicted("a.txt", one, SIDES.get(actor or ""), SIDES.get(other or ""),
                     sentence="A sentence.")


def same_place(predicted: Predicted, gold: str) -> bool:
    return predicted.claim.place is not None and predicted.claim.place.text == gold


def score(golds: tuple[Gold, ...], *predicted: Predicted, **options: Any) -> ClaimsScore:
    return score_claims(golds, predicted, same_place, SIDES.get, **options)


def gold(*lines: str) -> tuple[Gold, ...]:
    return read_gold("\n".join(lines), "gold.jsonl")


def test_a_match_needs_every_field() -> None:
    golds = gold(line())
    assert score(golds, claim()).overall.f1 == 1.0
    for other in (claim("hold"), claim(place="Idlib"), claim(place=None), claim(actor="army"),
                  claim(actor=None), claim(polarity="denied"), claim(modality="planned"),
                  claim(part="outskirts"), claim(start=10)):
        found = score(golds, other).overall
        assert (found.hits, found.misses, found.false_alarms) == (0, 1, 1)


def test_null_place_matches_null_and_sides_decide() -> None:
    golds = gold(line(place=None, actor="government"))
    assert score(golds, claim(place=None, actor="army")).overall.hits == 1
    assert score(golds, claim(actor="army")).overall.hits == 0


def test_a_clash_has_no_order() -> None:
    golds = gold(line(kind="clash", actor="rebels", counterpart="army"))
    assert score(golds, claim("clash", actor="government", counterpart="rebels")).overall.hits == 1
    assert score(golds, claim("clash", actor="government")).overall.hits == 1
    assert score(golds, claim("clash", actor=None)).overall.hits == 0


def test_gold_that_is_not_core_counts_neither_way() -> None:
    golds = gold(line(core=False))
    assert score(golds, claim()).overall.to_json()["n"] == 0
    assert score(golds, claim()).overall.false_alarms == 0
    assert score(golds).overall.misses == 0


def test_core_claims_are_matched_before_others() -> None:
    golds = gold(line(core=False), line())
    assert score(golds, claim()).overall.hits == 1
    assert score(golds, claim(), claim(start=1)).overall.false_alarms == 0


def test_alternatives_are_as_good() -> None:
    golds = gold(line(alternatives=[{"kind": "hold"}, {"actor": None}]))
    for predicted in (claim(), claim("hold"), claim(actor=None), claim("hold", actor=None)):
        assert score(golds, predicted).overall.hits == 1


def test_one_to_one_and_maximum() -> None:
    golds = gold(line(start=0, end=12), line(start=8, end=20))
    result = score(golds, claim(start=2), claim(start=9))
    assert result.overall.hits == 2
    assert score(golds, claim(start=2), claim(start=9), claim(start=3)).overall.false_alarms == 1


def test_kinds_filter_both_ways() -> None:
    golds = gold(line(), line(kind="enter", start=20, end=30))
    result = score(golds, claim("attack"), claim("gain"), kinds={"gain"})
    assert (result.overall.hits, result.overall.misses, result.overall.false_alarms) == (1, 0, 0)
    assert set(score(golds, claim("attack")).kinds) == {"gain", "enter", "attack"}


def test_reports_without_gold_are_left_out() -> None:
    stranger = replace(claim(), report="b.txt")
    assert score(gold(line()), stranger).overall.false_alarms == 0


def test_sources_time_and_quantity_are_scored_on_matches() -> None:
    golds = gold(line(sources=["Outlet", "officials (anonymous)"],
                      quantity={"value": 2, "bound": "at least", "unit": "town"}))
    chain = (Source("Outlet", "outlet"), Source("officials", "official", anonymous=True))
    day = Interval.of_days(golds[0].latest)  # type: ignore[arg-type]
    good = score(golds, claim(sources=chain, valid=day)).to_json()
    assert good["sources"] == {"accuracy": 1.0, "correct": 1, "n": 1}
    assert good["time"] == {"accuracy": 1.0, "correct": 1, "n": 1}
    assert good["quantity"] == {"accuracy": 0.0, "correct": 0, "n": 1}
    assert good["inexact"][0]["wrong"] == ["quantity"]  # type: ignore[index]
    named = (chain[0], replace(chain[1], anonymous=False))
    for other in (chain[:1], named, (*chain, chain[1])):
        assert score(golds, claim(sources=other)).sources.correct == 0


def test_a_description_may_be_marked_anonymous_a_name_may_not() -> None:
    chain = (Source("Outlet", "outlet"), Source("Syrian officials", "official", anonymous=True))
    for wanted, right in (("Syrian officials", 1), ("Syrian officials (anonymous)", 1),
                          ("Syrian Officials", 0)):
        golds = gold(line(sources=["Outlet", wanted]))
        assert score(golds, claim(sources=chain)).sources.correct == right
    named = (chain[0], replace(chain[1], anonymous=False))
    marked = gold(line(sources=["Outlet", "Syrian officials (anonymous)"]))
    assert score(marked, claim(sources=named)).sources.correct == 0


def test_an_unnamed_source_is_a_class() -> None:
    golds = gold(line(sources=["Outlet", "unnamed"]))
    chain = (Source("Outlet", "outlet"), Source("", "unnamed"))
    assert score(golds, claim(sources=chain)).sources.correct == 1
    assert score(golds, claim(sources=(chain[0], Source("unnamed", "official")))
                 ).sources.correct == 0


def test_a_plan_told_as_fact_is_a_false_fact_unless_matched_elsewhere() -> None:
    planned = line(modality="planned")
    result = score(gold(planned), claim())
    assert result.to_json()["false_facts"] == {"count": 1, "n": 1}
    assert result.false_alarms[0].false_fact
    assert score(gold(planned, line()), claim()).false_facts == 0
    assert score(gold(planned), claim(place="Idlib")).false_facts == 0
    assert score(gold(planned), claim(modality="possible")).false_facts == 0


def test_errors_come_with_their_sentence_and_what_differs() -> None:
    result = score(gold(line()), claim(place="Idlib"),
                   sentence_at=lambda report, span: f"{report} {span.start}")
    assert result.misses[0].sentence == "a.txt 0"
    assert result.misses[0].differs == ("place",)
    found = result.to_json()
    assert found["false_alarms"][0]["sentence"] == "A sentence."  # type: ignore[index]


def test_nothing_predicted_scores_nothing() -> None:
    result = score(gold(line())).to_json()
    assert result["overall"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1, "hits": 0,
                                 "misses": 1, "false_alarms": 0}


@given(st.lists(st.tuples(st.sampled_from(["gain", "hold"]), st.integers(0, 30)), max_size=8))
def test_order_of_predictions_changes_nothing(made: list[tuple[str, int]]) -> None:
    golds = gold(line(), line(start=5, end=15), line(kind="hold", start=10, end=30, core=False))
    predicted = [claim(kind, start=start) for kind, start in made]
    one, other = score(golds, *predicted), score(golds, *reversed(predicted))
    assert one.to_json() == other.to_json()
    hits, alarms = one.overall.hits, one.overall.false_alarms
    assert hits + one.overall.misses == 2
    assert alarms <= len(predicted) - hits
