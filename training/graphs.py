"""Exports the network as the ONNX graphs of a policy folder."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from checkpoint import Checkpoint
from network import PolicyNetwork
from network.committed import Committed
from network.compliance import decode, encode_tensor
from network.config import CHUNK_SCALE, COMMITTED_ROWS, HORIZON, IMAGE_SIZE, INSTANCES, INSTRUCTION_WORDS, WRENCH, NetworkConfig
from network.fusion import Encoded, Fused

#: Graph file of each encoder instance.
FILES = {
    "front": "vision.onnx",
    "wrist": "vision.onnx",
    "wrench": "wrench.onnx",
    "language": "language.onnx",
    "joints": "joints.onnx",
}
#: Spaces whose fusion reads where the robot is.
POSITIONED = ("joint_position", "ee_compliant")
#: A box without limits (m).
ANYWHERE = np.array([[-1e3] * 3, [1e3] * 3], np.float32)
#: Size of an action of a compliant tool (m, rad, N/m, N, m), by which the graph divides it, so that all outputs are near 1.
COMPLIANT_SCALES = [0.05] * 3 + [0.1] * 3 + [2000.0] * 3 + [5.0] * 3 + [0.04]
#: Inputs of the fusion of a compliant tool: the actions that the robot goes on to execute, in the terms of its output, and which rows count.
COMMITTED_INPUTS = ("committed", "committed.mask")
#: Position of the wrench tokens among the arguments of `Encoded`.
WRENCH_ARGUMENT = Encoded._fields.index("wrench")
#: Input name of each encoder graph. The words are not called `tokens`, since inputs and outputs need different names.
INPUTS = {"vision.onnx": "image", "wrench.onnx": "wrench", "language.onnx": "words", "joints.onnx": "state"}


def outputs(config: NetworkConfig) -> dict[str, list[str]]:
    """Output names of each encoder graph.

    In the spaces `joint_position` and `ee_compliant` the joints' graph also passes on the positions that it reads: fusion adds the
    displacements to those of the joints, and limits where it sends the tool.
    """
    return {
        "vision.onnx": ["map", "tokens"],
        "wrench.onnx": ["tokens"],
        "language.onnx": ["pooled"],
        "joints.onnx": ["tokens", "position"] if config.space in POSITIONED else ["tokens"],
    }


def token_names(config: NetworkConfig) -> list[str]:
    """Names of all outputs of the encoders, by which fusion gets them."""
    named = outputs(config)
    return [f"{name}.{output}" for name in config.instances for output in named[FILES[name]]]


def fusion_inputs(config: NetworkConfig) -> list[str]:
    """Input names of the fusion graph: all outputs of the encoders, the committed actions of a compliant tool, the presence of each instance."""
    return [*token_names(config), *(COMMITTED_INPUTS if config.reads_committed else ()), "present"]


class JointsGraph(nn.Module):
    """The joints' encoder with the positions of its input as a second output: all joints, or x, y, z of the newest state of the tool."""

    def __init__(self, net: PolicyNetwork) -> None:
        super().__init__()
        self.encoder = net.joints
        self.compliant = net.config.compliant

    def forward(self, state: Tensor) -> tuple[Tensor, Tensor]:
        return self.encoder(state), state[:, -1, :3] * 1.0 if self.compliant else state * 1.0


def coherent(fused: Fused, committed: Committed, weight: float) -> Tensor:
    """The chunk [B,16,action] of the mode that is probable and goes on as the robot does already.

    The log probability of a mode loses `weight` times its mean difference from the committed rows, in CHUNK_SCALE (backward coherence: Liu, Hamid, Xie,
    Lee, Du, Finn: Bidirectional Decoding, 2024). Without committed rows the most probable mode is taken.
    """
    assert fused.chunks is not None and fused.chances is not None
    gap = (fused.chunks[:, :, :COMMITTED_ROWS] - committed.rows[:, None]).abs().mean(3) * committed.mask[:, None]
    apart = gap.sum(2) / committed.mask.sum(1, keepdim=True).clamp(min=1.0)
    score = fused.chances.log_softmax(1) - apart * (weight / CHUNK_SCALE)
    best = (score >= score.amax(1, keepdim=True)).float()
    best = best / best.sum(1, keepdim=True)
    return (fused.chunks * best[:, :, None, None]).sum(1)


