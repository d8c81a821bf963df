"""Makes a checkpoint from an exported policy: for its own robot, to train it further, or for another robot or action space.

    python training/transfer.py --policy models/contact --data data/cells --space ee_compliant --out runs/start.pt
    python training/train.py --data data/cells --init runs/start.pt --out runs/cells --minutes 20

    python training/transfer.py --policy models/default --data data/arm5-pick --space joint_position --out runs/start.pt
    python training/train.py --data data/arm5-pick --init runs/start.pt --out runs/arm5 --minutes 40

For its own robot and space the checkpoint acts as the policy does: it has all that a policy folder holds. For others, what differs between the
robots starts at random: the encoders of state and force, and the last layer, which gives the actions. Words that the policy does not
know, and the heads that only training has, start at random in both.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from augment import NONE, Batcher
from checkpoint import Checkpoint
from data import Demonstrations
from graphs import graphs, write
from network import NetworkConfig, PolicyNetwork
from network.config import COMPLIANT_ACTION, HORIZON, SPACES, TOOL_ACTION
from stats import Statistics, measure_statistics
from tokens import Vocabulary

#: Graphs that hold what another robot gets. The encoders of state and wrench are the robot's own.
TRANSFERRED = ("vision.onnx", "language.onnx", "fusion.onnx")
#: Those of a policy that drives the robot already, and what a graph does not say of the names of its parameters.
OWN_FILES = ("joints.onnx", "wrench.onnx")
PREFIXES = {"vision.onnx": "vision.", "language.onnx": "language.", "joints.onnx": "joints.", "wrench.onnx": "wrench."}
#: Spaces in which an action moves the tool.
TOOL_SPACES = ("ee_delta", "ee_compliant")
#: Parameters of the networks that belong to the robot.
OWN = ("joints.", "wrench.", "fusion.head.2.", "fusion.choice.", "fusion.committed.")
#: Embeddings of the words, to which the data may add some.
WORDS = "language.embedding.weight"
#: Records by which BatchNorm learns what it divided by.
CALIBRATION_RECORDS = 512


@dataclass(frozen=True)
class Exported:
    """What a manifest of either version says of a policy: the input of each encoder, its words, and the space of its actions."""

    manifest: dict[str, Any]
    inputs: dict[str, dict[str, Any]]
    words: list[str]
    space: str

    @staticmethod
    def read(folder: Path) -> Exported:
        """Reads `manifest.json`."""
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest.get("manifestVersion", 1) == 2:
            inputs = {e["name"]: e["inputs"][0] for e in manifest["encoders"]}
            return Exported(manifest, inputs, list(inputs["language"]["tokenizer"]["vocabulary"]), "ee_compliant")
        inputs = {e["name"]: e["input"]["processor"] for e in manifest["encoders"]}
        action = manifest["action"]
        space = action["blocks"][0]["space"] if action["space"] == "blocks" else action["space"]
        return Exported(manifest, inputs, list(inputs["language"]["vocabulary"]), space)

    def drives(self, data: Demonstrations, space: str) -> bool:
        """Whether the policy drives the robot of the data in this space already, one of the tool."""
        names = [[robot["name"] for robot in robots] for robots in (self.manifest["robots"], data.robots)]
        return self.space == space and space in TOOL_SPACES and names[0] == names[1]

    def statistics(self, policy: Path, measured: Statistics, own: bool) -> Statistics:
        """Those of the policy: of its pictures, and of its own robot all. What its inputs do not have scaled is as measured."""
        values = dict(measured.__dict__)
        for name, instance in {"image": "front", **({"wrench": "wrench", "state": "joints"} if own else {})}.items():
            one = self.inputs.get(instance, {})
            scale = one.get("normalisation", one)
            if "mean" in scale:
                values |= {f"{name}_{kind}": np.array(scale[kind], np.float32) for kind in ("mean", "std")}
        if own:
            graph = dict(initializers(policy / "fusion.onnx")) if self.space == "ee_compliant" else self.manifest["action"]
            values |= {f"action_{kind}": np.array(graph[kind], np.float32) for kind in ("mean", "std")}
        return Statistics(**values)


def initializers(path: Path) -> list[tuple[str, np.ndarray]]:
    """The constants of a graph in its order."""
    return [(i.name, numpy_helper.to_array(i).astype(np.float32)) for i in onnx.load(path).graph.initializer]


def candidates(net: PolicyNetwork) -> dict[str, np.ndarray]:
    """What the exporter makes of the parameters, by names that say which."""
    fusion = net.fusion
    made = {name: value.detach().numpy() for name, value in net.named_parameters()}
    made |= {f"{name} transposed": value.T for name, value in made.items() if value.ndim == 2}
    made["fusion.missing of tokens"] = fusion.missing[fusion.owner].detach().numpy()
    made["fusion.kind of tokens"] = fusion.kind[fusion.owner].detach().numpy()
    made["fusion.kind of places"] = fusion.kind[-2:].detach().numpy()
    return made


def found(value: np.ndarray, known: dict[str, np.ndarray]) -> str | None:
    """The candidate that a constant was made of. A convolution has BatchNorm's scale of 1 / sqrt(1 + 1e-5) folded in."""
    for name, other in known.items():
        if other.shape == value.shape and np.allclose(other, value, rtol=1e-4, atol=1e-6):
            return name
    return None


