"""Trains on, with all tagged sentences: ``python -m training.settle --checkpoint build/reader
--data ../shared/data``.

The network that ``training.train`` made reads the tagged sentences of all files, those that tell
facts from other events among them, beside treebanks and names, at a low rate. In each of two rounds
this is done twice, from the same start, with fewer and with more trees, and the mean is kept
(Wortsman et al. 2022, *Model soups*): on treebanks it is as good as the best part of it. The first
round learns the events, the second reads trees and names again, for what these have lost. Forty
minutes on two processor cores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

import torch
from torch import Tensor, nn

from training.corpora import Sentence, as_headline, name_corpora, read_conllu
from training.events import DOUBTS_TOLD, FIRST, read_events
from training.network import Reader, Sizes
from training.train import Labels, batches, collate, loss_of, minilm_folder, optimiser, score
from whoholds.language.encoder import MOST_WORDS
from whoholds.language.pieces import PieceCutter


@dataclass(frozen=True, slots=True)
class Pass:
    """How often each set is read, in part or more than once, and the peak learning rates."""

    shares: Mapping[str, float]
    rate: float
    head_rate: float


# a round ends with the mean of its passes and, but for the first, which adds layers, of its start
ROUNDS = (
    (Pass({"new": 1.5, "tagged": 0.5, "trees": 0.5, "names": 0.1}, 1e-4, 6e-4),
     Pass({"new": 1.0, "tagged": 0.5, "trees": 1.0, "names": 0.1}, 8e-5, 5e-4)),
    (Pass({"new": 0.25, "tagged": 0.25, "trees": 1.0, "names": 1.0}, 7e-5, 4e-4),
     Pass({"new": 0.4, "tagged": 0.3, "trees": 1.5, "names": 0.6}, 9e-5, 5e-4)))


def settle(checkpoint: Path, data: Path, *, seed: int) -> None:
    """Trains the passes of each round from the checkpoint, each on a core of its own, and writes
    the mean of the weights in its place."""
    mean: dict[str, Tensor] = {}
    for number, passes in enumerate(ROUNDS, 1):
        with ProcessPoolExecutor(len(passes), get_context("spawn")) as workers:
            ends = list(workers.map(passed, *zip(
                *((checkpoint, data, one, f"round {number}, pass {n}", seed)
                  for n, one in enumerate(passes, 1)), strict=True)))
        kept = [*([mean] if mean else []), *ends]
        mean = {name: torch.stack([one[name] for one in kept]).mean(0) for name in ends[0]}
        torch.save(mean, checkpoint / "reader.pt")
    model = Reader(_sizes(checkpoint), doubting=True)
    model.load_state_dict(mean)
    labels = _labels(checkpoint)
    dev = {"ewt": read_conllu(data / "ud_english_ewt/en_ewt-ud-dev.conllu")[:1000],
           "gum": read_conllu(data / "ud_english_gum/en_gum-free-dev.conllu")}
    cutter = PieceCutter(minilm_folder() / "tokenizer.json")
    print({k: score(model, v, cutter, labels, _index(labels)) for k, v in dev.items()}, flush=True)


def passed(checkpoint: Path, data: Path, one: Pass, name: str, seed: int) -> dict[str, Tensor]:
    """The weights after a pass that begins at the checkpoint's."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Reader(_sizes(checkpoint), doubting=True)
    model.load_state_dict(torch.load(checkpoint / "reader.pt", weights_only=True), strict=False)
    trees = read_conllu(data / "ud_english_ewt/en_ewt-ud-train.conllu", with_events=True)
    trees += read_conllu(data / "ud_english_gum/en_gum-free-train.conllu", with_names=True)
    sets = {"new": read_events(DOUBTS_TOLD),
            "tagged": read_events(FIRST), "trees": trees, "names": name_corpora(data)}
    drawn = [s for kind, every in sets.items()
             for s in _drawn([s for s in every if len(s.words) <= MOST_WORDS], one.shares[kind],
                             rng)]
    drawn = [as_headline(s, rng) if rng.random() < 0.06 else s for s in drawn]
    index = _index(_labels(checkpoint))
    cutter = PieceCutter(minilm_folder() / "tokenizer.json")
    optimizer = optimiser(model, one.rate, one.head_rate)
    groups = batches(drawn, rng, cutter)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [g["lr"] for g in optimizer.param_groups], total_steps=len(groups) + 1,
        pct_start=0.08, anneal_strategy="linear", cycle_momentum=False, final_div_factor=1e3)
    print(f"{name}: {len(drawn)} sentences, {len(groups)} steps", flush=True)
    since, running = time.time(), 0.0
    for step, group in enumerate(groups, 1):
        model.train()
        batch = collate(group, cutter, index)
        loss = loss_of(model(batch.ids, batch.shapes, batch.first, batch.last, batch.mask), batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        scheduler.step()
        running += float(loss.detach())
        if step % 100 == 0:
            pace = (time.time() - since) / step
            print(f"{name}: step {step}/{len(groups)} loss {running / 100:.3f} "
                  f"{pace:.2f} s/step, {(len(groups) - step) * pace / 60:.0f} min left", flush=True)
            running = 0.0
    return dict(model.state_dict())


def _drawn(every: list[Sentence], share: float, rng: random.Random) -> list[Sentence]:
    """So many times the sentences; the last time a part of them."""
    return every * int(share) + rng.sample(every, round(share % 1 * len(every)))


def _sizes(checkpoint: Path) -> Sizes:
    return Sizes(**json.loads((checkpoint / "sizes.json").read_text("utf8")))


def _labels(checkpoint: Path) -> Labels:
    columns = json.loads((checkpoint / "labels.json").read_text("utf8"))
    return Labels(**{name: tuple(values) for name, values in columns.items()})


def _index(labels: Labels) -> dict[str, dict[str, int]]:
    return {k: {v: i for i, v in enumerate(vs)} for k, vs in asdict(labels).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--seed", type=int, default=20210815)
    a = parser.parse_args()
    settle(a.checkpoint, a.data, seed=a.seed)


if __name__ == "__main__":
    main()
