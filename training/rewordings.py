"""Instructions of other kinds of wording (synonym, negation, relation and the like), which datasets list for each episode."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from network.config import INSTRUCTION_WORDS
from tokens import Vocabulary, split_words

#: Codes of colours and shapes in the field `objects` of a record, in their order.
COLOURS = ("red", "green", "blue", "yellow", "purple", "orange", "brown")
SHAPES = ("cube", "cylinder", "brick", "box", "button", "drawer", "socket", "patch")
#: Words of relations, and the first thing behind them: the one that an instruction compares with.
RELATIONS = ("left", "right", "behind", "front", "next", "nearest", "nearer", "neighbour", "distance", "back")
COMPARED = re.compile(rf"\b(?:{'|'.join(RELATIONS)})\b.*?\bthe ({'|'.join(COLOURS)}) ({'|'.join(SHAPES)})\b")
#: A word is a typing error of another one that is so many times as frequent.
TYPED_WRONG = 5


@dataclass(frozen=True)
class Rewordings:
    """All sentences of one episode. ids [n,24]; compared [n,2]: codes of colour and shape of the thing that it compares with, or -1."""

    ids: np.ndarray
    compared: np.ndarray


def compared_with(text: str) -> tuple[int, int]:
    """Codes of colour and shape of the thing that a relation compares with; -1 for other sentences."""
    found = COMPARED.search(text)
    return (COLOURS.index(found[1]), SHAPES.index(found[2])) if found else (-1, -1)


def read(texts: list[str], vocabulary: Vocabulary) -> Rewordings:
    """The sentences of an episode in numbers."""
    ids = [vocabulary.encode(text, INSTRUCTION_WORDS) for text in texts]
    return Rewordings(np.array(ids, np.int16).reshape(-1, INSTRUCTION_WORDS), np.array([compared_with(t) for t in texts], np.int8).reshape(-1, 2))


def typing_errors(word: str) -> Iterator[str]:
    """The word with a letter swapped with the next one, dropped, or doubled."""
    for i in range(len(word)):
        yield word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]
        yield word[:i] + word[i + 1 :]
        yield word[: i + 1] + word[i:]


def known_words(texts: Iterable[str]) -> list[str]:
    """The words of the sentences in alphabetical order, but for those with a typing error."""
    count = Counter(word for text in texts for word in split_words(text))
    wrong = {e for word, n in count.items() for e in typing_errors(word) if e != word and 0 < count[e] * TYPED_WRONG < n}
    return sorted(set(count) - wrong)


__all__ = ["Rewordings", "compared_with", "known_words", "read"]
