"""Finds the object of the instruction in a camera's image."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from .config import NetworkConfig
from .layers import MASKED_LOGIT, mlp
from .relation import Relation

#: Cells on either side of the best one that the local soft-argmax averages over.
AVERAGING_RADIUS_CELLS = 2


class Place(NamedTuple):
    """logits [B,Q,cells+1] (the last is "not in view"), xy [B,Q,2] (fractions from the top left), confidence [B,Q,1], feature [B,Q,64].

    anchor [B,Q,cells]: logits of the thing that the words compare with, of a grounder with relations.
    """

    logits: Tensor
    xy: Tensor
    confidence: Tensor
    feature: Tensor
    anchor: Tensor | None = None


class Grounder(nn.Module):
    """Scores each cell by the dot product of its feature and a query, which is made of the intent and `extra` more inputs."""

    def __init__(self, config: NetworkConfig, extra: int = 0, relations: bool = False) -> None:
        super().__init__()
        self.query = mlp(config.d + extra, config.d, config.map_channels)
        self.absent = nn.Linear(config.d + extra, 1)
        self.relation = Relation(config) if relations else None
        self.log_scale = nn.Parameter(torch.tensor(0.0))
        self.scale = config.map_channels**-0.5
        n = config.cells
        index = torch.arange(n * n)
        centres = torch.stack([(index % n + 0.5) / n, (index // n + 0.5) / n], 1)
        self.register_buffer("centres", centres, persistent=False)
        self.reach = (AVERAGING_RADIUS_CELLS + 0.5) / n

    def forward(self, intent: Tensor, cells: Tensor) -> Place:
        """intent [B,Q,d(+extra)], cells [B,64,S*S]."""
        query = self.query(intent) * (self.scale * self.log_scale.exp() * 4.0)
        match, anchor = query.float() @ cells.float(), None
        if self.relation:
            gain, anchor = self.relation(intent, cells, self.centres, self.reach)
            match = match + gain
        logits = torch.cat([match, self.absent(intent).float()], -1)
        # Several cells may match: select the best one and average only near it, for a precision below a cell.
        best = self.centres[match.argmax(-1)]
        near = ((self.centres - best[..., None, :]).abs() < self.reach).all(-1).float()
        weights = (match + (1.0 - near) * MASKED_LOGIT).softmax(-1)
        confidence = (logits.softmax(-1)[..., :-1] * near).sum(-1, keepdim=True)
        feature = weights @ cells.float().transpose(1, 2)
        return Place(logits, weights @ self.centres, confidence, feature, anchor)


class PlaceEmbedding(nn.Module):
    """Encodes a place as a token [B,d]: its position in hat functions (piecewise linear, exact in every runtime), confidence and feature."""

    def __init__(self, config: NetworkConfig, knots: int = 13) -> None:
        super().__init__()
        self.knots = knots
        self.register_buffer("grid", torch.linspace(0, 1, knots), persistent=False)
        self.position = mlp(3 + 2 * knots, config.d, config.d)
        self.feature = nn.Linear(config.map_channels, config.d)

    def forward(self, xy: Tensor, confidence: Tensor, feature: Tensor) -> Tensor:
        hats = (1.0 - (xy[..., None] - self.grid).abs() * (self.knots - 1)).clamp(min=0.0).flatten(1)
        code = torch.cat([xy * 2.0 - 1.0, hats, confidence], 1)
        return self.position(code) + self.feature(feature) * 0.5
