"""Sizes of the network. Each checkpoint stores them, so that export rebuilds the same network."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

#: Encoder instances in the order of fusion's `present` input.
INSTANCES = ("front", "wrist", "wrench", "language", "joints")
FRONT, WRIST, WRENCH, LANGUAGE, JOINTS = range(5)

#: Side of an image (pixels).
IMAGE_SIZE = 96
#: Samples in a window of the wrench.
WRENCH_WINDOW = 32
#: Words of an instruction; shorter ones are padded.
INSTRUCTION_WORDS = 24
#: Actions in a chunk, and numbers in an action.
HORIZON = 16
ACTION_DIM = 7


@dataclass(frozen=True)
class NetworkConfig:
    """d: width of every token. cells: cells along a side of the grounding map. phases, goals: classes of the auxiliary heads."""

    vocabulary: int
    d: int = 128
    heads: int = 4
    layers: int = 3
    language_layers: int = 2
    channels: tuple[int, int, int] = (24, 48, 96)
    map_channels: int = 64
    cells: int = 24
    vision_tokens: int = 9
    phases: int = 16
    goals: int = 64
    extra: dict[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, object]) -> NetworkConfig:
        values = dict(values)
        values["channels"] = tuple(values["channels"])  # type: ignore[arg-type]
        return NetworkConfig(**values)  # type: ignore[arg-type]
