"""Learns the weights of the place ranking; writes ``src/whoholds/resolve/data/weights.json``.

``python -m training.places_weights --data ../shared/data --index FILE``

Trained on LGL (Lieberman et al. 2010: American local news) and, so that it does not learn to think
every Paris is in Texas, on names of the world's cities and countries (Natural Earth 1:50m, and
``training/world_names.tsv``), without any context and in reports of another country (``ABROAD``).
A softmax over a name's candidates and *none of
them*; right are those within 161 km. Weights are held near the hand-set ones (``PRIOR``), which
stand for what these data do not show: kinds asked for, packs, what the words say outright (*Lyman,
Wyoming*), and how much the report's country tells (local news is about places that it need
not place in a country, and seldom about countries). Reports accuracy on LGL by cross-validation
over articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from whoholds.core import Mention, Report, Span
from whoholds.evaluation.places_score import (
    NEAR_KM,
    Article,
    Toponym,
    kilometres,
    read_toponyms,
)
from whoholds.resolve import Gazetteer, Resolver, load_packs, locate, places
from whoholds.resolve.locate import Locator
from whoholds.resolve.scene import set_scene

SHEET = Path("training/world_names.tsv")
OUT = Path("src/whoholds/resolve/data/weights.json")
PRIOR = {
    "match.name": 0.0, "match.alternate": -1.3, "match.spelling": -2.0, "match.fuzzy": -2.5,
    "match.people": 0.5, "match.short": 1.0, "alias": -1.0, "unlike": -6.0, "pack": 2.0,
    "capital": 1.0, "spellings": 0.3, "namesake unit": 1.2, "asked": 3.0, "asked.near": 1.0,
    "bare.city": 0.0, "bare.country": 2.0, "bare.province": 0.4, "bare.airbase": -0.2,
    "bare.crossing": -0.2, "bare.region": 0.0, "bare.district": -3.2, "bare.airport": -1.0,
    "bare.area": -2.5, "bare.other": -0.5, "country": 0.8, "unit": 0.8, "people": 0.85,
    "near": -0.9, "held": 3.0, "not held": -3.0, "stray": -4.0, "beside": 7.0, "told": 6.0,
    "nothing": -0.3, "nothing.asked": 3.0}
FIXED = ("match.name", "beside", "told", "bare.city", "pack", "asked", "asked.near", "held",
         "not held", "nothing.asked", "stray", "match.short", "match.fuzzy", "country",
         "bare.country", "bare.province", "namesake unit", "match.people", "nothing",
         "bare.airbase", "bare.crossing", "bare.airport")
PULL = 20.0          # weight of the prior, in names: set by hand
# What a name without context counts for, and one in a report of another country.
WORLD = {"cities": 1.0, "countries": 3.0, "sheet": 3.0, "abroad": 0.3}
ABROAD = {"US": "American officials in Washington, Chicago and Texas said that {} was next.",
          "GB": "Doctors in London told the British government that {} was next.",
          "FR": "The French minister in Paris said that {} was next."}
GREAT = 1_000_000    # people: a city that news of other countries names; capitals too
FOLDS = 5
STEPS = 300
FEATURES = tuple(PRIOR)


@dataclass(frozen=True, slots=True)
class Case:
    """A name's candidates as features (the last row: none of them), and which are right."""

    features: np.ndarray
    right: np.ndarray
    weight: float
    fold: int


class _Recorder:
    """Stands in for the ranking and keeps what was ranked first for a name."""

    def __init__(self) -> None:
        self.first: tuple[list[object], places.Ask, object] | None = None

    def __call__(self, options, ask, scene, *more):  # type: ignore[no-untyped-def]
        kept = [o for o in options if places.fits(ask.kind, o.place.type)]
        if self.first is None and kept:
            self.first = kept, ask, scene
        return places.rank(kept, ask, scene, *more)


def cases_of(resolver: Resolver, articles: Sequence[Article], weight: float,
             folds: bool) -> Iterable[Case]:
    """The names of articles that have candidates, as cases."""
    recorder = _Recorder()
    for number, article in enumerate(articles):
        locator = located_in(resolver, article)
        setattr(locate, "rank", recorder)  # noqa: B010
        for gold in article.toponyms:
            recorder.first = None
            locator.find(mention_of(gold))
            if recorder.first is not None:
                yield _case(recorder.first, gold, weight, number % FOLDS if folds else -1)
        setattr(locate, "rank", places.rank)  # noqa: B010


def _case(ranked, gold: Toponym, weight: float, fold: int) -> Case:  # type: ignore[no-untyped-def]
    options, ask, scene = ranked
    features = np.zeros((len(options) + 1, len(FEATURES)))
    right = np.zeros(len(options) + 1, dtype=bool)
    for row, option in enumerate(options):
        near = places.nearby(option.place, ask)
        for name, value in places.features(option, ask, scene, near).items():
            features[row, FEATURES.index(name)] = value
        at = option.place.latitude, option.place.longitude
        right[row] = at[0] is not None and kilometres(
            at, (gold.latitude, gold.longitude)) <= NEAR_KM
    features[-1, FEATURES.index("nothing")] = 1.0
    if ask.kind:
        features[-1, FEATURES.index("nothing.asked")] = 1.0
    right[-1] = not right.any()
    return Case(features, right, weight, fold)


