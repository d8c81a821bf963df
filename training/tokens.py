"""Words of instructions: the same cleaning as the manifest's `tokens` processor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

PAD, UNKNOWN = 0, 1

#: Words that may stand for each other. Their embeddings are trained by swapping them in, so that wordings which no
#: demonstration used still mean something. No row may join words that tell goals apart (colours, shapes, sides, weights
#: each have rows of their own).
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("pick", "grab", "take", "lift", "get", "fetch", "grasp", "raise", "collect", "seize", "hoist"),
    ("put", "place", "set", "move", "drop", "lay", "bring", "carry", "deposit", "leave", "deliver", "transfer"),
    ("please", "kindly", "now", "just", "simply"),
    ("could", "would", "will"),
    ("heavy", "heavier", "heaviest", "weighty", "weightier", "massive"),
    ("light", "lighter", "lightest", "lightweight"),
    ("left", "lefthand", "leftmost", "leftward"),
    ("right", "righthand", "rightmost", "rightward"),
    ("tray", "plate", "platform", "pad", "dish"),
    ("onto", "on", "upon", "in", "into", "to"),
    ("red", "crimson", "scarlet"),
    ("blue", "azure", "navy"),
    ("green", "emerald"),
    ("yellow", "golden", "lemon"),
    ("orange", "tangerine"),
    ("purple", "violet"),
    ("cylinder", "tin", "drum"),
    ("cube", "dice", "die"),
)


def words_of(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9 ]", "", text.lower()).split()


class Vocabulary:
    """index: `<pad>`, `<unk>`, then words in alphabetical order."""

    def __init__(self, words: Sequence[str]) -> None:
        if list(words[:2]) != ["<pad>", "<unk>"]:
            raise ValueError(f"vocabulary must begin with <pad>, <unk>, not {list(words[:2])}")
        self.words = list(words)
        self.index = {word: i for i, word in enumerate(self.words)}
        self.synonyms = self._synonyms()

    @staticmethod
    def build(texts: Iterable[str]) -> Vocabulary:
        known = {word for text in texts for word in words_of(text)}
        # A row of synonyms counts only when the demonstrations use at least one of its words.
        extra = {word for row in SYNONYMS if known & set(row) for word in row}
        return Vocabulary(["<pad>", "<unk>", *sorted(known | extra)])

    def encode(self, text: str, length: int) -> np.ndarray:
        ids = [self.index.get(word, UNKNOWN) for word in words_of(text)][:length]
        return np.array(ids + [PAD] * (length - len(ids)), np.int64)

    def _synonyms(self) -> np.ndarray:
        """[V,K]: for each word K words that may replace it (itself when it has no synonym)."""
        width = max(len(row) for row in SYNONYMS)
        table = np.tile(np.arange(len(self.words))[:, None], (1, width))
        seen: set[str] = set()
        for row in SYNONYMS:
            ids = [self.index[word] for word in row if word in self.index]
            for word in row:
                if word in self.index and word not in seen and ids:
                    table[self.index[word]] = np.resize(ids, width)
                    seen.add(word)
        return table

    def __len__(self) -> int:
        return len(self.words)
