"""Trains the network that scores how well words fit a sequence of speech embeddings, and writes it as ONNX.

Reads the output of `npx praxis voice examples`. The loss is connectionist temporal classification (Graves et al., ICML 2006) over the
words of the command language; all other words share one label. The network sees about a second around each step, so that it learns
the sound of words rather than their order, which the grammar knows.

    python -m words.train --data ../../data/commands ../../data/more-commands ../../data/stop-words --out ../../packages/speech/weights/words
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

#: Numbers in one embedding.
EMBEDDING_SIZE = 96
#: Time between two embeddings (s).
HOP_S = 0.08
#: Labels of CTC's blank and of words outside the command language.
BLANK_LABEL, OTHER_LABEL = 0, 1
#: Embeddings after the end of an example that belong to it.
CONTEXT_STEPS = 3
#: Longest example (embeddings); longer ones are left out.
MAX_STEPS = 200


class WordNetwork(nn.Module):
    """Embeddings -> log probabilities of blank, other and each word at each step."""

    def __init__(self, labels: int, width: int = 192, dropout: float = 0.2):
        super().__init__()
        self.register_buffer("mean", torch.zeros(EMBEDDING_SIZE))
        self.register_buffer("std", torch.ones(EMBEDDING_SIZE))
        self.first = nn.Conv1d(EMBEDDING_SIZE, width, 1)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in (1, 2, 1, 3))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in self.convolutions)
        self.dropout = nn.Dropout(dropout)
        self.last = nn.Conv1d(width, labels, 1)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        """[batch, steps, EMBEDDING_SIZE] -> [batch, steps, labels]"""
        x = ((embeddings - self.mean) / self.std).transpose(1, 2)
        x = torch.relu(self.first(x))
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            x = x + self.dropout(torch.relu(norm(convolution(x))))
        return self.last(x).transpose(1, 2).log_softmax(-1)


class Example:
    """A training example: its embeddings `x` [steps, EMBEDDING_SIZE] and the labels of its words."""

    def __init__(self, x: torch.Tensor, labels: list[int], voice: str):
        self.x, self.labels, self.voice = x, labels, voice


def load_examples(folder: Path, label_of: dict[str, int]) -> list[Example]:
    """Loads the examples of a folder, without recordings, whose words are unknown, and without those that are too long."""
    examples = []
    shards = [path for path in sorted(folder.glob("*.json")) if path.with_suffix(".f32").exists()]
    if not shards:
        raise SystemExit(f"{folder}: expected shards of `npx praxis voice examples`")
    for path in shards:
        rows = torch.from_numpy(np.fromfile(path.with_suffix(".f32"), np.float32).reshape(-1, EMBEDDING_SIZE))
        for segment in json.loads(path.read_text())["segments"]:
            # Recordings have no transcript.
            if segment["kind"] == "recording":
                continue
            labels = [label_of.get(word, OTHER_LABEL) for word in segment["text"].replace("|", " ").split()]
            x = rows[int(segment["begin"] / HOP_S) : int(segment["end"] / HOP_S) + CONTEXT_STEPS]
            if len(labels) + 2 <= len(x) <= MAX_STEPS:
                examples.append(Example(x, labels, segment["voice"]))
    return examples


def batches(examples: list[Example], size: int, rng: np.random.Generator | None):
    """Yields batches of examples of similar length, in random order when `rng` is given: embeddings, lengths, labels."""
    jitter = rng.uniform(0, 8, len(examples)) if rng else np.zeros(len(examples))
    order = np.argsort([len(example.x) for example in examples] + jitter)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    for group in groups:
        chosen = [examples[i] for i in group]
        lengths = torch.tensor([len(example.x) for example in chosen])
        yield nn.utils.rnn.pad_sequence([p.x for p in chosen], batch_first=True), lengths, [p.labels for p in chosen]


def augment(x: torch.Tensor, lengths: torch.Tensor, net: WordNetwork, noise: float, rng: np.random.Generator) -> torch.Tensor:
    """Adds noise of up to `noise` standard deviations, and masks up to three steps in half of the examples."""
    x = x + noise * net.std * torch.randn_like(x) * torch.rand(len(x), 1, 1)
    for i, length in enumerate(lengths.tolist()):
        if rng.random() < 0.5:
            at = int(rng.integers(length))
            x[i, at : at + int(rng.integers(1, 4))] = net.mean
    return x


def edit_distance(a: list[int], b: list[int]) -> int:
    """Levenshtein distance of two label sequences."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        before, row[0] = row[0], i + 1
        for k, y in enumerate(b):
            before, row[k + 1] = row[k + 1], min(row[k + 1] + 1, row[k] + 1, before + (x != y))
    return row[-1]


