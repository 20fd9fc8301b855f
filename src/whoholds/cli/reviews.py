"""Reviews, their questions and what readers read otherwise, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoholds.cli.output import complain, show, show_json
from whoholds.core import Claim, Json, Report, instant_text
from whoholds.ledger import Entry, Version
from whoholds.pipeline.baseline import BaselineOutcome
from whoholds.pipeline.queue import Question
from whoholds.pipeline.rereading import Changed, ReportDiff
from whoholds.pipeline.review import Reviewed, entry_line
from whoholds.pipeline.reviewers import Reviewer
from whoholds.pipeline.snapshot import Snapshot
from whoholds.views import safe

DIGITS = 12  # of an id that are shown: no two of a million million are alike


def entry_data(entry: Entry) -> dict[str, Json]:
    """An entry as JSON; what it holds of secrets left out."""
    return {"id": entry.id, "kind": entry.kind, "target": entry.target, "author": entry.author,
            "at": instant_text(entry.reported.latest), "reason": entry.reason}


def print_entry(entry: Entry, as_json: bool) -> None:
    """The entry that a verb made."""
    if as_json:
        show_json(entry_data(entry))
    else:
        show(safe(f"entry {entry.id[:DIGITS]}: {entry_line(entry)}"))


def print_protected(entry: Entry, as_json: bool) -> None:
    """What is hidden from now on."""
    names = [str(n) for n in entry.body.get("names", ())]  # type: ignore[union-attr]
    if as_json:
        show_json({**entry_data(entry), "names": names})
    else:
        show(safe(f"entry {entry.id[:DIGITS]}: not shown any more: {', '.join(names)}"))


def print_log(found: Sequence[Reviewed], as_json: bool) -> None:
    """The entries, oldest first, or their JSON."""
    if as_json:
        show_json([{**entry_data(r.entry), "id": r.id, "stands": r.stands,
                    "undone_by": r.undone_by} for r in found])
        return
    if not found:
        show("Nothing was entered.")
    for r in found:
        undone = "" if r.undone_by is None else f" [taken back by {r.undone_by[:DIGITS]}]"
        show(f"{r.id[:DIGITS]}  {safe(entry_line(r.entry) + undone)}")


def print_reviewers(found: Sequence[Reviewer], as_json: bool) -> None:
    """Who reviews, or its JSON."""
    if as_json:
        show_json([{"name": r.name, "sees": r.sees, "manages": r.manages} for r in found])
        return
    if not found:
        show("Nobody yet: `whoholds reviewer add NAME`.")
    for r in found:
        rights = [w for w, may in (("sees protected names", r.sees),
                                   ("manages reviewers", r.manages)) if may]
        show(safe(f"{r.name}: {', '.join(['reviews', *rights])}"))


def reading_of(claim: Claim) -> str:
    """What a claim was read as, in a line."""
    who = claim.actor.text if claim.actor else "somebody"
    where = f" {claim.place.text}" if claim.place else ""
    told = [w for w in (claim.polarity, claim.modality) if w not in ("affirmed", "actual")]
    chain = " → ".join(s.name for s in claim.sources)
    return f"{who}: {claim.kind}{where}{' (' + ', '.join(told) + ')' if told else ''}; {chain}"


def claim_data(claim: Claim, report: Report) -> dict[str, Any]:
    """A claim as JSON, with its sentence."""
    return {"id": claim.id, **claim.to_json(), "evidence": claim.span.of(report.text),
            "text": claim.sentence.of(report.text)}


def print_claims(known: Snapshot, places: Sequence[str], as_json: bool) -> None:
    """Claims with their ids, or their JSON."""
    if places:
        wanted = {p.id for p in known.places_named(places)}
        claims = list({e.claim.id: e.claim for e in known.evidence
                       if e.place_id in wanted}.values())
    else:
        claims = list(known.claims)
    if as_json:
        show_json([claim_data(c, known.reports[c.report_id]) for c in claims])
        return
    for claim in claims:
        text = " ".join(claim.sentence.of(known.reports[claim.report_id].text).split())
        show(f"{claim.id[:DIGITS]}  {safe(reading_of(claim))}\n    {safe(text)}")


def print_questions(known: Snapshot, found: Sequence[Question], as_json: bool) -> None:
    """The queue, or its JSON."""
    if as_json:
        show_json([{
            "kind": q.kind, "text": q.text, "place": q.place.id if q.place else None,
            "claims": list(q.claim_ids), "moves": q.moves_p,
            "answers": [{"text": a.text, "verb": a.verb, "arguments": dict(a.arguments),
                         "chance": a.chance_p} for a in q.answers]} for q in found])
        return
    by_id = {c.id: c for c in known.claims}
    if not found:
        show("Nothing is open.")
    for number, q in enumerate(found, 1):
        show(f"{number}. {safe(q.text)}   [{q.kind}, moves {q.moves_p:.3f}]")
        for claim_id in q.claim_ids[:3]:
            if (claim := by_id.get(claim_id)) is not None:
                text = claim.sentence.of(known.reports[claim.report_id].text)
                show(f"    {claim_id[:DIGITS]}  {safe(' '.join(text.split()))}")
        for answer in q.answers:
            show(f"    - {safe(answer.text)} ({answer.chance_p:.2f}): whoholds review "
                 f"{safe(_command(answer.verb, answer.arguments))}")


def _command(verb: str, arguments: Any) -> str:
    """How an answer is typed."""
    if verb == "locate":
        return f"locate {arguments['place']} --is {arguments['is_']}"
    changes = " ".join(f"{name}={value}" for name, value in arguments.get("changes", {}).items())
    return f"{verb} {arguments['claim'][:DIGITS]} {changes}".rstrip()


def print_baseline(outcome: BaselineOutcome, ledger: str, as_json: bool) -> None:
    """What became of a baseline's rows."""
    if as_json:
        show_json({"rows": outcome.rows, "new": outcome.new, "problems": list(outcome.problems),
                   "notes": list(outcome.notes)})
        return
    for line in (*outcome.problems, *outcome.notes):
        complain(line)
    show(f"{outcome.rows} rows taken into {ledger} ({outcome.new} new)"
         + (f"; {len(outcome.problems)} refused" if outcome.problems else ""))


