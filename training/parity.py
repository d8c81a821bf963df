"""Compares ONNX Runtime with PyTorch, and makes test cases for other runtimes."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import torch

from checkpoint import Checkpoint
from data import Demonstrations, Record
from graphs import COMMITTED_INPUTS, COMPLIANT_SCALES, FILES, INPUTS, Graph, fusion_inputs, outputs, token_names
from network import NetworkConfig
from network.compliance import decode
from network.config import COMMITTED_ROWS, INSTRUCTION_WORDS

#: Instances that are absent, by the name of the case.
ABSENT: dict[str, tuple[str, ...]] = {"all present": (), "no language": ("language",), "no wrench": ("wrench",)}
ABSENT |= {"no vision": ("front", "wrist"), "no wrist camera": ("wrist",)}


def masks(config: NetworkConfig) -> dict[str, list[int]]:
    """Presence of each instance of the network by the name of the case."""
    known = {name: absent for name, absent in ABSENT.items() if set(absent) <= set(config.instances)}
    return {name: [int(instance not in absent) for instance in config.instances] for name, absent in known.items()}


class Runtime:
    """Runs the graphs on one thread as the framework does: absent instances have zeros as input."""

    def __init__(self, folder: Path, config: NetworkConfig) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.instances, self.outputs, self.inputs = config.instances, outputs(config), fusion_inputs(config)
        files = sorted({*(FILES[name] for name in self.instances), "fusion.onnx"})
        self.sessions = {f: ort.InferenceSession(str(folder / f), options, providers=["CPUExecutionProvider"]) for f in files}
        self.seconds: dict[str, list[float]] = {f: [] for f in files}

    def run(self, file: str, feeds: dict[str, np.ndarray]) -> list[np.ndarray]:
        """Runs one graph and records its duration."""
        start = time.perf_counter()
        out = self.sessions[file].run(None, feeds)
        self.seconds[file].append(time.perf_counter() - start)
        return out

    def __call__(
        self, inputs: dict[str, np.ndarray], present: list[int], given: dict[str, np.ndarray]
    ) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
        """Runs all graphs: encoder outputs by `<instance>.<output>`, and [actions, gates, grounding]. given: committed actions."""
        encoded: dict[str, np.ndarray] = {}
        for i, name in enumerate(self.instances):
            results = self.run(FILES[name], {INPUTS[FILES[name]]: inputs[name]})
            for output, value in zip(self.outputs[FILES[name]], results, strict=True):
                encoded[f"{name}.{output}"] = value if present[i] else np.zeros_like(value)
        feeds = encoded | given | {"present": np.array([present], np.float32)}
        return encoded, self.run("fusion.onnx", {name: feeds[name] for name in self.inputs})


def processed(record: Record, row: int, text: str, checkpoint: Checkpoint) -> dict[str, np.ndarray]:
    """Graph inputs of a record by instance, computed like the manifest's processors."""
    s = checkpoint.statistics

    def image(name: str) -> np.ndarray:
        x = (record[f"images.{name}"][row].astype(np.float32) / 255 - s.image_mean) / s.image_std
        return np.ascontiguousarray(x.transpose(2, 0, 1)[None].astype(np.float32))

    wrench = {}
    if checkpoint.config.wrench:
        wrench["wrench"] = ((record["wrench"][row] - s.wrench_mean) / s.wrench_std).astype(np.float32)[None]
    return wrench | {
        "front": image("front"),
        "wrist": image("wrist"),
        "language": checkpoint.words().encode(text, INSTRUCTION_WORDS)[None],
        "joints": ((record["state"][row] - s.state_mean) / s.state_std).astype(np.float32)[None],
    }


def committed(record: Record, row: int, count: int, config: NetworkConfig) -> dict[str, np.ndarray]:
    """Inputs of fusion for a robot that goes on with the first `count` actions of a record; none for a network that does not read them."""
    if not config.reads_committed:
        return {}
    mask = (np.arange(COMMITTED_ROWS) < count).astype(np.float32)
    actions = decode(torch.from_numpy(record["actions"][row, :COMMITTED_ROWS].astype(np.float32))).numpy()
    rows = (actions / np.array(COMPLIANT_SCALES, np.float32) * mask[:, None]).astype(np.float32)
    return dict(zip(COMMITTED_INPUTS, (rows[None], mask[None]), strict=True))


