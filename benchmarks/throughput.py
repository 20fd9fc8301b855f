"""Words a second from text to ledger, where every report matters, beside the bare encoder's.

``python -m benchmarks.throughput --json benchmarks/results.json`` on one core, in processor time.
The stream: the samples, the literate cases with claims (consecutive ones of a file joined to
reports of news length) and, where the folder ``shared`` stands beside the repository, the news of
GUM in which claims are found. The encoder runs on the same sentences, before and after.
``benchmarks.spacy_rival`` reads the same texts with spaCy, where that is installed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from benchmarks.figures import compiled, tell

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NEWS_WORDS = 400          # words of a joined report: what a news report has
ROUNDS = 2                # of a stage: the fastest counts
OLDEST = 1900             # year: datelines of older cases are set to DAY, which a manifest can hold
DAY = "2021-08-15"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
                            "BLIS_NUM_THREADS"), "1")


def measure() -> dict[str, float]:
    """Rates of ours and of spaCy, each in a process of its own; spaCy's not where it is absent."""
    with tempfile.TemporaryDirectory() as folder:
        stream = Path(folder) / "stream"
        write_stream(stream)
        found = _child("benchmarks.throughput", str(stream))
        rival = _child("benchmarks.spacy_rival", str(stream))
    return {**found, **{name: value for name, value in rival.items() if value is not None}}


