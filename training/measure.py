"""Measures the reader that ships: ``python -m training.measure --data ../shared/data``.

Needs no PyTorch. ``--fp32 FOLDER`` (made by ``training.export --precision fp32``, then by
``training.names`` and ``training.event_layers``) adds what the 8 bits cost and gain;
``--json FILE`` writes the scores under flat keys.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from training import coreference
from training.corpora import blocks
from training.scoring import NameScore, RawScore, TreeScore, percent, universal
from training.treebanks import GUM, Document, documents, genre, parsed
from whoholds.core import Report, Sentence
from whoholds.language.coreference import shipped
from whoholds.language.files import GRAPH, SHIPPED
from whoholds.language.reader import Reader

EWT = "ud_english_ewt/en_ewt-ud-{part}.conllu"
PUD = "ud_english_pud/en_pud-ud-test.conllu"
UNER = {"ner.uner_ewt_test": "ner_uner/en_ewt-ud-test.iob2",
        "ner.uner_pud": "ner_uner/en_pud-ud-test.iob2"}
WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}
OF_WEIGHTS = ("quantised_las_loss", "speed.encoder_over_fp32", "speed.fp32_words_per_s")
Scores = dict[str, float]


def gold_words(reader: Reader, docs: Iterable[Document]) -> Scores:
    """Scores with the treebank's own words."""
    score = TreeScore()
    for doc in docs:
        found = parsed(reader, ([w.form for w in s] for s in doc.sentences))
        for gold, sentence in zip(doc.sentences, found, strict=True):
            score.add(gold, sentence)
    return score.result()


def raw_text(reader: Reader, docs: Iterable[Document]) -> Scores:
    """Scores from raw text."""
    score = RawScore()
    for doc in docs:
        score.add(doc, reader.parse(Report(doc.text, "measure")).sentences)
    return score.result()


Tagged = tuple[list[str], list[tuple[int, int, str]]]


def tagged(path: Path, column: int) -> Iterator[list[Tagged]]:
    """Sentences and names of a file with BIO or BIOES tags in ``column``, by document where the
    file tells documents apart, else each alone."""
    document: list[Tagged] = []
    told = False
    for block in blocks(path):
        begins = any(line.startswith("# newdoc") for line in block)
        told |= begins
        if document and (begins or not told):
            yield document
            document = []
        rows = [line.split("\t") for line in block if not line.startswith("# ")]
        rows = [row for row in rows if len(row) > column]
        names: list[tuple[int, int, str]] = []
        for i, row in enumerate(rows):
            prefix, _, kind = row[column].partition("-")
            if prefix in ("I", "E") and names and names[-1][1] == i:
                names[-1] = (names[-1][0], i + 1, names[-1][2])
            elif prefix in "BS" and kind:
                names.append((i, i + 1, kind))
        document.append(([row[column - 1] for row in rows], names))
    if document:
        yield document


def names_of(reader: Reader, paths: Iterable[Path], column: int,
             mapping: Mapping[str, str]) -> Scores:
    """F1 of persons, organisations and places."""
    score = NameScore(("PER", "ORG", "LOC"))
    for path in paths:
        for document in tagged(path, column):
            found = parsed(reader, (words for words, _ in document))
            for (_, names), sentence in zip(document, found, strict=True):
                score.add([(a, b, mapping.get(k, k)) for a, b, k in names], sentence.names)
    return score.result()


def against_fp32(reader: Reader, exact: Reader, docs: Iterable[Document]) -> Scores:
    """What 8 bits cost (points of LAS) and gain (words a second over fp32, one core, in turns)."""
    right, n, spent = [0, 0], 0, [0.0, 0.0]
    for doc in docs:
        forms = [[w.form for w in s] for s in doc.sentences]
        for which, model in enumerate((reader, exact)):
            since = time.process_time()
            found = [model.encoder.analyse(f) for f in forms]
            spent[which] += time.process_time() - since
            right[which] += sum(
                h == g.head - 1 and universal(model.deprels[d]) == universal(g.deprel)
                for a, s in zip(found, doc.sentences, strict=True)
                for h, d, g in zip(a.heads, a.deprels, s, strict=True))
        n += sum(map(len, forms))
    return {"quantised_las_loss": round(percent(right[1], n) - percent(right[0], n), 2),
            "speed.encoder_over_fp32": round(spent[1] / spent[0], 2),
            "speed.fp32_words_per_s": round(n / spent[1])}


def stage_speed(reader: Reader, docs: list[Document]) -> Scores:
    """The whole stage from raw text against the bare network, one core, in turns."""
    words, spent = 0, [0.0, 0.0]
    for doc in docs:
        report = Report(doc.text, "measure")
        since = time.process_time()
        parse = reader.parse(report)
        spent[0] += time.process_time() - since
        feeds = [reader.encoder.feed([w.form for w in s.words]) for s in parse.sentences
                 if len(s.words) <= 150]
        since = time.process_time()
        for feed in feeds:
            reader.encoder.run(feed)
        spent[1] += time.process_time() - since
        words += sum(len(s.words) for s in parse.sentences)
    return {"speed.language_over_encoder": round(spent[1] / spent[0], 2),
            "speed.language_words_per_s": round(words / spent[0]),
            "speed.encoder_words_per_s": round(words / spent[1])}