@torch.no_grad()
def word_errors(net: WordNetwork, examples: list[Example]) -> float:
    """Word error rate of the most probable labels, without a grammar."""
    net.eval()
    wrong = total = 0
    for x, lengths, labels in batches(examples, 32, None):
        best = net(x).argmax(-1)
        for i, length in enumerate(lengths.tolist()):
            row = best[i, :length].tolist()
            decoded = [label for k, label in enumerate(row) if label != BLANK_LABEL and (k == 0 or row[k - 1] != label)]
            wrong += edit_distance(decoded, labels[i])
            total += len(labels[i])
    return wrong / max(1, total)


def train(examples: list[Example], held_out: list[Example], labels: int, args: argparse.Namespace) -> WordNetwork:
    """Trains a network and returns it in evaluation mode."""
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    net = WordNetwork(labels, args.width, args.dropout)
    every = torch.cat([example.x for example in examples])
    net.mean[:], net.std[:] = every.mean(0), every.std(0)
    per_epoch = -(-len(examples) // args.batch)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.lr, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.lr, total_steps=args.epochs * per_epoch + 1)
    ctc = nn.CTCLoss(blank=BLANK_LABEL, zero_infinity=True, reduction="sum")
    for epoch in range(args.epochs):
        net.train()
        began, total = time.time(), 0.0
        for x, lengths, targets in batches(examples, args.batch, rng):
            out = net(augment(x, lengths, net, args.noise, rng)).transpose(0, 1)
            flat = torch.tensor([label for target in targets for label in target], dtype=torch.long)
            loss = ctc(out, flat, lengths, torch.tensor([len(target) for target in targets])) / len(targets)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(targets)
        last = epoch == args.epochs - 1
        errors = f"  word errors of held out {word_errors(net, held_out):.3f}" if held_out and (epoch % 4 == 3 or last) else ""
        print(f"{epoch + 1:3d}/{args.epochs}  loss {total / len(examples):.3f}  {time.time() - began:.1f} s{errors}", flush=True)
    return net.eval()


def main() -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of `npx praxis voice examples`")
    parser.add_argument("--out", type=Path, required=True, help="folder of words.onnx and words.txt")
    parser.add_argument("--without", nargs="+", default=[], help="voices to hold out of training")
    parser.add_argument("--epochs", type=int, default=32)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--dropout", type=float, default=0.35)
    parser.add_argument("--noise", type=float, default=1.0, help="largest noise on the embeddings, in their standard deviations")
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    vocabulary = args.data[0] / "words.txt"
    if not vocabulary.exists():
        raise SystemExit(f"{vocabulary}: missing; `npx praxis voice examples` writes it")
    words = vocabulary.read_text().split()
    label_of = {word: i + 2 for i, word in enumerate(words)}
    every = [example for folder in args.data for example in load_examples(folder, label_of)]
    examples = [example for example in every if example.voice not in args.without]
    held_out = [example for example in every if example.voice in args.without][:600]
    print(f"{len(examples)} examples, {len(held_out)} held out, {len(words)} words")
    net = train(examples, held_out, len(words) + 2, args)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        net, (torch.zeros(1, 40, EMBEDDING_SIZE),), args.out / "words.onnx",
        input_names=["embeddings"], output_names=["labels"], opset_version=17, dynamo=False,
        dynamic_axes={"embeddings": {1: "steps"}, "labels": {1: "steps"}},
    )  # fmt: skip
    (args.out / "words.txt").write_text("\n".join(words) + "\n")
    print(f"{args.out / 'words.onnx'}: {(args.out / 'words.onnx').stat().st_size} bytes")


if __name__ == "__main__":
    main()
