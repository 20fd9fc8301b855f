"""Who says what, against PolNeAR: `python -m benchmarks.attribution --shared ../shared`.

PolNeAR (Newell, Margolin and Ruths, LREC 2018) marks sources, cues and contents in American news of
2015 and 2016, not only of speech but of every thought, wish and intention. A pair of source and
content is found where the contents share 80 % of the words of the longer of the two, and the
sources a word: the measure of GenderGapTracker's evaluation, which is on quotations alone.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import tell
from whoholds.claims.attribution import Attributor
from whoholds.core import Parse, Report
from whoholds.language import Reader

STRICT, LOOSE = 0.8, 0.3
SPEECH = frozenset({"say", "tell", "add", "write", "announce", "claim", "report", "argue", "ask",
                    "explain", "note", "state", "declare", "accuse", "insist", "acknowledge",
                    "according", "continue", "respond", "reply", "call", "describe", "warn",
                    "suggest", "predict", "deny", "admit", "tweet", "post", "quote", "cite"})
"""Verbs of speech, to score what is said apart from what is thought."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and what it says: the words (by their first character) of each."""

    source: frozenset[int]
    content: frozenset[int]
    cue: str = ""


def words_of(text: str, ranges: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The starts of the words of ``text`` inside ``ranges``."""
    return frozenset(m.start() + start for start, end in ranges
                     for m in re.finditer(r"\w+", text[start:end]))


def gold_pairs(text: str, annotation: str) -> list[Pair]:
    """The pairs of one annotation file in brat's format; those without source or content are left
    out."""
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    pairs = []
    for line in annotation.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            kind, _, places = rest.partition("\t")[0].partition(" ")
            ranges = [tuple(map(int, p.split())) for p in places.split(";")]
            spans[name] = kind, ranges  # type: ignore[assignment]
        elif name.startswith("E"):
            parts: dict[str, list[tuple[int, int]]] = {}
            for role in rest.split():
                kind, _, mark = role.partition(":")
                if mark in spans:
                    parts.setdefault(kind.rstrip("0123456789"), []).extend(spans[mark][1])
            if "Source" in parts and "Content" in parts:
                cue = " ".join(text[a:b] for a, b in parts.get("Cue", []))
                pairs.append(Pair(words_of(text, parts["Source"]),
                                  words_of(text, parts["Content"]), cue.lower()))
    return pairs


def read_pairs(report: Report, reader: Reader) -> list[Pair]:
    """The pairs that we read."""
    return pairs_of(report, reader.parse(report))


def pairs_of(report: Report, parse: Parse) -> list[Pair]:
    """The pairs that we read in a parse."""
    pairs = []
    for link in Attributor(report, parse).links:
        mention = link.source.mention
        if mention is None or not link.content:
            continue
        ranges = [(w.span.start, w.span.end) for s, i in link.content
                  for w in (parse.sentences[s].words[i],)]
        pairs.append(Pair(words_of(report.text, [(mention.span.start, mention.span.end)]),
                          words_of(report.text, ranges), link.source.cue or ""))
    return pairs


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the longer one's words that both have."""
    return len(one & other) / max(len(one), len(other), 1)


def matches(gold: Sequence[Pair], found: Sequence[Pair], least: float) -> int:
    """How many pairs match, one to one, the closest first."""
    close = sorted(((-overlap(g.content, f.content), i, j) for i, g in enumerate(gold)
                    for j, f in enumerate(found) if g.source & f.source), key=lambda c: c)
    taken: set[tuple[str, int]] = set()
    for share, i, j in close:
        if -share >= least and not {("g", i), ("f", j)} & taken:
            taken |= {("g", i), ("f", j)}
    return len(taken) // 2


def articles(folder: Path) -> Iterator[tuple[str, str]]:
    """Text and annotation (the first annotator's) of each article of a part."""
    for path in sorted((folder / "text").glob("*.txt")):
        first = min((folder / "attributions").glob(f"{path.stem}*.ann"), default=None)
        if first is not None:
            yield path.read_text("utf8"), first.read_text("utf8")


def measure_part(folder: Path, part: str) -> dict[str, float]:
    """F1, precision and recall of a part of PolNeAR, by key."""
    reader = Reader.load()
    gold_n = found_n = said_n = 0
    hits = {STRICT: 0, LOOSE: 0}
    said = 0
    for text, annotation in articles(folder):
        gold, found = gold_pairs(text, annotation), read_pairs(Report(text, "Outlet"), reader)
        gold_n, found_n = gold_n + len(gold), found_n + len(found)
        for least in hits:
            hits[least] += matches(gold, found, least)
        spoken = [g for g in gold if {w.rstrip("s").removesuffix("ed") for w in g.cue.split()}
                  & SPEECH or "said" in g.cue or "told" in g.cue]
        said_n += len(spoken)
        said += matches(spoken, found, STRICT)
    key = f"attribution.polnear_{part}"
    return {f"{key}.f1": _f1(hits[STRICT], gold_n, found_n),
            f"{key}.precision": round(hits[STRICT] / max(found_n, 1), 3),
            f"{key}.recall": round(hits[STRICT] / max(gold_n, 1), 3),
            f"{key}.f1_loose": _f1(hits[LOOSE], gold_n, found_n),
            f"{key}.recall_speech": round(said / max(said_n, 1), 3),
            f"{key}.pairs": gold_n}


def _f1(hits: int, gold: int, found: int) -> float:
    return round(2 * hits / max(gold + found, 1), 3)


def main() -> None:
    """Measure, print, and add to the file of figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attribution", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/")
    parser.add_argument("--part", default="test", choices=("dev", "test"))
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    given = parser.parse_args()
    found = measure_part(given.shared / "data/attribution_polnear/data" / given.part, given.part)
    tell(found, given.json, indent=1)


if __name__ == "__main__":
    main()
