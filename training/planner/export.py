"""Writes a trained adapter as a GGUF file that llama.cpp loads over the base model.

The rows of the query and key matrices are permuted as llama.cpp's converter permutes them (rotary embedding in interleaved order), so
the second factor of their adapters is permuted alike.

Example:
    .venv/bin/python training/planner/export.py --checkpoint runs/plans/last.pt --base SmolLM2-135M-Instruct.Q4_1.gguf \
        --out models/planner/adapter.gguf
"""

import argparse
import os
import re
from pathlib import Path

import gguf
import numpy as np
import torch

NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
KEY = re.compile(r"layers\.(\d+)\.(self_attn\.\w+|mlp\.\w+)\.lora_([AB])\.weight$")


def permuted(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows (heads x half-pairs) from the halves order of transformers to the interleaved order of llama.cpp."""
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:]).swapaxes(1, 2).reshape(rows.shape)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="GGUF file of the base model, for its numbers of heads")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    saved = torch.load(options.checkpoint, weights_only=True)
    reader = gguf.GGUFReader(options.base)
    architecture = bytes(reader.fields["general.architecture"].parts[-1]).decode()
    heads = int(reader.fields[f"{architecture}.attention.head_count"].parts[-1][0])
    key_heads = int(reader.fields[f"{architecture}.attention.head_count_kv"].parts[-1][0])

    options.out.parent.mkdir(parents=True, exist_ok=True)
    beside = options.out.with_suffix(".partial")
    writer = gguf.GGUFWriter(str(beside), architecture)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 2.0 * saved["rank"])
    writer.add_string("general.name", "praxis-planner")
    for key, tensor in sorted(saved["adapter"].items()):
        found = KEY.search(key)
        if not found:
            raise SystemExit(f"{options.checkpoint}: unexpected tensor {key}")
        layer, part, factor = found.groups()
        values = tensor.float().numpy()
        if factor == "B" and part == "self_attn.q_proj":
            values = permuted(values, heads)
        if factor == "B" and part == "self_attn.k_proj":
            values = permuted(values, key_heads)
        writer.add_tensor(f"blk.{layer}.{NAMES[part]}.weight.lora_{factor.lower()}", values.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(beside, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
