"""Ranks the places that a mention may mean.

A linear score in log-odds over features that people understand, soft-maxed together with the
option that no known place is meant. Each feature that moved a candidate is a reason in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from whoholds.core import Place, PlaceType, content_id
from whoholds.resolve.atlas import Named
from whoholds.resolve.names import normalise, similarity
from whoholds.resolve.scene import Scene
from whoholds.resolve.words import COMPATIBLE, vocabulary

Scored = tuple[Place, float, tuple[str, ...]]

# Log-odds. Hand-set on the first sight of real reports, then checked on LGL (geoparsing).
MATCH = {"name": 0.0, "alternate": -0.6, "spelling": -1.0, "fuzzy": -2.5}
UNLIKE = 6.0             # per unit of similarity lost by a spelling or fuzzy match
IN_PACK = 2.0            # a pack that applies to the report knows the place
TYPE_ASKED = 3.0         # the mention asks for this kind
TYPE_NEAR = 1.0          # for a kind close to it (an airfield for an air base)
BARE: dict[str, float] = {  # prior of a kind when the mention asks for none; others: -1.5
    "city": 0.0, "country": 2.0, "province": -1.6, "airbase": -0.2, "crossing": -0.2,
    "region": -0.5, "district": -2.2, "airport": -1.0, "university": -0.5, "building": -0.5,
    "prison": -0.5}
COUNTRY = 1.0            # times ln(share of the report's names in the country + SHARE_FLOOR)
SHARE_FLOOR = 0.01
PEOPLE = 0.8             # times log10(population + 100)
UNPEOPLED = 4.5          # log10 of people that districts, crossings and the like count as
NEAR = 1.2               # times -log10(1 + km / NEAR_KM) to the places named close by
NEAR_KM = 30.0
HELD = 3.0               # lies in the container that the mention names; minus it where it does not
NOTHING = -0.5           # no known place is meant
NOTHING_ASKED = 2.5      # added to it where a kind is asked for, which known places gain from too


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
    places understood elsewhere in the report, weighed by nearness to ``at`` in the text.
    """

    kind: str | None = None
    containers: Sequence[Place] = ()
    anchors: Sequence[Anchor] = ()
    at: int = 0


def fits(kind: str | None, type_: str) -> bool:
    """Whether a place of ``type_`` may be meant where ``kind`` is asked for."""
    return kind is None or type_ in COMPATIBLE.get(kind, frozenset({kind}))


def rank(options: Iterable[Named], ask: Ask, scene: Scene) -> tuple[list[Scored], float]:
    """Candidates with probabilities, best first, and the probability that none is meant."""
    scored: list[Scored] = []
    for option in options:
        if fits(ask.kind, option.place.type):
            near = _distance(option.place, ask.anchors, ask.at)
            score, reasons = _score(option, ask, scene, near)
            scored.append((option.place, score, tuple(reasons)))
    if not scored:
        return [], 1.0
    nothing = NOTHING + (NOTHING_ASKED if ask.kind else 0.0)
    top = max(nothing, *(s for _, s, _ in scored))
    total = math.exp(nothing - top) + sum(math.exp(s - top) for _, s, _ in scored)
    out = [(p, math.exp(s - top) / total, r) for p, s, r in scored]
    out.sort(key=lambda c: (-c[1], c[0].id))
    return out, math.exp(nothing - top) / total


def _score(option: Named, ask: Ask, scene: Scene,
           near: tuple[float, Place] | None) -> tuple[float, list[str]]:
    place, reasons = option.place, []
    score = MATCH[option.match]
    if option.match in ("spelling", "fuzzy"):
        score -= UNLIKE * (1 - option.similarity)
        reasons.append(f"reads like {place.name} ({option.similarity:.2f})")
    else:
        reasons.append("its name" if option.match == "name" else f"another name of {place.name}")
    if option.pack and option.pack in scene.packs:
        score += IN_PACK
        reasons.append(f"known to the pack {option.pack}")
    if ask.kind:
        score += TYPE_ASKED if ask.kind == place.type else TYPE_NEAR
        reasons.append(f"of the kind that the words ask for: {place.type}")
    else:
        score += BARE.get(place.type, -1.5)
    share = scene.share(place.country)
    score += COUNTRY * math.log(share + SHARE_FLOOR)
    if share >= 0.05:
        reasons.append(f"in {place.country}, to which {share:.0%} of the report's names point")
    if place.type in ("city", "country"):
        score += PEOPLE * math.log10((place.population or 0) + 100)
        if (place.population or 0) >= 10_000:
            reasons.append(f"population {place.population:,}")
    else:
        score += PEOPLE * UNPEOPLED
    if near is not None:
        score -= NEAR * math.log10(1 + near[0] / NEAR_KM)
        km = kilometres(place, near[1])
        if km is not None and km < 100:
            reasons.append(f"{km:.0f} km from {near[1].name}, named close by")
    for container in ask.containers:
        inside = contains(container, place)
        score += HELD if inside else -HELD
        if inside:
            reasons.append(f"in {container.name}, as the words say")
    return score, reasons


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
    a, b = (" ".join(w for w in normalise(n).split() if w not in _UNIT_WORDS)
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


def _distance(place: Place, anchors: Sequence[Anchor], at: int) -> tuple[float, Place] | None:
    """Mean distance (km) to the three places named closest in the text, and the closest on Earth.

    Mean, so that one of several neighbours does not decide; the closest is for the reason.
    """
    gaps = [(abs(a.at - at), km, a.place) for a in anchors
            if a.place.id != place.id and (km := kilometres(place, a.place)) is not None]
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
                 name=f"{words}s of {owner.name}", type="set", country=country, names=(kind,))
