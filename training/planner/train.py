"""Adapts a small instruction model to plans by LoRA (Hu et al. 2021, https://arxiv.org/abs/2106.09685).

The base model is read from the GGUF file that will run it, so that the adapter is trained on the very (quantised) weights.

Example:
    .venv/bin/python training/planner/train.py --base SmolLM2-135M-Instruct.Q4_1.gguf --data data/plans.jsonl --labels 500 \
        --out runs/plans-500
"""

import argparse
import json
import math
import os
import signal
import time
from pathlib import Path

import torch
from chat import answer_text, prompt_text
from fused_lora import fuse
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from transformers import AutoModelForCausalLM, AutoTokenizer

LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
IGNORED = -100


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="GGUF file of the base model")
    parser.add_argument("--data", type=Path, required=True, help="examples, one JSON object a line (training/planner/examples.ts)")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and log")
    parser.add_argument("--labels", type=int, default=0, help="use only the first N examples; 0: all")
    parser.add_argument("--epochs", type=float, default=1.0, help="passes over the examples")
    parser.add_argument("--batch", type=int, default=8, help="examples a step")
    parser.add_argument("--rank", type=int, default=8, help="rank of the adapter")
    parser.add_argument("--lr", type=float, default=1e-3, help="peak of the learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="checkpoint whose adapter this training starts from")
    parser.add_argument("--resume", action="store_true", help="continue from the last checkpoint in --out")
    return parser.parse_args()


def encode(tokenizer, example: dict) -> tuple[list[int], list[int]]:
    """Token ids and targets; only the answer counts in the loss."""
    before = tokenizer.encode(prompt_text(example["prompt"]), add_special_tokens=False)
    answer = tokenizer.encode(answer_text(example["answer"]), add_special_tokens=False)
    return before + answer, [IGNORED] * len(before) + answer


def collate(rows: list[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, mask and targets (batch x longest row), padded on the right."""
    longest = max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    targets = torch.full_like(ids, IGNORED)
    for row, (tokens, labels) in enumerate(rows):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        targets[row, : len(labels)] = torch.tensor(labels)
    return ids, mask, targets


def answer_loss(model, ids: torch.Tensor, mask: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the answers. Logits are made for their tokens alone: those of all tokens would take most of the time."""
    causal = model.get_base_model()
    hidden = causal.model(input_ids=ids, attention_mask=mask).last_hidden_state[:, :-1]
    counted = targets[:, 1:] != IGNORED
    logits = causal.lm_head(hidden[counted])
    return torch.nn.functional.cross_entropy(logits.float(), targets[:, 1:][counted])


def batches(lengths: list[int], size: int, epoch: int, seed: int) -> list[list[int]]:
    """Indices of each batch of an epoch, in random order. Rows of similar length share a batch, so that little is padded."""
    generator = torch.Generator().manual_seed(seed * 1000 + epoch)
    shuffled = torch.randperm(len(lengths), generator=generator).tolist()
    pool = 16 * size
    by_length = [i for start in range(0, len(shuffled), pool) for i in sorted(shuffled[start : start + pool], key=lengths.__getitem__)]
    made = [by_length[start : start + size] for start in range(0, len(by_length), size)]
    return [made[i] for i in torch.randperm(len(made), generator=generator).tolist()]


def save(path: Path, state: dict) -> None:
    """Writes beside and renames, so that a kill leaves the last checkpoint whole."""
    beside = path.with_suffix(".partial")
    torch.save(state, beside)
    os.replace(beside, path)


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    options.out.mkdir(parents=True, exist_ok=True)
    folder, file = options.base.parent, options.base.name
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    base = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    config = LoraConfig(r=options.rank, lora_alpha=2 * options.rank, target_modules=LAYERS, task_type="CAUSAL_LM")
    model = get_peft_model(base.to(torch.bfloat16), config)
    fuse(model)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    examples = [json.loads(line) for line in options.data.read_text().splitlines()]
    if options.labels > len(examples):
        raise SystemExit(f"{options.data}: {len(examples)} examples, expected at least {options.labels}")
    rows = [encode(tokenizer, example) for example in examples[: options.labels or None]]

    total = math.ceil(options.epochs * len(rows) / options.batch)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=options.lr, weight_decay=0.0)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / warm) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1, step / total))))
    )
    checkpoint = options.out / "last.pt"
    if options.start:
        set_peft_model_state_dict(model, torch.load(options.start, weights_only=True)["adapter"])
    step, seconds = 0, 0.0
    if options.resume and checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        set_peft_model_state_dict(model, saved["adapter"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        step, seconds = saved["step"], saved["seconds"]

    interrupted = False

    def stop(*_: object) -> None:
        nonlocal interrupted
        interrupted = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    log = (options.out / "log.jsonl").open("a")
    model.train()
    lengths = [len(ids) for ids, _ in rows]
    per_epoch = math.ceil(len(rows) / options.batch)
    begin = time.monotonic()

    def state() -> dict:
        return {
            "adapter": get_peft_model_state_dict(model),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "step": step,
            "seconds": seconds + time.monotonic() - begin,
            "rank": options.rank,
            "labels": len(rows),
            "epochs": options.epochs,
        }

    saved_at = begin
    while step < total and not interrupted:
        epoch, index = divmod(step, per_epoch)
        chosen = batches(lengths, options.batch, epoch, options.seed)[index]
        ids, mask, targets = collate([rows[i] for i in chosen])
        loss = answer_loss(model, ids, mask, targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        elapsed = time.monotonic() - begin
        log.write(json.dumps({"step": step, "of": total, "loss": round(loss.item(), 5), "seconds": round(seconds + elapsed, 1)}) + "\n")
        log.flush()
        if step % 5 == 0 or step == total:
            print(f"step {step}/{total}  loss {loss.item():.4f}  {elapsed:.0f} s", flush=True)
        if time.monotonic() - saved_at > 60:
            save(checkpoint, state())
            saved_at = time.monotonic()
    save(checkpoint, state())
    print(f"{checkpoint}: step {step}/{total}" + (", interrupted: continue with --resume" if interrupted else ""))
    raise SystemExit(130 if interrupted else 0)


if __name__ == "__main__":
    main()
