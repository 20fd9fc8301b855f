"""A little world to show: places, reports, claims and beliefs made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from whoholds.core import (
    Belief,
    Claim,
    Contribution,
    Evidence,
    Interval,
    Kind,
    Mention,
    Modality,
    Place,
    Polarity,
    Report,
    Source,
    Span,
)
from whoholds.views import Names

T0 = datetime(2021, 8, 15, 18, tzinfo=UTC)
NAMES = Names({"actor:taliban": "Taliban", "actor:government": "Afghan government"},
              {"AF": "Afghanistan"})
KABUL = Place("geonames:1138958", "Kabul", "city", "AF", 1138958, 34.52813, 69.17233, "P", "PPLC",
              "Kabul", population=3_043_532)
JALALABAD = Place("geonames:1139715", "Jalālābād", "city", "AF", 1139715, 34.42647, 70.45153, "P",
                  "PPLA", "Nangarhar", population=200_331)
TORKHAM = Place("pack:afghanistan/torkham", "Torkham", "crossing", "AF", None, 34.1236, 71.0936)
NOWHERE = Place("provisional:ab12", "Deh Sabzak", "area", "AF", provisional=True)
PLACES = (KABUL, JALALABAD, TORKHAM, NOWHERE)


def report(text: str, outlet: str = "The Harbour Gazette", when: datetime = T0,
           url: str | None = "https://harbour.example/1") -> Report:
    return Report(text, outlet, Interval(when, when, "second"), "given", url=url)


def claim(of: Report, words: str, kind: Kind = "gain", sources: tuple[Source, ...] | None = None, *,
          modality: Modality = "actual", polarity: Polarity = "affirmed",
          part: str | None = None) -> Claim:
    """A claim whose span is ``words`` and whose sentence is the line they stand in."""
    start = of.text.index(words)
    first = of.text.rfind("\n", 0, start) + 1
    last = of.text.find("\n", start)
    sentence = Span(first, len(of.text) if last < 0 else last)
    chain = sources or (Source(of.outlet, "outlet"),)
    actor = Mention(Span(start, start + 3), "the Taliban", "name", "Taliban")
    return Claim(of.id, kind, Span(start, start + len(words)), sentence, chain, polarity, modality,
                 actor=actor, part=part, valid=Interval(None, T0, "day"))


def evidence(of: Claim, about: Report, place: Place, *, side: str | None = "actor:taliban",
             origin: str = "outlet:x", copy_of: str | None = None) -> Evidence:
    known = about.published.latest if about.published else None
    return Evidence(of, place.id, side, None, origin, of.sources[-1].source_class, None, known,
                    about.outlet, copy_of=copy_of)


def belief(place: Place, taliban: float, contested: float = 0.05, at: datetime = T0,
           claims: tuple[str, ...] = ()) -> Belief:
    states = sorted({"actor:taliban": taliban, "contested": contested,
                     "actor:government": max(0.0, 1 - taliban - contested)}.items(),
                    key=lambda kv: -kv[1])
    sides = [s for s in states if s[0] != "contested" and s[1] >= 0.5]
    holder = sides[0][0] if sides else None
    shown = sides[0][1] if sides else states[0][1]
    return Belief(place, at, None, tuple(states), holder, shown, contested > 0.3,
                  at - timedelta(days=1) if holder else None, at if holder else None, claims)


CHAIN = (Source("Sputnik", "outlet"), Source("Associated Press", "agency", cue="cite"),
         Source("officials", "anonymous", anonymous=True, cue="say"))
FALL = report("Taliban take Jalalabad\n\nThe Taliban took control of Jalalabad on Sunday.\n"
              "US intelligence says Kabul could fall within 90 days.\n"
              "There has been no fighting in Kabul yet.\nDeh Sabzak is theirs.")
TOOK = claim(FALL, "took control of Jalalabad")
HEAD = claim(FALL, "take Jalalabad")
FORECAST = claim(FALL, "Kabul could fall within 90 days", modality="forecast")
QUIET = claim(FALL, "has been no fighting in Kabul", "clash", CHAIN, polarity="denied")
VILLAGE = claim(FALL, "is theirs", "hold")
REPORTS = {FALL.id: FALL}
EVIDENCE = (evidence(TOOK, FALL, JALALABAD), evidence(HEAD, FALL, JALALABAD),
            evidence(FORECAST, FALL, KABUL, origin="actor:us"),
            evidence(QUIET, FALL, KABUL, origin="anonymous::associated press"),
            evidence(VILLAGE, FALL, NOWHERE))
BELIEFS = (belief(KABUL, 0.3, 0.45, claims=(FORECAST.id, QUIET.id)),
           belief(JALALABAD, 0.96, 0.01, claims=(TOOK.id, HEAD.id)),
           belief(TORKHAM, 0.1, 0.05), belief(NOWHERE, 0.55, 0.1, claims=(VILLAGE.id,)))
CONTRIBUTIONS = (Contribution((HEAD.id, TOOK.id), "actor:taliban", 2.4, 0.33),)
