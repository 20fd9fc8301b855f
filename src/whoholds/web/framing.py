"""The frames of the map: who holds each place at each step of the time slider, shortly."""

from __future__ import annotations

from typing import Any

from whoholds.core import Place, instant_text
from whoholds.pipeline.frames import Course
from whoholds.views.areas import drawn_areas
from whoholds.views.map import AREAS, LARGE_CITY
from whoholds.views.words import place_kind
from whoholds.web import shapes
from whoholds.web.answers import Answers

MOST_POINTS = 60_000  # of areas: drawn anew at every step of a slider


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
    places = [shapes.PlaceCourse.model_construct(
        **static(course.place), **counted(course), kinds=kinds_of(course),
        runs=runs_of(course, order)) for course in found]
    return shapes.Frames.model_construct(
        version=answers.version(), known_at=known_at, according_to=according_to,
        steps=[instant_text(at) or "" for at in answers.steps()], sides=list(order),
        places=places)


def unfolding_json(answers: Answers, according_to: str | None) -> bytes:
    """The frames of all known days as they are sent."""
    return answers.kept(
        ("unfolding", according_to),
        lambda: made_unfolding(answers, according_to).model_dump_json().encode())


def made_unfolding(answers: Answers, according_to: str | None) -> shapes.Unfolding:
    """Who holds each place at each step, as known at each day."""
    found = answers.unfolded(according_to)
    order: dict[str, int] = {}
    kinds: dict[str, int] = {}
    places = []
    for one in found or ():
        versions: list[object] = []
        for day, course in one.versions:
            if course is None:
                versions.append((day, 0, 0, [], []))
            else:
                versions.append((day, *counted(course).values(), [
                    kinds.setdefault(kind, len(kinds)) for kind in kinds_of(course)],
                    runs_of(course, order)))
        places.append(shapes.PlaceUnfolded.model_construct(
            **static(one.place), versions=versions))
    days = answers.days() if found is not None else ()
    return shapes.Unfolding.model_construct(
        version=answers.version(), according_to=according_to,
        days=[instant_text(at) or "" for at in days],
        steps=[instant_text(at) or "" for at in answers.steps()], sides=list(order),
        kinds=list(kinds), places=places)


def areas_json(answers: Answers) -> bytes:
    """The areas of places as they are sent."""
    return answers.kept("areas", lambda: made_areas(answers).model_dump_json().encode())


def made_areas(answers: Answers) -> shapes.Areas:
    """The areas that added gazetteers have of the places that some claim bears on."""
    stages = answers.desk.stages
    if not stages.index_path.exists():  # building it takes a minute, and it would have none
        return shapes.Areas(areas=[])
    gazetteer = stages.gazetteer
    if not gazetteer.areas:
        return shapes.Areas(areas=[])
    found = {p.id: area for p in answers.snapshot().places_with_evidence()
             if (area := gazetteer.geometry(p)) is not None}
    return shapes.Areas(areas=[shapes.Area.model_construct(id=i, polygons=polygons)
                               for i, polygons in drawn_areas(found, MOST_POINTS).items()])


def static(place: Place) -> dict[str, Any]:
    """What a place is, whoever holds it."""
    return {"id": place.id, "name": place.name, "kind": place_kind(place), "type": place.type,
            "country": place.country, "adm1": place.adm1, "latitude": place.latitude,
            "longitude": place.longitude,
            "size": size_of(place.type, place.feature_code, place.population)}


def counted(course: Course) -> dict[str, Any]:
    """How much is told of a place."""
    return {"claims": len({id(e.claim) for e in course.about}),  # ids would be hashes
            "origins": len({e.origin for e in course.about})}


def kinds_of(course: Course) -> list[str]:
    """The kinds of claim about a place."""
    return sorted({e.claim.kind for e in course.about})


def runs_of(course: Course, order: dict[str, int]) -> list[tuple[int, int, int, int]]:
    """The runs with holders as places in ``order``, which grows."""
    index = [order.setdefault(s, len(order)) for s in course.states]
    return [(r.step, index[r.holder] if r.holder >= 0 else -1, r.percent, int(r.contested))
            for r in course.runs]


def size_of(kind: str, feature_code: str | None, population: int | None) -> int:
    """How large a marker is; see :class:`shapes.PlaceCourse`."""
    if kind in AREAS:
        return 0
    if feature_code == "PPLC" or (population or 0) >= LARGE_CITY:
        return 3
    return 2 if kind == "city" else 1
