"""Makes a reader's weights, from the data: ``python -m training --data ../shared/data``.

Trains the network, lets it settle on all tagged sentences, writes the model folder, fits the layers
for names and for events on it, then the weights that join mentions and those of claims'
probabilities, and says how the folder's files compare with those in the package. Seeds are fixed;
on one kind of processor the same files come out. About two and a half hours on two processor cores.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from whoholds.language.files import MANIFEST, SHIPPED


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, default=Path("build"),
                        help="the checkpoint goes to OUT/reader, the model folder to OUT/model, "
                             "weights of mentions to OUT/coreference.json, those of claims' "
                             "probabilities to OUT/confidence.yaml")
    a = parser.parse_args()
    checkpoint, model, held = str(a.out / "reader"), str(a.out / "model"), str(a.out / "held")
    data = ["--data", str(a.data)]
    begun = time.monotonic()
    for stage in (["train", *data, "--out", checkpoint],
                  ["settle", "--checkpoint", checkpoint, *data],
                  ["export", "--checkpoint", checkpoint, *data, "--out", model],
                  ["names", "--model", model, *data],
                  ["event_layers", "--model", model, *data],
                  ["coreference", "--model", model, *data, "--part", "dev", "--train",
                   "--out", str(a.out / "coreference.json")],
                  ["event_layers", "--model", held, *data, "--without-cases"],
                  ["confidence", "--model", held, "--out", str(a.out / "confidence.yaml")]):
        if "--without-cases" in stage:
            shutil.copytree(model, held, dirs_exist_ok=True)
        print(f"== training.{stage[0]}", flush=True)
        since = time.monotonic()
        subprocess.run([sys.executable, "-m", f"training.{stage[0]}", *stage[1:]], check=True)
        print(f"== training.{stage[0]}: {(time.monotonic() - since) / 60:.1f} min", flush=True)
    minutes = (time.monotonic() - begun) / 60
    print(f"{model}: made in {minutes:.0f} min; {compared(a.out / 'model')}")


def compared(model: Path) -> str:
    """How a model folder compares with the one that ships."""
    ours, theirs = (json.loads((folder / MANIFEST).read_text(encoding="utf8"))["files"]
                    for folder in (model, SHIPPED))
    other = [name for name in theirs if ours.get(name) != theirs[name]]
    return "the same files as in the package" if not other \
        else f"other than in the package: {', '.join(other)}"


if __name__ == "__main__":
    main()
