"""Statistics for normalisation. The manifest holds them; the graphs do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data import CAMERAS, PRESENT, Demonstrations
from network.config import FRONT, WRENCH, WRIST

#: Smallest standard deviations (m, rad, m; N, Nm; m, rad, m, m/s); smaller differences have no effect on a task.
ACTION_FLOOR = np.array([0.002, 0.002, 0.002, 0.02, 0.02, 0.02, 0.002])
WRENCH_FLOOR = np.array([0.5, 0.5, 0.5, 0.05, 0.05, 0.05])
#: Of the codes of a compliant tool: displacements, rotations, stiffness, forces, width.
COMPLIANT_FLOOR = np.array([0.3] * 3 + [0.02] * 3 + [0.5] * 3 + [1.0] * 3 + [0.002])
STATE_FLOOR = np.array([0.02, 0.02, 0.02, 1.0, 1.0, 1.0, 0.005, 0.02])
#: The same for joints (rad) and the width of a gripper (m).
JOINT_STATE_FLOOR, JOINT_ACTION_FLOOR, WIDTH_FLOOR = 0.05, 0.01, 0.002


@dataclass(frozen=True)
class Statistics:
    """Mean and standard deviation of each input and of the actions: image [3] of value / 255, wrench [6], state [8], action [16,7].

    A state by joints and its actions have as many numbers as the robot has joints, and one for the gripper. Statistics of joint actions
    are those of displacements from the measured joints. Without a wrist sensor those of the wrench are 0 and 1.
    """

    image_mean: np.ndarray
    image_std: np.ndarray
    wrench_mean: np.ndarray
    wrench_std: np.ndarray
    state_mean: np.ndarray
    state_std: np.ndarray
    action_mean: np.ndarray
    action_std: np.ndarray

    def to_dict(self) -> dict[str, list[float]]:
        """The statistics as lists, for a checkpoint."""
        return {k: v.tolist() for k, v in self.__dict__.items()}

    @staticmethod
    def from_dict(values: dict[str, list[float]]) -> Statistics:
        """The inverse of `to_dict`."""
        return Statistics(**{k: np.array(v, np.float32) for k, v in values.items()})


def measure_statistics(data: Demonstrations, rng: np.random.Generator, samples: int = 8192) -> Statistics:
    """Estimates the statistics from `samples` training records; those of a sensor from the records that hold it."""
    record = data.draw(min(samples, max(512, data.train_count)), rng)
    there = record[PRESENT] > 0
    few = np.concatenate([record[name][there[:, i]][::8] for name, i in zip(CAMERAS, (FRONT, WRIST), strict=True)]).reshape(-1, 3).astype(np.float32) / 255
    state, actions = record["state"], record["actions"]
    wrench = record["wrench"][there[:, WRENCH]].reshape(-1, 6) if data.layout.wrench else np.array([[-2.0] * 6, [2.0] * 6])
    state_floor, action_floor = STATE_FLOOR, ACTION_FLOOR
    if data.layout.space == "ee_compliant":
        # The network scales the states of a compliant tool itself.
        state, state_floor, action_floor = np.zeros((2, 8)), np.ones(8), COMPLIANT_FLOOR
    if data.layout.joints:
        state_floor = np.array([JOINT_STATE_FLOOR] * (state.shape[1] - 1) + [WIDTH_FLOOR])
        action_floor = np.array([JOINT_ACTION_FLOOR] * (actions.shape[2] - 1) + [WIDTH_FLOOR])
    # The spread between percentiles ignores impacts, which would dominate the weight of a box.
    low, high = np.percentile(wrench, [2, 98], axis=0)
    wrench_std = np.maximum((high - low) / 4, WRENCH_FLOOR)
    state_mean, state_std = state.mean(0), np.maximum(state.std(0), state_floor)
    if not data.layout.joints:
        state_mean[3:6], state_std[3:6] = 0.0, 1.0  # rotation vectors are not normalised (see ToolStateEncoder)
    return Statistics.from_dict(
        {
            "image_mean": few.mean(0).tolist(),
            "image_std": np.maximum(few.std(0), 0.15).tolist(),
            "wrench_mean": np.median(wrench, 0).tolist(),
            "wrench_std": wrench_std.tolist(),
            "state_mean": state_mean.tolist(),
            "state_std": state_std.tolist(),
            "action_mean": actions.mean(0).tolist(),
            "action_std": np.maximum(actions.std(0), action_floor).tolist(),
        }
    )
