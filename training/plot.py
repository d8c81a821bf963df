"""Plots the logs of one or more runs: python training/plot.py runs/first [runs/second] --out curves.png"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt

LOSSES = ("action", "grounding", "objects", "side", "felt")
HELD_OUT = ("motion_step2", "motion_step8", "grounding_front", "grounding_wrist", "destination", "grasp_time")


def main() -> None:
    """Runs the command line."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("runs", nargs="+", type=Path)
    p.add_argument("--out", type=Path, default=Path("curves.png"))
    args = p.parse_args()
    figure, axes = plt.subplots(3, 4, figsize=(18, 11))
    axes = axes.flatten()
    for run in args.runs:
        rows = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
        losses = [r for r in rows if "loss" in r]
        tests = [r for r in rows if "held_out" in r]
        for axis, name in zip(axes, LOSSES, strict=False):
            axis.plot([r["step"] for r in losses], [r[name] for r in losses], label=run.name)
            axis.set(title=f"loss: {name}", yscale="log", xlabel="step")
        for axis, name in zip(axes[len(LOSSES) :], HELD_OUT, strict=False):
            for task in tests[0]["held_out"] if tests else ():
                points = [(r["step"], r["held_out"][task][name]) for r in tests if name in r["held_out"][task]]
                if points:
                    axis.plot(*zip(*points, strict=True), marker=".", label=f"{run.name} {task}")
            axis.set(title=f"held out: {name}", xlabel="step")
    for axis in axes:
        axis.grid(alpha=0.3)
        if axis.lines:
            axis.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(args.out, dpi=80)
    print(args.out)


if __name__ == "__main__":
    main()
