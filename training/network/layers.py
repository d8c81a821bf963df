"""Transformer parts written in basic operations, so that they export to plain ONNX operators."""

from __future__ import annotations

from torch import Tensor, nn

#: Added to the attention logits of masked keys. It is finite, so that a fully masked row gives no NaN.
MASKED_LOGIT = -1e4


def mlp(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    """Two linear layers with SiLU between them."""
    return nn.Sequential(nn.Linear(inputs, hidden), nn.SiLU(), nn.Linear(hidden, outputs))


def compress(x: Tensor) -> Tensor:
    """sign(x) log(1 + |x|): linear near 0, and logarithmic for large numbers."""
    return x.sign() * (x.abs() + 1.0).log()


class Attention(nn.Module):
    """Multi-head attention of `queries` [B,Q,d] over `keys` [B,N,d]; `mask` [B,1,1,N] is added to the logits."""

    def __init__(self, d: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.width = d // heads
        self.query = nn.Linear(d, d)
        self.key_value = nn.Linear(d, 2 * d)
        self.out = nn.Linear(d, d)

    def forward(self, queries: Tensor, keys: Tensor, mask: Tensor) -> Tensor:
        b, n, d = keys.shape
        q = self.query(queries).reshape(b, -1, self.heads, self.width).transpose(1, 2)
        kv = self.key_value(keys).reshape(b, n, 2, self.heads, self.width).permute(2, 0, 3, 1, 4)
        logits = (q @ kv[0].transpose(2, 3)).float() * self.width**-0.5 + mask
        mixed = logits.softmax(-1).to(kv.dtype) @ kv[1]
        return self.out(mixed.transpose(1, 2).reshape(b, -1, d))


class Block(nn.Module):
    """Pre-norm transformer block. With `first` > 0 only the first tokens are computed, which suffices for the last layer."""

    def __init__(self, d: int, heads: int, ratio: int = 2) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(d)
        self.attention = Attention(d, heads)
        self.norm2 = nn.LayerNorm(d)
        self.feed = mlp(d, ratio * d, d)

    def forward(self, x: Tensor, mask: Tensor, first: int = 0) -> Tensor:
        keys = self.norm1(x)
        queries = keys
        if first:
            x, queries = x[:, :first], keys[:, :first]
        x = x + self.attention(queries, keys, mask)
        return x + self.feed(self.norm2(x))


def additive_mask(present: Tensor) -> Tensor:
    """Presence of each key, 1 or 0 [B,N] -> additive mask [B,1,1,N]."""
    return ((1.0 - present) * MASKED_LOGIT)[:, None, None, :]


__all__ = ["Attention", "Block", "MASKED_LOGIT", "additive_mask", "compress", "mlp"]
