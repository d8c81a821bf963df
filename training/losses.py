"""The losses of training."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from augment import Batch
from network import NetworkConfig, PolicyNetwork
from network.committed import Committed
from network.config import CHUNK_SCALE, COMMITTED_ROWS, FRONT, HORIZON, LANGUAGE, WRENCH
from network.fusion import WRENCH_TOKENS, Encoded, Fused
from network.grounding import Place


@dataclass(frozen=True)
class Weights:
    """Weight of each loss term."""

    action: float = 1.0
    grounding: float = 0.5
    objects: float = 0.5
    place: float = 4.0
    goal: float = 0.3
    flags: float = 0.1
    side: float = 0.3
    #: Held mass and contact, predicted from the wrench tokens. The name is an option's value and a column of the log.
    felt: float = 0.2
    named: float = 0.1
    contrast: float = 0.05
    #: Place in the front image of the thing that a relation compares with.
    compared: float = 0.5


def cell_targets(uv: Tensor, cells: int) -> Tensor:
    """uv [...,3] -> distribution over the cells and the class "not in view" [..., cells^2+1].

    The weight is split between the four nearest cells, so that the mean position is the true one.
    """
    spot = uv[..., :2] * cells - 0.5
    low = spot.floor()
    part = spot - low
    target = uv.new_zeros(*uv.shape[:-1], cells * cells + 1)
    seen = uv[..., 2]
    for dx in (0, 1):
        for dy in (0, 1):
            x = (low[..., 0] + dx).clamp(0, cells - 1).long()
            y = (low[..., 1] + dy).clamp(0, cells - 1).long()
            wx = part[..., 0] if dx else 1 - part[..., 0]
            wy = part[..., 1] if dy else 1 - part[..., 1]
            target.scatter_add_(-1, (y * cells + x)[..., None], (wx * wy * seen)[..., None])
    target[..., -1] = 1 - seen
    return target


def cross_entropy(place: Place, uv: Tensor, cells: int) -> Tensor:
    """Cross entropy of each query [B,Q] against the true uv [B,Q,3]."""
    return -(cell_targets(uv, cells) * place.logits.log_softmax(-1)).sum(-1)


def near(place: Place, uv: Tensor, cells: int) -> Tensor:
    """1 where the found place lies within 1.5 cells of a visible true one, else 0 [B]. place: one query; uv [B,3]."""
    return ((place.xy[:, 0] - uv[:, :2]).abs().amax(1) < 1.5 / cells).float() * uv[:, 2]


def action_weights(size: int, device: torch.device) -> Tensor:
    """Weights of the action error [16,size] with mean 1. Early steps count more, since they are executed; so does the gripper."""
    step = torch.linspace(1.6, 0.4, HORIZON, device=device)[:, None].expand(-1, size).clone()
    step[:, -1] *= 2
    return step / step.mean()


def action_error(predicted: Tensor, b: Batch) -> Tensor:
    """Weighted error of each sample's actions [B]. Given rows do not count: the robot executes them whatever the network says."""
    error = F.smooth_l1_loss(predicted, b.actions, reduction="none", beta=0.1) * action_weights(predicted.shape[-1], predicted.device)
    free = F.pad(1.0 - b.committed_mask, (0, HORIZON - COMMITTED_ROWS), value=1.0)
    return (error.mean(2) * free).sum(1) / free.sum(1)


def chunk_error(fused: Fused, b: Batch) -> Tensor:
    """Error of each sample's chunk [B]; of several modes the negative log-likelihood of their mixture, in which `action_error` / CHUNK_SCALE is
    the energy of a chunk (a mixture density network: Bishop, 1994). With one mode both are the same.
    """
    if fused.chunks is None or fused.chances is None:
        return action_error(fused.actions, b)
    errors = torch.stack([action_error(chunk, b) for chunk in fused.chunks.unbind(1)], 1)
    return -CHUNK_SCALE * (fused.chances.log_softmax(1) - errors / CHUNK_SCALE).logsumexp(1)


