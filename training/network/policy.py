"""The whole network: encoders, fusion, and auxiliary heads for training."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .concat import ConcatFusion
from .config import NetworkConfig
from .fusion import Encoded, Fused, Fusion
from .joints import JointPositionsEncoder, ToolHistoryEncoder, ToolStateEncoder
from .language import LanguageEncoder
from .layers import mlp
from .vision import VisionEncoder
from .wrench import CausalWrenchEncoder, WrenchEncoder


class Auxiliary(NamedTuple):
    """Outputs of the auxiliary heads, which only training uses.

    From the readout: goal [B,3] (dm from the tool), grasped [B], phase [B,P], side [B] (of the tray; left is positive).
    side_intent [B] from the intent, side_verdict [B] from the verdict, goal_index [B,goals] from the instruction alone, mass and
    contact [B] from the wrench tokens.
    """

    goal: Tensor
    grasped: Tensor
    phase: Tensor
    side: Tensor
    side_intent: Tensor
    side_verdict: Tensor
    goal_index: Tensor
    mass: Tensor
    contact: Tensor


class PolicyNetwork(nn.Module):
    """The policy. Its attribute names are the keys of checkpoints."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        d = config.d
        self.config = config
        self.vision = VisionEncoder(config)
        self.wrench = (CausalWrenchEncoder if config.compliant else WrenchEncoder)(config) if config.wrench else None
        self.language = LanguageEncoder(config)
        state = ToolHistoryEncoder if config.compliant else ToolStateEncoder
        self.joints = JointPositionsEncoder(config) if config.joints else state(config)
        self.fusion = ConcatFusion(config) if config.fusion == "concat" else Fusion(config)
        self.readout_heads = mlp(d, d, 5 + config.phases)
        self.intent_head = nn.Linear(d, 1)
        self.verdict_head = nn.Linear(d, 1)
        self.goal_head = nn.Linear(d, config.goals)
        self.wrench_heads = mlp(2 * d, 64, 2)
        self.region_projection = nn.Linear(config.map_channels, d)
        self.text_projection = nn.Linear(d, d)
        self.contrast_scale = nn.Parameter(torch.tensor(2.3))

    def encode(
        self,
        front: Tensor,
        wrist: Tensor,
        wrench: Tensor,
        words: Tensor,
        state: Tensor,
        autocast: AbstractContextManager[object] | None = None,
    ) -> Encoded:
        """Encodes all modalities. Both cameras form one batch, so that BatchNorm's statistics cover both.

        `autocast` covers the expensive encoders (vision, language); state and wrench stay in full precision. Without a wrist sensor
        the wrench has no effect, and its tokens are zeros, which fusion takes for absent ones.
        """
        with autocast or nullcontext():
            maps, tokens = self.vision(torch.cat([front, wrist]))
            pooled = self.language(words)
        front_map, wrist_map = maps.float().chunk(2)
        front_tokens, wrist_tokens = tokens.float().chunk(2)
        joints = self.joints(state)
        wrench_tokens = self.wrench(wrench) if self.wrench else joints.new_zeros(len(joints), 2, self.config.d)
        return Encoded(front_map, front_tokens, wrist_map, wrist_tokens, wrench_tokens, pooled.float(), joints)

    def auxiliary(self, x: Encoded, fused: Fused) -> Auxiliary:
        """Computes the auxiliary outputs."""
        out = self.readout_heads(fused.readout).float()
        mass_contact = self.wrench_heads(x.wrench.flatten(1)).float()
        side_verdict, goal_index = self.verdict_head(fused.verdict).float()[:, 0], self.goal_head(x.pooled).float()
        side_intent = self.intent_head(fused.intent).float()[:, 0]
        mass, contact = mass_contact[:, 0], mass_contact[:, 1]
        return Auxiliary(out[:, :3], out[:, 3], out[:, 5:], out[:, 4], side_intent, side_verdict, goal_index, mass, contact)
