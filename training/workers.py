"""Data-parallel training on CPUs: processes of one thread each average their gradients over gloo.

On small CPUs two such processes are several times faster than two threads in one process.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor, nn


def launch(run: Callable[..., None], processes: int, store: Path, *args: object) -> None:
    """Calls `run(rank, world, *args)` in each process; this process is rank 0."""
    os.environ["OMP_NUM_THREADS"] = "1"
    store.unlink(missing_ok=True)
    context = mp.get_context("spawn")
    others = [context.Process(target=_enter, args=(run, rank, processes, store, *args), daemon=True) for rank in range(1, processes)]
    for process in others:
        process.start()
    try:
        _enter(run, 0, processes, store, *args)
    finally:
        for process in others:
            process.join(timeout=20)
            if process.is_alive():
                process.terminate()
        store.unlink(missing_ok=True)


#: Parameters of glibc's mallopt(3) and their values: memory freed in one step stays with the process for the next one. Otherwise each tensor of
#: more than 32 MiB is mapped and unmapped anew, and the kernel clears its pages: a step takes about a sixth longer.
MALLOC = {"M_TRIM_THRESHOLD": (-1, 2**31 - 1), "M_MMAP_THRESHOLD": (-3, 2**30), "M_ARENA_MAX": (-8, 1)}


def keep_memory() -> None:
    """Lets this process keep the memory that it frees; nothing happens where the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    for parameter, value in MALLOC.values() if mallopt else ():
        mallopt(parameter, value)


def _enter(run: Callable[..., None], rank: int, world: int, store: Path, *args: object) -> None:
    keep_memory()
    torch.set_num_threads(1 if world > 1 else max(1, torch.get_num_threads()))
    if world > 1:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        dist.init_process_group("gloo", f"file://{store}", rank=rank, world_size=world, timeout=timedelta(minutes=30))
    try:
        run(rank, world, *args)
    finally:
        if world > 1:
            dist.destroy_process_group()


class GradientExchange:
    """Averages the gradients and a few scalars over all processes in one message."""

    def __init__(self, net: nn.Module, world: int, scalars: int) -> None:
        self.world, self.scalars = world, scalars
        self.parameters = [p for p in net.parameters() if p.requires_grad]
        count = sum(p.numel() for p in self.parameters)
        self.flat = torch.zeros(count + scalars, device=self.parameters[0].device)
        at = 0
        for p in self.parameters:
            p.grad = self.flat[at : at + p.numel()].view_as(p)
            at += p.numel()

    def __call__(self, scalars: list[float]) -> list[float]:
        """Replaces the gradients by their means over the processes, and returns the means of the scalars."""
        if self.world == 1:
            return scalars
        self.flat[-self.scalars :] = torch.tensor(scalars)
        dist.all_reduce(self.flat)
        self.flat /= self.world
        return self.flat[-self.scalars :].tolist()

    def zero(self) -> None:
        """Sets all gradients to zero."""
        self.flat.zero_()


def mean_over_processes(tensors: list[Tensor], world: int) -> None:
    """Replaces each tensor by its mean over the processes, in place."""
    for t in tensors if world > 1 else []:
        dist.all_reduce(t)
        t /= world