@torch.no_grad()
def reference(
    made: dict[str, Graph], instances: tuple[str, ...], inputs: dict[str, np.ndarray], present: list[int], given: dict[str, np.ndarray]
) -> tuple[list[torch.Tensor], list[np.ndarray]]:
    """PyTorch's encoder outputs in the order of fusion's inputs, and [actions, gates, grounding]."""
    values: list[torch.Tensor] = []
    for name, there in zip(instances, present, strict=True):
        result = made[FILES[name]].module(torch.from_numpy(inputs[name]))
        values.extend(t * there for t in (result if isinstance(result, tuple) else (result,)))
    before = [torch.from_numpy(v) for v in given.values()]
    fused = made["fusion.onnx"].module(*values, *before, torch.tensor([present], dtype=torch.float32))
    return values, [t.numpy() for t in fused]


def coded(values: np.ndarray, dtype: str) -> dict[str, Any]:
    """An array as JSON: little-endian bytes in base64."""
    data = np.ascontiguousarray(values).astype("<" + np.dtype(dtype).str[1:])
    return {"dtype": dtype, "shape": list(values.shape), "base64": base64.b64encode(data.tobytes()).decode()}


def check(
    checkpoint: Checkpoint, made: dict[str, Graph], folder: Path, data: Demonstrations, samples: int, seed: int
) -> tuple[float, dict[str, float], list[dict[str, Any]]]:
    """Compares both runtimes on `samples` records with every mask, without committed actions and with 1 to 6 of them.

    Returns the largest absolute difference, the median duration of each graph (ms), and one test case for each mask.
    """
    config = checkpoint.config
    runtime, rng, cases_of = Runtime(folder, config), np.random.default_rng(seed), masks(config)
    names = token_names(config)
    record = data.draw(samples, rng)
    order = rng.permutation(samples)
    worst, cases = 0.0, []
    for n, row in enumerate(order):
        goal = int(record["goal"][row])
        text = data.texts[goal][int(rng.integers(len(data.texts[goal])))]
        inputs = processed(record, int(row), text, checkpoint)
        for name, present in cases_of.items():
            for count in (0, 1 + n % COMMITTED_ROWS) if config.reads_committed else (0,):
                given = committed(record, int(row), count, config)
                tokens, expected = reference(made, config.instances, inputs, present, given)
                encoded, got = runtime(inputs, present, given)
                theirs = [encoded[key] for key in names]
                pairs = [*zip(expected, got, strict=True), *zip([t.numpy() for t in tokens], theirs, strict=True)]
                worst = max(worst, *(float(np.abs(a - b).max()) for a, b in pairs))
                if list(cases_of).index(name) == n:
                    title = f"{name}, {count} committed" if count else name
                    shown = dict(zip(names, tokens, strict=True))
                    cases.append(case(title, record, int(row), text, inputs | given, present, expected, shown))
    latency = {file: round(float(np.median(times)) * 1000, 3) for file, times in runtime.seconds.items()}
    return worst, latency, cases


def case(
    name: str,
    record: Record,
    row: int,
    text: str,
    inputs: dict[str, np.ndarray],
    present: list[int],
    expected: list[np.ndarray],
    tokens: dict[str, torch.Tensor],
) -> dict[str, Any]:
    """A test case. `samples` are raw inputs of the manifest's processors; `tokens` are the encoder outputs without the large maps.

    `committed` are the committed actions as fusion gets them, for a network that reads them.
    """
    wrench = {"wrench": coded(record["wrench"][row], "float32")} if "wrench" in inputs else {}
    given = {key: coded(inputs[key], "float32") for key in COMMITTED_INPUTS if key in inputs}
    return {
        "name": name,
        "present": present,
        "samples": wrench
        | {
            "front": coded(record["images.front"][row], "uint8"),
            "wrist": coded(record["images.wrist"][row], "uint8"),
            "language": text,
            "joints": coded(record["state"][row], "float32"),
        },
        "words": inputs["language"][0].tolist(),
        "tokens": {key: coded(t.numpy(), "float32") for key, t in tokens.items() if not key.endswith(".map")},
        **({"committed": given} if given else {}),
        "expected": {key: coded(v, "float32") for key, v in zip(("actions", "gates", "grounding"), expected, strict=True)},
    }
