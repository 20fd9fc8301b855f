"""Events for other programs' tables: claims of one fact put together, with their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from whoholds.core import Actor, Claim, Interval, Place, content_id
from whoholds.views.models import Cited, published_key

_DEATHS = re.compile(r"\b(?:kill\w*|dead|deaths?|die[sd]?|dying|slain|slew|massacre\w*|"
                     r"fatalit\w+|lost their lives|bodies|corpses|executed|beheaded)\b", re.I)
_CIVILIANS = frozenset({"civilian", "child", "woman", "resident", "villager", "journalist",
                        "patient", "student", "worker", "refugee", "passer-by"})


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166-1 codes of a country and the region it lies in (its continent)."""

    name: str
    alpha2: str
    alpha3: str
    numeric: int
    region: str


@dataclass(frozen=True, slots=True)
class Coding:
    """What a kind of claim is called elsewhere: ACLED event and sub-event type; PLOVER type and
    mode, None where PLOVER has no code."""

    acled: tuple[str, str]
    plover: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its report, and what its mentions were resolved to."""

    cited: Cited
    place: Place | None = None
    actor: Actor | None = None
    counterpart: Actor | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: what one or several claims tell of one kind, place, day and pair of actors.

    ``first`` is the earliest published claim; ``day`` the last day on which it can have happened,
    ``precision`` in days how far back it may lie (None: open).
    """

    id: str
    kind: str
    told: tuple[Told, ...]
    day: date
    earliest: date | None
    coding: Coding
    country: Country | None

    @property
    def first(self) -> Told:
        return self.told[0]

    @property
    def claim(self) -> Claim:
        return self.first.cited.claim

    @property
    def place(self) -> Place | None:
        return self.first.place

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell of it, in order of publication."""
        return tuple(dict.fromkeys(t.cited.report.outlet for t in self.told))

    @property
    def days(self) -> int | None:
        """How many days it may have happened on; None where nothing says since when."""
        return None if self.earliest is None else (self.day - self.earliest).days + 1

    @property
    def deaths(self) -> tuple[int, int, int] | None:
        """Lowest, best and highest number of dead told, where somebody counts them."""
        found = [d for t in self.told if (d := _deaths(t)) is not None]
        if not found:
            return None
        return (min(d[0] for d in found), sorted(d[1] for d in found)[len(found) // 2],
                max(d[2] for d in found))

    @property
    def civilians(self) -> bool:
        """Whether those counted are civilians."""
        return any(t.cited.claim.quantity is not None
                   and t.cited.claim.quantity.unit.split()[-1:] != []
                   and t.cited.claim.quantity.unit.split()[-1] in _CIVILIANS for t in self.told)


def is_fact(claim: Claim) -> bool:
    """Whether a claim says that something is or was so: no plan, order, forecast or denial."""
    return claim.modality == "actual" and claim.polarity == "affirmed"


def event_rows(told: Iterable[Told], codings: Mapping[str, Coding],
               countries: Mapping[str, Country]) -> tuple[EventRow, ...]:
    """The events that claims of fact tell of, in order of their days.

    Claims of one kind about one place, the same actors and the same days are one event. Claims
    without any time are left out: no table of events has a place for them.
    """
    groups: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        claim = one.cited.claim
        days = _days(claim.valid)
        if days is None or not is_fact(claim) or claim.kind not in codings:
            continue
        key: tuple[str, ...] = (
            claim.kind, one.place.id if one.place else "", one.actor.id if one.actor else "",
            one.counterpart.id if one.counterpart else "", claim.part or "", days[1].isoformat(),
            days[0].isoformat() if days[0] else "", "" if one.place else claim.id)
        groups.setdefault(key, []).append(one)
    rows = []
    for key, members in groups.items():
        members.sort(key=lambda t: published_key(t.cited))
        days = _days(members[0].cited.claim.valid)
        assert days is not None
        place = members[0].place
        rows.append(EventRow(
            content_id("event", [*key]), key[0], tuple(members), days[1], days[0],
            codings[key[0]], countries.get(place.country or "") if place else None))
    return tuple(sorted(rows, key=lambda r: (r.day, r.kind, r.id)))


def _days(valid: Interval | None) -> tuple[date | None, date] | None:
    """First and last day of an interval, UTC; None where it has no end."""
    if valid is None or (valid.latest is None and valid.earliest is None):
        return None
    last = valid.latest or valid.earliest
    assert last is not None
    first = valid.earliest
    return (first.date() if first else None), last.date()


def _deaths(told: Told) -> tuple[int, int, int] | None:
    claim = told.cited.claim
    quantity = claim.quantity
    if claim.kind != "casualty" or quantity is None or quantity.value is None \
            or quantity.unit.startswith("share") \
            or not _DEATHS.search(claim.span.of(told.cited.report.text)):
        return None
    value = int(quantity.value)
    high = int(quantity.high) if quantity.high is not None else value
    if quantity.bound in ("at most", "less than"):
        return 0, value, value
    return value, (value + high) // 2, high


def called(actor: Actor | None) -> str:
    """An actor's name; "" where nobody is named."""
    return actor.name if actor else ""


def role_of(actor: Actor | None) -> str:
    """The sort of an actor in the words that tables share: *state*, *rebels*, *militia*,
    *civilians*, *organisation*; "" where nobody is named."""
    if actor is None:
        return ""
    kind = actor.type.lower()
    if kind in ("state", "government", "force", "army", "police"):
        return "state"
    if "militia" in kind:
        return "militia"
    if kind in ("armed group", "group", "rebels", "rebel group", "alliance"):
        return "rebels"
    if kind in ("people", "civilians", "residents"):
        return "civilians"
    return "organisation" if kind in ("organisation", "organization", "company") else "rebels"
