"""The resolver as a whole: complete, stable, and clear about its version."""

from __future__ import annotations

from pathlib import Path

from tests.resolve.conftest import Case
from tests.resolve.test_locate import AFGHAN
from whoholds.core import Claim, Source, SourceClass, Span
from whoholds.resolve import Gazetteer, Resolver, load_packs


def _claims(case: Case) -> None:
    for words in ("Jalalabad", "Kabul", "the district of Bagram", "The city"):
        case.claim(actor=case.mention("Taliban fighters"), place=case.mention(words),
                   counterpart=case.mention("the Afghan army"))


def test_every_mention_has_a_resolution_and_every_entity_is_given(resolver: Resolver) -> None:
    case = Case(resolver, AFGHAN)
    _claims(case)
    found = case.resolved()
    assert {(r.claim_id, r.role) for r in found.resolutions} == {
        (c.id, role) for c in case.claims
        for role in ("actor", "counterpart", "place", "source:0")}
    known = {e.id for e in (*found.places, *found.actors)}
    for resolution in found.resolutions:
        assert {c.entity_id for c in resolution.candidates} <= known
        assert resolution.data == resolver.version
    for actor in found.actors:
        assert actor.side is None or actor.side in known
        assert set(actor.parents) <= known


def test_the_order_of_claims_changes_nothing(resolver: Resolver, index: Path) -> None:
    case = Case(resolver, AFGHAN)
    _claims(case)
    forward = case.resolved()
    case.claims.reverse()
    backward = case.resolved()
    assert sorted(r.id for r in forward.resolutions) == sorted(r.id for r in backward.resolutions)
    assert forward.places == backward.places
    fresh = Resolver(Gazetteer.open(index), load_packs())
    case.resolver = fresh
    assert case.resolved() == backward


def test_the_version_tells_gazetteer_and_packs(resolver: Resolver, gazetteer: Gazetteer) -> None:
    assert gazetteer.version in resolver.version
    assert Resolver(gazetteer, load_packs([])).version != resolver.version


def test_a_report_without_claims_resolves_to_nothing(resolver: Resolver) -> None:
    found = Case(resolver, "Nothing happened.").resolved()
    assert (found.resolutions, found.places, found.actors) == ((), (), ())


def test_ids_find_their_places(resolver: Resolver) -> None:
    for place_id in ("geonames:1138958", "pack:afghanistan/torkham",
                     "set:afghanistan/border-crossings", "geonames:703448"):
        found = resolver.place(place_id)
        assert found is not None
        assert found.id == place_id
    assert resolver.place("geonames:1") is None
    assert resolver.place("nonsense") is None


def test_exact_names_of_places_are_known_and_others_not(resolver: Resolver) -> None:
    assert resolver.is_place("Kreminna")
    assert resolver.is_place("Lashkar Gah")
    assert not resolver.is_place("Kremina")
    assert not resolver.is_place("Taliban")


def _told(case: Case, words: str, speaker: str, kind: SourceClass = "official",
          **fields: object) -> str | None:
    """Whom ``words`` mean in a claim that ``speaker`` makes."""
    mention = case.mention(words, **fields)
    source = Source(speaker, kind, mention=case.mention(speaker))
    claim = Claim(case.report.id, "gain", mention.span, Span(0, len(case.report.text)),
                  (Source("Herald", "outlet"), source), actor=mention)
    case.claims.append(claim)
    found = case.resolved()
    wanted = next(r.entity_id for r in found.resolutions
                  if r.claim_id == claim.id and r.role == "actor")
    return next((a.name for a in found.actors if a.id == wanted), None)


def test_the_enemy_is_the_other_of_two_sides(resolver: Resolver) -> None:
    text = ("Russian troops lost Lyman. The Ukrainian defence ministry said the enemy had "
            "attacked, and that our troops had taken Kreminna. ")
    case = Case(resolver, text)
    case.claim(actor=case.mention("Russian troops", form="description"))
    assert _told(case, "enemy", "Ukrainian defence ministry") == "Russia"
    assert _told(case, "our troops", "Ukrainian defence ministry", head="troops") == "Ukraine"
    three = Case(resolver, text + "Sudanese troops left Khartoum.")
    three.claim(actor=three.mention("Russian troops", form="description"))
    three.claim(actor=three.mention("Sudanese troops", form="description"))
    assert _told(three, "enemy", "Ukrainian defence ministry") is None


def test_we_without_a_known_speaker_is_nobody(resolver: Resolver) -> None:
    case = Case(resolver, "The Taliban took Kunduz. We fought, said a resident of Kandahar.")
    case.claim(actor=case.mention("Taliban"))
    assert _told(case, "We", "resident of Kandahar", "resident", form="pronoun",
                 head="we") is None


def test_we_are_the_side_of_the_speaker_whom_a_pronoun_names(resolver: Resolver) -> None:
    case = Case(resolver, "Rebels took Kreminna. Kharkiv's mayor spoke in Ukraine. We lost, he "
                          "said.")
    he = case.mention("he said")
    assert _told(case, "We", "Kharkiv's mayor", form="pronoun", head="we",
                 antecedent=Span(he.span.start, he.span.start + 2)) == "Ukraine"
