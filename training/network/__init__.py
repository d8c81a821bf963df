"""The policy network: one encoder per modality, then gated fusion with grounding."""

from .config import INSTANCES, NetworkConfig
from .policy import PolicyNetwork

__all__ = ["INSTANCES", "NetworkConfig", "PolicyNetwork"]
