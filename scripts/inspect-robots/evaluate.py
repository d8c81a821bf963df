"""Drives the arm of `praxis serve --world free --driver client` with inspect-robots, which knows robots by rosbridge only.

    python scripts/inspect-robots/evaluate.py ws://127.0.0.1:8000/rosbridge [--trials N] [--log-dir DIR]

Each trial resets the world, watches two compressed cameras, the joints and the pose of the tool, and moves arm and gripper by a scripted
policy below the evaluator's own guardrails. Prints one JSON object; the status is 1 when a trial has an error, or the arm, a camera or
a reset did not do what the policy asked for. Packages: inspect-robots, inspect-robots-ros.
"""

import argparse
import json
import sys
import warnings
from importlib.metadata import version

import numpy as np
from inspect_robots import Action, ActionChunk, PolicyBase, PolicyInfo, Scene, Task, eval
from inspect_robots.approver import ChainApprover, ClampApprover, DeltaLimitApprover
from inspect_robots_ros import ros_embodiment

# The Praxis arm: limits of its description (rad), and the width of its gripper (m).
LOW = [-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973]
HIGH = [2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973]
OPEN_WIDTH, CLOSED_WIDTH = 0.08, 0.02
# Each joint moves so far from where a trial begins (rad), of which the guardrails let so much pass in a step (rad).
TRAVEL, STEP = 0.15, 0.02
STEPS = 15
# The arm reaches the target within the steps; after the last one it is so near to its target (rad), and a trial begins so near to where the first one did (rad).
REACHED, RETURNED = 0.05, 0.02


class Ramp(PolicyBase):
    """Asks for the whole travel at once, which the guardrails turn into steps, and closes the gripper."""

    def __init__(self, embodiment):
        space = embodiment.info.action_space
        self.info = PolicyInfo("ramp", action_space=space, observation_space=embodiment.info.observation_space)
        self.trials = []

    def reset(self, scene):
        self.trials.append([])

    def act(self, observation):
        trial = self.trials[-1]
        trial.append(observation)
        start = trial[0].state["joint_pos"][:7]
        # The guardrails measure steps from the first action of a trial, so that one holds.
        target = np.append(start, OPEN_WIDTH) if len(trial) == 1 else np.append(start + TRAVEL, CLOSED_WIDTH)
        return ActionChunk(actions=[Action(data=target)])


def findings(trials):
    """What a trial did not do, one line each."""
    home = trials[0][0].state["joint_pos"][:7]
    for i, trial in enumerate(trials):
        begin, end = trial[0], trial[-1]
        start, last = begin.state["joint_pos"][:7], end.state["joint_pos"][:7]
        if np.abs(start - home).max() > RETURNED:
            yield f"trial {i}: the reset left the arm {np.abs(start - home).max():.3f} rad from where the first trial began"
        if np.abs(last - start - TRAVEL).max() > REACHED:
            yield f"trial {i}: the arm moved by {np.round(last - start, 3).tolist()} rad, expected {TRAVEL}"
        if end.state["gripper"][0] >= begin.state["gripper"][0] - 0.1:
            yield f"trial {i}: the gripper did not close"
        if np.linalg.norm(end.state["eef_pose"][:3] - begin.state["eef_pose"][:3]) < 0.02:
            yield f"trial {i}: the pose of the tool did not change"
        for camera, picture in end.images.items():
            if picture.shape != (96, 96, 3) or picture.std() < 5:
                yield f"trial {i}: {camera}: no picture of 96x96"
            elif np.array_equal(picture, begin.images[camera]):
                yield f"trial {i}: {camera}: the picture did not change"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--log-dir", default="inspect-robots-logs")
    options = parser.parse_args()
    embodiment = ros_embodiment(
        url=options.url,
        joints=",".join(f"joint{i}" for i in range(1, 8)),
        action_low=LOW,
        action_high=HIGH,
        command_topic="/joint_trajectory_controller/joint_trajectory",
        gripper_topic="/gripper_controller/commands",
        gripper_joint="finger_joint1",
        gripper_low=0.0,
        gripper_high=OPEN_WIDTH,
        eef_pose_topic="/tool_pose",
        cameras={
            name: (f"/camera_{name}/image_raw/compressed", 96, 96) for name in ("front", "wrist")
        },
        reset_service="/sim_node/next",
        simulated=True,
    )
    space = embodiment.info.action_space
    # The evaluator's own limits: the bounds of each joint, and the largest step.
    limits = [ClampApprover(space), DeltaLimitApprover(space, max_delta=[STEP] * 7 + [OPEN_WIDTH])]
    policy = Ramp(embodiment)
    task = Task("ramp", [Scene("free", "move")], "episode_length", max_steps=STEPS, epochs=options.trials)
    with warnings.catch_warnings(record=True) as warned, embodiment:
        warnings.simplefilter("always")
        [log] = eval(
            task, policy, embodiment, log_dir=options.log_dir, fail_on_error=True, approver=ChainApprover(*limits)
        )
    [scene] = log.samples
    lines = [*findings(policy.trials)]
    if log.status != "success" or scene.status != "success":
        lines.append(f"status {log.status}, {scene.status}: {log.error or scene.error}")
    if any(score.get("episode_length") != STEPS for score in scene.epochs) or len(scene.epochs) != options.trials:
        lines.append(f"steps {[score.get('episode_length') for score in scene.epochs]}, expected {STEPS} in each trial")
    # The adapter warns so of a slow robot; libraries warn otherwise of what they deprecate.
    lines += [f"warning: {each.message}" for each in warned if each.category is RuntimeWarning]
    packages = {name: version(name) for name in ("inspect-robots", "inspect-robots-ros")}
    print(json.dumps({**packages, "trials": len(scene.epochs), "findings": lines}, indent=2))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