def weighted_mean(values: Tensor, weights: Tensor) -> Tensor:
    """Mean by weights; the divisor is at least 1."""
    return (values * weights).sum() / weights.sum().clamp(min=1.0)


def agreement(fused: Fused, b: Batch, config: NetworkConfig) -> Tensor:
    """Weight of each sample [B]: 0 where a modality is missing and the network selects another object than the expert.

    The missing modality leaves the choice open, and the expert's action for its own choice would only teach the network to
    average between the choices. A network without cameras selects no object in an image, so all of its samples count. Nothing tells the choice of
    a sample without labels: it counts where its instruction is not missing.
    """
    if "vision" in config.without:
        return torch.ones_like(b.grasped)
    cells = config.cells
    agree_front = torch.where(b.uv[:, 0, 2] > 0, near(fused.front, b.uv[:, 0], cells), torch.ones_like(b.grasped))
    agree_wrist = torch.where(b.uv[:, 1, 2] > 0, near(fused.wrist, b.uv[:, 1], cells), torch.ones_like(b.grasped))
    front = b.present[:, FRONT] * b.uv[:, 0, 2]
    agree = torch.where(front > 0, agree_front, agree_wrist)
    complete = b.present[:, LANGUAGE] * (b.present[:, WRENCH] if config.wrench else 1.0)
    worded = torch.ones_like(agree) if "language" in config.without else b.present[:, LANGUAGE]
    return torch.where(b.labelled > 0, torch.maximum(complete, agree), worded)


def contrast(net: PolicyNetwork, x: Encoded, b: Batch, cells: int) -> Tensor:
    """Symmetric InfoNCE between the front camera's feature at the goal and the instruction, over the batch.

    Other kinds of wording are left out, which name other things too, or none. Pairs with the same goal are positives too. So are all `sort` instructions, which name the same box at first.
    """
    rows = ((b.grasped < 0.5) & (b.uv[:, 0, 2] > 0) & (b.present[:, LANGUAGE] > 0) & (b.reworded < 0.5)).nonzero()[:, 0]
    if len(rows) < 2:
        return x.pooled.sum() * 0
    spot = (b.uv[rows, 0, :2] * cells).long().clamp(0, cells - 1)
    index = (spot[:, 1] * cells + spot[:, 0])[:, None, None].expand(-1, x.front_map.shape[1], 1)
    region = x.front_map[rows].gather(2, index)[..., 0]
    image = F.normalize(net.region_projection(region).float(), dim=1)
    text = F.normalize(net.text_projection(x.pooled[rows]).float(), dim=1)
    logits = image @ text.T * net.contrast_scale.exp().clamp(max=50.0)
    task, goal = b.task[rows], b.goal[rows]
    several = torch.zeros_like(task, dtype=torch.bool)
    for t in task.unique():
        # All goals of this task look the same, since no goal names one of its objects.
        if (b.object_goal[rows][task == t] < 0).all():
            several |= task == t
    same = (goal[:, None] == goal) | ((task[:, None] == task) & several[:, None])
    target = same.float() / same.sum(1, keepdim=True)
    return -0.5 * ((target * logits.log_softmax(1)).sum(1).mean() + (target.T * logits.log_softmax(0)).sum(0).mean())


def compared_loss(anchor: Tensor, b: Batch, cells: int) -> Tensor:
    """Cross entropy of the place [B,1,cells^2] of the thing that a relation compares with, where the front camera sees it."""
    uv = b.object_uv[:, 0].gather(1, b.compared.clamp(min=0)[:, None, None].expand(-1, 1, 3))
    asked = (b.compared >= 0) * uv[:, 0, 2] * b.present[:, LANGUAGE] * b.present[:, FRONT]
    error = -(cell_targets(uv, cells)[..., :-1] * anchor.log_softmax(-1)).sum(-1)[:, 0]
    return weighted_mean(error, asked)


