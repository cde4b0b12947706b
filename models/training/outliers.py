"""Sets apart the few channels whose numbers are many times as long as all others.

In MPNet one or two of 768 channels reach 50 where the median reaches 1.5: eight bits that hold
these leave the others a handful of steps. They are multiplied in single precision beside the rest:
of base's states, whose squared length is 16, the error of eight bits falls from 6.8 to .14.

Source: Dettmers et al. 2022, "LLM.int8(): 8-bit matrix multiplication for transformers at scale".
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from app.inference.session import open_session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]
    Feed = Mapping[str, Array]

CHANNELS = 8
"""So many are set apart of what a matrix multiplies. With exact weights, one leaves an error of
1.3, two .53, four .078, eight .070, sixteen .052 (`base`, fifteen calls of training pages)."""

NARROWER = 0.5
"""Channels are set apart where the range of the others is at most that share of the whole."""

APART = ".apart"
"""What the names end in of the operators that multiply what is set apart."""


def set_apart(
    exact: Path, path: Path, feeds: Sequence[Feed], channels: int = CHANNELS
) -> dict[str, tuple[float, float]]:
    """Write the graph at `exact` to `path` with so many channels of every product apart.

    Both say the same. Which channels are the longest is seen on `feeds`, padding aside. Returns,
    for every tensor that is multiplied with a matrix, the least and the most of its other channels.
    """
    model = onnx.load(exact)
    graph = model.graph
    weights = {own.name: own for own in graph.initializer}
    products: dict[str, list[onnx.NodeProto]] = defaultdict(list)
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            products[node.input[0]].append(node)
    bounds = _bounds_of(exact, list(products), feeds)
    after: dict[str, list[onnx.NodeProto]] = {}
    ranges = {}
    for name, nodes in products.items():
        least, most = bounds[name]
        lengths = np.maximum(-least, most)
        longest = np.sort(np.argsort(lengths)[-channels:])
        others = np.setdiff1d(np.arange(len(least)), longest)
        if lengths[others].max() > NARROWER * lengths.max():
            ranges[name] = (float(least.min()), float(most.max()))
            continue
        ranges[name] = (float(least[others].min()), float(most[others].max()))
        chosen = f"{name}{APART}"
        graph.initializer.append(numpy_helper.from_array(longest, f"{chosen}.channels"))
        taken = helper.make_node(
            "Gather", [name, f"{chosen}.channels"], [chosen], name=chosen, axis=-1
        )
        for node in nodes:
            weight = weights[node.input[1]]
            matrix = numpy_helper.to_array(weight).copy()
            own, rest, whole = (f"{node.name}{APART}{end}" for end in ("", ".rest", ".sum"))
            rows = numpy_helper.from_array(matrix[longest], f"{own}.weights")
            graph.initializer.append(rows)
            matrix[longest] = 0
            weight.CopyFrom(numpy_helper.from_array(matrix, weight.name))
            output, node.output[0] = node.output[0], rest
            after[node.name] = [
                *([taken] if node is nodes[0] else []),
                helper.make_node("MatMul", [chosen, rows.name], [own], name=own),
                helper.make_node("Add", [rest, own], [output], name=whole),
            ]
    ordered = [new for node in graph.node for new in (node, *after.get(node.name, ()))]
    del graph.node[:]
    graph.node.extend(ordered)
    onnx.save(model, path)
    return ranges


def _bounds_of(
    exact: Path, names: Sequence[str], feeds: Sequence[Feed]
) -> dict[str, tuple[Array, Array]]:
    """Return the least and the most of every channel of the tensors with these names."""
    model = onnx.load(exact)
    kind = onnx.TensorProto.FLOAT
    model.graph.output.extend(helper.make_tensor_value_info(name, kind, None) for name in names)
    bounds: dict[str, tuple[Array, Array]] = {}
    with tempfile.TemporaryDirectory() as place:
        probe = Path(place) / "probe.onnx"
        onnx.save(model, probe)
        session = open_session(probe)
        for feed in feeds:
            real = feed["seen"].diagonal(axis1=1, axis2=2)
            for name, values in zip(names, session.run(names, feed), strict=True):
                rows = values[real]
                least, most = bounds.get(name, (rows[0], rows[0]))
                bounds[name] = (
                    np.minimum(least, rows.min(axis=0)),
                    np.maximum(most, rows.max(axis=0)),
                )
    return bounds
