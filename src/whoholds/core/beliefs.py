"""Evidence (claims with their mentions resolved) and beliefs (who holds a place, how surely)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from whoholds.core.claims import Claim
from whoholds.core.entities import Place

CONTESTED = "contested"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim about one place, as belief needs it.

    A claim about a complete place set gives one Evidence for each member (``by_set`` is the set's
    id). ``actor_side`` and ``counterpart_side`` are ids of sides, None where unsaid or unresolved.
    ``origin`` is the key of the innermost source: equal keys are one testimony. ``origin_side`` is
    the side that the origin belongs to. ``resolution_p`` is the probability that place and actor
    were understood aright. ``copy_of`` is the report that the claim's report copies, or None.
    ``known_at`` is when the claim was published: the end of that interval; None where unknown.
    """

    claim: Claim
    place_id: str
    actor_side: str | None
    counterpart_side: str | None
    origin: str
    origin_class: str
    origin_side: str | None
    known_at: datetime | None
    outlet: str
    resolution_p: float = 1.0
    copy_of: str | None = None
    by_set: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """How one testimony moves a belief in ``holder``.

    ``weight_logodds`` is its weight alone; ``without_p`` the probability of the holder when it is
    left out (its claims: all those from the same origin about the same fact).
    """

    claim_ids: tuple[str, ...]
    holder: str
    weight_logodds: float
    without_p: float


@dataclass(frozen=True, slots=True)
class Belief:
    """Who holds a place at ``valid_at``, as known at ``known_at``.

    ``states`` pairs each possible holder (side ids, ``contested``, ``other``) with its probability,
    most probable first. ``holder`` is the first side where its probability reaches 0.5, else None:
    unknown. ``since`` is the 90 % interval of the holder's last entry.
    """

    place: Place
    valid_at: datetime
    known_at: datetime | None
    states: tuple[tuple[str, float], ...]
    holder: str | None
    probability_p: float
    contested: bool
    since_earliest: datetime | None
    since_latest: datetime | None
    evidence: tuple[str, ...]             # claim ids, all that bear on the place