def objects_loss(net: PolicyNetwork, x: Encoded, b: Batch, autocast: AbstractContextManager[object]) -> Tensor:
    """Cross entropy of the places that random wordings of all nameable objects find in the images."""
    with autocast:
        goal_pooled = net.language(b.goal_words).float()
    asked = (b.object_goal >= 0).float()
    pooled = goal_pooled[b.object_goal.clamp(min=0)]
    wrench = net.fusion.fill(x, b.present)[0][:, WRENCH_TOKENS].flatten(1)
    joints = x.joints[:, 0]
    intent, _ = net.fusion.intent(pooled, *(t[:, None].expand(-1, pooled.shape[1], -1) for t in (wrench, joints)))
    found = net.fusion.find(intent, x.front_map, x.wrist_map, b.present[:, FRONT])
    return sum(
        (
            weighted_mean(cross_entropy(p, b.object_uv[:, c], net.config.cells), asked * b.present[:, c : c + 1])
            for c, p in enumerate(found)
        ),
        start=x.pooled.new_zeros(()),
    )


def compute_losses(net: PolicyNetwork, b: Batch, w: Weights, autocast: AbstractContextManager[object]) -> tuple[Tensor, dict[str, Tensor]]:
    """The total loss of a batch, and its terms without gradients. `autocast` covers the vision and language encoders."""
    cells = net.config.cells
    x = net.encode(b.front, b.wrist, b.wrench, b.words, b.state, autocast)
    fused = net.fusion(x, b.present, b.shift, Committed(b.committed, b.committed_mask))
    aux = net.auxiliary(x, fused)
    terms: dict[str, Tensor] = {}

    terms["action"] = weighted_mean(chunk_error(fused, b), agreement(fused, b, net.config))

    seen = b.present[:, :2] * b.labelled[:, None]
    places = (fused.front, fused.wrist)
    terms["grounding"] = sum(weighted_mean(cross_entropy(p, b.uv[:, c : c + 1], cells)[:, 0], seen[:, c]) for c, p in enumerate(places))
    terms["place"] = sum(
        weighted_mean((p.xy[:, 0] - b.uv[:, c, :2]).abs().sum(1), seen[:, c] * near(p, b.uv[:, c], cells)) for c, p in enumerate(places)
    )

    # A loss that reads a modality trains no network without that modality.
    without = net.config.without
    if w.objects and "language" not in without:
        terms["objects"] = objects_loss(net, x, b, autocast)

    terms["goal"] = weighted_mean(F.smooth_l1_loss(aux.goal, b.goal_position, reduction="none").sum(1), agreement(fused, b, net.config) * b.labelled)
    grasped = F.binary_cross_entropy_with_logits(aux.grasped, b.grasped, reduction="none")
    terms["flags"] = weighted_mean(grasped + F.cross_entropy(aux.phase, b.phase, reduction="none"), b.labelled)
    choice = b.side.abs() * b.present[:, LANGUAGE] * b.present[:, WRENCH]
    target = (b.side > 0).float()
    terms["side"] = sum(
        weighted_mean(F.binary_cross_entropy_with_logits(v, target, reduction="none"), choice)
        for v in (aux.side, aux.side_intent, aux.side_verdict)
    )
    if net.config.wrench and "wrench" not in without:
        mass = F.smooth_l1_loss(aux.mass, b.mass * 5, reduction="none")
        contact = F.binary_cross_entropy_with_logits(aux.contact, b.contact, reduction="none")
        terms["felt"] = weighted_mean(mass + contact, b.labelled)
    if "language" not in without:
        named = F.cross_entropy(aux.goal_index, b.goal.clamp(max=net.config.goals - 1), reduction="none")
        # A relation does not name the goal.
        terms["named"] = weighted_mean(named, 1.0 - b.reworded)
        if fused.front.anchor is not None:
            terms["compared"] = compared_loss(fused.front.anchor, b, cells)
    if not {"vision", "language"} & set(without):
        terms["contrast"] = contrast(net, x, b, cells)
    total = sum(getattr(w, name) * value for name, value in terms.items())
    return total, {name: value.detach() for name, value in terms.items()}
