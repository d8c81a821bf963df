"""Words of instructions, normalised like the manifest's `tokens` processor does it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

#: Ids of padding and of unknown words.
PAD, UNKNOWN = 0, 1

#: Words with the same meaning. Training swaps them at random, so that the network also learns wordings that no demonstration
#: holds. Words that distinguish goals (colours, shapes, sides, weights) must be in different rows.
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


def split_words(text: str) -> list[str]:
    """The words of a text in lower case: every space, line end, punctuation mark and sign separates words, an apostrophe does not.

    `wordsOf` of `packages/policy` has the same rule; `word-cases.json` beside it holds both together.
    """
    spaced = "".join(" " if _separates(char) else char for char in text.lower())
    return re.sub(r"[^a-z0-9 ]", "", spaced).split()


def _separates(char: str) -> bool:
    category = unicodedata.category(char)
    return char not in "'’‘`" and (category[0] in "ZPS" or category == "Cc")


class Vocabulary:
    """The known words and their ids: `<pad>`, `<unk>`, then the words in alphabetical order."""

    def __init__(self, words: Sequence[str]) -> None:
        if list(words[:2]) != ["<pad>", "<unk>"]:
            raise ValueError(f"vocabulary begins with {list(words[:2])}, expected <pad>, <unk>")
        self.words = list(words)
        self.index = {word: i for i, word in enumerate(self.words)}
        self.synonyms = self._synonyms()

    @staticmethod
    def build(texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of texts and of the synonyms of their words."""
        known = {word for text in texts for word in split_words(text)}
        # A row of synonyms is added only when the texts use at least one of its words.
        extra = {word for row in SYNONYMS if known & set(row) for word in row}
        return Vocabulary(["<pad>", "<unk>", *sorted(known | extra)])

    def encode(self, text: str, length: int) -> np.ndarray:
        """Word ids of a text [length], cut or padded."""
        ids = [self.index.get(word, UNKNOWN) for word in split_words(text)][:length]
        return np.array(ids + [PAD] * (length - len(ids)), np.int64)

    def _synonyms(self) -> np.ndarray:
        """For each word K words that may replace it [V,K]; the word itself when it has no synonym."""
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
