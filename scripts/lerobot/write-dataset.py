"""Writes a small dataset with LeRobot's own class: four episodes of two cameras as videos, and a feature of two dimensions.

    python scripts/lerobot/write-dataset.py DIR
"""

from __future__ import annotations

import sys

import numpy as np
from lerobot.datasets.lerobot_dataset import LeRobotDataset

JOINTS = [f"joint{i}" for i in range(1, 7)]
EPISODES, FRAMES, FPS = 4, 30, 10
HEIGHT, WIDTH = 64, 96


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: write-dataset.py DIR", file=sys.stderr)
        return 2
    vector = {"dtype": "float32", "shape": (len(JOINTS),), "names": JOINTS}
    camera = {"dtype": "video", "shape": (HEIGHT, WIDTH, 3), "names": ["height", "width", "channels"]}
    features = {
        "observation.state": vector,
        "action": vector,
        "observation.images.top": camera,
        "observation.images.side": camera,
        "grid": {"dtype": "float32", "shape": (2, 3), "names": None},
    }
    dataset = LeRobotDataset.create("local/foreign", fps=FPS, root=sys.argv[1], robot_type="so101", features=features)
    for episode in range(EPISODES):
        for k in range(FRAMES):
            state = np.sin(k / 10 + np.arange(len(JOINTS)) + episode).astype(np.float32)
            shade = np.full((HEIGHT, WIDTH, 3), (8 * k + episode) % 256, np.uint8)
            dataset.add_frame(
                {
                    "observation.state": state,
                    "action": state * np.float32(1.01),
                    "observation.images.top": shade,
                    "observation.images.side": shade[::-1],
                    "grid": np.arange(6, dtype=np.float32).reshape(2, 3) * k,
                    "task": f"task {episode % 2}",
                }
            )
        dataset.save_episode()
    dataset.finalize()
    return 0


if __name__ == "__main__":
    sys.exit(main())
