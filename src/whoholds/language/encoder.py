"""Runs the network: one sentence at a time; what it says depends on that sentence alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from whoholds.core import DataError, Event
from whoholds.language.events import EventDecoder, moved, probabilities
from whoholds.language.files import ModelFiles
from whoholds.language.pieces import PieceCutter
from whoholds.language.trees import heads_of

Reals = NDArray[np.float32]
MOST_WORDS = 150       # the longest sentence that the network saw in training
MOST_PIECES = 512      # positions that the encoder has
OUTPUTS = ("upos", "feats", "scripts", "names", "arcs", "label_pairs", "label_heads",
           "label_by_dependent", "label_by_head", "events", "role_pairs", "role_fillers",
           "role_by_filler", "doubts")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the network says of a sentence: label indices and 0-based heads (-1: root), word by
    word, and the scores of lemma scripts and of name tags [words, labels]; words that tell of
    events; how probable it is, word by word, that what it tells is no fact."""

    upos: list[int]
    feats: list[int]
    heads: list[int]
    deprels: list[int]
    scripts: Reals
    names: Reals
    events: tuple[Event, ...]
    doubts: list[float]


class Encoder:
    """The ONNX graph with its decoder of trees. Safe to use from several threads."""

    def __init__(self, files: ModelFiles) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # the graph is written with the operators that should run; further fusions slow it down
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            self._session = ort.InferenceSession(files.graph, options,
                                                 providers=["CPUExecutionProvider"])
            self.cutter = PieceCutter(files.vocabulary)
        except Exception as error:
            raise DataError(str(files.vocabulary.parent), "the reader's model cannot be loaded: "
                            + str(error).partition("\n")[0]) from error
        self._root = files.labels.deprels.index("root")
        self._events = EventDecoder(files.labels.events, files.labels.roles)
        self._joint = files.labels.deprels.index("parataxis")

    def analyse(self, forms: Sequence[str]) -> Analysis:
        """Reads one sentence of any length; one that is too long is read in parts."""
        ranges = self._parts(forms)
        if len(ranges) == 1:
            return self._run(forms)
        parts = [self._run(forms[a:b]) for a, b in ranges]
        return self._stitched(parts, [a for a, _ in ranges])

    def feed(self, forms: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        """The network's input for a sentence that fits it."""
        cut = self.cutter.cut(forms)
        return {"ids": np.array(cut.ids, np.int64), "shapes": np.array(cut.shapes, np.int64),
                "first": np.array(cut.first, np.int64), "last": np.array(cut.last, np.int64)}

    def run(self, feed: dict[str, NDArray[np.int64]]) -> list[Any]:
        """The network's outputs, in the order of OUTPUTS."""
        found: list[Any] = self._session.run(OUTPUTS, feed)
        return found

    def _run(self, forms: Sequence[str]) -> Analysis:
        (upos, feats, scripts, names, arcs, pairs, governors, by_dependent, by_head, *told,
         doubts) = self.run(self.feed(forms))
        above = heads_of(arcs)                            # 1-based, 0 is the root
        scores = np.matmul(pairs, governors[above][:, :, None])[:, :, 0]
        scores += by_dependent
        scores += by_head[above]
        scores[:, self._root] = -np.inf
        deprels = scores.argmax(1).tolist()
        deprels[above.index(0)] = self._root
        return Analysis(upos.tolist(), feats.tolist(), [h - 1 for h in above], deprels, scripts,
                        names, self._events.events(*told), probabilities(doubts))

    def _parts(self, forms: Sequence[str]) -> list[tuple[int, int]]:
        """Ranges of words that fit the network; cut after clause punctuation where there is any."""
        costs = [len(self.cutter.ids_of(form)) for form in forms]
        if len(forms) <= MOST_WORDS and sum(costs) <= MOST_PIECES - 2:
            return [(0, len(forms))]
        ranges: list[tuple[int, int]] = []
        start = 0
        while start < len(forms):
            end, room = start, MOST_PIECES - 2
            while end < len(forms) and end - start < MOST_WORDS and costs[end] <= room:
                room -= costs[end]
                end += 1
            if end < len(forms):
                end = _clause_end(forms, start, end)
            ranges.append((start, end))
            start = end
        return ranges

    def _stitched(self, parts: Sequence[Analysis], starts: Sequence[int]) -> Analysis:
        """One tree out of several: the later roots hang from the first as parataxis."""
        root = parts[0].heads.index(-1)
        heads, deprels = list(parts[0].heads), list(parts[0].deprels)
        for part, start in zip(parts[1:], starts[1:], strict=True):
            heads += [root if h < 0 else h + start for h in part.heads]
            deprels += [self._joint if h < 0 else d
                        for h, d in zip(part.heads, part.deprels, strict=True)]

        def joined(column: str) -> list[Any]:
            return [label for part in parts for label in getattr(part, column)]
        return Analysis(joined("upos"), joined("feats"), heads, deprels,
                        np.concatenate([part.scripts for part in parts]),
                        np.concatenate([part.names for part in parts]),
                        tuple(moved(e, start) for part, start in zip(parts, starts, strict=True)
                              for e in part.events),
                        joined("doubts"))


def _clause_end(forms: Sequence[str], start: int, end: int) -> int:
    """The best place to cut in the second half of ``start`` to ``end``: after ``;``, else ``:`` or
    a dash, else a comma, else at the end."""
    middle = start + (end - start + 1) // 2
    for marks in (";", ":—–", ","):
        for at in range(end, middle, -1):
            if forms[at - 1] in marks:
                return at
    return end
