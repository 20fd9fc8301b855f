"""Places of a report: names, kinds, sets, coreference, context. Sentences are made up."""

from __future__ import annotations

import pytest

from tests.resolve.conftest import Case
from whoholds.core import Mention, Place, Report, Resolution, Span
from whoholds.resolve import Resolver
from whoholds.resolve.beside import kind_beside
from whoholds.resolve.scene import set_scene

AFGHAN = ("Taliban fighters took Jalalabad and pushed on to Kabul, the Afghan army said. They hold "
          "the district of Bagram, the Torkham border crossing, Kandahar province and the Shindand "
          "airbase, all of Afghanistan's border crossings and 12 provincial capitals. The airport "
          "is open. The city is quiet. Shelling was heard near the village of Deh Nowhere and in "
          "the capital of Helmand province. The country waits.")


@pytest.fixture
def afghan(resolver: Resolver) -> Case:
    return Case(resolver, AFGHAN)


def place(case: Case, resolution: Resolution) -> Place:
    return next(p for p in case.resolved().places if p.id == resolution.entity_id)


@pytest.mark.parametrize(("words", "name", "kind"), [
    ("Jalalabad", "Jalalabad", "city"), ("the district of Bagram", "Bagram", "district"),
    ("the Torkham border crossing", "Torkham", "crossing"),
    ("Kandahar province", "Kandahar", "province"),
    ("the Shindand airbase", "Shindand airbase", "airbase"),
    ("The airport", "Kabul Airport", "airport"), ("The city", "Kabul", "city"),
    ("the capital of Helmand province", "Lashkar Gah", "city"),
    ("The country", "Afghanistan", "country")])
def test_the_kind_asked_for_is_given(afghan: Case, words: str, name: str, kind: str) -> None:
    form = "description" if words in ("The airport", "The city", "The country") else "name"
    found = place(afghan, afghan.ask("place", words, form=form))
    assert (found.name, found.type) == (name, kind)


@pytest.mark.parametrize(("words", "name"), [
    ("all of Afghanistan's border crossings", "border crossings of Afghanistan"),
    ("12 provincial capitals", "provincial capitals of Afghanistan")])
def test_sets_are_places_with_members(afghan: Case, words: str, name: str) -> None:
    found = place(afghan, afghan.ask("place", words, plural=True))
    assert (found.name, found.type, found.complete) == (name, "set", True)
    assert set(found.members) <= {p.id for p in afghan.resolved().places}


def test_a_name_that_nothing_knows_is_kept_the_same_everywhere(resolver: Resolver,
                                                               afghan: Case) -> None:
    here = place(afghan, afghan.ask("place", "the village of Deh Nowhere"))
    assert (here.name, here.type, here.country) == ("Deh Nowhere", "city", "AF")
    assert here.provisional
    assert here.latitude is None
    other = Case(resolver, "In Afghanistan, the Taliban burned the village of Deh Nowhere.")
    assert other.ask("place", "the village of Deh Nowhere").entity_id == here.id


def test_a_district_is_never_a_city(resolver: Resolver) -> None:
    case = Case(resolver, "Ukrainian troops entered the Kharkiv district of Lyman district, Kyiv.")
    for candidate in case.ask("place", "Lyman district").candidates:
        kind = next(p.type for p in case.resolved().places if p.id == candidate.entity_id)
        assert kind == "district"


def test_neighbours_choose_between_towns_of_one_name(resolver: Resolver) -> None:
    case = Case(resolver, "Ukrainian troops hold Kreminna and Lyman, officials in Ukraine said.")
    assert case.ask("place", "Lyman").entity_id == "geonames:704204"
    near = Case(resolver, "Towns near Kharkiv: Russian shells hit Kharkiv and Lyman in Ukraine.")
    assert near.ask("place", "Lyman").candidates[0].entity_id in {
        "geonames:704204", "geonames:704205"}


def test_the_report_s_country_beats_the_name_elsewhere(resolver: Resolver) -> None:
    case = Case(resolver, "Police in Cabool, a town in the United States, closed a road. America "
                          "watched. U.S. media came.")
    assert case.ask("place", "Cabool").entity_id == "geonames:4379591"


def test_packs_are_silent_in_other_wars(resolver: Resolver) -> None:
    case = Case(resolver, "In Ukraine, rebels took the city of Kreminna. Ukrainian troops left.")
    group = case.ask("actor", "rebels")
    assert group.entity_id is not None
    assert "taliban" not in group.entity_id


@pytest.mark.parametrize(("words", "name"), [
    ("the Ukrainian capital", "Kyiv"), ("Sudan's capital", "Khartoum"),
    ("the Afghan capital Kabul", "Kabul")])
