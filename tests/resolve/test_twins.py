"""Places that two gazetteers list become one."""

from __future__ import annotations

import pytest

from whoholds.resolve.entries import Entry
from whoholds.resolve.twins import Twins

HERAT = Entry("geonames", 1, "Herat", (), "province", "AF", 34.36, 61.93, 5, "A", "ADM1", "Herat")
ADRASKAN = Entry("geonames", 2, "Adraskan District", ("Adraskan",), "district", "AF", 33.6, 62.3,
                 0, "A", "ADM2", "Herat")
UNPLACED = Entry("geonames", 3, "Kohsan", (), "district", "AF", None, None, 0, "A", "ADM2", "Herat")
CITY = Entry("geonames", 4, "Herat", (), "city", "AF", 34.35, 62.2, 9, "P", "PPL", "Herat")


def joined(*foreign: Entry, own: tuple[Entry, ...] = (HERAT, ADRASKAN, UNPLACED, CITY)) -> \
        dict[tuple[str, int], Entry]:
    found = list(Twins(foreign).united([*own, *foreign]))
    assert len({(e.source, e.number) for e in found}) == len(found)
    return {(e.source, e.number): e for e in found}


def test_a_unit_by_another_name_of_its_kind_is_the_same() -> None:
    found = joined(Entry("wof", 9, "Adraskān", ("Adreskan",), "district", "AF", 33.9, 62.2,
                         shape=b"area"))
    assert set(found) == {("geonames", n) for n in (1, 2, 3, 4)}
    one = found["geonames", 2]
    assert one.names == ("Adraskan", "Adraskān", "Adreskan")
    assert (one.shape, one.latitude, one.type) == (b"area", 33.6, "district")


def test_what_has_no_point_takes_its_twin_s() -> None:
    found = joined(Entry("area", 9, "Kuhsan", (), "district", "AF", 34.65, 61.2, shape=b"area"))
    assert (found["geonames", 3].latitude, found["geonames", 3].shape) == (34.65, b"area")


@pytest.mark.parametrize("other", [
    Entry("wof", 9, "Adraskan", (), "district", "AF", 36.0, 66.0),          # far away
    Entry("wof", 9, "Adraskan", (), "district", "IR", 33.6, 62.3),          # of another country
    Entry("wof", 9, "Adraskan", (), "city", "AF", 33.6, 62.3),              # of another kind
    Entry("wof", 9, "Kohsan", (), "district", "AF", None, None, adm1="Kabul"),
    Entry("wof", 9, "Kohsan", (), "district", None, None, None)])
def test_others_stay_apart(other: Entry) -> None:
    assert joined(other)["wof", 9] == other


def test_a_district_is_never_its_city() -> None:
    found = joined(Entry("wof", 9, "Herat", (), "district", "AF", 34.35, 62.2, shape=b"area"))
    assert ("wof", 9) in found
    assert not found["geonames", 4].shape


def test_of_two_the_nearer_is_meant() -> None:
    near = Entry("geonames", 5, "Adraskan", (), "district", "AF", 33.8, 62.3, 0, "A", "ADM3")
    found = joined(Entry("wof", 9, "Adraskan", (), "district", "AF", 33.79, 62.3, shape=b"area"),
                   own=(ADRASKAN, near))
    assert (found["geonames", 5].shape, found["geonames", 2].shape) == (b"area", b"")
    unplaced = Entry("geonames", 6, "Kohsan", (), "district", "AF", None, None, 0, "A", "ADM2")
    found = joined(Entry("wof", 9, "Kohsan", (), "district", "AF", 34.0, 61.0),
                   own=(UNPLACED, unplaced))
    assert ("wof", 9) in found, "nothing tells which of the two"
