"""The open questions of a ledger, by how much their answers could move what is believed.

The value of a question is the belief that its answer is expected to move: for each answer, its
probability times the total variation (half the sum of absolute differences, 0 to 1) between what is
believed about the place now and what would be, times how much the place matters: the logarithm of
how many reports speak of it, against the place that most speak of.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from math import log1p
from typing import TYPE_CHECKING, Literal

from whoholds.belief import beliefs
from whoholds.core import Candidate, Claim, Evidence, Json, Place, Resolution
from whoholds.pipeline.evidence import evidence_of
from whoholds.pipeline.snapshot import BEARING, Snapshot
from whoholds.resolve import normalise

if TYPE_CHECKING:
    from whoholds.pipeline.workbench import Workbench

SURE_P = 0.9       # a claim read and resolved with less is doubtful
WEIGHED = 400      # doubtful claims that are weighed exactly, those with most to gain first: each
                   # takes two solutions of its place, some milliseconds
ALIKE = 0.8        # of two spellings (difflib's ratio): perhaps one place
OFFERED = 4        # answers to a question of names

QuestionKind = Literal["unresolved", "unlocated", "doubtful", "dispute"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``text`` says it, ``verb`` of :class:`whoholds.pipeline.review.Review` with
    ``arguments`` enters it, ``chance_p`` is how likely it is."""

    text: str
    verb: str
    arguments: Mapping[str, Json]
    chance_p: float


@dataclass(frozen=True, slots=True)
class Question:
    """Something open. ``moves_p``: the belief that the answer is expected to move, 0 to 1;
    ``role``: of an unresolved name, what it is in its claims."""

    kind: QuestionKind
    text: str
    place: Place | None
    claim_ids: tuple[str, ...]
    moves_p: float
    answers: tuple[Answer, ...] = field(default=())
    role: Literal["place", "actor"] | None = None


def questions(desk: Workbench, known: Snapshot, places: Sequence[str] = (),
              most: int = 20) -> tuple[Question, ...]:
    """The ``most`` questions with the highest value; with ``places`` (names or ids) only those
    about them."""
    if known.last_moment is None:
        return ()
    at = _Asking(desk, known, desk.valid_at(known))
    wanted = {p.id for p in known.places_named(places)} if places else None
    found = [*at.doubtful(wanted), *at.disputed(wanted), *at.unresolved(wanted),
             *at.unlocated(wanted)]
    return tuple(sorted(found, key=lambda q: (-q.moves_p, q.kind, q.claim_ids, q.text))[:most])


