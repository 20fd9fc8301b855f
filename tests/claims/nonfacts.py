"""Plain facts put under frames that make them no facts: which still come out as facts?

``nonfacts.txt`` holds plain sentences of every kind, ``nonfact_frames.txt`` the frames. A leak is
an affirmed, actual claim of the base's own kind. ``python -m tests.claims.nonfacts [--step N]
[--kind K] [--frame TEXT]`` lists every leak and the bases that are not read even when plain.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from whoholds.claims import Codebook, extract, load_codebook
from whoholds.core import Claim, Interval, Report
from whoholds.language import Reader

HERE = Path(__file__).parent
PLURAL = {"is": "are", "was": "were", "has": "have", "intends": "intend", "wants": "want",
          "hopes": "hope", "dreams": "dream"}
PLAIN = "{S} {D} {R}."


@dataclass(frozen=True, slots=True)
class Base:
    """A plain fact: ``forms`` are infinitive, present, past, participle and -ing."""

    kind: str
    subject: str
    forms: tuple[str, ...]
    rest: str
    noun: str

    def under(self, frame: str) -> str | None:
        """The sentence that ``frame`` makes of it; None where it lacks what the frame needs."""
        if "{E}" in frame and self.noun == "-":
            return None
        plural = self.forms[0] == self.forms[1] or self.forms[1].startswith("are ")
        if plural:
            frame = re.sub(r"(?<=\{S\} )\w+(?= )", lambda m: PLURAL.get(m[0], m[0]), frame)
            frame = re.sub(r"^(Has|has)(?= \{S\}| it)", "Have", frame)
        values = dict(zip("VPDNG", self.forms, strict=True))
        text = frame.format(S=self.subject, R="" if self.rest == "-" else self.rest, E=self.noun,
                            **values)
        text = re.sub(r"\s+([.,?!\"])", r"\1", re.sub(r"\s+", " ", text)) if not self._rest() \
            else text
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)
        return text[0].upper() + text[1:]

    def _rest(self) -> bool:
        return self.rest != "-"


@dataclass(frozen=True, slots=True)
class Frame:
    """A template and the kinds that it states as facts itself."""

    text: str
    besides: frozenset[str]


def bases() -> list[Base]:
    """The plain facts."""
    rows = [[c.strip() for c in line.split("|")] for line in lines("nonfacts.txt")]
    return [Base(kind, subject, tuple(forms.split("/")), rest, noun)
            for kind, subject, forms, rest, noun in rows]


def frames() -> list[Frame]:
    """The frames."""
    cut = [line.partition("# not") for line in lines("nonfact_frames.txt")]
    return [Frame(text.strip(), frozenset(besides.split())) for text, _, besides in cut]


def cases(step: int = 1, first: int = 0) -> Iterator[tuple[Base, Frame, str]]:
    """Every ``step``-th pair of a base and a frame, as a sentence."""
    pairs = [(b, f, s) for b in bases() for f in frames()
             if b.kind not in f.besides and (s := b.under(f.text)) is not None]
    yield from pairs[first::step]


def leaks(base: Base, text: str) -> list[Claim]:
    """The claims of the base's kind that ``text`` states as facts."""
    return [c for c in _claims(text) if c.kind == base.kind and c.polarity == "affirmed"
            and c.modality == "actual"]


def stated(text: str, kind: str) -> bool:
    """Whether ``text`` states a claim of ``kind`` as a fact."""
    return any(c.kind == kind and c.polarity == "affirmed" and c.modality == "actual"
               for c in _claims(text))


def lines(name: str) -> list[str]:
    """The rows of a table beside this module."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _claims(text: str) -> tuple[Claim, ...]:
    reader, book = _tools()
    report = Report(text=text, outlet="Wire", published=Interval.of_days(date(2024, 5, 8)),
                    published_from="given")
    return extract(report, reader.parse(report), book)


@cache
def _tools() -> tuple[Reader, Codebook]:
    return Reader.load(), load_codebook()


def main() -> None:
    """Lists the leaks, by frame."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kind")
    parser.add_argument("--frame", default="")
    wanted = parser.parse_args()
    for base in bases():
        plain = base.under(PLAIN) or ""
        if wanted.kind in (None, base.kind) and not leaks(base, plain):
            print("NOT READ", base.kind, plain)
    tried, found = 0, Counter[str]()
    for base, frame, text in cases(wanted.step, wanted.first):
        if wanted.kind in (None, base.kind) and wanted.frame in frame.text:
            tried += 1
            for claim in leaks(base, text):
                found[frame.text] += 1
                print(f"LEAK {frame.text} | {base.kind} | {text} | {claim.frame[:50]}", flush=True)
    for frame_text, count in found.most_common():
        print(f"{count:4} {frame_text}")
    print(f"{sum(found.values())} leaks in {tried} sentences")


if __name__ == "__main__":
    main()
