"""What a user would pick: a spaCy pipeline with the same components, on the same texts.

A small convolutional network (as wide and deep as ``en_core_web_sm``'s) feeds a morphologizer, a
parser, a name finder and a lemmatizer. No weights are fetched: it is trained here, for minutes, on
EWT's development part with UNER's names, and kept in the user's cache. So its speed can be
compared, its quality cannot. Needs ``pip install spacy`` (extra *rivals*) and the folder
``shared``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
EPOCHS = 6
BATCH = 32                # sentences
NETWORK = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 96, "depth": 4, "embed_size": 2000,
           "window_size": 1, "maxout_pieces": 3, "subword_features": True,
           "pretrained_vectors": None}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}


def rate(stream: Path) -> dict[str, float | None]:
    """Words a second on one core (words as spaCy cuts them)."""
    nlp = pipeline()
    texts = [path.read_text("utf8") for path in sorted(stream.glob("*.txt"))]
    list(nlp.pipe(texts[:5]))
    start = time.process_time()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    return {"throughput.spacy_words_per_s": round(words / (time.process_time() - start))}


def pipeline() -> Any:
    """The trained pipeline, from the cache where it is there."""
    import spacy
    kept = user_cache_path("whoholds") / f"benchmark-spacy-{spacy.__version__}"
    if kept.is_dir():
        return spacy.load(kept)
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": NETWORK})
    for name in ("morphologizer", "parser", "ner", "trainable_lemmatizer"):
        nlp.add_pipe(name)
        model = nlp.get_pipe_config(name)["model"]
        nlp.remove_pipe(name)
        nlp.add_pipe(name, config={"model": {**model, "tok2vec": LISTENER}})
    examples = list(_examples(nlp))
    nlp.initialize(lambda: examples)
    shuffled = random.Random(1)
    for _ in range(EPOCHS):
        shuffled.shuffle(examples)
        for at in range(0, len(examples), BATCH):
            nlp.update(examples[at:at + BATCH], drop=0.1)
    nlp.to_disk(kept)
    return nlp


def _examples(nlp: Any) -> Iterator[Any]:
    from spacy.tokens import Doc
    from spacy.training import Example
    names = dict(_names(SHARED / "ner_uner" / "en_ewt-ud-dev.iob2"))
    text = (SHARED / "ud_english_ewt" / "en_ewt-ud-dev.conllu").read_text("utf8")
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        found = [line for line in block.splitlines() if line.startswith("# sent_id = ")]
        if not rows or not found:
            continue
        tags = names.get(found[0].removeprefix("# sent_id = "))
        heads = [int(row[6]) - 1 if row[6] != "0" else at for at, row in enumerate(rows)]
        doc = Doc(nlp.vocab, words=[row[1] for row in rows],
                  spaces=["SpaceAfter=No" not in row[9] for row in rows],
                  pos=[row[3] for row in rows],
                  morphs=["" if row[5] == "_" else row[5] for row in rows],
                  lemmas=[row[2] for row in rows], heads=heads,
                  deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
                  ents=tags if tags and len(tags) == len(rows) else None)
        yield Example(Doc(nlp.vocab, words=[t.text for t in doc],
                          spaces=[bool(t.whitespace_) for t in doc]), doc)


def _names(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Sentence id -> its tags."""
    for block in path.read_text("utf8").split("\n\n"):
        lines = block.splitlines()
        ids = [line for line in lines if line.startswith("# sent_id = ")]
        if ids:
            yield ids[0].removeprefix("# sent_id = "), [
                line.split("\t")[2] for line in lines if line[:1].isdigit()]


def main() -> None:
    """The figures of one stream, as JSON; none, and why on standard error, where spaCy or the data
    are absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stream", type=Path, required=True, help="a folder of texts")
    given = parser.parse_args()
    try:
        found = rate(given.stream)
    except ModuleNotFoundError as error:
        print(f"spaCy left out: {error}; pip install 'whoholds[rivals]'", file=sys.stderr)
        found = {}
    except FileNotFoundError as error:
        print(f"spaCy left out: no {error.filename}", file=sys.stderr)
        found = {}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
