"""What a report is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.core import Report
from whoholds.resolve import Entry, Gazetteer, Resolver, build_index, load_packs
from whoholds.resolve.scene import set_scene


def world(path: Path) -> Resolver:
    build_index(path, entries=[
        Entry("geonames", 1, "Sudan", (), "country", "SD", 15.0, 30.0, 40_000_000),
        Entry("geonames", 2, "Philippines", (), "country", "PH", 12.0, 122.0, 100_000_000),
        Entry("geonames", 3, "France", (), "country", "FR", 46.0, 2.0, 67_000_000),
        Entry("geonames", 4, "United States", (), "country", "US", 39.8, -98.6, 300_000_000),
        Entry("geonames", 5, "Marawi City", ("Marawi",), "city", "PH", 8.0, 124.3, 207_000),
        Entry("geonames", 6, "Paris", (), "city", "FR", 48.9, 2.4, 2_100_000),
        Entry("geonames", 7, "Paris", (), "city", "US", 33.7, -95.6, 25_000),
        Entry("geonames", 8, "Tulsa", (), "city", "US", 36.2, -96.0, 400_000)])
    return Resolver(Gazetteer.open(path), load_packs())


def test_a_name_is_no_witness_for_itself(tmp_path: Path) -> None:
    resolver = world(tmp_path / "w.index")
    scene = set_scene(resolver.atlas, Report("Paris, Paris, Paris and Tulsa.", "Herald"),
                      ["Paris", "Paris", "Paris", "Tulsa"])
    assert scene.share("FR") > scene.share("US")
    assert scene.others_share("paris", "US") == pytest.approx(1.0)
    assert scene.others_share("paris", "FR") == pytest.approx(0.0)
    assert scene.others_share("tulsa", "FR") > 0.9


def test_a_city_s_name_counts_like_its_country_s(tmp_path: Path) -> None:
    atlas = world(tmp_path / "w.index").atlas
    tulsa = set_scene(atlas, Report("France was asked for help in Tulsa.", "Herald"), ["Tulsa"])
    assert tulsa.share("US") == pytest.approx(0.5)


def test_another_name_of_a_pack_s_place_shares_its_vote(tmp_path: Path) -> None:
    resolver = world(tmp_path / "w.index")
    scene = set_scene(resolver.atlas, Report("Gunmen hold Marawi.", "Herald"), ["Marawi"])
    assert scene.focus == "PH"
    assert 0 < scene.share("SD") < scene.share("PH")
    assert set_scene(resolver.atlas, Report("Gunmen hold Merowe.", "Herald"), []).focus == "SD"
