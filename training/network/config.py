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
#: Actions in a chunk.
HORIZON = 16
#: Numbers in the state of the tool, and in an action that moves the tool.
TOOL_STATE = 8
TOOL_ACTION = 7
#: The same with stiffness and force of the tool along three axes, and samples of the wrench and of the tool's state that such a network reads.
COMPLIANT_ACTION, COMPLIANT_WINDOW, STATE_HISTORY = TOOL_ACTION + 6, 64, 16
#: Committed actions that a network of a compliant tool reads: those of 0.3 s.
COMMITTED_ROWS = 6
#: Error of a chunk at which its likelihood in a mixture falls to 1/e.
CHUNK_SCALE = 0.02
#: Spaces of the actions: displacements of the tool, the same with its stiffness and force, or targets of the joints, which leave the network
#: as positions or displacements.
SPACES = ("ee_delta", "ee_compliant", "joint_position", "joint_delta")
#: What joins the modalities: attention over gated tokens, or a network over the concatenated mean tokens.
FUSIONS = ("gated", "concat")
#: Modalities that a network can be trained without, and the instances of each; a camera alone, too.
MODALITIES = {"vision": ("front", "wrist"), "wrench": ("wrench",), "language": ("language",), "front": ("front",), "wrist": ("wrist",)}


@dataclass(frozen=True)
class NetworkConfig:
    """d: width of every token. cells: cells along a side of the grounding map. phases, goals: classes of the auxiliary heads.

    space: one of SPACES. joints: numbers in the state by joints, the gripper's included; 0 for a state of the tool. action: numbers in an
    action, of which the last is the gripper's width. wrench: whether the robot has a wrist sensor. fusion: one of FUSIONS. without: names
    of MODALITIES that are absent from every sample. relations: whether the front camera's query can say where a thing lies beside another one. modes: chunks of
    the mixture that the network predicts, of which the most probable one is executed. prefix: whether a
    network of a compliant tool reads the committed actions. coherence: how much an exported network prefers a mode that goes on as the robot
    does already; 0 takes the most probable one.
    """

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
    space: str = "ee_delta"
    joints: int = 0
    action: int = TOOL_ACTION
    wrench: bool = True
    fusion: str = "gated"
    without: tuple[str, ...] = ()
    relations: bool = False
    modes: int = 1
    prefix: bool = False
    coherence: float = 0.0

    @property
    def instances(self) -> tuple[str, ...]:
        """The encoder instances of this network."""
        return tuple(name for name in INSTANCES if self.wrench or name != "wrench")

    @property
    def kept(self) -> list[int]:
        """For each of INSTANCES 1, or 0 for one that the network is trained without."""
        absent = {name for modality in self.without for name in MODALITIES[modality]}
        return [int(name not in absent) for name in INSTANCES]

    @property
    def compliant(self) -> bool:
        """Whether the network commands stiffness and force, and reads longer windows for it."""
        return self.space == "ee_compliant"

    @property
    def reads_committed(self) -> bool:
        """Whether the exported network reads the actions that the robot goes on to execute."""
        return self.prefix or self.coherence > 0

    @property
    def wrench_window(self) -> int:
        """Samples of the wrench."""
        return COMPLIANT_WINDOW if self.compliant else WRENCH_WINDOW

    @property
    def state(self) -> tuple[int, ...]:
        """Shape of the state."""
        return (STATE_HISTORY, TOOL_STATE) if self.compliant else (self.joints or TOOL_STATE,)

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, object]) -> NetworkConfig:
        values = dict(values)
        for name in ("channels", "without"):
            values[name] = tuple(values.get(name, ()))  # type: ignore[arg-type]
        return NetworkConfig(**values)  # type: ignore[arg-type]
