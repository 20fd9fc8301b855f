"""Events, and the tables of other programs that they go into."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.validators import library
from tests.views.world import BELIEFS, EVIDENCE, JALALABAD, KABUL, NAMES, REPORTS, T0, claim, report
from whoholds.core import Actor, Interval, Place, Quantity
from whoholds.views import cite
from whoholds.views.acled import ACLED_COLUMNS, acled_csv
from whoholds.views.events import Coding, Country, EventRow, Told, event_rows, role_of
from whoholds.views.ged import GED_COLUMNS, VIINA_COLUMNS, ged_csv, priogrid, viina_csv
from whoholds.views.models import Cited
from whoholds.views.nanopubs import nanopubs_trig
from whoholds.views.plover import POLECAT_COLUMNS, plover_jsonl, polecat_tsv
from whoholds.views.statements import STATEMENT_COLUMNS, TYPES, statements_csv

REBELS = Actor("actor:taliban", "Taliban", "armed group", "actor:taliban", "AF")
STATE = Actor("state:AF", "Afghanistan", "state", "state:AF", "AF")
ABROAD = Actor("state:US", "United States", "state", "state:US", "US")
COUNTRIES = {"AF": Country("Afghanistan", "AF", "AFG", 4, "Asia")}
CODINGS = {
    "gain": Coding(("Battles", "Non-state actor overtakes territory"), ("ASSAULT", None)),
    "hold": Coding(("Strategic developments", "Other"), (None, None)),
    "casualty": Coding(("Battles", "Armed clash"), ("ASSAULT", None)),
    "withdraw": Coding(("Strategic developments", "Other"), ("RETREAT", "withdraw"))}
TEXT = report("The Taliban took Kabul on Sunday.\nAt least 12 civilians were killed in Kabul.\n"
              "They plan to take Jalalabad.\nTroops left Kabul.")
OTHER = report("The Taliban took Kabul.", outlet="=Evil, \"Daily\"\tNews",
               when=T0 + timedelta(hours=2), url=None)
DAY = Interval(T0.replace(hour=0), T0.replace(hour=23), "day")


def told(words: str, kind: str = "gain", about: object = TEXT, place: Place | None = KABUL,
         actor: Actor | None = REBELS, **changes: object) -> Told:
    made = replace(claim(about, words, kind), valid=DAY, **changes)  # type: ignore[arg-type]
    return Told(Cited(made, about), place, actor)  # type: ignore[arg-type]


TAKEN = told("took Kabul")
AGAIN = told("took Kabul", about=OTHER)
DEAD = told("12 civilians were killed in Kabul", "casualty", actor=None,
            quantity=Quantity(12.0, "at least", "civilian"))
PLAN = told("take Jalalabad", place=JALALABAD, modality="planned")
HELD = told("Kabul", "hold")
ROWS = event_rows([TAKEN, DEAD, PLAN, AGAIN, HELD], CODINGS, COUNTRIES)


def table(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=delimiter))


def gain() -> EventRow:
    return next(row for row in ROWS if row.kind == "gain")


def test_two_reports_of_one_fact_are_one_event_and_plans_are_none() -> None:
    assert sorted(row.kind for row in ROWS) == ["casualty", "gain", "hold"]
    assert gain().outlets == ("The Harbour Gazette", OTHER.outlet)
    assert gain().first == TAKEN
    assert event_rows([AGAIN, HELD, DEAD, TAKEN], CODINGS, COUNTRIES) == ROWS
    assert event_rows([replace(TAKEN, cited=Cited(replace(TAKEN.cited.claim, valid=None), TEXT))],
                      CODINGS, COUNTRIES) == ()


def test_acled_has_its_columns_and_codes() -> None:
    rows = table(acled_csv(ROWS))
    assert tuple(rows[0]) == ACLED_COLUMNS
    assert len(ACLED_COLUMNS) == 31
    taken = next(r for r in rows if "kind=gain" in r["tags"])
    assert (taken["event_type"], taken["sub_event_type"]) == (
        "Battles", "Non-state actor overtakes territory")
    assert (taken["inter1"], taken["interaction"], taken["iso"]) == ("2", "20", "4")
    assert (taken["event_date"], taken["time_precision"], taken["geo_precision"]) == (
        "2021-08-15", "1", "1")
    assert taken["event_id_cnty"].startswith("AFG")
    assert taken["source"].endswith(OTHER.outlet)
    dead = next(r for r in rows if "kind=casualty" in r["tags"])
    assert (dead["fatalities"], dead["civilian_targeting"]) == ("12", "Civilian targeting")
    by_state = event_rows([replace(TAKEN, actor=STATE)], CODINGS, COUNTRIES)
    assert "Government regains territory" in acled_csv(by_state)
    assert table(acled_csv(event_rows([replace(TAKEN, actor=ABROAD)], CODINGS, COUNTRIES)))[0][
        "inter1"] == "8"


def test_plover_and_polecat_leave_out_what_they_have_no_code_for() -> None:
    events = [json.loads(line) for line in plover_jsonl(ROWS).splitlines()]
    assert {"id", "date", "actor", "event"} <= events[0].keys()
    assert sorted(e["event"][0] for e in events) == ["ASSAULT", "ASSAULT"]
    taken = next(e for e in events if e["actor"])
    assert taken["event_loc"]["geonameid"] == KABUL.geonameid
    assert (taken["quad_code"], taken["actor"][0]["sector"]) == (4, "REB")
    rows = table(polecat_tsv(ROWS), "\t")
    assert tuple(rows[0]) == POLECAT_COLUMNS
    assert len(POLECAT_COLUMNS) == 40
    assert len(rows) == 2
    left = event_rows([told("left Kabul", "withdraw")], CODINGS, COUNTRIES)
    assert json.loads(plover_jsonl(left))["mode"] == ["withdraw"]


def test_ged_has_only_deadly_events() -> None:
    [row] = table(ged_csv(ROWS))
    assert tuple(row) == GED_COLUMNS
    assert len(GED_COLUMNS) == 49
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"]) == ("12", "12", "12",
                                                                               "12")
    assert (row["type_of_violence"], row["where_prec"], row["date_prec"]) == ("3", "1", "1")
    assert row["geom_wkt"] == "POINT (69.17233 34.52813)"


def test_priogrid_counts_half_degrees_from_the_south_west() -> None:
    assert priogrid(-90, -180) == 1
    assert priogrid(-89.6, -179.4) == 2
    assert priogrid(-89.4, -180) == 721
    assert priogrid(90, 180) == 259200


def test_viina_has_holders_of_places_that_geonames_has() -> None:
    rows = table(viina_csv(BELIEFS, NAMES))
    assert tuple(rows[0]) == VIINA_COLUMNS
    status = {row["geonameid"]: row["status"] for row in rows}
    assert status == {str(KABUL.geonameid): "CONTESTED", str(JALALABAD.geonameid): "Taliban"}


def test_statements_are_typed_and_numbered_as_follow_the_money_does() -> None:
    rows = table(statements_csv(ROWS, "war"))
    assert tuple(rows[0]) == STATEMENT_COLUMNS
    assert {r["schema"] for r in rows} == {"Event", "Address", "Article", "Organization"}
    assert len({r["id"] for r in rows}) == len(rows)
    for row in rows:
        if row["prop"] != "id":
            assert row["prop_type"] == TYPES[row["prop"]]
            key = f"war.{row['entity_id']}.{row['prop']}.{row['value']}"
            assert row["id"] == hashlib.sha1(key.encode()).hexdigest()
    known = {r["entity_id"] for r in rows}
    assert {r["value"] for r in rows if r["prop_type"] == "entity"} <= known


def test_nanopublications_parse_and_each_has_its_four_graphs() -> None:
    cited = [(b, cite((e for e in EVIDENCE if e.place_id == b.place.id), REPORTS))
             for b in BELIEFS]
    graph = rdflib.Dataset()
    graph.parse(data=nanopubs_trig(cited, NAMES, "1.0"), format="trig")
    np = rdflib.Namespace("http://www.nanopub.org/nschema#")
    found = list(graph.quads((None, rdflib.RDF.type, np.Nanopublication, None)))
    assert len(found) == sum(b.holder is not None for b in BELIEFS)
    for pub, _, _, head in found:
        for part in (np.hasAssertion, np.hasProvenance, np.hasPublicationInfo):
            [(_, _, named, _)] = graph.quads((pub, part, None, head))
            assert any(graph.quads((None, None, None, named)))


def test_nanopublications_are_valid_to_their_own_library(tmp_path: Path) -> None:
    nanopub = library("nanopub")
    cited = [(b, cite((e for e in EVIDENCE if e.place_id == b.place.id), REPORTS))
             for b in BELIEFS if b.holder is not None]
    for one in cited:
        path = tmp_path / "one.trig"
        path.write_text(nanopubs_trig([one], NAMES, "1.0"), "utf8")
        assert nanopub.Nanopub(rdf=path).is_valid


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_words_break_a_file(name: str) -> None:
    place = replace(KABUL, name=name)
    rows = event_rows([replace(TAKEN, place=place, actor=replace(REBELS, name=name))], CODINGS,
                      COUNTRIES)
    assert len(table(acled_csv(rows))) == 1
    assert len(polecat_tsv(rows).split("\n")) == 3
    assert json.loads(plover_jsonl(rows))["event_loc"]["resolved_place"] == name
    belief = replace(BELIEFS[1], place=replace(JALALABAD, name=name))
    rdflib.Dataset().parse(data=nanopubs_trig([(belief, ())], NAMES, "1"), format="trig")


def test_sorts_of_actors() -> None:
    assert [role_of(a) for a in (None, STATE, REBELS)] == ["", "state", "rebels"]
    assert role_of(replace(REBELS, type="tribal militia")) == "militia"
