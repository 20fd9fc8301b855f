"""Other ways to settle what sources say, on the same place-days: each gives P(first side)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from benchmarks.simulator import SIDES, START, Theatre
from whoholds.belief import Priors, history

Task = tuple[str, float]   # place, day since the start
Labels = Sequence[tuple[Task, str, str]]   # task, worker, side


def labels(theatre: Theatre, tasks: Sequence[Task]) -> list[tuple[Task, str, str]]:
    """What each outlet's latest word on a place was by each task's time, carried forward."""
    told: dict[str, dict[str, list[tuple[float, str]]]] = defaultdict(lambda: defaultdict(list))
    for e in theatre.evidence:
        if e.claim.kind in ("gain", "hold") and e.actor_side and e.claim.valid:
            assert e.claim.valid.latest is not None
            day = (e.claim.valid.latest - START).total_seconds() / 86400
            told[e.place_id][e.outlet].append((day, e.actor_side))
    out = []
    for place, day in tasks:
        for worker, said in sorted(told[place].items()):
            past = [s for s in said if s[0] <= day]
            if past:
                out.append(((place, day), worker, max(past)[1]))
    return out


def latest(theatre: Theatre, tasks: Sequence[Task]) -> dict[Task, float]:
    """The latest claim wins."""
    told: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for e in theatre.evidence:
        if e.claim.kind in ("gain", "hold") and e.actor_side and e.claim.valid:
            assert e.claim.valid.latest is not None
            day = (e.claim.valid.latest - START).total_seconds() / 86400
            told[e.place_id].append((day, e.actor_side))
    out = {}
    for place, day in tasks:
        past = [s for s in told[place] if s[0] <= day]
        out[(place, day)] = 0.5 if not past else float(max(past)[1] == SIDES[0])
    return out


def truthfinder(said: Labels, gamma: float = 0.3, rho: float = 0.5,
                rounds: int = 20) -> dict[Task, float]:
    """Yin, Han and Yu, TKDE 20 (2008) 796-808: trust of sources and confidence of facts in turn,
    conflicting facts with implication -1."""
    by_fact: dict[tuple[Task, str], list[str]] = defaultdict(list)
    for task, worker, side in said:
        by_fact[(task, side)].append(worker)
    trust = {worker: 0.9 for _, worker, _ in said}
    sure: dict[tuple[Task, str], float] = {}
    for _ in range(rounds):
        raw = {fact: sum(-math.log(max(1 - trust[w], 1e-9)) for w in workers)
               for fact, workers in by_fact.items()}
        for (task, side), score in raw.items():
            other = SIDES[1 - SIDES.index(side)]
            adjusted = score - rho * raw.get((task, other), 0.0)
            sure[(task, side)] = 1 / (1 + math.exp(-gamma * adjusted))
        total: dict[str, list[float]] = defaultdict(list)
        for fact, workers in by_fact.items():
            for w in workers:
                total[w].append(sure[fact])
        trust = {w: sum(v) / len(v) for w, v in total.items()}
    out = {}
    for task in {task for task, _ in by_fact}:
        first, second = (sure.get((task, side), 0.0) for side in SIDES)
        out[task] = first / (first + second)
    return out


def crowd(name: str, said: Labels) -> dict[Task, float]:
    """Majority vote, Dawid-Skene, GLAD or MACE as the package crowd-kit has them."""
    import pandas as pd  # type: ignore[import-untyped]
    from crowdkit.aggregation import GLAD, MACE, DawidSkene, MajorityVote
    made: Mapping[str, Callable[[], object]] = {
        "majority": MajorityVote, "dawid_skene": lambda: DawidSkene(n_iter=50),
        "glad": lambda: GLAD(n_iter=20, silent=True),
        "mace": lambda: MACE(n_restarts=3, n_iter=30, random_state=1)}
    names = {f"{place}|{day}": (place, day) for (place, day), _, _ in said}
    frame = pd.DataFrame([(f"{place}|{day}", worker, side)
                          for (place, day), worker, side in said],
                         columns=["task", "worker", "label"])
    found = made[name]().fit_predict_proba(frame)  # type: ignore[attr-defined]
    return {names[task]: float(row.get(SIDES[0], 0.0)) for task, row in found.iterrows()}


def whoholds(theatre: Theatre, tasks: Sequence[Task],
             priors: Priors | None = None) -> dict[Task, tuple[float, float]]:
    """Ours: P of each side."""
    from datetime import timedelta
    priors = priors or Priors()
    by_place = defaultdict(list)
    for e in theatre.evidence:
        by_place[e.place_id].append(e)
    out = {}
    for place in theatre.places:
        mine = [t for t in tasks if t[0] == place.id]
        past = history(by_place[place.id], place.id, None, priors)
        rows = past.posterior([START + timedelta(days=day) for _, day in mine])
        for task, row in zip(mine, rows, strict=True):
            p = dict(zip(past.states, row.tolist(), strict=True))
            out[task] = (p.get(SIDES[0], 0.0), p.get(SIDES[1], 0.0))
    return out


RIVALS: tuple[str, ...] = ("latest", "majority", "dawid_skene", "glad", "mace", "truthfinder")


def rival(name: str, theatre: Theatre, tasks: Sequence[Task], said: Labels) -> dict[Task, float]:
    """P(first side) of one rival for every task; 0.5 where it has nothing to go by."""
    if name == "latest":
        found = latest(theatre, tasks)
    elif name == "truthfinder":
        found = truthfinder(said)
    else:
        found = crowd(name, said)
    return {task: found.get(task, 0.5) for task in tasks}
