"""Ranks the places that a mention may mean.

A linear score in log-odds over features that people understand, soft-maxed together with the
option that no known place is meant. Each feature that moved a candidate is a reason in words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from whoholds.core import Place, PlaceType, content_id
from whoholds.resolve.atlas import Named
from whoholds.resolve.names import normalise, similarity
from whoholds.resolve.scene import SMALL, Scene
from whoholds.resolve.words import COMPATIBLE, plural, vocabulary

Scored = tuple[Place, float, tuple[str, ...]]
_normal = lru_cache(maxsize=8192)(normalise)   # names of places and units come again and again

# Log-odds per unit of each feature (see :func:`features`); the file tells how they were learned.
LEARNED: dict[str, Any] = json.loads(
    files("whoholds.resolve").joinpath("data", "weights.json").read_text("utf8"))
WEIGHTS: dict[str, float] = LEARNED["weights"]
# Shares of the report's other names: what a country that none of them points to counts as, and a
# unit. Chosen of 0.01 to 0.2 and of 0.02 to 0.05 by cross-validation on LGL and by names of the
# world in reports of another country (training/places_weights.py).
SHARE_FLOOR, UNIT_FLOOR = 0.03, 0.05
UNPEOPLED = 4.5          # log10 of people that districts, crossings and the like count as
# log10 of people that a province without a count counts as, and a region: all that are listed are
# named in world news. Set on training/world_names.tsv: Kent, Surrey, Java, the Andes.
UNPEOPLED_OF = {"province": 5.7, "region": 6.5}
TYPICAL_NAMES = 4.0      # a city's main name and three more
OWN_NAME = 0.4           # how much less a stray is held against a place's main name
GREAT_WATERS = 6.0       # log10 of people that an ocean, sea or gulf counts as
RANKED = 8               # candidates that rank() gives; those below are hardly ever right
HERE = 0.05              # share of the report's names: a country where it plays
NEAR_KM = 30.0           # kilometres: below, nearer is hardly better


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place already understood, at a position of the text."""

    at: int
    place: Place
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Ask:
    """What is known of a mention besides its name.

    ``kind`` is the kind of place asked for, ``containers`` what it is said to lie in, ``anchors``
    places understood elsewhere in the report, weighed by nearness to ``at`` in the text; ``beside``
    units and countries that stand after the name and hold one of its candidates: *Paris, Texas*.
    """

    kind: str | None = None
    containers: Sequence[Place] = ()
    beside: Sequence[Place] = ()
    told: str | None = None       # id: what this name means where the report says where it lies
    anchors: Sequence[Anchor] = ()
    at: int = 0


def fits(kind: str | None, type_: str) -> bool:
    """Whether a place of ``type_`` may be meant where ``kind`` is asked for."""
    return kind is None or type_ in COMPATIBLE.get(kind, frozenset({kind}))


def rank(options: Iterable[Named], ask: Ask, scene: Scene,
         reasons: bool = True) -> tuple[list[Scored], float]:
    """Candidates with probabilities, best first, and the probability that none is meant; their
    ``reasons`` in words only where somebody asks for them."""
    rated: list[tuple[float, Named, tuple[float, Place] | None]] = []
    anchors = closest(ask)
    for option in options:
        if fits(ask.kind, option.place.type):
            near = nearby(option.place, ask, anchors)
            score = sum(WEIGHTS[f] * v for f, v in features(option, ask, scene, near).items())
            rated.append((score, option, near))
    if not rated:
        return [], 1.0
    rated.sort(key=lambda r: (-r[0], r[1].place.id))
    nothing = WEIGHTS["nothing"] + (WEIGHTS["nothing.asked"] if ask.kind else 0.0)
    top = max(nothing, rated[0][0])
    total = math.exp(nothing - top) + sum(math.exp(score - top) for score, _, _ in rated)
    return [(o.place, math.exp(score - top) / total,
             _reasons(o, ask, scene, near) if reasons else ())
            for score, o, near in rated[:RANKED]], math.exp(nothing - top) / total


