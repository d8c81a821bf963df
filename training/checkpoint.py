"""Checkpoints. They are written to a temporary file and renamed, so that an interrupted write keeps the previous one."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from network import NetworkConfig, PolicyNetwork
from network.committed import load_weights
from stats import Statistics
from tokens import Vocabulary


@dataclass
class Checkpoint:
    """The state of a training run. weights: the current ones. average: the averaged ones (EMA), which export uses."""

    config: NetworkConfig
    vocabulary: list[str]
    statistics: Statistics
    tasks: list[str]
    weights: dict[str, torch.Tensor]
    average: dict[str, torch.Tensor]
    optimizer: dict[str, Any] = field(default_factory=dict)
    progress: dict[str, Any] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Writes the checkpoint atomically."""
        values = dict(self.__dict__, config=self.config.to_dict(), statistics=self.statistics.to_dict())
        part = path.with_suffix(".part")
        torch.save(values, part)
        os.replace(part, path)

    @staticmethod
    def load(path: Path) -> Checkpoint:
        """Reads a checkpoint to the CPU."""
        values = torch.load(path, map_location="cpu", weights_only=True)
        values["config"] = NetworkConfig.from_dict(values["config"])
        values["statistics"] = Statistics.from_dict(values["statistics"])
        return Checkpoint(**values)

    def network(self) -> PolicyNetwork:
        """The averaged network, in evaluation mode."""
        net = PolicyNetwork(self.config)
        load_weights(net, self.average)
        return net.eval()

    def words(self) -> Vocabulary:
        """The vocabulary as an encoder of texts."""
        vocabulary = Vocabulary(self.vocabulary)
        vocabulary.corrects = self.config.compliant
        return vocabulary