def located_in(resolver: Resolver, article: Article) -> Locator:
    """What finds the places of an article whose names are given."""
    names = [(g.start, g.phrase) for g in article.toponyms]
    scene = set_scene(resolver.atlas, Report(article.text, "training"), [n for _, n in names])
    return Locator(resolver.atlas, scene, names)


def mention_of(gold: Toponym) -> Mention:
    return Mention(Span(gold.start, gold.end), gold.phrase, "name", gold.phrase)


def learn(cases: Sequence[Case], pull: float) -> dict[str, float]:
    """Weights that make the right candidates likely: Adam on the log-likelihood."""
    rows = np.concatenate([c.features for c in cases])
    ends = np.cumsum([len(c.features) for c in cases])
    starts = np.concatenate([[0], ends[:-1]])
    of = np.repeat(np.arange(len(cases)), np.diff(np.concatenate([[0], ends])))
    right = np.concatenate([c.right for c in cases]).astype(float)
    weight = np.array([c.weight for c in cases])
    prior = np.array([PRIOR[f] for f in FEATURES])
    free = np.array([f not in FIXED for f in FEATURES], dtype=float)
    w, first, second = prior.copy(), np.zeros(len(prior)), np.zeros(len(prior))
    for step in range(1, STEPS + 1):
        score = rows @ w
        score -= np.maximum.reduceat(score, starts)[of]
        p = np.exp(score)
        q = p * right
        p /= np.add.reduceat(p, starts)[of]
        q /= np.maximum(np.add.reduceat(q, starts), 1e-300)[of]
        slope = ((q - p) * weight[of]) @ rows - pull * (w - prior)
        slope *= free / len(cases)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        w = w + 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(v), 2) for f, v in zip(FEATURES, w, strict=True)}


def accuracy(resolver: Resolver, articles: Sequence[Article], weights: dict[str, float]) -> int:
    """How many names of the articles lie within 161 km under ``weights``."""
    places.WEIGHTS.update(weights)
    good = 0
    for article in articles:
        locator = located_in(resolver, article)
        for gold in article.toponyms:
            at = next(((p.latitude, p.longitude) for p, _, _ in locator.find(mention_of(gold))
                       if p.latitude is not None), (None, None))
            good += at[0] is not None and kilometres(
                at, (gold.latitude, gold.longitude)) <= NEAR_KM  # type: ignore[arg-type]
    return good


def world(data: Path, resolver: Resolver) -> dict[str, list[Article]]:
    """Names of cities and countries of the world, and those of the sheet, each a report."""
    text = (data / "natural_earth_misc/50m/cultural/ne_50m_populated_places_simple.json")
    out: dict[str, list[Article]] = {kind: [] for kind in WORLD}
    for feature in json.loads(text.read_text("utf8"))["features"]:
        row = {k.lower(): v for k, v in feature["properties"].items()}
        out["cities"].append(_alone(row["name"], row["latitude"], row["longitude"]))
        if row["pop_max"] > GREAT or "capital" in row["featurecla"]:
            out["abroad"] += _abroad(row["name"], row["latitude"], row["longitude"])
    for line in SHEET.read_text("utf8").splitlines():
        if not line.startswith("#"):
            name, latitude, longitude = line.split("\t")
            out["sheet"].append(_alone(name, float(latitude), float(longitude)))
    for iso, place in sorted(resolver.atlas.country_place.items()):
        if place.latitude is not None and place.longitude is not None:
            out["countries"].append(_alone(place.name, place.latitude, place.longitude))
            if iso not in ABROAD:
                out["abroad"] += _abroad(place.name, place.latitude, place.longitude)
    return out


def _alone(name: str, latitude: float, longitude: float) -> Article:
    return _told("Reports came from {} on Monday.", name, latitude, longitude)


def _abroad(name: str, latitude: float, longitude: float) -> list[Article]:
    return [_told(text, name, latitude, longitude) for text in ABROAD.values()]


def _told(text: str, name: str, latitude: float, longitude: float) -> Article:
    at = text.index("{")
    return Article(name, text.format(name),
                   (Toponym(at, at + len(name), name, latitude, longitude),))


def main() -> None:
    """Learn, cross-validate, write."""
    parser = argparse.ArgumentParser(prog="python -m training.places_weights", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True, help="an index of places")
    parser.add_argument("--pull", type=float, default=PULL)
    given = parser.parse_args()
    resolver = Resolver(Gazetteer.open(given.index), load_packs())
    xml = given.data / "geoparsing/data/Corpora/lgl.xml"
    lgl = read_toponyms(xml.read_text("utf8"), str(xml))
    others = [case for kind, articles in world(given.data, resolver).items()
              for case in cases_of(resolver, articles, WORLD[kind], False)]
    own = list(cases_of(resolver, lgl, 1.0, True))
    print(len(own), "names of LGL with candidates,", len(others), "names of the world")
    good = 0
    for fold in range(FOLDS):
        weights = learn([c for c in own if c.fold != fold] + others, given.pull)
        good += accuracy(resolver, lgl[fold::FOLDS], weights)
    total = sum(len(a.toponyms) for a in lgl)
    print(f"LGL, {FOLDS} folds over articles: {good / total:.4f} within 161 km")
    weights = learn(own + others, given.pull)
    for name, value in weights.items():
        print(f"{name:16} {PRIOR[name]:6.2f} {value:6.2f}")
    OUT.write_text(json.dumps({
        "made": "python -m training.places_weights", "pull": given.pull, "names": len(own),
        "lgl_acc161_cross_validated": round(good / total, 4), "weights": weights},
        indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
