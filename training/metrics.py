"""Metrics on held-out records, as sums that can be added over processes."""

from __future__ import annotations

import numpy as np
import torch

from augment import Batch
from losses import near
from network import PolicyNetwork
from network.compliance import decode
from stats import Statistics

#: Names of the metrics, in the order of the table's last axis.
NAMES = (
    "motion_step2",
    "motion_step8",
    "action_l1",
    "grounding_front",
    "grounding_wrist",
    "place_front_px",
    "place_wrist_px",
    "destination",
    "destination_felt",
    "grasp_time",
    "grasped",
)


@torch.no_grad()
def evaluate(net: PolicyNetwork, batches: list[Batch], statistics: Statistics, tasks: int) -> np.ndarray:
    """Sums and counts of each metric [2, tasks, len(NAMES)].

    motion_step2, motion_step8: error of the tool's position (mm), or of the joints (mrad), in the second and eighth action.
    destination: correct side of the tray while a box is held, from all modalities; destination_felt: from words and measured
    weight alone.
    """
    net.eval()
    table = np.zeros((2, tasks, len(NAMES)))
    moved = net.config.action - 1 if net.config.joints else 3
    std, mean = torch.from_numpy(statistics.action_std), torch.from_numpy(statistics.action_mean)
    for b in batches:
        x = net.encode(b.front, b.wrist, b.wrench, b.words, b.state)
        fused = net.fusion(x, b.present)
        aux = net.auxiliary(x, fused)
        predicted, true = (t.cpu() * std + mean for t in (fused.actions, b.actions))
        if net.config.compliant:
            predicted, true = decode(predicted), decode(true)
        gap = (predicted - true).abs()
        moving = (true[..., -1].amax(1) - true[..., -1].amin(1) > 0.008).float()
        uv, cells = b.uv.clone(), net.config.cells
        # A place counts where its camera is present.
        uv[..., 2] *= b.present[:, :2]
        close = [near(p, uv[:, c], cells) for c, p in enumerate((fused.front, fused.wrist))]
        pixels = [(p.xy[:, 0] - uv[:, c, :2]).norm(dim=1) * 96 for c, p in enumerate((fused.front, fused.wrist))]
        values = [
            ((predicted - true)[:, 1, :moved].norm(dim=1) * 1000, None),
            ((predicted - true)[:, 7, :moved].norm(dim=1) * 1000, None),
            ((fused.actions - b.actions).abs().mean((1, 2)), None),
            (close[0], uv[:, 0, 2]),
            (close[1], uv[:, 1, 2]),
            (pixels[0], close[0]),
            (pixels[1], close[1]),
            (((aux.side_intent > 0) == (b.side > 0)).float(), (b.side != 0).float()),
            (((aux.side_verdict > 0) == (b.side > 0)).float(), (b.side != 0).float()),
            ((gap[..., -1] < 0.006).float().mean(1), moving),
            (((aux.grasped > 0) == (b.grasped > 0.5)).float(), b.labelled),
        ]
        for t in range(tasks):
            rows = (b.task == t).float().cpu()
            for n, (value, weight) in enumerate(values):
                weights = rows if weight is None else rows * weight.cpu()
                table[0, t, n] += float((value.cpu() * weights).sum())
                table[1, t, n] += float(weights.sum())
    return table


def summary(table: np.ndarray, tasks: list[str]) -> dict[str, dict[str, float]]:
    """Means by task and metric; metrics without samples are left out."""
    out: dict[str, dict[str, float]] = {}
    for t, task in enumerate(tasks):
        rows = {n: table[0, t, i] / table[1, t, i] for i, n in enumerate(NAMES) if table[1, t, i] > 0}
        out[task] = {n: round(float(v), 4) for n, v in rows.items()}
    return out
