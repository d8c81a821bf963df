"""A linear layer with a low-rank adapter in few operations, in the number format of its frozen weights.

peft computes the adapter in the format of its factors (float32) and converts each activation there and back, which takes as long on
a CPU as the products themselves.
"""

import torch
from peft.tuners.lora import Linear


class AdaptedProduct(torch.autograd.Function):
    """x W^T + s (x A^T) B^T for x (tokens x in), frozen W (out x in), A (rank x in), B (out x rank)."""

    @staticmethod
    def forward(ctx, x, weight, a, b, scale):
        a16, b16 = a.to(x.dtype), (scale * b).to(x.dtype)
        down = x @ a16.T
        ctx.save_for_backward(x, weight, a16, b16, down)
        ctx.scale = scale
        return torch.addmm(x @ weight.T, down, b16.T)

    @staticmethod
    def backward(ctx, grad):
        x, weight, a16, b16, down = ctx.saved_tensors
        grad = grad.contiguous()
        grad_down = grad @ b16
        grad_x = torch.addmm(grad @ weight, grad_down, a16) if ctx.needs_input_grad[0] else None
        return grad_x, None, (grad_down.T @ x).float(), ctx.scale * (grad.T @ down).float(), None


def fuse(model: torch.nn.Module) -> None:
    """Replaces the forward pass of every adapted layer; names and shapes of the parameters stay."""
    for layer in model.modules():
        if isinstance(layer, Linear):
            layer.forward = fused_forward(layer)


def fused_forward(layer: Linear):
    """The forward pass of one layer."""
    (name,) = layer.active_adapters

    def forward(x: torch.Tensor) -> torch.Tensor:
        rows = x.reshape(-1, x.shape[-1])
        y = AdaptedProduct.apply(
            rows, layer.base_layer.weight, layer.lora_A[name].weight, layer.lora_B[name].weight, layer.scaling[name]
        )
        return y.reshape(*x.shape[:-1], -1)

    return forward
