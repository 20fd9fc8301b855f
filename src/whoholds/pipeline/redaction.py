"""Protected sources: their names leave the ledger only to those who may see them.

A redacted snapshot is a whole one: texts, names, spans and ids are those of reports in which the
names never stood. Nothing made from it can give a name away, not even by its hash or its length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from whoholds.core import Actor, Claim, Evidence, Mention, Report, Resolution, Source, Span
from whoholds.ledger import Entry
from whoholds.pipeline.evidence import Known

LEAST = 3  # letters: a shorter part of a name is anybody's


def fold(text: str) -> str:
    """``text`` without case and accents, of the same length."""
    return "".join(unicodedata.normalize("NFKD", c)[0].lower()[:1] or c for c in text)


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the names in folded text, whatever stands between their words."""
    ways = sorted({r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", fold(name))))
                   for name in names}, key=lambda way: (-len(way), way))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(w for w in ways if w) + r")(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where pieces of a text were replaced: (start, end, start and end in the new text)."""

    pieces: tuple[tuple[int, int, int, int], ...] = ()

    def at(self, span: Span) -> Span:
        """The span of the new text that stands for ``span``; a cut piece counts whole."""
        return Span(self._place(span.start, False), self._place(span.end, True))

    def _place(self, offset: int, end: bool) -> int:
        at = bisect_right(self.pieces, (offset, float("inf"), 0, 0)) - 1
        if at >= 0:
            start, stop, new_start, new_stop = self.pieces[at]
            if end and offset == start:
                return new_start
            if offset < stop:
                return new_stop if end else new_start
            return new_stop + offset - stop
        return offset


@dataclass(frozen=True)
class Redactor:
    """Replaces the names of protected sources; ``labels`` pairs their patterns with what stands
    in their place. ``ids`` are those of the actors that such a name means."""

    labels: tuple[tuple[re.Pattern[str], str], ...]
    ids: Mapping[str, str] = field(default_factory=dict)

    def cut(self, text: str) -> tuple[str, Cuts]:
        """The redacted text, and where it was cut."""
        folded = fold(text)
        found = sorted((m.start(), -m.end(), label) for finder, label in self.labels
                       for m in finder.finditer(folded))
        parts, pieces, last, length = list[str](), list[tuple[int, int, int, int]](), 0, 0
        for start, minus_end, label in found:
            if start < last:
                continue
            parts += [text[last:start], label]
            length += start - last
            pieces.append((start, -minus_end, length, length + len(label)))
            last, length = -minus_end, length + len(label)
        return "".join([*parts, text[last:]]), Cuts(tuple(pieces))

    def text(self, text: str) -> str:
        """The redacted text."""
        return self.cut(text)[0]

    def some(self, text: str | None) -> str | None:
        """As :meth:`text`, where there is one."""
        return None if text is None else self.text(text)

    def id(self, entity_id: str) -> str:
        """The id of an actor, or another one where a protected source bears it."""
        return self.ids.get(entity_id, entity_id)

    def origin(self, origin: str) -> str:
        """The key of an origin."""
        kind, _, rest = origin.partition(":")
        return f"actor:{self.id(rest)}" if kind == "actor" else self.text(origin)


def redactor(entries: Iterable[Entry], actors: Mapping[str, Actor]) -> Redactor | None:
    """The redactor for what the standing ``entries`` protect; None where that is nothing."""
    protected = [e for e in entries if e.kind == "protect"]
    if not protected:
        return None
    labels = tuple((pattern(_names(entry)), f"[protected {number}]")
                   for number, entry in enumerate(protected, 1))
    bare, ids = Redactor(labels), dict[str, str]()
    for actor in actors.values():
        if bare.text(actor.name) != actor.name:
            ids[actor.id] = "protected:" + re.sub(r"\W+", "-", bare.text(actor.name)).strip("-")
    return replace(bare, ids=ids)


def _names(entry: Entry) -> Sequence[str]:
    names = entry.body.get("names", ())
    assert isinstance(names, list | tuple)
    return [str(name) for name in names]


def names_of(name: str, also: Iterable[str], is_place: Callable[[str], bool]) -> tuple[str, ...]:
    """What to look for in order to hide ``name``: itself, ``also``, and its last word, by which
    people are called, unless that is a place."""
    words = name.split()
    last = words[-1] if len(words) > 1 else ""
    surname = [last] if len(last) >= LEAST and last[:1].isupper() and not is_place(last) else []
    return tuple(dict.fromkeys((name, *also, *surname)))


@dataclass(frozen=True, slots=True)
class Redacted:
    """A redacted snapshot's parts. ``originals``: the id of a redacted claim or report -> that of
    what it stands for; not to be shown."""

    known: Known
    evidence: tuple[Evidence, ...]
    originals: Mapping[str, str]