def test_capitals_by_nationality(resolver: Resolver, words: str, name: str) -> None:
    case = Case(resolver, f"Rockets fell on {words} and nobody spoke.")
    assert case.name("place", words) == name


@pytest.mark.parametrize(("words", "name"), [
    ("Ukrainian", "Ukraine"), ("the Ukraine", "Ukraine"), ("United States", "United States")])
def test_countries_by_people_and_with_an_article(resolver: Resolver, words: str,
                                                 name: str) -> None:
    case = Case(resolver, f"Reports came from {words} and from Kharkiv.")
    assert case.name("place", words, form="name") == name


def test_another_provincial_capital_is_nobody_s_name(afghan: Case, resolver: Resolver) -> None:
    case = Case(resolver, "The Taliban took Kandahar. A sixth provincial capital fell in "
                          "Afghanistan.")
    assert case.ask("place", "A sixth provincial capital", form="description").entity_id is None


@pytest.mark.parametrize(("words", "name"), [("Helmand", "Lashkar Gah"), ("Herat", "Herat")])
def test_each_of_the_capitals_of_provinces_is_its_own(resolver: Resolver, words: str,
                                                      name: str) -> None:
    case = Case(resolver, "The Taliban took the capitals of Helmand and Herat provinces.")
    found = case.ask("place", words, form="name", type_word="capital", container=words)
    assert (place(case, found).name, place(case, found).type) == (name, "city")


def test_regions_are_not_their_country(resolver: Resolver) -> None:
    case = Case(resolver, "Fighting goes on in eastern Ukraine and in the east of the country.")
    one, other = case.ask("place", "eastern Ukraine"), case.ask("place", "the east of the country")
    assert one.entity_id == other.entity_id
    assert place(case, one).type == "region"


def test_coreference_is_followed_where_the_kind_fits(resolver: Resolver) -> None:
    text = "Herat and Kabul are in Afghanistan. The Taliban hold the city."
    case = Case(resolver, text)
    assert case.name("place", "the city", antecedent=Span(0, 5)) == "Herat"
    assert case.name("place", "the city") == "Kabul" or case.resolved()
    fresh = Case(resolver, text)
    wrong = fresh.ask("place", "the city", antecedent=Span(24, 35))     # Afghanistan is no city
    assert place(fresh, wrong).name == "Kabul"


def test_reasons_are_given_in_words(afghan: Case) -> None:
    reasons = " ".join(afghan.ask("place", "the district of Bagram").candidates[0].reasons)
    assert "district" in reasons
    assert "pack afghanistan" in reasons


def test_candidates_are_probabilities_best_first(afghan: Case) -> None:
    for words in ("Jalalabad", "Kandahar province", "the district of Bagram"):
        scores = [c.score_p for c in afghan.ask("place", words).candidates]
        assert scores == sorted(scores, reverse=True)
        assert 0 < sum(scores) <= 1.001


@pytest.mark.parametrize(("name", "type_", "expected"), [
    ("Kabul", None, "geonames:1138958"), ("Kandahar", "city", "geonames:1138336"),
    ("Kandahar", "province", "geonames:1138335"),
    ("Firozkoh (Chaghcharan)", "city", "geonames:1145904"),
    ("Spin Boldak (Wesh-Chaman)", "crossing", "pack:afghanistan/spin-boldak"),
    ("Bagram airbase", None, "pack:afghanistan/bagram-airbase"),
    ("Shindand airbase", None, "pack:afghanistan/shindand-airbase"),
    ("Torkham border crossing", None, "pack:afghanistan/torkham"),
    ("Pul-i-Hisar", "district", None), ("Bagram District", None, "geonames:7054036"),
    ("Kandahar Province", None, "geonames:1138335"), ("Herat City", None, "geonames:1140026"),
    ("Kabul Airport", "airbase", "pack:afghanistan/kabul-airport"),
    ("Bagram", "district", "geonames:7054036"),
    ("border crossings of Afghanistan (all)", None, "set:afghanistan/border-crossings"),
    ("provincial capitals of Afghanistan", None, "set:afghanistan/provincial-capitals"),
    ("US embassy in Kabul", None, "pack:afghanistan/us-embassy-kabul")])
def test_people_ask_for_places(resolver: Resolver, name: str, type_: object,
                               expected: str | None) -> None:
    found = resolver.find_places(name, type_)  # type: ignore[arg-type]
    assert found
    if expected:
        assert found[0].id == expected
    if type_ in ("city", "district", "province"):
        assert {p.type for p in found} == {type_}


def test_nothing_is_found_for_nonsense(resolver: Resolver) -> None:
    assert resolver.find_places("Qwrtzplk") == ()
    assert resolver.find_places("Kabul", country="UA") == ()


