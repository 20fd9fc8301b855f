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
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.network import Sizes

Array = NDArray[Any]
Precision = Literal["fp32", "blocks", "dynamic", "rows"]
BLOCK = 128       # weights that share a scale in "blocks"
OPSET = 20
MICROSOFT = "com.microsoft"


def rows_in_8_bits(weight: Array) -> tuple[Array, Array]:
    """A matrix as int8 with one scale for each row (symmetric)."""
    scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-12).astype(np.float32) / 127
    return np.rint(weight / scale).astype(np.int8), scale


class Graph:
    """Collects the nodes and weights of a graph, naming them in order."""

    def __init__(self, precision: Precision) -> None:
        self.precision = precision
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def constant(self, value: Array) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, *inputs: str, outputs: int = 1, domain: str = "",
             **attributes: Any) -> Any:
        names = [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: Array, bias: Array | None, exact: bool = False) -> str:
        """``x @ weight.T + bias`` in the graph's precision; ``exact`` keeps it in fp32."""
        precision = "fp32" if exact else self.precision
        if precision == "blocks" and weight.shape[1] % 16 == 0:
            return self._blocks(x, weight, bias)
        if precision == "dynamic":
            return self._dynamic(x, weight, bias)
        if precision == "rows":
            return self._rows(x, weight, bias)
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
        whole, scale = rows_in_8_bits(weight)
        inputs = [x, self.constant(whole.T), self.constant(scale.reshape(-1)),
                  self.constant(np.zeros(len(weight), np.int8))]
        if bias is not None:
            inputs.append(self.constant(bias))
        return str(self.node("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT))

    def quantised_rows(self, x: str) -> tuple[str, str]:
        """``x`` as uint8 around 128 with one scale for each row."""
        top = self.node("ReduceMax", self.node("Abs", x), self.constant(np.array([-1])),
                        keepdims=1)
        scale = self.node("Mul", self.node("Max", top, self.constant(np.float32(1e-9))),
                          self.constant(np.float32(1 / 127)))
        whole = self.node("QuantizeLinear", self.node("Div", x, scale),
                          self.constant(np.float32(1.0)), self.constant(np.uint8(128)))
        return whole, scale

    def _rows(self, x: str, weight: Array, bias: Array | None) -> str:
        whole, scale = self.quantised_rows(x)
        w, w_scale = rows_in_8_bits(weight)
        y = self.node("MatMulInteger", whole, self.constant(w.T), self.constant(np.uint8(128)))
        y = self.node("Mul", self.node("Mul", self.node("Cast", y, to=TensorProto.FLOAT),
                                       self.constant(w_scale.reshape(-1))), scale)
        return y if bias is None else self.node("Add", y, self.constant(bias))

    def embedding(self, table: Array, ids: str) -> str:
        """Rows of ``table``; stored in 8 bits with one scale for each row unless fp32."""
        if self.precision == "fp32":
            return str(self.node("Gather", self.constant(table), ids))
        whole, scale = rows_in_8_bits(table)
        rows = self.node("Cast", self.node("Gather", self.constant(whole), ids),
                         to=TensorProto.FLOAT)
        return str(self.node("Mul", rows, self.node("Gather", self.constant(scale), ids)))


def build(state: Mapping[str, Array], sizes: Sizes, precision: Precision) -> onnx.ModelProto:
    """The model. Outputs: best upos and feats [W]; scripts [W, scripts]; names [W, tags];
    arcs [W, W+1]; label_pairs [W, deprels, label], label_heads [W+1, label], label_by_dependent [W, deprels],
    label_by_head [W+1, deprels]: a relation's score for word i under head j is
    ``label_pairs[i] @ label_heads[j] + label_by_dependent[i] + label_by_head[j]``."""
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


def layer(g: Graph, x: str, state: Mapping[str, Array], sizes: Sizes) -> str:
    """One transformer layer; query, key and value as one product."""
    joined = np.concatenate([state[f"{n}.weight"] for n in ("query", "key", "value")])
    bias = np.concatenate([state[f"{n}.bias"] for n in ("query", "key", "value")])
    q, k, v = g.node("Split", g.linear(x, joined, bias), outputs=3, axis=-1, num_outputs=3)
    mixed = g.node("MultiHeadAttention", q, k, v, domain=MICROSOFT,
                   num_heads=sizes.attention_heads)
    y = g.linear(mixed, state["output.weight"], None)
    x = normed(g, state, "norm1", y, x, bias=state["output.bias"])
    y = g.node("Gelu", g.linear(x, state["inner.weight"], state["inner.bias"]))
    return normed(g, state, "norm2", g.linear(y, state["outer.weight"], None), x,
                  bias=state["outer.bias"])


def normed(g: Graph, state: Mapping[str, Array], norm: str, *sum_of: str, bias: Array) -> str:
    """The norm of ``y + x + bias``, as one operator."""
    return str(g.node("SkipLayerNormalization", *sum_of, g.constant(state[f"{norm}.weight"]),
                      g.constant(state[f"{norm}.bias"]), g.constant(bias), domain=MICROSOFT,
                      epsilon=1e-12))


def heads(g: Graph, state: Mapping[str, Array], sizes: Sizes,
          pieces: str) -> dict[str, tuple[str, int, list[Any]]]:
    """The heads' nodes; gives each output's name with its source, type and shape."""
    def linear(x: str, name: str, scale: float = 1.0, exact: bool = False) -> str:
        return g.linear(x, state[f"{name}.weight"] * np.float32(scale),
                        state[f"{name}.bias"] * np.float32(scale), exact)

    def perceptron(x: str, name: str) -> str:
        return str(g.node("Gelu", linear(x, f"{name}.linear")))

    flat = g.node("Squeeze", pieces, g.constant(np.array([0])))
    ends = g.node("Concat", g.node("Gather", flat, "first"), g.node("Gather", flat, "last"),
                  axis=-1)
    words = g.node("Gelu", linear(ends, "joined"))
    governors = g.node("Concat", g.constant(state["root"][None]), words, axis=0)
    arcs = g.node("MatMul", linear(perceptron(words, "arc_dependent"), "arc", sizes.arc ** -0.5),
                  g.node("Transpose", perceptron(governors, "arc_head"), perm=[1, 0]))
    dependents = perceptron(words, "label_dependent")
    label_heads = perceptron(governors, "label_head")
    pairs = g.node("Reshape", linear(dependents, "label", sizes.label ** -0.5),
                   g.constant(np.array([-1, sizes.deprels, sizes.label])))
    number, real = TensorProto.INT64, TensorProto.FLOAT

    def best(name: str) -> str:
        return str(g.node("ArgMax", linear(words, name, exact=True), axis=-1, keepdims=0))

    return {
        "upos": (best("upos"), number, ["W"]),
        "feats": (best("feats"), number, ["W"]),
        "scripts": (linear(words, "scripts", exact=True), real, ["W", sizes.scripts]),
        "names": (linear(words, "names", exact=True), real, ["W", sizes.names]),
        "arcs": (arcs, real, ["W", "W+1"]),
        "label_pairs": (pairs, real, ["W", sizes.deprels, sizes.label]),
        "label_heads": (label_heads, real, ["W+1", sizes.label]),
        "label_by_dependent": (linear(dependents, "label_by_dependent", exact=True), real,
                               ["W", sizes.deprels]),
        "label_by_head": (linear(label_heads, "label_by_head", exact=True), real,
                          ["W+1", sizes.deprels]),
    }
