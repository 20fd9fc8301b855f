"""Learns who is who from GUM, and measures it: ``python -m training.coreference --data DATA``.

Maximises the probability that a mention goes back to any of its true antecedents (Durrett and
Klein 2013) under a log-linear model of the features in ``whoholds.language.coreference``. Trees,
names and mentions are the reader's own; words are the treebank's. ``--train`` writes the weights.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.coref_score import CorefScore
from training.corpora import blocks
from training.treebanks import GUM, parsed
from whoholds.core import Parse
from whoholds.language.coreference import SHIPPED, Index, Linker, Model, alone, pair
from whoholds.language.mentions import MentionSpan, Seen, mentions
from whoholds.language.reader import Reader

# chosen on GUM dev among 3 to 12 epochs, 1e-6 to 1e-4, 8 to 100 times
EPOCHS = 6
RATE = 0.03
DECAY = 1e-4            # of each weight's square
LEAST = 30              # times that a feature is seen
LEAST_WEIGHT = 0.02     # smaller ones are dropped
SEED = 20210815
Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold mention: sentence, word range, its head word, entity, kind of entity."""

    key: Key
    head: int
    entity: str
    type: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document's words, sentence by sentence, and its gold mentions."""

    name: str
    forms: tuple[tuple[str, ...], ...]
    gold: tuple[Gold, ...]

    def chains(self) -> list[list[Key]]:
        found: defaultdict[str, list[Key]] = defaultdict(list)
        for one in self.gold:
            found[one.entity].append(one.key)
        return list(found.values())


def documents(path: Path) -> list[Document]:
    """The documents of a GUM file."""
    found: list[tuple[str, list[tuple[str, ...]], list[Gold]]] = []
    for block in blocks(path):
        for line in block:
            if line.startswith("# newdoc"):
                found.append((line.rpartition("= ")[2].strip(), [], []))
        rows = [line.split("\t") for line in block if line.split("\t")[0].isdigit()]
        _, sentences, gold = found[-1]
        gold += gold_mentions(rows, len(sentences))
        sentences.append(tuple(row[1] for row in rows))
    return [Document(name, tuple(s), tuple(g)) for name, s, g in found]


def gold_mentions(rows: Sequence[Sequence[str]], sentence: int) -> Iterator[Gold]:
    """The entities that a sentence's ``Entity`` column opens and closes (GUM's own fields:
    entity, type, status, salience, centering, head words, link)."""
    opened: defaultdict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for i, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]+)", row[9])
        for part in re.finditer(r"\(([^()]+)(\))?|([^()]+)\)", match[1] if match else ""):
            if part[1]:
                fields = part[1].split("-")
                opened[fields[0]].append((i, fields))
            if part[2] or part[3]:
                entity = (part[1] or part[3]).split("-")[0]
                if opened[entity]:
                    start, fields = opened[entity].pop()
                    head = start + int(fields[5].split(",")[0]) - 1
                    yield Gold((sentence, start, i + 1), head, entity, fields[1])


def noun_types(parses: Iterable[tuple[Document, Parse]], least: int = 2) -> dict[str, str]:
    """What common nouns mostly speak of, by lemma."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document, parse in parses:
        for one in document.gold:
            word = parse.sentences[one.key[0]].words[one.head]
            if word.upos in ("NOUN", "NUM", "PRON"):
                counts[word.lemma.lower()][one.type] += 1
    return {lemma: kinds.most_common(1)[0][0] for lemma, kinds in sorted(counts.items())
            if sum(kinds.values()) >= least}


def key_of(span: MentionSpan) -> Key:
    return span.sentence, span.start, span.end


def entities_of(seen: Sequence[Seen], gold: Iterable[Gold]) -> list[str]:
    """The gold entity of each mention, "" for none: by its ends, else by its head word."""
    exact = {g.key: g.entity for g in gold}
    heads = {(g.key[0], g.head): g.entity for g in reversed(list(gold)) if g.key not in
             {key_of(s.span) for s in seen}}
    return [exact.get(key_of(s.span)) or heads.get((s.sentence, s.word), "") for s in seen]


@dataclass(slots=True)
class Choice:
    """A mention's choices as feature names, the first "none", and which of them are right."""

    options: list[list[str]]
    right: list[bool]


def choices(seen: Sequence[Seen], entities: Sequence[str]) -> Iterator[Choice]:
    """What the linker would have to choose from were all its earlier choices right."""
    linker, index = Linker(seen, {}), Index()
    last: dict[str, int] = {}
    for at, one in enumerate(seen):
        candidates = index.candidates(one)
        entity = entities[at]
        right = [bool(entity) and entities[c] == entity for c in candidates]
        options = [list(alone(one))]
        options += [list(pair(seen[c], one, linker.chain_of[c])) for c in candidates]
        yield Choice(options, [not any(right), *right])
        linker.join(at, last.get(entity, -1) if entity else -1)
        if entity:
            last[entity] = at
        index.add(at, one)


