"""Reads treebanks and name corpora into one shape, :class:`Sentence`.

Every corpus marks names in its own scheme. They are brought to one set of BIO tags by listing,
for each gold tag, the *set* of tags it may stand for (see :data:`NAME_SCHEMES`): a corpus that
does not mark dates says of an unmarked word "not a name, or a date". The loss is the marginal
probability of the allowed set, so nothing has to be guessed.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

NAME_TYPES = ("PER", "ORG", "LOC", "NORP", "DATE", "MISC")
NAME_TAGS = ("O", *(f"{p}-{t}" for t in NAME_TYPES for p in "BI"))

# type in the corpus -> types it may stand for here; "O" says what an unmarked word may be
NAME_SCHEMES: dict[str, dict[str, tuple[str, ...]]] = {
    "wikigold": {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC",), "MISC": ("MISC", "NORP"),
                 "O": ("O", "DATE")},
    "crossner": {"politician": ("PER",), "person": ("PER",), "organisation": ("ORG",),
                 "politicalparty": ("ORG",), "country": ("LOC",), "location": ("LOC",),
                 "event": ("MISC",), "election": ("MISC",), "misc": ("MISC", "NORP"),
                 "O": ("O", "DATE")},
    "wnut": {"person": ("PER",), "location": ("LOC",), "corporation": ("ORG",), "group": ("ORG",),
             "product": ("MISC",), "creative-work": ("MISC",), "O": ("O", "DATE", "NORP", "MISC")},
    "re3d": {"Location": ("LOC",), "Organisation": ("ORG",), "Person": ("PER", "O"),
             "Nationality": ("NORP",), "Temporal": ("DATE",), "MilitaryPlatform": ("MISC", "O"),
             "Weapon": ("MISC", "O"), "DocumentReference": ("MISC", "O"), "Frequency": ("O",),
             "Quantity": ("O",), "Money": ("O",), "CommsIdentifier": ("O",), "O": ("O",)},
    "gum": {"person": ("PER",), "place": ("LOC",), "organization": ("ORG",), "event": ("MISC",),
            "object": ("MISC",), "abstract": ("MISC",), "animal": ("MISC", "O"),
            "plant": ("MISC", "O"), "substance": ("MISC", "O"), "time": ("DATE",),
            "O": ("O", "NORP", "MISC")},
    "ewt": {"P": ("PER",), "G": ("ORG",), "L": ("LOC",), "Q": ("ORG", "LOC"),
            "N": ("NORP", "MISC"), "M": ("MISC", "NORP", "DATE", "O"), "D": ("DATE", "MISC", "O"),
            "S": ("PER", "MISC", "DATE", "O"), "x": ("O", "DATE"),
            "O": ("O", "DATE", "NORP", "MISC")},
}
WEB_NAMES = Path(__file__).parent / "web_names.txt"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a corpus. Columns that the corpus lacks are empty tuples.

    ``names`` holds, word by word, the set of tags (indices into NAME_TAGS) that the gold allows;
    ``events`` the label of each word in training.events.EVENTS; ``roles`` an event's word, a word
    beside it, and its role in training.events.ROLES; ``doubts`` an event's word, and whether it is
    told otherwise than as a fact.
    """

    words: tuple[str, ...]
    upos: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    deprels: tuple[str, ...] = ()
    names: tuple[frozenset[int], ...] = ()
    events: tuple[int, ...] = ()
    roles: tuple[tuple[int, int, int], ...] = ()
    doubts: tuple[tuple[int, bool], ...] = ()


def blocks(path: Path) -> Iterator[list[str]]:
    """Yields the blank-line separated blocks of a CoNLL file."""
    block: list[str] = []
    for line in path.read_text(encoding="utf8").splitlines():
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


PEACEFUL = ("# sent_id = reviews-", "# sent_id = answers-")


def read_conllu(path: Path, *, with_names: bool = False,
                with_events: bool = False) -> list[Sentence]:
    """Reads a Universal Dependencies file; ``with_names`` reads GUM's ``Entity`` annotation too.
    ``with_events``: EWT's reviews and answers tell of no event of war."""
    found = []
    for block in blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        peaceful = with_events and any(line.startswith(PEACEFUL) for line in block)
        rows = [row for row in rows if row[0].isdigit()]
        upos = tuple(row[3] for row in rows)
        names: tuple[frozenset[int], ...] = ()
        if with_names:
            names = allowed_tags(gum_names(rows), len(rows), "gum")
        found.append(Sentence(
            words=tuple(row[1] for row in rows), upos=upos,
            feats=tuple(row[5] for row in rows), lemmas=tuple(row[2] for row in rows),
            heads=tuple(int(row[6]) for row in rows), deprels=tuple(row[7] for row in rows),
            names=names, events=(0,) * len(rows) if peaceful else ()))
    return found


