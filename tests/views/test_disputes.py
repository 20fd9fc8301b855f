from __future__ import annotations

from tests.views.world import EVIDENCE, KABUL, NAMES, REPORTS, T0
from whoholds.core import CONTESTED
from whoholds.views import DisputeView, Position, Terminal, cite, disputes_data, disputes_text

DISPUTE = DisputeView(KABUL, None, T0, (
    Position("actor:taliban", cite(EVIDENCE[2:3], REPORTS), 1),
    Position("actor:government", cite(EVIDENCE[3:4], REPORTS), 2, denies=True)))


def test_each_position_says_what_it_holds_and_from_how_many_origins() -> None:
    text = disputes_text([DISPUTE], NAMES, Terminal(110))
    assert "Taliban holds it: 1 origin\n" in text
    assert "Afghan government does not hold it: 2 independent origins" in text
    assert "“There has been no fighting in Kabul yet.”" in text
    assert text.startswith("Sources contradict each other about 1 place\n")


def test_fighting_is_a_position_too() -> None:
    quiet = DisputeView(KABUL, T0, T0, (Position(CONTESTED, (), 1, denies=True),
                                        Position(CONTESTED, (), 1)))
    text = disputes_text([quiet], NAMES)
    assert "it is not contested" in text
    assert "it is contested" in text


def test_what_the_evidence_makes_of_it_is_told() -> None:
    settled = DisputeView(KABUL, T0, T0, (Position("actor:taliban", (), 2, credence_p=0.9),
                                          Position("actor:taliban", (), 1, denies=True)), T0)
    text = disputes_text([settled], NAMES)
    assert "settled since 15 Aug 2021 18:00 UTC" in text
    assert "2 independent origins; very likely, 90%" in text
    assert "settled" not in disputes_text([DISPUTE], NAMES)


def test_no_dispute_is_said() -> None:
    assert "No two sources" in disputes_text([], NAMES)


def test_json() -> None:
    data = disputes_data([DISPUTE], NAMES)[0]
    assert [p["holder"] for p in data["positions"]] == ["Taliban", "Afghan government"]  # type: ignore[union-attr, index, call-overload]
    assert data["valid_to"] == "2021-08-15T18:00:00Z"
