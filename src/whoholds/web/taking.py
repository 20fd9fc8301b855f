"""The endpoints that take something in: reports, and what people say of how they were read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from whoholds.ledger import Entry
from whoholds.pipeline import Intake
from whoholds.pipeline.moments import moment
from whoholds.pipeline.review import Review, Reviewed
from whoholds.web import shapes, showing
from whoholds.web.access import Caller, Reader, Writer
from whoholds.web.inbox import Handed, Reading
from whoholds.web.refusals import REFUSALS

Reason = Annotated[str, Field(max_length=2000, description="Why, in your own words.")]
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{6,64}$", description="The id, or its first digits.")]
Short = Annotated[str | None, Query(max_length=300)]

routes = APIRouter(prefix="/api", responses=REFUSALS)


class Said(BaseModel):
    """Why a person says so."""

    model_config = ConfigDict(extra="forbid")
    reason: Reason = ""


class Correction(Said):
    """What a claim says in truth: field -> words that stand in the report, or one of the
    codebook's; empty takes the field away. See `whoholds review correct --help`."""

    changes: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=2000)]] = (
        Field(min_length=1, max_length=20))


class Retraction(Said):
    """The outlet withdrew the report, from ``since`` on (by default now)."""

    since: Annotated[str, Field(max_length=40)] | None = None


@routes.post("/reports", status_code=202, openapi_extra={"requestBody": {
    "required": True, "content": {"application/octet-stream": {"schema": {
        "type": "string", "format": "binary"}}, "text/plain": {"schema": {"type": "string"}}}}})
async def hand_in(request: Request, caller: Writer,
                  name: Annotated[str, Query(min_length=1, max_length=300)] = "report.txt",
                  outlet: Short = None, published: Annotated[
                      str | None, Query(max_length=40)] = None) -> shapes.Job:
    """Hands in a file or text to be read: the body is the file, ``name`` tells its format by its
    ending. Answers at once; the reading's progress is told at /api/readings and /api/events."""
    moment(published)
    body = await request.body()
    if not body.strip():
        raise HTTPException(400, "there is nothing in it")
    house = request.app.state.house
    reading = await run_in_threadpool(
        house.inbox.hand_in, name, caller.name, Handed(body, caller.pen, outlet, published))
    if reading is None:
        raise HTTPException(503, "too much is waiting to be read; try again later")
    return job(reading)


def job(reading: Reading) -> shapes.Job:
    """A reading, as it is told."""
    return shapes.Job(id=reading.id, name=reading.name, state=reading.state, by=reading.by,
                      problem=reading.problem, read=reading.read, refused=reading.refused,
                      claims=reading.claims, taken=[taken(i) for i in reading.taken])


def taken(intake: Intake) -> shapes.Taken:
    """What became of one report."""
    return shapes.Taken(where=intake.where, report_id=intake.report_id, outlet=intake.outlet,
                        problem=intake.problem, notes=list(intake.notes),
                        new_report=intake.new_report, claims=intake.claims,
                        new_claims=intake.new_claims)


@routes.get("/readings")
def readings(request: Request, caller: Writer) -> shapes.Jobs:
    """The latest readings, newest first."""
    return shapes.Jobs(jobs=[job(r) for r in request.app.state.house.inbox.readings()])


@routes.get("/events", response_class=StreamingResponse, responses={200: {
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
    "description": "changed: the ledger has another state; reading: a reading has gone on"}})
async def events(request: Request, caller: Reader) -> StreamingResponse:
    """News as they come, as server-sent events."""
    news = request.app.state.house.news
    if news.full():
        raise HTTPException(503, "too many pages are open; try again later")
    return StreamingResponse(news.listen(), media_type="text/event-stream")


def entered(caller: Writer, claim_or_report: str,
            verb: Callable[[Review, str], Entry]) -> shapes.EntryItem:
    """Enters one word of a person. Ids that were shown may be those of redacted things."""
    known = caller.answers.snapshot()
    target = known.originals.get(claim_or_report, claim_or_report)
    made = verb(caller.pen.review, target)
    return showing.entry(Reviewed(made, True, None, made.id))


@routes.post("/claims/{claim}/confirm")
def confirm(caller: Writer, claim: Id, said: Annotated[Said, Body()]) -> shapes.EntryItem:
    """The claim is read aright."""
    return entered(caller, claim, lambda review, key: review.confirm(key, said.reason))


@routes.post("/claims/{claim}/dismiss")
def dismiss(caller: Writer, claim: Id, said: Annotated[Said, Body()]) -> shapes.EntryItem:
    """The claim is a misreading: nobody says so."""
    return entered(caller, claim, lambda review, key: review.dismiss(key, said.reason))


@routes.post("/claims/{claim}/correct")
def correct(caller: Writer, claim: Id, said: Annotated[Correction, Body()]) -> shapes.EntryItem:
    """The claim reads otherwise."""
    changes: Mapping[str, str | None] = dict(said.changes)
    return entered(caller, claim, lambda review, key: review.correct(key, changes, said.reason))


@routes.post("/reports/{report}/retract")
def retract(caller: Writer, report: Id, said: Annotated[Retraction, Body()]) -> shapes.EntryItem:
    """The outlet withdrew the report."""
    return entered(caller, report,
                   lambda review, key: review.retract(key, said.since, said.reason))


@routes.post("/entries/{entry}/undo")
def undo(caller: Writer, entry: Id, said: Annotated[Said, Body()]) -> shapes.EntryItem:
    """Takes an entry back."""
    return entered(caller, entry, lambda review, key: review.undo(key, reason=said.reason))


@routes.get("/entries")
def entries(caller: Writer, target: Annotated[str | None, Query(
        pattern=r"^[0-9a-f]{6,64}$")] = None) -> list[shapes.EntryItem]:
    """What people and outlets said later of what is in the ledger, newest first; with ``target``,
    only what is about the thing with that id."""
    known = caller.answers.snapshot()
    key = known.originals.get(target, target) if target else None
    called = caller.answers.kept("called", lambda: called_in(caller))
    return [showing.entry(found, called) for found in reversed(caller.pen.entries(key))]


def called_in(caller: Caller) -> dict[str, str]:
    """What places and actors are called, those too that are one with others by now."""
    known = caller.answers.snapshot()
    with caller.desk.ledger.as_of() as view:
        places = view.places()
    return {**{i: p.name for i, p in places.items()},
            **{i: p.name for i, p in known.known.places.items()},
            **{i: a.name for i, a in known.actors.items()}}
