"""Numbers, times and chains in words; text from outside made safe to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from whoholds.core import Belief, Claim, Interval, Place, Source

# ICD 203 (2015), section D.6.e.2: upper ends of the intervals, in probability.
_LIKELIHOODS = ((0.05, "almost no chance"), (0.20, "very unlikely"), (0.45, "unlikely"),
                (0.55, "roughly even chance"), (0.80, "likely"), (0.95, "very likely"),
                (1.01, "almost certain"))

# Upper ends in log-odds: Kass & Raftery (1995), table of 2 ln(B), halved; below 0.1, which moves
# even odds by less than three points in a hundred, we say so.
_WEIGHTS = ((0.1, "negligible"), (1.0, "slight"), (3.0, "substantial"), (5.0, "strong"),
            (float("inf"), "very strong"))

# Unicode's explicit direction controls: they can make a line read as something it does not say.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ASCII = str.maketrans({
    "→": "->", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": "|",
    "●": "*", "■": "#", "▲": "^", "◆": "+", "▼": "v", "★": "x", "◐": "%", "○": "o", "−": "-",
    "─": "-", "━": "=", "│": "|", "┃": "|", "≥": ">=", "≠": "!=", "█": "#", "▒": ":", "░": ".",
    "\u00a0": " "})

_DENIED_VERBS = {"gain": "did not gain", "hold": "does not hold", "loss": "did not lose"}


def _clean(text: str) -> str:
    kept = (" " if c in "\n\r\t\v\f\u2028\u2029\x85" else c for c in text if c not in _BIDI)
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs"))


def safe(text: str) -> str:
    """``text`` on one line, without control and direction characters."""
    return " ".join(_clean(text).split())


def spaced(text: str) -> str:
    """A piece of a longer text made safe, with a blank at either end where it had one."""
    clean = _clean(text)
    if not clean.strip():
        return " " if clean else ""
    return " " * clean[0].isspace() + " ".join(clean.split()) + " " * clean[-1].isspace()


def to_ascii(text: str) -> str:
    """``text`` for a terminal that knows ASCII only; letters lose their marks."""
    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    return "".join(c if ord(c) < 128 else "?" for c in plain if not unicodedata.combining(c))


def likelihood(probability: float) -> str:
    """The ICD 203 word for a probability: of the whole percentage that is shown beside it, so that
    no number stands with two words."""
    shown = round(probability, 2)
    return next(word for limit, word in _LIKELIHOODS if shown < limit)


def percent(probability: float) -> str:
    """A probability as a whole percentage that never claims certainty."""
    if probability > 0.99:
        return ">99%"
    if probability < 0.01:
        return "<1%"
    return f"{probability * 100:.0f}%"


def weight(logodds: float) -> str:
    """The strength of a contribution of ``logodds`` (natural logarithm)."""
    return next(word for limit, word in _WEIGHTS if abs(logodds) < limit)


def day(instant: datetime, year: bool = True) -> str:
    """``15 Aug 2021`` in UTC."""
    return f"{instant.day} {instant:%b %Y}" if year else f"{instant.day} {instant:%b}"


def moment(instant: datetime) -> str:
    """``15 Aug 2021 18:00 UTC``."""
    return f"{day(instant)} {instant:%H:%M} UTC"


def period(earliest: datetime | None, latest: datetime | None) -> str:
    """``12–13 Aug 2021``, ``by 13 Aug 2021``, ``since 12 Aug 2021``, or ``any time``."""
    if earliest is None and latest is None:
        return "any time"
    if earliest is None:
        assert latest is not None
        return f"by {day(latest)}"
    if latest is None:
        return f"from {day(earliest)}"
    if earliest.date() == latest.date():
        return day(latest)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{day(latest)}"
    return f"{day(earliest, earliest.year != latest.year)} – {day(latest)}"


def published(interval: Interval | None) -> str:
    """When a report appeared, as finely as it is known."""
    if interval is None or interval.latest is None:
        return "undated"
    if interval.granularity in ("second", "minute", "hour"):
        return moment(interval.latest)
    return period(interval.earliest, interval.latest)


def since(belief: Belief) -> str:
    """When the holder came to hold the place; empty where nobody does."""
    if belief.holder is None:
        return ""
    if belief.since_earliest is None and belief.since_latest is None:
        return "not told"
    return period(belief.since_earliest, belief.since_latest)


def link(source: Source) -> str:
    """One link of a chain: its name, and that it is anonymous or where it spoke."""
    notes = ["anonymous"] if source.anonymous else []
    if source.medium:
        notes.append(source.medium)
    name = safe(source.name)
    return f"{name} ({safe(', '.join(notes))})" if notes else name


def chain(sources: Sequence[Source]) -> str:
    """``Sputnik → Associated Press → officials (anonymous)``."""
    return " → ".join(link(s) for s in sources)


def place_kind(place: Place) -> str:
    """``city, Nangarhar``: the kind of place and the first-level area it lies in."""
    kind: str = place.type
    if place.provisional:
        kind = "unlocated" if kind == "other" else f"unlocated {kind}"
    return f"{kind}, {safe(place.adm1)}" if place.adm1 else kind


def claim_says(claim: Claim) -> str:
    """What a claim says in the codebook's words: ``gain by the Taliban, northern outskirts``."""
    said: str = claim.kind
    if claim.polarity == "denied":
        plain = f"no {claim.kind}"
        said = _DENIED_VERBS.get(claim.kind, plain) if claim.modality == "actual" else plain
    text = said if claim.modality == "actual" else f"{said} ({claim.modality})"
    if claim.actor:
        text = f"{safe(claim.actor.text)}: {text}"
    if claim.counterpart:
        text += f" vs {safe(claim.counterpart.text)}"
    return f"{text}, {safe(claim.part)}" if claim.part else text


_UNMOVED_MODALITY = {
    "possible": "says what may be, not what is", "planned": "a plan, not an event",
    "ordered": "an order, not an event", "demanded": "a demand, not an event",
    "promised": "a promise, not an event", "forecast": "a forecast, not an event"}


# Kinds that can tell who holds a place, or that it is fought over.
_TELLING = frozenset({"gain", "loss", "hold", "contest", "attack", "clash", "strike", "encircle",
                      "enter", "approach"})


def why_unmoved(claim: Claim) -> str:
    """Why a claim moves no belief about who holds the place."""
    if claim.modality in _UNMOVED_MODALITY:
        return _UNMOVED_MODALITY[claim.modality]
    if claim.kind not in _TELLING:
        return f"says “{claim.kind}”, which does not tell who holds the place"
    if claim.valid is None:
        return "has no date"
    if claim.kind in ("gain", "hold", "loss") and claim.actor is None and claim.counterpart is None:
        return "names no holder"
    if claim.polarity == "denied":
        return "denies something else than holding"
    if claim.part:
        return "speaks of a part of the place only"
    return "adds nothing to what others say"
