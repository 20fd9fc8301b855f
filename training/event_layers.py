"""Fits the layers that tell events, on the vectors of an exported reader:
``python -m training.event_layers --model FOLDER --data ../shared/data``.

The reader's own layers for events are trained with its trees, so that the encoder learns of events.
The layers fitted here take their place in the folder's graph; nothing else of it changes. They
read each word's vector and that of its first piece after the encoder's fourth layer, and learn
from the tagged sentences of ``training/events``, from EWT's reviews and answers, which tell of no
event of war, and from the claims of the literate cases for development: of a claim it is known
that some word of its evidence tells of its kind, and outside all evidence nothing is told. A few
minutes on one processor core.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from training.corpora import Sentence, read_conllu
from training.events import EVENTS, ROLES, read_events
from training.export import write_manifest
from training.graph import with_events
from training.names import Vectors, precision_of
from whoholds.evaluation import Gold, read_cases, read_gold
from whoholds.language.encoder import MOST_WORDS
from whoholds.language.files import GRAPH, VOCABULARY
from whoholds.language.sentences import split

CASES = Path(__file__).parents[1] / "tests" / "cases"
PARTS = ("dev", "opened", "opened2")
HELD_OUT = 0.06          # share of the tagged sentences that only measures
PEACEFUL = 1500          # sentences of EWT that tell of no event
SENTENCES = 24           # a step
CLAIM_COUNTS = 2.5       # as many words: that some word of its evidence tells of a claim


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a sentence: its words' vectors [W, width]; labels allowed [W, labels]; for
    each claim the words of its evidence and the labels of its kinds, one of which must be there;
    events' words and the roles of all words beside them [events, W]; words of events with whether
    they are doubted: not told as facts."""

    vectors: Tensor
    allowed: Tensor
    claims: tuple[tuple[tuple[int, ...], tuple[int, ...], bool | None], ...]
    events: tuple[int, ...]
    roles: Tensor
    doubts: tuple[tuple[int, bool], ...] = ()


def tagged(sentence: Sentence, vectors: Vectors) -> Told | None:
    """What a tagged sentence tells."""
    seen = vectors.of(sentence.words)
    if seen is None or not sentence.events:
        return None
    n = len(sentence.words)
    allowed = torch.zeros(n, len(EVENTS), dtype=torch.bool)
    allowed[torch.arange(n), torch.tensor(sentence.events)] = True
    events = tuple(i for i, label in enumerate(sentence.events) if label)
    roles = torch.zeros(len(events), n, dtype=torch.long)
    for event, word, role in sentence.roles:
        if event in events and word != event:
            roles[events.index(event), word] = role
    return Told(seen, allowed, (), events, roles, sentence.doubts)


def coded(text: str, golds: Sequence[Gold], vectors: Vectors) -> list[Told]:
    """What the sentences of a literate case tell."""
    found = []
    for piece in split(text):
        seen = vectors.of([text[a:b] for a, b in piece.words])
        if seen is None:
            continue
        allowed = torch.zeros(len(piece.words), len(EVENTS), dtype=torch.bool)
        allowed[:, 0] = True
        claims = []
        for gold in golds:
            words = tuple(i for i, (a, b) in enumerate(piece.words)
                          if a < gold.span.end and b > gold.span.start)
            kinds = tuple(sorted({EVENTS.index(r.kind) for r in gold.readings}))
            for i in words:
                allowed[i, list(kinds)] = True
            if words and gold.core:
                claims.append((words, kinds, doubted(gold)))
        found.append(Told(seen, allowed, tuple(claims), (), torch.zeros(0, len(piece.words),
                                                                       dtype=torch.long)))
    return found


def doubted(gold: Gold) -> bool | None:
    """Whether a claim is told otherwise than as a fact; None where readings differ."""
    told = {(r.polarity, r.modality) != ("affirmed", "actual") for r in gold.readings}
    return told.pop() if len(told) == 1 else None


def cases(vectors: Vectors, parts: Sequence[str]) -> list[Told]:
    """The sentences of the literate cases of some parts."""
    return [told for part in parts for path in sorted((CASES / part).glob("*.md"))
            for case in read_cases(path.read_text("utf8"), path.name)
            for told in coded(case.report.text, read_gold("\n".join(case.gold), path.name),
                              vectors)]


class EventLayers(nn.Module):
    """A word's vectors to scores of its labels, and of the roles of the words beside it."""

    def __init__(self, width: int, hidden: int, role: int) -> None:
        super().__init__()
        self.role = role
        self.inner, self.outer = nn.Linear(width, hidden), nn.Linear(hidden, len(EVENTS))
        self.teller, self.filler = nn.Linear(width, role), nn.Linear(width, role)
        self.pair = nn.Linear(role, len(ROLES) * role)
        self.by_filler = nn.Linear(role, len(ROLES))
        self.doubter, self.doubt = nn.Linear(width, role), nn.Linear(role, 1)
        self.dropout, self.hidden_dropout = nn.Dropout(0.1), nn.Dropout(0.2)

    def events(self, x: Tensor) -> Tensor:
        bent = nn.functional.gelu(self.inner(self.dropout(x)))
        return torch.as_tensor(self.outer(self.hidden_dropout(bent)))

    def doubts(self, x: Tensor) -> Tensor:
        """Log odds [W] that an event told by the word is no fact."""
        bent = nn.functional.gelu(self.doubter(self.dropout(x)))
        return torch.as_tensor(self.doubt(self.hidden_dropout(bent))[:, 0])

    def roles(self, x: Tensor, events: Sequence[int]) -> Tensor:
        """Scores [events, roles, W]."""
        def bent(layer: nn.Linear, of: Tensor) -> Tensor:
            return torch.as_tensor(self.hidden_dropout(nn.functional.gelu(layer(self.dropout(of)))))

        tellers, fillers = bent(self.teller, x[list(events)]), bent(self.filler, x)
        pairs = self.pair(tellers).view(-1, len(ROLES), self.role)
        return torch.as_tensor((pairs @ fillers.T) * self.role ** -0.5
                               + self.by_filler(fillers).T[None])


