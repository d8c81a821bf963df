"""Trains the detection of a policy: a small graph that finds all things in a picture from the frozen outputs of its vision encoder.

    npx praxis views --task tidy,pick,sort --episodes 2500 --seed 300000 --out data/views
    python training/detection.py --views data/views --policy models/default

It writes `detection.onnx` into the policy's folder and the entry `detection` into its manifest. Training needs two to three minutes of one core, because
it looks at the cells around things and at as many others, not at whole pictures.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from export import save
from graphs import digest

#: Words of the things, one of each group.
WORDS = (("red", "green", "blue", "yellow", "purple", "orange", "brown"), ("cube", "cylinder", "brick", "box"))
#: Cells of the vision map along a side, and pixels of a cell.
CELLS, CELL_PIXELS = 24, 4
#: Pixels around the middle of a cell that the graph sees directly.
PATCH = 16
MARGIN = (PATCH - CELL_PIXELS) // 2
#: Least share of a thing that must be seen for it to be found.
VISIBLE_SHARE = 0.4
BATCH = 256
#: Epochs after which cells with a wrong find are added.
MINING_EPOCHS = (4, 10)
THRESHOLD = 0.5
#: Weight of the trunk's logits of shapes beside those of `Shapes`.
TRUNK_SHARE = 0.5
#: Cells on either side of a cell that the shapes are read from.
SHAPE_REACH = 2
SHAPE_EPOCHS, SHAPE_BATCH = 16, 192


class Views(NamedTuple):
    """pictures [N,3,96+2*MARGIN,..] normalised and padded; maps [N,64,26,26] padded; tokens [N,9*128]; things of each picture."""

    pictures: Tensor
    maps: Tensor
    tokens: Tensor
    things: list[list[dict[str, Any]]]


class Targets(NamedTuple):
    """Of each cell [N,24,24]: thing, weight of that; offset [...,2] to the middle (cells), words, weight of these; shift of each picture [N,2]."""

    thing: np.ndarray
    weight: np.ndarray
    offset: np.ndarray
    words: np.ndarray
    named: np.ndarray
    shift: np.ndarray
    has_shift: np.ndarray


class Shapes(nn.Module):
    """Logits of the shapes from the picture alone, for each cell from 5 x 5 cells around it: edges, parts, the whole."""

    def __init__(self, edges: int = 24, parts: int = 40, whole: int = 64) -> None:
        super().__init__()
        self.edges = nn.Conv2d(3, edges, 5, 2, 2)
        self.parts = nn.Conv2d(edges, parts, 3, 1, 1)
        self.whole = nn.Conv2d(parts, whole, 3, 1, 1)
        self.kind = nn.Conv2d(whole, len(WORDS[1]), 1)
        self.drop = nn.Dropout(0.15)

    def features(self, pictures: Tensor) -> Tensor:
        return F.max_pool2d(F.relu(self.parts(F.relu(self.edges(pictures)))), 2)

    def forward(self, pictures: Tensor) -> Tensor:
        """pictures [B,3,96,96] -> [B,shapes,24,24]."""
        return self.kind(self.drop(F.relu(self.whole(self.features(pictures)))))

    def rows(self, crops: Tensor) -> Tensor:
        """The same for single cells: crops [B,3,20,20] -> [B,shapes]."""
        middle = self.features(crops)[:, :, 1:4, 1:4].flatten(1)
        h = self.drop(F.relu(F.linear(middle, self.whole.weight.flatten(1), self.whole.bias)))
        return F.linear(h, self.kind.weight[:, :, 0, 0], self.kind.bias).float()


class Detection(nn.Module):
    """From a cell's surroundings in the vision map and the picture to a thing; from the tokens to the mounting error of the camera.

    The graph's `things` [1,3+words,576]: confidence, x and y (fractions of the picture) where a camera without mounting errors would see
    the middle of the thing, and the probabilities of the words of each group.
    """

    def __init__(self, hidden: int = 128, features: int = 64) -> None:
        super().__init__()
        self.cells = nn.Conv2d(64, hidden, 3, 1, 1)
        self.pixels = nn.Conv2d(3, hidden, PATCH, CELL_PIXELS, MARGIN)
        self.hidden = nn.Conv2d(hidden, features, 1)
        self.out = nn.Conv2d(features, 3 + sum(map(len, WORDS)), 1)
        self.shift = nn.Sequential(nn.Linear(9 * 128, 48), nn.ReLU(), nn.Dropout(0.2), nn.Linear(48, 2))
        self.shapes = Shapes()
        line = torch.arange(CELLS) + 0.5
        y, x = torch.meshgrid(line, line, indexing="ij")
        self.register_buffer("centres", torch.stack([x, y])[None], persistent=False)

    def trunk(self, maps: Tensor, pictures: Tensor) -> Tensor:
        """maps [B,64,24,24], pictures [B,3,96,96] -> [B,3+words,24,24]: logit, offset (cells), logits of words."""
        return self.out(F.relu(self.hidden(F.relu(self.cells(maps) + self.pixels(pictures)))))

    def rows(self, x: Tensor) -> Tensor:
        """The same for single cells: x [B,64*9+3*PATCH*PATCH] has the surroundings in the map, then in the picture."""
        weight = torch.cat([self.cells.weight.flatten(1), self.pixels.weight.flatten(1)], 1)
        h = F.relu(F.linear(x, weight, self.cells.bias + self.pixels.bias))
        h = F.relu(F.linear(h, self.hidden.weight[:, :, 0, 0], self.hidden.bias))
        return F.linear(h, self.out.weight[:, :, 0, 0], self.out.bias).float()

    def forward(self, image: Tensor, map: Tensor, tokens: Tensor) -> Tensor:
        out = self.trunk(map.reshape(1, 64, CELLS, CELLS), image)
        place = (self.centres + out[:, 1:3] + self.shift(tokens.flatten(1))[..., None, None]) / CELLS
        colours, shapes = out[:, 3:].split([len(group) for group in WORDS], 1)
        shapes = self.shapes(image) + TRUNK_SHARE * shapes
        return torch.cat([out[:, :1].sigmoid(), place, colours.softmax(1), shapes.softmax(1)], 1).flatten(2)


def load(folder: Path, policy: Path, manifest: dict[str, Any]) -> Views:
    """Reads the views of a folder and runs the vision encoder on every picture."""
    index = json.loads((folder / "views.json").read_text())
    cameras = [camera["name"] for camera in index["cameras"]]
    data = np.fromfile(folder / "pictures.u8", np.uint8).reshape(-1, 96, 96, 3)
    things = [view["things"] for view in index["views"]]
    processor = manifest["encoders"][0]["input"]["processor"]
    mean, std = (np.array(processor[key], np.float32) for key in ("mean", "std"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    vision = onnxruntime.InferenceSession(policy / "vision.onnx", options)
    pictures = np.empty((len(data), 3, 96, 96), np.float16)
    maps = np.empty((len(data), 64, CELLS, CELLS), np.float16)
    tokens = np.empty((len(data), 9 * 128), np.float32)
    for i, picture in enumerate(data):
        image = ((picture.astype(np.float32) / 255 - mean) / std).transpose(2, 0, 1)[None]
        found, token = vision.run(["map", "tokens"], {"image": image})
        pictures[i], maps[i], tokens[i] = image[0], found.reshape(64, CELLS, CELLS), token.reshape(-1)
    seen = [
        [thing | {"pixel": thing["pixels"][camera], "nominal": thing["nominal"][camera]} for thing in view]
        for view in things
        for camera in cameras
    ]
    padded = F.pad(torch.from_numpy(pictures), (MARGIN,) * 4)
    return Views(padded, F.pad(torch.from_numpy(maps), (1, 1, 1, 1)), torch.from_numpy(tokens), seen)


def targets(views: Views) -> Targets:
    """What each cell of each picture should say. Cells beside the middle of a thing learn its words, and are no finds of their own."""
    shape = (len(views.things), CELLS, CELLS)
    t = Targets(
        np.zeros(shape, np.float32),
        np.ones(shape, np.float32),
        np.zeros((*shape, 2), np.float32),
        np.zeros((*shape, len(WORDS)), np.int64),
        np.zeros(shape, np.float32),
        np.zeros((shape[0], 2), np.float32),
        np.zeros(shape[0], bool),
    )
    for k, things in enumerate(views.things):
        placed = []
        for thing in things:
            pixel = thing["pixel"]
            if not pixel["visible"]:
                continue
            x, y = pixel["x"] * CELLS, pixel["y"] * CELLS
            column, row = int(x), int(y)
            around = np.s_[k, max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
            is_seen = pixel["seen"] >= VISIBLE_SHARE
            t.weight[around] = 0.15 if is_seen else 0
            if is_seen:
                placed.append((thing, x, y, row, column))
        for thing, x, y, row, column in placed:
            words = [group.index(word) for group, word in zip(WORDS, thing["words"], strict=True)]
            for r in range(max(0, row - 1), min(CELLS, row + 2)):
                for c in range(max(0, column - 1), min(CELLS, column + 2)):
                    if (r, c) != (row, column) and t.named[k, r, c] > 0:
                        continue
                    t.words[k, r, c] = words
                    t.offset[k, r, c] = x - c - 0.5, y - r - 0.5
                    t.named[k, r, c] = 0.3
            t.thing[k, row, column] = t.weight[k, row, column] = t.named[k, row, column] = 1
        shifts = [(th["nominal"]["x"] * CELLS - x, th["nominal"]["y"] * CELLS - y) for th, x, y, *_ in placed]
        if shifts:
            t.shift[k], t.has_shift[k] = np.mean(shifts, 0), True
    return t


def surroundings(views: Views, cells: np.ndarray) -> Tensor:
    """The surroundings of cells (picture, row, column) [M,3] in map and picture [M,64*9+3*PATCH*PATCH]."""
    out = []
    for part in np.array_split(cells, max(1, len(cells) // 4096)):
        k, y, x = (torch.from_numpy(part[:, i])[:, None, None] for i in range(3))
        near, pixels = torch.arange(3), torch.arange(PATCH)
        maps = views.maps[k, :, y + near[:, None], x + near].permute(0, 3, 1, 2).flatten(1)
        patch = views.pictures[k, :, CELL_PIXELS * y + pixels[:, None], CELL_PIXELS * x + pixels]
        out.append(torch.cat([maps, patch.permute(0, 3, 1, 2).flatten(1)], 1))
    return torch.cat(out)


def labels(t: Targets, cells: np.ndarray) -> list[Tensor]:
    """Thing, its weight, offset, words and their weight for cells."""
    k, y, x = cells.T
    beside = np.where(t.thing[k, y, x] > 0, 1.0, 0.3)
    weight = np.where(t.named[k, y, x] > 0, beside, t.weight[k, y, x]).astype(np.float32)
    parts = (t.thing[k, y, x], weight, t.offset[k, y, x], t.words[k, y, x], t.named[k, y, x])
    return [torch.from_numpy(np.ascontiguousarray(part)) for part in parts]


def first_cells(t: Targets, random: np.random.Generator) -> np.ndarray:
    """Cells to begin with: of every thing, half as many beside things, and twice as many anywhere else."""
    things = np.argwhere(t.thing > 0)
    beside = random.permutation(np.argwhere((t.thing == 0) & (t.named > 0)))[: len(things) // 2]
    k = random.integers(0, len(t.thing), 4 * len(things))
    y, x = random.integers(0, CELLS, (2, len(k)))
    free = (t.thing[k, y, x] == 0) & (t.weight[k, y, x] > 0.5)
    return np.concatenate([things, beside, np.stack([k, y, x], 1)[free][: 2 * len(things)]])


@torch.no_grad()
def wrong_cells(net: Detection, views: Views, t: Targets, random: np.random.Generator, pictures: int = 600) -> np.ndarray:
    """Cells without a thing in which the network finds one."""
    found = []
    for ks in np.array_split(random.integers(0, len(t.thing), pictures), pictures // 50):
        maps, images = views.maps[ks][:, :, 1:-1, 1:-1], views.pictures[ks][:, :, MARGIN:-MARGIN, MARGIN:-MARGIN]
        confidence = net.trunk(maps.float(), images.float())[:, 0].sigmoid().numpy()
        cells = np.argwhere((confidence > 0.15) & (t.thing[ks] == 0) & (t.weight[ks] > 0.5))
        found.append(np.stack([ks[cells[:, 0]], cells[:, 1], cells[:, 2]], 1))
    return np.concatenate(found)


def losses(out: Tensor, y: list[Tensor]) -> list[Tensor]:
    """Losses of things, offsets and words for a batch of cells."""
    thing, weight, offset, words, named = y
    count = named.sum().clamp(min=1)
    at = np.cumsum([3, *map(len, WORDS)])
    word = [F.cross_entropy(out[:, a:b], words[:, i], reduction="none") for i, (a, b) in enumerate(zip(at, at[1:]))]
    return [
        3 * (F.binary_cross_entropy_with_logits(out[:, 0], thing, reduction="none") * weight).mean(),
        2 * (F.smooth_l1_loss(out[:, 1:3], offset, reduction="none", beta=0.1).sum(1) * named).sum() / count,
        0.5 * (word[0] * named).sum() / count,
        (word[1] * named).sum() / count,
    ]


def train(views: Views, epochs: int, seed: int = 0) -> Detection:
    """Trains a detection on views."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    t = targets(views)
    cells = first_cells(t, random)
    x, y = surroundings(views, cells), labels(t, cells)
    shifted, shift = np.flatnonzero(t.has_shift), torch.from_numpy(t.shift)
    net = Detection()
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=2e-2)
    began = time.time()
    for epoch in range(epochs):
        if epoch in MINING_EPOCHS:
            wrong = wrong_cells(net, views, t, random)
            x, y = torch.cat([x, surroundings(views, wrong)]), [torch.cat(p) for p in zip(y, labels(t, wrong), strict=True)]
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * (1 + np.cos(np.pi * epoch / epochs)) + 2e-5
        total = np.zeros(5)
        for batch in torch.randperm(len(x)).split(BATCH):
            with torch.autocast("cpu", torch.bfloat16):
                out = net.rows(x[batch].to(torch.bfloat16))
            parts = losses(out, [part[batch] for part in y])
            ks = shifted[random.integers(0, len(shifted), BATCH)]
            tokens = views.tokens[ks]
            parts.append(2 * F.smooth_l1_loss(net.shift(tokens + 0.05 * torch.randn_like(tokens)), shift[ks], beta=0.1))
            optimizer.zero_grad()
            torch.stack(parts).sum().backward()
            optimizer.step()
            total += [part.item() for part in parts]
        print(epoch, f"{time.time() - began:.0f} s", np.round(total * BATCH / len(x), 4).tolist(), flush=True)
    train_shapes(net.shapes, views, t, random)
    return net


