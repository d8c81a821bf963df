"""Reads a LeRobotDataset with LeRobot's own class and with DuckDB, and prints what they find as one line of JSON.

    python scripts/lerobot/read-dataset.py DIR
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from lerobot.datasets.lerobot_dataset import LeRobotDataset


def with_lerobot(root: Path) -> dict[str, Any]:
    """Every frame, decoded by LeRobot: counts, tasks, sums by feature, and the mean of each picture (0..1)."""
    dataset = LeRobotDataset("local/praxis", root=root)
    sums: dict[str, float] = {}
    tasks: list[str] = []
    pictures: dict[str, list[float]] = {name: [] for name in dataset.meta.camera_keys}
    for i in range(len(dataset)):
        item = dataset[i]
        tasks.append(item["task"])
        for name, feature in dataset.meta.features.items():
            if feature["dtype"] not in ("string", "video"):
                sums[name] = sums.get(name, 0.0) + float(np.asarray(item[name], dtype=np.float64).sum())
        for name, means in pictures.items():
            means.append(float(np.asarray(item[name], dtype=np.float64).mean()))
    stats = dataset.meta.stats
    return {
        "episodes": dataset.num_episodes,
        "frames": len(dataset),
        "fps": dataset.fps,
        "robot": dataset.meta.robot_type,
        "cameras": sorted(dataset.meta.camera_keys),
        "tasks": sorted(set(tasks)),
        "sums": sums,
        "pictures": pictures,
        "means": {name: np.asarray(each["mean"]).flatten().tolist() for name, each in stats.items()},
    }


def with_duckdb(root: Path) -> dict[str, Any]:
    """Counts of rows and of successful episodes, by SQL over the tables."""
    frames, episodes = f"{root}/data/*/*.parquet", f"{root}/meta/episodes/*/*.parquet"
    [(count, length)] = duckdb.sql(f"select count(*), max(len(action)) from '{frames}'").fetchall()
    rows = duckdb.sql(f"select length from '{episodes}' order by episode_index").fetchall()
    columns = [row[0] for row in duckdb.sql(f"describe select * from '{episodes}'").fetchall()]
    successes = 0
    if "success" in columns:
        [(successes,)] = duckdb.sql(f"select count(*) from '{episodes}' where success").fetchall()
    return {"frames": count, "action": length, "lengths": [row[0] for row in rows], "successes": successes}


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: read-dataset.py DIR", file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    print(json.dumps({"lerobot": with_lerobot(root), "duckdb": with_duckdb(root)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