def changed(model: Path, sentences: list[list[str]]) -> Scores:
    """How many parses change with order, neighbours and threads."""
    def each(reader: Reader, order: Iterable[list[str]]) -> list[Sentence]:
        return [found for forms in order for found in parsed(reader, [forms])]

    alone = each(Reader.load(model), sentences)
    others = each(Reader.load(model, threads=4), sentences[::-1])[::-1]
    return {"parses_compared": len(alone),
            "parses_changed": sum(a != b for a, b in zip(alone, others, strict=True))}


START = """
import re, sys, time
since = time.perf_counter()
from pathlib import Path
from whoholds.core import Report, Sentence
from whoholds.language import Reader
Reader.load(Path(sys.argv[1])).parse(Report("The rebels took the town on Sunday.", "measure"))
spent = time.perf_counter() - since    # the kernel's own count: rusage keeps the parent's
print(spent, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""


def cold_start(model: Path) -> Scores:
    """Seconds from a fresh interpreter to the first parse (the best of three), and its memory
    (on Linux)."""
    runs = [tuple(map(float, subprocess.run([sys.executable, "-c", START, str(model)], text=True,
                                            capture_output=True, check=True).stdout.split()))
            for _ in range(3)]
    seconds, megabytes = min(runs)
    return {"speed.cold_start_s": round(seconds, 2), "memory.cold_start_mb": round(megabytes)}


def load(path: Path, keep: Callable[[str], bool] = lambda name: True) -> list[Document]:
    return [doc for doc in documents(path) if keep(doc.name)]


def measure(data: Path, model: Path, exact: Reader | None) -> Scores:
    """All scores, under flat keys."""
    def flat(prefix: str, scores: Scores) -> Scores:
        return {f"{prefix}.{k}": v for k, v in scores.items()}

    def spoken(name: str) -> bool:
        return genre(name) in ("news", "interview")

    reader = Reader.load(model)
    ewt = load(data / EWT.format(part="test"))
    gum_test = load(data / GUM.format(part="test"), spoken)
    gum_dev = load(data / GUM.format(part="dev"), spoken)
    pud = load(data / PUD)
    news = [d for d in gum_dev + gum_test if genre(d.name) == "news"]
    found = flat("ewt_test.gold", gold_words(reader, ewt))
    found |= flat("gum_newsinterview_test.gold", gold_words(reader, gum_test))
    found |= flat("gum_newsinterview_devtest.gold", gold_words(reader, gum_dev + gum_test))
    found |= flat("pud.gold", gold_words(reader, pud))
    found |= flat("ewt_test.raw", raw_text(reader, ewt))
    found |= flat("gum_news_devtest.raw", raw_text(reader, news))
    found |= flat("pud.raw", raw_text(reader, pud))
    for key, name in UNER.items():
        found |= flat(key, names_of(reader, [data / name], 2, {}))
    worldwide = sorted((data / "ner_en_worldwide/annotated").glob("*.tsv"))
    found |= flat("ner.worldwide", names_of(reader, worldwide[::8], 1, WORLDWIDE))
    found |= flat("coref.gum_test", coreference.measure(
        coreference.read_all(reader, data, "test"), shipped()))
    found |= changed(model, [[w.form for w in s] for d in pud + ewt for s in d.sentences][:2000])
    found |= cold_start(model) | stage_speed(reader, pud + ewt[:100])
    if exact:
        found |= against_fp32(reader, exact, ewt)
    found["model_mb"] = round(sum(p.stat().st_size for p in model.iterdir()) / 1e6, 1)
    return found


def write(path: Path, scores: Scores, stamp: dict[str, str]) -> None:
    """Adds the scores to a file of scores; those of another reader are dropped from it, but for
    what the weights alone decide, where they are the same."""
    old = json.loads(path.read_text(encoding="utf8")) if path.exists() else {}
    if old.get("model_sha256") != stamp["model_sha256"]:
        old = {}
    elif any(old.get(key) != value for key, value in stamp.items()):
        old = {key: old[key] for key in OF_WEIGHTS if key in old}
    path.write_text(json.dumps({**old, **scores, **stamp}, indent=1, sort_keys=True) + "\n",
                    encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--fp32", type=Path, help="the same checkpoint in fp32")
    parser.add_argument("--json", type=Path, help="write the scores there")
    a = parser.parse_args()
    exact = Reader.load(a.fp32) if a.fp32 else None
    scores = measure(a.data, a.model, exact)
    for key, value in scores.items():
        print(f"{key:45} {value}")
    if a.json:
        digest = hashlib.sha256((a.model / GRAPH).read_bytes()).hexdigest()
        write(a.json, scores, {"model_sha256": digest,
                               "reader_version": Reader.load(a.model).version})


if __name__ == "__main__":
    main()
