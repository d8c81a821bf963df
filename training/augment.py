"""Turns records into a training batch: wording, crop-shift, jitter, noise, modality dropout, normalisation, label shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from data import LABELLED, PRESENT, Record, names_its_object
from rewordings import COLOURS, SHAPES, Rewordings
from network.config import COMMITTED_ROWS, FRONT, IMAGE_SIZE, INSTRUCTION_WORDS, JOINTS, LANGUAGE, WRENCH, WRENCH_WINDOW, WRIST
from stats import Statistics
from tokens import UNKNOWN, Vocabulary


@dataclass(frozen=True)
class Augmentation:
    """Strengths of the augmentations; `NONE` for evaluation.

    shift: pixels. gain: relative. offset, noise: of 255. position_noise: m. rotation_noise: rad, also of joints. wrench_noise, wrench_bias: N,
    times torque_ratio for torques (Nm). unknown_word, synonym: probability per word. rewording: probability
    per sample of a sentence of another kind, where the episode has some. unknown_thing: probability that what is asked for in vain
    has no known name, rather than that of a thing which is not there. drop_*: probability per sample; without its history a tool
    seems to have stood still. committed: probability per sample that the first actions of the chunk are given, as if the robot executed them.
    committed_noise: of the standard deviation of each number of an action.
    """

    shift: int = 4
    gain: float = 0.15
    offset: float = 12.0
    noise: float = 4.0
    position_noise: float = 0.001
    rotation_noise: float = 0.01
    wrench_noise: float = 0.1
    wrench_bias: float = 0.2
    torque_ratio: float = 0.1
    unknown_word: float = 0.04
    synonym: float = 0.12
    rewording: float = 0.3
    unknown_thing: float = 0.25
    drop_language: float = 0.1
    drop_wrench: float = 0.1
    drop_vision: float = 0.05
    drop_camera: float = 0.05
    drop_joints: float = 0.03
    drop_history: float = 0.15
    committed: float = 0.5
    committed_noise: float = 0.02


NONE = Augmentation(*[0] * len(fields(Augmentation)))


@dataclass
class Batch:
    """Tensors of one batch. uv [B,2,3] and the objects' uv refer to the shifted images; shift [B,2,2] is in image fractions.

    labelled [B]: 1 for a sample with the labels of the simulator; in others the places, the objects, grasped, mass, contact, phase and side say nothing.

    committed [B,6,action] are the given first rows of `actions` where committed_mask [B,6] is 1, zeros for a robot without a compliant tool.

    compared [B]: index of the object that the instruction compares the named one with, else -1. reworded [B]: 1 for a sentence of another kind.

    goal_words [G+1,24] holds one wording per joint goal, for the loss on all objects, and one that names nothing known; object_goal [B,5] is -1 for
    an object without a goal that names it. The fifth object is none: its goal names what is not in the scene.
    """

    front: Tensor
    wrist: Tensor
    wrench: Tensor
    words: Tensor
    state: Tensor
    present: Tensor
    shift: Tensor
    actions: Tensor
    committed: Tensor
    committed_mask: Tensor
    uv: Tensor
    goal_position: Tensor
    object_uv: Tensor
    object_goal: Tensor
    goal_words: Tensor
    compared: Tensor
    reworded: Tensor
    goal: Tensor
    task: Tensor
    grasped: Tensor
    mass: Tensor
    contact: Tensor
    phase: Tensor
    side: Tensor
    labelled: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""
        return Batch(**{f.name: getattr(self, f.name).to(device) for f in fields(self)})


def shift_images(images: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Moves each image by (dx, dy) pixels (right and down positive) and repeats its edges. images u1 [B,96,96,3], shift int [B,2]."""
    reach = int(np.abs(shift).max(initial=0))
    if reach == 0:
        return np.ascontiguousarray(images)
    padded = np.pad(images, ((0, 0), (reach, reach), (reach, reach), (0, 0)), "edge")
    out = np.empty(images.shape, np.uint8)
    for i, (dx, dy) in enumerate(shift):
        out[i] = padded[i, reach - dy : reach - dy + IMAGE_SIZE, reach - dx : reach - dx + IMAGE_SIZE]
    return out


