"""Writes recorded observations with the actions that LeRobot itself computes for them, to compare another runtime with.

    python training/lerobot/observations.py --policy runs/act/checkpoints/last/pretrained_model --dataset data/arm5-lerobot \\
        --out observations.safetensors

The file has, under LeRobot's names, each input of N observations as the robot measured it (images: uint8 [N, height, width, 3]; vectors:
float32 [N, elements]; with a time dimension after N for a policy of several observation steps) and `action`, the chunks of
`predict_action_chunk` through LeRobot's own processors (float32 [N, steps, elements], in the units of the dataset).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from graphs import ACTION
from lerobot.datasets import LeRobotDataset
from lerobot.policies.utils import prepare_observation_for_inference
from policy_folder import PolicyFolder, PolicyFolderError, open_policy
from safetensors.numpy import save_file

#: Format of the file, in its metadata.
FORMAT = "praxis-observations/1"
#: Values of an image in LeRobot's datasets are this part of a grey level.
GREY_LEVELS = 255

#: One observation by LeRobot's names, as measured, with its instruction under `task`.
Observation = dict[str, Any]


def read(folder: PolicyFolder, root: Path, count: int, seed: int) -> list[Observation]:
    """Observations of a dataset, drawn without repetition, in the order of the dataset."""
    dataset = LeRobotDataset("local/observations", root=root)
    steps = folder.config.n_obs_steps
    names = [*folder.vectors(), *folder.images()]
    missing = [name for name in names if name not in dataset.meta.features]
    if missing:
        raise PolicyFolderError(f"{root}: no {', '.join(missing)}, only {', '.join(dataset.meta.features)}")
    chosen = np.sort(np.random.default_rng(seed).permutation(len(dataset))[:count])
    return [observation(dataset, int(i), names, folder.images(), steps) for i in chosen]


def observation(dataset: LeRobotDataset, index: int, names: list[str], images: list[str], steps: int) -> Observation:
    """The samples of `steps` frames that end with a frame; the first frame of the episode stands for earlier ones."""
    last = dataset[index]
    first = index - int(last["frame_index"])
    rows = [last if k == 0 else dataset[max(first, index - k)] for k in reversed(range(steps))]
    out: Observation = {"task": last["task"]}
    for name in names:
        values = [raw(row[name], name in images) for row in rows]
        out[name] = values[0] if steps == 1 else np.stack(values)
    return out


def raw(value: torch.Tensor, image: bool) -> np.ndarray:
    """A sample as it was measured: images as uint8 [height, width, 3]."""
    if not image:
        return value.numpy().astype(np.float32)
    return np.ascontiguousarray(np.rint(value.permute(1, 2, 0).numpy() * GREY_LEVELS).astype(np.uint8))


def prepared(folder: PolicyFolder, given: Observation) -> dict[str, Any]:
    """An observation of one step through LeRobot's own preprocessor."""
    values = {name: value for name, value in given.items() if name != "task"}
    return folder.preprocess(prepare_observation_for_inference(values, torch.device("cpu"), task=given["task"]))


def normalised(folder: PolicyFolder, given: Observation) -> dict[str, torch.Tensor]:
    """Inputs of the graph: those that the network reads, normalised, with a batch of one."""
    names = [*folder.vectors(), *folder.images()]
    if folder.config.n_obs_steps == 1 and folder.kind == "act":
        batch = prepared(folder, given)
        return {name: batch[name] for name in names}
    steps = [prepared(folder, {**given, **{name: given[name][k] for name in names}}) for k in range(folder.config.n_obs_steps)]
    return {name: torch.stack([step[name] for step in steps], dim=1) for name in names}


@torch.no_grad()
def chunk(folder: PolicyFolder, given: Observation) -> np.ndarray:
    """LeRobot's actions for an observation, in the units of the dataset [steps, elements]."""
    folder.policy.reset()
    return folder.postprocess(folder.policy.predict_action_chunk(normalised(folder, given)))[0].numpy()


@torch.no_grad()
def selected(folder: PolicyFolder, given: Observation) -> np.ndarray:
    """The first action that a robot of LeRobot gets for an observation, by `select_action` [elements]."""
    folder.policy.reset()
    return folder.postprocess(folder.policy.select_action(prepared(folder, given)))[0].numpy()


def write(args: argparse.Namespace) -> dict[str, Any]:
    folder = open_policy(args.policy)
    if folder.kind != "act":
        raise PolicyFolderError(f"{args.policy}: policy type {folder.kind}, expected act, whose actions have no random part")
    given = read(folder, args.dataset, args.count, args.seed)
    names = [*folder.vectors(), *folder.images()]
    actions = np.stack([chunk(folder, each) for each in given]).astype(np.float32)
    first = np.stack([selected(folder, each) for each in given])
    ensemble = folder.config.temporal_ensemble_coeff is not None
    gap = float(np.abs(first - actions[:, 0]).max())
    tensors = {name: np.stack([each[name] for each in given]) for name in names} | {ACTION: actions}
    metadata = {"format": FORMAT, "policy": args.policy.name, "tasks": json.dumps([each["task"] for each in given])}
    part = args.out.with_name(args.out.name + ".part")
    save_file(tensors, part, metadata=metadata)
    os.replace(part, args.out)
    return {
        "out": str(args.out),
        "observations": len(given),
        "chunk": list(actions.shape[1:]),
        "select_action_difference": gap,
        "temporal_ensemble": ensemble,
    }


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--policy", type=Path, required=True, help="policy folder of LeRobot")
    p.add_argument("--dataset", type=Path, required=True, help="LeRobotDataset with the inputs of the policy")
    p.add_argument("--out", type=Path, required=True, help="file that receives observations and actions (.safetensors)")
    p.add_argument("--count", type=int, default=100, help="number of observations (default: %(default)s)")
    p.add_argument("--seed", type=int, default=0, help="of the choice of observations (default: %(default)s)")
    args = p.parse_args()
    try:
        print(json.dumps(write(args)))
    except PolicyFolderError as error:
        print(f"observations.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
