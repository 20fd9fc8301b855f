"""What outlets and people said later of what is in the ledger: entries of their own, no edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from whoholds.core import Interval, Json, content_id

EntryKind = Literal["retraction", "undo", "confirm", "correct", "dismiss", "locate", "merge",
                    "split", "protect", "reviewer"]
OF_CLAIMS = frozenset({"confirm", "correct", "dismiss"})
OF_ENTITIES = frozenset({"locate", "merge", "split"})

NEEDS: Mapping[str, tuple[frozenset[str], ...]] = {
    "correct": (frozenset({"claim", "resolutions"}),), "protect": (frozenset({"names"}),),
    "locate": (frozenset({"latitude", "longitude"}), frozenset({"into"})),
    "merge": (frozenset({"what", "into"}),), "split": (frozenset({"what", "mentions", "into"}),),
    "reviewer": (frozenset({"key", "salt", "hash", "n", "r", "p", "sees", "manages"}),)}
"""What the body of an entry of a kind holds, one way or another; others need none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated, signed entry.

    A ``retraction`` says that the outlet withdrew report ``target``: its claims stop counting from
    ``reported`` on, and still count at every known time before. Every other kind is a person's
    word on how the ledger reads the world, and counts at every known time: a claim is read aright
    (``confirm``), wrongly (``correct``: ``body`` holds the edition that supersedes it), or is none
    (``dismiss``); a place, actor or source is another one, several or elsewhere (``merge``,
    ``split``, ``locate``); a source's name is not to be shown (``protect``); who reviews here
    (``reviewer``). An ``undo`` takes back the entry ``target``; that of a retraction counts from
    its own ``reported`` on. ``author`` is whoever made the entry.
    """

    kind: EntryKind
    target: str
    author: str
    reported: Interval
    reason: str = ""
    body: Mapping[str, Json] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.reported.latest is None:
            raise ValueError("an entry needs the moment from which it is known")

    @property
    def id(self) -> str:
        """Identity: everything that the entry says; never when it was recorded."""
        return content_id("entry", self.to_json())

    @property
    def is_whole(self) -> bool:
        """Whether the body holds what an entry of this kind needs."""
        ways = NEEDS.get(self.kind, ())
        return not ways or any(way <= self.body.keys() for way in ways)

    @property
    def order(self) -> tuple[float, str]:
        """Of two entries about one thing the greater one has the last word."""
        assert self.reported.latest is not None
        return self.reported.latest.timestamp(), self.id

    def to_json(self) -> dict[str, Json]:
        said: dict[str, Json] = {
            "kind": self.kind, "target": self.target, "author": self.author,
            "reported": self.reported.to_json(), "reason": self.reason}
        return {**said, "body": dict(self.body)} if self.body else said

    @classmethod
    def from_json(cls, v: dict) -> Entry:  # type: ignore[type-arg]
        return cls(v["kind"], v["target"], v["author"], Interval.from_json(v["reported"]),
                   v["reason"], v.get("body", {}))


def undoers(entries: Iterable[Entry]) -> dict[str, str]:
    """Entry id -> the standing ``undo`` that takes it back; entries that stand are not in it.

    An undo that is itself undone undoes nothing. Of several, the one with the last word.
    """
    undoing: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "undo":
            undoing.setdefault(entry.target, []).append(entry)
    for rivals in undoing.values():
        rivals.sort(key=lambda e: e.order, reverse=True)
    found: dict[str, str] = {}
    settled: set[str] = set()

    def settle(key: str) -> bool:      # ends: an undo's target is older than its own id
        """Whether the entry stands."""
        if key not in settled:
            settled.add(key)
            by = next((u.id for u in undoing.get(key, ()) if settle(u.id)), None)
            if by is not None:
                found[key] = by
        return key not in found

    for key in list(undoing):
        settle(key)
    return found


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that nobody took back, undos left out, in their order."""
    told = tuple(entries)
    undone = undoers(told)
    return tuple(sorted((e for e in told if e.kind != "undo" and e.id not in undone),
                        key=lambda e: e.order))
