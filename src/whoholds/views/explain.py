"""Why a place is coloured as it is: the claims, strongest first, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from whoholds.core import OTHER, Belief, Json, instant_text
from whoholds.views.models import Cited, Explanation, Moved, Names, by_sentence, marked_pieces
from whoholds.views.terminal import Terminal, render
from whoholds.views.words import (
    chain,
    claim_says,
    likelihood,
    moment,
    percent,
    period,
    place_kind,
    published,
    safe,
    since,
    weight,
    why_unmoved,
)


def explain_data(told: Explanation, names: Names) -> dict[str, Json]:
    """The explanation as JSON; spans are characters of the report's text."""
    belief = told.belief
    return {
        "place": belief.place.name, "place_id": belief.place.id,
        "country": names.country(belief.place.country), "geonameid": belief.place.geonameid,
        "valid_at": instant_text(belief.valid_at), "known_at": instant_text(belief.known_at),
        "holder": None if belief.holder is None else names.state(belief.holder),
        "probability": round(belief.probability_p, 4),
        "likelihood": likelihood(belief.probability_p), "contested": belief.contested,
        "since_earliest": instant_text(belief.since_earliest),
        "since_latest": instant_text(belief.since_latest),
        "states": {names.state(state): round(p, 4) for state, p in belief.states},
        "moved": [{
            "for": names.state(m.contribution.holder),
            "weight_logodds": round(m.contribution.weight_logodds, 4),
            "weight": weight(m.contribution.weight_logodds),
            "without": round(m.contribution.without_p, 4),
            "claims": [cited_data(c) for c in m.cited]} for m in told.moved],
        "unmoved": [{**cited_data(c), "why": why_unmoved(c.claim)} for c in told.unmoved]}


def cited_data(cited: Cited) -> dict[str, Json]:
    """A claim as JSON, with its sentence and chain."""
    claim, evidence = cited.claim, cited.evidence
    return {
        "claim_id": claim.id, "kind": claim.kind, "polarity": claim.polarity,
        "modality": claim.modality, "part": claim.part, "sentence": cited.sentence,
        "evidence": claim.span.of(cited.report.text),
        "span": [claim.span.start, claim.span.end],
        "sources": [{"name": s.name, "class": s.source_class, "commitment": s.commitment,
                     "cue": s.cue, "medium": s.medium, "anonymous": s.anonymous}
                    for s in claim.sources],
        "chain": chain(claim.sources), "hedges": list(claim.hedges),
        "actor": claim.actor.text if claim.actor else None,
        "counterpart": claim.counterpart.text if claim.counterpart else None,
        "actor_side": evidence.actor_side if evidence else None,
        "valid": claim.valid.to_json() if claim.valid else None,
        "outlet": cited.report.outlet, "url": cited.report.url, "report_id": claim.report_id,
        "published": cited.published.to_json() if cited.published else None,
        "copy_of": evidence.copy_of if evidence else None}


def explain_text(told: Explanation, names: Names, terminal: Terminal | None = None) -> str:
    """The explanation as text."""
    terminal = terminal or Terminal()
    return render(explain_lines(told, names), terminal)


def explain_lines(told: Explanation, names: Names) -> RenderableType:
    """The explanation as a rich renderable."""
    parts: list[RenderableType] = [answer_line(told, names), _circumstances(told, names)]
    if told.moved:
        parts += [Text(), Text("What moved the answer, strongest first", style="bold")]
        for number, moved in enumerate(told.moved, 1):
            parts += [Text(), _moved(number, moved, names)]
    else:
        parts += [Text(), Text("No claim says who holds it.")]
    if told.unmoved:
        parts += [Text(), Text("Also said, without weight here", style="bold")]
        for why, cited in _by_reason(told.unmoved):
            parts += [Text(), Group(Text(f"  - {why}", style="bold"), *quotations(cited, 4))]
    return Group(*parts)


def answer_line(told: Explanation, names: Names) -> Text:
    """One sentence: who holds the place, how surely, since when."""
    belief = told.belief
    place = Text.assemble((safe(belief.place.name), "bold"), f" ({place_kind(belief.place)})")
    chance = f"{likelihood(belief.probability_p)}, {percent(belief.probability_p)}"
    if belief.holder is None:
        place.append(": ").append("unknown who holds it", style="bold")
        named = [(s, p) for s, p in belief.states[:1] if s != OTHER]
        place.append(f"; the likeliest is {safe(names.state(named[0][0]))} ({chance})."
                     if named else "; no side is likely.")
    else:
        place.append(": held by ").append(safe(names.state(belief.holder)), style="bold")
        place.append(f" ({chance}){_since(belief)}.")
    return place.append(" Contested.", style="bold") if belief.contested else place


def _since(belief: Belief) -> str:
    if belief.since_earliest is None:
        return f", {since(belief)}" if belief.since_latest else ""
    return f", since {since(belief)}"


def _circumstances(told: Explanation, names: Names) -> Text:
    belief = told.belief
    known = f", as known at {moment(belief.known_at)}" if belief.known_at else ""
    states = "; ".join(f"{safe(names.state(s))} {percent(p)}" for s, p in belief.states)
    return Text(f"At {moment(belief.valid_at)}{known}. {states}.", style="dim")


def quotations(cited: Iterable[Cited], indent: int) -> list[RenderableType]:
    """Claims under their sentences: a sentence that several claims or reports share, once."""
    lines: list[RenderableType] = []
    for group in by_sentence(cited):
        lines.append(Padding(quoted(group), (0, 0, 0, indent), expand=False))
        lines += [Padding(attribution(c), (0, 0, 0, indent + 2), expand=False) for c in group]
    return lines


def quoted(group: Sequence[Cited]) -> Text:
    """The sentence that claims share, in quotation marks, with their spans emphasised."""
    out = Text("“")
    for piece, marked in marked_pieces(group):
        out.append(piece, style="bold underline" if marked else "")
    return out.append("”")


def attribution(cited: Cited) -> Text:
    """The chain and when it was published, then what was read in it."""
    claim = cited.claim
    out = Text.assemble((chain(claim.sources), "cyan"), f" · {published(cited.published)}")
    valid = period(claim.valid.earliest, claim.valid.latest) if claim.valid else "undated"
    out.append(f" · {claim_says(claim)}; {valid}", style="dim")
    if claim.hedges:
        out.append(f" · hedged: {safe(', '.join(claim.hedges))}", style="dim")
    if cited.evidence and cited.evidence.copy_of:
        out.append(" · a copy, adds nothing", style="dim")
    return out


def _moved(number: int, moved: Moved, names: Names) -> RenderableType:
    contribution = moved.contribution
    sign = "for" if contribution.weight_logodds >= 0 else "against"
    head = Text(f"{number:>2}. ")
    head.append(f"{weight(contribution.weight_logodds)} {sign} "
                f"{safe(names.state(contribution.holder))}", style="bold")
    head.append(f" ({contribution.weight_logodds:+.2f} log-odds alone; "
                f"{percent(contribution.without_p)} without it)")
    return Group(head, *quotations(moved.cited, 4))


def _by_reason(unmoved: Iterable[Cited]) -> list[tuple[str, list[Cited]]]:
    groups: dict[str, list[Cited]] = {}
    for cited in unmoved:
        groups.setdefault(why_unmoved(cited.claim), []).append(cited)
    return list(groups.items())
