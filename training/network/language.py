"""Encoder of the instruction."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .config import INSTRUCTION_WORDS, NetworkConfig
from .layers import MASKED_LOGIT, Block, additive_mask


class LanguageEncoder(nn.Module):
    """Word ids [B,L] (0 = padding) -> `pooled` [B,d].

    Training may shorten L to the longest sentence of a batch, since padding does not affect the words.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d = config.d
        self.embedding = nn.Embedding(config.vocabulary, d)
        nn.init.normal_(self.embedding.weight, std=0.5)
        self.position = nn.Parameter(torch.randn(1, INSTRUCTION_WORDS, d) * 0.05)
        self.blocks = nn.ModuleList(Block(d, config.heads) for _ in range(config.language_layers))
        self.norm = nn.LayerNorm(d)
        self.score = nn.Linear(d, 1)

    def forward(self, words: Tensor) -> Tensor:
        mask = (words > 0).float()
        x = self.embedding(words) + self.position[:, : words.shape[1]]
        for block in self.blocks:
            x = block(x, additive_mask(mask))
        x = self.norm(x)
        weights = (self.score(x)[..., 0].float() + (1.0 - mask) * MASKED_LOGIT).softmax(-1)
        return (x * weights[..., None]).sum(1)
