"""Step 2 of a modality of your own: trains an encoder for it, and a fusion that also works without it.

    python examples/own-modality/train.py runs/vibration examples/own-modality/model

Reads the files of record.ts and writes three ONNX files and manifest.json. It needs torch, numpy and onnx, and half a minute
on one core.
"""

import hashlib
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

SEED, STEPS, BATCH, WIDTH, OPSET = 1, 1500, 128, 16, 17
HORIZON, COLUMNS = 16, 7
MASKED_SHARE = 0.3  # share of the samples that are trained without vibration


class VibrationEncoder(nn.Module):
    """[B, window, 3] normalised acceleration, oldest first -> one token [B, 1, WIDTH]."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Conv1d(3, 16, 5)
        self.far = nn.Conv1d(16, 32, 5, stride=2)
        self.out = nn.Linear(32, WIDTH)

    def forward(self, vibration: Tensor) -> Tensor:
        x = F.relu(self.far(F.relu(self.near(vibration.transpose(1, 2)))))
        return self.out(x.mean(dim=2)).unsqueeze(1)


class StateEncoder(nn.Module):
    """[B, 8] normalised ee_state -> one token [B, 1, WIDTH]."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, WIDTH))

    def forward(self, state: Tensor) -> Tensor:
        return self.layers(state).unsqueeze(1)


