"""Sizes of the network. They are stored with each checkpoint, so that export rebuilds the same one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

#: Encoder instances in the order of fusion's `present` input.
INSTANCES = ("front", "wrist", "wrench", "language", "joints")
FRONT, WRIST, WRENCH, LANGUAGE, JOINTS = range(5)

IMAGE_SIZE = 96
WRENCH_WINDOW = 32
WORDS = 24
HORIZON = 16
ACTION_DIM = 7


@dataclass(frozen=True)
class NetworkConfig:
    """d: width of every token. cells: side of the grounding map. phases, goals: classes of auxiliary heads."""

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
