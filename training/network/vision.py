"""Encoder of camera images, shared by all cameras."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import IMAGE_SIZE, NetworkConfig


def conv(inputs: int, outputs: int, kernel: int, stride: int, padding: int) -> nn.Sequential:
    """Convolution, BatchNorm and ReLU.

    BatchNorm trains twice as fast as GroupNorm in bf16 on a CPU, and it folds into the convolution on export.
    """
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outputs, momentum=0.02),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """A convolution with a skip connection."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = conv(channels, channels, 3, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


def coordinates(size: int) -> Tensor:
    """The coordinates x and y of each pixel, -1..1 [1,2,size,size]."""
    line = torch.linspace(-1, 1, size)
    y, x = torch.meshgrid(line, line, indexing="ij")
    return torch.stack([x, y])[None]


class VisionEncoder(nn.Module):
    """Image [B,3,96,96], normalised -> `map` [B,64,24*24] (row-major cells) and `tokens` [B,9,d] (3x3 regions).

    A 6x6 stem of stride 4 leads to three scales. The map is the sum of all scales (a feature pyramid), so that each cell
    describes both its pixels and their surroundings.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        c1, c2, c3 = config.channels
        m = config.map_channels
        self.fine = nn.Sequential(conv(5, c1, 6, 4, 1), Residual(c1))
        self.middle = nn.Sequential(conv(c1, c2, 3, 2, 1), Residual(c2), Residual(c2))
        self.coarse = nn.Sequential(conv(c2, c3, 3, 2, 1), Residual(c3))
        self.regions = nn.Sequential(conv(c3, c3, 3, 2, 1), nn.Conv2d(c3, config.d, 1))
        self.from_fine = nn.Conv2d(c1, m, 1)
        self.from_middle = nn.Conv2d(c2, m, 1)
        self.from_coarse = nn.Conv2d(c3, m, 1)
        self.map_position = nn.Parameter(torch.zeros(1, m, config.cells, config.cells))
        self.token_position = nn.Parameter(torch.randn(1, config.vision_tokens, config.d) * 0.02)
        self.register_buffer("coordinates", coordinates(IMAGE_SIZE), persistent=False)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        xy = self.coordinates.to(image.dtype).expand(image.shape[0], -1, -1, -1)
        x = torch.cat([image, xy], 1).contiguous(memory_format=torch.channels_last)
        fine = self.fine(x)
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        tokens = self.regions(coarse).flatten(2).transpose(1, 2)
        cells = self.from_middle(middle) + F.interpolate(self.from_coarse(coarse), scale_factor=2.0, mode="nearest")
        cells = self.from_fine(fine) + F.interpolate(cells, scale_factor=2.0, mode="nearest")
        return (cells + self.map_position).flatten(2), tokens + self.token_position
