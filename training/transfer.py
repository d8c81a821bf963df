"""Makes a checkpoint for another robot or action space from an exported policy: its eyes, its language and its fusion.

    python training/transfer.py --policy models/default --data data/arm5-pick --space joint_position --out runs/start.pt
    python training/train.py --data data/arm5-pick --init runs/start.pt --out runs/arm5 --minutes 40

What differs between the robots starts at random: the encoder of the state and the last layer, which gives the actions, and words that the
policy does not know.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

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
from network.config import SPACES
from stats import Statistics, measure_statistics
from tokens import Vocabulary

#: Graphs that hold what is transferred. The encoders of state and wrench are the robot's own.
TRANSFERRED = ("vision.onnx", "language.onnx", "fusion.onnx")
#: Parameters of the networks that belong to the robot.
OWN = ("joints.", "wrench.", "fusion.head.2.")
#: Embeddings of the words, to which the data may add some.
WORDS = "language.embedding.weight"
#: Records by which BatchNorm learns what it divided by.
CALIBRATION_RECORDS = 512


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


def parameters_of(policy: Path, config: NetworkConfig, opset: int) -> dict[str, np.ndarray]:
    """The parameters of an exported policy by their names in the network, with BatchNorm folded into the convolutions.

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
    zeros = dict.fromkeys(Statistics.__annotations__, [0.0])
    state = twin.state_dict()
    checkpoint = Checkpoint(config, ["<pad>", "<unk>"], Statistics.from_dict(zeros), [], state, state)
    known = candidates(twin)
    out: dict[str, np.ndarray] = {}
    with tempfile.TemporaryDirectory() as folder:
        for graph in (g for g in graphs(checkpoint) if g.file in TRANSFERRED):
            theirs = initializers(policy / graph.file)
            ours = initializers(write(graph, Path(folder), opset))
            if [v.shape for _, v in theirs] != [v.shape for _, v in ours]:
                raise ValueError(f"{policy / graph.file}: other sizes than the network's, or written by another version of PyTorch")
            prefix = "" if graph.file == "fusion.onnx" else f"{Path(graph.file).stem}."
            for (_, value), (title, random) in zip(theirs, ours, strict=True):
                name = found(random, known) if title.startswith("onnx::") else prefix + title
                if name is not None:
                    out[name] = value
    return out


def load(net: PolicyNetwork, values: dict[str, np.ndarray]) -> list[str]:
    """Puts the parameters into a network, and returns the names of those that stay as they are."""
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
            if value is None or name.startswith(OWN) or tuple(value.shape) != tuple(parameter.shape):
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
    p.add_argument("--policy", type=Path, required=True, help="policy folder that export.py wrote, in the space ee_delta")
    p.add_argument("--data", action="append", required=True, metavar="DIR", help="demonstrations of the other robot")
    p.add_argument("--space", choices=SPACES, default=SPACES[0])
    p.add_argument("--out", type=Path, required=True, help="checkpoint for train.py --init")
    args = p.parse_args()

    manifest = json.loads((args.policy / "manifest.json").read_text())
    encoders = {e["name"]: e["input"]["processor"] for e in manifest["encoders"]}
    data = Demonstrations(args.data, space=args.space)
    words = encoders["language"]["vocabulary"]
    known = len(words)
    words += [word for word in Vocabulary.build(t for texts in data.texts for t in texts).words if word not in words]
    rng = np.random.default_rng(0)
    image = {"image_mean": np.array(encoders["front"]["mean"], np.float32), "image_std": np.array(encoders["front"]["std"], np.float32)}
    statistics = replace(measure_statistics(data, rng), **image)

    trained = NetworkConfig(vocabulary=known, wrench="wrench" in encoders)
    config = replace(trained, vocabulary=len(words), space=args.space, joints=len(data.layout.joints), action=data.layout.action, wrench=data.layout.wrench)
    torch.manual_seed(0)
    net = PolicyNetwork(config)
    left = load(net, parameters_of(args.policy, trained, int(manifest["opset"])))
    vocabulary = Vocabulary(words)
    objects = data.goals_of_objects(rng)
    batcher = Batcher(
        *(statistics, vocabulary, data.tokenise(vocabulary), data.task_index, data.like, objects), seed=0, by_joints=bool(data.layout.joints)
    )
    batch = batcher(data.draw(CALIBRATION_RECORDS, rng), NONE)
    unfold(net, torch.cat([batch.front, batch.wrist]))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    weights = net.state_dict()
    Checkpoint(config, words, statistics, data.tasks, weights, weights).save(args.out)
    print(f"{args.out}: {len(list(net.parameters())) - len(left)} of {len(list(net.parameters()))} parameters of {manifest['name']}")
    print(f"at random: {', '.join(left)}")


if __name__ == "__main__":
    main()