def config_of(exported: Exported, policy: Path) -> NetworkConfig:
    """The network of a policy, by what its manifest and its graph of fusion hold. Raises ValueError for one of an ablation."""
    fusion = onnx.load(policy / "fusion.onnx").graph
    sizes = {i.name: tuple(i.dims) for i in fusion.initializer}
    if "kept" in sizes or "fusion.find_front.log_scale" not in sizes:
        raise ValueError(f"{policy}: made by an ablation; expected gated fusion of all modalities")
    return NetworkConfig(
        vocabulary=len(exported.words),
        space="ee_compliant" if exported.space == "ee_compliant" else SPACES[0],
        action=COMPLIANT_ACTION if exported.space == "ee_compliant" else TOOL_ACTION,
        wrench="wrench" in exported.inputs,
        relations=any(".relation." in name for name in sizes),
        modes=sizes.get("fusion.choice.bias", (1,))[0],
        prefix="fusion.committed.net.2.bias" in sizes,
    )


def parameters_of(policy: Path, config: NetworkConfig, opset: int, files: Collection[str]) -> dict[str, np.ndarray]:
    """The parameters of graphs of an exported policy by their names in the network, with BatchNorm folded into the convolutions.

    Many constants of a graph have no name. A network of the same sizes with random weights is exported beside it, whose constants stand
    in the same order, and whose values tell which parameter each is made of.
    """
    torch.manual_seed(1)
    twin = PolicyNetwork(config)
    with torch.no_grad():
        for p in twin.parameters():
            p.copy_(torch.randn_like(p) * 0.1)
        for m in twin.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.weight.fill_(1.0)
    zeros = {name: [0.0] for name in Statistics.__annotations__}
    # The exporter stores equal constants once, so these differ.
    zeros |= {f"action_{kind}": np.full((HORIZON, config.action), value).tolist() for kind, value in (("mean", 0.25), ("std", 0.5))}
    state = twin.state_dict()
    checkpoint = Checkpoint(config, ["<pad>", "<unk>"], Statistics.from_dict(zeros), [], state, state)
    known = candidates(twin)
    out: dict[str, np.ndarray] = {}
    with tempfile.TemporaryDirectory() as folder:
        for graph in (g for g in graphs(checkpoint) if g.file in files):
            theirs = initializers(policy / graph.file)
            ours = initializers(write(graph, Path(folder), opset))
            if [v.shape for _, v in theirs] != [v.shape for _, v in ours]:
                raise ValueError(f"{policy / graph.file}: other sizes than the network's, or written by another version of PyTorch")
            for (_, value), (title, random) in zip(theirs, ours, strict=True):
                name = found(random, known) if title.startswith("onnx::") else PREFIXES.get(graph.file, "") + title
                if name is not None:
                    out[name.replace("joints.encoder.", "joints.")] = value
    return out


