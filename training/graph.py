"""Builds the ONNX graph of the reader from a checkpoint's weights, in one of several precisions.

The graph reads one sentence: ids and shapes [T], first and last piece of each word [W]. Written
by hand rather than traced, so that every operator, and the kind of arithmetic in every product, is
chosen here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import ArrayLike, NDArray
from onnx import TensorProto, helper, numpy_helper

from training.network import Sizes

Array = NDArray[Any]
Precision = Literal["fp32", "blocks", "dynamic", "rows"]
BLOCK = 128       # weights that share a scale in "blocks"
# Processors without VNNI add pairs of products in 16 bits: 2 * 255 * 63 fits, 2 * 255 * 127 does
# not. Seven bits for the weights keep the integer part of every product exact everywhere.
WEIGHT_STEPS = 63
STEPS, MIDDLE = 127, 128      # activations: rows are scaled to 1..255 around 128
OPSET = 20
MICROSOFT = "com.microsoft"


def rows_in_8_bits(weight: Array, steps: int = 127) -> tuple[Array, Array]:
    """A matrix as int8 (at most ``steps``) with one scale for each row (symmetric)."""
    scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-12).astype(np.float32) / steps
    return np.rint(weight / scale).astype(np.int8), scale


class Graph:
    """Collects the nodes and weights of a graph, naming them in order."""

    def __init__(self, precision: Precision, mark: str = "") -> None:
        self.precision, self.mark = precision, mark
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._rows_of: dict[str, tuple[str, str]] = {}

    def constant(self, value: ArrayLike) -> str:
        name = f"{self.mark}w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, op: str, *inputs: str, outputs: int = 1, domain: str = "",
             **attributes: Any) -> Any:
        names = [f"{self.mark}n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: Array, bias: Array | None) -> str:
        """``x @ weight.T + bias`` in the graph's precision."""
        if self.precision == "blocks":
            return self._blocks(x, weight, bias)
        if self.precision == "dynamic":
            return self._dynamic(x, weight, bias)
        if self.precision == "rows":
            y = self._rows(x, weight)
            return y if bias is None else str(self.node("Add", y, self.constant(bias)))
        y = self.node("MatMul", x, self.constant(weight.T))
        return y if bias is None else self.node("Add", y, self.constant(bias))

    def _blocks(self, x: str, weight: Array, bias: Array | None) -> str:
        n, k = weight.shape
        padded = -(-k // BLOCK) * BLOCK
        grid = np.zeros((n, padded), np.float32)
        grid[:, :k] = weight
        whole, scale = rows_in_8_bits(grid.reshape(-1, BLOCK))
        packed = (whole.astype(np.int16) + 128).astype(np.uint8).reshape(n, padded // BLOCK, BLOCK)
        inputs = [x, self.constant(packed), self.constant(scale.reshape(-1))]
        if bias is not None:
            inputs += ["", "", self.constant(bias)]
        return str(self.node("MatMulNBits", *inputs, domain=MICROSOFT, K=k, N=n, bits=8,
                             block_size=BLOCK, accuracy_level=4))

    def _dynamic(self, x: str, weight: Array, bias: Array | None) -> str:
        whole, scale = rows_in_8_bits(weight, WEIGHT_STEPS)
        inputs = [x, self.constant(whole.T), self.constant(scale.reshape(-1)),
                  self.constant(np.zeros(len(weight), np.int8))]
        if bias is not None:
            inputs.append(self.constant(bias))
        return str(self.node("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT))

    def quantised_rows(self, x: str) -> tuple[str, str]:
        """``x`` as unsigned integers around MIDDLE, and the largest magnitude in each row."""
        if x not in self._rows_of:
            top = self.node("ReduceMax", self.node("Abs", x), self.constant(np.array([-1])),
                            keepdims=1)
            whole = self.node("QuantizeLinear", self.node("Div", x, top),
                              self.constant(np.float32(1 / STEPS)),
                              self.constant(np.uint8(MIDDLE)))
            self._rows_of[x] = whole, top
        return self._rows_of[x]

    def reuse(self, x: str, whole: str, top: str) -> None:
        """Says where ``x`` stands in 8 bits already."""
        self._rows_of[x] = whole, top

    def _rows(self, x: str, weight: Array) -> str:
        whole, top = self.quantised_rows(x)
        w, scale = rows_in_8_bits(weight, WEIGHT_STEPS)
        y = self.node("MatMulIntegerToFloat", whole, self.constant(w.T),
                      self.constant(np.float32(1 / STEPS)), self.constant(scale.reshape(-1)),
                      self.constant(np.uint8(MIDDLE)), domain=MICROSOFT)
        return str(self.node("Mul", y, top))

    def embedding(self, table: Array, ids: str) -> str:
        """Rows of ``table``; stored in 8 bits with one scale for each row unless fp32."""
        if self.precision == "fp32":
            return str(self.node("Gather", self.constant(table), ids))
        whole, scale = rows_in_8_bits(table)
        rows = self.node("Cast", self.node("Gather", self.constant(whole), ids),
                         to=TensorProto.FLOAT)
        return str(self.node("Mul", rows, self.node("Gather", self.constant(scale), ids)))


def build(state: Mapping[str, Array], sizes: Sizes, precision: Precision) -> onnx.ModelProto:
    """The model.

    Outputs: best upos and feats [W]; scores of scripts and names [W, labels]; arcs [W, W+1], column
    0 the root; label_pairs [W, deprels, label], label_heads [W+1, label], label_by_dependent
    [W, deprels], label_by_head [W+1, deprels]: the scores of relations of word i to head j are
    ``label_pairs[i] @ label_heads[j] + label_by_dependent[i] + label_by_head[j]``. Of events [W,
    labels]; those of roles of word j beside the event that word i tells of are
    ``role_pairs[i] @ role_fillers[j] + role_by_filler[j]``; doubts [W, 1] are the log odds that
    what a word tells is no fact. Of a checkpoint after ``training.settle``.
    """
    g = Graph(precision)
    pieces = encoder(g, state, sizes)
    results = heads(g, state, sizes, pieces)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [size])
              for name, size in (("ids", "T"), ("shapes", "T"), ("first", "W"), ("last", "W"))]
    outputs = []
    for name, (source, kind, shape) in results.items():
        g.nodes.append(helper.make_node("Identity", [source], [name]))
        outputs.append(helper.make_tensor_value_info(name, kind, shape))
    graph = helper.make_graph(g.nodes, "reader", inputs, outputs, g.weights)
    model = helper.make_model(graph, opset_imports=[
        helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)], ir_version=9)
    model.producer_name = "whoholds training"
    return model


MIDDLE_LAYER = 4      # of the encoder's six: what the names layers read beside the words' vectors


def inner(model: onnx.ModelProto) -> tuple[str, str]:
    """The outputs inside a graph that the names layers read: the words' vectors [W, width], and
    those of the pieces after MIDDLE_LAYER [1, T, width]."""
    norms = [n.output[0] for n in model.graph.node if n.op_type == "LayerNormalization"]
    bent = [n.output[0] for n in model.graph.node if n.op_type == "BiasGelu"]
    return bent[(len(norms) - 1) // 2], norms[2 * MIDDLE_LAYER]


def with_names(model: onnx.ModelProto, state: Mapping[str, Array],
               precision: Precision) -> onnx.ModelProto:
    """The model with other layers for names: ``inner``, a hidden layer, scores. ``state`` has
    ``inner.weight`` [hidden, 2 * width], ``inner.bias``, ``outer.weight``, ``outer.bias``."""
    new, g, words, middle = _opened(model, precision, "names_", ("names",))
    hidden = _bent(g, words, middle, state, "inner")
    scores = g.linear(hidden, state["outer.weight"], state["outer.bias"])
    return _closed(new, g, {"names": scores})


EVENT_OUTPUTS = ("events", "role_pairs", "role_fillers", "role_by_filler", "doubts")


def with_events(model: onnx.ModelProto, state: Mapping[str, Array],
                precision: Precision) -> onnx.ModelProto:
    """The model with other layers for events and roles, and those for doubts [W, 1]: the log odds
    that what a word tells is no fact; ``state`` as of EventLayers."""
    new, g, words, middle = _opened(model, precision, "events_", EVENT_OUTPUTS)
    scores = g.linear(_bent(g, words, middle, state, "inner"), state["outer.weight"],
                      state["outer.bias"])
    fillers = _bent(g, words, middle, state, "filler")
    scaled = np.float32(len(state["teller.bias"]) ** -0.5)
    roles = len(state["by_filler.bias"])
    pairs = g.node("Reshape", g.linear(_bent(g, words, middle, state, "teller"),
                                       state["pair.weight"] * scaled, state["pair.bias"] * scaled),
                   g.constant(np.array([-1, roles, len(state["teller.bias"])])))
    by_filler = g.linear(fillers, state["by_filler.weight"], state["by_filler.bias"])
    doubts = g.linear(_bent(g, words, middle, state, "doubter"), state["doubt.weight"],
                      state["doubt.bias"])
    return _closed(new, g, dict(zip(EVENT_OUTPUTS, (scores, pairs, fillers, by_filler, doubts),
                                    strict=True)))


def _opened(model: onnx.ModelProto, precision: Precision, mark: str,
            outputs: tuple[str, ...]) -> tuple[onnx.ModelProto, Graph, str, str]:
    """A copy of a model without the nodes that give ``outputs`` and those marked ``mark``; a graph
    for other ones; and the words' vectors and their first pieces' of the middle layer in it."""
    new = onnx.ModelProto()
    new.CopyFrom(model)
    words, pieces = inner(new)
    kept = [n for n in new.graph.node if n.output[0] not in outputs
            and not n.output[0].startswith(mark)]
    g = Graph(precision, mark)
    quantised = {n.input[0]: n for n in kept if n.op_type == "Abs"}
    if precision == "rows":    # the other heads have the words' vectors in 8 bits already
        top = next(n.output[0] for n in kept if n.input[0] == quantised[words].output[0])
        parts = next(n.output[0] for n in kept if n.op_type == "Div" and n.input[1] == top)
        g.reuse(words, next(n.output[0] for n in kept if n.input[0] == parts), top)
    weights = [w for w in new.graph.initializer if not w.name.startswith(mark)]
    del new.graph.node[:], new.graph.initializer[:]
    new.graph.node.extend(kept)
    new.graph.initializer.extend(weights)
    middle = g.node("Gather", g.node("Squeeze", pieces, g.constant(np.array([0]))), "first")
    return new, g, words, str(middle)


def _bent(g: Graph, words: str, middle: str, state: Mapping[str, Array], name: str) -> str:
    """A hidden layer over the words' vectors and the middle ones."""
    weight = state[f"{name}.weight"]
    width = weight.shape[1] // 2
    hidden = g.node("Add", g.linear(words, weight[:, :width], None),
                    g.linear(middle, weight[:, width:], None))
    return str(g.node("BiasGelu", hidden, g.constant(state[f"{name}.bias"]), domain=MICROSOFT))


def _closed(model: onnx.ModelProto, g: Graph, results: Mapping[str, str]) -> onnx.ModelProto:
    """The model with the graph's nodes, its results as outputs, and nothing that leads nowhere."""
    for name, source in results.items():
        g.nodes.append(helper.make_node("Identity", [source], [name]))
        if name not in {o.name for o in model.graph.output}:
            model.graph.output.append(helper.make_empty_tensor_value_info(name))
    nodes = [*model.graph.node, *g.nodes]
    wanted = {o.name for o in model.graph.output}
    kept = []
    for node in reversed(nodes):
        if wanted & set(node.output):
            wanted.update(node.input)
            kept.append(node)
    weights = [w for w in (*model.graph.initializer, *g.weights) if w.name in wanted]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(reversed(kept))
    model.graph.initializer.extend(weights)
    return model


def encoder(g: Graph, state: Mapping[str, Array], sizes: Sizes) -> str:
    """The encoder's nodes; gives the name of its output [1, T, width]."""
    def at(name: str) -> Array:
        return state["encoder." + name]

    length = g.node("Shape", "ids")
    places = g.node("Slice", g.constant(at("places.weight")), g.constant(np.array([0])), length)
    shapes = g.node("Gather", g.constant(at("shapes.weight")), "shapes")
    x = g.node("Add", g.node("Add", g.embedding(at("words.weight"), "ids"), places), shapes)
    x = g.node("Unsqueeze", x, g.constant(np.array([0])))
    x = g.node("LayerNormalization", x, g.constant(at("norm.weight")),
               g.constant(at("norm.bias")), axis=-1, epsilon=1e-12)
    for i in range(sizes.layers):
        x = layer(g, x, {k.split(".", 3)[3]: v for k, v in state.items()
                         if k.startswith(f"encoder.layers.{i}.")}, sizes)
    return x


def joined(state: Mapping[str, Array], *names: str) -> tuple[Array, Array]:
    """Weights and biases of several linear layers with one input, as one layer."""
    return (np.concatenate([state[f"{name}.weight"] for name in names]),
            np.concatenate([state[f"{name}.bias"] for name in names]))


def layer(g: Graph, x: str, state: Mapping[str, Array], sizes: Sizes) -> str:
    """One transformer layer; query, key and value as one product."""
    weight, bias = joined(state, "query", "key", "value")
    q, k, v = g.node("Split", g.linear(x, weight, None), outputs=3, axis=-1, num_outputs=3)
    mixed = g.node("MultiHeadAttention", q, k, v, g.constant(bias), domain=MICROSOFT,
                   num_heads=sizes.attention_heads)
    y = g.linear(mixed, state["output.weight"], None)
    x = normed(g, state, "norm1", y, x, g.constant(state["output.bias"]))
    y = g.node("BiasGelu", g.linear(x, state["inner.weight"], None),
               g.constant(state["inner.bias"]), domain=MICROSOFT)
    y = g.linear(y, state["outer.weight"], None)
    return normed(g, state, "norm2", y, x, g.constant(state["outer.bias"]))


def normed(g: Graph, state: Mapping[str, Array], norm: str, *terms: str) -> str:
    """The norm of a sum; ONNX Runtime's one operator for all of it is five times slower."""
    total = terms[0]
    for term in terms[1:]:
        total = g.node("Add", total, term)
    return str(g.node("LayerNormalization", total, g.constant(state[f"{norm}.weight"]),
                      g.constant(state[f"{norm}.bias"]), axis=-1, epsilon=1e-12))


def heads(g: Graph, state: Mapping[str, Array], sizes: Sizes,
          pieces: str) -> dict[str, tuple[str, int, list[Any]]]:
    """The heads' nodes; gives each output's name with its source, type and shape."""
    def activated(x: str, *names: str) -> str:
        weight, bias = joined(state, *names)
        return str(g.node("BiasGelu", g.linear(x, weight, None), g.constant(bias),
                          domain=MICROSOFT))

    def split(x: str, *widths: int) -> list[str]:
        found = g.node("Split", x, g.constant(np.array(widths)), outputs=len(widths), axis=-1)
        return list(found)

    flat = g.node("Squeeze", pieces, g.constant(np.array([0])))
    words = activated(g.node("Concat", g.node("Gather", flat, "first"),
                             g.node("Gather", flat, "last"), axis=-1), "joined")
    governors = g.node("Concat", g.constant(state["root"][None]), words, axis=0)
    arc_dependent, dependents = split(
        activated(words, "arc_dependent.linear", "label_dependent.linear"), sizes.arc, sizes.label)
    arc_head, label_heads = split(
        activated(governors, "arc_head.linear", "label_head.linear"), sizes.arc, sizes.label)
    scaled = np.float32(sizes.arc ** -0.5)
    arcs = g.node("MatMul", g.linear(arc_dependent, state["arc.weight"] * scaled,
                                     state["arc.bias"] * scaled),
                  g.node("Transpose", arc_head, perm=[1, 0]))
    scaled = np.float32(sizes.label ** -0.5)
    weight, bias = state["label.weight"] * scaled, state["label.bias"] * scaled
    pairs = g.node("Reshape", g.linear(dependents, weight, bias),
                   g.constant(np.array([-1, sizes.deprels, sizes.label])))
    upos, feats, scripts, names = split(
        g.linear(words, *joined(state, "upos", "feats", "scripts", "names")),
        sizes.upos, sizes.feats, sizes.scripts, sizes.names)
    tellers, fillers = split(
        activated(words, "role_event.linear", "role_filler.linear"), sizes.role, sizes.role)
    scaled = np.float32(sizes.role ** -0.5)
    roles = g.node("Reshape", g.linear(tellers, state["role.weight"] * scaled,
                                       state["role.bias"] * scaled),
                   g.constant(np.array([-1, sizes.roles, sizes.role])))
    weight, bias = joined(state, "doubts")    # of *fact* and *no fact*
    number, real = TensorProto.INT64, TensorProto.FLOAT

    def best(scores: str) -> str:
        return str(g.node("ArgMax", scores, axis=-1, keepdims=0))

    return {
        "upos": (best(upos), number, ["W"]),
        "feats": (best(feats), number, ["W"]),
        "scripts": (scripts, real, ["W", sizes.scripts]),
        "names": (names, real, ["W", sizes.names]),
        "arcs": (arcs, real, ["W", "W+1"]),
        "label_pairs": (pairs, real, ["W", sizes.deprels, sizes.label]),
        "label_heads": (label_heads, real, ["W+1", sizes.label]),
        "label_by_dependent": (g.linear(dependents, *joined(state, "label_by_dependent")), real,
                               ["W", sizes.deprels]),
        "label_by_head": (g.linear(label_heads, *joined(state, "label_by_head")), real,
                          ["W+1", sizes.deprels]),
        "events": (g.linear(words, *joined(state, "events")), real, ["W", sizes.events]),
        "role_pairs": (roles, real, ["W", sizes.roles, sizes.role]),
        "role_fillers": (fillers, real, ["W", sizes.role]),
        "role_by_filler": (g.linear(fillers, *joined(state, "role_by_filler")), real,
                           ["W", sizes.roles]),
        "doubts": (g.linear(words, weight[1:] - weight[:1], bias[1:] - bias[:1]), real, ["W", 1]),
    }
