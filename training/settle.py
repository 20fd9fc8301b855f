"""Trains on for a little, with trees for the tagged sentences as well:
``python -m training.settle --checkpoint build/reader --data ../shared/data``.

Sentences with tagged events have no trees, and a network that learns events from them alone comes
to take the words that tell of events for anything: their vectors move, and nothing says what part
of speech they are. Here these sentences have the trees that a reader trained without events gave
them (``training/events/trees.jsonl.xz``), and are read again beside treebanks and names at a low
rate; twice, from the same start, with fewer and with more trees of the treebanks, and the mean of
both is kept (Wortsman et al. 2022, *Model soups*): on treebanks it is as good as the better one.
Ten minutes on one processor core.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import nn

from training.corpora import Sentence, as_headline, name_corpora, read_conllu
from training.events import TREES, read_events
from training.network import Reader, Sizes
from training.train import Labels, batches, collate, loss_of, minilm_folder, optimiser, score
from whoholds.language.encoder import MOST_WORDS
from whoholds.language.pieces import PieceCutter


@dataclass(frozen=True, slots=True)
class Pass:
    """How many sentences of each set are read, once each, and the peak learning rates."""

    shares: Mapping[str, int]
    rate: float
    head_rate: float


PASSES = (Pass({"events": 6000, "trees": 5000, "names": 1000}, 8e-5, 6e-4),
          Pass({"events": 6000, "trees": 12000, "names": 1000}, 6e-5, 4e-4))


def with_trees(sentences: list[Sentence]) -> list[Sentence]:
    """The tagged sentences with their trees. Raises ValueError where these are of others."""
    with lzma.open(TREES, "rt", encoding="utf8") as lines:
        rows = [tuple(map(tuple, json.loads(line))) for line in lines]
    found = []
    for sentence, row in zip(sentences, rows, strict=True):
        if len(row[0]) != len(sentence.words):
            raise ValueError(f"{TREES}: not the trees of these sentences: {sentence.words}")
        found.append(replace(sentence, upos=row[0], feats=row[1], lemmas=row[2], heads=row[3],
                             deprels=row[4]))
    return found


def settle(checkpoint: Path, data: Path, *, seed: int, threads: int) -> None:
    """Trains each pass from the checkpoint, and writes the mean of their weights in its place."""
    torch.set_num_threads(threads)
    columns = json.loads((checkpoint / "labels.json").read_text(encoding="utf8"))
    labels = Labels(**{name: tuple(values) for name, values in columns.items()})
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in asdict(labels).items()}
    ewt, gum = data / "ud_english_ewt/en_ewt-ud", data / "ud_english_gum/en_gum-free"
    trees = read_conllu(Path(f"{ewt}-train.conllu"), with_events=True)
    trees += read_conllu(Path(f"{gum}-train.conllu"), with_names=True)
    sets = {"events": with_trees(read_events()), "trees": trees, "names": name_corpora(data)}
    cutter = PieceCutter(minilm_folder() / "tokenizer.json")
    sizes = Sizes(**json.loads((checkpoint / "sizes.json").read_text(encoding="utf8")))
    start = torch.load(checkpoint / "reader.pt", weights_only=True)
    ends = []
    for one in PASSES:
        torch.manual_seed(seed)
        model = Reader(sizes)
        model.load_state_dict(start)
        passed(model, sets, one, cutter, index, seed)
        ends.append(model.state_dict())
    mean = {name: sum(end[name] for end in ends) / len(ends) for name in ends[0]}
    model.load_state_dict(mean)
    torch.save(mean, checkpoint / "reader.pt")
    dev = {"ewt": read_conllu(Path(f"{ewt}-dev.conllu"))[:1000],
           "gum": read_conllu(Path(f"{gum}-dev.conllu"))}
    print({k: score(model, v, cutter, labels, index) for k, v in dev.items()}, flush=True)


def passed(model: Reader, sets: Mapping[str, list[Sentence]], one: Pass, cutter: PieceCutter,
           index: dict[str, dict[str, int]], seed: int) -> None:
    """Trains once over the sentences drawn."""
    rng = random.Random(seed)
    drawn = [s for name, every in sets.items() for s in rng.sample(every, one.shares[name])
             if len(s.words) <= MOST_WORDS]
    drawn = [as_headline(s, rng) if rng.random() < 0.06 else s for s in drawn]
    optimizer = optimiser(model, one.rate, one.head_rate)
    groups = batches(drawn, rng, cutter)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [g["lr"] for g in optimizer.param_groups], total_steps=len(groups) + 1,
        pct_start=0.08, anneal_strategy="linear", cycle_momentum=False, final_div_factor=1e3)
    print(f"{len(drawn)} sentences, {len(groups)} steps", flush=True)
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
            print(f"step {step}/{len(groups)} loss {running / 100:.3f} {pace:.2f} s/step, "
                  f"{(len(groups) - step) * pace / 60:.0f} min left", flush=True)
            running = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--seed", type=int, default=20210815)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    settle(a.checkpoint, a.data, seed=a.seed, threads=a.threads)


if __name__ == "__main__":
    main()