def load(net: PolicyNetwork, values: dict[str, np.ndarray], own: bool) -> list[str]:
    """Puts the parameters into a network, those that belong to the robot only with `own`, and returns the names of those that stay as they are."""
    fusion, state = net.fusion, dict(net.named_parameters())
    given = {name.removesuffix(" transposed"): value.T if name.endswith(" transposed") else value for name, value in values.items()}
    if "fusion.missing of tokens" in given:
        rows = [int((fusion.owner == instance).nonzero()[0]) for instance in range(len(fusion.missing))]
        given["fusion.missing"] = given["fusion.missing of tokens"][rows]
        given["fusion.kind"] = np.concatenate([given["fusion.kind of tokens"][rows], given["fusion.kind of places"]])
    left = []
    with torch.no_grad():
        for name, parameter in state.items():
            value = given.get(name)
            if name == WORDS and value is not None and len(value) < len(parameter):
                # New words stand behind the known ones, and start at random.
                parameter[: len(value)].copy_(torch.from_numpy(np.array(value)))
                continue
            if value is None or (name.startswith(OWN) and not own) or tuple(value.shape) != tuple(parameter.shape):
                left.append(name)
            else:
                parameter.copy_(torch.from_numpy(np.array(value)))
    return left


def unfold(net: PolicyNetwork, images: Tensor) -> None:
    """Gives BatchNorm the statistics of `images` and the weights with which it has no effect, as it had none after folding."""

    def restore(norm: nn.BatchNorm2d, inputs: tuple[Tensor, ...]) -> None:
        x = inputs[0]
        mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        with torch.no_grad():
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
            norm.weight.copy_((variance + norm.eps).sqrt())
            norm.bias.add_(mean)

    norms = [m for m in net.vision.modules() if isinstance(m, nn.BatchNorm2d)]
    hooks = [m.register_forward_pre_hook(restore) for m in norms]
    net.eval()
    with torch.no_grad():
        net.vision(images)
    for hook in hooks:
        hook.remove()


def main() -> None:
    """Runs the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--policy", type=Path, required=True, help="policy folder that export.py wrote, in a space of the tool")
    p.add_argument("--data", action="append", required=True, metavar="DIR", help="demonstrations of the robot")
    p.add_argument("--space", choices=SPACES, default=SPACES[0])
    p.add_argument("--out", type=Path, required=True, help="checkpoint for train.py --init")
    args = p.parse_args()

    exported = Exported.read(args.policy)
    data = Demonstrations(args.data, space=args.space)
    own = exported.drives(data, args.space)
    words = list(exported.words)
    words += [word for word in Vocabulary.build(t for texts in data.texts for t in texts).words if word not in words]
    rng = np.random.default_rng(0)
    statistics = exported.statistics(args.policy, measure_statistics(data, rng), own)

    trained = config_of(exported, args.policy)
    config = replace(trained, vocabulary=len(words), space=args.space, joints=len(data.layout.joints), action=data.layout.action, wrench=data.layout.wrench)
    torch.manual_seed(0)
    net = PolicyNetwork(config)
    opset = onnx.load(args.policy / "fusion.onnx").opset_import[0].version
    files = (*TRANSFERRED, *(OWN_FILES if own else ()))
    left = load(net, parameters_of(args.policy, trained, opset, files), own)
    vocabulary = Vocabulary(words)
    objects = data.goals_of_objects(rng)
    batcher = Batcher(*(statistics, vocabulary, data.tokenise(vocabulary), data.task_index, data.like, objects), seed=0, by_joints=bool(data.layout.joints))
    batch = batcher(data.draw(CALIBRATION_RECORDS, rng), NONE)
    unfold(net, torch.cat([batch.front, batch.wrist]))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    weights = net.state_dict()
    Checkpoint(config, words, statistics, data.tasks, weights, weights).save(args.out)
    print(f"{args.out}: {len(list(net.parameters())) - len(left)} of {len(list(net.parameters()))} parameters of {exported.manifest['name']}")
    print(f"at random: {', '.join(left)}")


if __name__ == "__main__":
    main()
