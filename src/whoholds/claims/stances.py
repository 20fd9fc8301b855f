"""Polarity and modality: of a predicate, and of the clauses on the way down to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from whoholds.core import Modality, Polarity


@dataclass(frozen=True, slots=True)
class Commitment3:
    """Polarity, modality and hedges of a predicate, for the speaker whose clause it stands in.

    ``hedges`` are adverbs, adjectives and raising verbs, as written, lower-cased.
    ``embedded_under`` is the position of the nearest reporting verb or noun above the predicate,
    None where the sentence speaks in its own voice. ``settled``: the words themselves say that it
    happened, whatever they look like (*did not stop them from closing it*).
    """

    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    hedges: tuple[str, ...] = ()
    embedded_under: int | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What holds of the clause that the walk has reached."""

    denied: bool = False
    modality: Modality = "actual"
    assessed: bool = False           # inside what an assessor says
    refuted: bool = False            # denied by somebody, as a whole
    cue: int | None = None
    hedges: tuple[str, ...] = ()
    settled: bool = False            # said to have happened, against the look of the words

    def afresh(self) -> State:
        """A presupposed clause, still in the same speaker's mouth."""
        if not self.denied and self.modality == "actual":
            return self
        return replace(self, denied=False, modality="actual")

    def as_(self, modality: Modality) -> State:
        """Under a modality; an outer one stays."""
        return self if self.modality != "actual" or modality == "actual" else replace(
            self, modality=modality)

    def flipped(self) -> State:
        return replace(self, denied=not self.denied, settled=self.denied)

    def hedged(self, *words: str) -> State:
        return replace(self, hedges=tuple(dict.fromkeys((*self.hedges, *words)))) \
            if words else self
