"""Encoder of the actions that the robot goes on to execute while the network computes.

A chunk that is used late must continue from what was executed meanwhile. In training the first actions of a demonstrated chunk are given
and only the later ones are learned (Black, Ren, Equi, Levine: Training-Time Action Conditioning for Efficient Real-Time Chunking, 2025).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from .config import COMMITTED_ROWS, NetworkConfig
from .layers import mlp


#: Parameters that a checkpoint may lack.
ADDED = ("fusion.committed.", "fusion.find_front.relation.", "fusion.choice.")
#: Last layer of the head, which has rows for each mode, and how much copies of a mode differ at first.
HEAD, MODE_NOISE = ("fusion.head.2.weight", "fusion.head.2.bias"), 0.05
#: Embeddings of the words.
WORDS = "language.embedding.weight"


class Committed(NamedTuple):
    """rows [B,6,action] normalised; mask [B,6]: 1 for the first rows, which count, else 0."""

    rows: Tensor
    mask: Tensor


class CommittedEncoder(nn.Module):
    """Committed rows -> vector [B,d], which is added to the readout: zero without a row that counts, and before training."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.net = nn.Sequential(mlp(COMMITTED_ROWS * (config.action + 1), 2 * config.d, config.d), nn.SiLU(), nn.Linear(config.d, config.d))
        nn.init.zeros_(self.net[-1].weight)
        nn.init.zeros_(self.net[-1].bias)

    def forward(self, committed: Committed) -> Tensor:
        rows = committed.rows * committed.mask[:, :, None]
        return self.net(torch.cat([rows.flatten(1), committed.mask], 1)) * committed.mask[:, :1]


def load_weights(net: nn.Module, weights: dict[str, Tensor]) -> list[str]:
    """Loads the weights of a checkpoint, and returns the names of those that it lacks and that stay as they are.

    Only the encoder of committed rows, relations and the choice of a mode may lack, or be more than the network has. Words that the network has beyond
    those of the checkpoint stay as they are too, and more modes begin as the one of the checkpoint.
    """
    words = net.state_dict()[WORDS]
    if len(weights[WORDS]) < len(words):
        weights = weights | {WORDS: torch.cat([weights[WORDS], words[len(weights[WORDS]) :].to(weights[WORDS].device)])}
    head = net.state_dict()
    for name in HEAD:
        if name in head and len(weights[name]) < len(head[name]):
            # Modes begin as the one chunk of the checkpoint, and differ enough to part.
            copies = weights[name].repeat(len(head[name]) // len(weights[name]), *[1] * (weights[name].dim() - 1))
            weights = weights | {name: copies + torch.randn_like(copies) * copies.std() * MODE_NOISE}
    # A network may do without what only some have.
    weights = {name: value for name, value in weights.items() if name in head or not name.startswith(ADDED)}
    missing, unexpected = net.load_state_dict(weights, strict=False)
    wrong = [name for name in missing if not name.startswith(ADDED)]
    if wrong or unexpected:
        raise ValueError(f"weights: missing {wrong}, unexpected {unexpected}")
    return list(missing)


__all__ = ["Committed", "CommittedEncoder", "load_weights"]
