"""Writes a small synthetic dataset in the format of `npx praxis demos`: coloured shapes on grey, in the images of a fixed camera
above the table and of a camera at the tool. It serves to develop and test the training program without a simulator.

    python training/synthetic.py --out data/synthetic --episodes 400
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

COLOURS = {"red": (205, 40, 40), "green": (40, 170, 60), "blue": (50, 80, 210), "yellow": (225, 200, 40)}
SHAPES = ("cube", "cylinder", "bar")
FIELDS = [
    ("images.front", "u1", [96, 96, 3]),
    ("images.wrist", "u1", [96, 96, 3]),
    ("wrench", "f4", [64, 6]),
    ("state", "f4", [8]),
    ("history", "f4", [16, 8]),
    ("joints", "f4", [4]),
    ("actions", "f4", [16, 7]),
    ("actions.compliance", "f4", [16, 6]),
    ("actions.joints", "f4", [16, 4]),
    ("goal.uv", "f4", [2, 3]),
    ("goal.position", "f4", [3]),
    ("objects", "f4", [4, 9]),
    ("flags", "f4", [4]),
    ("task", "i4", []),
    ("goal", "i4", []),
    ("seed", "i4", []),
    ("step", "i4", []),
    ("intervention", "u1", []),
]
DTYPE = np.dtype([(name, "<" + kind, tuple(shape)) for name, kind, shape in FIELDS])
#: What an imported dataset lacks.
IMPORTED = ("wrench", "history", "actions.compliance", "goal.uv", "goal.position", "objects", "flags")
#: An arm of three joints, which the stream has in another order than the actions, and its gripper.
STREAMED, MOVED = ["reach", "turn", "height", "gripper"], ["turn", "reach", "height"]
TRAYS = {"left": np.array([0.5, 0.25]), "right": np.array([0.5, -0.25])}
DOWN = np.array([np.pi, 0.0, 0.0])
#: Steps between two records, actions in a chunk, and travel of the tool in one step (m).
RECORD_EVERY, HORIZON, STEP_M = 2, 16, 0.02


def goals() -> list[dict[str, object]]:
    """The goals of both tasks with their wordings."""
    out: list[dict[str, object]] = []
    for colour in COLOURS:
        for shape in SHAPES:
            name = f"{colour} {shape}"
            texts = [f"pick up the {name}", f"grab the {name}", f"lift the {name} please", f"take the {shape} that is {colour}"]
            out.append({"key": f"pick:{colour}:{shape}", "task": "pick", "texts": texts})
    for weight in ("heavy", "light"):
        for side in TRAYS:
            name = f"the {weight} one"
            texts = [f"put {name} on the {side} tray", f"place {name} onto the tray on the {side}", f"{name} goes to the {side} tray"]
            out.append({"key": f"sort:{weight}:{side}", "task": "sort", "texts": texts})
    return out


def joints_of(tool: np.ndarray) -> np.ndarray:
    """Joints of a tool position (m) in the order of MOVED: turn about the base (rad), reach and height (dm, as rad)."""
    return np.array([np.arctan2(tool[1], tool[0]), 10 * np.hypot(tool[0], tool[1]), 10 * tool[2]])


def front_uv(xy: np.ndarray) -> np.ndarray:
    """Table position (m, x forward, y left) -> fractions of the front image, which shows the table from above with x up."""
    return np.stack([0.5 - xy[..., 1] / 0.8, 1.0 - (xy[..., 0] - 0.15) / 0.7], -1)


def wrist_uv(xy: np.ndarray, tool: np.ndarray) -> np.ndarray:
    """Table position (m) -> fractions of the wrist image, which shows the table below the tool (m)."""
    span = 0.16 + 0.8 * tool[2]
    return np.stack([0.5 - (xy[..., 1] - tool[1]) / span, 0.5 - (xy[..., 0] - tool[0]) / span], -1)


def draw(image: np.ndarray, uv: np.ndarray, radius: float, shape: int, colour: np.ndarray) -> None:
    """Draws a shape (index into SHAPES, or 3 for a square) at `uv` (image fractions) with a radius in pixels."""
    centre = uv * 96
    lines = np.arange(96) + 0.5
    dx, dy = np.abs(lines - centre[0])[None], np.abs(lines - centre[1])[:, None]
    inside = ((dx < radius) & (dy < radius), dx**2 + dy**2 < radius**2, (dx < radius) & (dy < radius * 0.45), np.maximum(dx, dy) < radius)
    image[inside[shape]] = colour


class Episode:
    """The motion of the tool and of the objects that it carries, in steps of 0.05 s."""

    def __init__(self, seed: int, all_goals: list[dict[str, object]]) -> None:
        self.rng = rng = np.random.default_rng(seed)
        self.seed = seed
        self.sort = rng.random() < 0.5
        choices = [i for i, g in enumerate(all_goals) if (g["task"] == "sort") == self.sort]
        if self.sort:
            count, self.kinds = 2, np.array([[6, 3], [6, 3]])
            self.goal = int(rng.choice(choices))
        else:
            count = 4
            kinds = rng.permutation(len(COLOURS) * len(SHAPES))[:4]
            self.kinds = np.stack([kinds // 3, kinds % 3], 1)
            self.goal = int(kinds[0])
        self.spots = np.zeros((count, 2))
        for i in range(count):
            while True:
                self.spots[i] = rng.uniform([0.3, -0.18], [0.7, 0.18])
                if i == 0 or np.linalg.norm(self.spots[:i] - self.spots[i], axis=1).min() > 0.11:
                    break
        self.masses = rng.permutation([0.1, 0.4]) if self.sort else np.full(4, 0.15)
        self.key = str(all_goals[self.goal]["key"])
        self.roll()

    def target(self, mass: float) -> np.ndarray:
        """Position of the tray for a box of this mass (kg)."""
        _, weight, side = self.key.split(":")
        matches = (mass > 0.25) == (weight == "heavy")
        return TRAYS[side] if matches else TRAYS["right" if side == "left" else "left"]

    def rewordings(self) -> list[str]:
        """Sentences of other kinds for the goal: negations, and the thing nearest to another one."""
        if self.sort:
            return []
        names = [f"{list(COLOURS)[colour]} {SHAPES[shape]}" for colour, shape in self.kinds]
        out = [f"do not take the {other}, seize the {names[0]}" for other in names[1:]]
        for i, name in enumerate(names[1:], 1):
            gaps = np.linalg.norm(self.spots - self.spots[i], axis=1)
            if int(np.argsort(gaps)[1]) == 0:
                out.append(f"lift the one next to the {name}")
        return out

    def roll(self) -> None:
        """Fills self.path, one tuple per step: tool xyz, width, carried object or -1, phase, goal xyz, object positions."""
        tool, width = np.array([*self.rng.uniform([0.35, -0.15], [0.6, 0.15]), self.rng.uniform(0.2, 0.3)]), 0.08
        places, held, phase = self.spots.copy(), -1, 0
        order = list(np.argsort(-places[:, 1])) if self.sort else [0]
        self.path: list[tuple[np.ndarray, float, int, int, np.ndarray, np.ndarray]] = []
        wait = 0
        while (order or wait < 20) and len(self.path) < 400:
            item = order[0] if order else -1
            if item < 0:
                goal, waypoint = np.array([*places[0], 0.2]), tool.copy()
                wait += 1
            elif held < 0:
                goal = np.array([*places[item], 0.02])
                above = np.linalg.norm(tool[:2] - goal[:2]) > 0.01
                phase, waypoint = (0, goal + [0, 0, 0.1]) if above and tool[2] < 0.13 else (1, np.array([*goal[:2], 0.12 if above else 0.02]))
                if np.linalg.norm(tool - goal) < 0.004:
                    phase, width = 2, max(0.04, width - 0.01)
                    if width <= 0.04:
                        held = item
            else:
                tray = np.array([*self.target(self.masses[item]), 0.06]) if self.sort else np.array([*tool[:2], 0.2])
                goal = tray if self.sort else tool.copy()
                lifted = tool[2] > 0.12 or (self.sort and np.linalg.norm(tool[:2] - tray[:2]) < 0.03)
                phase, waypoint = (4, np.array([*tray[:2], 0.15 if self.sort else 0.2])) if lifted else (3, np.array([*tool[:2], 0.2]))
                if self.sort and np.linalg.norm(tool[:2] - tray[:2]) < 0.01:
                    width, held = 0.08, -1
                    order.pop(0)
                elif not self.sort and tool[2] > 0.19:
                    wait += 1
                    if wait >= 20:
                        order.pop(0)
            step = waypoint - tool
            tool = tool + step * min(1.0, STEP_M / max(1e-9, float(np.linalg.norm(step))))
            if held >= 0:
                places[held] = tool[:2]
            self.path.append((tool.copy(), width, held, phase, goal.copy(), places.copy()))

    def records(self) -> np.ndarray:
        """The records of the episode, every RECORD_EVERY-th step."""
        length = len(self.path) - HORIZON
        steps = range(0, max(length, 1), RECORD_EVERY)
        out = np.zeros(len(steps), DTYPE)
        for row, t in enumerate(steps):
            self.fill(out[row], row, t)
        return out

    def fill(self, r: np.void, row: int, t: int) -> None:
        """Fills the record of step `t`."""
        rng = self.rng
        tool, width, held, phase, goal, places = self.path[t]
        front = np.full((96, 96, 3), 120 + rng.integers(-15, 15), np.uint8)
        wrist = front.copy()
        uv = np.zeros((4, 9), np.float32)
        uv[:, :2] = -1
        if self.sort:
            for spot in TRAYS.values():
                draw(front, front_uv(spot), 10, 3, np.array([90, 70, 50]))
                draw(wrist, wrist_uv(spot, tool), 7 / (0.16 + 0.8 * tool[2]), 3, np.array([90, 70, 50]))
        for i, (colour, shape) in enumerate(self.kinds):
            paint = np.array([150, 110, 180]) if self.sort else np.array(list(COLOURS.values())[colour])
            paint = np.clip(paint * rng.uniform(0.97, 1.03), 0, 255)
            f, w = front_uv(places[i]), wrist_uv(places[i], tool)
            draw(front, f, 3.2, shape, paint)
            draw(wrist, w, 2.2 / (0.16 + 0.8 * tool[2]), shape, paint)
            uv[i] = [colour, shape, *f, self.inside(f), *w, self.inside(w), i == held]
        draw(front, front_uv(tool[:2]), 1.5 + 3 * tool[2], 2, np.array([20, 20, 20]))
        r["images.front"], r["images.wrist"] = front, wrist
        mass = float(self.masses[held]) if held >= 0 else 0.0
        r["wrench"] = rng.normal(0, [0.2] * 3 + [0.02] * 3, (64, 6)) + rng.uniform(-0.1, 0.1, 6)
        r["wrench"][:, 2] += 9.81 * mass * (tool[2] > 0.03)
        r["state"] = [*tool, *DOWN, width, 0.0]
        r["history"] = [[*self.path[max(0, t - 2 * k)][0], *DOWN, self.path[max(0, t - 2 * k)][1], 0.0] for k in reversed(range(16))]
        # A tool that carries something is compliant in height and presses with its weight.
        r["actions.compliance"] = [5000, 5000, 0 if held >= 0 else 5000, 0, 0, -9.81 * mass]
        turn, reach, height = joints_of(tool)
        r["joints"] = [reach, turn, height, width]
        for k in range(HORIZON):
            later = self.path[min(t + k + 1, len(self.path) - 1)]
            r["actions"][k] = [*(later[0] - tool), 0, 0, 0, later[1]]
            r["actions.joints"][k] = [*joints_of(later[0]), later[1]]
        f, w = front_uv(goal[:2]), wrist_uv(goal[:2], tool)
        r["goal.uv"] = [[*f, self.inside(f)], [*w, self.inside(w)]]
        r["goal.position"] = goal - tool
        r["objects"] = uv
        r["flags"] = [held >= 0, mass, phase == 2, phase]
        r["intervention"] = phase == 2  # a person helps to grasp
        r["task"], r["goal"], r["seed"], r["step"] = int(self.sort), self.goal, self.seed, row

    @staticmethod
    def inside(uv: np.ndarray) -> bool:
        """Whether a point lies in the image."""
        return bool(((uv >= 0) & (uv < 1)).all())


def described(without: tuple[str, ...]) -> dict[str, object]:
    """The streams and actions of the arm of joints, as `dataset.json` describes them."""
    vector = {"modality": "joints", "dtype": "float64", "frame": "base_link", "maximumAge": 0.05}
    state = {"field": "state", "stream": "ee_state", "shape": [8], "unit": [*["m"] * 3, *["rad"] * 3, "m", "m/s"], "rateHz": 500, **vector}
    state |= {"window": 16, "spacing": 0.1}
    tool = [{"name": "arm", "space": "ee_delta", "names": ["dx", "dy", "dz", "drx", "dry", "drz"], "unit": [*["m"] * 3, *["rad"] * 3]}]
    tool[0] |= {"frame": "base_link", "reference": "observation"}
    axes = {"frame": "base_link"}
    stiffness = {"name": "stiffness", "space": "stiffness", "names": ["kx", "ky", "kz"], "unit": ["N/m"] * 3, **axes}
    force = {"name": "force", "space": "wrench", "names": ["fx", "fy", "fz"], "unit": ["N"] * 3, **axes}
    shared = {"modality": "joints", "dtype": "float64", "frame": "base_link", "rateHz": 500, "window": 1, "maximumAge": 0.05}
    joints = {"field": "joints", "stream": "joints", "shape": [4], "unit": ["rad", "rad", "rad", "m"], "names": STREAMED, **shared}
    arm = {"name": "arm", "space": "joint_position", "names": MOVED, "unit": "rad", "frame": ""}
    gripper = {"name": "gripper", "space": "gripper", "names": ["width"], "unit": "m", "frame": ""}
    if "joints" in without:
        return {}
    actions = {"actions": [*tool, gripper], "actions.compliance": [stiffness, force], "actions.joints": [arm, gripper]}
    return {"inputs": [state, joints], "actions": actions}


def repack(records: np.ndarray, names: list[str]) -> bytes:
    """The records with these fields alone, without gaps."""
    packed = np.zeros(len(records), np.dtype([(name, DTYPE[name]) for name in names]))
    for name in names:
        packed[name] = records[name]
    return packed.tobytes()


def write(out: Path, episodes: int, first_seed: int = 0, without: tuple[str, ...] = ("intervention",)) -> None:
    """Writes a dataset directory. without: fields that its records lack."""
    kept = [(name, kind, shape) for name, kind, shape in FIELDS if name not in without]
    out.mkdir(parents=True, exist_ok=True)
    all_goals, offset, fields = goals(), 0, []
    for name, kind, shape in kept:
        fields.append({"name": name, "dtype": kind, "shape": shape, "offset": offset})
        offset += np.dtype(kind).itemsize * int(np.prod(shape, dtype=int))
    table, count = [], 0
    with open(out / "shard-0.bin", "wb") as file:
        for seed in range(first_seed, first_seed + episodes):
            episode = Episode(seed, all_goals)
            records = episode.records()
            file.write(repack(records, [name for name, _, _ in kept]))
            facts = {"seed": seed, "first": count, "count": len(records), "success": True}
            table.append(facts | {"goal": episode.key, "instruction": "", "rewordings": episode.rewordings()})
            count += len(records)
    meta = {"format": "praxis-demos/1", "recordBytes": offset, "fields": fields, "goals": all_goals} | described(without)
    if "objects" in without:
        meta["labels"] = False
    meta["shards"] = [{"file": "shard-0.bin", "task": "mixed", "records": count, "episodes": table}]
    (out / "dataset.json").write_text(json.dumps(meta))
    print(f"{out}: {episodes} episodes, {count} records, {count * offset / 1e6:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--episodes", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    write(args.out, args.episodes, args.seed)
