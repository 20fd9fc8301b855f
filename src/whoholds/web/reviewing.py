"""The endpoints of review beyond single claims: what is open, merging, splitting, locating."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Body, Query
from pydantic import Field

from whoholds.core import Claim, Place
from whoholds.ledger import Entry
from whoholds.pipeline.entities import Entities
from whoholds.pipeline.evidence import speaker_of, voice
from whoholds.pipeline.queue import Answer, Question
from whoholds.pipeline.review import Review, Reviewed
from whoholds.pipeline.snapshot import Snapshot
from whoholds.views import Cited
from whoholds.views.words import place_kind
from whoholds.web import shapes, showing
from whoholds.web.access import Caller, Reader, Writer
from whoholds.web.refusals import REFUSALS
from whoholds.web.taking import Said

MOST_SHOWN = 3      # claims under a question
MOST_CLAIMS = 500   # claims listed of one name

Name = Annotated[str, Field(min_length=1, max_length=300)]
What = Literal["place", "actor", "source"]
Entity = Literal["place", "actor"]

routes = APIRouter(prefix="/api", responses=REFUSALS)


class Merging(Said):
    """What was taken for ``one`` is ``into``: ids or names; of places and actors, ``into`` may be
    one of the gazetteer or a pack."""

    what: What
    one: Name
    into: Name


class Splitting(Said):
    """In these ``claims`` the place or actor ``of`` is another one: ``into``, an id, a name or a
    new name."""

    what: Entity
    of: Name
    into: Name
    claims: list[Annotated[str, Field(pattern=r"^[0-9a-f]{6,64}$")]] = Field(
        min_length=1, max_length=MOST_CLAIMS)


class Locating(Said):
    """Where a place lies (degrees, WGS 84), or which place of the gazetteer or a pack it is."""

    place: Name
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    into: Name | None = None


@routes.get("/questions")
def questions(caller: Reader, place: Annotated[str | None, Query(max_length=300)] = None,
              most: Annotated[int, Query(ge=1, le=100)] = 20) -> list[shapes.OpenQuestion]:
    """What is open, those questions first whose answer is expected to move most."""
    known = caller.answers.snapshot()
    found = caller.answers.kept(("questions", place, most), lambda: caller.desk.questions(
        known, [place] if place else (), most))
    cites = caller.answers.kept("cites by claim", lambda: {
        c.claim.id: c for c in (*(Cited(c, known.reports[c.report_id], None) for c in known.claims),
                                *(Cited(e.claim, known.reports[e.claim.report_id], e)
                                  for e in known.evidence))})
    return [asked(q, [cites[i] for i in q.claim_ids[:MOST_SHOWN] if i in cites]) for q in found]


def asked(found: Question, cited: list[Cited]) -> shapes.OpenQuestion:
    """A question with the first of its claims."""
    place = found.place
    return shapes.OpenQuestion(
        kind=found.kind, text=found.text, role=found.role, place=place.name if place else None,
        place_id=place.id if place else None, place_kind=place_kind(place) if place else None,
        country=place.country if place else None, adm1=place.adm1 if place else None,
        moves=round(found.moves_p, 4), claims=showing.claims(cited),
        claims_in_all=len(found.claim_ids), answers=[answered(a) for a in found.answers])


def answered(found: Answer) -> shapes.OpenAnswer:
    """An answer with what enters it."""
    said = cast(dict[str, Any], found.arguments)
    return shapes.OpenAnswer.model_validate({
        "text": found.text, "verb": found.verb, "claim": said.get("claim"),
        "changes": said.get("changes", {}), "place": said.get("place"),
        "into": said.get("is_"), "chance": round(found.chance_p, 4)})


@routes.get("/named")
def named(caller: Reader, what: What) -> list[shapes.Named]:
    """The places, actors or sources that claims speak of, those first that most do."""
    known = caller.answers.snapshot()
    found = caller.answers.kept(("named", what), lambda: named_in(known, what))
    return sorted(found, key=lambda n: (-n.claims, n.name, n.id))


def named_in(known: Snapshot, what: What) -> list[shapes.Named]:
    """The places, actors or sources of a snapshot."""
    if what == "source":
        called: dict[str, str] = {}
        told: Counter[str] = Counter()
        for claim in known.claims:
            for name in {claim.sources[0].name, claim.sources[speaker_of(claim)].name}:
                told[called.setdefault(voice(name), name)] += 1
        return [shapes.Named(id=n, name=n, note="", claims=c, unlocated=False)
                for n, c in told.items() if n]
    meant = Counter(r.entity_id for r in known.known.resolutions.values() if r.entity_id)
    if what == "place":
        return [shapes.Named(id=p.id, name=p.name, note=note(p), claims=meant[p.id],
                             unlocated=p.provisional and p.latitude is None)
                for p in known.known.places.values() if meant[p.id] and p.type != "set"]
    return [shapes.Named(id=a.id, name=a.name, note=a.type, claims=meant[a.id], unlocated=False)
            for a in known.actors.values() if meant[a.id]]


def note(place: Place) -> str:
    """What tells a place from others of its name."""
    return ", ".join(p for p in (place_kind(place), place.country) if p)


@routes.get("/spoken")
def spoken(caller: Reader, what: Entity, of: Annotated[str, Query(min_length=1, max_length=300)],
           ) -> list[shapes.CitedClaim]:
    """The claims that speak of a place or actor, by id or name."""
    known = caller.answers.snapshot()
    one = Entities(known, caller.desk.stages).there(what, of)
    ids = {claim for (claim, _), row in known.known.resolutions.items() if row.entity_id == one.id}
    return showing.claims(cited(known, (c for c in known.claims if c.id in ids)))


def cited(known: Snapshot, claims: Iterable[Claim]) -> list[Cited]:
    """Claims with their reports, at most MOST_CLAIMS."""
    return [Cited(c, known.reports[c.report_id], None)
            for c, _ in zip(claims, range(MOST_CLAIMS), strict=False)]


def made(caller: Caller, verb: Callable[[Review], Entry]) -> shapes.EntryItem:
    """Enters one word of a person."""
    entry = verb(caller.pen.review)
    return showing.entry(Reviewed(entry, True, None, entry.id))


@routes.post("/merge")
def merge(caller: Writer, said: Annotated[Merging, Body()]) -> shapes.EntryItem:
    """Two places, actors or sources are one."""
    return made(caller, lambda review: review.merge(said.what, said.one, said.into, said.reason))


@routes.post("/split")
def split(caller: Writer, said: Annotated[Splitting, Body()]) -> shapes.EntryItem:
    """In some claims a place or actor is another one."""
    shown = caller.answers.snapshot().originals
    claims = [shown.get(claim, claim) for claim in said.claims]
    return made(caller, lambda review: review.split(said.what, said.of, claims, said.into,
                                                    said.reason))


@routes.post("/locate")
def locate(caller: Writer, said: Annotated[Locating, Body()]) -> shapes.EntryItem:
    """Where a place lies that no gazetteer has, or which known place it is."""
    return made(caller, lambda review: review.locate(said.place, said.latitude, said.longitude,
                                                     said.into, said.reason))