def loss_of(layers: EventLayers, group: Sequence[Told]) -> Tensor:
    """Marginal likelihood of the labels allowed, of each claim by some word of its evidence, and
    of the roles."""
    x = torch.cat([t.vectors for t in group]).float()
    scores = layers.events(x).log_softmax(1)
    doubts = layers.doubts(x)
    allowed = torch.cat([t.allowed for t in group])
    total = -scores.masked_fill(~allowed, -1e4).logsumexp(1).sum()
    at = 0
    for told in group:
        n = len(told.vectors)
        for words, kinds, no_fact in told.claims:
            p = scores[[at + w for w in words]][:, list(kinds)].exp().sum(1).clamp(max=1 - 1e-6)
            total = total - CLAIM_COUNTS * torch.log(1 - torch.prod(1 - p) + 1e-9)
            if no_fact is not None:      # of the word that most likely tells the claim
                total = total + doubt_of(doubts[at + words[int(p.argmax())]], no_fact)
        for word, no_fact in told.doubts:
            total = total + doubt_of(doubts[at + word], no_fact)
        if told.events:
            roles = layers.roles(x[at:at + n], told.events)
            total = total + nn.functional.cross_entropy(
                roles.transpose(1, 2).reshape(-1, len(ROLES)), told.roles.reshape(-1),
                reduction="sum")
        at += n
    return total / len(group)


def doubt_of(score: Tensor, no_fact: bool) -> Tensor:
    """What is lost on a word whose event is no fact, or is one."""
    return nn.functional.softplus(-score if no_fact else score)


def fit(told: Sequence[Told], *, epochs: int, rate: float, hidden: int, role: int,
        seed: int) -> EventLayers:
    """Fits; the rate falls to nought."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    layers = EventLayers(told[0].vectors.shape[1], hidden, role)
    optimizer = torch.optim.AdamW(layers.parameters(), lr=rate, weight_decay=0.02)
    steps, step = epochs * -(-len(told) // SENTENCES), 0
    order = list(told)
    for epoch in range(epochs):
        rng.shuffle(order)
        for start in range(0, len(order), SENTENCES):
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / 50) * (1 - step / steps)
            loss = loss_of(layers, order[start:start + SENTENCES])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
        print(f"epoch {epoch + 1}/{epochs} loss {loss.item():.3f}", flush=True)
    return layers.eval()


@torch.no_grad()
def measured(layers: EventLayers, held: Sequence[Told]) -> str:
    """Precision and recall of events and of roles (given the event) in tagged sentences."""
    hits = np.zeros(6, int)
    for told in held:
        x = told.vectors.float()
        best = layers.events(x).argmax(1)
        gold = told.allowed.int().argmax(1)
        hits[:3] += [int(((best == gold) & (gold > 0)).sum()), int((best > 0).sum()),
                     int((gold > 0).sum())]
        if told.events:
            roles = layers.roles(x, told.events).argmax(1)
            hits[3:] += [int(((roles == told.roles) & (roles > 0)).sum()), int((roles > 0).sum()),
                         int((told.roles > 0).sum())]
    return (f"{len(held)} sentences held out: events P {hits[0] / max(hits[1], 1):.3f} "
            f"R {hits[0] / max(hits[2], 1):.3f}, roles P {hits[3] / max(hits[4], 1):.3f} "
            f"R {hits[3] / max(hits[5], 1):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder made by training.export")
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--without-cases", action="store_true",
                        help="learn nothing from the literate cases (for training.confidence)")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--role", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=20210815)
    a = parser.parse_args()
    torch.set_num_threads(1)
    precision = precision_of(a.model)
    model = onnx.load(str(a.model / GRAPH))
    vectors = Vectors(model, a.model / VOCABULARY)
    rng = random.Random(a.seed)
    tagged_ = [t for s in read_events() if (t := tagged(s, vectors)) is not None]
    rng.shuffle(tagged_)
    held = tagged_[:int(HELD_OUT * len(tagged_))]
    peaceful = [s for s in read_conllu(a.data / "ud_english_ewt/en_ewt-ud-train.conllu",
                                       with_events=True)
                if s.events and len(s.words) <= MOST_WORDS]
    quiet = [t for s in rng.sample(peaceful, PEACEFUL) if (t := tagged(s, vectors)) is not None]
    told = tagged_[len(held):] + quiet + cases(vectors, () if a.without_cases else PARTS)
    print(f"{len(tagged_)} tagged sentences, {len(quiet)} of peace, {len(told)} in all", flush=True)
    layers = fit(told, epochs=a.epochs, rate=a.rate, hidden=a.hidden, role=a.role, seed=a.seed)
    print(measured(layers, held), flush=True)
    state = {name: tensor.numpy() for name, tensor in layers.state_dict().items()}
    (a.model / GRAPH).write_bytes(with_events(model, state, precision).SerializeToString())
    write_manifest(a.model, precision)


if __name__ == "__main__":
    main()