_OPEN_OR_CLOSE = re.compile(r"\(([^()]+)|([^()]+)\)|\)")


def gum_names(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    """Finds names among GUM's nested entities: those whose head word is a proper noun.

    Returns [start, end) word ranges with GUM's entity type. Times count whether named or not. An
    entity that stays open over a sentence boundary is left out.
    """
    open_: dict[str, list[tuple[int, str]]] = {}
    spans: list[tuple[int, int, str]] = []
    for i, row in enumerate(rows):
        match = re.search(r"(?:^|\|)Entity=([^|]+)", row[9])
        if not match:
            continue
        for part in re.finditer(r"\(([^()]+)(\))?|([^()]+)\)", match[1]):
            if part[1]:
                fields = part[1].split("-")
                if part[2]:
                    spans.append((i, i + 1, fields[1]))
                else:
                    open_.setdefault(fields[0], []).append((i, fields[1]))
            elif open_.get(part[3].split("-")[0]):
                start, kind = open_[part[3].split("-")[0]].pop()
                spans.append((start, i + 1, kind))
    return longest([name for span in spans if (name := name_within(rows, *span))])


def name_within(rows: list[list[str]], start: int, end: int,
                kind: str) -> tuple[int, int, str] | None:
    """Narrows an entity to the name in it, or gives None where it is a mere description."""
    if kind == "time":
        return (start, end, kind)
    head = next((i for i in range(start, end)
                 if not start <= int(rows[i][6]) - 1 < end), start)
    if rows[head][3] != "PROPN":
        return None
    joins = {"PROPN", "ADP", "CCONJ", "NUM", "PUNCT", "ADJ", "NOUN", "DET", "PART"}
    left = head
    while left > start and rows[left - 1][3] in ("PROPN", "NUM"):
        left -= 1
    right = head + 1
    inside = [rows[i] for i in range(right, end)]
    if inside and all(r[3] in joins for r in inside) and inside[-1][3] == "PROPN" \
            and all(r[7] in ("nmod", "case", "flat", "compound", "det", "conj", "cc", "punct",
                             "nummod", "amod") for r in inside) and len(inside) <= 4 \
            and not any(r[1] in ",;:()" for r in inside):
        right = end
    while right < end and rows[right][3] in ("PROPN", "NUM"):
        right += 1
    return (left, right, kind)


def longest(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Keeps the longest of overlapping spans."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def allowed_tags(spans: Iterable[tuple[int, int, str]], n: int,
                 scheme: str) -> tuple[frozenset[int], ...]:
    """Turns name spans into the allowed tags of each of ``n`` words."""
    types = NAME_SCHEMES[scheme]

    def tags(kinds: tuple[str, ...], prefixes: str) -> frozenset[int]:
        return frozenset(NAME_TAGS.index("O") if k == "O" else NAME_TAGS.index(f"{p}-{k}")
                         for k in kinds for p in prefixes)

    outside = tags(types["O"], "BI")
    allowed = [outside] * n
    for start, end, kind in spans:
        for i in range(start, min(end, n)):
            allowed[i] = tags(types.get(kind, ("MISC", "O")), "B" if i == start else "I")
    return tuple(allowed)


def read_conll_names(path: Path, scheme: str) -> list[Sentence]:
    """Reads word and tag columns, IO or BIO (Wikigold, CrossNER, WNUT 17)."""
    found = []
    for block in blocks(path):
        rows = [line.split() for line in block if not line.startswith("-DOCSTART-")]
        rows = [row for row in rows if len(row) >= 2]
        if not rows:
            continue
        spans: list[tuple[int, int, str]] = []
        for i, row in enumerate(rows):
            tag = row[-1].split(",")[0]
            if tag == "O":
                continue
            prefix, kind = tag.split("-", 1)
            if prefix == "I" and spans and spans[-1][1] == i and spans[-1][2] == kind:
                spans[-1] = (spans[-1][0], i + 1, kind)
            else:
                spans.append((i, i + 1, kind))
        found.append(Sentence(words=tuple(row[0] for row in rows),
                              names=allowed_tags(spans, len(rows), scheme)))
    return found


def read_re3d(folder: Path) -> list[Sentence]:
    """Reads one folder of re3d (JSON lines with character offsets)."""
    def lines(name: str) -> list[dict[str, Any]]:
        text = (folder / name).read_text(encoding="utf8", errors="replace")
        return [json.loads(line) for line in text.splitlines() if line.strip()]

    entities: dict[str, list[dict[str, Any]]] = {}
    for entity in lines("entities.json"):
        entities.setdefault(entity["documentId"], []).append(entity)
    found = []
    for document in lines("documents.json"):
        text, marks = document["text"], entities.get(document["_id"], [])
        for piece in re.finditer(r"[^\n.!?]+(?:[.!?]+(?!\s)[^\n.!?]+)*[.!?]*", text):
            tokens = [(m.start() + piece.start(), m.end() + piece.start())
                      for m in re.finditer(r"\w+|[^\w\s]", piece[0])]
            if not 3 <= len(tokens) <= 120:
                continue
            spans = []
            for mark in marks:
                inside = [i for i, (a, b) in enumerate(tokens)
                          if a < int(mark["end"]) and b > int(mark["begin"])]
                if inside:
                    spans.append((inside[0], inside[-1] + 1, mark["type"]))
            found.append(Sentence(words=tuple(text[a:b] for a, b in tokens),
                                  names=allowed_tags(longest(spans), len(tokens), "re3d")))
    return found


def web_tags(marks: str) -> tuple[frozenset[int], ...]:
    """The tags that a sentence's marks in ``web_names.txt`` allow, one mark a word ("O" where
    there is none); "/" before a mark begins another name."""
    found: list[frozenset[int]] = []
    before = ""
    for begins, mark in re.findall(r"(/?)([A-Zx?])", marks):
        kinds = NAME_SCHEMES["ewt"].get(mark, ("O", *NAME_TYPES))
        prefixes = "BI"
        if mark in "PGLQ":
            prefixes = "I" if mark == before and not begins else "B"
        found.append(frozenset(NAME_TAGS.index("O" if k == "O" else f"{p}-{k}")
                               for k in kinds for p in prefixes))
        before = mark
    return tuple(found)


def read_web_names(treebank: Path, sheet: Path = WEB_NAMES) -> list[Sentence]:
    """EWT's training sentences with their names, which stand in ``sheet`` by number of sentence
    and word. Raises ValueError where the treebank is not the one that was marked."""
    lines = sheet.read_text(encoding="utf8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    digest = hashlib.sha256(treebank.read_bytes()).hexdigest()
    if notes[-1] != f"# {digest}":
        raise ValueError(f"{treebank}: not the file that {sheet} speaks of ({notes[-1][2:]})")
    runs = {int(line.split()[0]): line.split()[1:] for line in lines[len(notes):]}
    found = []
    for number, sentence in enumerate(read_conllu(treebank), 1):
        marks = ["O"] * len(sentence.words)
        for run in runs.get(number, ()):
            first, _, said = run.partition(":")
            for i, mark in enumerate(re.findall(r"/?[A-Zx?]", said), int(first) - 1):
                marks[i] = mark
        found.append(replace(sentence, names=web_tags("".join(marks))))
    return found


def name_corpora(data: Path) -> list[Sentence]:
    """The sentences with names and no trees."""
    return [s for name, part in name_sentences(data).items() if name not in ("ewt", "gum")
            for s in part]


def name_sentences(data: Path) -> dict[str, list[Sentence]]:
    """The sentences that names are learned from, by corpus; those of EWT and GUM have trees."""
    wikigold = data / "ner_wikigold/CONLL-format/data/wikigold.conll.txt"
    return {
        "ewt": read_web_names(data / "ud_english_ewt/en_ewt-ud-train.conllu"),
        "gum": read_conllu(data / "ud_english_gum/en_gum-free-train.conllu", with_names=True),
        "wikigold": read_conll_names(wikigold, "wikigold"),
        "crossner": [s for part in ("train", "dev", "test") for s in
                     read_conll_names(data / f"ner_crossner_politics/{part}.txt", "crossner")],
        "wnut": read_conll_names(data / "ner_wnut17/wnut17train.conll", "wnut"),
        "re3d": [s for folder in ("UK Government", "Wikipedia")
                 for s in read_re3d(data / "ner_re3d" / folder)]}


def as_headline(sentence: Sentence, rng: random.Random) -> Sentence:
    """Writes a sentence the way headlines and hasty typists do: other case, no full stop."""
    style = rng.random()
    words = list(sentence.words)
    if style < 0.4:
        words = [w if len(w) < 4 and i else w[:1].upper() + w[1:] for i, w in enumerate(words)]
    elif style < 0.7:
        words = [w.upper() for w in words]
    else:
        words = [w.lower() for w in words]
    n = len(words)
    drops_stop = n > 3 and words[-1] in ".!" and (not sentence.heads or n not in sentence.heads)
    keep = n - 1 if drops_stop else n

    def cut(column: tuple[Any, ...]) -> tuple[Any, ...]:
        return column[:keep]

    return Sentence(tuple(words[:keep]), cut(sentence.upos), cut(sentence.feats),
                    cut(sentence.lemmas), cut(sentence.heads), cut(sentence.deprels),
                    cut(sentence.names), cut(sentence.events),
                    tuple(r for r in sentence.roles if r[1] < keep))