class Fusion(nn.Module):
    """Two tokens and their presence (1 or 0) -> actions of the more probable side [B, HORIZON, COLUMNS], gates [B, 2].

    The mean of the actions towards both sides leads to neither, so the network chooses a side. A learned token replaces a
    missing one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.missing = nn.Parameter(torch.zeros(2, WIDTH))
        self.gate = nn.Linear(2 * WIDTH, 2)
        self.choose = nn.Sequential(nn.Linear(2 * WIDTH, 32), nn.ReLU(), nn.Linear(32, 1))
        self.act = nn.Sequential(nn.Linear(WIDTH, 64), nn.ReLU(), nn.Linear(64, 2 * HORIZON * COLUMNS))

    def sides(self, vibration: Tensor, state: Tensor, present: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logit of the side of a fast motor [B, 1], actions towards both sides [B, 2, HORIZON, COLUMNS], gates [B, 2]."""
        mask = present.unsqueeze(2)
        tokens = torch.cat([vibration, state], dim=1) * mask + self.missing * (1 - mask)
        gates = torch.sigmoid(self.gate(tokens.flatten(1))) * present
        logit = self.choose((tokens * (gates.unsqueeze(2) + 1 - mask)).flatten(1))
        return logit, self.act(tokens[:, 1]).view(-1, 2, HORIZON, COLUMNS), gates

    def forward(self, vibration: Tensor, state: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        logit, actions, gates = self.sides(vibration, state, present)
        fast = (logit > 0).float().unsqueeze(2)
        return actions[:, 1] * fast + actions[:, 0] * (1 - fast), gates


def export(module: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: dict[str, list[int]]) -> str:
    """Writes one graph with fixed shapes and returns its SHA-256."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(), tuple(inputs.values()), str(path), input_names=list(inputs), output_names=list(outputs),
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    model = onnx.load(path)
    for value in model.graph.output:  # the tracer leaves some sizes open, though all are known
        del value.type.tensor_type.shape.dim[:]
        for size in outputs[value.name]:
            value.type.tensor_type.shape.dim.add().dim_value = size
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(demos: Path, out: Path) -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    description = json.loads((demos / "demos.json").read_text())
    vibration_input, state_input = description["inputs"]
    window = vibration_input["window"]
    table = np.fromfile(demos / "demos.f32", np.float32).reshape(description["records"], description["floats"])
    v, s, a, fast = np.split(table, np.cumsum([window * 3, 8, HORIZON * COLUMNS]), axis=1)
    v, a = v.reshape(-1, window, 3), a.reshape(-1, HORIZON, COLUMNS)
    # Columns that hardly vary (m, rad) are noise; these floors keep normalisation from amplifying it.
    floor = np.array([0.01, 0.01, 0.01, 0.02, 0.02, 0.02, 0.01], np.float32)
    statistics = {
        "vibration": (v.mean((0, 1)), v.std((0, 1))),
        "state": (s.mean(0), np.maximum(s.std(0), 0.02)),
        "action": (a.mean(0), np.maximum(a.std(0), floor)),
    }
    data = [torch.from_numpy((x - m) / d) for x, (m, d) in zip((v, s, a), statistics.values(), strict=True)]
    data.append(torch.from_numpy(fast))
    vibration, state, fusion = VibrationEncoder(), StateEncoder(), Fusion()
    net = nn.ModuleList([vibration, state, fusion])
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, STEPS)
    # Records are in order of episodes: the last sixth is held out.
    held_out_from = len(table) * 5 // 6

    def losses(rows: Tensor, dropped: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        samples, states, actions, which = (x[rows] for x in data)
        present = torch.stack([1 - dropped, torch.ones(len(rows))], dim=1)
        logit, sides, _ = fusion.sides(vibration(samples), state(states), present)
        chosen = sides[torch.arange(len(rows)), which[:, 0].long()]
        right = ((logit > 0) == (which > 0.5)).float().mean()
        return F.binary_cross_entropy_with_logits(logit, which), F.mse_loss(chosen, actions), right

    for step in range(STEPS):
        rows = torch.randint(held_out_from, (BATCH,))
        choice, action, _ = losses(rows, (torch.rand(BATCH) < MASKED_SHARE).float())
        optimiser.zero_grad()
        (choice + action).backward()
        optimiser.step()
        schedule.step()
        if step % 300 == 299:
            with torch.no_grad():
                rest = torch.arange(held_out_from, len(table))
                _, error, right = losses(rest, torch.zeros(len(rest)))
            print(f"step {step + 1}: held-out episodes: side right {right:.3f}, action error {error:.4f}", flush=True)

    out.mkdir(parents=True, exist_ok=True)
    token = [1, 1, WIDTH]
    shapes = {"vibration.token": token, "state.token": token, "present": [1, 2]}
    results = {"actions": [1, HORIZON, COLUMNS], "gates": [1, 2]}
    digests = {
        "vibration.onnx": export(vibration, out / "vibration.onnx", {"samples": data[0][:1]}, {"token": token}),
        "state.onnx": export(state, out / "state.onnx", {"state": data[1][:1]}, {"token": token}),
        "fusion.onnx": export(fusion, out / "fusion.onnx", {k: torch.ones(x) for k, x in shapes.items()}, results),
    }

    def encoder(name: str, graph_input: str, spec: dict) -> dict:
        mean, std = (x.astype(float).tolist() for x in statistics[name])
        fields = {key: value for key, value in spec.items() if key not in ("name", "modality")}
        given = {"name": graph_input, "stream": spec["name"], **fields}
        given["processor"] = {"type": "vector", "mean": mean, "std": std}
        outputs = [{"name": "token", "shape": token}]
        return {"name": name, "modality": spec["modality"], "file": f"{name}.onnx", "input": given, "outputs": outputs}

    tensors = lambda named: [{"name": name, "shape": shape} for name, shape in named.items()]  # noqa: E731
    mean, std = (x.astype(float).tolist() for x in statistics["action"])
    manifest = {
        "name": "own-modality",
        "version": "1",
        "tasks": ["motor"],
        "robots": [description["robot"]],
        "opset": OPSET,
        "sha256": digests,
        "encoders": [encoder("vibration", "samples", vibration_input), encoder("state", "state", state_input)],
        "fusion": {"file": "fusion.onnx", "inputs": tensors(shapes), "outputs": tensors(results)},
        "action": {
            "space": "ee_delta",
            "names": ["dx", "dy", "dz", "drx", "dry", "drz", "width"],
            "unit": ["m", "m", "m", "rad", "rad", "rad", "m"],
            "period": 0.05,
            "horizon": HORIZON,
            "inferencePeriod": 0.1,
            "mean": mean,
            "std": std,
        },
        "training": {
            "command": "python examples/own-modality/train.py",
            "seed": SEED,
            "samples": len(table),
            "episodes": description["episodes"],
            "steps": STEPS,
        },
        "evaluation": [],
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
