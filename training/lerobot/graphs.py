"""The networks of LeRobot as modules with one tensor for each input, which is what an ONNX graph has."""

from __future__ import annotations

import torch
from policy_folder import PolicyFolder, PolicyFolderError
from torch import Tensor, nn

STATE, ENVIRONMENT, IMAGES = "observation.state", "observation.environment_state", "observation.images"
#: Name of the graph's output: normalised actions of shape [1, steps, elements].
ACTION = "action"


class ActGraph(nn.Module):
    """Action Chunking Transformer (Zhao et al., RSS 2023). The latent is zero, as at inference."""

    def __init__(self, folder: PolicyFolder) -> None:
        super().__init__()
        self.model, self.names, self.images = folder.policy.model, input_names(folder), folder.images()
        self.samples = folder.config.chunk_size

    def forward(self, *inputs: Tensor) -> Tensor:
        batch = dict(zip(self.names, inputs, strict=True))
        if self.images:
            batch[IMAGES] = [batch.pop(name) for name in self.images]  # type: ignore[assignment]
        return self.model(batch)[0]


class CentreCrop(nn.Module):
    """The middle of an image, of constant size: torchvision's own computes with the image's size, which a trace makes a tensor."""

    def __init__(self, image: tuple[int, int], crop: tuple[int, int]) -> None:
        super().__init__()
        self.top, self.left = (round((a - b) / 2) for a, b in zip(image, crop, strict=True))
        self.height, self.width = crop

    def forward(self, x: Tensor) -> Tensor:
        return x[..., self.top : self.top + self.height, self.left : self.left + self.width]


class DiffusionGraph(nn.Module):
    """Diffusion Policy (Chi et al., RSS 2023) with a fixed initial noise and DDIM, unrolled, so that an observation has one answer.

    The steps of DDIM (Song et al., ICLR 2021) without added noise are deterministic; a policy that was trained for DDPM may be
    sampled so.
    """

    def __init__(self, folder: PolicyFolder, steps: int, seed: int) -> None:
        super().__init__()
        from diffusers.schedulers.scheduling_ddim import DDIMScheduler

        config, diffusion = folder.config, folder.policy.diffusion
        if config.resize_shape is not None:
            raise PolicyFolderError(
                f"{folder.path}: resize_shape {config.resize_shape}, expected none: PyTorch does not export its resizing with antialias"
            )
        if config.crop_shape is not None:
            _, *size = folder.shape(folder.images()[0])
            encoders = diffusion.rgb_encoder if config.use_separate_rgb_encoder_per_camera else [diffusion.rgb_encoder]
            for encoder in encoders:
                encoder.center_crop = CentreCrop(tuple(size), tuple(config.crop_shape))
        diffusion.noise_scheduler = DDIMScheduler.from_config(diffusion.noise_scheduler.config)
        diffusion.num_inference_steps = steps
        self.diffusion, self.names, self.images = diffusion, input_names(folder), folder.images()
        noise = (1, config.horizon, config.action_feature.shape[0])
        self.register_buffer("noise", torch.randn(noise, generator=torch.Generator().manual_seed(seed)))

    def forward(self, *inputs: Tensor) -> Tensor:
        batch = dict(zip(self.names, inputs, strict=True))
        if self.images:
            batch[IMAGES] = torch.stack([batch.pop(name) for name in self.images], dim=-4)
        return self.diffusion.generate_actions(batch, noise=self.noise)


def input_names(folder: PolicyFolder) -> list[str]:
    """Inputs of the graph: LeRobot's names of those that the network reads."""
    return [*folder.vectors(), *folder.images()]


def graph_of(folder: PolicyFolder, steps: int, seed: int) -> nn.Module:
    """Raises PolicyFolderError for an architecture that does not go into one graph."""
    if folder.kind == "act":
        return ActGraph(folder).eval()
    if folder.kind == "diffusion":
        return DiffusionGraph(folder, steps, seed).eval()
    raise PolicyFolderError(f"{folder.path}: policy type {folder.kind}, expected act or diffusion; {REASONS.get(folder.kind, UNKNOWN)}")


UNKNOWN = "other networks have no export here"
REASONS = {
    "smolvla": "SmolVLA keeps keys and values of a language model between the steps of its flow, and its weights were not at hand to compare with",
}
