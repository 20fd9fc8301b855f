"""Layers for names take the place of others in a graph; nothing else of it changes."""

from __future__ import annotations

import numpy as np
import pytest

from whoholds.language.encoder import OUTPUTS
from whoholds.language.files import GRAPH, SHIPPED

onnx = pytest.importorskip("onnx", reason="wants the extra \"training\"")
ort = pytest.importorskip("onnxruntime")


def test_other_names_layers() -> None:
    from training.graph import with_names
    model = onnx.load(str(SHIPPED / GRAPH))
    random = np.random.default_rng(1)
    state = {"inner.weight": random.normal(0, 0.1, (8, 768)), "inner.bias": np.zeros(8),
             "outer.weight": random.normal(0, 1, (13, 8)), "outer.bias": np.zeros(13)}
    small = {name: value.astype(np.float32) for name, value in state.items()}
    changed = with_names(model, small, "rows")
    assert with_names(changed, small, "rows") == changed
    feed = {"ids": np.array([101, 2000, 3000, 102]), "shapes": np.array([7, 1, 0, 7]),
            "first": np.array([1, 2]), "last": np.array([1, 2])}
    before, after = (ort.InferenceSession(m.SerializeToString(),
                                          providers=["CPUExecutionProvider"]).run(OUTPUTS, feed)
                     for m in (model, changed))
    for name, old, new in zip(OUTPUTS, before, after, strict=True):
        assert np.array_equal(old, new) == (name != "names"), name
