"""Writes a checkpoint as a policy folder: ONNX files, manifest.json and parity.json.

    python training/export.py --checkpoint runs/first/last.pt --data data/demos --out models/default
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import second_version
from checkpoint import Checkpoint
from data import Demonstrations, Directory
from graphs import ANYWHERE, FILES, INPUTS, Graph, digest, fusion_inputs, graphs, halve, write
from network.config import INSTRUCTION_WORDS
from parity import check
from streams import ACTION, CHUNK, streams_of

#: Largest absolute difference between PyTorch and ONNX Runtime, with single and with half precision weights.
PARITY_TOLERANCE, HALF_PARITY_TOLERANCE = 1e-4, 1e-2
#: Total size of the graphs above which weights are stored in half precision (bytes).
MAX_SINGLE_PRECISION_BYTES = 20_000_000


def numbers(values: Any) -> Any:
    """Arrays as nested lists of numbers with 7 digits, the precision of float32."""
    return [numbers(v) for v in values] if hasattr(values, "__len__") else float(f"{float(values):.7g}")


def encoders(c: Checkpoint, made: dict[str, Graph], streams: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The manifest's encoders: for each instance its graph, stream and processor."""
    s = c.statistics
    image = {"type": "image", "mean": numbers(s.image_mean), "std": numbers(s.image_std)}
    inputs: dict[str, tuple[str, dict[str, Any]]] = {
        "front": ("vision", image),
        "wrist": ("vision", image),
        "wrench": ("wrench", {"type": "vector", "mean": numbers(s.wrench_mean), "std": numbers(s.wrench_std)}),
        "language": ("language", {"type": "tokens", "vocabulary": c.vocabulary, "length": INSTRUCTION_WORDS}),
        "joints": ("joints", {"type": "vector", "mean": numbers(s.state_mean), "std": numbers(s.state_std)}),
    }
    out = []
    for name in c.config.instances:
        modality, processor = inputs[name]
        graph = made[FILES[name]]
        out.append(
            {
                "name": name,
                "modality": modality,
                "file": graph.file,
                "input": {"name": INPUTS[graph.file], **streams[name], "processor": processor},
                "outputs": [{"name": n, "shape": s} for n, s in zip(graph.outputs, graph.shapes, strict=True)],
            }
        )
    return out


def provenance(c: Checkpoint) -> dict[str, Any]:
    """The manifest's record of the training run."""
    p = c.progress
    return {
        "command": p.get("command", ""),
        "seed": int(p.get("seed", 0)),
        "samples": int(p.get("samples", 0)),
        "steps": int(p.get("step", 0)),
        "wall_s": round(float(p.get("seconds", 0))),
        "parameters": sum(v.numel() for v in c.average.values()),
        "data": p.get("data", []),
    }


def action(c: Checkpoint, directory: Directory) -> dict[str, Any]:
    """The manifest's action: displacements of the tool, or the blocks of joints and gripper as the graph gives them."""
    s = c.statistics
    mean, std = s.action_mean, s.action_std
    if c.config.space == "ee_delta":
        return ACTION | {"mean": numbers(mean), "std": numbers(std)}
    arm, gripper = directory.actions["actions.joints"]
    moved = list(directory.layout(c.config.space).moved)
    joints = {"mean": numbers(mean[:, :-1]), "std": numbers(std[:, :-1])}
    if c.config.space == "joint_position":
        joints = {"mean": [numbers(s.state_mean[moved])], "std": [numbers(s.state_std[moved])]}
    else:
        arm = arm | {"space": "joint_delta", "reference": "observation"}
    widths = {"mean": numbers(mean[:, -1:]), "std": numbers(std[:, -1:])}
    return {"space": "blocks", **CHUNK, "blocks": [arm | joints, gripper | widths]}


def identity(c: Checkpoint, made: dict[str, Graph], data: Demonstrations, args: argparse.Namespace) -> dict[str, Any]:
    """What both versions of the manifest have beside encoders, fusion and actions."""
    return {
        "name": args.out.name,
        "version": args.version,
        "tasks": c.tasks,
        "robots": data.robots,
        **({} if c.config.compliant else {"opset": args.opset}),
        "sha256": {file: digest(args.out / file) for file in made},
        "training": provenance(c),
        "evaluation": [],
    }


