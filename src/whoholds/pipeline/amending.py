"""What a person writes to correct a claim, turned into the edition that supersedes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from whoholds.core import (
    Bound,
    Claim,
    Interval,
    Kind,
    Mention,
    Modality,
    Polarity,
    Quantity,
    Report,
    Source,
    SourceClass,
    Span,
    UsageError,
    parse_moment,
)
from whoholds.core.times import Granularity
from whoholds.ledger import REVIEW

ROLES = ("actor", "counterpart", "place")
FIELDS = ("kind", "polarity", "modality", *ROLES, "part", "valid", "hedges", "source", "quantity")
MEANT = {f"{role}_is": role for role in ROLES}      # what a mention means: a resolution, no words
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind), "polarity": get_args(Polarity), "modality": get_args(Modality)}
COARSEST: tuple[Granularity, ...] = ("second", "minute", "hour", "day", "week", "month", "year",
                                     "open")
NUMBER = r"\d+(?:[.,]\d+)*"
QUANTITY = re.compile(
    rf"(?:(?P<bound>{'|'.join(sorted(get_args(Bound), key=len, reverse=True))})\s*)?"
    rf"(?:(?P<value>{NUMBER})(?:\s*(?:-|–|to|and)\s*(?P<high>{NUMBER}))?"
    rf"(?:\s+of\s+(?P<of>{NUMBER}))?)?\s*(?P<unit>[^\d].*)?", re.IGNORECASE)


def amended(claim: Claim, report: Report, changes: Mapping[str, str | None]) -> Claim:
    """The edition of ``claim`` with ``changes``; UsageError says what cannot be read or found.

    An empty change takes a field away. Words for an actor, a counterpart, a place or a source have
    to stand in the report: a claim has no words that nobody wrote.
    """
    for name in changes:
        if name not in FIELDS and name not in MEANT:
            raise UsageError(f"a claim has no field {name!r}; there are "
                             f"{', '.join((*FIELDS, *MEANT))}")
    edition = claim
    for name in FIELDS:
        if name in changes:
            edition = _SETTERS[name](edition, report, (changes[name] or "").strip())
    return replace(edition, reader=REVIEW, frame="", confidence_p=1.0)


def _choice(field: str) -> Callable[[Claim, Report, str], Claim]:
    def put(claim: Claim, report: Report, text: str) -> Claim:
        if text not in CHOICES[field]:
            raise UsageError(f"{field} is one of {', '.join(CHOICES[field])}, not {text!r}")
        return replace(claim, **{field: text})  # type: ignore[arg-type]
    return put


def _role(role: str) -> Callable[[Claim, Report, str], Claim]:
    def put(claim: Claim, report: Report, text: str) -> Claim:
        mention = mention_of(text, claim, report) if text else None
        changes: dict[str, Any] = {role: mention}
        if role == "place" and mention is not None and claim.sentence.overlaps(mention.span):
            changes["span"] = Span(min(claim.span.start, mention.span.start),
                                   max(claim.span.end, mention.span.end))
        return replace(claim, **changes)
    return put


def mention_of(text: str, claim: Claim, report: Report) -> Mention:
    """The words as they stand in the claim's sentence, else nearest to it; UsageError where they
    stand nowhere in the report."""
    words = r"\s+".join(map(re.escape, text.split()))
    finder = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    found = [Span(*m.span()) for m in finder.finditer(report.text)]
    if not found:
        raise UsageError(f"the words {text!r} stand nowhere in the report; to say what a mention "
                         "means, use actor_is, counterpart_is or place_is")
    span = min(found, key=lambda s: (not claim.sentence.overlaps(s),
                                     abs(s.start - claim.span.start), s.start))
    said = span.of(report.text)
    name = any(w[:1].isupper() for w in said.split())
    last = said.split()[-1]
    return Mention(span, said, "name" if name else "description", said if name else last.lower())


def _part(claim: Claim, report: Report, text: str) -> Claim:
    return replace(claim, part=text or None)


def _hedges(claim: Claim, report: Report, text: str) -> Claim:
    return replace(claim, hedges=tuple(h.strip() for h in text.split(",") if h.strip()))


def _valid(claim: Claim, report: Report, text: str) -> Claim:
    return replace(claim, valid=interval_of(text) if text else None)


def interval_of(text: str) -> Interval:
    """``2021-08-13``, ``2021-08-12..2021-08-14``, ``..2021-08-14`` or ``2021-08-12..``."""
    first, dots, last = text.partition("..")
    try:
        start = parse_moment(first) if first.strip() else None
        end = parse_moment(last) if dots and last.strip() else None
        if not dots and start is not None:
            return start
        if start is None and end is None:
            raise ValueError(f"no moment in {text!r}")
        told = [i.granularity for i in (start, end) if i is not None]
        coarsest = max(told, key=COARSEST.index)
        return Interval(start.earliest if start else None, end.latest if end else None,
                        coarsest if start and end else "open")
    except (ValueError, OverflowError) as error:
        raise UsageError(f"valid: {error}") from error


def _source(claim: Claim, report: Report, text: str) -> Claim:
    """The chain ``Outlet > Agency (agency) > officials``: links that are there already stay as
    they are; of new ones the class stands in brackets."""
    old = {source.name.casefold(): source for source in claim.sources}
    links = [part.strip() for part in text.split(">") if part.strip()]
    outlet = claim.sources[0]
    if links and links[0].casefold() == outlet.name.casefold():
        links = links[1:]
    return replace(claim, sources=(outlet, *(
        old.get(link.casefold()) or _link(link, claim, report) for link in links)))


def _link(text: str, claim: Claim, report: Report) -> Source:
    said = re.fullmatch(r"(?P<name>.+?)\s*\((?P<kind>[\w ]+)\)", text)
    name, kind = (said["name"], said["kind"]) if said else (text, "")
    anonymous = kind == "anonymous"
    if kind and kind not in get_args(SourceClass):
        raise UsageError(f"a source is one of {', '.join(get_args(SourceClass))}, not {kind!r}")
    mention = mention_of(name, claim, report)
    of_class: Any = kind or ("person" if mention.form == "name" else "unnamed")
    return Source(mention.text, of_class, anonymous=anonymous, mention=mention)


def _quantity(claim: Claim, report: Report, text: str) -> Claim:
    return replace(claim, quantity=quantity_of(text) if text else None)


def quantity_of(text: str) -> Quantity:
    """``at least 2 helicopters``, ``30-90 days``, ``18 of 34 capitals``, ``hundreds soldiers``."""
    said = QUANTITY.fullmatch(text.strip())
    if said is None or not (said["value"] or said["bound"]) or not (said["unit"] or "").strip():
        raise UsageError(f"quantity: write a number and its unit, as in 'at least 2 helicopters' "
                         f"or '18 of 34 capitals', not {text!r}")

    def number(name: str) -> float | None:
        return float(said[name].replace(",", "")) if said[name] else None
    bound: Any = (said["bound"] or ("between" if said["high"] else "exactly")).lower()
    return Quantity(number("value"), bound, said["unit"].strip(), number("high"), number("of"))


_SETTERS: Mapping[str, Callable[[Claim, Report, str], Claim]] = {
    **{name: _choice(name) for name in CHOICES}, **{role: _role(role) for role in ROLES},
    "part": _part, "valid": _valid, "hedges": _hedges, "source": _source, "quantity": _quantity}
