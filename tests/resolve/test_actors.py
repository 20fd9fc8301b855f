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
def test_a_war_that_no_pack_knows_has_actors(packless: Resolver, words: str, name: str,
                                             side: str | None) -> None:
    case = Case(packless, ELSEWHERE)
    case.ask("actor", "The Rapid Support Forces")
    wanted = case.ask("actor", words).entity_id
    actor = next(a for a in case.resolved().actors if a.id == wanted)
    assert actor.name == name
    assert actor.side == (side or actor.id)


def test_a_coined_actor_is_the_same_in_every_report(packless: Resolver) -> None:
    one = Case(packless, "M23 rebels took a town.").ask("actor", "M23 rebels")
    other = Case(packless, "Then the M23 fighters withdrew.").ask("actor", "the M23 fighters")
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
     "the National Defence and Security Forces", "Sudanese government"),
    ("The Rapid Support Forces took Khartoum. The RSF rules.", "The RSF", "Rapid Support Forces"),
    ("Soldiers in Khartoum, Sudan, fled.", "Soldiers", "Sudanese government"),
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


def _sides(resolver: Resolver, text: str, *words: str) -> list[str | None]:
    """The ids of the sides of what ``words`` mean in ``text``, in its order."""
    case = Case(resolver, text)
    for one in words:
        case.claim(actor=case.mention(one, form="name" if one[0].isupper() else "description"))
    found = case.resolved()
    actors = {a.id: a for a in found.actors}
    meant = {r.claim_id: r.entity_id for r in found.resolutions if r.role == "actor"}
    return [actors[i].side if (i := meant[c.id]) else None for c in case.claims]


INVENTED = ("The Liberation Column, a rebel group from the Toreh highlands, seized the town of "
            "Qarrum on Friday, the government of Miravalle said. Government troops fell back. "
            "\"We hold the bridge,\" Osk Varen, a spokesman for the Liberation Column, said. The "
            "rebels lost three men; the Column's fighters buried them. Miravallean soldiers "
            "shelled the town and the army sent tanks, the interior ministry said.")


def test_an_invented_war_has_two_sides_and_keeps_them(packless: Resolver) -> None:
    column = _sides(packless, INVENTED, "The Liberation Column", "Osk Varen", "The rebels",
                    "the Column's fighters")
    state = _sides(packless, INVENTED, "the government of Miravalle", "Government troops",
                   "Miravallean soldiers", "the army", "the interior ministry")
    assert len(set(column)) == len(set(state)) == 1
    assert column[0] not in (None, state[0])
    assert state[0] is not None
    later = ("Fighters of the Liberation Column left Qarrum. The Miravallean government promised "
             "an inquiry.")
    assert _sides(packless, later, "Fighters of the Liberation Column",
                  "The Miravallean government") == [column[0], state[0]]


def test_without_a_country_the_state_is_still_no_rebel(packless: Resolver) -> None:
    text = ("Highland rebels overran Dwarrowmoor. Government troops had left; the army said so, "
            "and insurgents burned the bridge.")
    rebels, troops, army, insurgents = _sides(packless, text, "Highland rebels",
                                              "Government troops", "the army", "insurgents")
    assert rebels == insurgents
    assert troops == army
    assert len({rebels, troops}) == 2


@pytest.mark.parametrize(("text", "words", "name"), [
    ("The M23, a rebel group backed by Rwanda, took a town in Sudan. The group holds it.",
     "The group", "M23"),
    ("Rwanda-backed rebels of the M23 met Sudanese troops.", "Rwanda-backed rebels", "M23"),
    ("A militia called the Red Hand took Varn. The militia burned it.", "The militia", "Red Hand"),
    ("Fighters loyal to Khalil Sand left. Sand's forces burned it.", "Sand's forces",
     "Khalil Sand"),
    ("The NLF (National Land Front) rose. The National Land Front won.",
     "The NLF", "National Land Front"),
    ("North Sudanese gunmen came.", "North Sudanese gunmen", "North Sudanese"),
    ("Gunmen came to a town in Sudan.", "Gunmen", "Sudanese gunmen"),
    ("The rebel commander Ilan Koray met M23 rebels. He left.", "rebel commander Ilan Koray",
     "M23")])
def test_a_report_tells_its_own_actors(packless: Resolver, text: str, words: str,
                                       name: str) -> None:
    form = "description" if words.rsplit(maxsplit=1)[-1].islower() else "name"
    assert Case(packless, text).name("actor", words, form=form) == name


def test_insurgents_are_those_of_the_report_s_country(resolver: Resolver) -> None:
    afghan = ("The insurgents took Kunduz and Herat in Afghanistan. Afghan troops left Kandahar. "
              "In Syria, the Free Syrian Army fled Aleppo and Idlib, Syrians said.")
    syrian = ("The insurgents took Hama and Aleppo in Syria. Syrian troops left Homs. It was like "
              "the fall of Kabul to the Taliban.")
    assert _sides(resolver, afghan, "The insurgents") == ["pack:afghanistan/taliban"]
    assert _sides(resolver, syrian, "The insurgents") == ["pack:syria/opposition"]


@pytest.mark.parametrize(("text", "words", "side"), [
    ("The insurgents seized a town in Pakistan. Pakistani soldiers fled, Pakistani officials said. "
     "Syria said nothing.", "The insurgents", "provisional"),
    ("The National Army left a town in Pakistan, Pakistanis said.", "The National Army",
     "state:PK"),
    ("The Arakan Army fought in Pakistan.", "The Arakan Army", "pack:myanmar/brotherhood-alliance"),
    ("The AA won in Pakistan.", "The AA", "provisional"),
    ("The Kachin Independence Army (KIA) took a base in Myanmar. KIA troops left.", "KIA troops",
     "pack:myanmar/kia")])
