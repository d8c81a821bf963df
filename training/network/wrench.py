"""Encoder of the force and torque at the wrist."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import WRENCH_WINDOW, NetworkConfig
from .layers import compress


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


class CausalConvolution(nn.Module):
    """A convolution over time in which no output depends on a later sample, with a skip connection."""

    def __init__(self, inputs: int, outputs: int, dilation: int) -> None:
        super().__init__()
        self.past = 2 * dilation
        self.convolve = nn.Conv1d(inputs, outputs, 3, dilation=dilation)
        self.skip = nn.Conv1d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.skip(x) + F.silu(self.convolve(F.pad(x, (self.past, 0))))


class CausalWrenchEncoder(nn.Module):
    """Window [B,64,6] (force, torque; normalised; oldest first) -> `tokens` [B,2,d]: what happened, and what is felt now.

    Dilated causal convolutions (Bai et al., An Empirical Evaluation of Generic Convolutional and Recurrent Networks for Sequence Modeling, 2018)
    whose last output sees 63 samples.
    """

    def __init__(self, config: NetworkConfig, channels: int = 48) -> None:
        super().__init__()
        d = config.d
        sizes = (12, *[channels] * 5)
        self.layers = nn.Sequential(*(CausalConvolution(a, b, 2**i) for i, (a, b) in enumerate(zip(sizes, sizes[1:], strict=False))))
        self.happened = nn.Linear(2 * channels, d)
        self.now = nn.Linear(channels, d)
        self.level = nn.Linear(6, d)
        self.steady = nn.Linear(6, d)
        self.mix = nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d), nn.SiLU(), nn.Linear(d, d))
        self.position = nn.Parameter(torch.randn(1, 2, d) * 0.02)

    def forward(self, wrench: Tensor) -> Tensor:
        # Impacts exceed the normal range by far, and half a newton tells a contact: the network gets both scales.
        linear = wrench.clamp(-6.0, 6.0)
        x = self.layers(torch.cat([linear, compress(wrench * 4.0)], 2).transpose(1, 2))
        happened = self.happened(torch.cat([x[..., -1], x.mean(2)], 1)) + self.steady(linear.mean(1))
        now = self.now(x[..., -1]) + self.level(linear[:, -4:].mean(1))
        tokens = torch.stack([happened, now], 1)
        return tokens + self.mix(tokens) + self.position
