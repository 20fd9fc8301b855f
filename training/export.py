"""Writes the model folder that ``whoholds.language`` loads, from what ``training.train`` left.

``python -m training.export --checkpoint build/reader --data ../shared/data --out FOLDER``
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import get_args

import torch

from training.corpora import read_conllu
from training.graph import Precision, build
from training.network import Sizes
from training.train import minilm_folder
from whoholds.language.files import FORMAT, GRAPH, LABELS, LEXICON, MANIFEST, VOCABULARY
from whoholds.language.pieces import plain

TREEBANKS = ("ud_english_ewt/en_ewt-ud-train.conllu", "ud_english_gum/en_gum-free-train.conllu")
OPEN_CLASSES = ("PROPN", "NUM", "X")     # their lemmas are their forms, or nearly


def lexicon(data: Path) -> dict[str, dict[str, str]]:
    """The commonest lemma of each lower-case form, by part of speech, in the training trees."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in TREEBANKS:
        for sentence in read_conllu(data / name):
            for form, upos, lemma in zip(sentence.words, sentence.upos, sentence.lemmas,
                                         strict=True):
                if upos not in OPEN_CLASSES:
                    counts[upos, plain(form.lower())][lemma] += 1
    found: dict[str, dict[str, str]] = {}
    for (upos, form), lemmas in sorted(counts.items()):
        found.setdefault(upos, {})[form] = lemmas.most_common(1)[0][0]
    return found


def export(checkpoint: Path, data: Path, out: Path, precision: Precision) -> None:
    """Writes graph, vocabulary, labels, lexicon and manifest to ``out``."""
    sizes = Sizes(**json.loads((checkpoint / "sizes.json").read_text(encoding="utf8")))
    labels = json.loads((checkpoint / "labels.json").read_text(encoding="utf8"))
    weights = torch.load(checkpoint / "reader.pt", map_location="cpu", weights_only=True)
    state = {name: tensor.float().numpy() for name, tensor in weights.items()}
    out.mkdir(parents=True, exist_ok=True)
    (out / GRAPH).write_bytes(build(state, sizes, precision).SerializeToString())
    (out / LABELS).write_text(json.dumps(labels, ensure_ascii=False), encoding="utf8")
    (out / LEXICON).write_text(json.dumps(lexicon(data), ensure_ascii=False), encoding="utf8")
    shutil.copyfile(minilm_folder() / "tokenizer.json", out / VOCABULARY)
    write_manifest(out, precision)
    total = sum(path.stat().st_size for path in out.iterdir())
    print(f"{out}: {total / 1e6:.1f} MB, {precision}")


def write_manifest(out: Path, precision: Precision) -> None:
    """Writes which files belong together."""
    labels = json.loads((out / LABELS).read_text(encoding="utf8"))
    manifest = {
        "format": FORMAT, "precision": precision,
        "files": {name: hashlib.sha256((out / name).read_bytes()).hexdigest()
                  for name in (GRAPH, LABELS, LEXICON, VOCABULARY)},
        "labels": {name: len(values) for name, values in labels.items()}}
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n",
                                encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precision", choices=get_args(Precision), default="rows")
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.data, arguments.out, arguments.precision)


if __name__ == "__main__":
    main()
