"""Trains the head that tells stop words in a row of speech embeddings, and writes it as ONNX.

Reads what `npx praxis voice examples` wrote. The loss is that of max-pooling (Sun et al., "Max-Pooling Loss Training of LSTM
Networks for Small-Footprint Keyword Spotting", SLT 2016): one of the steps around the end of a stop word has to be sure of it, which
one is left to the network; all steps where nobody says one have to be sure that there is none.

    python -m stopwords.train --data ../../data/stop-words --out ../../models/stop-words
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import softplus

WIDTH = 96
HOP = 0.08
WORDS = ("stop", "halt", "freeze", "emergency", "abort")
# Around the end of a stop word (s): where it has to be found, and where nothing else is asked.
FOUND = (-0.1, 0.2)
IGNORED = (-0.7, 0.8)


class Head(nn.Module):
    """Embeddings of `STEPS` steps, the last one now -> a logit for each stop word."""

    STEPS = 9

    def __init__(self, width: int = 64, dropout: float = 0.2):
        super().__init__()
        self.register_buffer("mean", torch.zeros(WIDTH, 1))
        self.register_buffer("std", torch.ones(WIDTH, 1))
        self.dropout = nn.Dropout(dropout)
        self.first = nn.Conv1d(WIDTH, width, 1)
        self.convolutions = nn.ModuleList(nn.Conv1d(width, width, 3, dilation=d) for d in (1, 2, 1))
        self.last = nn.Conv1d(width, len(WORDS), 1)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        """[batch, steps, WIDTH] -> [batch, steps - STEPS + 1, words]"""
        x = (embeddings.transpose(1, 2) - self.mean) / self.std
        x = torch.relu(self.first(self.dropout(x)))
        for convolution in self.convolutions:
            x = torch.relu(convolution(self.dropout(x)))
        return self.last(x).transpose(1, 2)


class Exported(nn.Module):
    """Several heads that were taught apart, and agree."""

    def __init__(self, heads: list[Head]):
        super().__init__()
        self.heads = nn.ModuleList(heads)

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(sum(head(embeddings)[:, 0] for head in self.heads) / len(self.heads))


class Stream:
    """A shard: embeddings, the steps in which each stop word has to be found, and those in which nothing is asked.

    Nothing is asked either while one of the voices `without` speaks.
    """

    def __init__(self, path: Path, without: tuple[str, ...] = ()):
        about = json.loads(path.read_text())
        self.x = torch.from_numpy(np.fromfile(path.with_suffix(".f32"), np.float32).reshape(-1, WIDTH).copy())
        self.about = about
        ends = (np.arange(len(self.x)) + 1) * HOP
        self.asked = torch.ones(len(self.x), dtype=torch.bool)
        left_out = torch.zeros(len(self.x), dtype=torch.bool)
        for segment in about["segments"]:
            if segment.get("voice") in without:
                left_out |= torch.from_numpy((ends >= segment["begin"]) & (ends <= segment["end"] + IGNORED[1]))
        self.asked[left_out] = False
        self.events: list[tuple[int, int, int]] = []
        for stop in about["stops"]:
            near = ends - stop["end"]
            self.asked[torch.from_numpy((near > IGNORED[0]) & (near < IGNORED[1]))] = False
            steps = np.flatnonzero((near >= FOUND[0]) & (near <= FOUND[1]))
            if len(steps) > 0 and not left_out[steps[0]]:
                self.events.append((steps[0], steps[-1] + 1, WORDS.index(stop["word"])))


def crops(streams: list[Stream], length: int, batch: int, rng: np.random.Generator):
    """Random pieces of random streams, until all was seen once."""
    total = sum(len(stream.x) for stream in streams)
    for _ in range(total // (length * batch)):
        xs, asked, events = [], [], []
        for b in range(batch):
            stream = streams[rng.integers(len(streams))]
            at = int(rng.integers(len(stream.x) - length))
            xs.append(stream.x[at : at + length])
            asked.append(stream.asked[at + Head.STEPS - 1 : at + length])
            first = at + Head.STEPS - 1
            for begin, end, word in stream.events:
                if begin >= first and end <= at + length:
                    events.append((b, begin - first, end - first, word))
        yield torch.stack(xs), torch.stack(asked), events


def loss_of(logits: torch.Tensor, asked: torch.Tensor, events, negatives: float) -> torch.Tensor:
    found = [softplus(-logits[b, begin:end, word].max()) for b, begin, end, word in events]
    wrong = softplus(logits).sum(-1)[asked].sum()
    return (torch.stack(found).sum() if found else 0) / 8 + negatives * wrong / 8


@torch.no_grad()
def scores(head: Head, stream: Stream) -> torch.Tensor:
    """Logits of each step; nothing before enough was heard."""
    head.eval()
    padded = torch.cat([stream.x[:1].repeat(Head.STEPS - 1, 1), stream.x])
    return head(padded[None])[0]


def judge(head: Head, streams: list[Stream]) -> dict[str, float]:
    """Share of stop words that are missed where there are so many false stops an hour."""
    peaks, others = [], []
    for stream in streams:
        logits = scores(head, stream).max(-1).values
        peaks += [logits[begin : end + 1].max().item() for begin, end, _ in stream.events]
        quiet = torch.where(stream.asked, logits, torch.tensor(-99.0))
        # One false stop a second at most.
        others += [piece.max().item() for piece in quiet.split(12)]
    hours = sum(len(stream.x) for stream in streams) * HOP / 3600
    found, false = np.array(peaks), np.sort(np.array(others))[::-1]
    at = {f"missed at {n}/h": float((found < false[min(len(false) - 1, int(n * hours))]).mean()) for n in (1, 5, 20, 60)}
    thresholds = {f"threshold at {n}/h": float(false[min(len(false) - 1, int(n * hours))]) for n in (1, 5, 20, 60)}
    return at | thresholds | {"hours": hours}


def teach(streams: list[Stream], held: list[Stream], args: argparse.Namespace, which: int) -> Head:
    noise, epochs, seed = args.noise[which], args.epochs[which], args.seed + which
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = Head(args.width)
    every = torch.cat([stream.x for stream in streams])
    head.mean[:, 0], head.std[:, 0] = every.mean(0), every.std(0)
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=1e-3)
    per_epoch = sum(len(s.x) for s in streams) // (100 * 32)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=max(1, epochs * per_epoch) + 1)
    for epoch in range(epochs):
        head.train()
        began, total, n = time.time(), 0.0, 0
        for x, asked, events in crops(streams, 100, 32, rng):
            x = x + noise * head.std.T * torch.randn_like(x)
            loss = loss_of(head(x), asked, events, args.negatives)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            plan.step()
            total, n = total + loss.item(), n + 1
        if epoch % 5 == 4 or epoch == epochs - 1:
            judged = {name: round(value, 4) for name, value in judge(head, held).items()}
            print(f"seed {seed} {epoch + 1:3d}/{epochs}  loss {total / n:.3f}  {time.time() - began:.1f} s  {judged}", flush=True)
    return head.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of `npx praxis voice examples`")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="+", default=[], help="voices that are left out")
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--noise", type=float, nargs="+", default=[0.6, 0.6],
                        help="added to embeddings, in their standard deviations; a head for each")  # fmt: skip
    parser.add_argument("--epochs", type=int, nargs="+", default=[45, 45], help="of each head")
    parser.add_argument("--negatives", type=float, default=0.5, help="weight of steps without a stop word")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if len(args.epochs) != len(args.noise):
        parser.error(f"--epochs: {len(args.epochs)} numbers, expected one for each of {len(args.noise)} heads")
    torch.set_num_threads(1)
    streams = [Stream(path, args.without) for path in sorted(args.data[0].glob("*.json"))]
    if len(streams) < 2:
        raise SystemExit(f"{args.data[0]}: expected shards of `npx praxis voice examples`")
    kept = max(1, len(streams) // 12)
    held, streams = streams[:kept], streams[kept:]
    streams += [Stream(path, args.without) for folder in args.data[1:] for path in sorted(folder.glob("*.json"))]
    print(f"{len(streams)} streams, {sum(len(s.events) for s in streams)} stop words; {kept} streams held out")
    heads = [teach(streams, held, args, which) for which in range(len(args.noise))]
    args.out.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        Exported(heads), (torch.zeros(1, Head.STEPS, WIDTH),), args.out / "head.onnx",
        input_names=["embeddings"], output_names=["probabilities"], opset_version=17, dynamo=False,
    )  # fmt: skip
    print(f"{args.out / 'head.onnx'}: {(args.out / 'head.onnx').stat().st_size} bytes")


if __name__ == "__main__":
    main()
