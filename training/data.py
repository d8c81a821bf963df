"""Demonstrations on disk. Files are memory-mapped, and only the records of one batch are copied."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from network.compliance import encode
from network.config import COMPLIANT_ACTION, COMPLIANT_WINDOW, FRONT, IMAGE_SIZE, INSTANCES, INSTRUCTION_WORDS, TOOL_ACTION, WRENCH, WRENCH_WINDOW, WRIST
from rewordings import Rewordings, known_words, read
from tokens import Vocabulary

FORMAT = "praxis-demos/1"
#: One in HELD_OUT episode seeds (after mixing their bits) is left out of training.
HELD_OUT = 20

#: Pictures of the cameras. A dataset that was imported may lack one of them.
CAMERAS = ("images.front", "images.wrist")
#: What only an observer of the simulator knows. Imported datasets lack it, as `"labels": false` in `dataset.json` says.
LABELS = ("goal.uv", "goal.position", "objects", "flags")
#: Fields of a record without the sensors and actions of a robot, of which `Layout.fields` lists those that a network reads.
COMMON = (*CAMERAS, *LABELS, "task", "goal", "seed", "step")
#: What stands in the place of fields that a directory lacks, beside records of others that have them. `PRESENT` and `LABELLED` mask it.
STAND_INS: dict[str, tuple[tuple[int, ...], str, int]] = {
    **{name: ((IMAGE_SIZE, IMAGE_SIZE, 3), "u1", 0) for name in CAMERAS},
    "wrench": ((COMPLIANT_WINDOW, 6), "<f4", 0),
    "goal.uv": ((2, 3), "<f4", 0),
    "goal.position": ((3,), "<f4", 0),
    # No object.
    "objects": ((4, 9), "<f4", -1),
    "flags": ((4,), "<f4", 0),
}
#: What `collect_records` adds to the fields: 1 or 0 for each of INSTANCES that the records of a directory hold [n,5], and for labels [n].
PRESENT, LABELLED = "present", "labelled"
#: Whether a person drove at the time of a record (1 or 0), in datasets that say it.
INTERVENTION = "intervention"
#: What `collect_records` adds to the fields: the index of the record's episode in `Demonstrations.rewordings`, or -1 where the words in force ask for
#: something else than the episode's first instruction.
EPISODE = "episode"

#: Distance of the goal from the tool beyond which the object has fallen off the table (m).
GOAL_LIMIT_M = 1.5

#: Records by field, each [n, ...].
Record = dict[str, np.ndarray]


def held_out(seeds: np.ndarray) -> np.ndarray:
    """Whether an episode seed belongs to the held-out split; the same for every dataset directory."""
    mixed = (seeds.astype(np.uint64) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
    return (mixed >> np.uint64(8)) % np.uint64(HELD_OUT) == 0


@dataclass(frozen=True)
class Field:
    """One field of a record: its offset and size are in bytes."""

    dtype: np.dtype
    shape: tuple[int, ...]
    offset: int
    size: int


@dataclass(frozen=True)
class Layout:
    """What a network of one action space reads of a record.

    joints: names of the state by joints, the gripper's included; none for a state of the tool. moved: index in the state of each joint
    that an action moves, in the order of the action. wrench: whether there are records of a wrist sensor.
    """

    space: str = "ee_delta"
    joints: tuple[str, ...] = ()
    moved: tuple[int, ...] = ()
    wrench: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the network reads."""
        own = ("joints", "actions.joints") if self.joints else ("actions",)
        if self.space == "ee_compliant":
            own = ("history", "actions", "actions.compliance")
        return (*COMMON, "state", *own, *(("wrench",) if self.wrench else ()))

    @property
    def action(self) -> int:
        """Numbers in an action."""
        if self.joints:
            return len(self.moved) + 1
        return COMPLIANT_ACTION if self.space == "ee_compliant" else TOOL_ACTION

    def arrange(self, record: Record) -> Record:
        """Puts the state and the actions of this space in the fields `state` and `actions`, and the state of the tool in `tool`.

        Actions of joints become displacements from the measured joints; the width of the gripper stays absolute. Actions of a compliant tool
        become codes, and its state has a history. Other networks read the newer half of the wrench.
        """
        record["tool"] = record["state"]
        if self.wrench:
            record["wrench"] = record["wrench"][:, -(COMPLIANT_WINDOW if self.space == "ee_compliant" else WRENCH_WINDOW) :]
        if self.space == "ee_compliant":
            record["state"] = record["history"]
            motion, width = record["actions"][..., :-1], record["actions"][..., -1:]
            record["displacement"] = motion[..., :3]
            record["actions"] = encode(np.concatenate([motion, record["actions.compliance"], width], -1))
        if self.joints:
            record["state"] = record["joints"]
            record["actions"] = record["actions.joints"].copy()
            record["actions"][..., :-1] -= record["joints"][:, None, list(self.moved)]
        return record