class _Asking:
    def __init__(self, desk: Workbench, known: Snapshot, at: datetime) -> None:
        self.desk, self.known, self.at = desk, known, at
        self.by_place: dict[str, list[Evidence]] = defaultdict(list)
        for row in known.evidence:
            self.by_place[row.place_id].append(row)
        self.told = {i: len({e.claim.report_id for e in rows})
                     for i, rows in self.by_place.items()}
        self.loudest = max(self.told.values(), default=1)
        self.resolutions = dict(known.known.resolutions)
        self.now: dict[str, Mapping[str, float]] = {}

    def matters(self, place_id: str) -> float:
        """How much is spoken of a place, 0 to 1."""
        return log1p(max(1, self.told.get(place_id, 0))) / log1p(self.loudest)

    def believed(self, place_id: str, rows: Sequence[Evidence]) -> Mapping[str, float]:
        place = self.known.known.places.get(place_id) or Place(place_id, place_id, "other")
        (one,) = beliefs(rows, (place,), self.at, None, self.desk.priors)
        return dict(one.states)

    def moved(self, place_id: str, rows: Sequence[Evidence]) -> float:
        """The belief that ``rows``, in the place of what is told of a place, would move."""
        if place_id not in self.now:
            self.now[place_id] = self.believed(place_id, self.by_place.get(place_id, []))
        before, after = self.now[place_id], self.believed(place_id, rows)
        return sum(abs(before.get(s, 0.0) - after.get(s, 0.0))
                   for s in before.keys() | after.keys()) / 2

    def doubtful(self, wanted: Iterable[str] | None) -> list[Question]:
        """Claims that were perhaps misread."""
        rows = [e for e in self.known.evidence if _bears(e.claim) and e.copy_of is None
                and (wanted is None or e.place_id in wanted)]
        unsure = [(e, e.claim.confidence_p * e.resolution_p) for e in rows]
        unsure = [(e, p) for e, p in unsure if p < SURE_P]
        unsure.sort(key=lambda pair: (-pair[1] * (1 - pair[1]) * self.matters(pair[0].place_id),
                                      pair[0].claim.id, pair[0].place_id))
        found: dict[str, Question] = {}
        for row, p in unsure[:WEIGHED]:
            about = self.by_place[row.place_id]
            sure = replace(row, claim=replace(row.claim, confidence_p=1.0), resolution_p=1.0)
            yes = self.moved(row.place_id, [sure if e is row else e for e in about])
            no = self.moved(row.place_id, [e for e in about if e is not row])
            value = (p * yes + (1 - p) * no) * self.matters(row.place_id)
            key = row.claim.id
            if key in found and found[key].moves_p >= value:
                continue
            found[key] = Question(
                "doubtful", f"Is this read aright: {self.reading(row)}?",
                self.known.known.places.get(row.place_id), (key,), value,
                (Answer("yes", "confirm", {"claim": key}, p),
                 Answer("no, nobody says so", "dismiss", {"claim": key}, 1 - p)))
        return list(found.values())

    def reading(self, row: Evidence) -> str:
        """What a claim was read as, in a line."""
        claim, actors = row.claim, self.known.actors
        side = actors.get(row.actor_side or "")
        who = side.name if side else claim.actor.text if claim.actor else "somebody"
        place = self.known.known.places.get(row.place_id)
        where = place.name if place else row.place_id
        words = [claim.kind, *(["denied"] if claim.polarity == "denied" else [])]
        return f"{who}, {' '.join(words)}, {where}"

    def disputed(self, wanted: Iterable[str] | None) -> list[Question]:
        """Places about which sources contradict each other, unresolved."""
        found = []
        about = [self.known.known.places[i] for i in sorted(self.by_place)
                 if i in self.known.known.places and (wanted is None or i in wanted)]
        for dispute in self.desk.disputes(self.known, [p.id for p in about]) if about else ():
            if dispute.resolved is not None:
                continue
            rows = self.by_place[dispute.place.id]
            total = sum(s.credence_p for s in dispute.stances) or 1.0
            value, answers = 0.0, []
            for stance in dispute.stances:
                wrong = {i for other in dispute.stances if other is not stance
                         for i in other.claim_ids}
                chance = stance.credence_p / total
                value += chance * self.moved(
                    dispute.place.id, [e for e in rows if e.claim.id not in wrong])
                name = self.known.actors[stance.state].name if (
                    stance.state in self.known.actors) else stance.state
                said = f"{name}" if stance.affirms else f"not {name}"
                answers.append(Answer(said, "confirm", {"claim": stance.claim_ids[0]}, chance))
            ids = tuple(sorted({i for s in dispute.stances for i in s.claim_ids}))
            found.append(Question(
                "dispute", f"Who is right about {dispute.place.name} "
                f"({dispute.about:%Y-%m-%d}): {' or '.join(a.text for a in answers)}?",
                dispute.place, ids, value * self.matters(dispute.place.id), tuple(answers)))
        return found

    def unresolved(self, wanted: Iterable[str] | None) -> list[Question]:
        """Names that nobody could place, each asked once."""
        asked: dict[tuple[str, str], list[tuple[Claim, Resolution]]] = defaultdict(list)
        for claim in self.known.claims:
            for role in ("place", "actor"):
                row = self.known.known.resolutions.get((claim.id, role))
                if row is not None and row.entity_id is None and _bears(claim):
                    mention = claim.place if role == "place" else claim.actor
                    if mention is not None:
                        asked[role, normalise(mention.text)].append((claim, row))
        found = []
        for (role, _), claims in sorted(asked.items()):
            question = self._who(role, claims)
            if wanted is None or (question.place is not None and question.place.id in wanted):
                found.append(question)
        return found

    def _who(self, role: str, claims: Sequence[tuple[Claim, Resolution]]) -> Question:
        first, row = claims[0]
        mention = first.place if role == "place" else first.actor
        assert mention is not None
        offered = row.candidates[:OFFERED]
        total = sum(c.score_p for c in offered) or 1.0
        value, answers, place = 0.0, [], None
        for candidate in offered:
            moved = [self._if_meant(claim, one, candidate) for claim, one in claims]
            best = max(moved, key=lambda m: m[1], default=("", 0.0))
            chance = candidate.score_p / max(1.0, total)
            value += chance * min(1.0, sum(m[1] for m in moved))
            place = place or self.known.known.places.get(best[0])
            answers.append(Answer(
                self._called(candidate.entity_id), "correct",
                {"claim": first.id, "changes": {f"{role}_is": candidate.entity_id}}, chance))
        what = "Which place" if role == "place" else "Who"
        many = f" ({len(claims)} claims)" if len(claims) > 1 else ""
        return Question("unresolved", f"{what} is “{mention.text}”{many}?", place,
                        tuple(c.id for c, _ in claims), value, tuple(answers),
                        "place" if role == "place" else "actor")

    def _if_meant(self, claim: Claim, row: Resolution,
                  candidate: Candidate) -> tuple[str, float]:
        """The place, and how far its belief moves, if the mention means this candidate."""
        sure = replace(row, entity_id=candidate.entity_id,
                       candidates=(Candidate(candidate.entity_id, 1.0),))
        known = self.known.known
        told = replace(known, resolutions=ChainMap({(claim.id, row.role): sure},
                                                   self.resolutions))
        best = ("", 0.0)
        for fresh in evidence_of(claim, told):
            rows = [e for e in self.by_place.get(fresh.place_id, ()) if e.claim.id != claim.id]
            value = self.moved(fresh.place_id, [*rows, fresh]) * self.matters(fresh.place_id)
            best = max(best, (fresh.place_id, value), key=lambda m: m[1])
        return best

    def _called(self, entity_id: str) -> str:
        known = self.known.known
        place, actor = known.places.get(entity_id), known.actors.get(entity_id)
        if place is not None:
            return f"{place.name} ({', '.join(filter(None, (place.type, place.country)))})"
        return actor.name if actor is not None else entity_id

    def unlocated(self, wanted: Iterable[str] | None) -> list[Question]:
        """Places that no gazetteer has: where are they, or are they another one misspelt?"""
        places = self.known.known.places
        listed = [p for p in places.values() if not p.provisional and p.id in self.by_place]
        found = []
        for i in sorted(self.by_place):
            place = places.get(i)
            if place is None or not place.provisional or place.latitude is not None or (
                    wanted is not None and i not in wanted):
                continue
            near = sorted(((_alike(place.name, p), p) for p in listed),
                          key=lambda pair: (-pair[0], pair[1].id))[:OFFERED]
            near = [(ratio, p) for ratio, p in near if ratio >= ALIKE]
            value = sum(ratio / (1 + len(near)) * self.matters(p.id) * self.moved(
                p.id, [*self.by_place[p.id],
                       *(replace(e, place_id=p.id) for e in self.by_place[i])])
                        for ratio, p in near)
            answers = tuple(Answer(f"it is {self._called(p.id)}", "locate",
                                   {"place": i, "is_": p.id}, ratio / (1 + len(near)))
                            for ratio, p in near)
            ids = tuple(sorted({e.claim.id for e in self.by_place[i]}))
            found.append(Question("unlocated", f"Where is {place.name}?", place, ids, value,
                                  answers))
        return found


def _bears(claim: Claim) -> bool:
    return claim.kind in BEARING and claim.modality == "actual"


def _alike(one: str, place: Place) -> float:
    return max(SequenceMatcher(None, normalise(one), normalise(name), autojunk=False).ratio()
               for name in (place.name, *place.names))
