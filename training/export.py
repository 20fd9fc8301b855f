"""Writes the model folder that ``whoholds.language`` loads, from a checkpoint of ``training.train``.

``python -m training.export --checkpoint build/reader --out src/whoholds/language/model``
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import get_args

import torch

from training.graph import Precision, build
from training.network import Sizes
from training.train import minilm_folder
from whoholds.language.files import FORMAT, GRAPH, LABELS, MANIFEST, VOCABULARY


def export(checkpoint: Path, out: Path, precision: Precision) -> None:
    """Writes graph, vocabulary, labels and manifest to ``out``."""
    sizes = Sizes(**json.loads((checkpoint / "sizes.json").read_text(encoding="utf8")))
    labels = json.loads((checkpoint / "labels.json").read_text(encoding="utf8"))
    weights = torch.load(checkpoint / "reader.pt", map_location="cpu", weights_only=True)
    state = {name: tensor.float().numpy() for name, tensor in weights.items()}
    out.mkdir(parents=True, exist_ok=True)
    (out / GRAPH).write_bytes(build(state, sizes, precision).SerializeToString())
    (out / LABELS).write_text(json.dumps(labels, ensure_ascii=False), encoding="utf8")
    shutil.copyfile(minilm_folder() / "tokenizer.json", out / VOCABULARY)
    manifest = {
        "format": FORMAT, "precision": precision,
        "files": {name: hashlib.sha256((out / name).read_bytes()).hexdigest()
                  for name in (GRAPH, LABELS, VOCABULARY)},
        "labels": {name: len(values) for name, values in labels.items()}}
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n",
                                encoding="utf8")
    total = sum(path.stat().st_size for path in out.iterdir())
    print(f"{out}: {total / 1e6:.1f} MB, {precision}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precision", choices=get_args(Precision), default="rows")
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.out, arguments.precision)


if __name__ == "__main__":
    main()
