"""Direct quotations and their speakers in PolNeAR, as whoholds and textacy's rules find them.

``python -m benchmarks.quotation_rivals --shared ../shared --json docs/accuracy.json``. textacy
(extra ``rivals``) reads only direct quotations, so only pairs count whose content stands between
quotation marks; its rules get our parses, paragraph by paragraph, since they give up on a text with
an odd number of marks. The measure is :mod:`benchmarks.attribution`'s.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.attribution import STRICT, Pair, articles, gold_pairs, matches, pairs_of, words_of
from benchmarks.figures import tell
from whoholds.core import Parse, Report, Word
from whoholds.language import Reader

DIRECT = 0.9      # of the words of a content, inside quotation marks: a direct quotation
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def direct(text: str, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs whose content is a direct quotation."""
    quoted = words_of(text, [m.span() for line in re.finditer(r"[^\n]+", text)
                             for m in _QUOTED.finditer(text, *line.span())])
    return [p for p in pairs if p.content and len(p.content & quoted) >= DIRECT * len(p.content)]


def textacy_pairs(parse: Parse, text: str) -> Iterator[Pair]:
    """What textacy's rules find in our trees."""
    import spacy
    from spacy.tokens import Doc
    from textacy.extract import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        direct_quotations,
    )
    vocab = spacy.blank("en").vocab
    paragraphs: dict[int, list[tuple[Word, int]]] = {}
    for sentence in parse.sentences:
        so_far = paragraphs.setdefault(sentence.paragraph, [])
        first = len(so_far)
        so_far += [(w, first + (w.head if w.head >= 0 else w.index)) for w in sentence.words]
    for told in paragraphs.values():
        words = [w for w, _ in told]
        doc = Doc(vocab, [w.form for w in words], pos=[w.upos for w in words],
                  lemmas=[w.lemma for w in words], heads=[head for _, head in told],
                  deps=["ROOT" if w.head < 0 else w.deprel for w in words])
        try:
            for found in direct_quotations(doc):
                said = [words[t.i].span for t in found.content]
                by = [words[t.i].span for t in found.speaker]
                yield Pair(words_of(text, [(s.start, s.end) for s in by]),
                           words_of(text, [(s.start, s.end) for s in said]))
        except ValueError:            # an odd number of quotation marks
            continue


def measure_part(folder: Path, part: str) -> dict[str, float]:
    """Precision, recall and F1 of each reader on a part of PolNeAR, by key."""
    reader = Reader.load()
    gold_n = 0
    counts = {"whoholds": [0, 0], "textacy": [0, 0]}     # found, right
    for text, annotation in articles(folder):
        report = Report(text, "Outlet")
        parse = reader.parse(report)
        gold = direct(text, gold_pairs(text, annotation))
        gold_n += len(gold)
        for who, found in (("whoholds", direct(text, pairs_of(report, parse))),
                           ("textacy", direct(text, list(textacy_pairs(parse, text))))):
            counts[who][0] += len(found)
            counts[who][1] += matches(gold, found, STRICT)
    key = f"attribution.polnear_{part}.direct"
    figures: dict[str, float] = {f"{key}.n": gold_n}
    for who, (found_n, right) in counts.items():
        figures[f"{key}.{who}_precision"] = round(right / max(found_n, 1), 3)
        figures[f"{key}.{who}_recall"] = round(right / max(gold_n, 1), 3)
        figures[f"{key}.{who}_f1"] = round(2 * right / max(found_n + gold_n, 1), 3)
    return figures


def main() -> None:
    """Measure, print, and add to the file of figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/")
    parser.add_argument("--part", default="test", choices=("dev", "test"))
    parser.add_argument("--json", type=Path, help="the file of figures to add to")
    given = parser.parse_args()
    try:
        found = measure_part(given.shared / "data/attribution_polnear/data" / given.part,
                             given.part)
    except ImportError as error:
        print(f"textacy: {error.name} is not installed (extra: rivals); left out", file=sys.stderr)
        return
    tell(found, given.json, indent=1)


if __name__ == "__main__":
    main()
