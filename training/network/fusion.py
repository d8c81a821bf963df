"""Gated fusion: tokens of whatever is present -> actions."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from .config import ACTION_DIM, FRONT, HORIZON, INSTANCES, JOINTS, LANGUAGE, WRENCH, WRIST, NetworkConfig
from .grounding import Grounder, Place, PlaceEmbedding
from .layers import Block, additive_mask, mlp


class Encoded(NamedTuple):
    """Outputs of the encoders. Vision: cells [B,64,S*S], tokens [B,9,d]."""

    front_map: Tensor
    front: Tensor
    wrist_map: Tensor
    wrist: Tensor
    wrench: Tensor
    language: Tensor
    mask: Tensor
    pooled: Tensor
    joints: Tensor


class Fused(NamedTuple):
    """actions [B,16,7] normalised; gates [B,5]; places per camera (Q = 1); intent, verdict, readout [B,d]."""

    actions: Tensor
    gates: Tensor
    front: Place
    wrist: Place
    intent: Tensor
    verdict: Tensor
    readout: Tensor


class Fusion(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d, count = config.d, len(INSTANCES)
        self.missing = nn.Parameter(torch.randn(count, d) * 0.02)
        self.kind = nn.Parameter(torch.randn(count + 2, d) * 0.1)
        self.readout = nn.Parameter(torch.randn(1, d) * 0.02)
        # Words against felt weight, apart from the state: where the arm already goes must not stand in for what it feels.
        self.judge = nn.Sequential(mlp(3 * d, 2 * d, d), nn.SiLU())
        self.understand = nn.Sequential(mlp(5 * d, 2 * d, 2 * d), nn.SiLU(), nn.Linear(2 * d, d), nn.SiLU())
        self.find_front = Grounder(config)
        self.find_wrist = Grounder(config, extra=config.map_channels + 3)
        self.place_front = PlaceEmbedding(config)
        self.place_wrist = PlaceEmbedding(config)
        self.gate = mlp(count * d + count, d, count)
        nn.init.constant_(self.gate[2].bias, 2.0)
        self.start = nn.Linear(4 * d, d)
        self.blocks = nn.ModuleList(Block(d, config.heads) for _ in range(config.layers))
        self.norm = nn.LayerNorm(d)
        self.head = mlp(d, 3 * d, HORIZON * ACTION_DIM)

    def fill(self, value: Tensor, present: Tensor, instance: int) -> Tensor:
        """Replaces absent values [B,...,d] by the learned embedding of a missing instance."""
        p = present[:, instance].reshape(-1, *([1] * (value.dim() - 1)))
        return value * p + self.missing[instance] * (1.0 - p)

    def intent(self, pooled: Tensor, wrench: Tensor, joints: Tensor) -> tuple[Tensor, Tensor]:
        """What to do now, from words, felt weight and state, and the verdict on words and weight alone [...,d].

        pooled [...,d], wrench [...,2d], joints [...,d].
        """
        verdict = self.judge(torch.cat([pooled, wrench], -1))
        return self.understand(torch.cat([pooled, wrench, joints, verdict], -1)), verdict

    def find(self, intent: Tensor, front_map: Tensor, wrist_map: Tensor, front_present: Tensor) -> tuple[Place, Place]:
        """intent [B,Q,d]. The wrist's query knows what the front camera settled on, so that both settle on one thing."""
        front = self.find_front(intent, front_map)
        hint = torch.cat([front.feature, front.xy * 2.0 - 1.0, front.confidence], -1) * front_present[:, None, None]
        return front, self.find_wrist(torch.cat([intent, hint.to(intent.dtype)], -1), wrist_map)

    def forward(self, x: Encoded, present: Tensor, shift: Tensor | None = None) -> Fused:
        """present [B,5]. shift [B,2,2]: how far augmentation moved each image (fractions); taken off the places again."""
        front, wrist = self.fill(x.front, present, FRONT), self.fill(x.wrist, present, WRIST)
        wrench, joints = self.fill(x.wrench, present, WRENCH), self.fill(x.joints, present, JOINTS)
        words, pooled = self.fill(x.language, present, LANGUAGE), self.fill(x.pooled, present, LANGUAGE)

        intent, verdict = self.intent(pooled, wrench.flatten(1), joints[:, 0])
        seen_front, seen_wrist = self.find(intent[:, None], x.front_map, x.wrist_map, present[:, FRONT])
        xy = torch.cat([seen_front.xy, seen_wrist.xy], 1)
        if shift is not None:
            xy = xy - shift
        at_front = self.place_front(xy[:, 0], seen_front.confidence[:, 0], seen_front.feature[:, 0])
        at_wrist = self.place_wrist(xy[:, 1], seen_wrist.confidence[:, 0], seen_wrist.feature[:, 0])
        at_front = at_front * present[:, FRONT : FRONT + 1]
        at_wrist = at_wrist * present[:, WRIST : WRIST + 1]

        means = [front.mean(1), wrist.mean(1), wrench.mean(1), pooled, joints[:, 0]]
        gates = self.gate(torch.cat([*means, present], 1)).float().sigmoid() * present
        g = gates[..., None]
        readout = self.readout + self.start(
            torch.cat([at_front * g[:, FRONT], at_wrist * g[:, WRIST], joints[:, 0] * g[:, JOINTS], intent], 1)
        )
        groups = [front * g[:, FRONT : FRONT + 1], wrist * g[:, WRIST : WRIST + 1], wrench * g[:, WRENCH : WRENCH + 1]]
        groups += [words * g[:, LANGUAGE : LANGUAGE + 1], joints * g[:, JOINTS : JOINTS + 1]]
        groups += [(at_front * g[:, FRONT])[:, None], (at_wrist * g[:, WRIST])[:, None]]
        tokens = torch.cat([readout[:, None], *[t + self.kind[i] for i, t in enumerate(groups)]], 1)

        def keys(count: int, instance: int) -> Tensor:
            return present[:, instance : instance + 1].expand(-1, count)

        mask = torch.cat(
            [
                torch.ones_like(present[:, :1]),
                keys(front.shape[1], FRONT),
                keys(wrist.shape[1], WRIST),
                keys(2, WRENCH),
                x.mask * present[:, LANGUAGE : LANGUAGE + 1],
                keys(1, JOINTS),
                keys(1, FRONT),
                keys(1, WRIST),
            ],
            1,
        )
        additive = additive_mask(mask)
        for block in self.blocks[:-1]:
            tokens = block(tokens, additive)
        out = self.norm(self.blocks[-1](tokens, additive, first=1)[:, 0])
        actions = self.head(out).reshape(-1, HORIZON, ACTION_DIM)
        return Fused(actions.float(), gates, seen_front, seen_wrist, intent, verdict, out)


__all__ = ["Encoded", "Fused", "Fusion"]
