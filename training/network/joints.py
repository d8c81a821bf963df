"""Encoder of the arm's state."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .config import NetworkConfig
from .layers import compress, mlp


def rotation_matrix(vector: Tensor) -> Tensor:
    """Rotation vector [B,3] (rad) -> rotation matrix [B,9] by Rodrigues' formula.

    The tool points down, which is a rotation by pi. There rotation vectors jump between v and -v, and matrices do not.
    """
    angle = (vector.square().sum(1, keepdim=True) + 1e-12).sqrt()
    x, y, z = (vector / angle).split(1, 1)
    s, c = angle.sin(), angle.cos()
    k = 1.0 - c
    rows = [c + x * x * k, x * y * k - z * s, x * z * k + y * s, y * x * k + z * s, c + y * y * k, y * z * k - x * s]
    rows += [z * x * k - y * s, z * y * k + x * s, c + z * z * k]
    return torch.cat(rows, 1)


class ToolStateEncoder(nn.Module):
    """State [B,8]: position (normalised), rotation vector (rad, NOT normalised), width and speed (normalised) -> `tokens` [B,1,d]."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.net = nn.Sequential(mlp(14, 2 * config.d, config.d), nn.SiLU(), nn.Linear(config.d, config.d))

    def forward(self, state: Tensor) -> Tensor:
        rotation = rotation_matrix(state[:, 3:6])
        return self.net(torch.cat([state[:, :3], rotation, state[:, 6:]], 1))[:, None]


class ToolHistoryEncoder(nn.Module):
    """States [B,16,8] of the tool, the newest last: position (m), rotation vector (rad), width (m) and its speed (m/s) -> `tokens` [B,1,d].

    The way that led here tells what a single state cannot: which row of a search is under way, and whether a push came before.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d, past = config.d, config.state[0] - 1
        self.net = nn.Sequential(mlp(14, 2 * d, d), nn.SiLU(), nn.Linear(d, d))
        self.path = nn.Sequential(mlp(4 * past, 2 * d, d), nn.SiLU(), nn.Linear(d, d))
        self.register_buffer("middle", torch.tensor([0.45, 0.0, 0.2]), persistent=False)

    def forward(self, states: Tensor) -> Tensor:
        newest = states[:, -1]
        rotation = rotation_matrix(newest[:, 3:6])
        speed = newest[:, 7:8] * 10.0
        now = self.net(torch.cat([(newest[:, :3] - self.middle) * 8.0, rotation, newest[:, 6:7] * 30.0 - 1.0, speed], 1))
        moved = compress((states[:, :-1, :3] - newest[:, None, :3]) * 500.0)
        opened = (states[:, :-1, 6:7] - newest[:, None, 6:7]) * 50.0
        return (now + self.path(torch.cat([moved, opened], 2).flatten(1)))[:, None]


class JointPositionsEncoder(nn.Module):
    """Positions of joints and width of the gripper [B,n], normalised -> `tokens` [B,1,d].

    Where the tool is depends on sines and cosines of the joints, so these are inputs too.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.net = nn.Sequential(mlp(5 * config.joints, 2 * config.d, config.d), nn.SiLU(), nn.Linear(config.d, config.d))

    def forward(self, positions: Tensor) -> Tensor:
        waves = [f(k * positions) for k in (1.0, 2.0) for f in (torch.sin, torch.cos)]
        return self.net(torch.cat([positions, *waves], 1))[:, None]