def test_mentions_without_words_of_their_own(resolver: Resolver) -> None:
    case = Case(resolver, "The Taliban reached Kabul on Sunday. The situation is calm.")
    at = case.report.text.index("The situation")
    implied = Mention(Span(at, at + 13), "The situation", "implied", "situation")
    claim = case.claim(place=implied)
    found = next(r for r in case.resolved().resolutions if r.claim_id == claim.id
                 and r.role == "place")
    assert found.entity_id == "geonames:1138958"


def test_the_city_is_the_one_on_the_reader_s_mind(resolver: Resolver) -> None:
    text = ("Kunduz is under attack. Shells fell on Kunduz all day in Afghanistan. "
            "Unlike in Herat, the army still holds the city.")
    assert Case(resolver, text).name("place", "the city") == "Kunduz"
    near = text.replace("Unlike in Herat, ", "x " * 300 + "Herat is quiet and ")
    assert Case(resolver, near).name("place", "the city") == "Herat"


def test_a_city_that_speaks_is_no_place_to_come_back_to(resolver: Resolver) -> None:
    text = "Fighting goes on in Kharkiv, Kyiv said. The city is hungry."
    case = Case(resolver, text)
    case.claim(actor=case.mention("Kyiv"), place=case.mention("Kharkiv"))
    assert case.name("place", "The city", form="description") == "Kharkiv"


def test_ranks_are_never_guessed(resolver: Resolver) -> None:
    case = Case(resolver, "Kharkiv and Lyman were shelled. Ukraine's third largest city fell.")
    assert case.name("place", "Ukraine's third largest city", form="description",
                     container="Ukraine", type_word="city") is None


def test_a_common_noun_with_a_capital_is_no_place(resolver: Resolver) -> None:
    case = Case(resolver, "Gateway to Kharkiv falls as the army retreats")
    assert case.name("place", "Gateway", form="description", type_word="gateway") is None


def test_a_building_lies_in_the_city_of_its_context_and_is_one(resolver: Resolver) -> None:
    case = Case(resolver, "Kharkiv: the army repelled an attack on the police headquarters.")
    assert case.name("place", "police headquarters", container="Kharkiv", plural=True,
                     type_word="police headquarters") == "police headquarters in Kharkiv"


def test_a_facility_named_since_its_city_is_meant(resolver: Resolver) -> None:
    text = ("Fighting went on near Mazar-i-Sharif. Trains reached the Hairatan border crossing. "
            "The port is open.")
    case = Case(resolver, text)
    case.claim(place=case.mention("Hairatan border crossing", form="name"))
    assert case.name("place", "port", container="Mazar-i-Sharif", type_word="port") == "Hairatan"


def test_only_one_base_is_no_set(resolver: Resolver) -> None:
    case = Case(resolver, "Kharkiv burns. Only the army base is still held by the garrison.")
    assert case.name("place", "Only the army base", form="description", container="Kharkiv",
                     type_word="army base") == "army base in Kharkiv"


@pytest.mark.parametrize("words", ["the police headquarters of Kharkiv",
                                   "the police headquarters in Kharkiv",
                                   "the Kharkiv police headquarters"])
def test_one_building_of_a_city_however_it_is_told(resolver: Resolver, words: str) -> None:
    case = Case(resolver, f"Kharkiv, Ukraine, is quiet. The army lost {words}.")
    assert case.name("place", words, form="description",
                     type_word="police headquarters") == "police headquarters in Kharkiv"


@pytest.mark.parametrize("where", [", United States,", " (United States)", " in the United States",
                                   ", a town in the United States,"])
def test_what_stands_beside_a_name_tells_which(resolver: Resolver, where: str) -> None:
    text = (f"Ukrainian troops hold Kreminna, officials in Ukraine said. In Lyman{where} a fair "
            "opened. Lyman is small.")
    report = Report(text, "Herald")
    first = text.index("Lyman")
    again = text.index("Lyman", first + 1)
    found = resolver.locate(report, [Span(first, first + 5), Span(again, again + 5)])
    assert found[0][0][0].id == "geonames:5777224"
    assert "in United States, as the words say" in found[0][0][2]
    assert found[1][0][0].id == "geonames:5777224", "the text said where it lies"


def _first(resolver: Resolver, text: str, name: str) -> Place:
    at = text.index(name)
    return resolver.locate(Report(text, "outlet"), [Span(at, at + len(name))])[0][0][0]


@pytest.mark.parametrize("text", [
    "Rebels seized Norwick on Monday.",
    "Rebels in Syria seized Norwick, north of Aleppo."])
def test_an_unknown_town_is_no_other_country_s(resolver: Resolver, text: str) -> None:
    place = _first(resolver, text, "Norwick")
    assert place.provisional
    assert place.name == "Norwick"


