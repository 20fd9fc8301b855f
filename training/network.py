"""The network: a BERT encoder (MiniLM: 6 layers, 384 wide) with heads for words.

One pass gives, for every word: part of speech, morphology, lemma script, name tag, scores of every
possible head, and scores of every relation to every possible head (Dozat and Manning 2017).
The encoder is uncased; a small embedding of each word's letter case is added to its pieces.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

SHAPES = 8  # kinds of letter case, see whoholds.language.pieces.shape_of


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of labels, and widths of the heads (units)."""

    upos: int
    feats: int
    scripts: int
    names: int
    deprels: int
    events: int = 26
    roles: int = 4
    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512
    arc: int = 256
    label: int = 96
    role: int = 96

    def to_json(self) -> str:
        return json.dumps(asdict(self))


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT (Devlin et al. 2019)."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        w = sizes.width
        self.n_heads = sizes.attention_heads
        self.query, self.key, self.value = nn.Linear(w, w), nn.Linear(w, w), nn.Linear(w, w)
        self.output = nn.Linear(w, w)
        self.norm1, self.norm2 = nn.LayerNorm(w, eps=1e-12), nn.LayerNorm(w, eps=1e-12)
        self.inner, self.outer = nn.Linear(w, sizes.inner), nn.Linear(sizes.inner, w)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, w = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, t, self.n_heads, w // self.n_heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(2, 3) * (w // self.n_heads) ** -0.5 + mask
        mixed = (self.dropout(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + self.dropout(self.output(mixed)))
        return self.norm2(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Word pieces to vectors: [B, T] ids and case shapes to [B, T, width]."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.places = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(SHAPES, sizes.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(at) + self.shapes(shapes)))
        bias = torch.zeros((), dtype=x.dtype, device=x.device) if mask is None \
            else (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_minilm(self, folder: Path) -> None:
        """Takes over the weights of all-MiniLM-L6-v2 (Apache-2.0)."""
        from safetensors.torch import load_file
        theirs = load_file(folder / "model.safetensors")
        ours: dict[str, Tensor] = {
            "words.weight": theirs["embeddings.word_embeddings.weight"],
            # segment 0 is the only segment: its vector joins the positions
            "places.weight": theirs["embeddings.position_embeddings.weight"]
            + theirs["embeddings.token_type_embeddings.weight"][0],
            "shapes.weight": self.shapes.weight,
            "norm.weight": theirs["embeddings.LayerNorm.weight"],
            "norm.bias": theirs["embeddings.LayerNorm.bias"],
        }
        names = {"query": "attention.self.query", "key": "attention.self.key",
                 "value": "attention.self.value", "output": "attention.output.dense",
                 "norm1": "attention.output.LayerNorm", "inner": "intermediate.dense",
                 "outer": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(len(self.layers)):
            for here, there in names.items():
                for kind in ("weight", "bias"):
                    ours[f"layers.{i}.{here}.{kind}"] = theirs[f"encoder.layer.{i}.{there}.{kind}"]
        self.load_state_dict(ours)


class Perceptron(nn.Module):
    """One hidden layer before a biaffine scorer."""

    def __init__(self, into: int, out: int, dropout: float) -> None:
        super().__init__()
        self.linear, self.dropout = nn.Linear(into, out), nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.dropout(nn.functional.gelu(self.linear(x)))


class Reader(nn.Module):
    """Encoder and heads.

    Takes ids and shapes [B, T], first and last piece of each word [B, W], mask [B, T] or None.
    Gives logits: upos, feats, scripts, names [B, W, labels]; arcs [B, W, W+1] (column 0 is the
    root); deprels [B, W, labels, W+1]; events [B, W, labels]; roles [B, W, roles, W] of the second
    word beside the event that the first tells of; doubts [B, W, 2], whether what a word tells is
    no fact (zeros unless ``doubting``).
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.33,
                 doubting: bool = False) -> None:
        super().__init__()
        self.sizes = sizes
        w = sizes.width
        self.encoder = Encoder(sizes, dropout)
        self.joined = nn.Linear(2 * w, w)
        self.dropout = nn.Dropout(0.2)
        self.upos, self.feats = nn.Linear(w, sizes.upos), nn.Linear(w, sizes.feats)
        self.scripts, self.names = nn.Linear(w, sizes.scripts), nn.Linear(w, sizes.names)
        self.root = nn.Parameter(torch.zeros(w))
        self.arc_dependent = Perceptron(w, sizes.arc, head_dropout)
        self.arc_head = Perceptron(w, sizes.arc, head_dropout)
        self.label_dependent = Perceptron(w, sizes.label, head_dropout)
        self.label_head = Perceptron(w, sizes.label, head_dropout)
        self.arc = nn.Linear(sizes.arc, sizes.arc)      # its bias scores a head by itself
        self.label = nn.Linear(sizes.label, sizes.deprels * sizes.label)
        self.label_by_dependent = nn.Linear(sizes.label, sizes.deprels)
        self.label_by_head = nn.Linear(sizes.label, sizes.deprels)
        nn.init.zeros_(self.label.bias)
        self.events = nn.Linear(w, sizes.events)
        self.role_event = Perceptron(w, sizes.role, head_dropout)
        self.role_filler = Perceptron(w, sizes.role, head_dropout)
        self.role = nn.Linear(sizes.role, sizes.roles * sizes.role)
        self.role_by_filler = nn.Linear(sizes.role, sizes.roles)
        nn.init.zeros_(self.role.bias)
        self.doubts = nn.Linear(w, 2) if doubting else None

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor,
                mask: Tensor | None = None) -> tuple[Tensor, ...]:
        pieces = self.encoder(ids, shapes, mask)
        b, n = first.shape
        w = pieces.shape[-1]

        def at(index: Tensor) -> Tensor:
            return pieces.gather(1, index[:, :, None].expand(b, n, w))

        words = self.dropout(nn.functional.gelu(self.joined(torch.cat([at(first), at(last)], -1))))
        heads = torch.cat([self.root.to(words.dtype).expand(b, 1, w), words], 1)
        arcs = self.arc(self.arc_dependent(words)) @ self.arc_head(heads).transpose(1, 2)
        arcs = arcs * self.sizes.arc ** -0.5
        dependents, governors = self.label_dependent(words), self.label_head(heads)
        pairs = self.label(dependents).view(b, n * self.sizes.deprels, self.sizes.label)
        deprels = (pairs @ governors.transpose(1, 2)).view(b, n, self.sizes.deprels, n + 1)
        deprels = deprels * self.sizes.label ** -0.5
        deprels = deprels + self.label_by_dependent(dependents)[..., None] \
            + self.label_by_head(governors).transpose(1, 2)[:, None]
        tellers, fillers = self.role_event(words), self.role_filler(words)
        pairs = self.role(tellers).view(b, n * self.sizes.roles, self.sizes.role)
        roles = (pairs @ fillers.transpose(1, 2)).view(b, n, self.sizes.roles, n)
        roles = roles * self.sizes.role ** -0.5 \
            + self.role_by_filler(fillers).transpose(1, 2)[:, None]
        doubts = self.doubts(words) if self.doubts else words.new_zeros(b, n, 2)
        return (self.upos(words), self.feats(words), self.scripts(words), self.names(words),
                arcs, deprels, self.events(words), roles, doubts)
