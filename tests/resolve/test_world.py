"""The tables that ship."""

from __future__ import annotations

from collections import Counter

from whoholds.resolve.world import _airports, _table, read_countries, read_units


def test_units_have_codes_of_their_own_and_points_on_earth() -> None:
    for table in ("adm1.tsv", "adm2.tsv"):
        units = list(read_units(table))
        assert max(Counter(u.number for u in units).values()) == 1
        assert all(-90 <= u.at[0] <= 90 and -180 <= u.at[1] <= 180 for u in units if u.at)


def test_first_order_units_lie_where_they_are() -> None:
    units = {u.code: u for u in read_units("adm1.tsv")}
    helmand, kentucky = units["AF.10"], units["US.KY"]
    assert helmand.at is not None
    assert abs(helmand.at[0] - 31) < 1
    assert abs(helmand.at[1] - 64) < 1
    assert set(kentucky.abbreviations) == {"Ky.", "KY"}


def test_most_counties_have_points() -> None:
    placed = Counter((u.country, u.at is not None) for u in read_units("adm2.tsv"))
    assert placed["US", True] > 99 * placed["US", False]
    assert placed["SY", True] > 3 * placed["SY", False]


def test_what_a_country_shows_first_is_a_province() -> None:
    kinds = {u.code: u.province for u in read_units("adm2.tsv")}
    assert kinds["GB.ENG.N5"]           # Suffolk
    assert not kinds["US.NY.103"]       # Suffolk County


def test_airports_seas_and_regions() -> None:
    airports = {e.name: e for e in _airports()}
    assert airports["Bagram Air Base"].type == "airbase"
    assert "Kabul airport" not in airports
    assert len({e.number for e in airports.values()}) == len(airports)
    seas = {row[2] for row in _table("nature.tsv")}
    assert {"Black Sea", "Danube", "Sinai Peninsula"} & seas >= {"Black Sea", "Danube"}
    regions = {row[2]: row[1] for row in _table("regions.tsv")}
    assert regions["Darfur"] == "SD"
    assert "Pacific Ocean" in regions


def test_every_country_that_is_large_has_a_middle() -> None:
    middles = {c.iso: (c.latitude, c.longitude) for c in read_countries()}
    assert all(middles[iso][0] is not None for iso in ("AF", "UA", "RU", "CN", "SD", "CD", "US"))