class Batcher:
    """Makes training batches from records. Its random generator makes every batch different."""

    def __init__(
        self,
        statistics: Statistics,
        vocabulary: Vocabulary,
        goal_tokens: list[np.ndarray],
        task_index: np.ndarray,
        like: np.ndarray,
        object_goals: np.ndarray,
        seed: int,
        by_joints: bool = False,
        kept: Sequence[int] = (1, 1, 1, 1, 1),
        rewordings: Sequence[Rewordings] = (),
    ) -> None:
        """by_joints: the state is one of joints and the gripper's width, not of the tool. kept: 0 for instances absent from every sample.

        rewordings: sentences of other kinds, by episode.
        """
        self.s, self.vocabulary, self.by_joints = statistics, vocabulary, by_joints
        self.kept = np.array(kept, np.float32)
        self.goal_tokens, self.task_index, self.like = goal_tokens, task_index, like
        self.object_goals, self.rewordings = object_goals, rewordings
        #: Ids of the words for colours and shapes.
        named = [vocabulary.index[word] for word in (*COLOURS, *SHAPES) if word in vocabulary.index]
        self.naming_words = np.unique(vocabulary.synonyms[named]) if named else np.array([], np.int64)
        self.rng = np.random.default_rng(seed)
        # Drawing normal numbers is slow on a CPU: pixel noise is read at a random offset of one table.
        self.noise = torch.from_numpy(self.rng.standard_normal(1 << 22, np.float32))

    def augment_images(self, images: np.ndarray, a: Augmentation) -> tuple[Tensor, np.ndarray]:
        """Images u1 [B,96,96,3] -> normalised tensor [B,3,96,96], and the shift of each image [B,2] (image fractions)."""
        b, rng = len(images), self.rng
        moved = rng.integers(-a.shift, a.shift + 1, (b, 2)) if a.shift else np.zeros((b, 2), np.int64)
        x = torch.from_numpy(shift_images(images, moved)).permute(0, 3, 1, 2).float()
        gain = 1 + a.gain * rng.uniform(-1, 1, (b, 1)) + 0.3 * a.gain * rng.uniform(-1, 1, (b, 3))
        offset = a.offset * rng.uniform(-1, 1, (b, 1)) + np.zeros((1, 3))
        scale = 1 / (255 * self.s.image_std)
        weight = torch.from_numpy((gain * scale).astype(np.float32))[:, :, None, None]
        bias = torch.from_numpy((offset * scale - self.s.image_mean / self.s.image_std).astype(np.float32))[:, :, None, None]
        x = x.mul_(weight).add_(bias)
        if a.noise:
            n = IMAGE_SIZE * IMAGE_SIZE * 3
            strength = a.noise * float(scale.mean()) * rng.uniform(0, 1, b)
            for i, at in enumerate(rng.integers(0, len(self.noise) - n, b)):
                x[i].add_(self.noise[at : at + n].view(IMAGE_SIZE, IMAGE_SIZE, 3).permute(2, 0, 1), alpha=float(strength[i]))
        return x, moved / IMAGE_SIZE

    def draw_words(self, goals: np.ndarray, a: Augmentation) -> np.ndarray:
        """Draws a wording for each goal, with random synonyms and unknown words: ids [B,24]."""
        rng = self.rng
        ids = np.stack([self.goal_tokens[g][rng.integers(len(self.goal_tokens[g]))] for g in goals])
        return self.vary_words(ids, a)

    def reword(self, words: np.ndarray, episodes: np.ndarray, a: Augmentation) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Puts sentences of other kinds in the place of some words [B,24].

        Returns the words, 1 or 0 for those that were replaced [B], and codes of colour and shape of the thing that each compares with [B,2], or -1.
        """
        rng = self.rng
        out, compared = words.copy(), np.full((len(words), 2), -1)
        reworded = np.zeros(len(words), np.float32)
        if not a.rewording or not len(self.rewordings):
            return out, reworded, compared
        for i in np.flatnonzero((rng.random(len(words)) < a.rewording) & (episodes >= 0)):
            sentences = self.rewordings[episodes[i]]
            if len(sentences.ids):
                k = rng.integers(len(sentences.ids))
                out[i], compared[i], reworded[i] = sentences.ids[k], sentences.compared[k], 1
        chosen = reworded > 0
        out[chosen] = self.vary_words(out[chosen], a)
        return out, reworded, compared

    def vary_words(self, ids: np.ndarray, a: Augmentation) -> np.ndarray:
        """Puts random synonyms and unknown words into ids [B,24]."""
        rng = self.rng
        if a.synonym:
            table = self.vocabulary.synonyms
            other = table[ids, rng.integers(table.shape[1], size=ids.shape)]
            ids = np.where(rng.random(ids.shape) < a.synonym, other, ids)
        if a.unknown_word:
            ids = np.where((rng.random(ids.shape) < a.unknown_word) & (ids > 0), UNKNOWN, ids)
        return ids

    def draw_absent(self, kinds: np.ndarray, a: Augmentation) -> np.ndarray:
        """Draws for each sample a goal that names a thing which is not in its scene [B], or the index behind all goals: it names nothing known.

        kinds [B,4]: numbers of the kinds of object in the scene, as in the flat table of their goals.
        """
        known = np.flatnonzero(self.object_goals.reshape(-1) >= 0)
        nothing = len(self.goal_tokens)
        if not len(known):
            return np.full(len(kinds), nothing)
        drawn = known[self.rng.integers(len(known), size=len(kinds))]
        there = (kinds == drawn[:, None]).any(1) | (self.rng.random(len(kinds)) < a.unknown_thing)
        return np.where(there, nothing, self.object_goals.reshape(-1)[drawn])

    def draw_unknown(self, goal_words: np.ndarray) -> np.ndarray:
        """One wording [1,24] of a goal that names an object, in which the words of colours and shapes are unknown ones."""
        naming = self.object_goals[self.object_goals >= 0]
        words = goal_words[self.rng.choice(naming) if len(naming) else 0]
        return np.where(np.isin(words, self.naming_words), UNKNOWN, words)[None]

    def draw_present(self, b: int, a: Augmentation) -> np.ndarray:
        """Draws the modalities that each sample keeps: 1 or 0, [B,5]."""
        rng = self.rng
        present = np.ones((b, 5), np.float32)
        for column, chance in (
            (LANGUAGE, a.drop_language),
            (WRENCH, a.drop_wrench),
            (JOINTS, a.drop_joints),
            (FRONT, a.drop_camera),
            (WRIST, a.drop_camera),
        ):
            present[rng.random(b) < chance, column] = 0
        present[rng.random(b) < a.drop_vision, FRONT : WRIST + 1] = 0
        return present * self.kept

    def draw_committed(self, actions: np.ndarray, a: Augmentation) -> tuple[np.ndarray, np.ndarray]:
        """Draws how many first actions of each chunk [B,16,action] are given, 0 to 6: the rows [B,6,action], and 1 or 0 [B,6]."""
        rng, b = self.rng, len(actions)
        count = rng.integers(1, COMMITTED_ROWS + 1, b) * (rng.random(b) < a.committed)
        mask = (np.arange(COMMITTED_ROWS) < count[:, None]).astype(np.float32)
        rows = actions[:, :COMMITTED_ROWS]
        return (rows + rng.standard_normal(rows.shape) * a.committed_noise) * mask[..., None], mask

    def __call__(self, r: Record, a: Augmentation) -> Batch:
        """Makes the batch of the records `r`."""
        s, rng, b = self.s, self.rng, len(r["goal"])
        front, front_shift = self.augment_images(r["images.front"], a)
        wrist, wrist_shift = self.augment_images(r["images.wrist"], a)
        shift = np.stack([front_shift, wrist_shift], 1)

        sensed = "wrench" in r
        wrench = r["wrench"] + 0.0 if sensed else np.broadcast_to(s.wrench_mean, (b, WRENCH_WINDOW, 6)) + 0.0
        history = r["state"].ndim == 3
        if a.wrench_noise and sensed:
            scale = np.array([1, 1, 1, a.torque_ratio, a.torque_ratio, a.torque_ratio], np.float32)
            wrench += rng.standard_normal(wrench.shape, np.float32) * scale * a.wrench_noise
            wrench += rng.uniform(-a.wrench_bias, a.wrench_bias, (b, 1, 6)) * scale
        state = r["state"] + 0.0
        if a.position_noise and self.by_joints:
            state[:, :-1] += rng.standard_normal((b, state.shape[1] - 1)) * a.rotation_noise
            state[:, -1] += rng.standard_normal(b) * a.position_noise
        elif a.position_noise:
            error = np.zeros((b, 8))
            error[:, :7] = rng.standard_normal((b, 7)) * a.position_noise
            error[:, 3:6] *= a.rotation_noise / a.position_noise
            state += error[:, None] if history else error
        if a.drop_history and history:
            still = rng.random(b) < a.drop_history
            state[still] = state[still, -1:]

        # Labels move with the image; a point that leaves the image is no longer in view.
        uv = r["goal.uv"] + 0.0
        uv[..., :2] += shift
        uv[..., 2] *= ((uv[..., :2] >= 0) & (uv[..., :2] < 1)).all(-1)
        objects = r["objects"]
        object_uv = np.stack([objects[..., 2:5], objects[..., 5:8]], 1) + 0.0
        object_uv[..., :2] += shift[:, :, None]
        object_uv[..., 2] *= ((object_uv[..., :2] >= 0) & (object_uv[..., :2] < 1)).all(-1)

        task = self.task_index[r["goal"]]
        flags = r["flags"]
        like = self.like[r["goal"]]
        naming = names_its_object(like, flags[:, 0] > 0.5)
        colour, shape = objects[..., 0].astype(int), objects[..., 1].astype(int)
        limit = len(self.object_goals)
        valid = naming[:, None] & (shape >= 0) & (shape < limit) & (colour >= 0) & (colour < limit) & (objects[..., 8] < 0.5)
        named = self.object_goals[np.clip(colour, 0, limit - 1), np.clip(shape, 0, limit - 1)]
        object_goal = np.where(valid, named, -1)
        absent = self.draw_absent(np.where((shape >= 0) & (colour >= 0), colour * limit + shape, -1), a)
        object_goal = np.concatenate([object_goal, np.where(valid.any(1), absent, -1)[:, None]], 1)
        object_uv = np.concatenate([object_uv, np.zeros_like(object_uv[:, :, :1])], 2)

        # The tray's side is the sign of the goal's y in the base frame while a box is carried, and 0 otherwise.
        carrying = (like == "sort") & (flags[:, 0] > 0.5)
        side = np.where(carrying, np.sign(r["tool"][:, 1] + r["goal.position"][:, 1]), 0)
        present = self.draw_present(b, a)
        present *= r[PRESENT]
        present[:, WRENCH] *= sensed
        words, reworded, compared = self.reword(self.draw_words(r["goal"], a), r["episode"], a)
        same = (objects[..., :2].astype(int) == compared[:, None]).all(-1) & (compared[:, :1] >= 0)
        goal_words = self.draw_words(np.arange(len(self.goal_tokens)), a)
        goal_words = np.concatenate([goal_words, self.draw_unknown(goal_words)])
        longest = max(1, int((np.concatenate([words, goal_words]) > 0).sum(1).max())) if a.shift else INSTRUCTION_WORDS
        actions = (r["actions"] - s.action_mean) / s.action_std
        committed, mask = self.draw_committed(actions, a if history else NONE)
        f32 = np.float32
        return Batch(
            front=front,
            wrist=wrist,
            wrench=torch.from_numpy(((wrench - s.wrench_mean) / s.wrench_std).astype(f32)),
            words=torch.from_numpy(words[:, :longest]),
            state=torch.from_numpy(((state - s.state_mean) / s.state_std).astype(f32)),
            present=torch.from_numpy(present),
            shift=torch.from_numpy(shift.astype(f32)),
            actions=torch.from_numpy(actions.astype(f32)),
            committed=torch.from_numpy(committed.astype(f32)),
            committed_mask=torch.from_numpy(mask),
            uv=torch.from_numpy(uv.astype(f32)),
            goal_position=torch.from_numpy(r["goal.position"].astype(f32) * 10),
            object_uv=torch.from_numpy(object_uv.astype(f32)),
            object_goal=torch.from_numpy(object_goal.astype(np.int64)),
            goal_words=torch.from_numpy(goal_words[:, :longest]),
            compared=torch.from_numpy(np.where(same.any(1), same.argmax(1), -1)),
            reworded=torch.from_numpy(reworded),
            goal=torch.from_numpy(r["goal"]),
            task=torch.from_numpy(task),
            grasped=torch.from_numpy(flags[:, 0].astype(f32)),
            mass=torch.from_numpy(flags[:, 1].astype(f32)),
            contact=torch.from_numpy(flags[:, 2].astype(f32)),
            phase=torch.from_numpy(np.clip(flags[:, 3], 0, 15).astype(np.int64)),
            side=torch.from_numpy(side.astype(f32)),
            labelled=torch.from_numpy(r[LABELLED]),
        )
