"""Reading again what is stored, and what another reader made of the same reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.core import Claim, Report, Resolution, UsageError
from whoholds.ledger import Version
from whoholds.pipeline import baseline
from whoholds.pipeline.evidence import Known
from whoholds.pipeline.redaction import Redactor, redacted_report
from whoholds.pipeline.redaction import redacted as redact

if TYPE_CHECKING:
    from whoholds.pipeline.workbench import Intake, Workbench

FIELDS = ("span", "kind", "polarity", "modality", "actor", "counterpart", "place", "part", "valid",
          "hedges", "quantity", "sources")


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim as one reader and as another has it. ``fields`` are those that differ, with
    ``ROLE_is`` where the same words mean another place or actor: ``meant`` has both ids."""

    before: Claim
    after: Claim
    fields: tuple[str, ...]
    meant: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """What the second reader of a report reads otherwise than the first."""

    report: Report
    lost: tuple[Claim, ...]
    found: tuple[Claim, ...]
    changed: tuple[Changed, ...]


def reread_each(desk: Workbench) -> Iterator[Intake]:
    """Reads again every report that other versions than today's read last."""
    with desk.ledger.as_of() as view:
        last, versions = view.last_readings(), {v.number: v for v in view.versions()}
        order = [r.id for r in view.reports()]
    for report_id in order:
        version = versions[last[report_id]]
        report = desk.ledger.report(report_id)
        if report is None:
            continue
        row = baseline.parse(report.text) if version.reader.startswith("baseline") else None
        if row is not None:
            if (version.reader, version.data) != (baseline.READER, desk.stages.data_version):
                yield _read_row(desk, report, row)
        elif report.language == "en" and (version.reader, version.data) != (
                desk.stages.reading_version, desk.stages.data_version):
            yield desk.take_in(report.url or report_id[:12], report)


def _read_row(desk: Workbench, report: Report, row: baseline.Row) -> Intake:
    from whoholds.pipeline.workbench import Intake
    reading, note = baseline.read_row(report, row, desk.stages)
    done = desk.ledger.append_all([reading], desk.now())[0]
    return Intake(report.id[:12], report.id, report.outlet, notes=(note,) if note else (),
                  claims=done.claims, new_claims=done.new_claims)


def version_named(versions: Sequence[Version], text: str) -> Version:
    """The version with this number, or whose reader begins so; UsageError for none or several."""
    wanted = text.strip()
    found = [v for v in versions if str(v.number) == wanted] or [
        v for v in versions if v.reader.startswith(wanted)]
    if len(found) != 1:
        what = f"{len(found)} versions are" if found else "no version here is"
        raise UsageError(f"{what} called {text!r}; `whoholds diff` lists them by number")
    return found[0]


def diff(desk: Workbench, before: str, after: str,
         hide: Redactor | None = None) -> tuple[ReportDiff, ...]:
    """What the reports that both versions read say to the one and not to the other, as read: no
    review shows here. In order of publication; ``hide`` redacts."""
    with desk.ledger.as_of() as view:
        versions = view.versions()
        one, other = version_named(versions, before), version_named(versions, after)
        both = view.read_by(one.number) & view.read_by(other.number)
        claims = [_by_report(view.claims_of(v.number)) for v in (one, other)]
        meant = [{(r.claim_id, r.role): r for r in view.resolutions_of(v.number)}
                 for v in (one, other)]
        reports = [r for r in view.reports() if r.id in both]
    if not both:
        raise UsageError(f"no report was read by both version {one.number} and {other.number}")
    found = (_compared(report, claims[0].get(report.id, {}), claims[1].get(report.id, {}),
                       meant[0], meant[1]) for report in reports)
    told = tuple(d for d in found if d.lost or d.found or d.changed)
    return told if hide is None else tuple(_hidden(d, hide) for d in told)


def _by_report(claims: Iterator[Claim]) -> dict[str, dict[str, Claim]]:
    out: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        out.setdefault(claim.report_id, {})[claim.id] = claim
    return out


Meant = Mapping[tuple[str, str], Resolution]


def _compared(report: Report, old: Mapping[str, Claim], new: Mapping[str, Claim],
              old_meant: Meant, new_meant: Meant) -> ReportDiff:
    changed = []
    for key in sorted(old.keys() & new.keys()):
        roles = _other_meaning(key, key, old_meant, new_meant)
        if roles:
            changed.append(Changed(old[key], new[key], tuple(roles), roles))
    lost = {k: c for k, c in old.items() if k not in new}
    found = {k: c for k, c in new.items() if k not in old}
    pairs = sorted((len(_differing(a, b)), a.span, i, j) for i, a in lost.items()
                   for j, b in found.items() if a.span.overlaps(b.span))
    for _, _, i, j in pairs:         # the likest first: a claim is the later shape of one other
        if i in lost and j in found:
            a, b = lost.pop(i), found.pop(j)
            roles = _other_meaning(i, j, old_meant, new_meant)
            changed.append(Changed(a, b, (*_differing(a, b), *roles), roles))

    def order(claim: Claim) -> tuple[object, str]:
        return claim.span, claim.id
    return ReportDiff(report, tuple(sorted(lost.values(), key=order)),
                      tuple(sorted(found.values(), key=order)),
                      tuple(sorted(changed, key=lambda c: order(c.before))))


def _differing(one: Claim, other: Claim) -> tuple[str, ...]:
    return tuple(f for f in FIELDS if getattr(one, f) != getattr(other, f))


def _other_meaning(old: str, new: str, old_meant: Meant,
                   new_meant: Meant) -> dict[str, tuple[str | None, str | None]]:
    out = {}
    for role in ("actor", "counterpart", "place"):
        one, other = old_meant.get((old, role)), new_meant.get((new, role))
        ids = (one.entity_id if one else None, other.entity_id if other else None)
        if ids[0] != ids[1]:
            out[f"{role}_is"] = ids
    return out


def _hidden(one: ReportDiff, hide: Redactor) -> ReportDiff:
    pairs = [c for pair in one.changed for c in (pair.before, pair.after)]
    known = Known({one.report.id: one.report}, (*one.lost, *one.found, *pairs), {}, {}, {})
    claims = redact(known, (), hide).known.claims
    lost, found = len(one.lost), len(one.found)
    rest = claims[lost + found:]
    return ReportDiff(
        redacted_report(one.report, hide), tuple(claims[:lost]), tuple(claims[lost:lost + found]),
        tuple(Changed(rest[2 * n], rest[2 * n + 1], pair.fields, {
            role: (hide.id(a) if a else a, hide.id(b) if b else b)
            for role, (a, b) in pair.meant.items()}) for n, pair in enumerate(one.changed)))
