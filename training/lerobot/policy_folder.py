"""A policy folder of LeRobot: its network with LeRobot's own processors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from lerobot.configs import FeatureType, PreTrainedConfig
from lerobot.policies.factory import get_policy_class, make_pre_post_processors

PREPROCESSOR, POSTPROCESSOR = "policy_preprocessor.json", "policy_postprocessor.json"
CONFIG, WEIGHTS = "config.json", "model.safetensors"


class PolicyFolderError(ValueError):
    """A folder that is no policy, or a policy that this program does not know."""


@dataclass(frozen=True)
class PolicyFolder:
    """config: LeRobot's configuration. policy: the network in evaluation mode on the CPU, with its processors before and after."""

    path: Path
    config: Any
    policy: Any
    preprocess: Any
    postprocess: Any

    @property
    def kind(self) -> str:
        """LeRobot's name of the architecture, such as `act`."""
        return str(self.config.type)

    def images(self) -> list[str]:
        """Inputs that are images, in the order in which the network gets them."""
        return list(self.config.image_features)

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of one sample of an input, without batch and time."""
        return tuple(self.config.input_features[name].shape)

    def vectors(self) -> list[str]:
        """Inputs that are vectors and that the networks of LeRobot read: state, and state of the environment."""
        known = [name for name, each in self.config.input_features.items() if each.type in (FeatureType.STATE, FeatureType.ENV)]
        return [name for name in known if name in ("observation.state", "observation.environment_state")]

    def unread(self) -> list[str]:
        """Inputs of the configuration that the network does not read, although LeRobot normalises them."""
        read = {*self.images(), *self.vectors()}
        return [name for name in self.config.input_features if name not in read]


def open_policy(path: Path) -> PolicyFolder:
    """Opens a folder that LeRobot's `save_pretrained` wrote. Raises PolicyFolderError that names the file that is missing."""
    for name in (CONFIG, WEIGHTS, PREPROCESSOR, POSTPROCESSOR):
        if not (path / name).is_file():
            raise PolicyFolderError(f"{path / name}: not found, expected a policy folder of LeRobot, as `pretrained_model` of a checkpoint")
    if "type" not in json.loads((path / CONFIG).read_text()):
        raise PolicyFolderError(f"{path / CONFIG}: no type, expected the configuration of a policy")
    config = PreTrainedConfig.from_pretrained(path, local_files_only=True)
    config.device = "cpu"
    policy = get_policy_class(config.type).from_pretrained(path, config=config, local_files_only=True).eval()
    on_cpu = {"device_processor": {"device": "cpu"}}
    before, after = make_pre_post_processors(config, pretrained_path=str(path), preprocessor_overrides=on_cpu)
    return PolicyFolder(path, config, policy, before, after)


@torch.no_grad()
def random_inputs(folder: PolicyFolder, count: int, seed: int) -> list[dict[str, torch.Tensor]]:
    """Normalised inputs as the preprocessor gives them: standard normal numbers. Each input has a batch of one."""
    random = torch.Generator().manual_seed(seed)
    steps = folder.config.n_obs_steps
    lead = (1,) if steps == 1 and folder.kind == "act" else (1, steps)
    names = [*folder.vectors(), *folder.images()]
    return [{name: torch.randn(*lead, *folder.shape(name), generator=random) for name in names} for _ in range(count)]
