"""Evidence made by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from whoholds.core import Claim, Evidence, Interval, Mention, Place, Source, Span

T0 = datetime(2030, 3, 1, tzinfo=UTC)


def place(place_id: str = "p", name: str | None = None, place_type: str = "city") -> Place:
    return Place(id=place_id, name=name or place_id, type=place_type)  # type: ignore[arg-type]


def mention(text: str, at: int = 0) -> Mention:
    return Mention(Span(at, at + max(1, len(text))), text, "name", text)


def evidence(
        kind: str, side: str | None = None, valid: Interval | None = None, *,
        place_id: str = "p", counterpart: str | None = None, polarity: str = "affirmed",
        modality: str = "actual", part: str | None = None, origin: str = "o",
        origin_class: str = "agency", origin_side: str | None = None, commitment: str = "said",
        hedges: tuple[str, ...] = (), known_at: datetime | None = None, report: str = "r",
        start: int = 0, copy_of: str | None = None, by_set: str | None = None,
        outlet: str = "outlet", medium: str | None = None, confidence_p: float = 1.0,
        resolution_p: float = 1.0, quantity: object = None, where: str | None = None) -> Evidence:
    if known_at is None and valid is not None:
        known_at = valid.latest or valid.earliest
    sources = (Source(outlet, "outlet"),
               Source(origin, "agency", commitment, medium=medium))  # type: ignore[arg-type]
    claim = Claim(
        report_id=report, kind=kind, span=Span(start, start + 5),  # type: ignore[arg-type]
        sentence=Span(start, start + 9), sources=sources, polarity=polarity,  # type: ignore[arg-type]
        modality=modality, actor=mention(side) if side else None,  # type: ignore[arg-type]
        counterpart=mention(counterpart) if counterpart else None,
        place=mention(where or place_id), part=part, valid=valid, hedges=hedges,
        quantity=quantity, confidence_p=confidence_p)  # type: ignore[arg-type]
    return Evidence(claim, place_id, side, counterpart, origin, origin_class, origin_side,
                    known_at, outlet, resolution_p, copy_of, by_set)