def features(option: Named, ask: Ask, scene: Scene,
             near: tuple[float, Place] | None) -> dict[str, float]:
    """What speaks for a candidate, by the names of :data:`WEIGHTS`.

    How the name matched, how far its spelling is off, how unlike the main name it is; the pack;
    whether it is a country's capital; how many names a city has (the more, the more widely it is
    known), and whether its unit is called the same; the kind asked for, or the prior of its kind;
    the natural log of the shares of the report's *other* names in its country and in its
    first-order unit (a name is no witness for itself: *Paris* in a Texan paper);
    log10 of its people and of its distance to what is named close by; whether it lies in what the
    mention says holds it, or in what stands beside the name, here or elsewhere in the report;
    whether it is a :func:`stray`.
    """
    place = option.place
    out = {f"match.{option.match}": 1.0, "unlike": 1 - option.similarity,
           "pack": float(option.pack in scene.packs if option.pack else False),
           "country": math.log(scene.others_share(option.asked, place.country) + SHARE_FLOOR)
           if place.country else 0.0,
           "people": _people(place)}
    if ask.kind:
        out["asked" if ask.kind == place.type else "asked.near"] = 1.0
    else:
        out[f"bare.{place.type}" if f"bare.{place.type}" in WEIGHTS else "bare.other"] = 1.0
    if place.type != "country" and place.country:
        out["unit"] = math.log1p(scene.unit_share(option.asked, place) / UNIT_FLOOR)
    if option.match == "alternate" and _short_of(option.asked, place):
        out["match.name"] = out.pop("match.alternate")
    elif option.match == "alternate":
        out["alias"] = 1 - similarity(option.asked, _normal(place.name))
    if option.capital:
        out["capital"] = 1.0
    if place.type == "city":
        if not option.pack:
            out["spellings"] = math.log((1 + len(place.names)) / TYPICAL_NAMES)
        out["namesake unit"] = float(_normal(place.adm1 or "") == option.asked)
    if near is not None:
        out["near"] = math.log10(1 + near[0] / NEAR_KM)
    if any(contains(holder, place) for holder in ask.beside):
        out["beside"] = 1.0
    elif ask.told == place.id:
        out["told"] = 1.0
    elif stray(option, scene):
        out["stray"] = OWN_NAME if option.match == "name" else 1.0
    for container in ask.containers:
        held = "held" if contains(container, place) else "not held"
        out[held] = out.get(held, 0.0) + 1.0
    return out


def _short_of(asked: str, place: Place) -> bool:
    """Whether a name leaves out only the kind: *New York* (City), *the Pacific* (Ocean)."""
    whole = _normal(place.name)
    return whole.startswith(asked) and whole.removeprefix(asked) in (" city", " ocean", " sea")


def stray(option: Named, scene: Scene) -> bool:
    """Whether a small place lies in a country that no other name of the report tells of: an unknown
    town is no other country's. Where there are no others, another name of it is not enough either:
    gazetteers give *Kesh* to Cache, Oklahoma.
    """
    place = option.place
    if place.type != "city" or option.pack or option.capital or (place.population or 0) >= SMALL:
        return False
    if scene.others_share(option.asked, place.country) < HERE:
        return True
    return option.match != "name" and scene.share(place.country) < HERE


def _people(place: Place) -> float:
    """log10 of people; what has no count is as well known as a place of so many."""
    if place.type in ("city", "country") or place.population:
        return math.log10((place.population or 0) + 100)
    if place.feature_code in ("OCN", "SEA", "GULF"):
        return GREAT_WATERS
    return UNPEOPLED_OF.get(place.type, UNPEOPLED)


