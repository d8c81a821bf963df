"""Vectors of words: the static ones of WordLlama, and those of a sentence by all-MiniLM-L6-v2 (Wang et al., 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer

#: Sentences that are computed at a time.
BATCH = 256


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


class StaticVectors:
    """Mean vectors of the tokens of a word."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(next((folder / "tokenizers").glob("*.json"))))
        self.table = next(iter(load_file(next((folder / "weights").glob("*.safetensors"))).values())).astype(np.float32)

    def of(self, words: Sequence[str]) -> np.ndarray:
        """Unit vectors [words, size]."""
        rows = [self.table[self.tokenizer.encode(word, add_special_tokens=False).ids].mean(0) for word in words]
        return _unit(np.stack(rows))


class SentenceVectors:
    """Mean vectors of the tokens of a sentence."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval()

    def of(self, sentences: Sequence[str]) -> np.ndarray:
        """Unit vectors [sentences, size]."""
        parts = []
        for i in range(0, len(sentences), BATCH):
            inputs = self.tokenizer(list(sentences[i : i + BATCH]), padding=True, return_tensors="pt")
            with torch.no_grad():
                hidden = self.model(**inputs).last_hidden_state
            mask = inputs["attention_mask"][..., None]
            parts.append(((hidden * mask).sum(1) / mask.sum(1)).numpy())
        return _unit(np.concatenate(parts))
