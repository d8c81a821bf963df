"""Trains the policy on demonstrations.

    python training/train.py --data data/demos --out runs/first --minutes 35
    python training/train.py --data data/demos:1 --data data/dagger-1:2 --init runs/first/last.pt --out runs/second --minutes 15

Ctrl-C saves and stops; `--resume` continues. See training/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch

from augment import NONE, Augmentation, Batch, Batcher
from checkpoint import Checkpoint
from data import Demonstrations
from losses import Weights, compute_losses
from metrics import NAMES, evaluate, summary
from network import NetworkConfig, PolicyNetwork
from network.committed import load_weights
from network.config import FUSIONS, INSTANCES, MODALITIES, SPACES
from stages import ENCODERS, Stage, parse_stages, stage_at
from stats import measure_statistics
from tokens import Vocabulary
from workers import GradientExchange, launch, mean_over_processes


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """Parses the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", action="append", required=True, metavar="DIR[:WEIGHT]", help="dataset directory; repeat for several")
    p.add_argument("--out", type=Path, required=True, help="run directory")
    length = p.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="duration of the training (wall clock)")
    length.add_argument("--steps", type=int)
    length.add_argument("--epochs", type=float)
    p.add_argument("--batch", type=int, default=128, help="samples per step over all processes (default 128)")
    p.add_argument("--lr", type=float, default=1e-3)
    p.add_argument("--decay", type=float, default=0.02, help="AdamW weight decay")
    p.add_argument("--warmup", type=int, default=300, help="steps of rising learning rate")
    p.add_argument("--ema", type=float, default=0.998, help="decay of the averaged weights")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument(
        "--space", choices=SPACES, default=SPACES[0], help="space of the actions; that of the checkpoint with --init or --resume (default ee_delta)"
    )
    p.add_argument("--fusion", choices=FUSIONS, help="what joins the modalities; that of the checkpoint with --init or --resume (default gated)")
    p.add_argument(
        "--without",
        action="append",
        choices=MODALITIES,
        help="modality that is absent from every sample; repeat for several; those of the checkpoint with --init or --resume (default none)",
    )
    p.add_argument("--relations", action="store_true", help="the front camera's query can say where a thing lies beside another one; kept from a checkpoint")
    p.add_argument("--modes", type=int, help="chunks of the mixture that the network predicts; those of the checkpoint with --init or --resume (default 1)")
    p.add_argument("--prefix", action="store_true", help="with --space ee_compliant: the network reads the actions that the robot goes on to execute; kept from a checkpoint")
    p.add_argument("--no-prefix", action="store_true", help="a network of --init no longer reads them")
    p.add_argument("--new-words", action="store_true", help="with --init: words of the data that the checkpoint does not know are added")
    p.add_argument("--init", type=Path, help="checkpoint to start from, with its vocabulary and statistics")
    p.add_argument("--eyes", type=Path, help="checkpoint whose vision encoder a new network starts with, such as for the arms of an ablation")
    p.add_argument("--freeze", action="append", default=[], choices=("vision", "language"), help="encoder that stays as it is; several times faster")
    p.add_argument(
        "--stages", metavar="STAGE:PART,...", help="progressive training, such as encoders:0.3,fusion:0.5,all:0.2: parts of the run (default: everything at once)"
    )
    p.add_argument("--resume", action="store_true", help="continue from OUT/last.pt")
    p.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    p.add_argument("--bf16", choices=("auto", "on", "off"), default="auto", help="half precision for the vision and language encoders")
    p.add_argument("--task-weight", action="append", default=[], metavar="TASK:WEIGHT")
    p.add_argument("--balance", type=float, default=0.0, help="0..1: how much more often rare phases are drawn, such as contact (default 0)")
    p.add_argument(
        "--interventions",
        type=interventions,
        default=1.0,
        metavar="FACTOR|only",
        help="how many times as often records are drawn at whose time a person drove; only: those alone, of a dataset that says who drives (default 1)",
    )
    p.add_argument("--evaluate-every", type=float, default=4.0, help="minutes between held-out reports")
    p.add_argument("--held-out", type=int, default=1536, help="held-out records in a report")
    p.add_argument("--weight", action="append", default=[], metavar="LOSS=VALUE", help=f"weight of a loss: {', '.join(Weights.__annotations__)}")
    p.add_argument("--augment", action="append", default=[], metavar="NAME=VALUE", help=f"strength of an augmentation: {', '.join(Augmentation.__annotations__)}")
    return p.parse_args(argv)


