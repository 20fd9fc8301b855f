"""What outlets and people said later of what is in the ledger: entries of their own, no edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from whoholds.core import Interval, Json, content_id

EntryKind = Literal["retraction", "undo"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated, signed entry.

    A ``retraction`` says that the outlet withdrew report ``target``: its claims stop counting from
    ``reported`` on, and still count at every known time before. An ``undo`` takes back the entry
    ``target``, from its own ``reported`` on. ``author`` is whoever made the entry.
    """

    kind: EntryKind
    target: str
    author: str
    reported: Interval
    reason: str = ""

    def __post_init__(self) -> None:
        if self.reported.latest is None:
            raise ValueError("an entry needs the moment from which it is known")

    @property
    def id(self) -> str:
        """Identity: everything that the entry says; never when it was recorded."""
        return content_id("entry", self.to_json())

    def to_json(self) -> dict[str, Json]:
        return {"kind": self.kind, "target": self.target, "author": self.author,
                "reported": self.reported.to_json(), "reason": self.reason}

    @classmethod
    def from_json(cls, v: dict) -> Entry:  # type: ignore[type-arg]
        return cls(v["kind"], v["target"], v["author"], Interval.from_json(v["reported"]),
                   v["reason"])
