"""Encoder of the force and torque at the wrist."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .config import WRENCH_WINDOW, NetworkConfig


class WrenchEncoder(nn.Module):
    """Window [B,32,6] (force, torque; normalised; oldest first) -> `tokens` [B,2,d], one for the older and one for the newer half."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d = config.d
        self.convolve = nn.Sequential(
            nn.Conv1d(6, 32, 5, 2, 2), nn.SiLU(), nn.Conv1d(32, 64, 5, 2, 2), nn.SiLU(), nn.Conv1d(64, 64, 3, 2, 1), nn.SiLU()
        )
        self.project = nn.Linear(64 * (WRENCH_WINDOW // 16), d)
        self.level = nn.Linear(6, d)
        self.mix = nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d), nn.SiLU(), nn.Linear(d, d))
        self.position = nn.Parameter(torch.randn(1, 2, d) * 0.02)

    def forward(self, wrench: Tensor) -> Tensor:
        # Impacts exceed the normal range by far, while the level of steady contact carries the information.
        wrench = wrench.clamp(-6.0, 6.0)
        x = self.convolve(wrench.transpose(1, 2)).flatten(1).reshape(wrench.shape[0], 64, 2, -1)
        x = self.project(x.transpose(1, 2).flatten(2))
        level = self.level(wrench.reshape(wrench.shape[0], 2, WRENCH_WINDOW // 2, 6).mean(2))
        x = x + level
        return x + self.mix(x) + self.position
