"""Gated fusion: from the tokens of all present modalities to actions."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from .committed import Committed, CommittedEncoder
from .config import FRONT, HORIZON, INSTANCES, WRIST, NetworkConfig
from .grounding import Grounder, Place, PlaceEmbedding
from .layers import Block, additive_mask, mlp


#: Positions of the wrench tokens: the last four tokens are two of the wrench, one of the instruction and one of the joints.
WRENCH_TOKENS = slice(-4, -2)


class Encoded(NamedTuple):
    """Outputs of the encoders. Maps [B,64,S*S], camera tokens [B,9,d], wrench [B,2,d], pooled [B,d], joints [B,1,d]."""

    front_map: Tensor
    front: Tensor
    wrist_map: Tensor
    wrist: Tensor
    wrench: Tensor
    pooled: Tensor
    joints: Tensor


class Fused(NamedTuple):
    """actions [B,16,config.action] normalised; gates [B,5]; places per camera (Q = 1); intent, verdict, readout [B,d].

    chunks [B,modes,16,config.action], chances [B,modes]: of a network with several modes all chunks and the logits of their probabilities.
    """

    actions: Tensor
    gates: Tensor
    front: Place
    wrist: Place
    intent: Tensor
    verdict: Tensor
    readout: Tensor
    chunks: Tensor | None = None
    chances: Tensor | None = None


class Fusion(nn.Module):
    """Grounds the instruction in the images, gates the modalities and predicts a chunk of actions."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d, count = config.d, len(INSTANCES)
        sizes = (config.vision_tokens, config.vision_tokens, 2, 1, 1)
        owner = torch.repeat_interleave(torch.arange(count), torch.tensor(sizes))
        #: Instance of each token, and the matrix [instances, tokens] that computes the mean token of each instance.
        self.register_buffer("owner", owner, persistent=False)
        mean = (owner == torch.arange(count)[:, None]).float() / torch.tensor(sizes)[:, None]
        self.register_buffer("mean", mean, persistent=False)
        self.missing = nn.Parameter(torch.randn(count, d) * 0.02)
        self.kind = nn.Parameter(torch.randn(count + 2, d) * 0.1)
        self.readout = nn.Parameter(torch.randn(1, d) * 0.02)
        # Compares words and measured weight without the state, since the arm's motion must not replace the measured weight.
        self.judge = nn.Sequential(mlp(3 * d, 2 * d, d), nn.SiLU())
        self.understand = nn.Sequential(mlp(5 * d, 2 * d, 2 * d), nn.SiLU(), nn.Linear(2 * d, d), nn.SiLU())
        self.find_front = Grounder(config, relations=config.relations)
        self.find_wrist = Grounder(config, extra=config.map_channels + 3)
        self.place_front = PlaceEmbedding(config)
        self.place_wrist = PlaceEmbedding(config)
        self.gate = mlp(count * d + count, d, count)
        nn.init.constant_(self.gate[2].bias, 2.0)
        self.start = nn.Linear(4 * d, d)
        self.blocks = nn.ModuleList(Block(d, config.heads) for _ in range(config.layers))
        self.norm = nn.LayerNorm(d)
        self.head = mlp(d, 3 * d, config.modes * HORIZON * config.action)
        self.choice = nn.Linear(d, config.modes) if config.modes > 1 else None
        self.committed = CommittedEncoder(config) if config.prefix else None

    def fill(self, x: Encoded, present: Tensor) -> tuple[Tensor, Tensor]:
        """All tokens [B,N,d], with a learned embedding in place of absent instances, and the mask of present ones [B,N,1]."""
        joined = torch.cat([x.front, x.wrist, x.wrench, x.pooled[:, None], x.joints], 1)
        there = present[:, self.owner, None]
        return joined * there + self.missing[self.owner] * (1.0 - there), there

    def intent(self, pooled: Tensor, wrench: Tensor, joints: Tensor) -> tuple[Tensor, Tensor]:
        """The intent from words, measured weight and state [...,d], and the verdict from words and measured weight alone [...,d].

        pooled [...,d], wrench [...,2d], joints [...,d].
        """
        verdict = self.judge(torch.cat([pooled, wrench], -1))
        return self.understand(torch.cat([pooled, wrench, joints, verdict], -1)), verdict

    def find(self, intent: Tensor, front_map: Tensor, wrist_map: Tensor, front_present: Tensor) -> tuple[Place, Place]:
        """Finds the object of each intent [B,Q,d] in both cameras.

        The wrist camera's query includes the result of the front camera, so that both select the same object.
        """
        front = self.find_front(intent, front_map)
        hint = torch.cat([front.feature, front.xy * 2.0 - 1.0, front.confidence], -1) * front_present[:, None, None]
        return front, self.find_wrist(torch.cat([intent, hint.to(intent.dtype)], -1), wrist_map)

    def combine(
        self, filled: Tensor, there: Tensor, places: Tensor, intent: Tensor, present: Tensor, prefix: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """The readout [B,d] and the gates [B,5] from the tokens and their mask as `fill` gives them, and the embedded places [B,2,d].

        prefix [B,d]: the encoded committed actions.
        """
        means = (self.mean @ filled).flatten(1)
        gates = self.gate(torch.cat([means, present], 1)).float().sigmoid() * present
        places = places * gates[:, FRONT : WRIST + 1, None]
        gated = filled * gates[:, self.owner, None]
        readout = self.readout + self.start(torch.cat([places.flatten(1), gated[:, -1], intent], 1))
        if prefix is not None:
            readout = readout + prefix
        tokens = torch.cat([readout[:, None], gated + self.kind[self.owner], places + self.kind[len(INSTANCES) :]], 1)
        # The readout is always present; a place is present when its camera is.
        mask = torch.cat([torch.ones_like(present[:, :1]), there[..., 0], present[:, FRONT : WRIST + 1]], 1)
        additive = additive_mask(mask)
        for block in self.blocks[:-1]:
            tokens = block(tokens, additive)
        return self.norm(self.blocks[-1](tokens, additive, first=1)[:, 0]), gates

    def forward(self, x: Encoded, present: Tensor, shift: Tensor | None = None, committed: Committed | None = None) -> Fused:
        """present [B,5]. shift [B,2,2]: shift of each image by augmentation (image fractions), which is subtracted from the places.

        committed: actions from which the chunk continues, which only the network of a compliant tool reads. Without them it plans freely.
        """
        filled, there = self.fill(x, present)
        wrench, pooled, joints = filled[:, WRENCH_TOKENS].flatten(1), filled[:, -2], filled[:, -1]

        intent, verdict = self.intent(pooled, wrench, joints)
        seen_front, seen_wrist = self.find(intent[:, None], x.front_map, x.wrist_map, present[:, FRONT])
        xy = torch.cat([seen_front.xy, seen_wrist.xy], 1)
        if shift is not None:
            xy = xy - shift
        at_front = self.place_front(xy[:, 0], seen_front.confidence[:, 0], seen_front.feature[:, 0])
        at_wrist = self.place_wrist(xy[:, 1], seen_wrist.confidence[:, 0], seen_wrist.feature[:, 0])

        prefix = self.committed(committed) if self.committed and committed else None
        out, gates = self.combine(filled, there, torch.stack([at_front, at_wrist], 1), intent, present, prefix)
        fused = Fused(self.head(out).reshape(out.shape[0], HORIZON, -1).float(), gates, seen_front, seen_wrist, intent, verdict, out)
        return self.choose(fused) if self.choice else fused

    def choose(self, fused: Fused) -> Fused:
        """Splits the output of a head with several modes into chunks, and takes the most probable one."""
        assert self.choice is not None
        chances = self.choice(fused.readout).float()
        chunks = fused.actions.reshape(len(chances), chances.shape[1], HORIZON, -1)
        best = (chances >= chances.amax(1, keepdim=True)).float()
        # Equal chances would add chunks up.
        best = best / best.sum(1, keepdim=True)
        return fused._replace(actions=(chunks * best[:, :, None, None]).sum(1), chunks=chunks, chances=chances)


__all__ = ["WRENCH_TOKENS", "Encoded", "Fused", "Fusion"]
