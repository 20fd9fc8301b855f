"""What people decided: located, merged, split; the same while reading and afterwards."""

from __future__ import annotations

import json

import pytest

from tests.resolve.conftest import Case
from whoholds.core import Actor, Candidate, Place, Resolution, Resolved
from whoholds.resolve import Decisions, Gazetteer, Resolver, coin, load_packs, provisional

TALL = provisional("Tall Sorl", "city", None, "SY")
TELL = provisional("Tell Sorl", "city", None, "SY")
ALEPPO = Place("geonames:170063", "Aleppo", "city", "SY", 170063, 36.2, 37.16)
NORTH, SOUTH = coin("Northern Front", "armed group", None), coin("Southern Front", "armed group",
                                                                 None)


def _said(claim: str, *found: tuple[str, float], role: str = "place") -> Resolution:
    best = found[0]
    return Resolution(claim, role, "place" if role == "place" else "actor",
                      best[0] if best[1] >= 0.5 else None,
                      tuple(Candidate(i, p, ("its name",)) for i, p in found), "data 1")


def test_nothing_decided_changes_nothing() -> None:
    known = Resolved((_said("c1", (TALL.id, 0.8)),), (TALL,), ())
    assert not Decisions()
    assert Decisions().version == ""
    assert Decisions().apply(known) is known


def test_a_provisional_place_gets_coordinates_and_keeps_its_id() -> None:
    decided = Decisions().locate(TALL.id, 36.5, 38.25)
    place = decided.apply(Resolved((_said("c1", (TALL.id, 0.8)),), (TALL,), ())).places[0]
    assert (place.id, place.latitude, place.longitude) == (TALL.id, 36.5, 38.25)
    with pytest.raises(ValueError, match="no place on Earth"):
        decided.locate(TALL.id, 91.0, 0.0)


def test_merged_spellings_add_up_and_lead_to_one_place() -> None:
    known = Resolved((_said("c1", (TALL.id, 0.45), (TELL.id, 0.4)), _said("c2", (TELL.id, 0.9)),
                      _said("c3", (ALEPPO.id, 0.9))), (ALEPPO, TALL, TELL), ())
    now = Decisions().merge(TELL.id, TALL).apply(known)
    assert [r.entity_id for r in now.resolutions] == [TALL.id, TALL.id, ALEPPO.id]
    assert now.resolutions[0].candidates[0].score_p == 0.85
    assert now.resolutions[2] is known.resolutions[2]
    assert [p.id for p in now.places] == [ALEPPO.id, TALL.id]


def test_a_place_located_in_the_gazetteer_brings_that_entry_with_it() -> None:
    decided = Decisions().merge(TELL.id, TALL).merge(TALL.id, ALEPPO)
    now = decided.apply(Resolved((_said("c1", (TELL.id, 0.8)),), (TELL,), ()))
    assert now.resolutions[0].entity_id == ALEPPO.id
    assert now.places == (ALEPPO,)
    assert "decided in review" in now.resolutions[0].candidates[0].reasons
    with pytest.raises(ValueError, match="already merged"):
        decided.merge(ALEPPO.id, TELL)


def test_members_of_a_merged_side_change_sides() -> None:
    wing = Actor("provisional:wing", "Wing", "force", side=SOUTH.id, parents=(SOUTH.id,))
    known = Resolved((_said("c1", (wing.id, 0.9), role="actor"),), (), (SOUTH, wing))
    now = {a.id: a for a in Decisions().merge(SOUTH.id, NORTH).apply(known).actors}
    assert now[wing.id].side == NORTH.id
    assert now[wing.id].parents == (NORTH.id,)
    assert now.keys() == {wing.id, NORTH.id}


def test_sets_follow_their_members() -> None:
    group = Place("set:sy/towns", "towns", "set", "SY", members=(TALL.id, TELL.id), complete=True)
    assert Decisions().merge(TELL.id, TALL).place(group).members == (TALL.id,)


def test_mentions_split_off_mean_something_else_and_keep_their_candidates() -> None:
    first, second = (_said(c, (NORTH.id, 0.9), role="actor") for c in ("c1", "c2"))
    now = Decisions().split([("c2", "actor")], SOUTH).apply(
        Resolved((first, second), (), (NORTH,)))
    assert [r.entity_id for r in now.resolutions] == [NORTH.id, SOUTH.id]
    assert [c.entity_id for c in now.resolutions[1].candidates] == [SOUTH.id, NORTH.id]
    assert {a.id for a in now.actors} == {NORTH.id, SOUTH.id}


def test_decisions_are_written_and_read_back() -> None:
    decided = Decisions().locate(TALL.id, 1, 2).merge(TELL.id, TALL).split([("c", "actor")], NORTH)
    again = Decisions.from_json(json.loads(json.dumps(decided.to_json())))
    assert again == decided
    assert again.version == decided.version != Decisions().locate(TALL.id, 1, 3).version


def test_the_same_while_reading_and_afterwards(resolver: Resolver, gazetteer: Gazetteer) -> None:
    text = "Rebels of the Northern Front took the town of Tall Sorl near Aleppo in Syria."
    plain = Case(resolver, text)
    claim = plain.claim(actor=plain.mention("Rebels of the Northern Front"),
                        place=plain.mention("the town of Tall Sorl"))
    found = plain.resolved()
    place, actor = (next(r for r in found.resolutions if r.role == role).entity_id
                    for role in ("place", "actor"))
    assert place == TALL.id
    assert actor == NORTH.id
    decided = Decisions().merge(place, ALEPPO).split([(claim.id, "actor")], SOUTH)
    told = Resolver(gazetteer, load_packs(), decided)
    reading = Case(told, text)
    reading.claims = plain.claims
    read, later = reading.resolved(), decided.apply(found)
    assert [(r.entity_id, r.candidates) for r in read.resolutions] == \
        [(r.entity_id, r.candidates) for r in later.resolutions]
    assert read.places == later.places
    assert read.actors == later.actors
    assert told.version != resolver.version
