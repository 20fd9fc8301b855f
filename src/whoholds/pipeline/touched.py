"""What a ledger's news may have changed: the rule by which a watch asks again.

Belief about a place follows from the claims about it and from how their reports count. A new report
brings claims; it may also show older reports to be near-copies, or correct them. So these places
are touched: those that the new reports speak of, or any report of the new ones' families
(near-copies) and stories (corrections); for a set also its members. All others have the evidence
that they had.

Where that is not the whole of it, everything counts as touched: people or outlets said something, a
report was read again, other data describe a place or an actor anew, people made one place of two or
one source of two, some source is protected, or a report that comes late takes the place of others
among the first to have a sentence or band (see :mod:`whoholds.reading.copies`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from whoholds.core import Place
from whoholds.core.fingerprints import bands, sentences
from whoholds.ledger import Extent, Likeness, View, standing
from whoholds.pipeline.corrections import of_one_story
from whoholds.pipeline.decided import decided
from whoholds.pipeline.snapshot import BY_INDEX, reaching
from whoholds.reading import Families
from whoholds.reading.copies import COMPARED


@dataclass(frozen=True, slots=True)
class Touched:
    """``reports``: ids of those whose claims are new, or may count otherwise than before;
    ``places``: those that they speak of, by id."""

    reports: frozenset[str]
    places: Mapping[str, Place]


def touched(view: View, since: Extent) -> Touched | None:
    """What came to the ledger after ``since`` touched; None for everything."""
    now = view.extent()
    if replace(now, last=since.last) != since:
        return None
    new = view.reports_after(since.last)
    if len(new) > BY_INDEX:
        return None
    entries = standing(view.entries())
    if reaching(decided(entries)) or any(e.kind == "protect" for e in entries):
        return None
    near = view.likeness
    numbers = frozenset(near.numbers(new).values())
    if _displacing(near, numbers):
        return None
    families = Families(near)
    families.add(numbers)
    told = near.outlines(of_one_story(near, families, families.members(numbers)))
    reports = frozenset(one.id for one in told.values())
    spoken = {r.entity_id for r in view.resolutions(report_ids=reports)
              if r.role == "place" and r.entity_id is not None}
    places = view.some_places(spoken)
    members = {m for place in places.values() for m in place.members} - places.keys()
    return Touched(reports, {**places, **view.some_places(members)})


def _displacing(near: Likeness, numbers: Collection[int]) -> bool:
    """Whether one of the reports is among the first to have a mark that more have than are
    compared: another may have been among them before."""
    own = {mark for _, _, print_ in near.prints(numbers).values()
           for mark in (*bands(print_), *sentences(print_))}
    return any(many > len(first) and not first.isdisjoint(numbers)
               for first, many in near.first_with(own, COMPARED).values())
