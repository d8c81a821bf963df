"""Progressive training: the encoders first, then what fuses them, then everything at a low rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from losses import Weights

#: Modules of the network that encode one modality.
ENCODERS = ("vision", "wrench", "language", "joints")
#: Rate of the last stage, as a part of that of the others.
LOW_RATE = 0.2


@dataclass(frozen=True)
class Stage:
    """One stage: `encoders`, `fusion` or `all`, and the part of the run from `start` to `end` (0..1) that it takes."""

    kind: str
    start: float
    end: float

    def weights(self, given: Weights) -> Weights:
        """Weights of the losses. The first stage has those of the encoders: the place of things that words name, contrastive alignment of image and
        instruction, mass and contact from the wrench."""
        return replace(given, action=0.0, goal=0.0, flags=0.0, side=0.0) if self.kind == "encoders" else given

    def trains_encoders(self) -> bool:
        """Whether the encoders' weights change."""
        return self.kind != "fusion"

    def rate(self, done: float) -> float:
        """Part of the learning rate: a cosine decay to 1 % in each stage, from `LOW_RATE` in the last."""
        part = (min(done, self.end) - self.start) / (self.end - self.start)
        return (LOW_RATE if self.kind == "all" and self.start > 0 else 1.0) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * part)))


def parse_stages(text: str) -> list[Stage]:
    """Parses `encoders:0.3,fusion:0.5,all:0.2`. The parts must sum to 1.

    Raises ValueError for an unknown stage and for other sums.
    """
    stages: list[Stage] = []
    start = 0.0
    for each in text.split(","):
        kind, _, part = each.partition(":")
        if kind not in ("encoders", "fusion", "all"):
            raise ValueError(f"--stages: {kind} is no stage, expected encoders, fusion and all, such as encoders:0.3,fusion:0.5,all:0.2")
        try:
            share = float(part)
        except ValueError:
            share = math.nan
        if not 0 < share <= 1:
            raise ValueError(f"--stages: {each}: expected a part of the run above 0 and at most 1 after the colon")
        stages.append(Stage(kind, start, start + share))
        start += share
    if abs(start - 1.0) > 1e-6:
        raise ValueError(f"--stages: the parts sum to {start:g}, expected 1")
    return stages


def stage_at(stages: list[Stage], done: float) -> Stage:
    """The stage at a completed fraction of the run, 0..1."""
    return next((stage for stage in stages if done < stage.end), stages[-1])
