"""Claims and resolutions become evidence about places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from whoholds.core import (
    Actor,
    Candidate,
    Claim,
    Interval,
    Mention,
    Place,
    Quantity,
    Report,
    Resolution,
    Source,
    Span,
)
from whoholds.pipeline.evidence import (
    NOWHERE,
    Known,
    evidence_of,
    gather,
    resolutions_by_role,
    set_evidence,
    told_in,
)

REPORT = Report("Rebels took Aville. " * 3, "Herald", Interval.of_days(date(2031, 4, 2)))
OUTLET = Source("Herald", "outlet")
SPAN = Span(0, 18)


def mention(text: str, **fields: object) -> Mention:
    return Mention(SPAN, text, "name", text, **fields)  # type: ignore[arg-type]


def claim(*sources: Source, place: Mention | None = None, **fields: object) -> Claim:
    return Claim(REPORT.id, "gain", SPAN, SPAN, (OUTLET, *sources),
                 actor=mention("Rebels"), place=place or mention("Aville"),
                 **fields)  # type: ignore[arg-type]


def known(one: Claim, **resolved: str) -> Known:
    kinds = {"place": "place"}
    rows = [Resolution(one.id, role.replace("source", "source:"), kinds.get(role, "actor"),  # type: ignore[arg-type]
                       entity, (Candidate(entity, 0.8),), "v") for role, entity in resolved.items()]
    places = (Place("a", "Aville", "city"), Place("b", "Beeton", "city"),
              Place("all", "towns", "set", members=("a", "b"), complete=True),
              Place("some", "towns", "set", members=("a", "b")))
    actors = (Actor("reb", "Rebels", "armed group", side="front"),
              Actor("agency", "Wire", "agency"),
              Actor("min", "Ministry", "organisation", side="gov"))
    return Known({REPORT.id: REPORT}, (one,), resolutions_by_role(rows),
                 {p.id: p for p in places}, {a.id: a for a in actors})


def test_a_claim_speaks_of_its_place_and_of_the_side_of_its_actor() -> None:
    one = claim()
    (row,) = evidence_of(one, known(one, place="a", actor="reb"))
    assert (row.place_id, row.actor_side, row.origin) == ("a", "front", "outlet:Herald")
    assert abs(row.resolution_p - 0.64) < 1e-9
    assert REPORT.published is not None
    assert row.known_at == REPORT.published.latest


def test_a_claim_without_a_known_place_is_no_evidence() -> None:
    one = claim()
    assert evidence_of(one, known(one, actor="reb")) == []


def test_all_of_a_complete_set_is_each_of_its_members() -> None:
    one = claim(place=mention("all towns", plural=True, quantifier="all"))
    rows = evidence_of(one, known(one, place="all"))
    assert [(r.place_id, r.by_set) for r in rows] == [("a", "all"), ("b", "all")]


def test_an_incomplete_set_a_count_or_a_part_of_a_set_moves_no_member() -> None:
    everything = mention("all towns", plural=True, quantifier="all")
    incomplete = claim(place=everything)
    assert evidence_of(incomplete, known(incomplete, place="some")) == []
    counted = claim(place=everything, quantity=Quantity(1, "exactly", "town"))
    assert evidence_of(counted, known(counted, place="all")) == []
    partly = claim(place=everything, part="outskirts")
    assert evidence_of(partly, known(partly, place="all")) == []
    several = claim(place=replace(everything, quantifier="several"))
    assert evidence_of(several, known(several, place="all")) == []


def test_a_named_origin_is_one_whoever_cites_it() -> None:
    ministry = Source("Ministry", "official", mention=mention("Ministry"))
    direct = claim(ministry)
    through = claim(Source("Wire", "agency", mention=mention("Wire")), ministry)
    (one,) = evidence_of(direct, known(direct, place="a", source1="min"))
    (other,) = evidence_of(through, known(through, place="a", source1="agency", source2="min"))
    assert one.origin == other.origin == "actor:min"
    assert one.origin_side == "gov"


def test_an_unnamed_origin_is_its_class_and_who_cites_it() -> None:
    nobody = Source("officials", "official", anonymous=True, mention=mention("officials"))
    here = claim(nobody)
    there = claim(Source("Wire", "agency", mention=mention("Wire")), nobody)
    (one,) = evidence_of(here, known(here, place="a", source1="min"))
    (other,) = evidence_of(there, known(there, place="a", source1="agency", source2="min"))
    assert one.origin != other.origin
    assert one.origin_side == other.origin_side == "gov"


def test_evidence_comes_in_order_of_publication() -> None:
    one = claim()
    facts = known(one, place="a", actor="reb")
    early = replace(REPORT, published=Interval.of_days(date(2031, 4, 1)))
    first = replace(one, report_id=early.id)
    rows = {**facts.resolutions, **{
        (first.id, role): replace(r, claim_id=first.id)
        for (_, role), r in facts.resolutions.items()}}
    both = replace(facts, reports={REPORT.id: REPORT, early.id: early}, claims=(one, first),
                   resolutions=rows)
    assert [row.claim.id for row in gather(both)] == [first.id, one.id]


def test_a_fall_that_names_nobody_is_to_the_one_side_that_takes_places() -> None:
    named, unnamed = claim(), replace(claim(), actor=None, place=mention("Beeton"))
    facts = known(named, place="a", actor="reb")
    place = Resolution(unnamed.id, "place", "place", "b", (Candidate("b", 0.9),), "v")
    both = replace(facts, claims=(named, unnamed),
                   resolutions={**facts.resolutions, (unnamed.id, "place"): place})
    fall = next(row for row in gather(both) if row.place_id == "b")
    assert fall.actor_side == "front"
    assert fall.resolution_p < 0.9
    alone = replace(both, claims=(unnamed,))
    assert [row.actor_side for row in gather(alone)] == [None]


def test_a_loss_leaves_the_place_to_the_one_side_that_takes_places() -> None:
    named = claim()
    lost = replace(claim(), kind="loss", place=mention("Beeton"))
    facts = known(named, place="a", actor="reb")
    rows = {**facts.resolutions}
    for role, kind, entity in (("place", "place", "b"), ("actor", "actor", "min")):
        rows[lost.id, role] = Resolution(
            lost.id, role, kind, entity, (Candidate(entity, 0.9),), "v")  # type: ignore[arg-type]
    both = replace(facts, claims=(named, lost), resolutions=rows)
    loss = next(row for row in gather(both) if row.place_id == "b")
    assert (loss.actor_side, loss.counterpart_side) == ("gov", "front")


def test_a_sentence_taken_over_word_for_word_is_the_first_report_s_testimony() -> None:
    wire = "Rebels took Aville at dawn on Tuesday, two officials in the region said."
    first = Report(wire, "Wire", Interval.of_days(date(2031, 4, 1)))
    later = Report("It was a long night.\n" + wire + " Nobody slept.", "Herald",
                   Interval.of_days(date(2031, 4, 2)))
    at = later.text.index("Rebels")
    one = replace(claim(), report_id=first.id, sentence=Span(0, len(wire)))
    same = replace(claim(), report_id=later.id, sentence=Span(at, at + len(wire)))
    short = replace(same, kind="hold", sentence=Span(0, 20))
    rows = {(c.id, "place"): Resolution(c.id, "place", "place", "a", (Candidate("a", 0.9),), "v")
            for c in (one, same, short)}
    facts = replace(known(one), reports={first.id: first, later.id: later},
                    claims=(one, same, short), resolutions=rows)
    assert {row.claim.id: row.copy_of for row in gather(facts)} == {
        one.id: None, same.id: first.id, short.id: None}


def test_a_medium_is_one_voice_however_its_name_is_told() -> None:
    nobody = Source("officials", "official", anonymous=True, mention=mention("officials"))
    wire = [Source(name, "agency", mention=mention(name))
            for name in ("Wire", "the Wire news agency", "Other Wire")]
    origins = [evidence_of(one, known(one, place="a"))[0].origin
               for one in (claim(medium, nobody) for medium in wire)]
    assert origins[0] == origins[1] != origins[2]


def test_an_outlet_that_names_itself_is_the_outlet() -> None:
    itself = claim(Source("the Herald", "outlet", mention=mention("the Herald")))
    (row,) = evidence_of(itself, known(itself, place="a"))
    assert (row.origin, row.origin_class) == ("outlet:Herald", "outlet")


def test_a_number_of_a_set_is_about_the_set_and_about_no_member() -> None:
    two = Quantity(2, "exactly", "town", of=34)
    counted = claim(place=mention("2 towns", plural=True), quantity=two)
    rows = known(counted, place="all", actor="reb")
    (row,) = set_evidence(rows)
    assert (row.place_id, row.by_set, row.actor_side) == ("all", None, "front")
    assert gather(rows) == ()
    single = claim(quantity=two)
    assert set_evidence(known(single, place="a")) == ()


def test_a_number_of_no_place_is_kept() -> None:
    dead = replace(claim(quantity=Quantity(9, "at least", "soldier")), place=None)
    (row,) = set_evidence(known(dead))
    assert row.place_id == NOWHERE


def test_the_words_of_a_claim_reach_back_to_its_modal() -> None:
    report = Report("On Monday the rebels might take Aville.", "Herald")
    start = report.text.index("take")
    one = Claim(report.id, "gain", Span(start, start + 11), Span(0, 38), (OUTLET,))
    assert told_in(one, report) == ("rebels", "might", "take", "aville")
