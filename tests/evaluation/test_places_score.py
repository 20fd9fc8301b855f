"""The scorer of toponym resolution."""

from __future__ import annotations

import pytest

from whoholds.core import DataError
from whoholds.evaluation.places_score import (
    Article,
    Located,
    Toponym,
    kilometres,
    read_toponyms,
    score_places,
)

KABUL, HERAT, PARIS = (34.53, 69.17), (34.35, 62.2), (48.85, 2.35)
XML = """<articles><article docid="7"><text>Kabul and Herat</text><toponyms>
<toponym><start>0</start><end>5</end><phrase>Kabul</phrase><gaztag><lat>34.53</lat><lon>69.17</lon>
</gaztag></toponym><toponym><start>10</start><end>15</end><phrase>Herat</phrase></toponym>
</toponyms></article></articles>"""


def test_distance() -> None:
    assert kilometres(KABUL, KABUL) == 0
    assert kilometres(KABUL, HERAT) == pytest.approx(639, abs=5)
    assert kilometres((0, 179.9), (0, -179.9)) == pytest.approx(22.2, abs=0.2)


def test_reading_leaves_out_names_without_coordinates() -> None:
    (article,) = read_toponyms(XML, "x.xml")
    assert article == Article("7", "Kabul and Herat", (Toponym(0, 5, "Kabul", *KABUL),))


def test_offsets_that_slip_are_set_right() -> None:
    (article,) = read_toponyms(XML.replace("<start>0<", "<start>1<"), "x.xml")
    assert (article.toponyms[0].start, article.toponyms[0].end) == (0, 5)


def test_what_is_broken_is_named() -> None:
    with pytest.raises(DataError, match=r"x\.xml: not XML"):
        read_toponyms("<articles>", "x.xml")
    with pytest.raises(DataError, match=r"x\.xml: article 7: could not convert"):
        read_toponyms(XML.replace("34.53", "north"), "x.xml")


def test_scores_count_found_far_and_unplaced() -> None:
    article = Article("a", "Kabul Herat Paris Oslo", (
        Toponym(0, 5, "Kabul", *KABUL), Toponym(6, 11, "Herat", *HERAT),
        Toponym(12, 17, "Paris", *PARIS)))
    names = [Located(0, 5, *KABUL), Located(6, 11, *PARIS), Located(12, 17), Located(18, 22, 1, 1)]
    score = score_places([article], [names])
    assert score.n == 3
    assert score.acc161 == score.recall == pytest.approx(1 / 3)
    assert score.precision == pytest.approx(1 / 3)
    assert [m[1] for m in score.misses] == ["Herat", "Paris"]
    assert score.misses[1][2] is None


def test_the_same_characters_win_over_an_overlap() -> None:
    article = Article("a", "New York", (Toponym(4, 8, "York", *PARIS),))
    names = [Located(0, 8, *KABUL), Located(4, 8, *PARIS)]
    assert score_places([article], [names]).acc161 == 1


def test_nothing_to_score() -> None:
    assert score_places([], []).acc161 == 0