class FusionGraph(nn.Module):
    """Fusion with flat inputs and outputs, over the n instances of the robot.

    actions [1,16,action], gates [1,n], grounding [1,2,3] (x, y, confidence per camera). Actions are normalised: in the space
    `joint_position` with the statistics of the state, so that they are positions on the scale of the input `position`. Those of a compliant
    tool are no codes: numbers in SI units by COMPLIANT_SCALES, as are the committed ones [1,6,action] (mask [1,6]), which the chunk repeats. They send
    the tool to places within `box` [2,3] (m) alone: the error of a large displacement is large, and a control loop refuses a chunk that
    leaves the workspace.
    """

    def __init__(self, net: PolicyNetwork, checkpoint: Checkpoint, moved: Sequence[int], box: np.ndarray) -> None:
        super().__init__()
        self.fusion = net.fusion
        self.config = net.config
        self.register_buffer("kept", torch.tensor([net.config.kept], dtype=torch.float32))
        self.moved = list(moved)
        if net.config.compliant:
            for name in ("mean", "std"):
                value = np.asarray(getattr(checkpoint.statistics, f"action_{name}"), np.float32)
                self.register_buffer(name, torch.from_numpy(value))
            self.register_buffer("scales", torch.tensor(COMPLIANT_SCALES))
            self.register_buffer("box", torch.from_numpy(np.asarray(box, np.float32)))
        if net.config.space == "joint_position":
            s, n = checkpoint.statistics, len(self.moved)
            std = torch.from_numpy(np.asarray(s.state_std, np.float32))[self.moved]
            self.register_buffer("scale", torch.from_numpy(np.asarray(s.action_std, np.float32))[:, :n] / std)
            self.register_buffer("offset", torch.from_numpy(np.asarray(s.action_mean, np.float32))[:, :n] / std)

    def forward(self, *values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        present = values[-1]
        tokens = list(values[:-1])
        mask, given = (tokens.pop(), tokens.pop()) if self.config.reads_committed else (None, None)
        position = tokens.pop() if self.config.space in POSITIONED else None
        if not self.config.wrench:
            # The sensor that the robot lacks is one that never gives a sample.
            tokens.insert(WRENCH_ARGUMENT, tokens[-1].new_zeros(1, 2, self.config.d))
            present = torch.cat([present[:, :WRENCH], torch.zeros_like(present[:, :1]), present[:, WRENCH:]], 1)
        if self.config.without:
            # A modality without training is absent, also where a caller hands it over.
            present = present * self.kept
        committed = None
        if given is not None:
            codes = (encode_tensor(given * self.scales) - self.mean[:COMMITTED_ROWS]) / self.std[:COMMITTED_ROWS]
            committed = Committed(codes, mask)
        fused = self.fusion(Encoded(*tokens), present, committed=committed if self.config.prefix else None)
        places = [torch.cat([p.xy, p.confidence], 2) for p in (fused.front, fused.wrist)]
        gates = fused.gates if self.config.wrench else torch.cat([fused.gates[:, :WRENCH], fused.gates[:, WRENCH + 1 :]], 1)
        actions = fused.actions
        if committed is not None and self.config.coherence:
            actions = coherent(fused, committed, self.config.coherence)
        if self.config.compliant:
            actions = decode(actions * self.std + self.mean)
            target = (actions[..., :3] + position[:, None]).maximum(self.box[0]).minimum(self.box[1])
            actions = torch.cat([target - position[:, None], actions[..., 3:]], 2) / self.scales
            if given is not None and self.config.prefix:
                # Training leaves open what the network says of given rows.
                first = given * mask[:, :, None] + actions[:, :COMMITTED_ROWS] * (1.0 - mask[:, :, None])
                actions = torch.cat([first, actions[:, COMMITTED_ROWS:]], 1)
        elif position is not None:
            joints = actions[..., :-1] * self.scale + self.offset + position[:, None, self.moved]
            actions = torch.cat([joints, actions[..., -1:]], 2)
        return actions, gates, torch.cat(places, 1) * present[:, :2, None]


@dataclass(frozen=True)
class Graph:
    """One ONNX file, with example inputs and the output shapes for the manifest."""

    file: str
    module: nn.Module
    inputs: list[str]
    examples: list[Tensor]
    outputs: list[str]
    shapes: list[list[int]]


def graphs(checkpoint: Checkpoint, moved: Sequence[int] = (), box: np.ndarray = ANYWHERE) -> list[Graph]:
    """The graphs of a checkpoint's averaged network: its encoders, then fusion.

    moved: index in the state of each joint that an action moves, for actions of joints. box: least and greatest place that a compliant tool is
    sent to [2,3] (m, base frame).
    """
    net = checkpoint.network()
    config, named = net.config, outputs(net.config)
    joints = JointsGraph(net) if config.space in POSITIONED else net.joints
    encoders = {
        "vision.onnx": (net.vision, torch.rand(1, 3, IMAGE_SIZE, IMAGE_SIZE)),
        "wrench.onnx": (net.wrench, torch.rand(1, config.wrench_window, 6)),
        "language.onnx": (net.language, torch.tensor([[2, 3, 4] + [0] * (INSTRUCTION_WORDS - 3)])),
        "joints.onnx": (joints, torch.rand(1, *config.state)),
    }
    count = len(config.instances)
    out: list[Graph] = []
    values: dict[str, Tensor] = {}
    with torch.no_grad():
        for file, (module, example) in encoders.items():
            if module is None:
                continue
            result = module.eval()(example)
            tensors = list(result) if isinstance(result, tuple) else [result]
            out.append(Graph(file, module, [INPUTS[file]], [example], named[file], [list(t.shape) for t in tensors]))
            for name in (n for n in config.instances if FILES[n] == file):
                values.update({f"{name}.{o}": t for o, t in zip(named[file], tensors, strict=True)})
        values["present"] = torch.ones(1, count)
        values |= {"committed": torch.rand(1, COMMITTED_ROWS, config.action), "committed.mask": torch.ones(1, COMMITTED_ROWS)}
        shapes = [[1, HORIZON, config.action], [1, count], [1, 2, 3]]
        inputs = fusion_inputs(config)
        fusion = FusionGraph(net, checkpoint, moved, box)
        out.append(Graph("fusion.onnx", fusion, inputs, [values[name] for name in inputs], ["actions", "gates", "grounding"], shapes))
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
