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


#: Letters from which on a known word can be meant by a misspelled one, and a misspelled word can mean one.
LEAST_KNOWN, LEAST_MISSPELLED = 4, 3


def _mistake(a: str, b: str) -> int | None:
    """0 for two neighbours swapped, 1 for one letter more or less, 2 for another letter, None for more than that."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return None
    start = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) < len(long):
        return 1 if short[start:] == long[start + 1 :] else None
    if short[start + 1 :] == long[start + 1 :]:
        return 2
    return 0 if short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :] else None


def misspelled(word: str, known: Sequence[str]) -> str | None:
    """The known word that a misspelled one means, as `misspelled` of `packages/policy` says; `misspelled-cases.json` beside it holds both together."""
    if len(word) < LEAST_MISSPELLED:
        return None
    meant = ((mistake, i) for i, each in enumerate(known) if len(each) >= LEAST_KNOWN and (mistake := _mistake(word, each)) is not None)
    best = min(meant, default=None)
    return known[best[1]] if best else None


class Vocabulary:
    """The known words and their ids: `<pad>`, `<unk>`, then the words in alphabetical order."""

    def __init__(self, words: Sequence[str]) -> None:
        if list(words[:2]) != ["<pad>", "<unk>"]:
            raise ValueError(f"vocabulary begins with {list(words[:2])}, expected <pad>, <unk>")
        self.words = list(words)
        self.index = {word: i for i, word in enumerate(self.words)}
        #: Whether a misspelled word counts as the one that it means, as in manifests of the second version; and those met so far.
        self.corrects = False
        self.meant: dict[str, int] = {}
        self.synonyms = self._synonyms()

    @staticmethod
    def build(texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of texts and of the synonyms of their words."""
        known = {word for text in texts for word in split_words(text)}
        # A row of synonyms is added only when the texts use at least one of its words.
        extra = {word for row in SYNONYMS if known & set(row) for word in row}
        return Vocabulary(["<pad>", "<unk>", *sorted(known | extra)])

    def grown(self, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary with the words of texts and their synonyms behind its own, whose ids stay."""
        return Vocabulary([*self.words, *(word for word in Vocabulary.build(texts).words if word not in self.index)])

    def encode(self, text: str, length: int) -> np.ndarray:
        """Word ids of a text [length], cut or padded."""
        ids = [self.token(word) for word in split_words(text)][:length]
        return np.array(ids + [PAD] * (length - len(ids)), np.int64)

    def token(self, word: str) -> int:
        """The id of a word, or of the one that it means where misspelled words are corrected."""
        if word in self.index or not self.corrects:
            return self.index.get(word, UNKNOWN)
        if word not in self.meant:
            found = misspelled(word, self.words[2:])
            self.meant[word] = self.index[found] if found else UNKNOWN
        return self.meant[word]

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