def train_shapes(net: Shapes, views: Views, t: Targets, random: np.random.Generator, epochs: int = SHAPE_EPOCHS) -> None:
    """Trains the shapes on crops around things, mirrored and with other brightness and colour."""
    things = np.argwhere(t.thing > 0)
    beside = random.permutation(np.argwhere((t.thing == 0) & (t.named > 0)))[: len(things) // 2]
    cells = np.concatenate([things, beside])
    k, y, x = (torch.from_numpy(cells[:, i])[:, None, None] for i in range(3))
    size = torch.arange((2 * SHAPE_REACH + 1) * CELL_PIXELS)
    extra = SHAPE_REACH * CELL_PIXELS - MARGIN
    padded = F.pad(views.pictures, (extra,) * 4)
    crops = padded[k, :, CELL_PIXELS * y + size[:, None], CELL_PIXELS * x + size].permute(0, 3, 1, 2)
    shape = torch.from_numpy(t.words[tuple(cells.T)][:, 1])
    weight = torch.from_numpy(np.where(t.thing[tuple(cells.T)] > 0, 1.0, 0.3).astype(np.float32))
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-2)
    steps = epochs * (len(cells) // SHAPE_BATCH)
    for step in range(steps):
        i = torch.randint(0, len(cells), (SHAPE_BATCH,))
        rate = 1.5e-3 * (1 + np.cos(np.pi * step / steps)) + 1e-5
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 200)
        crop = crops[i] if step % 2 else crops[i].flip(3)
        crop = crop.float() * (1 + 0.1 * torch.randn(SHAPE_BATCH, 1, 1, 1)) + 0.1 * torch.randn(SHAPE_BATCH, 3, 1, 1)
        with torch.autocast("cpu", torch.bfloat16):
            out = net.rows(crop)
        loss = (F.cross_entropy(out, shape[i], reduction="none") * weight[i]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 200 == 199:
            print("shapes", step + 1, round(loss.item(), 4), flush=True)


def export(net: Detection, policy: Path, training: dict[str, Any]) -> None:
    """Writes the graph and its entry of the manifest."""
    path = policy / "manifest.json"
    manifest = json.loads(path.read_text())
    encoders = {encoder["name"]: encoder for encoder in manifest["encoders"]}
    cameras = [name for name in ("front", "wrist") if name in encoders]
    shapes = {"image": [1, 3, 96, 96]} | {o["name"]: o["shape"] for o in encoders[cameras[0]]["outputs"]}
    arguments = tuple(torch.zeros(shapes[name]) for name in ("image", "map", "tokens"))
    file = policy / "detection.onnx"
    torch.onnx.export(
        net.eval(),
        arguments,
        str(file),
        input_names=["image", "map", "tokens"],
        output_names=["things"],
        opset_version=manifest["opset"],
        dynamo=False,
    )
    ours = net(*(torch.randn(argument.shape, generator=torch.Generator().manual_seed(1)) for argument in arguments))
    given = {
        name: torch.randn(argument.shape, generator=torch.Generator().manual_seed(1)).numpy()
        for name, argument in zip(("image", "map", "tokens"), arguments, strict=True)
    }
    (theirs,) = onnxruntime.InferenceSession(file).run(None, given)
    worst = float(np.abs(ours.detach().numpy() - theirs).max())
    if worst > 1e-4:
        raise SystemExit(f"{file}: differs from PyTorch by {worst}, expected at most 1e-4")
    manifest["sha256"]["detection.onnx"] = digest(file)
    manifest["detection"] = {
        "file": file.name,
        "cameras": cameras,
        "inputs": [{"name": name, "shape": shapes[name]} for name in ("image", "map", "tokens")],
        "output": {"name": "things", "shape": [1, 3 + sum(map(len, WORDS)), CELLS * CELLS]},
        "words": [list(group) for group in WORDS],
        "threshold": THRESHOLD,
        "training": training,
    }
    save(path, manifest)
    print(f"{file}: {file.stat().st_size} bytes, differs from PyTorch by {worst:.1e}")


def main() -> None:
    """Runs the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--views", type=Path, required=True)
    p.add_argument("--policy", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=24)
    p.add_argument("--seed", type=int, default=0)
    args = p.parse_args()
    torch.set_num_threads(1)
    views = load(args.views, args.policy, json.loads((args.policy / "manifest.json").read_text()))
    net = train(views, args.epochs, args.seed)
    command = f"training/detection.py --views {args.views} --policy {args.policy} --epochs {args.epochs}"
    export(net, args.policy, {"command": command, "seed": args.seed, "samples": len(views.things)})


if __name__ == "__main__":
    main()
