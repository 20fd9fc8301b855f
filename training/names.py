"""Fits the layers that tell names, on the vectors of an exported reader:
``python -m training.names --model FOLDER --data ../shared/data``.

The reader's own names layer is trained with its trees, on corpora of names. The layers fitted here
take its place in the folder's graph; nothing else of it changes. They read each word's vector and
that of its first piece after the encoder's fourth layer, and learn from the same corpora and from
names in EWT's training part (``web_names.txt``). A few minutes on one processor core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import Tensor, nn

from training.corpora import NAME_TAGS, Sentence, name_sentences
from training.export import write_manifest
from training.graph import Precision, inner, with_names
from whoholds.language.encoder import MOST_PIECES, MOST_WORDS
from whoholds.language.files import GRAPH, MANIFEST, VOCABULARY
from whoholds.language.pieces import PieceCutter

# In news of war a name that might be a person's or a place's is likelier a place's than on the web:
# added to the scores at the end. On UNER's EWT dev part it makes no difference.
LEAN = {"LOC": 0.3, "PER": -0.3}
EASY = 3      # of words in lower case that are no name, one in so many is kept, and counts so much


@dataclass(frozen=True, slots=True)
class Share:
    """How often a corpus is drawn from, for its size, and how much its marks count."""

    rate: float
    trust: float


SHARES = {"ewt": Share(1.5, 1.0), "gum": Share(1.0, 1.0), "wikigold": Share(1.0, 1.0),
          "crossner": Share(0.5, 0.6), "wnut": Share(0.5, 0.6), "re3d": Share(2.0, 1.0)}


class Vectors:
    """Reads what the names layers see, with the graph that will ship."""

    def __init__(self, model: onnx.ModelProto, vocabulary: Path) -> None:
        opened = onnx.ModelProto()
        opened.CopyFrom(model)
        self._outputs = inner(opened)
        opened.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name)
                                   for name in self._outputs)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = ort.InferenceSession(opened.SerializeToString(), options,
                                             providers=["CPUExecutionProvider"])
        self._cutter = PieceCutter(vocabulary)

    def of(self, words: Sequence[str]) -> Tensor | None:
        """The words' vectors [W, 2 * width] in half precision; none where they do not fit."""
        cut = self._cutter.cut(words)
        if len(cut.ids) > MOST_PIECES:
            return None
        feed = {name: np.array(getattr(cut, name), np.int64)
                for name in ("ids", "shapes", "first", "last")}
        vectors, pieces = self._session.run(self._outputs, feed)
        both = np.concatenate([vectors, pieces[0][feed["first"]]], axis=1)
        return torch.from_numpy(both.astype(np.float16))


@dataclass(frozen=True, slots=True)
class Examples:
    """Words of a corpus: vectors [N, 2 * width], tags allowed [N, tags], weights [N]."""

    vectors: Tensor
    allowed: Tensor
    weights: Tensor


def examples(sentences: Sequence[Sentence], vectors: Vectors, trust: float,
             random: torch.Generator) -> Examples:
    """The words that say something; of easy ones a part."""
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    for sentence in sentences:
        seen = vectors.of(sentence.words) if sentence.names else None
        if seen is None:
            continue
        allowed = torch.zeros(len(sentence.words), len(NAME_TAGS), dtype=torch.bool)
        for row, tags in zip(allowed, sentence.names, strict=True):
            row[list(tags)] = True
        lower = torch.tensor([word.islower() for word in sentence.words])
        first_scored, end = NAME_TAGS.index("B-PER"), NAME_TAGS.index("I-LOC") + 1
        easy = lower & allowed[:, 0] & ~allowed[:, first_scored:end].any(1)
        drawn = torch.rand(len(easy), generator=random) < 1 / EASY
        keep = ~allowed.all(1) & (~easy | drawn)
        weights = torch.where(easy, float(EASY), 1.0) * trust
        found.append((seen[keep], allowed[keep], weights[keep]))
    return Examples(*(torch.cat(column) for column in zip(*found, strict=True)))


class NamesLayers(nn.Module):
    """Two layers: a word's vectors to scores of its tags."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(width, hidden), nn.Linear(hidden, len(NAME_TAGS))
        self.dropout, self.hidden_dropout = nn.Dropout(0.1), nn.Dropout(0.2)

    def forward(self, x: Tensor) -> Tensor:
        bent = nn.functional.gelu(self.inner(self.dropout(x)))
        return torch.as_tensor(self.outer(self.hidden_dropout(bent)))


def drawn(sets: Mapping[str, Examples], words: int, random: torch.Generator) -> Iterator[Examples]:
    """Batches of about so many words without end, from each corpus by its share."""
    sizes = {name: SHARES[name].rate * len(found.weights) for name, found in sets.items()}
    while True:
        picked = []
        for name, found in sets.items():
            n = int(words * sizes[name] / sum(sizes.values()))
            at = torch.randint(len(found.weights), (n,), generator=random)
            picked.append((found.vectors[at], found.allowed[at], found.weights[at]))
        yield Examples(*(torch.cat(column) for column in zip(*picked, strict=True)))


def fit(sets: Mapping[str, Examples], *, hidden: int, steps: int, words: int, rate: float,
        seed: int) -> NamesLayers:
    """Fits by the marginal probability of the tags allowed; the rate falls to nought."""
    torch.manual_seed(seed)
    width = next(iter(sets.values())).vectors.shape[1]
    layers = NamesLayers(width, hidden)
    optimizer = torch.optim.AdamW(layers.parameters(), lr=rate, weight_decay=0.02)
    batches = drawn(sets, words, torch.Generator().manual_seed(seed))
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 50) * (1 - step / steps)
        batch = next(batches)
        scores = layers(batch.vectors.float())
        right = scores.masked_fill(~batch.allowed, -1e4).logsumexp(1) - scores.logsumexp(1)
        loss = -(right * batch.weights).sum() / batch.weights.sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % 200 == 0:
            print(f"step {step + 1}/{steps} loss {loss.item():.3f}", flush=True)
    return layers.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder made by training.export")
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--words", type=int, default=2048, help="words a step")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=20210815)
    a = parser.parse_args()
    torch.set_num_threads(1)
    precision = precision_of(a.model)
    model = onnx.load(str(a.model / GRAPH))
    vectors = Vectors(model, a.model / VOCABULARY)
    random = torch.Generator().manual_seed(a.seed)
    sets = {}
    for name, every in name_sentences(a.data).items():
        sentences = [s for s in every if len(s.words) <= MOST_WORDS]
        sets[name] = examples(sentences, vectors, SHARES[name].trust, random)
        print(f"{name}: {len(sentences)} sentences, {len(sets[name].weights)} words", flush=True)
    layers = fit(sets, hidden=a.hidden, steps=a.steps, words=a.words, rate=a.rate, seed=a.seed)
    state = {name: tensor.numpy() for name, tensor in layers.state_dict().items()}
    state["outer.bias"] += np.array([LEAN.get(tag[2:], 0.0) for tag in NAME_TAGS], np.float32)
    (a.model / GRAPH).write_bytes(with_names(model, state, precision).SerializeToString())
    write_manifest(a.model, precision)


def precision_of(model: Path) -> Precision:
    """The precision that a model folder was exported in."""

    found: Precision = json.loads((model / MANIFEST).read_text(encoding="utf8"))["precision"]
    return found


if __name__ == "__main__":
    main()
