"""How much a report speaks of a name: which of earlier names a later word goes back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from whoholds.core import Span

# how many sentences back a pronoun finds its name; English news keeps pronouns close
PRONOUN_REACH = 3
# What a name gains where the text says something of it, where it stands in the first sentence, and
# by each doubling of how often it stands near (log); what it loses by each sentence between, in a
# clause of circumstance, as where somebody only is from, as a name that acts. Parts added up, after
# Lappin & Leass (1994). Of 88 descriptions in the literate cases these find 75 names, the foremost
# of the nearest sentence 70; 72 to 75 for any AWAY from 0.2 to 0.8, CORE and OFTEN from half to
# twice.
CORE, FIRST, OFTEN, AWAY, ASIDE, WHENCE, ACTING = 1.0, 0.5, 0.5, 0.4, 0.5, 2.0, 1.0


class Candidate(NamedTuple):
    """A name or actor description that later words may go back to."""

    sentence: int
    word: int
    span: Span
    text: str
    place: bool
    actor: bool
    country: bool
    type_word: str | None
    nested: bool
    subject: bool
    plural: bool
    named: bool
    rebel: bool
    state: bool
    setting: bool
    core: bool
    aside: bool
    whence: bool
    home: bool
    paragraph: int
    person: bool = False
    whole: Span | None = None    # of a facility named after it: Norwick airport
    dateline: bool = False       # only where the report was written

    @property
    def meant(self) -> Span:
        """The words of the thing itself."""
        return self.whole or self.span


def foremost(pool: Sequence[Candidate]) -> Candidate:
    """Of candidates, nearest first: in the nearest sentence, what it says something about before
    where that happens, main clauses before asides, then the nearest."""
    near = [c for c in pool if c.sentence == pool[0].sentence]
    return min(near, key=lambda c: (c.aside, not c.core, -c.word))


def salient(pool: Sequence[Candidate], sentence: int) -> Candidate:
    """Of candidates before a word of ``sentence``, nearest first, the one that the text around is
    about."""
    near = [c for c in pool if sentence - c.sentence <= PRONOUN_REACH and (c.home or not c.whence)]
    pool = near or pool
    often = Counter(c.text for c in pool)

    def weight(c: Candidate) -> float:
        return (CORE * c.core + FIRST * (c.sentence == 0) + OFTEN * log(min(often[c.text], 3))
                - AWAY * min(sentence - c.sentence, 2 * PRONOUN_REACH) - ASIDE * c.aside
                - WHENCE * (c.whence and not c.home) - ACTING * c.actor)

    return max(pool, key=weight)


__all__ = ["PRONOUN_REACH", "Candidate", "foremost", "salient"]