def print_versions(found: Sequence[Version], as_json: bool) -> None:
    """The readers that read here, or their JSON."""
    if as_json:
        show_json([{"number": v.number, "reader": v.reader, "data": v.data, "reports": v.reports,
                    "last_of": v.last_of} for v in found])
        return
    for v in found:
        show(safe(f"{v.number}  {v.reader}  {v.data}  read {v.reports} reports, the last to read "
                  f"{v.last_of}"))


def print_diff(found: Sequence[ReportDiff], as_json: bool) -> None:
    """What another reader reads otherwise, or its JSON."""
    if as_json:
        show_json([{
            "report": d.report.id, "outlet": d.report.outlet,
            "lost": [claim_data(c, d.report) for c in d.lost],
            "found": [claim_data(c, d.report) for c in d.found],
            "changed": [{"before": claim_data(c.before, d.report),
                         "after": claim_data(c.after, d.report), "fields": list(c.fields),
                         "meant": {k: list(v) for k, v in c.meant.items()}} for c in d.changed],
        } for d in found])
        return
    for d in found:
        for sign, claims in (("-", d.lost), ("+", d.found)):
            for claim in claims:
                show(f"{sign} {claim.id[:DIGITS]}  {safe(reading_of(claim))}\n"
                     f"    {safe(claim.span.of(d.report.text))}")
        for changed in d.changed:
            show(_change(changed, d.report))
    counts = [sum(len(getattr(d, part)) for d in found) for part in ("lost", "found", "changed")]
    show(f"{counts[0]} claims lost, {counts[1]} found, {counts[2]} changed, in {len(found)} "
         "reports")


def _change(one: Changed, report: Report) -> str:
    lines = [f"~ {one.after.id[:DIGITS]}  {reading_of(one.after)}",
             one.after.span.of(report.text)]
    for name in one.fields:
        if name in one.meant:
            before, after = one.meant[name]
            lines.append(f"{name}: {before or 'nothing'} → {after or 'nothing'}")
        else:
            lines.append(f"{name}: {_shown(one.before, name, report)} → "
                         f"{_shown(one.after, name, report)}")
    return "\n    ".join(map(safe, lines))


def _shown(claim: Claim, name: str, report: Report) -> str:
    value = getattr(claim, name)
    if name == "sources":
        return " → ".join(s.name for s in value)
    if name == "span":
        return f"“{value.of(report.text)}”"
    if name == "valid":
        return "..".join(instant_text(t) or "" for t in (value.earliest, value.latest)) if (
            value) else "no time"
    if name == "quantity":
        return f"{value.bound} {value.value} {value.unit}" if value else "none"
    return str(getattr(value, "text", value) or "none")
