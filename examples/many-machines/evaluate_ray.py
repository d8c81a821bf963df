"""One evaluation as Ray tasks: each task runs one shard, and the driver joins them.

    pip install ray
    python examples/many-machines/evaluate_ray.py --shards 3 --out runs/ray -- --task pick,sort --episodes 200

Without a cluster Ray starts on this machine. Every node of a cluster has the checkout, after `npm ci`, at the same path (--checkout).
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import ray

CHECKOUT = Path(__file__).resolve().parents[2]


def praxis(checkout: str, *arguments: str) -> None:
    """Runs a praxis command in the checkout; its output goes to standard error of the task, which Ray shows."""
    subprocess.run(["npx", "praxis", *arguments], cwd=checkout, check=True)


def run_shard(checkout: str, shard: int, shards: int, evaluation: list[str]) -> bytes:
    """Runs one shard on any node and returns its file, so that nodes need no common disk."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shard.json"
        praxis(checkout, "eval", *evaluation, "--shard", f"{shard}/{shards}", "--out", str(file))
        return file.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description="praxis eval in shards, as Ray tasks")
    parser.add_argument("--shards", type=int, default=3)
    parser.add_argument("--cpus", type=float, default=2, help="CPUs of a shard")
    parser.add_argument("--checkout", default=str(CHECKOUT), help="path of the checkout on every node")
    parser.add_argument("--out", type=Path, default=Path("runs/ray"))
    parser.add_argument("evaluation", nargs="+", help="options of praxis eval, after --")
    options = parser.parse_args()

    ray.init(ignore_reinit_error=True)
    # A node that is lost, or a shard that fails, is tried twice more.
    task = ray.remote(run_shard).options(num_cpus=options.cpus, max_retries=2, retry_exceptions=True)
    numbers = range(1, options.shards + 1)
    shards = [task.remote(options.checkout, number, options.shards, options.evaluation) for number in numbers]

    options.out.mkdir(parents=True, exist_ok=True)
    files = [options.out.resolve() / f"shard-{number}.json" for number in numbers]
    for file, content in zip(files, ray.get(shards)):
        file.write_bytes(content)
    merged = options.out.resolve() / "merged.json"
    praxis(options.checkout, "report", "merge", *map(str, files), "--out", str(merged))


if __name__ == "__main__":
    main()
