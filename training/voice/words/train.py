"""Trains the network that says how well words fit a sound, from its row of speech embeddings, and writes it as ONNX.

Reads what `npx praxis voice examples` wrote. The loss is connectionist temporal classification (Graves et al., ICML 2006) over the
words of the command language; any other word is one label of its own. The network sees about a second around each step, so that it
learns how words sound and little of what usually follows what: that is the grammar's.

    python -m words.train --data ../../data/commands ../../data/more-commands ../../data/stop-words --out ../../packages/speech/weights/words
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

WIDTH = 96
HOP = 0.08
BLANK, OTHER = 0, 1
# Embeddings after a piece of sound that are looked at with it.
AFTER = 3
LONGEST = 200


class Net(nn.Module):
    """Embeddings -> logarithms of the probabilities of blank, other and each word, at each step."""

    def __init__(self, labels: int, width: int = 192, dropout: float = 0.2):
        super().__init__()
        self.register_buffer("mean", torch.zeros(WIDTH))
        self.register_buffer("std", torch.ones(WIDTH))
        self.first = nn.Conv1d(WIDTH, width, 1)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in (1, 2, 1, 3))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in self.convolutions)
        self.dropout = nn.Dropout(dropout)
        self.last = nn.Conv1d(width, labels, 1)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        """[batch, steps, WIDTH] -> [batch, steps, labels]"""
        x = ((embeddings - self.mean) / self.std).transpose(1, 2)
        x = torch.relu(self.first(x))
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            x = x + self.dropout(torch.relu(norm(convolution(x))))
        return self.last(x).transpose(1, 2).log_softmax(-1)


class Piece:
    """A lesson: its embeddings and the labels of what is said in it."""

    def __init__(self, x: torch.Tensor, labels: list[int], voice: str):
        self.x, self.labels, self.voice = x, labels, voice


def pieces_of(folder: Path, label_of: dict[str, int]) -> list[Piece]:
    pieces = []
    shards = [path for path in sorted(folder.glob("*.json")) if path.with_suffix(".f32").exists()]
    if not shards:
        raise SystemExit(f"{folder}: expected shards of `npx praxis voice examples`")
    for path in shards:
        rows = torch.from_numpy(np.fromfile(path.with_suffix(".f32"), np.float32).reshape(-1, WIDTH))
        for segment in json.loads(path.read_text())["segments"]:
            # Nobody wrote down what recordings say.
            if segment["kind"] == "recording":
                continue
            labels = [label_of.get(word, OTHER) for word in segment["text"].replace("|", " ").split()]
            x = rows[int(segment["begin"] / HOP) : int(segment["end"] / HOP) + AFTER]
            if len(labels) + 2 <= len(x) <= LONGEST:
                pieces.append(Piece(x, labels, segment["voice"]))
    return pieces


def batches(pieces: list[Piece], size: int, rng: np.random.Generator | None):
    """Pieces of like length together; in any order when `rng` is given."""
    jitter = rng.uniform(0, 8, len(pieces)) if rng else np.zeros(len(pieces))
    order = np.argsort([len(piece.x) for piece in pieces] + jitter)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    for group in groups:
        chosen = [pieces[i] for i in group]
        lengths = torch.tensor([len(piece.x) for piece in chosen])
        yield nn.utils.rnn.pad_sequence([p.x for p in chosen], batch_first=True), lengths, [p.labels for p in chosen]


def disturbed(x: torch.Tensor, lengths: torch.Tensor, net: Net, noise: float, rng: np.random.Generator) -> torch.Tensor:
    """Noise of any strength up to `noise` standard deviations, and in every second piece up to three steps gone."""
    x = x + noise * net.std * torch.randn_like(x) * torch.rand(len(x), 1, 1)
    for i, length in enumerate(lengths.tolist()):
        if rng.random() < 0.5:
            at = int(rng.integers(length))
            x[i, at : at + int(rng.integers(1, 4))] = net.mean
    return x


def differences(a: list[int], b: list[int]) -> int:
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        before, row[0] = row[0], i + 1
        for k, y in enumerate(b):
            before, row[k + 1] = row[k + 1], min(row[k + 1] + 1, row[k] + 1, before + (x != y))
    return row[-1]


@torch.no_grad()
def word_errors(net: Net, pieces: list[Piece]) -> float:
    """Share of words that the most probable labels get wrong, without any grammar."""
    net.eval()
    wrong = total = 0
    for x, lengths, labels in batches(pieces, 32, None):
        best = net(x).argmax(-1)
        for i, length in enumerate(lengths.tolist()):
            row = best[i, :length].tolist()
            said = [label for k, label in enumerate(row) if label != BLANK and (k == 0 or row[k - 1] != label)]
            wrong += differences(said, labels[i])
            total += len(labels[i])
    return wrong / max(1, total)


def teach(pieces: list[Piece], held: list[Piece], labels: int, args: argparse.Namespace) -> Net:
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    net = Net(labels, args.width, args.dropout)
    every = torch.cat([piece.x for piece in pieces])
    net.mean[:], net.std[:] = every.mean(0), every.std(0)
    per_epoch = -(-len(pieces) // args.batch)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.lr, weight_decay=1e-2)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.lr, total_steps=args.epochs * per_epoch + 1)
    ctc = nn.CTCLoss(blank=BLANK, zero_infinity=True, reduction="sum")
    for epoch in range(args.epochs):
        net.train()
        began, total = time.time(), 0.0
        for x, lengths, targets in batches(pieces, args.batch, rng):
            out = net(disturbed(x, lengths, net, args.noise, rng)).transpose(0, 1)
            flat = torch.tensor([label for target in targets for label in target], dtype=torch.long)
            loss = ctc(out, flat, lengths, torch.tensor([len(target) for target in targets])) / len(targets)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimiser.step()
            plan.step()
            total += loss.item() * len(targets)
        last = epoch == args.epochs - 1
        errors = f"  word errors of held out {word_errors(net, held):.3f}" if held and (epoch % 4 == 3 or last) else ""
        print(f"{epoch + 1:3d}/{args.epochs}  loss {total / len(pieces):.3f}  {time.time() - began:.1f} s{errors}", flush=True)
    return net.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of `npx praxis voice examples`")
    parser.add_argument("--out", type=Path, required=True, help="folder of words.onnx and words.json")
    parser.add_argument("--without", nargs="+", default=[], help="voices that are held out")
    parser.add_argument("--epochs", type=int, default=32)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--dropout", type=float, default=0.35)
    parser.add_argument("--noise", type=float, default=1.0, help="added to embeddings, at most, in their standard deviations")
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    vocabulary = args.data[0] / "words.txt"
    if not vocabulary.exists():
        raise SystemExit(f"{vocabulary}: missing; `npx praxis voice examples` writes it")
    words = vocabulary.read_text().split()
    label_of = {word: i + 2 for i, word in enumerate(words)}
    every = [piece for folder in args.data for piece in pieces_of(folder, label_of)]
    pieces = [piece for piece in every if piece.voice not in args.without]
    held = [piece for piece in every if piece.voice in args.without][:600]
    print(f"{len(pieces)} pieces, {len(held)} held out, {len(words)} words")
    net = teach(pieces, held, len(words) + 2, args)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        net, (torch.zeros(1, 40, WIDTH),), args.out / "words.onnx",
        input_names=["embeddings"], output_names=["labels"], opset_version=17, dynamo=False,
        dynamic_axes={"embeddings": {1: "steps"}, "labels": {1: "steps"}},
    )  # fmt: skip
    (args.out / "words.txt").write_text("\n".join(words) + "\n")
    print(f"{args.out / 'words.onnx'}: {(args.out / 'words.onnx').stat().st_size} bytes")


if __name__ == "__main__":
    main()
