"""Actors of a report: names, nationality and role, descriptions, capitals, coined groups."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import Case
from whoholds.core import Claim, Mention, Source, Span
from whoholds.resolve import Resolver

AFGHAN = ("Taliban insurgents entered Kabul as government forces left, the country's Interior "
          "Ministry said. The ministry blamed the militants. American troops guard the airport; "
          "Washington sent more. A Taliban spokesman denied it. Residents fled Afghanistan. "
          "The group's fighters met the Afghan army and anti-Taliban fighters.")


@pytest.mark.parametrize(("words", "name"), [
    ("Taliban insurgents", "Taliban"), ("government forces", "Afghan security forces"),
    ("the country's Interior Ministry", "Interior Ministry of Afghanistan"),
    ("The ministry", "Interior Ministry of Afghanistan"), ("the militants", "Taliban"),
    ("American troops", "United States"), ("Washington", "United States"),
    ("A Taliban spokesman", "Taliban"), ("the Afghan army", "Afghan army"),
    ("anti-Taliban fighters", "National Resistance Front"), ("Residents", None)])
def test_who_is_meant_in_one_theatre(resolver: Resolver, words: str, name: str | None) -> None:
    case = Case(resolver, AFGHAN)
    case.ask("actor", "the country's Interior Ministry")
    assert case.name("actor", words, form="description") == name


def test_all_of_the_government_is_one_side(resolver: Resolver) -> None:
    case = Case(resolver, AFGHAN)
    sides = set()
    for words in ("government forces", "the country's Interior Ministry", "the Afghan army"):
        wanted = case.ask("actor", words).entity_id
        sides |= {a.side for a in case.resolved().actors if a.id == wanted}
    assert sides == {"state:AF"}
    assert "state:AF" in {a.id for a in case.resolved().actors}


ELSEWHERE = ("The Rapid Support Forces (RSF) took El Obeid, Sudanese officials said. The army "
             "fled. The RSF denied it; the paramilitary group blamed M23 rebels. Khartoum said "
             "Sudanese rebels had come with Syrian soldiers.")


@pytest.mark.parametrize(("words", "name", "side"), [
    ("The Rapid Support Forces", "Rapid Support Forces", None),
    ("The RSF", "Rapid Support Forces", None),
    ("the paramilitary group", "Rapid Support Forces", None),
    ("Sudanese officials", "Sudan", "state:SD"), ("The army", "Sudan", "state:SD"),
    ("Khartoum", "Sudan", "state:SD"), ("M23 rebels", "M23", None),
    ("Sudanese rebels", "Sudanese rebels", None), ("Syrian soldiers", "Syria", "state:SY")])
def test_a_war_that_no_pack_knows_has_actors(resolver: Resolver, words: str, name: str,
                                             side: str | None) -> None:
    case = Case(resolver, ELSEWHERE)
    case.ask("actor", "The Rapid Support Forces")
    wanted = case.ask("actor", words).entity_id
    actor = next(a for a in case.resolved().actors if a.id == wanted)
    assert actor.name == name
    assert actor.side == (side or actor.id)


def test_a_coined_actor_is_the_same_in_every_report(resolver: Resolver) -> None:
    one = Case(resolver, "M23 rebels took a town.").ask("actor", "M23 rebels")
    other = Case(resolver, "Then the M23 fighters withdrew.").ask("actor", "the M23 fighters")
    assert one.entity_id == other.entity_id


def test_a_place_is_no_actor(resolver: Resolver) -> None:
    case = Case(resolver, "Kharkiv was shelled on Monday in Ukraine.")
    assert case.ask("actor", "Kharkiv").entity_id is None


def test_pronouns_follow_their_antecedent(resolver: Resolver) -> None:
    text = "American troops met Taliban fighters in Kabul. They left."
    case = Case(resolver, text)
    assert case.name("actor", "They", form="pronoun", antecedent=Span(0, 15)) == "United States"


@pytest.mark.parametrize(("name", "kind", "expected"), [
    ("Associated Press", "agency", "pack:world/associated-press"),
    ("AP", "agency", "pack:world/associated-press"),
    ("The Village Gazette", "outlet", "outlet:the-village-gazette")])
def test_outlets_and_agencies_are_sources(resolver: Resolver, name: str, kind: str,
                                          expected: str) -> None:
    case = Case(resolver, "The Taliban took Kabul.")
    claim = case.claim(place=case.mention("Kabul"))
    case.claims = [Claim(claim.report_id, "gain", claim.span, claim.sentence,
                         (Source("Herald", "outlet"), Source(name, kind)),  # type: ignore[arg-type]
                         place=claim.place)]
    found = {r.role: r.entity_id for r in case.resolved().resolutions}
    assert found["source:1"] == expected
    assert found["source:0"] == "outlet:herald"


def test_unnamed_officials_are_nobody(resolver: Resolver) -> None:
    case = Case(resolver, "Officials said that the Taliban took Kabul.")
    mention = Mention(Span(0, 9), "Officials", "description", "official")
    claim = case.claim(place=case.mention("Kabul"))
    case.claims = [Claim(claim.report_id, "gain", claim.span, claim.sentence, (
        Source("Herald", "outlet"),
        Source("officials", "official", anonymous=True, mention=mention)), place=claim.place)]
    assert "source:1" not in {r.role for r in case.resolved().resolutions}


@pytest.mark.parametrize(("name", "expected"), [
    ("Taliban", "pack:afghanistan/taliban"), ("Afghan government", "state:AF"),
    ("United States", "state:US"), ("Taliban spokesperson", "pack:afghanistan/taliban"),
    ("Matin Bek", "pack:afghanistan/matin-bek"), ("US officials", "state:US"),
    ("Pentagon", "state:US"), ("National Resistance Front", "pack:afghanistan/resistance-front"),
    ("officials (anonymous)", None), ("Qwrtzplk", None)])
def test_people_ask_for_actors(resolver: Resolver, name: str, expected: str | None) -> None:
    actor = resolver.find_actor(name)
    assert (actor.id if actor else None) == expected


@pytest.mark.parametrize(("text", "words", "name"), [
    ("The Syrian Democratic Forces hold Aleppo.", "The Syrian Democratic Forces",
     "Syrian Democratic Forces"),
    ("In Sudan the National Defence and Security Forces spoke.",
     "the National Defence and Security Forces", "Sudan"),
    ("The Rapid Support Forces took Khartoum. The RSF rules.", "The RSF", "Rapid Support Forces"),
    ("Soldiers in Khartoum, Sudan, fled.", "Soldiers", "Sudan"),
    ("A spokesman for the Taliban said that Kabul fell.", "A spokesman for the Taliban",
     "Taliban")])
def test_names_and_plain_words_are_told_apart(resolver: Resolver, text: str, words: str,
                                              name: str) -> None:
    assert Case(resolver, text).name("actor", words) == name


def test_rebels_are_never_a_state(resolver: Resolver) -> None:
    case = Case(resolver, "Syria said that it had beaten the rebels in Aleppo.")
    found = case.ask("actor", "the rebels", antecedent=Span(0, 5))
    kind = next(a.type for a in case.resolved().actors if a.id == found.entity_id)
    assert kind == "armed group"


def test_a_city_s_office_is_its_state_s(resolver: Resolver) -> None:
    case = Case(resolver, "Shells fell on Kharkiv, Ukraine. Kharkiv's deputy mayor said so.")
    assert case.name("actor", "Kharkiv's deputy mayor", form="description") == "Ukraine"