def _reasons(option: Named, ask: Ask, scene: Scene,
             near: tuple[float, Place] | None) -> tuple[str, ...]:
    """The features that speak for a candidate, in words."""
    place, out = option.place, list[str]()
    if option.match in ("spelling", "fuzzy"):
        out.append(f"reads like {place.name} ({option.similarity:.2f})")
    elif option.match == "people":
        out.append(f"the people or things of {place.name}")
    elif option.match == "short":
        out.append(f"short for {place.name}")
    else:
        out.append("its name" if option.match == "name" else f"another name of {place.name}")
    if option.capital:
        out.append(f"the capital of {place.country}")
    if option.pack and option.pack in scene.packs:
        out.append(f"known to the pack {option.pack}")
    if ask.kind:
        out.append(f"of the kind that the words ask for: {place.type}")
    share = scene.share(place.country)
    if share >= 0.05:
        out.append(f"in {place.country}, to which {share:.0%} of the report's names point")
    if place.type in ("city", "country") and (place.population or 0) >= 10_000:
        out.append(f"population {place.population:,}")
    if near is not None:
        km = kilometres(place, near[1])
        if km is not None and km < 100:
            out.append(f"{km:.0f} km from {near[1].name}, named close by")
    if ask.told == place.id:
        out.append("the report says elsewhere where it lies")
    out += [f"in {c.name}, as the words say"
            for c in dict.fromkeys((*ask.containers, *ask.beside)) if contains(c, place)]
    return tuple(out)


def contains(container: Place, place: Place) -> bool:
    """Whether ``place`` lies in ``container``, as far as their units tell."""
    if container.id == place.id:
        return False
    if container.type == "country":
        return container.country == place.country
    if container.country != place.country:
        return False
    if container.type in ("province", "region"):
        return same_unit(container.name, place.adm1)
    gap = kilometres(container, place)
    if gap is not None:
        return gap < 60.0                # km: a city or district and what lies in or by it
    return same_unit(container.adm1 or "", place.adm1)


def same_unit(one: str, other: str | None) -> bool:
    """Whether two names of first-order units are spellings of one."""
    if not one or not other:
        return False
    a, b = (" ".join(w for w in _normal(n).split() if w not in _UNIT_WORDS)
            for n in (one, other))
    return a == b or similarity(a, b) >= 0.75


_UNIT_WORDS = vocabulary("province oblast region governorate state department")


def kilometres(one: Place, other: Place) -> float | None:
    """Great-circle distance, None where either is unlocated."""
    if one.latitude is None or other.latitude is None or one.longitude is None \
            or other.longitude is None:
        return None
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.longitude - one.longitude) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def closest(ask: Ask) -> list[Anchor]:
    """The anchors, those named closest in the text first."""
    return sorted(ask.anchors, key=lambda a: abs(a.at - ask.at))


def nearby(place: Place, ask: Ask,
           anchors: Sequence[Anchor] | None = None) -> tuple[float, Place] | None:
    """Mean distance (km) to the three places named closest in the text, and the closest on Earth.

    Mean, so that one of several neighbours does not decide; the closest is for the reason.
    ``anchors`` is :func:`closest` of ``ask``, where it is there already.
    """
    gaps: list[tuple[int, float, Place]] = []
    for anchor in closest(ask) if anchors is None else anchors:
        away = abs(anchor.at - ask.at)
        if len(gaps) >= 3 and away > gaps[-1][0]:
            break
        if anchor.place.id != place.id \
                and (km := kilometres(place, anchor.place)) is not None:
            gaps.append((away, km, anchor.place))
    gaps.sort(key=lambda g: (g[0], g[1], g[2].id))
    if not gaps:
        return None
    close = gaps[:3]
    nearest = min(close, key=lambda g: (g[1], g[2].id))
    return sum(g[1] for g in close) / len(close), nearest[2]


def provisional(name: str, kind: str, holder: Place | None, country: str | None) -> Place:
    """A named place that nothing knows: the same id wherever it is named so, in one container."""
    key = {"name": normalise(name), "type": kind, "country": country,
           "container": normalise(holder.name) if holder else ""}
    adm1 = None if holder is None else holder.name if holder.type == "province" else holder.adm1
    return Place(id=f"provisional:{content_id('place', key)[:20]}", name=name,
                 type=cast(PlaceType, kind), country=country, adm1=adm1, provisional=True)


def unlisted_set(words: str, kind: PlaceType, owner: Place, country: str | None) -> Place:
    """A set whose members nothing lists."""
    slug = words.replace(" ", "-")
    tail = normalise(owner.name).replace(" ", "-")
    return Place(id=f"set:{(country or 'xx').lower()}/{slug}-{tail}",
                 name=f"{plural(words)} of {owner.name}", type="set", country=country,
                 names=(kind,))
