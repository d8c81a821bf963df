"""Writes the network of a LeRobot policy folder as one ONNX file, and compares both runtimes.

    python training/lerobot/export.py --policy runs/act/checkpoints/last/pretrained_model

The graph has the inputs that the network reads, under LeRobot's names, and the output `action`; all are normalised. The statistics stay
outside, in the processors beside it, from which `npx praxis policy import` makes the manifest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import torch
from graphs import ACTION, graph_of, input_names
from policy_folder import PolicyFolder, PolicyFolderError, open_policy, random_inputs
from torch import nn

OPSET = 18
#: Largest absolute difference between PyTorch and ONNX Runtime, of normalised actions.
TOLERANCE = 1e-4
GRAPH_FILE, REPORT_FILE = "policy.onnx", "parity.json"


def write(graph: nn.Module, example: dict[str, torch.Tensor], path: Path) -> None:
    """Writes the graph beside and renames it, so that a broken export leaves nothing."""
    part = path.with_name(path.name + ".part")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph,
            tuple(example.values()),
            str(part),
            input_names=list(example),
            output_names=[ACTION],
            opset_version=OPSET,
            dynamo=False,
        )
    os.replace(part, path)


def real_inputs(folder: PolicyFolder, dataset: Path, count: int, seed: int) -> list[dict[str, torch.Tensor]]:
    """Normalised observations of a LeRobotDataset."""
    from observations import normalised, read

    return [normalised(folder, each) for each in read(folder, dataset, count, seed)]


@torch.no_grad()
def compare(graph: nn.Module, path: Path, inputs: list[dict[str, torch.Tensor]]) -> dict[str, float]:
    """Differences of the normalised actions, and the median time of an inference on one thread (ms)."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    given = {each.name for each in session.get_inputs()}
    largest, total, values, times = 0.0, 0.0, 0, []
    for each in inputs:
        expected = graph(*each.values()).numpy()
        feeds = {name: value.numpy() for name, value in each.items() if name in given}
        start = time.perf_counter()
        (actions,) = session.run([ACTION], feeds)
        times.append(time.perf_counter() - start)
        gap = np.abs(expected - actions)
        largest, total, values = max(largest, float(gap.max())), total + float(gap.sum()), values + gap.size
    return {
        "max_abs_difference": largest,
        "mean_abs_difference": total / values,
        "onnxruntime_ms": round(1000 * float(np.median(times)), 2),
    }


def export(args: argparse.Namespace) -> dict[str, Any]:
    folder = open_policy(args.policy)
    out = args.out or args.policy
    out.mkdir(parents=True, exist_ok=True)
    graph = graph_of(folder, args.diffusion_steps, args.seed)
    for name in folder.unread():
        print(f"{name}: declared, but a policy of type {folder.kind} does not read it", file=sys.stderr)
    path = out / GRAPH_FILE
    write(graph, random_inputs(folder, 1, args.seed)[0], path)
    inputs = (
        real_inputs(folder, args.dataset, args.observations, args.seed)
        if args.dataset
        else random_inputs(folder, args.observations, args.seed)
    )
    report = {
        "policy": str(args.policy.name),
        "type": folder.kind,
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "opset": OPSET,
        "inputs": input_names(folder),
        "unread_inputs": folder.unread(),
        "observations": len(inputs),
        "source": "dataset" if args.dataset else "standard normal inputs",
        **compare(graph, path, inputs),
        "tolerance": TOLERANCE,
        **({"diffusion": {"scheduler": "DDIM", "steps": args.diffusion_steps, "noise_seed": args.seed}} if folder.kind == "diffusion" else {}),
        "versions": {name: version(name) for name in ("lerobot", "torch", "onnx", "onnxruntime")},
    }
    (out / REPORT_FILE).write_text(json.dumps(report, indent=2) + "\n")
    return report


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--policy", type=Path, required=True, help="policy folder of LeRobot, with config.json and model.safetensors")
    p.add_argument("--out", type=Path, help=f"folder of {GRAPH_FILE} and {REPORT_FILE} (default: the policy folder)")
    p.add_argument("--dataset", type=Path, help="LeRobotDataset whose observations are compared (default: random inputs)")
    p.add_argument("--observations", type=int, default=100, help="number of observations (default: %(default)s)")
    p.add_argument("--diffusion-steps", type=int, default=10, help="steps of DDIM of a Diffusion Policy (default: %(default)s)")
    p.add_argument("--seed", type=int, default=0, help="of the observations and of a Diffusion Policy's noise (default: %(default)s)")
    args = p.parse_args()
    try:
        report = export(args)
    except PolicyFolderError as error:
        print(f"export.py: {error}", file=sys.stderr)
        return 2
    passed = report["max_abs_difference"] <= TOLERANCE
    print(
        f"{report['type']}: {report['file']}, {report['bytes'] / 1e6:.1f} MB; PyTorch and onnxruntime differ by at most "
        f"{report['max_abs_difference']:.1e} over {report['observations']} observations ({report['source']}), "
        f"{'within' if passed else 'MORE THAN'} {TOLERANCE:g}"
    )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
