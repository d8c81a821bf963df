"""Exports the network as the five ONNX graphs of a policy folder."""

from __future__ import annotations

import hashlib
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from network import PolicyNetwork
from network.config import HORIZON, IMAGE_SIZE, INSTANCES, INSTRUCTION_WORDS, WRENCH_WINDOW
from network.fusion import Encoded

#: Graph file of each encoder instance.
FILES = {
    "front": "vision.onnx",
    "wrist": "vision.onnx",
    "wrench": "wrench.onnx",
    "language": "language.onnx",
    "joints": "joints.onnx",
}
#: Output names of each encoder graph.
OUTPUTS = {
    "vision.onnx": ["map", "tokens"],
    "wrench.onnx": ["tokens"],
    "language.onnx": ["pooled"],
    "joints.onnx": ["tokens"],
}
#: Input name of each encoder graph. The words are not called `tokens`, since inputs and outputs need different names.
INPUTS = {"vision.onnx": "image", "wrench.onnx": "wrench", "language.onnx": "words", "joints.onnx": "state"}
#: Input names of the fusion graph, in the order of `Encoded`.
FUSION_INPUTS = [f"{name}.{output}" for name in INSTANCES for output in OUTPUTS[FILES[name]]] + ["present"]


class FusionGraph(nn.Module):
    """Fusion with flat inputs and outputs: actions [1,16,7], gates [1,5], grounding [1,2,3] (x, y, confidence per camera)."""

    def __init__(self, net: PolicyNetwork) -> None:
        super().__init__()
        self.fusion = net.fusion

    def forward(self, *values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        present = values[-1]
        fused = self.fusion(Encoded(*values[:-1]), present)
        places = [torch.cat([p.xy, p.confidence], 2) for p in (fused.front, fused.wrist)]
        return fused.actions, fused.gates, torch.cat(places, 1) * present[:, :2, None]


@dataclass(frozen=True)
class Graph:
    """One ONNX file, with example inputs and the output shapes for the manifest."""

    file: str
    module: nn.Module
    inputs: list[str]
    examples: list[Tensor]
    outputs: list[str]
    shapes: list[list[int]]


def graphs(net: PolicyNetwork) -> list[Graph]:
    """The graphs of a network: four encoders, then fusion."""
    encoders = {
        "vision.onnx": (net.vision, torch.rand(1, 3, IMAGE_SIZE, IMAGE_SIZE)),
        "wrench.onnx": (net.wrench, torch.rand(1, WRENCH_WINDOW, 6)),
        "language.onnx": (net.language, torch.tensor([[2, 3, 4] + [0] * (INSTRUCTION_WORDS - 3)])),
        "joints.onnx": (net.joints, torch.rand(1, 8)),
    }
    out: list[Graph] = []
    values: dict[str, Tensor] = {}
    with torch.no_grad():
        for file, (module, example) in encoders.items():
            result = module(example)
            tensors = list(result) if isinstance(result, tuple) else [result]
            out.append(Graph(file, module, [INPUTS[file]], [example], OUTPUTS[file], [list(t.shape) for t in tensors]))
            for name in (n for n in INSTANCES if FILES[n] == file):
                values.update({f"{name}.{o}": t for o, t in zip(OUTPUTS[file], tensors, strict=True)})
        values["present"] = torch.ones(1, len(INSTANCES))
        shapes = [[1, HORIZON, 7], [1, len(INSTANCES)], [1, 2, 3]]
        examples = [values[name] for name in FUSION_INPUTS]
        out.append(Graph("fusion.onnx", FusionGraph(net), FUSION_INPUTS, examples, ["actions", "gates", "grounding"], shapes))
    return out


def write(graph: Graph, folder: Path, opset: int) -> Path:
    """Writes a graph atomically and returns its path."""
    path = folder / graph.file
    part = path.with_suffix(".part")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.module.eval(),
            tuple(graph.examples),
            str(part),
            input_names=graph.inputs,
            output_names=graph.outputs,
            opset_version=opset,
            dynamo=False,
            do_constant_folding=True,
        )
    model = onnx.load(part)
    # The tracer leaves some output sizes dynamic, although all of them are fixed.
    for value, shape in zip(model.graph.output, graph.shapes, strict=True):
        del value.type.tensor_type.shape.dim[:]
        for size in shape:
            value.type.tensor_type.shape.dim.add().dim_value = size
    onnx.checker.check_model(model)
    onnx.save(model, part)
    os.replace(part, path)
    return path


def halve(path: Path) -> None:
    """Stores large constants in half precision and casts them to float32 in the graph, so that arithmetic stays in float32."""
    model = onnx.load(path)
    casts = []
    for initializer in list(model.graph.initializer):
        if initializer.data_type != TensorProto.FLOAT or np.prod(initializer.dims) < 1024:
            continue
        name = initializer.name
        half = numpy_helper.from_array(numpy_helper.to_array(initializer).astype(np.float16), name + ".half")
        model.graph.initializer.remove(initializer)
        model.graph.initializer.append(half)
        casts.append(helper.make_node("Cast", [half.name], [name], to=TensorProto.FLOAT))
    for i, node in enumerate(casts):
        model.graph.node.insert(i, node)
    onnx.checker.check_model(model)
    part = path.with_suffix(".part")
    onnx.save(model, part)
    os.replace(part, path)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
