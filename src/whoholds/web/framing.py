"""The frames of the map: who holds each place at each step of the time slider, shortly."""

from __future__ import annotations

from whoholds.core import instant_text
from whoholds.views.map import AREAS, LARGE_CITY
from whoholds.views.words import place_kind
from whoholds.web import shapes
from whoholds.web.answers import Answers


def frames_json(answers: Answers, known_at: str | None, according_to: str | None) -> bytes:
    """The frames as they are sent: written once for each state of the ledger."""
    return answers.kept(
        ("frames", known_at, according_to),
        lambda: made_frames(answers, known_at, according_to).model_dump_json().encode())


def made_frames(answers: Answers, known_at: str | None,
                according_to: str | None) -> shapes.Frames:
    """Who holds each place at each step."""
    found = answers.courses(known_at, according_to)
    order: dict[str, int] = {}
    places = []
    for course in found:
        index = [order.setdefault(s, len(order)) for s in course.states]
        place = course.place
        places.append(shapes.PlaceCourse.model_construct(
            id=place.id, name=place.name, kind=place_kind(place), type=place.type,
            country=place.country, adm1=place.adm1, latitude=place.latitude,
            longitude=place.longitude, size=size_of(place.type, place.feature_code,
                                                    place.population),
            claims=len({id(e.claim) for e in course.about}),  # ids would be hashes
            origins=len({e.origin for e in course.about}),
            kinds=sorted({e.claim.kind for e in course.about}),
            runs=[(r.step, index[r.holder] if r.holder >= 0 else -1, r.percent, int(r.contested))
                  for r in course.runs]))
    return shapes.Frames.model_construct(
        version=answers.version(), known_at=known_at, according_to=according_to,
        steps=[instant_text(at) or "" for at in answers.steps()], sides=list(order),
        places=places)


def size_of(kind: str, feature_code: str | None, population: int | None) -> int:
    """How large a marker is; see :class:`shapes.PlaceCourse`."""
    if kind in AREAS:
        return 0
    if feature_code == "PPLC" or (population or 0) >= LARGE_CITY:
        return 3
    return 2 if kind == "city" else 1
