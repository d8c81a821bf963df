"""Trains the heads that detect stop words in a sequence of speech embeddings, and writes them as one ONNX file.

Reads the output of `npx praxis voice examples`. The loss is the max-pooling loss (Sun et al., "Max-Pooling Loss Training of LSTM
Networks for Small-Footprint Keyword Spotting", SLT 2016): among the steps around the end of a stop word, the one with the highest
score must detect it, and all steps without a stop word must reject it.

    python -m stopwords.train --data ../../data/stop-words --out ../../packages/speech/weights/stop-words
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import softplus

#: Numbers in one embedding.
EMBEDDING_SIZE = 96
#: Time between two embeddings (s).
HOP_S = 0.08
STOP_WORDS = ("stop", "halt", "freeze", "emergency", "abort")
#: Time around the end of a stop word in which it must be detected (s).
DETECTION_WINDOW_S = (-0.1, 0.2)
#: Time around the end of a stop word in which other scores are not supervised (s).
IGNORED_WINDOW_S = (-0.7, 0.8)


class StopWordHead(nn.Module):
    """The last `STEPS` embeddings -> one logit for each stop word."""

    STEPS = 9

    def __init__(self, width: int = 64, dropout: float = 0.2):
        super().__init__()
        self.register_buffer("mean", torch.zeros(EMBEDDING_SIZE, 1))
        self.register_buffer("std", torch.ones(EMBEDDING_SIZE, 1))
        self.dropout = nn.Dropout(dropout)
        self.first = nn.Conv1d(EMBEDDING_SIZE, width, 1)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3, dilation=d) for d in (1, 2, 1))
        self.last = nn.Conv1d(width, len(STOP_WORDS), 1)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        """[batch, steps, EMBEDDING_SIZE] -> [batch, steps - STEPS + 1, words]"""
        x = (embeddings.transpose(1, 2) - self.mean) / self.std
        x = torch.relu(self.first(self.dropout(x)))
        for convolution in self.convolutions:
            x = torch.relu(convolution(self.dropout(x)))
        return self.last(x).transpose(1, 2)


class HeadEnsemble(nn.Module):
    """Several heads with separate training; the mean of their logits -> probabilities [batch, words]."""

    def __init__(self, heads: list[StopWordHead]):
        super().__init__()
        self.heads = nn.ModuleList(heads)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(sum(head(embeddings)[:, 0] for head in self.heads) / len(self.heads))


class Shard:
    """A shard: the embeddings `x`, the mask `supervised` of steps without a stop word, and the `events`.

    An event is (first step, end step, word): the steps in which a stop word must be detected. Examples of the voices
    `without` have no events and are not supervised.
    """

    def __init__(self, path: Path, without: tuple[str, ...] = ()):
        about = json.loads(path.read_text())
        self.x = torch.from_numpy(np.fromfile(path.with_suffix(".f32"), np.float32).reshape(-1, EMBEDDING_SIZE).copy())
        self.about = about
        ends = (np.arange(len(self.x)) + 1) * HOP_S
        self.supervised = torch.ones(len(self.x), dtype=torch.bool)
        left_out = torch.zeros(len(self.x), dtype=torch.bool)
        for segment in about["segments"]:
            if segment.get("voice") in without:
                left_out |= torch.from_numpy((ends >= segment["begin"]) & (ends <= segment["end"] + IGNORED_WINDOW_S[1]))
        self.supervised[left_out] = False
        self.events: list[tuple[int, int, int]] = []
        for stop in about["stops"]:
            near = ends - stop["end"]
            self.supervised[torch.from_numpy((near > IGNORED_WINDOW_S[0]) & (near < IGNORED_WINDOW_S[1]))] = False
            steps = np.flatnonzero((near >= DETECTION_WINDOW_S[0]) & (near <= DETECTION_WINDOW_S[1]))
            if len(steps) > 0 and not left_out[steps[0]]:
                self.events.append((steps[0], steps[-1] + 1, STOP_WORDS.index(stop["word"])))


def sample_crops(shards: list[Shard], length: int, batch: int, rng: np.random.Generator):
    """Yields batches of random crops of random shards, as many as cover all shards once."""
    total = sum(len(shard.x) for shard in shards)
    for _ in range(total // (length * batch)):
        xs, supervised, events = [], [], []
        for b in range(batch):
            shard = shards[rng.integers(len(shards))]
            at = int(rng.integers(len(shard.x) - length))
            xs.append(shard.x[at : at + length])
            supervised.append(shard.supervised[at + StopWordHead.STEPS - 1 : at + length])
            first = at + StopWordHead.STEPS - 1
            for begin, end, word in shard.events:
                if begin >= first and end <= at + length:
                    events.append((b, begin - first, end - first, word))
        yield torch.stack(xs), torch.stack(supervised), events


def max_pooling_loss(logits: torch.Tensor, supervised: torch.Tensor, events, negatives: float) -> torch.Tensor:
    """The loss of a batch; `negatives` is the weight of steps without a stop word."""
    found = [softplus(-logits[b, begin:end, word].max()) for b, begin, end, word in events]
    wrong = softplus(logits).sum(-1)[supervised].sum()
    return (torch.stack(found).sum() if found else 0) / 8 + negatives * wrong / 8


@torch.no_grad()
def scores(head: StopWordHead, shard: Shard) -> torch.Tensor:
    """Logits of each step [steps, words]; the first embedding is repeated before the start."""
    head.eval()
    padded = torch.cat([shard.x[:1].repeat(StopWordHead.STEPS - 1, 1), shard.x])
    return head(padded[None])[0]


def evaluate(head: StopWordHead, shards: list[Shard]) -> dict[str, float]:
    """Share of missed stop words at given rates of false stops per hour, with the thresholds for these rates."""
    peaks, others = [], []
    for shard in shards:
        logits = scores(head, shard).max(-1).values
        peaks += [logits[begin : end + 1].max().item() for begin, end, _ in shard.events]
        quiet = torch.where(shard.supervised, logits, torch.tensor(-99.0))
        # Count at most one false stop in 12 steps, about a second.
        others += [piece.max().item() for piece in quiet.split(12)]
    hours = sum(len(shard.x) for shard in shards) * HOP_S / 3600
    found, false = np.array(peaks), np.sort(np.array(others))[::-1]
    at = {f"missed at {n}/h": float((found < false[min(len(false) - 1, int(n * hours))]).mean()) for n in (1, 5, 20, 60)}
    thresholds = {f"threshold at {n}/h": float(false[min(len(false) - 1, int(n * hours))]) for n in (1, 5, 20, 60)}
    return at | thresholds | {"hours": hours}


def train_head(shards: list[Shard], held_out: list[Shard], args: argparse.Namespace, which: int) -> StopWordHead:
    """Trains one head. `which` is its index into `--noise` and `--epochs`, and adds to the seed."""
    noise, epochs, seed = args.noise[which], args.epochs[which], args.seed + which
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = StopWordHead(args.width)
    every = torch.cat([shard.x for shard in shards])
    head.mean[:, 0], head.std[:, 0] = every.mean(0), every.std(0)
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=1e-3)
    per_epoch = sum(len(s.x) for s in shards) // (100 * 32)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=max(1, epochs * per_epoch) + 1)
    for epoch in range(epochs):
        head.train()
        began, total, n = time.time(), 0.0, 0
        for x, supervised, events in sample_crops(shards, 100, 32, rng):
            x = x + noise * head.std.T * torch.randn_like(x)
            loss = max_pooling_loss(head(x), supervised, events, args.negatives)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total, n = total + loss.item(), n + 1
        if epoch % 5 == 4 or epoch == epochs - 1:
            evaluated = {name: round(value, 4) for name, value in evaluate(head, held_out).items()}
            print(f"seed {seed} {epoch + 1:3d}/{epochs}  loss {total / n:.3f}  {time.time() - began:.1f} s  {evaluated}", flush=True)
    return head.eval()


def main() -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of `npx praxis voice examples`")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="+", default=[], help="voices to leave out of training")
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--noise", type=float, nargs="+", default=[0.6, 0.6],
                        help="noise on the embeddings in their standard deviations, one value for each head")  # fmt: skip
    parser.add_argument("--epochs", type=int, nargs="+", default=[45, 45], help="epochs of each head")
    parser.add_argument("--negatives", type=float, default=0.5, help="weight of steps without a stop word")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if len(args.epochs) != len(args.noise):
        parser.error(f"--epochs: {len(args.epochs)} values, expected one for each of {len(args.noise)} heads")
    torch.set_num_threads(1)
    shards = [Shard(path, args.without) for path in sorted(args.data[0].glob("*.json"))]
    if len(shards) < 2:
        raise SystemExit(f"{args.data[0]}: expected shards of `npx praxis voice examples`")
    held_out_count = max(1, len(shards) // 12)
    held_out, shards = shards[:held_out_count], shards[held_out_count:]
    shards += [Shard(path, args.without) for folder in args.data[1:] for path in sorted(folder.glob("*.json"))]
    print(f"{len(shards)} shards, {sum(len(s.events) for s in shards)} stop words; {held_out_count} shards held out")
    heads = [train_head(shards, held_out, args, which) for which in range(len(args.noise))]
    args.out.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        HeadEnsemble(heads), (torch.zeros(1, StopWordHead.STEPS, EMBEDDING_SIZE),), args.out / "head.onnx",
        input_names=["embeddings"], output_names=["probabilities"], opset_version=17, dynamo=False,
    )  # fmt: skip
    print(f"{args.out / 'head.onnx'}: {(args.out / 'head.onnx').stat().st_size} bytes")


if __name__ == "__main__":
    main()
