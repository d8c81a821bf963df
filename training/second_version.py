"""The second version of the manifest, for policies that read windows of samples and give stiffness and force of the tool."""

from __future__ import annotations

from typing import Any

from checkpoint import Checkpoint
from data import Demonstrations
from graphs import COMPLIANT_SCALES, FILES, INPUTS, Graph, fusion_inputs
from network.config import COMMITTED_ROWS, IMAGE_SIZE, INSTRUCTION_WORDS, STATE_HISTORY
from streams import CHUNK

#: Elements of the tool's state, which the encoder reads in this order.
STATE_NAMES = ["x", "y", "z", "rx", "ry", "rz", "width", "width_velocity"]


def _image(name: str, stream: dict[str, Any], mean: list[float], std: list[float]) -> dict[str, Any]:
    return {
        "type": "image",
        "name": name,
        "stream": stream["stream"],
        "maximumAge": stream["maximumAge"],
        "height": IMAGE_SIZE,
        "width": IMAGE_SIZE,
        "normalisation": {"type": "mean_std", "mean": mean, "std": std},
    }


def _wrench(name: str, stream: dict[str, Any], mean: list[float], std: list[float]) -> dict[str, Any]:
    part = {k: stream[k] for k in ("stream", "unit", "frame", "rateHz", "maximumAge")}
    return {
        "type": "vector",
        "name": name,
        "parts": [part | {"size": len(mean)}],
        "steps": stream["window"],
        "spacing": "samples",
        "normalisation": {"type": "mean_std", "mean": mean, "std": std},
    }


def _state(name: str, stream: dict[str, Any]) -> dict[str, Any]:
    part = {k: stream[k] for k in ("stream", "unit", "frame", "maximumAge")}
    return {"type": "vector", "name": name, "parts": [part | {"names": STATE_NAMES}], "steps": STATE_HISTORY, "spacing": stream["spacing"]}


def encoders(c: Checkpoint, made: dict[str, Graph], streams: dict[str, dict[str, Any]], lists: dict[str, list[float]]) -> list[dict[str, Any]]:
    """The encoders: for each instance its graph, its input and its tokens. lists: statistics of the checkpoint as numbers."""
    text = {"type": "text", "tokenizer": {"type": "words", "vocabulary": c.vocabulary, "corrects": True}, "length": INSTRUCTION_WORDS}
    out = []
    for instance in c.config.instances:
        graph = made[FILES[instance]]
        name = INPUTS[graph.file]
        if instance in ("front", "wrist"):
            one = _image(name, streams[instance], lists["image_mean"], lists["image_std"])
        elif instance == "wrench":
            one = _wrench(name, streams[instance], lists["wrench_mean"], lists["wrench_std"])
        elif instance == "language":
            one = text | {"name": name, "stream": streams[instance]["stream"]}
        else:
            one = _state(name, streams[instance])
        tokens = [{"name": n, "shape": s} for n, s in zip(graph.outputs, graph.shapes, strict=True)]
        out.append({"name": instance, "file": graph.file, "inputs": [one], "outputs": tokens})
    return out


def action(data: Demonstrations) -> dict[str, Any]:
    """What the output `actions` means: the blocks of the datasets, in the order of the network's rows."""
    directory = data.directories[0]
    arm, gripper = directory.actions["actions"]
    stiffness, force = directory.actions["actions.compliance"]
    scales = {"type": "mean_std", "mean": [0.0] * len(COMPLIANT_SCALES), "std": COMPLIANT_SCALES}
    return {**CHUNK, "outputs": [{"name": "actions", "blocks": [arm, stiffness, force, gripper], "normalisation": scales}]}


#: Confidence of the grounding below which no camera sees what the instruction names. For things that are there it is above this in the first
#: pictures of 111 of 111 validation episodes (45 of 51 on tables of other colours), and for things that are not it is below throughout 93 of 100.
REFUSES_BELOW = 0.85
#: The same for an instruction that replaces another one, while the arm moves and its hand hides things: with the limit above, 3 of 90 validation
#: episodes of `interrupt` reacted late.
REFUSES_NEXT_BELOW = 0.3


def fusion(c: Checkpoint) -> dict[str, Any]:
    """The fusion: what its graph gets and gives."""
    committed = {"committed": {"rows": COMMITTED_ROWS}} if c.config.reads_committed else {}
    shown = {"gates": "gates", "grounding": "grounding", "refusesBelow": REFUSES_BELOW, "refusesNextBelow": REFUSES_NEXT_BELOW}
    return {"file": "fusion.onnx", "inputs": [{"name": n} for n in fusion_inputs(c.config)], **committed, **shown}


__all__ = ["action", "encoders", "fusion"]
