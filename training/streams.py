"""The streams that the policy reads and the actions that it returns, as the manifest declares them."""

from __future__ import annotations

from typing import Any

from data import Directory
from network.config import HORIZON, WRENCH_WINDOW, NetworkConfig


def camera(name: str) -> dict[str, Any]:
    """The image stream of a camera."""
    return {
        "stream": f"images.{name}",
        "dtype": "uint8",
        "shape": [96, 96, 3],
        "unit": "rgb8",
        "frame": f"camera_{name}_optical_frame",
        "rateHz": 20,
        "window": 1,
        "maximumAge": 0.25,
    }


WRENCH: dict[str, Any] = {
    "stream": "wrench.contact",
    "dtype": "float64",
    "shape": [6],
    "unit": ["N", "N", "N", "N m", "N m", "N m"],
    "frame": "ft_sensor_link",
    "rateHz": 100,
    "window": WRENCH_WINDOW,
    "maximumAge": 0.1,
}

INSTRUCTION: dict[str, Any] = {
    "stream": "instruction",
    "dtype": "string",
    "shape": [],
    "unit": "1",
    "frame": "",
    "rateHz": 0,
    "window": 1,
    "maximumAge": None,
}

STATE: dict[str, Any] = {
    "stream": "ee_state",
    "dtype": "float64",
    "shape": [8],
    "unit": ["m", "m", "m", "rad", "rad", "rad", "m", "m/s"],
    "frame": "base_link",
    "rateHz": 500,
    "window": 1,
    "maximumAge": 0.05,
}

CHUNK: dict[str, Any] = {"period": 0.05, "horizon": HORIZON, "inferencePeriod": 0.1}

ACTION: dict[str, Any] = {
    "space": "ee_delta",
    "names": ["dx", "dy", "dz", "drx", "dry", "drz", "width"],
    "unit": ["m", "m", "m", "rad", "rad", "rad", "m"],
    **CHUNK,
}


def streams_of(directory: Directory, config: NetworkConfig) -> dict[str, dict[str, Any]]:
    """The stream of each instance: as the dataset says, or those of the Praxis arm for datasets of older versions."""
    fields = {name: f"images.{name}" for name in ("front", "wrist")} | {"wrench": "wrench", "language": "instruction"}
    fields["joints"] = "joints" if config.joints else "state"
    known = {"front": camera("front"), "wrist": camera("wrist"), "wrench": WRENCH, "language": INSTRUCTION, "joints": STATE}
    described = {name: directory.inputs.get(fields[name]) for name in config.instances}
    if config.wrench:
        described["wrench"] = (described["wrench"] or WRENCH) | {"window": config.wrench_window}
    if not config.compliant and described["joints"]:
        # Records hold a history of the state, of which this network reads the newest.
        described["joints"] = {k: v for k, v in described["joints"].items() if k != "spacing"} | {"window": 1}
    keys = ("stream", "dtype", "shape", "unit", "frame", "rateHz", "names", "window", "spacing", "maximumAge")
    return {n: {k: given[k] for k in keys if k in given} if given else known[n] for n, given in described.items()}


__all__ = ["ACTION", "CHUNK", "INSTRUCTION", "STATE", "WRENCH", "camera", "streams_of"]