def half_precision(choice: str, device: torch.device) -> bool:
    """Whether to train in bf16; `auto` uses it where the device supports it in hardware."""
    if choice == "auto":
        return device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return choice == "on"


def settings(pairs: list[str]) -> dict[str, float]:
    """Parses `NAME=VALUE` pairs."""
    return {k: float(v) for k, v in (pair.split("=") for pair in pairs)}


def interventions(text: str) -> float:
    """Parses `--interventions`: a factor above 0, or infinity for `only`."""
    factor = float("inf") if text == "only" else float(text)
    if factor > 0:
        return factor
    raise argparse.ArgumentTypeError(f"{text}: expected a factor above 0, or only")


def arm(args: argparse.Namespace) -> dict[str, object]:
    """The given options of an ablation, as fields of the network's configuration."""
    out: dict[str, object] = {"fusion": args.fusion} if args.fusion else {}
    return out | ({"without": tuple(name for name in MODALITIES if name in args.without)} if args.without else {})


def describe(args: argparse.Namespace) -> str:
    """The command line of this run, for the manifest."""
    return "python training/train.py " + " ".join(args.argv)


class Trainer:
    """Trains the network in one of several processes; rank 0 also logs, reports and saves."""

    def __init__(self, rank: int, world: int, args: argparse.Namespace) -> None:
        self.rank, self.world, self.args = rank, world, args
        cuda = torch.cuda.is_available()
        self.stages = parse_stages(args.stages) if args.stages else [Stage("all", 0.0, 1.0)]
        self.device = torch.device("cuda", rank) if cuda else torch.device("cpu")
        self.half = half_precision(args.bf16, self.device)
        torch.manual_seed(args.seed)
        weights = {k: float(v) for k, v in (t.split(":") for t in args.task_weight)}
        self.path = args.out / "last.pt"
        start = self.path if args.resume else args.init
        self.loaded = Checkpoint.load(start) if start else None
        space = self.loaded.config.space if self.loaded else args.space
        self.data = Demonstrations(args.data, weights, space, args.balance, args.interventions)
        if self.loaded:
            for name, value in arm(args).items():
                if value != getattr(self.loaded.config, name):
                    raise ValueError(f"--{name}: {start} has {getattr(self.loaded.config, name)}, not {value}")
            self.vocabulary, self.statistics = self.loaded.words(), self.loaded.statistics
            if args.new_words:
                self.vocabulary = self.vocabulary.grown([*self.texts(), *self.data.words()])
            config = self.loaded.config
            prefix = (config.prefix or args.prefix) and not args.no_prefix
            self.net = PolicyNetwork(replace(config, prefix=prefix, vocabulary=len(self.vocabulary), relations=config.relations or args.relations, modes=args.modes or config.modes))
            self.added = load_weights(self.net, self.loaded.weights if args.resume else self.loaded.average)
        else:
            self.vocabulary = Vocabulary.build([*self.texts(), *self.data.words()])
            self.statistics = measure_statistics(self.data, np.random.default_rng(args.seed))
            layout = self.data.layout
            # A camera that no record has stays absent, also where the robot has it.
            blind = [name for name, there in zip(INSTANCES[:2], self.data.present(), strict=False) if not there]
            args.without = [*(args.without or []), *blind] or None
            sizes = {"joints": len(layout.joints), "action": layout.action, "wrench": layout.wrench}
            self.net = PolicyNetwork(NetworkConfig(vocabulary=len(self.vocabulary), space=args.space, relations=args.relations, modes=args.modes or 1, prefix=args.prefix, **sizes, **arm(args)))
            if args.eyes:
                self.see_with(Checkpoint.load(args.eyes))
        self.vocabulary.corrects = self.net.config.compliant
        for name in args.freeze:
            getattr(self.net, name).requires_grad_(False)
        self.net.to(self.device)
        self.average = {k: v.clone() for k, v in self.net.state_dict().items()}
        self.optimizer = torch.optim.AdamW(self.groups(), lr=args.lr, betas=(0.9, 0.98), fused=True)
        self.progress: dict[str, float] = {"step": 0, "samples": 0, "seconds": 0.0}
        if args.resume and self.loaded:
            self.average |= {k: v.to(self.device) for k, v in self.loaded.average.items()}
            # The optimiser of a network without the added weights does not fit: it starts anew.
            if not self.added:
                self.optimizer.load_state_dict(self.loaded.optimizer)
            self.progress = self.loaded.progress
        self.exchange = GradientExchange(self.net, world, 3)
        self.weights = Weights(**settings(args.weight))
        self.augmentation = Augmentation(**{k: int(v) if k == "shift" else v for k, v in settings(args.augment).items()})
        if not self.net.config.prefix:
            self.augmentation = replace(self.augmentation, committed=0.0)
        goal_tokens = self.data.tokenise(self.vocabulary)
        objects = self.data.goals_of_objects(np.random.default_rng(args.seed))
        make = (self.statistics, self.vocabulary, goal_tokens, self.data.task_index, self.data.like, objects)
        kinds = {"by_joints": bool(self.data.layout.joints), "kept": self.net.config.kept, "rewordings": self.data.read_rewordings(self.vocabulary)}
        self.batcher = Batcher(*make, seed=1000 * args.seed + 7 * int(self.progress["step"]) + rank, **kinds)
        self.rng = np.random.default_rng([args.seed, int(self.progress["step"]), rank])
        self.tests = self.held_out(Batcher(*make, seed=5, **kinds))
        self.stopping = False
        if rank == 0:
            named = int((objects >= 0).sum())
            size = sum(p.numel() for p in self.net.parameters())
            print(
                f"{self.data.train_count} training records of {len(self.data.goal_keys)} goals ({', '.join(self.data.tasks)}), "
                f"actions {space}, {named} nameable kinds of object, {len(self.vocabulary)} words, {size / 1e6:.2f} M parameters, "
                f"{world} x {self.device.type}{' bf16' if self.half else ''}",
                flush=True,
            )

    def see_with(self, other: Checkpoint) -> None:
        """Takes over the vision encoder of a checkpoint, and how its images are normalised."""
        eyes = {k: v for k, v in other.average.items() if k.startswith("vision.")}
        self.net.load_state_dict(self.net.state_dict() | eyes)
        self.statistics = replace(self.statistics, image_mean=other.statistics.image_mean, image_std=other.statistics.image_std)

    def texts(self) -> list[str]:
        """All wordings of all goals."""
        return [text for texts in self.data.texts for text in texts]

    def groups(self) -> list[dict[str, object]]:
        """Parameter groups: biases, norms, embeddings and learned tokens have no weight decay. With stages the encoders have groups of their own."""
        trained = {n: p for n, p in self.net.named_parameters() if p.requires_grad}
        decayed = {id(p) for n, p in trained.items() if p.dim() > 1 and n.endswith("weight") and "embedding" not in n}
        encoders = {id(p) for n, p in trained.items() if n.split(".")[0] in ENCODERS}
        out: list[dict[str, object]] = []
        for encoding in (True, False) if self.args.stages else (None,):
            chosen = [p for p in trained.values() if encoding is None or (id(p) in encoders) == encoding]
            for want in (True, False):
                group = [p for p in chosen if (id(p) in decayed) == want]
                out.append({"params": group, "weight_decay": self.args.decay if want else 0.0, "encoders": encoding is True})
        return out

    def autocast(self) -> AbstractContextManager[object]:
        """The context of half precision, or none."""
        return torch.autocast(self.device.type, torch.bfloat16) if self.half else nullcontext()

    def held_out(self, batcher: Batcher) -> list[Batch]:
        """This process's share of the held-out batches. They are made once, so that all reports use the same records and wordings.

        There are none where no episode is held out, as among a few.
        """
        chosen_parts = self.data.test_parts(self.args.held_out, np.random.default_rng(99))
        if not any(len(index) for _, index in chosen_parts):
            return []
        record = self.data.collect_records(chosen_parts)
        chosen = np.arange(len(record["goal"]))[self.rank :: self.world]
        parts = [chosen[i : i + 128] for i in range(0, len(chosen), 128)]
        return [batcher({k: v[p] for k, v in record.items()}, NONE).to(self.device) for p in parts]

    def report(self) -> dict[str, dict[str, float]]:
        """Metrics of the averaged network on the held-out split, by task."""
        self.average_buffers()
        net = PolicyNetwork(self.net.config).to(self.device)
        net.load_state_dict(self.average)
        table = torch.from_numpy(evaluate(net, self.tests, self.statistics, len(self.data.tasks)))
        mean_over_processes([table], self.world)
        return summary(table.numpy(), self.data.tasks)

    def average_buffers(self) -> None:
        """Averages BatchNorm's running statistics, which differ between processes."""
        mean_over_processes([v for k, v in self.average.items() if "running" in k], self.world)

    def save(self) -> None:
        """Writes the checkpoint in rank 0."""
        self.average_buffers()
        if self.rank:
            return
        Checkpoint(
            self.net.config,
            self.vocabulary.words,
            self.statistics,
            self.data.tasks,
            self.net.state_dict(),
            self.average,
            self.optimizer.state_dict(),
            dict(self.progress, command=describe(self.args), seed=self.args.seed, data=self.summary()),
        ).save(self.path)

    def summary(self) -> list[dict[str, object]]:
        """The datasets of this run, for the manifest."""
        out: list[dict[str, object]] = []
        for d in self.data.directories:
            episodes = sum(len(s.get("episodes", [])) for s in d.meta["shards"])
            out.append({"name": d.path.name, "weight": d.weight, "records": d.total, "episodes": episodes})
        return out

    def fraction(self, ahead: int = 0) -> float:
        """Completed fraction of the run, 0..1, `ahead` steps from now."""
        a = self.args
        if a.minutes:
            return self.progress["seconds"] / (60 * a.minutes)
        steps = a.steps or a.epochs * self.data.train_count / a.batch
        return (self.progress["step"] + ahead) / steps

    def rate(self, done: float) -> float:
        """Learning rate: linear warm-up times cosine decay to 1 %, in each stage."""
        warm = min(1.0, (self.progress["step"] + 1) / self.args.warmup)
        return self.args.lr * warm * stage_at(self.stages, done).rate(done)

    def step(self, done: float) -> tuple[float, float, dict[str, float]]:
        """Takes one optimiser step. Returns the completed fraction and the stop request, averaged over processes, and the losses."""
        self.net.train()
        stage = stage_at(self.stages, done)
        for name in self.args.freeze if stage.trains_encoders() else ENCODERS:
            if getattr(self.net, name) is not None:
                getattr(self.net, name).eval()
        record = self.data.draw(self.args.batch // self.world, self.rng)
        batch = self.batcher(record, self.augmentation).to(self.device)
        self.exchange.zero()
        loss, terms = compute_losses(self.net, batch, stage.weights(self.weights), self.autocast())
        loss.backward()
        agreed = self.exchange([self.fraction(1), float(self.stopping), float(loss.detach())])
        torch.nn.utils.clip_grad_norm_(self.exchange.parameters, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(done) if stage.trains_encoders() or not group["encoders"] else 0.0
        self.optimizer.step()
        decay = min(self.args.ema, (1 + self.progress["step"]) / (10 + self.progress["step"]))
        current = self.net.state_dict()
        moving = [k for k in current if current[k].is_floating_point()]
        torch._foreach_lerp_([self.average[k] for k in moving], [current[k] for k in moving], 1 - decay)
        return agreed[0], agreed[1], {k: float(v) for k, v in terms.items()} | {"loss": agreed[2]}

    def run(self) -> None:
        """Trains to the end or to a stop request, and saves."""
        log = (self.args.out / "log.jsonl").open("a") if self.rank == 0 else None
        done, stop = self.fraction(), 0.0
        last = time.perf_counter()
        shown = reported = saved = self.progress["seconds"]
        sums: dict[str, float] = {}
        count = 0
        while done < 1.0 and stop == 0.0:
            done, stop, terms = self.step(done)
            now = time.perf_counter()
            self.progress["seconds"] += now - last
            last = now
            self.progress["step"] += 1
            self.progress["samples"] += self.args.batch
            count += 1
            for k, v in terms.items():
                sums[k] = sums.get(k, 0.0) + v
            # The step count decides here rather than the time, since all processes must take part in the same exchanges.
            if int(self.progress["step"]) % 50 == 0 or done >= 1.0:
                seconds = self.progress["seconds"]
                row: dict[str, object] = {"step": int(self.progress["step"]), "seconds": round(seconds, 1)}
                row |= {k: round(v / count, 5) for k, v in sums.items()} | {"lr": round(self.rate(done), 7)}
                speed = count * self.args.batch / max(1e-9, seconds - shown)
                left = seconds / max(done, 1e-6) - seconds
                if log:
                    log.write(json.dumps(row) + "\n")
                    log.flush()
                    means = {k: sums[k] / count for k in ("loss", "action", "grounding", "objects", "side") if k in sums}
                    text = " ".join(f"{k} {v:.3f}" for k, v in means.items())
                    print(f"{100 * done:5.1f} % step {row['step']} {text} | {speed:.0f} samples/s, {left / 60:.1f} min left", flush=True)
                shown, sums, count = seconds, {}, 0
                due = torch.tensor([seconds - reported > 60 * self.args.evaluate_every, seconds - saved > 60]).float()
                mean_over_processes([due], self.world)
                if due[0] > 0.4 and done < 1.0:
                    self.show(log)
                    reported = self.progress["seconds"]
                if due[1] > 0.4:
                    self.save()
                    saved = self.progress["seconds"]
        self.save()
        self.show(log)

    def show(self, log: object) -> None:
        """Evaluates on the held-out split, and logs and prints the metrics in rank 0."""
        values = self.report()
        if self.rank:
            return
        assert hasattr(log, "write")
        log.write(json.dumps({"step": int(self.progress["step"]), "held_out": values}) + "\n")
        log.flush()  # type: ignore[attr-defined]
        for task in values:
            print(f"  held out {task}: " + ", ".join(f"{n} {values[task][n]:.3g}" for n in NAMES if n in values[task]), flush=True)


def work(rank: int, world: int, args: argparse.Namespace) -> None:
    """Trains in one process. SIGINT and SIGTERM request a stop after the current step."""
    trainer = Trainer(rank, world, args)

    def stop(*_: object) -> None:
        trainer.stopping = True
        if rank == 0:
            print("stopping after this step", flush=True)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    trainer.run()


def main(argv: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(argv)
    args.argv = list(argv if argv is not None else sys.argv[1:])
    if args.eyes and args.init:
        sys.exit("--eyes: a network of --init has a vision encoder; give one of the two")
    args.out.mkdir(parents=True, exist_ok=True)
    if not args.resume and (args.out / "last.pt").exists():
        sys.exit(f"{args.out}/last.pt exists: pass --resume to continue it, or another --out")
    if not args.resume:
        (args.out / "log.jsonl").unlink(missing_ok=True)
    world = args.processes
    if torch.cuda.is_available():
        world = 1
    launch(work, world, args.out.resolve() / ".store", args)


if __name__ == "__main__":
    main()
