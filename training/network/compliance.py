"""Codes in which a network learns the actions of a compliant tool.

A row has displacement (m) and rotation (rad) of the tool, stiffness (N/m) and force (N) along the axes of the base, and the gripper's width (m).
Displacements and stiffness range over orders of magnitude, and a small one matters as much as a large one: their codes are
logarithmic, so that errors are relative.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

#: Displacement (m) and stiffness (N/m) below which a code is nearly linear.
DISPLACEMENT_M, STIFFNESS_N_M = 0.002, 100.0
#: Largest codes that are decoded: 0.6 m and 40 kN/m.
LARGEST_DISPLACEMENT, LARGEST_STIFFNESS = 6.4, 6.0
POSITION, STIFFNESS = slice(0, 3), slice(6, 9)


def encode(actions: np.ndarray) -> np.ndarray:
    """Actions [...,13] in SI units as codes."""
    out = actions.copy()
    out[..., POSITION] = np.arcsinh(actions[..., POSITION] / DISPLACEMENT_M)
    out[..., STIFFNESS] = np.log1p(actions[..., STIFFNESS] / STIFFNESS_N_M)
    return out


def encode_tensor(actions: Tensor) -> Tensor:
    """`encode` for tensors, in operations that ONNX has."""
    position, stiffness = actions[..., POSITION] / DISPLACEMENT_M, actions[..., STIFFNESS] / STIFFNESS_N_M
    size = position.abs()
    displacement = position.sign() * (size + (size * size + 1.0).sqrt()).log()
    return torch.cat([displacement, actions[..., 3:6], (stiffness.clamp(min=0.0) + 1.0).log(), actions[..., 9:]], -1)


def decode(codes: Tensor) -> Tensor:
    """The inverse of `encode`, with codes beyond the largest limited."""
    position = codes[..., POSITION].clamp(-LARGEST_DISPLACEMENT, LARGEST_DISPLACEMENT)
    displacement = (position.exp() - (-position).exp()) * (DISPLACEMENT_M / 2)
    stiffness = (codes[..., STIFFNESS].clamp(0.0, LARGEST_STIFFNESS).exp() - 1.0) * STIFFNESS_N_M
    return torch.cat([displacement, codes[..., 3:6], stiffness, codes[..., 9:]], -1)


__all__ = ["decode", "encode", "encode_tensor"]
