"""What is open, and what review can be about."""

from __future__ import annotations

from typing import Literal

from whoholds.web.shapes.base import CitedClaim, Shape


class OpenAnswer(Shape):
    """One answer to a question, with what enters it: a verb of /api/claims/{claim} with
    ``changes``, or /api/locate of ``place`` as the place ``into``. ``chance``: how likely it is."""

    text: str
    verb: Literal["confirm", "dismiss", "correct", "locate"]
    claim: str | None
    changes: dict[str, str]
    place: str | None
    into: str | None
    chance: float


class OpenQuestion(Shape):
    """Something that a person could settle. ``moves``: the belief that the answer is expected to
    move, 0 to 1; ``claims`` are the first of ``claims_in_all`` that it is about; ``role``: of an
    unresolved name, what it is in its claims."""

    kind: Literal["unresolved", "unlocated", "doubtful", "dispute"]
    text: str
    role: Literal["place", "actor"] | None
    place: str | None
    place_id: str | None
    place_kind: str | None
    country: str | None
    adm1: str | None
    moves: float
    claims: list[CitedClaim]
    claims_in_all: int
    answers: list[OpenAnswer]


class Named(Shape):
    """A place, actor or source that claims speak of. ``note`` tells it from others of its name;
    ``unlocated``: a place that no gazetteer has and nobody has located."""

    id: str
    name: str
    note: str
    claims: int
    unlocated: bool
