"""Who fights whom, and who holds which place, in re3d's reports on Syria and Iraq.

``python -m benchmarks.relations --shared ../shared --json docs/accuracy.json``. re3d (Dstl, 2017)
marks mentions and, between those of one sentence, relations. Of ours, the two parties of a claim
that has two are a pair (who attacks whom or what, who holds what). A pair whose ends are no marked
mentions counts neither way; a marked pair is found where both its mentions overlap those of a pair,
in either order. Beside it stands a plain guess that is given the marks: every two of them in a
sentence that has a word of fighting, or of holding.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.figures import tell
from whoholds.claims import extract, load_codebook
from whoholds.core import Claim, Parse, Report, Span
from whoholds.language import Reader

Pair = frozenset[Span]
FIGHTING = frozenset({"attack", "clash", "strike", "contest", "encircle", "casualty", "detain",
                      "threaten"})
PEOPLE = frozenset({"casualty", "detain"})       # whose place is only where it was
HOLDING = frozenset({"gain", "hold"})
PARTIES = frozenset({"Organisation", "Person", "Nationality"})
FIGHT_WORDS = frozenset({"fight", "fighting", "attack", "kill", "bomb", "bombing", "strike",
                         "target", "defeat", "destroy", "clash", "battle", "war", "assault",
                         "shell", "raid", "abduct", "shoot", "combat", "bombardment", "slaughter"})
HOLD_WORDS = frozenset({"control", "hold", "take", "retake", "capture", "seize", "fall", "liberate",
                        "occupy", "liberation"})
FOLDERS = ("UK Government", "Wikipedia")


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its mentions with their types, and the pairs that fight and that hold."""

    text: str
    marks: dict[Span, str]
    fights: frozenset[Pair]
    holds: frozenset[Pair]
    leads: int = 0      # relations of charge between people and organisations: no claim of ours


def documents(folder: Path) -> Iterator[Document]:
    """The documents of one of re3d's folders."""
    def rows(name: str) -> list[dict[str, str]]:
        lines = (folder / name).read_text("utf-8-sig").splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    def span(row: dict[str, str], role: str = "") -> Span:
        begin, end = ("begin", "end") if not role else (f"{role}Begin", f"{role}End")
        return Span(int(row[begin]), int(row[end]))

    entities, relations = rows("entities.json"), rows("relations.json")
    for document in rows("documents.json"):
        marks = {span(e): e["type"] for e in entities if e["documentId"] == document["_id"]}
        own = [r for r in relations if r["documentId"] == document["_id"]]
        charge = [(span(r, "source"), span(r, "target")) for r in own if r["type"] == "InChargeOf"]
        held = [pair for pair in charge if any(
            kind == "Location" and shared(mark, pair[1]) * 2 >= pair[1].end - pair[1].start
            for mark, kind in marks.items())]
        yield Document(document["text"], marks, frozenset(
            frozenset({span(r, "source"), span(r, "target")}) for r in own
            if r["type"] == "FightingAgainst"), frozenset(map(frozenset, held)),
            len(charge) - len(held))


def shared(one: Span, other: Span) -> int:
    """How many characters both have."""
    return max(min(one.end, other.end) - max(one.start, other.start), 0)


def pairs_of(claims: Iterable[Claim], kinds: frozenset[str]) -> frozenset[Pair]:
    """Actor and whom it is against, of claims of ``kinds``: the holder and the place; else the
    counterpart, or those killed or taken, or the place that is attacked."""
    found = set()
    for claim in claims:
        if claim.kind in kinds and claim.actor is not None:
            counted = claim.quantity.span if claim.quantity and claim.kind in PEOPLE else None
            place = claim.place.span if claim.place and claim.kind not in PEOPLE else None
            other = claim.counterpart.span if claim.counterpart and kinds != HOLDING else None
            end = other or counted or place
            if end is not None and end != claim.actor.span:
                found.add(frozenset({claim.actor.span, end}))
    return frozenset(found)


def guessed(parse: Parse, marks: dict[Span, str], words: frozenset[str],
            others: frozenset[str]) -> frozenset[Pair]:
    """Every party with every mark of ``others`` in a sentence that has one of ``words``."""
    found: set[Pair] = set()
    for sentence in parse.sentences:
        if words & {w.lemma.lower() for w in sentence.words}:
            inside = sorted(m for m in marks if sentence.span.overlaps(m))
            found |= {frozenset({a, b}) for a, b in combinations(inside, 2)
                      if {marks[a], marks[b]} & PARTIES and not a.overlaps(b)
                      and (marks[a] in others or marks[b] in others)
                      and {marks[a], marks[b]} <= others | PARTIES}
    return frozenset(found)


def same(one: Pair, other: Pair) -> bool:
    """Whether the ends of one overlap those of the other, in either order."""
    (a, b), (c, d) = sorted(one), sorted(other)
    return (a.overlaps(c) and b.overlaps(d)) or (a.overlaps(d) and b.overlaps(c))


def markable(pair: Pair, marks: Iterable[Span]) -> bool:
    """Whether the ends of a pair overlap two mentions that are marked."""
    known = list(marks)
    a, b = sorted(pair)
    return any(one != other and one.overlaps(a) and other.overlaps(b)
               for one in known for other in known)


@dataclass(slots=True)
class Count:
    """Pairs marked and found of them, pairs said and right of them."""

    gold: int = 0
    found: int = 0
    said: int = 0
    right: int = 0

    def add(self, gold: frozenset[Pair], said: frozenset[Pair], marks: Iterable[Span]) -> None:
        counted = [p for p in said if markable(p, marks)]
        self.gold += len(gold)
        self.found += sum(any(same(g, p) for p in counted) for g in gold)
        self.said += len(counted)
        self.right += sum(any(same(g, p) for g in gold) for p in counted)

    def figures(self, key: str) -> dict[str, float | int | None]:
        precision, recall = self.right / max(self.said, 1), self.found / max(self.gold, 1)
        return {f"{key}_said": self.said, f"{key}_precision": round(precision, 3),
                f"{key}_recall": round(recall, 3)}


def figures(folder: Path, reader: Reader) -> dict[str, float | int | None]:
    """Precision and recall of each, by key."""
    codebook = load_codebook()
    counts = {(what, who): Count() for what in ("fights", "holds") for who in ("whoholds", "guess")}
    leads = 0
    for name in FOLDERS:
        for document in documents(folder / name):
            report = Report(document.text, name)
            parse = reader.parse(report)
            claims = extract(report, parse, codebook)
            leads += document.leads
            for what, gold, kinds, words, others in (
                    ("fights", document.fights, FIGHTING, FIGHT_WORDS, PARTIES),
                    ("holds", document.holds, HOLDING, HOLD_WORDS, frozenset({"Location"}))):
                counts[what, "whoholds"].add(gold, pairs_of(claims, kinds), document.marks)
                counts[what, "guess"].add(
                    gold, guessed(parse, document.marks, words, others), document.marks)
    found: dict[str, float | int | None] = {"relations.re3d.leads.n": leads}
    for (what, who), count in counts.items():
        found[f"relations.re3d.{what}.n"] = count.gold
        found |= count.figures(f"relations.re3d.{what}.{who}")
    return found


def main(given: Sequence[str] | None = None) -> None:
    """Measure, print, and add to the file of figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/")
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    a = parser.parse_args(given)
    tell(figures(a.shared / "data/ner_re3d", Reader.load(threads=1)), a.json, indent=1)


if __name__ == "__main__":
    main()
