"""Reading people's words at size: suggestions on banking77 (official split), themes, near duplicates, languages.

Run by hand: `uv run python -m tests.bench.bench_text FOLDER`, the folder holding banking77's train.csv and test.csv.
Times are CPU seconds of this process; a bare loop of the same Python is measured in the same run, because machines
differ. Goals: accuracy and macro-F1 of at least .895; near duplicates of 100,000 texts within a minute.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from tests.methods.text.sentences import SENTENCES

from gemba.methods.text.languages import language_of
from gemba.methods.text.near import near_pairs
from gemba.methods.text.reliability import reliability
from gemba.methods.text.suggesting import Suggester, learn
from gemba.methods.text.themes import themes

T = TypeVar("T")
SIZE = 100_000


def timed(name: str, work: Callable[[], T]) -> T:
    begun = time.process_time()
    result = work()
    print(f"{name:<60} {time.process_time() - begun:8.2f} s")
    return result


def bare_loop() -> None:
    for _ in range(10_000_000):
        pass


def read(file: Path) -> tuple[list[str], list[str]]:
    with file.open(encoding="utf-8", newline="") as rows:
        pairs = [(row["text"], row["category"]) for row in csv.DictReader(rows)]
    return [text for text, _ in pairs], [label for _, label in pairs]


def macro_f1(said: Sequence[str], truth: Sequence[str]) -> float:
    """The mean over labels of the harmonic mean of precision and recall."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, other in zip(said, truth, strict=True):
        counts[one][1] += 1
        counts[other][2] += 1
        counts[one][0] += one == other
    return sum(2 * hit / (said_so + are_so) for hit, said_so, are_so in counts.values()) / len(counts)


def judge(suggester: Suggester, texts: Sequence[str], truth: Sequence[str]) -> None:
    guesses = timed(f"suggest for {len(texts)} texts", lambda: suggester.guesses(texts))
    said = [guess.label for guess in guesses]
    right = [one == other for one, other in zip(said, truth, strict=True)]
    print(f"  accuracy {sum(right) / len(right):.3f}, macro-F1 {macro_f1(said, truth):.3f}")
    for name, found in (
        ("on the test part", reliability([guess.confidence for guess in guesses], right)),
        ("as it says of itself", suggester.reliability),
    ):
        levels = "; ".join(
            f">= {level}: {at.coverage:.0%} at {at.accuracy:.3f}"
            for level in (0.6, 0.8, 0.9)
            for at in [found.at(level)]
        )
        print(f"  {name}: {levels}; calibration error {found.error:.3f}")


def main() -> None:
    folder = Path(sys.argv[1])
    texts, labels = read(folder / "train.csv")
    asked, truth = read(folder / "test.csv")
    timed("a bare loop of 10 M rounds", bare_loop)
    timed("scikit-learn is read", lambda: __import__("sklearn.svm"))
    judge(timed(f"learn from {len(texts)} labels, 77 of them", lambda: learn(texts, labels)), asked, truth)
    few = [at for at, label in enumerate(labels) if label in sorted(set(labels))[:9]]
    random.Random(1).shuffle(few)
    held = [at for at, label in enumerate(truth) if label in sorted(set(labels))[:9]]
    for size in (50, 100, 200, 500):
        some = few[:size]
        print(f"{size} labels of 9:")
        judge(
            learn([texts[at] for at in some], [labels[at] for at in some]),
            [asked[at] for at in held],
            [truth[at] for at in held],
        )
    chance = random.Random(1)
    words = [word for text in texts for word in text.split()]
    narratives = [" ".join(chance.choices(words, k=55)) for _ in range(SIZE)]
    for at in range(0, SIZE, 20):
        narratives[at] = narratives[at + 1].replace(chance.choice(words), "")
    from sklearn.feature_extraction.text import TfidfVectorizer

    timed(
        f"TF-IDF of words and pairs, {SIZE} texts of 275 characters",
        lambda: TfidfVectorizer(ngram_range=(1, 2)).fit_transform(narratives),
    )
    timed(f"near duplicates among {SIZE}", lambda: near_pairs(narratives))
    timed(f"themes of 5,000 against {SIZE - 5_000}", lambda: themes(narratives[:5_000], narratives[5_000:]))
    told = [(code, language_of(text)) for code, sentences in SENTENCES.items() for text in sentences]
    print(f"languages: {sum(code == said for code, said in told)} of {len(told)} short sentences")


if __name__ == "__main__":
    main()
