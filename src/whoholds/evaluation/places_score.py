"""Scores toponym resolution against articles whose place names carry coordinates.

Accuracy within 161 km (100 miles) is the field's figure (Leidner 2007; Gritta et al. 2018, 2020):
the share of gold names placed no farther than that from where they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from whoholds.core import DataError

NEAR_KM = 161.0          # kilometres: 100 miles, the field's convention
SLIP = 5                 # characters that a corpus's offsets may be off
EARTH_KM = 6371.0        # kilometres: mean radius


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold place name: characters of its article, and where it lies (degrees)."""

    start: int
    end: int
    phrase: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its gold place names, in the text's order."""

    key: str
    text: str
    toponyms: tuple[Toponym, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a system puts the characters of a name; no coordinates: it does not know."""

    start: int
    end: int
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PlacesScore:
    """``acc161``: share of gold names within 161 km. The other three count names found and placed
    so (end to end). ``misses``: article, phrase and kilometres off (None: not placed)."""

    n: int
    acc161: float
    precision: float
    recall: float
    f1: float
    median_km: float | None
    misses: tuple[tuple[str, str, float | None], ...]


def read_toponyms(xml: str, where: str) -> tuple[Article, ...]:
    """Articles of a corpus in LGL's or GeoVirus's XML; names without coordinates are left out.

    Raises DataError with ``where`` and the article for what cannot be read.
    """
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise DataError(where, f"not XML: {error}") from error
    out = []
    for number, article in enumerate(root.iter("article")):
        text = article.findtext("text") or ""
        key = article.get("docid") or article.findtext("source") or str(number)
        found = []
        for node in (*article.iter("toponym"), *article.iter("location")):
            latitude, longitude = node.find(".//lat"), node.find(".//lon")
            if latitude is None or longitude is None or not latitude.text or not longitude.text:
                continue
            try:
                phrase = node.findtext("phrase") or node.findtext("name") or ""
                start = _aligned(text, phrase, int(node.findtext("start", "")))
                found.append(Toponym(start, start + len(phrase), phrase, float(latitude.text),
                                     float(longitude.text)))
            except ValueError as error:
                raise DataError(where, f"article {key}: {error}") from error
        out.append(Article(key, text, tuple(sorted(found, key=lambda t: (t.start, t.end)))))
    return tuple(out)


def _aligned(text: str, phrase: str, start: int) -> int:
    """Where ``phrase`` really stands: corpora count from 0 or 1, or slip by a few characters."""
    for shift in range(SLIP + 1):
        for at in (start + shift, start - shift):
            if at >= 0 and text.startswith(phrase, at):
                return at
    return start


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two points (latitude, longitude in degrees)."""
    lat1, lat2 = math.radians(one[0]), math.radians(other[0])
    dlat, dlon = (lat2 - lat1) / 2, math.radians(other[1] - one[1]) / 2
    h = math.sin(dlat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def score_places(articles: Iterable[Article],
                 located: Sequence[Sequence[Located]]) -> PlacesScore:
    """Score the names that a system placed, article by article.

    A gold name is placed by the first located name with the same characters, else by the first
    that overlaps it. A located name that no gold name takes counts against precision.
    """
    off: list[float] = []
    misses: list[tuple[str, str, float | None]] = []
    total = given = right = 0
    for article, names in zip(articles, located, strict=True):
        taken: set[int] = set()
        given += sum(n.latitude is not None for n in names)
        for gold in article.toponyms:
            total += 1
            at = _match(gold, names, taken)
            km = None
            if at is not None:
                taken.add(at)
                name = names[at]
                if name.latitude is not None and name.longitude is not None:
                    km = kilometres((gold.latitude, gold.longitude),
                                    (name.latitude, name.longitude))
                    off.append(km)
            if km is not None and km <= NEAR_KM:
                right += 1
            else:
                misses.append((article.key, gold.phrase, km))
    precision, recall = right / given if given else 0.0, right / total if total else 0.0
    both = precision + recall
    off.sort()
    return PlacesScore(total, recall, precision, recall, 2 * precision * recall / both
                       if both else 0.0, off[len(off) // 2] if off else None, tuple(misses))


def _match(gold: Toponym, names: Sequence[Located], taken: set[int]) -> int | None:
    """The located name for a gold one: the same characters first, then any that overlap."""
    free = [i for i in range(len(names)) if i not in taken]
    return next((i for i in free if (names[i].start, names[i].end) == (gold.start, gold.end)),
                next((i for i in free if names[i].start < gold.end
                      and gold.start < names[i].end), None))
