from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from tests.belief.helpers import T0, evidence, place
from tests.belief.test_model import DAY, at, day
from whoholds.belief import Priors, beliefs, copying, fit, sources
from whoholds.belief.sources import silences
from whoholds.core import Evidence


def _world() -> list[Evidence]:
    """Twelve places that side a takes on day 3: three sound origins say so, one always says b."""
    out = []
    for n in range(12):
        for k in range(3):
            out.append(evidence("gain", "a", day(3), place_id=f"p{n}", origin=f"sound{k}",
                                report=f"s{k}{n}", known_at=T0 + (4 + k) * DAY))
        out.append(evidence("hold", "b", at(5), place_id=f"p{n}", origin="liar", report=f"l{n}"))
    return out


def test_sources_are_judged_by_the_others() -> None:
    found = {r.origin: r for r in sources(_world())}
    assert found["sound0"].borne_out == 12
    assert found["liar"].contradicted == 12
    assert (found["liar"].reliability_p or 1) < 0.1 < (found["sound1"].reliability_p or 0)
    assert found["sound0"].late_days is None
    assert found["sound2"].late_days == 2


def test_alone_is_neither_borne_out_nor_contradicted() -> None:
    record = sources([evidence("gain", "a", day(3))])[0]
    assert (record.alone, record.borne_out, record.contradicted) == (1, 0, 0)
    assert record.reliability_p is None


def test_fit_learns_who_is_right_from_what_was_known() -> None:
    learned = fit(_world())
    assert learned.origin_logodds["liar"] < 0.8 < learned.origin_logodds["sound0"]
    sure = learned.applied(Priors())
    contest = [evidence("hold", "a", at(1), place_id="q", origin="sound0"),
               evidence("hold", "b", at(1), place_id="q", origin="liar")]
    before, after = (dict(beliefs(contest, [place("q")], T0 + DAY, None, p)[0].states)["a"]
                     for p in (Priors(), sure))
    assert after > before
    early = [e for e in _world() if e.known_at is not None and e.known_at <= T0 + 4 * DAY]
    assert fit(_world(), T0 + 4 * DAY) == fit(early, T0 + 4 * DAY)


def test_who_repeats_whom() -> None:
    items = [evidence("gain", "a", day(1), origin="first", outlet="first", report="r1"),
             evidence("gain", "a", day(1), origin="second", outlet="second", report="r2",
                      copy_of="r1"),
             evidence("gain", "a", day(1), origin="wire", origin_class="agency", outlet="second",
                      report="r3")]
    found = {(c.outlet, c.copied): (c.copies, c.reports) for c in copying(items)}
    assert found[("second", "first")] == (1, 2)
    assert found[("second", "wire")] == (1, 2)


def test_silence_is_measured_against_ones_own_rhythm() -> None:
    dates = [T0 + timedelta(days=n) for n in (0, 1, 2, 3, 4, 14, 15)]
    assert silences(dates) == ((T0 + 4 * DAY, T0 + 14 * DAY),)
    assert silences([T0 + 30 * n * DAY for n in range(9)]) == ()
    assert all(b > a for a, b in pairwise(dates))
