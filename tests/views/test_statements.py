"""FollowTheMoney's own library reads the statements and finds nothing wrong with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from tests.views.test_events import CODINGS, COUNTRIES, ROWS, STATE, TAKEN
from tests.views.validators import library
from tests.views.world import KABUL
from whoholds.views.events import event_rows
from whoholds.views.statements import statements_csv

WEST = replace(KABUL, id="geonames:3441575", name="=Montevideo", latitude=-34.90328,
               longitude=-56.18816, country="UY")


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    read = library("followthemoney.statement.serialize").read_path_statements
    path = tmp_path_factory.mktemp("ftm") / "statements.csv"
    western = event_rows([replace(TAKEN, place=WEST, actor=STATE)], CODINGS, COUNTRIES)
    path.write_text(statements_csv([*ROWS, *western], "war"), "utf8", newline="")
    return list(read(path, "csv"))


def entities(statements: list[Any]) -> dict[str, Any]:
    entity = library("followthemoney.statement").StatementEntity
    dataset = library("followthemoney.dataset").Dataset.make({"name": "war", "title": "War"})
    told = defaultdict(list)
    for one in statements:
        if one.prop != "id":
            told[one.entity_id].append(one)
    return {key: entity.from_statements(dataset, mine) for key, mine in told.items()}


def test_every_value_is_one_of_its_property_s_type(statements: list[Any]) -> None:
    model = library("followthemoney").model
    assert len(statements) > 30
    for one in statements:
        assert one.id == one.generate_key()
        if one.prop != "id":
            found = model.get(one.schema).get(one.prop)
            assert found is not None, (one.schema, one.prop)
            assert found.type.clean(one.value) == one.value, (one.prop, one.value)
    assert "-56.18816" in [s.value for s in statements if s.prop == "longitude"]


def test_statements_make_whole_entities_that_are_valid(statements: list[Any]) -> None:
    made = entities(statements)
    checksums = {s.entity_id: s.value for s in statements if s.prop == "id"}
    assert {e.schema.name for e in made.values()} >= {"Event", "Address", "Article"}
    for key, entity in made.items():
        entity.schema.validate({"properties": entity.properties})  # raises what is wrong
        assert [s.value for s in entity.statements if s.prop == "id"] == [checksums[key]]
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert made[value].schema.is_a(prop.range), (prop.name, value)


def test_it_is_read_back_as_it_was_told(statements: list[Any]) -> None:
    [taken] = [e for e in entities(statements).values() if e.first("name") == "Taliban gain Kabul"]
    assert (taken.first("startDate"), taken.first("location")) == ("2021-08-15", "Kabul")
    assert [s.original_value for s in taken.get_statements("involved")] == ["the Taliban"]