def redacted(known: Known, evidence: Sequence[Evidence], hide: Redactor) -> Redacted:
    """``known`` and ``evidence`` as if the protected names had never stood there."""
    reports: dict[str, tuple[Report, Cuts]] = {i: _report(r, hide)
                                               for i, r in known.reports.items()}
    report_ids = {i: new.id if new != known.reports[i] else i for i, (new, _) in reports.items()}
    claims, claim_ids = list[Claim](), dict[str, str]()
    new_claims: dict[str, Claim] = {}
    for claim in known.claims:
        new = _claim(claim, report_ids[claim.report_id], reports[claim.report_id][1], hide)
        old_id = claim.id
        claim_ids[old_id] = new.id if new != claim else old_id
        new_claims[old_id] = new
        claims.append(new)
    resolutions = {(claim_ids[i], role): _resolution(row, claim_ids[i], hide)
                   for (i, role), row in known.resolutions.items() if i in claim_ids}
    actors = {a.id: a for a in (_actor(actor, hide) for actor in known.actors.values())}
    rows = tuple(_evidence(e, new_claims.get(e.claim.id, e.claim), report_ids, hide)
                 for e in evidence)
    copies = {report_ids[i]: report_ids[of] for i, of in known.copies.items()
              if i in report_ids and of in report_ids}
    originals = {new: old for old, new in (*report_ids.items(), *claim_ids.items()) if new != old}
    return Redacted(
        replace(known, reports={report_ids[i]: new for i, (new, _) in reports.items()},
                claims=tuple(claims), resolutions=resolutions, actors=actors, copies=copies),
        rows, originals)


def redacted_report(report: Report, hide: Redactor) -> Report:
    """A report as if the protected names had never stood in it."""
    return _report(report, hide)[0]


def _report(report: Report, hide: Redactor) -> tuple[Report, Cuts]:
    text, cuts = hide.cut(report.text)
    url = report.url if hide.some(report.url) == report.url else None
    return replace(report, text=text, outlet=hide.text(report.outlet), url=url,
                   title=hide.some(report.title)), cuts


def _claim(claim: Claim, report_id: str, cuts: Cuts, hide: Redactor) -> Claim:
    def mention(one: Mention | None) -> Mention | None:
        return None if one is None else replace(
            one, span=cuts.at(one.span), text=hide.text(one.text), head=hide.text(one.head),
            container=hide.some(one.container),
            antecedent=cuts.at(one.antecedent) if one.antecedent else None)

    def source(one: Source) -> Source:
        return replace(one, name=hide.text(one.name), medium=hide.some(one.medium),
                       mention=mention(one.mention))

    quantity = claim.quantity
    if quantity is not None and quantity.span is not None:
        quantity = replace(quantity, span=cuts.at(quantity.span))
    return replace(
        claim, report_id=report_id, span=cuts.at(claim.span), sentence=cuts.at(claim.sentence),
        sources=tuple(map(source, claim.sources)), actor=mention(claim.actor),
        counterpart=mention(claim.counterpart), place=mention(claim.place),
        part=hide.some(claim.part), hedges=tuple(map(hide.text, claim.hedges)), quantity=quantity)


def _resolution(row: Resolution, claim_id: str, hide: Redactor) -> Resolution:
    return replace(row, claim_id=claim_id,
                   entity_id=hide.id(row.entity_id) if row.entity_id else None,
                   candidates=tuple(replace(c, entity_id=hide.id(c.entity_id),
                                            reasons=tuple(map(hide.text, c.reasons)))
                                    for c in row.candidates))


def _actor(actor: Actor, hide: Redactor) -> Actor:
    if actor.id not in hide.ids:
        return replace(actor, names=tuple(n for n in actor.names if hide.text(n) == n),
                       side=hide.id(actor.side) if actor.side else None,
                       parents=tuple(map(hide.id, actor.parents)))
    return replace(actor, id=hide.id(actor.id), name=hide.text(actor.name), names=(),
                   descriptions=(), side=hide.id(actor.side) if actor.side else None,
                   parents=tuple(map(hide.id, actor.parents)))


def _evidence(row: Evidence, claim: Claim, report_ids: Mapping[str, str],
              hide: Redactor) -> Evidence:
    def some(side: str | None) -> str | None:
        return hide.id(side) if side else side
    return replace(
        row, claim=claim, actor_side=some(row.actor_side), counterpart_side=some(
            row.counterpart_side), origin=hide.origin(row.origin),
        origin_side=some(row.origin_side), outlet=hide.text(row.outlet),
        copy_of=report_ids.get(row.copy_of, row.copy_of) if row.copy_of else None)
