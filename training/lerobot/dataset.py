"""Writes demonstrations of `npx praxis demos` as a LeRobotDataset v3, with LeRobot's own class.

    python training/lerobot/dataset.py --demos data/arm5 --out data/arm5-lerobot

State and action are the positions of the arm's joints (rad) and the width of the gripper (m), by name. The action of a frame is the
expert's target one frame later. Images keep their size.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from lerobot.datasets import LeRobotDataset

sys.path.append(str(Path(__file__).resolve().parents[1]))
from data import Directory, Record  # noqa: E402  (the folder of the training programs is known only now)
from streams import CHUNK  # noqa: E402

IMAGE_PREFIX = "images."
#: Fields of a record, and what LeRobot's frames call the width of the gripper.
STATE_FIELD, ACTION_FIELD, GRIPPER = "joints", "actions.joints", "gripper"


class DatasetError(ValueError):
    """Demonstrations that cannot be written in this format."""


@dataclass(frozen=True)
class Layout:
    """Names of the elements of state and action, and of the cameras."""

    state: list[str]
    action: list[str]
    cameras: list[str]


def layout_of(demos: Directory) -> Layout:
    """The layout of a dataset. Raises DatasetError for one that was recorded without positions of the joints."""
    inputs = {each["field"]: each for each in demos.meta.get("inputs", [])}
    blocks = demos.meta.get("actions", {}).get(ACTION_FIELD)
    if STATE_FIELD not in inputs or blocks is None:
        raise DatasetError(f"{demos.path}/dataset.json: no joint positions; record the demonstrations anew with `npx praxis demos`")
    action = [GRIPPER if block["space"] == "gripper" else name for block in blocks for name in block["names"]]
    cameras = [name.removeprefix(IMAGE_PREFIX) for name in demos.fields if name.startswith(IMAGE_PREFIX)]
    return Layout(list(inputs[STATE_FIELD]["names"]), action, cameras)


def features(layout: Layout, demos: Directory) -> dict[str, Any]:
    """LeRobot's description of a frame."""

    def vector(names: list[str]) -> dict[str, Any]:
        return {"dtype": "float32", "shape": (len(names),), "names": names}

    return {
        "observation.state": vector(layout.state),
        "action": vector(layout.action),
        **{
            f"observation.images.{camera}": {
                "dtype": "image",
                "shape": demos.fields[IMAGE_PREFIX + camera].shape,
                "names": ["height", "width", "channels"],
            }
            for camera in layout.cameras
        },
    }


def frames(record: Record, layout: Layout, fps: int, instruction: str) -> Iterator[dict[str, Any]]:
    """The frames of one episode, whose records follow each other at `fps`."""
    period = float(CHUNK["period"])
    rows = 1 / (fps * period)
    if rows < 1 or abs(rows - round(rows)) > 1e-6:
        raise DatasetError(f"{fps} frames/s, expected {1 / period:g} divided by a whole number")
    # Row k of a chunk is for the time (k + 1) * period after the observation.
    ahead = round(rows) - 1
    for i in range(len(record[STATE_FIELD])):
        yield {
            "observation.state": record[STATE_FIELD][i].astype(np.float32),
            "action": record[ACTION_FIELD][i, ahead].astype(np.float32),
            **{f"observation.images.{c}": record[IMAGE_PREFIX + c][i] for c in layout.cameras},
            "task": instruction,
        }


def episodes(demos: Directory, failed: bool) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    """Each episode of `dataset.json` with the indices of its records; those that failed only on demand."""
    first = 0
    for shard in demos.meta["shards"]:
        for episode in shard["episodes"]:
            if (episode["success"] or failed) and episode["count"] > 0:
                yield episode, first + np.arange(episode["first"], episode["first"] + episode["count"])
        first += shard["records"]


def write(args: argparse.Namespace) -> dict[str, Any]:
    demos = Directory(args.demos)
    layout = layout_of(demos)
    dataset = LeRobotDataset.create(
        repo_id=args.repo_id,
        fps=args.fps,
        features=features(layout, demos),
        root=args.out,
        robot_type=(demos.robot or {}).get("name"),
        use_videos=False,
    )
    fields = (STATE_FIELD, ACTION_FIELD, *(IMAGE_PREFIX + camera for camera in layout.cameras))
    written = 0
    for episode, index in episodes(demos, args.failed):
        if args.episodes and written == args.episodes:
            break
        raw = np.empty((len(index), demos.record_bytes), np.uint8)
        demos.read(index, raw)
        for frame in frames(demos.unpack(raw, fields), layout, args.fps, episode["instruction"]):
            dataset.add_frame(frame)
        dataset.save_episode()
        written += 1
        if written % 50 == 0:
            print(f"{written} episodes", file=sys.stderr)
    dataset.finalize()
    return {"out": str(args.out), "episodes": written, "frames": dataset.meta.total_frames, "fps": args.fps}


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--demos", type=Path, required=True, help="directory that `npx praxis demos` wrote")
    p.add_argument("--out", type=Path, required=True, help="directory of the LeRobotDataset, which must not exist")
    p.add_argument("--repo-id", default="local/praxis", help="name of the dataset in LeRobot (default: %(default)s)")
    p.add_argument("--fps", type=int, default=10, help="records per second of the demonstrations (default: %(default)s)")
    p.add_argument("--episodes", type=int, help="largest number of episodes (default: all)")
    p.add_argument("--failed", action="store_true", help="keep episodes that did not reach their goal")
    args = p.parse_args()
    try:
        print(json.dumps(write(args)))
    except (DatasetError, FileNotFoundError, FileExistsError) as error:
        print(f"dataset.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
