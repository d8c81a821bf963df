"""Scores the cells of a camera's map by where they lie: in the picture, and beside a thing that the words name.

"The leftmost one" and "the thing to the left of the red cube" name nothing that the object itself looks like. A second query finds the thing that
the words compare with, and the score of a cell is a sum of functions of the cell's place and of its displacement from that thing, with
weights that come from the intent.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .config import NetworkConfig
from .layers import MASKED_LOGIT, mlp

#: Steepness of "on this side of it", and radius of "the thing itself" (image fractions).
SIDE_STEEPNESS, SELF_RADIUS = 12.0, 0.08
#: Functions of a cell's place and displacement, see `Relation.shape`.
FUNCTIONS = 14


class Relation(nn.Module):
    """Adds to the logits of the cells [B,Q,S*S]. Without training it adds nothing."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.anchor = mlp(config.d, config.d, config.map_channels)
        self.scale = 4.0 * config.map_channels**-0.5
        self.weights = nn.Sequential(mlp(config.d, config.d, config.d), nn.SiLU(), nn.Linear(config.d, FUNCTIONS))
        nn.init.zeros_(self.weights[-1].weight)
        nn.init.zeros_(self.weights[-1].bias)

    @staticmethod
    def shape(centres: Tensor, anchor: Tensor) -> Tensor:
        """The functions [B,Q,S*S,FUNCTIONS] of the cells' centres [S*S,2] and the place of the thing they are compared with [B,Q,2]."""
        offset = centres - anchor[:, :, None]
        x, y = centres[:, 0] * 2.0 - 1.0, centres[:, 1] * 2.0 - 1.0
        place = torch.stack([x, y, x * x, y * y, x * y], -1).expand(*offset.shape[:-1], 5)
        length = (offset * offset).sum(-1, keepdim=True)
        itself = (-length / SELF_RADIUS**2).exp()
        sides = (offset * SIDE_STEEPNESS).tanh()
        return torch.cat([place, offset, sides, (length + 1e-4).sqrt(), length, itself, sides.prod(-1, keepdim=True), itself * 0 + 1.0], -1)

    def forward(self, intent: Tensor, cells: Tensor, centres: Tensor, near: float) -> tuple[Tensor, Tensor]:
        """intent [B,Q,d], cells [B,64,S*S], centres [S*S,2], near: half the width of the square that is averaged over (image fractions).

        Returns what the logits gain [B,Q,S*S], and the logits of the thing that the words compare with [B,Q,S*S].
        """
        match = (self.anchor(intent) * self.scale).float() @ cells.float()
        best = centres[match.argmax(-1)]
        around = ((centres - best[..., None, :]).abs() < near).all(-1).float()
        place = (match + (1.0 - around) * MASKED_LOGIT).softmax(-1) @ centres
        gain = (self.shape(centres, place) * self.weights(intent).float()[:, :, None]).sum(-1)
        return gain * 4.0, match


__all__ = ["Relation"]
