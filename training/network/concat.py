"""Fusion by plain concatenation, with which gated fusion is compared."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from .config import FRONT, INSTANCES, WRIST, NetworkConfig
from .fusion import Fusion

#: What concatenation replaces: gates, readout and attention over the tokens.
REPLACED = ("gate", "start", "readout", "kind", "blocks")


class ConcatFusion(Fusion):
    """Joins the mean token of each instance, the places and the intent by concatenation and three linear layers.

    Grounding, the learned embeddings of absent instances and the head are those of gated fusion. The hidden layers are as wide as makes
    the number of parameters that of gated fusion. Gates are 1 for present instances.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__(config)
        replaced = 0
        for name in REPLACED:
            part = getattr(self, name)
            replaced += part.numel() if isinstance(part, nn.Parameter) else sum(p.numel() for p in part.parameters())
            delattr(self, name)
        d = config.d
        inputs = (len(INSTANCES) + 2 + 1) * d + len(INSTANCES)
        # h^2 + (inputs + d + 2) h + d parameters of three layers with h hidden units.
        linear = inputs + d + 2
        hidden = round((math.sqrt(linear**2 + 4 * (replaced - d)) - linear) / 2)
        self.join = nn.Sequential(nn.Linear(inputs, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, d))

    def combine(
        self, filled: Tensor, there: Tensor, places: Tensor, intent: Tensor, present: Tensor, prefix: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """The readout [B,d] and the gates [B,5], as in gated fusion. The prefix is added to the intent, which the layers join."""
        if prefix is not None:
            intent = intent + prefix
        means = (self.mean @ filled).flatten(1)
        seen = (places * present[:, FRONT : WRIST + 1, None]).flatten(1)
        return self.norm(self.join(torch.cat([means, seen, intent, present], 1))), present