def _child(module: str, stream: str) -> dict[str, Any]:
    told = subprocess.run([sys.executable, "-m", module, "--stream", stream], cwd=ROOT,
                          env={**os.environ, **ONE_THREAD}, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


# -- the stream -------------------------------------------------------------------------------


def write_stream(folder: Path) -> None:
    """The reports as files with a manifest, which is how a user has them."""
    folder.mkdir(parents=True)
    with (folder / "manifest.csv").open("w", newline="", encoding="utf8") as out:
        table = csv.writer(out)
        table.writerow(["file", "published", "outlet"])
        for number, (text, day, outlet) in enumerate(_reports()):
            name = f"{number:05}.txt"
            (folder / name).write_text(text, "utf8")
            table.writerow([name, day, outlet])


def _reports() -> Iterator[tuple[str, str, str]]:
    """Text, day and outlet of each report."""
    with as_file(files("whoholds").joinpath("samples")) as samples:
        for path in sorted(samples.glob("*.txt")):
            yield path.read_text("utf8"), DAY, path.stem
    for path in sorted((ROOT / "tests" / "cases").glob("*/*.md")):
        if path.parent.name in ("dev", "opened"):
            yield from _joined(path)
    for path in sorted((SHARED / "data" / "ud_english_gum").glob("*.conllu")):
        yield from _news(path.read_text("utf8"))


def _joined(path: Path) -> Iterator[tuple[str, str, str]]:
    """The cases of a file that have claims, as reports of news length."""
    from whoholds.evaluation.cases import read_cases
    texts: list[str] = []
    day, outlet = DAY, ""
    for case in read_cases(path.read_text("utf8"), path.name):
        published = case.report.published
        if not case.gold:
            continue
        if not texts:
            known = published is not None and published.earliest is not None \
                and published.earliest.year >= OLDEST
            day = published.earliest.date().isoformat() if known and published else DAY
            outlet = case.report.outlet
        texts.append(case.report.text)
        if sum(len(t.split()) for t in texts) >= NEWS_WORDS:
            yield "\n\n".join(texts), day, outlet
            texts = []
    if texts:
        yield "\n\n".join(texts), day, outlet


def _news(conllu: str) -> Iterator[tuple[str, str, str]]:
    """The news of a GUM file."""
    for part in conllu.split("# newdoc id = ")[1:]:
        name = part.split("\n", 1)[0].strip()
        if "_news_" not in name:
            continue
        lines: list[str] = []
        for line in part.splitlines():
            if line.startswith("# newpar"):
                lines.append("")
            elif line.startswith("# text = "):
                lines.append(" ".join(filter(None, (
                    lines.pop() if lines else "", line.removeprefix("# text = ")))))
        yield "\n".join(lines), DAY, name


# -- our rates --------------------------------------------------------------------------------


def rates(stream: Path) -> dict[str, float]:
    """Words a second of every stage and of the whole, reports a second, megabytes at the peak."""
    import whoholds
    from whoholds.claims import extract
    from whoholds.core import Report
    from whoholds.pipeline.stages import Stages
    from whoholds.settings import settings_from
    stages = Stages(settings_from({"read.threads": "1"}, {}))
    reader, codebook, resolver = stages.reader, stages.codebook, stages.resolver
    _drop_without_claims(stream, lambda report: extract(
        report, reader.parse(report), codebook, resolver.is_place))
    texts = [path.read_text("utf8") for path in sorted(stream.glob("*.txt"))]
    feeds, words = _feeds(reader, texts)

    def encode() -> None:
        for feed in feeds:
            reader.encoder.run(feed)

    before = _seconds(encode)
    with tempfile.TemporaryDirectory() as folder, \
            whoholds.open(Path(folder) / "ledger.db") as book:
        _load(book.desk.stages)
        energy = _energy()
        whole = _seconds(lambda: book.read(stream, manifest=stream / "manifest.csv"))
        joules = _energy() - energy
        claims = len(book.desk.ledger.claims())
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    encoder = (before + _seconds(encode)) / 2

    reports = [Report(text, "benchmark") for text in texts]
    parses = [reader.parse(report) for report in reports]
    found = [extract(r, p, codebook, resolver.is_place)
             for r, p in zip(reports, parses, strict=True)]
    told = {
        "language": _fastest(lambda: [reader.parse(r) for r in reports]),
        "claims": _fastest(lambda: [extract(r, p, codebook, resolver.is_place)
                                    for r, p in zip(reports, parses, strict=True)]),
        "resolve": _fastest(lambda: [resolver.resolve(r, p, c) for r, p, c in zip(
            reports, parses, found, strict=True)])}
    rest = {"reading": _fastest(lambda: _read(stream))}
    figures = {f"throughput.{name}_words_per_s": round(words / s) for name, s in
               {"encoder": encoder, **told, **rest, "end_to_end": whole}.items()}
    if joules > 0:
        figures["throughput.joules_per_1000_words"] = round(1000 * joules / words, 2)
    return {**figures, "throughput.compiled": compiled(),
            "throughput.end_to_end_ratio": round(encoder / whole, 3),
            "throughput.language_ratio": round(encoder / told["language"], 3),
            "throughput.reports_per_s": round(len(texts) / whole, 1),
            "throughput.words": words, "throughput.reports": len(texts),
            "throughput.claims": claims, "throughput.peak_mb": round(peak)}


def _drop_without_claims(stream: Path, claims: Callable[[Any], Sequence[object]]) -> None:
    """Every report of the stream is to matter: those of GUM that tell no claim go."""
    from whoholds.core import Report
    rows = list(csv.reader((stream / "manifest.csv").open(encoding="utf8", newline="")))
    kept = [row for row in rows if not row[2].startswith("GUM_") or claims(
        Report((stream / row[0]).read_text("utf8"), "benchmark"))]
    for name in {row[0] for row in rows} - {row[0] for row in kept}:
        (stream / name).unlink()
    with (stream / "manifest.csv").open("w", newline="", encoding="utf8") as out:
        csv.writer(out).writerows(kept)


def _feeds(reader: Any, texts: Sequence[str]) -> tuple[list[Any], int]:
    """The encoder's inputs for all sentences, and how many words they have."""
    from whoholds.language.encoder import MOST_WORDS
    from whoholds.language.sentences import split
    forms = [[text[a:b] for a, b in piece.words] for text in texts for piece in split(text)]
    cut = [sentence[i:i + MOST_WORDS] for sentence in forms
           for i in range(0, len(sentence), MOST_WORDS)]
    return [reader.encoder.feed(sentence) for sentence in cut], sum(map(len, cut))


def _load(stages: Any) -> None:
    """What a program loads once, however much it reads: models, codebook, names, languages."""
    from whoholds.claims import extract
    from whoholds.core import Report
    from whoholds.reading.languages import language_of
    report = Report("Rebels took the town of Herat on Friday, officials in Kabul said.", "nobody")
    parse = stages.reader.parse(report)
    claims = extract(report, parse, stages.codebook, stages.resolver.is_place)
    stages.resolver.resolve(report, parse, claims)
    language_of(report.text)


def _read(stream: Path) -> None:
    """Files to reports, with their languages and fingerprints."""
    from whoholds.reading import fingerprint, read_paths
    for result in read_paths([stream], manifest=stream / "manifest.csv"):
        if result.report is not None:
            fingerprint(result.report.text)


def _energy() -> float:
    """Joules that the processor has used, where the machine tells and we may read it; else 0."""
    try:
        return sum(int(path.read_text()) for path in Path("/sys/class/powercap").glob(
            "intel-rapl:[0-9]/energy_uj")) / 1e6
    except OSError:
        return 0.0


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _fastest(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(ROUNDS))


def main() -> None:
    """Print the figures, or add them to a file; as a child: those of one stream, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="a file of results to add to")
    parser.add_argument("--stream", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stream is not None:
        print(json.dumps(rates(given.stream)))
    else:
        tell(measure(), given.json)


if __name__ == "__main__":
    main()
