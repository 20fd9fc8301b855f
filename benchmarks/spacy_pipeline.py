"""A spaCy CNN pipeline trained on the reader's own data, beside the reader, in one run.

``python -m benchmarks.spacy_pipeline --data ../shared/data --out build/spacy`` trains it (for
``--minutes`` of processor time of one core), then measures both on one core; ``--json
docs/accuracy.json`` adds the figures to a file. Wants the extra ``rivals``; no weights are
downloaded. spaCy gets the same sentences: the trees of EWT and GUM, and the same marks of names, as
PER, ORG and LOC; where a mark may be several of these it is left open.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import tell
from training.corpora import NAME_TAGS, Sentence, name_sentences
from training.measure import EWT, PUD, UNER, tagged
from training.scoring import NameScore, TreeScore
from training.treebanks import Document, documents, parsed
from whoholds.core import Name, Report, Span, Word
from whoholds.core import Sentence as Parsed
from whoholds.language.reader import Reader

KINDS = ("PER", "ORG", "LOC")
CONFIG = """
[paths]
train = null
dev = null
[system]
seed = 20210815
[nlp]
lang = "en"
pipeline = ["tok2vec", "tagger", "parser", "ner"]
batch_size = 256
[components]
[components.tok2vec]
factory = "tok2vec"
[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"
[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = [5000, 1000, 2500, 2500]
include_static_vectors = false
[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3
[components.tagger]
factory = "tagger"
[components.tagger.model]
@architectures = "spacy.Tagger.v2"
[components.tagger.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
[components.parser]
factory = "parser"
[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
[components.ner]
factory = "ner"
[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
"""


def doc_of(sentence: Sentence, vocab: Any) -> Any:
    """A sentence as spaCy's annotation: what is not known is left open."""
    from spacy.tokens import Doc
    n = len(sentence.words)
    tree: dict[str, Any] = {}
    if sentence.heads:
        tree = {"tags": list(sentence.upos),
                "heads": [h - 1 if h else i for i, h in enumerate(sentence.heads)],
                "deps": ["ROOT" if d == "root" else d for d in sentence.deprels],
                "sent_starts": [i == 0 for i in range(n)]}
    kinds = [_kind(allowed) for allowed in sentence.names] or ["-"] * n
    ents = ["O" if k in ("O", "-") else
            f"{'I' if i and kinds[i - 1] == k and _inside(sentence.names[i]) else 'B'}-{k}"
            for i, k in enumerate(kinds)]
    doc = Doc(vocab, words=list(sentence.words), **tree)
    spans = [doc.char_span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), label=kind)
             for a, b, kind in _spans(ents)]
    missing = [doc[i:i + 1] for i, k in enumerate(kinds) if k == "-"]
    doc.set_ents([s for s in spans if s], missing=missing, default="outside")
    return doc


def _kind(allowed: Iterable[int]) -> str:
    kinds = {k if k in KINDS else "O" for k in (NAME_TAGS[t].partition("-")[2] for t in allowed)}
    return kinds.pop() if len(kinds) == 1 else "-"


def _inside(allowed: Iterable[int]) -> bool:
    return all(NAME_TAGS[t].startswith("I-") for t in allowed)


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start = -1
    for i, tag in enumerate((*tags, "O")):
        if start >= 0 and not tag.startswith("I-"):
            yield start, i, tags[start][2:]
            start = -1
        if tag.startswith("B-"):
            start = i


def train(data: Path, out: Path, minutes: float) -> Any:
    """Trains the pipeline of CONFIG for so many minutes of one core; the rate falls to nought."""
    import spacy
    from spacy.training import Example
    from spacy.util import compounding, load_config_from_str
    from thinc.api import Adam
    nlp = spacy.util.load_model_from_config(load_config_from_str(CONFIG), auto_fill=True)
    rng = random.Random(20210815)
    examples = [Example(_bare(doc, nlp.vocab), doc) for part in name_sentences(data).values()
                for doc in (doc_of(s, nlp.vocab) for s in part)]
    nlp.initialize(lambda: examples)
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0)
    sizes = compounding(300.0, 1500.0, 1.0005)
    began, step, gone = time.process_time(), 0, 0.0
    while gone < 1:
        drawn = list(examples)
        rng.shuffle(drawn)
        while drawn and gone < 1:
            words, group = next(sizes), [drawn.pop()]
            while drawn and sum(map(len, group)) < words:
                group.append(drawn.pop())
            gone = (time.process_time() - began) / (60 * minutes)
            optimizer.learn_rate = 0.001 * max(0.01, min(1.0, 2 * (1 - gone)))
            nlp.update(group, sgd=optimizer, drop=0.1)
            step += 1
            if step % 100 == 0:
                print(f"step {step}, {gone:.0%}", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(out)
    return nlp


def _bare(doc: Any, vocab: Any) -> Any:
    from spacy.tokens import Doc
    return Doc(vocab, words=[t.text for t in doc])


def read(nlp: Any, sentences: Iterable[list[str]]) -> Iterator[Parsed]:
    """spaCy's reading of sentences whose words are given."""
    from spacy.tokens import Doc
    docs = (Doc(nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
            for words in sentences)
    for doc in nlp.pipe(docs, batch_size=256):
        words = tuple(Word(t.i, Span(t.idx, t.idx + len(t)), t.text, "", t.tag_, (),
                           -1 if t.head.i == t.i else t.head.i,
                           "root" if t.dep_ == "ROOT" else t.dep_) for t in doc)
        names = tuple(Name(e.start, e.end, e.label_) for e in doc.ents)
        yield Parsed(Span(0, 1), words, names, 0)


def trees(found: Iterable[Parsed], docs: Sequence[Document]) -> dict[str, float]:
    """UPOS, UAS and LAS with gold words."""
    score = TreeScore()
    for gold, sentence in zip((s for d in docs for s in d.sentences), found, strict=True):
        score.add(gold, sentence)
    return {k: v for k, v in score.result().items() if k in ("upos", "uas", "las")}


def compare(data: Path, nlp: Any, reader: Reader) -> dict[str, float]:
    """Both on the same text, in turns, on one core."""
    figures: dict[str, float] = {}
    readers = {"spacy": lambda s: read(nlp, s), "reader": lambda s: parsed(reader, s)}
    for key, path in (("ewt_test", EWT.format(part="test")), ("pud", PUD)):
        docs = list(documents(data / path))
        for who, how in readers.items():
            found = (s for d in docs for s in how([w.form for w in s] for s in d.sentences))
            figures |= {f"{who}.{key}.{k}": v for k, v in trees(found, docs).items()}
    for key, path in UNER.items():
        gold = list(tagged(data / path, 2))
        for who, how in readers.items():
            score = NameScore(KINDS)
            for document in gold:
                found = how(words for words, _ in document)
                for (_, names), sentence in zip(document, found, strict=True):
                    score.add(names, sentence.names)
            figures[f"{who}.{key}.f1"] = score.result()["f1"]
    texts = [d.text for d in documents(data / PUD)] * 2
    spent, words = {"spacy": 0.0, "reader": 0.0}, {"spacy": 0, "reader": 0}
    for at in range(0, len(texts), 20):
        some = texts[at:at + 20]
        since = time.process_time()
        words["spacy"] += sum(len(doc) for doc in nlp.pipe(some))
        spent["spacy"] += time.process_time() - since
        since = time.process_time()
        words["reader"] += sum(len(s.words) for t in some
                               for s in reader.parse(Report(t, "spacy")).sentences)
        spent["reader"] += time.process_time() - since
    return figures | {f"{who}.words_per_s": round(words[who] / spent[who]) for who in spent}


def main() -> None:
    """Train where no pipeline is there yet, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, required=True, help="the trained pipeline's folder")
    parser.add_argument("--minutes", type=float, default=15.0,
                        help="processor time to train for")
    parser.add_argument("--json", type=Path, help="the file of figures")
    given = parser.parse_args()
    import spacy
    if not given.out.exists():
        train(given.data, given.out, given.minutes)
    nlp = spacy.load(given.out)
    figures = compare(given.data, nlp, Reader.load())
    figures["spacy.megabytes"] = round(sum(
        p.stat().st_size for p in given.out.rglob("*") if p.is_file()) / 1e6, 1)
    tell({f"rival.{key}": value for key, value in figures.items()}, given.json, indent=1)


if __name__ == "__main__":
    main()