def test_what_any_war_may_have_is_a_pack_s_only_in_its_country(
        resolver: Resolver, text: str, words: str, side: str) -> None:
    form = "description" if words == "The insurgents" else "name"
    case = Case(resolver, text)
    wanted = case.ask("actor", words, form=form).entity_id
    actor = next(a for a in case.resolved().actors if a.id == wanted)
    assert actor.side == side or (actor.provisional and side == "provisional")


UKRAINE = ("Russian forces took Severodonetsk, the governor Serhiy Haidai said. Moscow-backed "
           "separatists entered Lysychansk with Wagner mercenaries; the Luhansk People's Republic "
           "raised its flag. The Azov Regiment surrendered in Mariupol, Ukraine. The invaders "
           "shelled Kyiv. Ukrainian troops hold Kharkiv.")


def test_two_sides_of_ukraine(resolver: Resolver) -> None:
    russia = _sides(resolver, UKRAINE, "Russian forces", "Moscow-backed separatists",
                    "Wagner mercenaries", "the Luhansk People's Republic", "The invaders")
    ukraine = _sides(resolver, UKRAINE, "Serhiy Haidai", "The Azov Regiment", "Ukrainian troops")
    assert set(russia) == {"state:RU"}
    assert set(ukraine) == {"state:UA"}


def test_islamic_state_is_one_actor_in_every_theatre(resolver: Resolver) -> None:
    iraq = _sides(resolver, "The jihadists took Mosul and Tikrit in Iraq.", "The jihadists")
    syria = _sides(resolver, "The Islamic State lost Raqqa in Syria.", "The Islamic State")
    assert iraq == syria == ["pack:world/islamic-state"]


def test_what_a_people_is_called_names_its_actor(resolver: Resolver) -> None:
    assert _sides(resolver, "Kurdish officials said that they hold Hasakah, Syria.",
                  "Kurdish officials") == ["pack:syria/sdf"]


def test_a_coined_actor_is_stored_alike_whatever_a_report_tells_of_it(packless: Resolver) -> None:
    texts = ("The Red Sash (RS), a rebel group, took Varn.", "The Red Sash denied it.",
             "Fighters of the Red Sash left.")
    stored = []
    for text in texts:
        case = Case(packless, text)
        wanted = case.ask("actor", "Red Sash").entity_id
        stored.append(next(a for a in case.resolved().actors if a.id == wanted))
    assert stored[0] == stored[1] == stored[2]


SIERRA = ("Communist troops walked into Varn. Nationalist rearguards had left it in Communist "
          "hands. President Orrego's guards hold the bridge, though the rebels are near.")


def test_those_who_stand_for_something_are_a_side(packless: Resolver) -> None:
    one, other = _sides(packless, SIERRA, "Communist troops", "Nationalist rearguards")
    assert one != other
    assert _sides(packless, "Communists took Varn. The communist fighters left.",
                  "communist fighters") == [one]


def test_a_president_s_guards_are_no_rebels(packless: Resolver) -> None:
    case = Case(packless, SIERRA)
    guards = case.name("actor", "President Orrego's guards", form="description")
    assert guards == "government"
    assert case.name("actor", "rebels") != guards


def test_mutinous_soldiers_are_not_the_state_s(resolver: Resolver) -> None:
    case = Case(resolver, "Mutinous soldiers took the radio station in Kharkiv, Ukraine; soldiers "
                          "hold the airport.")
    assert case.name("actor", "Mutinous soldiers", form="description") == "Ukrainian mutineers"


def test_critics_and_diplomats_are_nobody(resolver: Resolver) -> None:
    case = Case(resolver, "Russian forces hold Kyiv, Ukraine. Critics and diplomats fear more.")
    for words in ("Critics", "diplomats"):
        assert case.ask("actor", words, form="description").entity_id is None


def test_a_general_s_army_makes_him_no_state(packless: Resolver) -> None:
    case = Case(packless, "General Sherman's army took Varn. General Sherman's army left again.")
    claim = case.claim(actor=case.mention("General Sherman's army", form="description"))
    assert "state" not in {a.type for a in case.resolved().actors}
    assert claim.actor is not None


def test_a_spokesman_in_a_capital_is_its_state_s(resolver: Resolver) -> None:
    case = Case(resolver, "Rebels overran Lyman. The defence spokesman in Kyiv denied it, so did "
                          "aid officials in Kabul. Syria, Syria and Syria sent men.")
    assert case.ask("actor", "defence spokesman in Kyiv").entity_id == "state:UA"
    assert case.ask("actor", "aid officials in Kabul").entity_id != "state:AF"


def test_an_acronym_that_the_end_explains_is_the_same_actor(packless: Resolver) -> None:
    text = ("FLN fighters captured Varn. The FLN denied it. Gunmen of the FARN shelled it. A "
            "spokesman for the Forces for the Liberation of Nork (FLN) blamed the Revolutionary "
            "Armed Forces of Nork (FARN).")
    one = _sides(packless, text, "FLN fighters", "The FLN", "Forces for the Liberation of Nork")
    other = _sides(packless, text, "Gunmen of the FARN", "Revolutionary Armed Forces of Nork")
    assert len(set(one)) == len(set(other)) == 1
    assert one[0] != other[0]