def test_another_name_counts_where_the_report_plays(resolver: Resolver) -> None:
    text = "In the United States, a storm reached Norwick."
    assert _first(resolver, text, "Norwick").name == "Norwich"


def test_a_slip_of_the_pen_needs_letters(resolver: Resolver) -> None:
    told = "Rebels in Afghanistan seized {} on Monday."
    assert _first(resolver, told.format("Kunuz"), "Kunuz").provisional
    assert not _first(resolver, told.format("Jalalabbadt"), "Jalalabbadt").provisional


@pytest.mark.parametrize(("text", "countries"), [
    ("Troops took Herat. An early assault on the capital is likely.", {"AF"}),  # An: in Myanmar
    ("Troops ran up a flag over the Presidential Palace.", set())])     # one pack has one
def test_common_words_do_not_tell_where_a_report_plays(resolver: Resolver, text: str,
                                                       countries: set[str]) -> None:
    assert set(set_scene(resolver.atlas, Report(text, "test"), []).shares) == countries


@pytest.mark.parametrize(("text", "kind"), [
    ("Fighting spread to Kunduz. Kabul was quiet.", "city"),
    ("Fighting spread to Kunduz province. Kabul was quiet.", "province"),
    ("Fighting spread to Kunduz, Takhar and Badakhshan provinces. Kabul was quiet.", "province")])
def test_the_words_beside_a_name_tell_its_kind(resolver: Resolver, text: str, kind: str) -> None:
    [found] = resolver.locate(Report(text, "Herald"), [Span(19, 25)])
    assert (found[0][0].name, found[0][0].type) == ("Kunduz", kind)


def test_a_set_that_points_back_belongs_to_what_was_named(resolver: Resolver) -> None:
    case = Case(resolver, "The Taliban took Herat in Afghanistan. Its suburbs are calm, and the "
                          "buildings of the city stand.")
    assert case.name("place", "Its suburbs", form="description", plural=True) == "suburbs of Herat"
    camps = Case(resolver, "The Taliban left their camps in Afghanistan.")
    assert camps.name("place", "their camps", form="description", plural=True) is None
    nothing = Case(resolver, "Fighting goes on in Afghanistan. Its suburbs are calm.")
    assert nothing.name("place", "Its suburbs", form="description", plural=True) is None


def test_common_words_are_no_names_of_towns(resolver: Resolver) -> None:
    case = Case(resolver, "In Ukraine, they fled to the dnipro, and the eastern forts held.")
    assert case.name("place", "dnipro", form="description") is None
    assert case.name("place", "the eastern forts", form="description") is None
    assert case.name("place", "Ukraine") == "Ukraine"


def test_the_town_s_prison_is_that_of_the_town_named_last(resolver: Resolver) -> None:
    case = Case(resolver, "Kunduz fell in Afghanistan. In Kunduz shops are shut; Kunduz waits. In "
                          "Herat, the town's prison was overrun.")
    found = case.name("place", "the town's prison", form="description", container="the town")
    assert found == "prison in Herat"


def test_a_great_city_is_known_by_another_spelling_anywhere(resolver: Resolver) -> None:
    [found] = resolver.locate(Report("Officials spoke of Kharkiiv.", "Herald"), [Span(19, 27)])
    assert found[0][0].name == "Kharkiv"
    [found] = resolver.locate(Report("Officials spoke of Krkv.", "Herald"), [Span(19, 23)])
    assert found[0][0].name == "Krkv"


def test_a_common_noun_is_no_towns_name(resolver: Resolver) -> None:
    text = "Rebels in Herat hold the post."
    asked = Case(resolver, text)
    resolution = asked.ask("place", "post", form="description")
    assert resolution.entity_id is None or "Post" not in place(asked, resolution).name


@pytest.mark.parametrize(("line", "name", "kind"), [
    ("Rebels seized three districts of Herat on Monday.", "Herat", None),
    ("Rebels seized the districts of Bagram and Kalakan.", "Bagram", "district"),
    ("Rebels seized the district of Bagram.", "Bagram", "district")])
def test_districts_of_a_city_do_not_make_it_one(line: str, name: str, kind: str | None) -> None:
    assert kind_beside(line, line.index(name), name, lambda other, asked: True) == kind


def test_words_that_go_back_to_two_places_mean_each(resolver: Resolver) -> None:
    text = "The Taliban took Kandahar and Herat on Friday. They hold both cities."
    case = Case(resolver, text)
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in ("Kandahar", "Herat")]
    names = [case.name("place", "both cities", form="pronoun", antecedent=s) for s in spans]
    assert names == ["Kandahar", "Herat"]
