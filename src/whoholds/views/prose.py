"""Phrases that an analyst would write: articles, nouns of kinds, lists, chances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

from whoholds.core import Belief, PlaceType, Source
from whoholds.views.words import likelihood, percent, safe

NOUNS = {
    "gain": ("capture", "of"), "loss": ("loss", "of"), "hold": ("control", "of"),
    "contest": ("fight", "for"), "attack": ("attack", "on"), "clash": ("fighting", "in"),
    "strike": ("strike", "on"), "encircle": ("encirclement", "of"), "enter": ("entry", "into"),
    "approach": ("advance", "on"), "deploy": ("deployment", "to"),
    "withdraw": ("withdrawal", "from"), "surrender": ("surrender", "at"),
    "defect": ("defection", "at"), "seize": ("seizure", "at"), "detain": ("detention", "at"),
    "casualty": ("casualties", "at"), "evacuate": ("evacuation", "of"),
    "displace": ("displacement", "from"), "close": ("closing", "of"), "open": ("opening", "of"),
    "negotiate": ("talks", "on"), "agree": ("agreement", "on"), "demand": ("demand", "on"),
    "threaten": ("threat", "to")}
"""What a kind of claim is called, and the word that leads to its place."""

_FUNCTION = r"(?:ha[sd]|have|is|are|was|were|will|would|could|did|do|does|and|or|on|in|at|from|by" \
            r"|to|after|before|who|that|which|[.,;:!?)])"
_STATES = re.compile(r"^United |(?:States|Emirates|Islands|Netherlands|Philippines|Republic)$")
_TYPES = {"city": "cities", "base": "bases", "other": "places", "facility": "facilities",
          "university": "universities", "country": "countries"}
_PLURALS = {"person": "people", "people": "people", "child": "children", "man": "men",
            "woman": "women", "police": "police", "personnel": "personnel", "aircraft": "aircraft",
            "wounded": "wounded", "dead": "dead", "troops": "troops"}
_MEN = (("fman", "fmen"), ("sman", "smen"), ("woman", "women"), ("eman", "emen"))


def articled(names: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of the names that reports write with an article (*the Taliban*, not *the Hamas*): more
    often than not where the name ends its phrase. A name that no report writes so takes one where
    it ends in a common noun (*Afghan government*)."""
    wanted = sorted({n for n in names if n}, key=lambda n: (-len(n), n))
    if not wanted:
        return frozenset()
    one = "|".join(map(re.escape, wanted))
    pattern = re.compile(rf"(?<![\w-])(the\s+)?({one})(?=\s*{_FUNCTION}(?!\w))", re.IGNORECASE)
    with_, without = Counter[str](), Counter[str]()
    for text in texts:
        for found in pattern.finditer(text):
            (with_ if found[1] else without)[found[2].casefold()] += 1
    return frozenset(n for n in wanted if with_[n.casefold()] > without[n.casefold()] or (
        not with_[n.casefold()] + without[n.casefold()] and common(n)))


def common(name: str) -> bool:
    """Whether a name ends in a common noun, or is of a state that is one."""
    last = name.split()[-1:]
    return bool(last and last[0][:1].islower()) or bool(_STATES.search(name))


def speaker(source: Source) -> str:
    """Who says so, in a sentence: *an official*, *residents*, *the interior ministry*, *Wire*."""
    name = safe(source.name)
    if not name or not common(name) or name.split()[0].lower() in ("the", "a", "an"):
        return name
    last = name.split(" of ")[0]
    plural = last.endswith("s") and not last.endswith(("ss", "'s"))
    if source.anonymous:
        return name if plural else f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
    return name if plural else f"the {name}"


def listed(parts: Sequence[str]) -> str:
    """*a, b and c*."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def capital(text: str) -> str:
    """With a capital at the beginning."""
    clean = safe(text)
    return clean[:1].upper() + clean[1:]


def types_of(kind: PlaceType) -> str:
    """A type of place in the plural."""
    return _TYPES.get(kind, f"{kind}s")


def chance(p: float) -> str:
    """*very likely (93%)*, *a roughly even chance (52%)*."""
    word = likelihood(p)
    article = "a " if word == "roughly even chance" else ""
    return f"{article}{word} ({percent(p)})"


def surely(p: float) -> str:
    """The word for a probability before *held by*."""
    word = likelihood(p)
    return {"almost certain": "almost certainly", "roughly even chance": "with a roughly even "
            "chance", "almost no chance": "with almost no chance"}.get(word, word)


def state(belief: Belief, holder: str) -> str:
    """*likely held by the Taliban (73%)*; ``holder`` is the holder's name in a sentence."""
    return f"{surely(belief.probability_p)} held by {holder} ({percent(belief.probability_p)})"


def units(unit: str, single: bool) -> str:
    """What is counted, as many as there are: *27 children*, *1 helicopter*."""
    words = safe(unit).split()
    if not words or words[0] == "share" or single:
        return " ".join(words)
    last = words[-1]
    plural = _PLURALS.get(last) or next(
        (last[:-len(old)] + new for old, new in _MEN if last.endswith(old)), None)
    if plural is None:
        plural = last if last.endswith("s") else (
            last[:-1] + "ies" if re.search("[^aeiou]y$", last) else
            last + ("es" if re.search("(?:[sxz]|[cs]h)$", last) else "s"))
    return " ".join([*words[:-1], plural])


def bounds(low: float, high: float) -> str:
    """*at least 5*, *15 to 32*."""
    if high == inf:
        return f"at least {low:g}"
    if low == high:
        return f"{low:g}"
    return f"up to {high:g}" if low <= 0 else f"{low:g} to {high:g}"
