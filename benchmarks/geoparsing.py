"""Where the resolver puts the place names of news, against corpora with coordinates.

Two tasks. *Given the mention*: the corpus tells the names, the resolver says where each lies; the
share within 161 km counts (one that has no coordinates counts as wrong). *End to end*: the names
are those that the reader finds and the resolver is sure enough of; F1.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoholds.core import Parse, Report, Span
from whoholds.evaluation.places_score import (
    Article,
    Located,
    PlacesScore,
    read_toponyms,
    score_places,
)
from whoholds.language import Reader
from whoholds.resolve import Resolver

CORPORA = "geoparsing/data/Corpora"
OUTLET = "corpus"


def read_corpus(data: Path, name: str) -> tuple[Article, ...]:
    """The articles of ``lgl`` or ``GeoVirus``."""
    path = data / CORPORA / f"{name}.xml"
    return read_toponyms(path.read_text("utf8"), str(path))


def given_names(resolver: Resolver, articles: Sequence[Article]) -> PlacesScore:
    """Score the resolver where the corpus tells the names: its likeliest place that lies
    somewhere."""
    located = []
    for article in articles:
        spans = [Span(t.start, t.end) for t in article.toponyms]
        found = resolver.locate(Report(article.text, OUTLET), spans)
        located.append([_located(span, candidates, 0.0)
                        for span, candidates in zip(spans, found, strict=True)])
    return score_places(articles, located)


def end_to_end(resolver: Resolver, articles: Sequence[Article], reader: Reader) -> PlacesScore:
    """Score the names that the reader finds and the resolver is sure of."""
    located = []
    for article in articles:
        report = Report(article.text, OUTLET)
        spans = _names(reader.parse(report))
        found = resolver.locate(report, spans)
        located.append([_located(span, candidates, 0.5)
                        for span, candidates in zip(spans, found, strict=True)])
    return score_places(articles, located)


def _names(parse: Parse) -> list[Span]:
    """The names of places that the reader found."""
    return [Span(s.words[n.start].span.start, s.words[n.end - 1].span.end)
            for s in parse.sentences for n in s.names if n.type == "LOC"]


def _located(span: Span, candidates: Sequence[tuple[object, float, object]],
             least_p: float) -> Located:
    for place, score_p, _ in candidates:
        latitude = getattr(place, "latitude", None)
        if latitude is not None and score_p >= least_p:
            return Located(span.start, span.end, latitude, getattr(place, "longitude", None))
    return Located(span.start, span.end)


def figures(data: Path, resolver: Resolver, reader: Reader) -> dict[str, float]:
    """The figures of the scoreboard. The weights were learned on LGL: ``places.lgl.acc161`` is by
    cross-validation over articles, ``_all`` with the weights that have seen them."""
    from whoholds.resolve.places import LEARNED
    virus = read_corpus(data, "GeoVirus")
    return {
        "places.geovirus.acc161": round(given_names(resolver, virus).acc161, 3),
        "places.geovirus.end_to_end_f1": round(end_to_end(resolver, virus, reader).f1, 3),
        "places.lgl.acc161": round(float(LEARNED["lgl_acc161_cross_validated"]), 3),
        "places.lgl.acc161_all": round(given_names(
            resolver, read_corpus(data, "lgl")).acc161, 3)}
