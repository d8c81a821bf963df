"""Writes a checkpoint as a policy folder: five ONNX files, manifest.json and parity.json.

    python training/export.py --checkpoint runs/first/last.pt --data data/demos --out models/default
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from checkpoint import Checkpoint
from data import Demonstrations
from graphs import FILES, FUSION_INPUTS, INPUTS, Graph, digest, graphs, halve, write
from network.config import INSTANCES, INSTRUCTION_WORDS
from parity import check
from streams import ACTION, INSTRUCTION, STATE, WRENCH, camera

#: Largest absolute difference between PyTorch and ONNX Runtime, with single and with half precision weights.
PARITY_TOLERANCE, HALF_PARITY_TOLERANCE = 1e-4, 1e-2
#: Total size of the graphs above which weights are stored in half precision (bytes).
MAX_SINGLE_PRECISION_BYTES = 20_000_000


def numbers(values: Any) -> Any:
    """Arrays as nested lists of numbers with 7 digits, the precision of float32."""
    return [numbers(v) for v in values] if hasattr(values, "__len__") else float(f"{float(values):.7g}")


def encoders(c: Checkpoint, made: dict[str, Graph]) -> list[dict[str, Any]]:
    """The manifest's encoders: for each instance its graph, stream and processor."""
    s = c.statistics
    image = {"type": "image", "mean": numbers(s.image_mean), "std": numbers(s.image_std)}
    inputs: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
        "front": ("vision", camera("front"), image),
        "wrist": ("vision", camera("wrist"), image),
        "wrench": ("wrench", WRENCH, {"type": "vector", "mean": numbers(s.wrench_mean), "std": numbers(s.wrench_std)}),
        "language": ("language", INSTRUCTION, {"type": "tokens", "vocabulary": c.vocabulary, "length": INSTRUCTION_WORDS}),
        "joints": ("joints", STATE, {"type": "vector", "mean": numbers(s.state_mean), "std": numbers(s.state_std)}),
    }
    out = []
    for name in INSTANCES:
        modality, stream, processor = inputs[name]
        graph = made[FILES[name]]
        out.append(
            {
                "name": name,
                "modality": modality,
                "file": graph.file,
                "input": {"name": INPUTS[graph.file], **stream, "processor": processor},
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


def manifest(c: Checkpoint, made: dict[str, Graph], args: argparse.Namespace) -> dict[str, Any]:
    """The whole manifest; the graphs are already on disk."""
    shapes = {f"{n}.{o}": s for n in INSTANCES for o, s in zip(made[FILES[n]].outputs, made[FILES[n]].shapes, strict=True)}
    shapes["present"] = [1, len(INSTANCES)]
    fusion = made["fusion.onnx"]
    return {
        "name": args.out.name,
        "version": args.version,
        "tasks": c.tasks,
        "opset": args.opset,
        "sha256": {file: digest(args.out / file) for file in made},
        "encoders": encoders(c, made),
        "fusion": {
            "file": fusion.file,
            "inputs": [{"name": n, "shape": shapes[n]} for n in FUSION_INPUTS],
            "outputs": [{"name": n, "shape": s} for n, s in zip(fusion.outputs, fusion.shapes, strict=True)],
        },
        "action": ACTION | {"mean": numbers(c.statistics.action_mean), "std": numbers(c.statistics.action_std)},
        "training": provenance(c),
        "evaluation": [],
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
    args = p.parse_args()

    checkpoint = Checkpoint.load(args.checkpoint)
    # The manifest's statistics and those of the parity check must be equal to the last digit.
    for value in checkpoint.statistics.__dict__.values():
        value[...] = numbers(value)
    args.out.mkdir(parents=True, exist_ok=True)
    made = {graph.file: graph for graph in graphs(checkpoint.network())}
    paths = [write(graph, args.out, args.opset) for graph in made.values()]
    size = sum(path.stat().st_size for path in paths)
    halved = args.half or size > MAX_SINGLE_PRECISION_BYTES
    if halved:
        for path in paths:
            halve(path)
        size = sum(path.stat().st_size for path in paths)
    worst, latency, cases = check(checkpoint, args.out, Demonstrations(args.data), args.samples, seed=1)
    tolerance = HALF_PARITY_TOLERANCE if halved else PARITY_TOLERANCE
    save(args.out / "parity.json", {"tolerance": tolerance, "cases": cases})
    save(args.out / "manifest.json", manifest(checkpoint, made, args))
    print(f"{args.out}: {size / 1e6:.1f} MB, largest difference between PyTorch and ONNX Runtime {worst:.2e} over {args.samples} records")
    step = 2 * latency["vision.onnx"] + sum(v for f, v in latency.items() if f != "vision.onnx")
    print("median ms: " + ", ".join(f"{f} {v}" for f, v in latency.items()) + f"; one inference in total {step:.2f}")
    if worst > tolerance:
        sys.exit(f"parity failed: difference {worst:.2e}, expected at most {tolerance:.0e}")


if __name__ == "__main__":
    main()