def manifest(c: Checkpoint, made: dict[str, Graph], data: Demonstrations, args: argparse.Namespace) -> dict[str, Any]:
    """The whole manifest; the graphs are already on disk. Streams, actions and robots are those of the datasets."""
    if c.config.compliant:
        streams = streams_of(data.directories[0], c.config)
        lists = {name: numbers(value) for name, value in c.statistics.__dict__.items()}
        return {
            "manifestVersion": 2,
            **identity(c, made, data, args),
            "encoders": second_version.encoders(c, made, streams, lists),
            "fusion": second_version.fusion(c),
            "action": second_version.action(data),
        }
    instances = c.config.instances
    shapes = {f"{n}.{o}": s for n in instances for o, s in zip(made[FILES[n]].outputs, made[FILES[n]].shapes, strict=True)}
    shapes["present"] = [1, len(instances)]
    fusion = made["fusion.onnx"]
    return {
        **identity(c, made, data, args),
        "encoders": encoders(c, made, streams_of(data.directories[0], c.config)),
        "fusion": {
            "file": fusion.file,
            "inputs": [{"name": n, "shape": shapes[n]} for n in fusion_inputs(c.config)],
            "outputs": [{"name": n, "shape": s} for n, s in zip(fusion.outputs, fusion.shapes, strict=True)],
        },
        "action": action(c, data.directories[0]),
    }


def save(path: Path, value: dict[str, Any]) -> None:
    """Writes JSON atomically."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=1 if path.name == "manifest.json" else None) + "\n")
    os.replace(part, path)


def main() -> None:
    """Runs the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--checkpoint", type=Path, required=True)
    p.add_argument("--data", action="append", required=True, metavar="DIR", help="records for the parity check")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--opset", type=int, default=17)
    p.add_argument("--version", default="0.1.0")
    p.add_argument("--samples", type=int, default=48, help="number of records to compare on")
    p.add_argument("--half", action="store_true", help="store weights in half precision (automatic above 20 MB)")
    p.add_argument(
        "--coherence", type=float, default=0.0, help="of a network with several modes: how much one is preferred that goes on as the robot does (default 0)"
    )
    args = p.parse_args()

    checkpoint = Checkpoint.load(args.checkpoint)
    if args.coherence and not (checkpoint.config.compliant and checkpoint.config.modes > 1):
        sys.exit(f"--coherence: {args.checkpoint} has no several modes of a compliant tool")
    checkpoint.config = replace(checkpoint.config, coherence=args.coherence)
    # The manifest's statistics and those of the parity check must be equal to the last digit.
    for value in checkpoint.statistics.__dict__.values():
        value[...] = numbers(value)
    args.out.mkdir(parents=True, exist_ok=True)
    demonstrations = Demonstrations(args.data, space=checkpoint.config.space)
    box = demonstrations.target_box(np.random.default_rng(0)) if checkpoint.config.compliant else ANYWHERE
    made = {graph.file: graph for graph in graphs(checkpoint, demonstrations.layout.moved, box)}
    paths = [write(graph, args.out, args.opset) for graph in made.values()]
    size = sum(path.stat().st_size for path in paths)
    halved = args.half or size > MAX_SINGLE_PRECISION_BYTES
    if halved:
        for path in paths:
            halve(path)
        size = sum(path.stat().st_size for path in paths)
    worst, latency, cases = check(checkpoint, made, args.out, demonstrations, args.samples, seed=1)
    tolerance = HALF_PARITY_TOLERANCE if halved else PARITY_TOLERANCE
    save(args.out / "parity.json", {"tolerance": tolerance, "cases": cases})
    save(args.out / "manifest.json", manifest(checkpoint, made, demonstrations, args))
    print(f"{args.out}: {size / 1e6:.1f} MB, largest difference between PyTorch and ONNX Runtime {worst:.2e} over {args.samples} records")
    step = 2 * latency["vision.onnx"] + sum(v for f, v in latency.items() if f != "vision.onnx")
    print("median ms: " + ", ".join(f"{f} {v}" for f, v in latency.items()) + f"; one inference in total {step:.2f}")
    if worst > tolerance:
        sys.exit(f"parity failed: difference {worst:.2e}, expected at most {tolerance:.0e}")


if __name__ == "__main__":
    main()