class Directory:
    """One dataset directory: `dataset.json` and its shards. `weight` multiplies how often its records are drawn."""

    def __init__(self, path: Path, weight: float = 1.0) -> None:
        self.path, self.weight = path, weight
        self.meta = json.loads((path / "dataset.json").read_text())
        if self.meta.get("format") != FORMAT:
            raise ValueError(f"{path}/dataset.json: format {self.meta.get('format')!r}, expected {FORMAT!r}")
        self.record_bytes = int(self.meta["recordBytes"])
        self.fields: dict[str, Field] = {}
        for f in self.meta["fields"]:
            dtype, shape = np.dtype("<" + f["dtype"]), tuple(f["shape"])
            self.fields[f["name"]] = Field(dtype, shape, int(f["offset"]), dtype.itemsize * int(np.prod(shape, dtype=int)))
        #: Whether the records have the fields LABELS.
        self.labels = bool(self.meta.get("labels", True))
        missing = [name for name in LABELS if self.labels and name not in self.fields]
        if missing:
            raise ValueError(f'{path}/dataset.json: no field {missing[0]}, expected it or "labels": false')
        self.goals: list[dict[str, object]] = self.meta["goals"]
        self.robot: dict[str, object] | None = self.meta.get("robot")
        #: Streams and actions by the names of their fields, in the terms of the manifest; empty in datasets of older versions.
        self.inputs: dict[str, dict[str, Any]] = {i["field"]: {k: v for k, v in i.items() if k != "field"} for i in self.meta.get("inputs", [])}
        self.actions: dict[str, list[dict[str, Any]]] = self.meta.get("actions", {})
        self.shards: list[np.memmap] = []
        for shard in self.meta["shards"]:
            file = path / shard["file"]
            count = min(int(shard["records"]), file.stat().st_size // self.record_bytes)
            if count > 0:
                self.shards.append(np.memmap(file, np.uint8, "r", shape=(count, self.record_bytes)))
        self.counts = np.array([len(s) for s in self.shards])
        self.first = np.concatenate([[0], np.cumsum(self.counts)])
        self.total = int(self.first[-1])
        episodes = [episode for shard in self.meta["shards"] for episode in shard["episodes"]]
        #: Sentences of other kinds for each episode, and the index of each record's episode.
        self.rewordings: list[list[str]] = [episode.get("rewordings", []) for episode in episodes]
        lengths = [int(episode["count"]) for episode in episodes]
        self.episode = np.repeat(np.arange(len(episodes)), lengths)
        keys = {str(goal["key"]): i for i, goal in enumerate(self.goals)}
        self.asked = np.array([keys[episode["goal"]] for episode in episodes]) if self.total else np.array([], np.int64)

    def layout(self, space: str) -> Layout:
        """What a network of this action space reads of the records."""
        wrench = "wrench" in self.fields
        if space == "ee_compliant" and "actions.compliance" not in self.fields:
            raise ValueError(f"{self.path}: no stiffness and force of the tool, which --space {space} needs; record it again with npx praxis demos")
        if space in ("ee_delta", "ee_compliant"):
            return Layout(space, wrench=wrench)
        if "actions.joints" not in self.fields:
            raise ValueError(f"{self.path}: no actions of joints, which --space {space} needs; record it again with npx praxis demos")
        names = tuple(self.inputs["joints"]["names"])
        moved = tuple(names.index(name) for name in self.actions["actions.joints"][0]["names"])
        return Layout(space, names, moved, wrench)

    def demonstrated(self) -> np.ndarray:
        """Whether a record belongs in the training [records].

        Not where the expert drove and failed, which shows how not to do it, and not after an object has fallen off the table.
        """
        keep = np.ones(self.total, bool)
        if self.labels:
            keep &= np.linalg.norm(self.column("goal.position"), axis=1) < GOAL_LIMIT_M
        if self.meta.get("recording", {}).get("policy") == "expert":
            for first, shard in zip(self.first, self.meta["shards"], strict=False):
                for episode in shard["episodes"]:
                    start = int(first) + int(episode["first"])
                    keep[start : start + int(episode["count"])] &= bool(episode["success"])
        return keep

    def present(self) -> np.ndarray:
        """1 or 0 for each of INSTANCES [5]: whether the records hold it."""
        there = np.ones(len(INSTANCES), np.float32)
        for instance, name in ((FRONT, CAMERAS[0]), (WRIST, CAMERAS[1]), (WRENCH, "wrench")):
            there[instance] = name in self.fields
        return there

    def by_person(self) -> np.ndarray:
        """Whether a person drove at the time of a record [records]: nowhere in a dataset that does not say it."""
        return self.column(INTERVENTION).reshape(-1) > 0 if INTERVENTION in self.fields else np.zeros(self.total, bool)

    def column(self, name: str) -> np.ndarray:
        """One field of all records. Use it for small fields only, since it reads a page of each record."""
        f = self.fields[name]
        parts = [np.ascontiguousarray(s[:, f.offset : f.offset + f.size]) for s in self.shards]
        return np.concatenate(parts).view(f.dtype).reshape(-1, *f.shape)

    def read(self, index: np.ndarray, out: np.ndarray) -> None:
        """Copies the records at the sorted indices `index` into the rows of `out` [n, recordBytes]."""
        shard = np.searchsorted(self.first, index, "right") - 1
        for row, (s, i) in enumerate(zip(shard, index - self.first[shard], strict=True)):
            out[row] = self.shards[s][i]

    def unpack(self, raw: np.ndarray, fields: tuple[str, ...]) -> Record:
        """Splits raw records [n, recordBytes] into these fields. STAND_INS are in the place of those that this directory lacks."""
        record: Record = {PRESENT: np.tile(self.present(), (len(raw), 1)), LABELLED: np.full(len(raw), self.labels, np.float32)}
        for name in fields:
            if name not in self.fields and name in STAND_INS:
                shape, dtype, value = STAND_INS[name]
                record[name] = np.full((len(raw), *shape), value, dtype)
                continue
            f = self.fields[name]
            part = raw[:, f.offset : f.offset + f.size]
            if f.dtype.itemsize > 1:
                part = np.ascontiguousarray(part).view(f.dtype)
            record[name] = part.reshape(len(raw), *f.shape)
        return record


@dataclass(frozen=True)
class Stratum:
    """The training records of one directory and one task, which are drawn with equal probability."""

    directory: int
    records: np.ndarray
    weight: float


def names_its_object(task: np.ndarray, grasped: np.ndarray) -> np.ndarray:
    """Whether the instruction names the object of a record's goal: not in `sort`, whose boxes look alike, nor while `pick` carries it."""
    return (task != "sort") & ~((task == "pick") & grasped)


def parse_source(text: str) -> tuple[Path, float]:
    """Parses `DIR` or `DIR:WEIGHT`; the default weight is 1."""
    path, _, weight = text.rpartition(":")
    return (Path(path), float(weight)) if path else (Path(text), 1.0)


def balanced(records: np.ndarray, phase: np.ndarray, balance: float) -> list[tuple[np.ndarray, float]]:
    """The records of each phase with the share in which they are drawn."""
    if not len(records):
        return []
    parts = [records[phase[records] == p] for p in np.unique(phase[records])]
    shares = np.array([len(part) / len(records) for part in parts]) ** (1 - balance)
    return list(zip(parts, (shares / shares.sum()).tolist(), strict=True))


class Demonstrations:
    """All directories as one pool. Goals with the same key become one joint goal; `task_of_goal`, `like` and `texts` are per joint goal.

    like: the task that is done, where a task is made of others.
    """

    def __init__(
        self,
        sources: list[str],
        task_weights: dict[str, float] | None = None,
        space: str = "ee_delta",
        balance: float = 0.0,
        interventions: float = 1.0,
    ) -> None:
        """balance: how much more often rare phases are drawn; a phase with a share s of a task's records gets s^(1 - balance).

        interventions: how many times as often records are drawn at whose time a person drove, in datasets that say it; infinity leaves the
        others of these datasets out.
        """
        self.directories = [Directory(*parse_source(s)) for s in sources]
        layouts = [d.layout(space) for d in self.directories]
        if len({replace(layout, wrench=False) for layout in layouts}) != 1:
            raise ValueError(f"datasets {sources} differ in their joints")
        unfelt = [d.path for d in self.directories if d.labels and "wrench" not in d.fields]
        if unfelt and any(layout.wrench for layout in layouts):
            raise ValueError(f"datasets {sources}: only some have a wrench; {unfelt[0]} is of a robot without a wrist sensor")
        self.layout = replace(layouts[0], wrench=any(layout.wrench for layout in layouts))
        keys: dict[str, int] = {}
        self.texts: list[list[str]] = []
        self.task_of_goal: list[str] = []
        like: list[str] = []
        self.goal_maps: list[np.ndarray] = []
        recorded = {d.goals[g]["task"] for d in self.directories for g in np.unique(d.column("goal"))}
        for d in self.directories:
            for goal in d.goals:
                if goal["task"] not in recorded:
                    continue
                key = str(goal["key"])
                if key not in keys:
                    keys[key] = len(keys)
                    self.texts.append([])
                    self.task_of_goal.append(str(goal["task"]))
                    like.append(str(goal.get("like", goal["task"])))
                known = self.texts[keys[key]]
                known.extend(t for t in goal["texts"] if t not in known)  # type: ignore[attr-defined]
            self.goal_maps.append(np.array([keys.get(str(g["key"]), -1) for g in d.goals], np.int64))
        #: Index of the first episode of each directory.
        self.first_episode = np.cumsum([0, *(len(d.rewordings) for d in self.directories)])
        self.goal_keys = list(keys)
        self.like = np.array(like)
        robots = [d.robot for d in self.directories if d.robot is not None]
        self.robots = [robot for i, robot in enumerate(robots) if robot not in robots[:i]]
        self.tasks = sorted(set(self.task_of_goal))
        self.task_index = np.array([self.tasks.index(t) for t in self.task_of_goal])
        self.strata: list[Stratum] = []
        self.test: list[tuple[int, np.ndarray]] = []
        self.train_count = 0
        for i, d in enumerate(self.directories):
            out, shown = held_out(d.column("seed")), d.demonstrated()
            task = self.task_index[self.goal_maps[i][d.column("goal").reshape(-1)]]
            phase = d.column("flags")[:, 3] if balance and d.labels else np.zeros(d.total)
            person = d.by_person()
            if np.isinf(interventions) and INTERVENTION in d.fields:
                shown &= person
            self.test.append((i, np.flatnonzero(out & shown)))
            for t, name in enumerate(self.tasks):
                for driven, factor in ((False, 1.0), (True, 1.0 if np.isinf(interventions) else interventions)):
                    records = np.flatnonzero(~out & shown & (task == t) & (person == driven)).astype(np.int64)
                    weight = d.weight * (task_weights or {}).get(name, 1.0) * factor * len(records)
                    self.strata += [Stratum(i, part, weight * share) for part, share in balanced(records, phase, balance)]
                    self.train_count += len(records)
        if not self.strata:
            raise ValueError(f"no training records in {sources}")
        total = sum(c.weight for c in self.strata)
        self.chances = np.array([c.weight / total for c in self.strata])

    def draw(self, size: int, rng: np.random.Generator) -> Record:
        """Draws `size` training records; `goal` is the joint goal index."""
        counts = rng.multinomial(size, self.chances)
        parts = [(c.directory, c.records[rng.integers(len(c.records), size=n)]) for c, n in zip(self.strata, counts, strict=True)]
        return self.collect_records(parts)

    def collect_records(self, parts: list[tuple[int, np.ndarray]]) -> Record:
        """Reads records by (directory, indices), in ascending order within each directory."""
        read: list[Record] = []
        for i, index in parts:
            if not len(index):
                continue
            d = self.directories[i]
            raw = np.empty((len(index), d.record_bytes), np.uint8)
            d.read(np.sort(index), raw)
            record = d.unpack(raw, self.layout.fields)
            goal, episode = record["goal"].reshape(-1), d.episode[np.sort(index)]
            record[EPISODE] = np.where(goal == d.asked[episode], episode + self.first_episode[i], -1)
            record["goal"] = self.goal_maps[i][goal]
            read.append(record)
        names = (*self.layout.fields, EPISODE, PRESENT, LABELLED)
        return self.layout.arrange({name: np.concatenate([r[name] for r in read]) for name in names})

    def present(self) -> np.ndarray:
        """1 or 0 for each of INSTANCES [5]: whether any record holds it."""
        return np.max([d.present() for d in self.directories], 0)

    def test_parts(self, limit: int, rng: np.random.Generator) -> list[tuple[int, np.ndarray]]:
        """Draws about `limit` held-out records, or all of them when there are fewer."""
        total = sum(len(index) for _, index in self.test) or 1
        keep = min(1.0, limit / total)
        return [(i, rng.permutation(index)[: round(len(index) * keep)]) for i, index in self.test]

    def target_box(self, rng: np.random.Generator, samples: int = 4096) -> np.ndarray:
        """Least and greatest place that the tool was sent to in `samples` demonstrated chunks [2,3] (m, base frame)."""
        record = self.draw(min(samples, max(512, self.train_count)), rng)
        targets = record["tool"][:, None, :3] + record["displacement"]
        return np.stack([targets.min((0, 1)), targets.max((0, 1))])

    def tokenise(self, vocabulary: Vocabulary) -> list[np.ndarray]:
        """Word ids of all wordings, per joint goal [texts, 24]."""
        return [np.stack([vocabulary.encode(t, INSTRUCTION_WORDS) for t in texts]) for texts in self.texts]

    def read_rewordings(self, vocabulary: Vocabulary) -> list[Rewordings]:
        """The sentences of other kinds of every episode, in the order of `EPISODE`."""
        return [read(texts, vocabulary) for d in self.directories for texts in d.rewordings]

    def words(self) -> list[str]:
        """The words of all sentences of other kinds."""
        return known_words(text for d in self.directories for texts in d.rewordings for text in texts)

    def goals_of_objects(self, rng: np.random.Generator, samples: int = 12000) -> np.ndarray:
        """The joint goal that names each kind of object [colours, shapes], or -1.

        It is found in the data: the object nearest to the goal's position in the front image votes for the goal.
        """
        each = -(-samples // len(self.strata))
        record = self.collect_records([(c.directory, np.unique(rng.choice(c.records, min(len(c.records), each)))) for c in self.strata])
        objects, uv = record["objects"], record["goal.uv"][:, 0]
        names = names_its_object(self.like[record["goal"]], record["flags"][:, 0] > 0.5)
        rows = np.flatnonzero(names & (uv[:, 2] > 0.5))
        size = int(max(objects[..., :2].max(), 0)) + 1
        votes = np.zeros((size, size, len(self.goal_keys)), np.int64)
        for r in rows:
            gap = np.abs(objects[r, :, 2:4] - uv[r, :2]).sum(1) + 9.0 * ((objects[r, :, 1] < 0) | (objects[r, :, 4] < 0.5))
            best = int(gap.argmin())
            if gap[best] < 0.03:
                votes[int(objects[r, best, 0]), int(objects[r, best, 1]), record["goal"][r]] += 1
        return np.where(votes.max(2) > 0, votes.argmax(2), -1)