def learn(found: Sequence[Sequence[Choice]], report: Callable[[dict[str, float]], None],
          epochs: int = EPOCHS) -> dict[str, float]:
    """Weights by feature; needs PyTorch. ``report`` is called with them after every epoch."""
    import torch
    torch.set_num_threads(1)     # sums in one order: the same weights every time
    torch.manual_seed(SEED)
    counts = Counter(f for document in found for c in document for o in c.options for f in o)
    names = sorted(f for f, n in counts.items() if n >= LEAST)
    numbers = {name: i for i, name in enumerate(names)}
    batches = [_tensors(document, numbers) for document in found if document]
    weights = torch.nn.EmbeddingBag(len(names), 1, mode="sum")
    torch.nn.init.zeros_(weights.weight)
    optimizer = torch.optim.Adam(weights.parameters(), lr=RATE)
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - epoch / epochs)
        for at in torch.randperm(len(batches)).tolist():
            flat, starts, choice, right = batches[at]
            scores = weights(flat, starts)[:, 0]
            size = int(choice[-1]) + 1
            all_, true = _logsumexp(scores, choice, size), _logsumexp(
                scores.masked_fill(~right, -1e4), choice, size)
            loss = (all_ - true).mean() + DECAY * weights.weight.square().sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        values = weights.weight.detach()[:, 0].tolist()
        report({n: round(v, 2) for n, v in zip(names, values, strict=True)
                if abs(v) >= LEAST_WEIGHT})
    return {n: round(v, 2) for n, v in zip(names, values, strict=True) if abs(v) >= LEAST_WEIGHT}


def _tensors(document: Sequence[Choice], numbers: dict[str, int]) -> tuple[Any, ...]:
    """Feature numbers, where each option begins, which choice it is of, and whether it is right."""
    import torch
    flat: list[int] = []
    starts, choice, right = [], [], []
    for i, one in enumerate(document):
        for option, good in zip(one.options, one.right, strict=True):
            starts.append(len(flat))
            flat += [numbers[f] for f in option if f in numbers]
            choice.append(i)
            right.append(good)
    return tuple(map(torch.tensor, (flat, starts, choice, right)))


def _logsumexp(scores: Any, groups: Any, size: int) -> Any:
    """Of the scores in each of ``size`` groups."""
    import torch
    top = torch.full((size,), -1e9).scatter_reduce(0, groups, scores.detach(), "amax")
    total = torch.zeros(size).index_add(0, groups, (scores - top[groups]).exp())
    return total.log() + top


def read_all(reader: Reader, data: Path, part: str) -> list[tuple[Document, Parse]]:
    """The documents of a part of GUM with the reader's parses of their words."""
    return [(d, Parse(d.name, tuple(parsed(reader, map(list, d.forms))), reader.version))
            for d in documents(data / GUM.format(part=part))]


def head_match(seen: Sequence[Seen], pronouns: bool = False) -> list[list[MentionSpan]]:
    """The baseline: names and descriptions with one head are one thing. With ``pronouns``, a
    stronger one: so are all pronouns of one kind (every *he* of a report)."""
    found: defaultdict[tuple[bool, str], list[MentionSpan]] = defaultdict(list)
    for one in seen:
        if pronouns or one.kind != "pronoun":
            found[one.kind == "pronoun", one.head].append(one.span)
    return list(found.values())


def by_head(document: Document, chains: Iterable[Iterable[MentionSpan]],
            ) -> list[list[Key]]:
    """Chains with each mention that has a gold mention's head given that mention's ends."""
    own = {g.key for g in document.gold}
    heads = {(g.key[0], g.head): g.key for g in reversed(document.gold)}
    taken = {key_of(m) for c in chains for m in c} & own
    found = []
    for chain in chains:
        keys = []
        for m in chain:
            key = key_of(m)
            other = heads.get((m.sentence, m.head))
            if key not in own and other is not None and other not in taken:
                key = other
                taken.add(other)
            keys.append(key)
        found.append(keys)
    return found


def measure(parses: Sequence[tuple[Document, Parse]], model: Model) -> dict[str, float]:
    """CoNLL F1 with predicted mentions, whose ends must be right; the same for two baselines
    (see :func:`head_match`) and where a right head word is enough (``heads``)."""
    scores: defaultdict[str, CorefScore] = defaultdict(CorefScore)
    for document, parse in parses:
        seen, gold = mentions(parse, model.nouns), document.chains()
        for name, chains in (("", list(map(list, Linker(seen, model.weights).chains()))),
                             ("head_match.", head_match(seen)),
                             ("head_match_with_pronouns.", head_match(seen, pronouns=True))):
            found = [c for c in chains if len(c) > 1]
            scores[name].add(gold, [[key_of(m) for m in c] for c in found])
            scores["heads." + name].add(gold, by_head(document, found))
    return {f"{name}{key}": value for name, score in scores.items()
            for key, value in score.result().items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--model", type=Path, help="folder made by training.export; else the one "
                                                   "in the package")
    parser.add_argument("--part", default="test")
    parser.add_argument("--train", action="store_true", help="learn and write the weights first")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    a = parser.parse_args()
    reader = Reader.load(a.model)
    if a.train:
        train, dev = read_all(reader, a.data, "train"), read_all(reader, a.data, "dev")
        nouns = noun_types(train)
        found = []
        for document, parse in train:
            seen = mentions(parse, nouns)
            found.append(list(choices(seen, entities_of(seen, document.gold))))
        weights = learn(found, lambda w: print(
            len(w), measure(dev, Model(w, nouns))["conll_f1"], flush=True))
        a.out.write_text(json.dumps({"weights": weights, "nouns": nouns}, indent=0,
                                    ensure_ascii=False, sort_keys=True) + "\n", encoding="utf8")
    for key, value in measure(read_all(reader, a.data, a.part), Model.read(a.out)).items():
        print(f"coref.gum_{a.part}.{key:25} {value}")


if __name__ == "__main__":
    main()
