"""Suggestions of a label for a text, learned from texts that people have labelled, with a confidence that holds.

Words and pairs of words, and groups of 3 to 5 letters within words (they forgive typing errors and endings), weighed by
TF-IDF; one linear classifier for each label against the rest (support vectors, liblinear). How sure a suggestion is
comes from texts that were held out: each of five parts is labelled by what was learned from the other four, and the
share that was right gives the confidence (Platt's sigmoid below 1,000 labels, isotonic from there); a text whose best
label leads by less than that of any of them did, or that has no word in common with them, has confidence 0. What stands
in `Suggester.reliability` was in turn judged by confidences of the other parts, so it is not flattered.

Needs the extra `text` (scikit-learn). The same labels give the same suggestions. Nothing is kept on disk: what is
learned holds people's words, and would outlive their erasure.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gemba.errors import Refusal
from gemba.methods.checking import paired
from gemba.methods.text.reliability import Reliability, reliability

FEWEST = 50
"""Labels from which learning begins."""
FEWEST_OF_ONE = 3
"""Texts of a label from which it may be suggested."""
LEVEL = 0.8
"""Confidence from which a suggestion is shown."""
_FOLDS = 5
_MANY = 1_000
_words = re.compile(r"\w+").findall


@dataclass(frozen=True, slots=True)
class Guess:
    """What the program would say of one text."""

    label: str
    confidence: float
    """Of `label`, 0 to 1: of a hundred suggestions as sure as this, so many were right."""
    others: tuple[str, ...]
    """The next likely labels, at most four."""

    def sure(self, level: float = LEVEL) -> bool:
        """Whether it is shown; otherwise "not sure" is."""
        return self.confidence >= level


@dataclass(frozen=True, slots=True)
class Suggester:
    """What was learned."""

    labels: tuple[str, ...]
    learned_from: int
    """Labelled texts."""
    left_out: dict[str, int]
    """Labels with too few texts to learn from, and how many they have."""
    reliability: Reliability
    words: frozenset[str]
    """That stand in what was learned from; a text with none of them is of something new."""
    _least: float
    _scores: Callable[[Sequence[str]], Any]
    _confidence: Callable[[Any], Any]

    @property
    def model(self) -> str:
        """Name, version and number of labels, for the record."""
        return f"tfidf-linear 1, {self.learned_from} labels"

    def guesses(self, texts: Sequence[str]) -> list[Guess]:
        """A guess for each text; one that has nothing in common with what was learned from is never sure."""
        import numpy as np

        if not texts:
            return []
        scores = self._scores(texts)
        leads = top(scores)
        # Less in the lead than any text that was held out: nothing was seen of how often that is right.
        unheard = np.array([self.words.isdisjoint(_words(text.lower())) for text in texts]) | (leads < self._least)
        confidence = np.where(unheard, 0.0, self._confidence(leads))
        order = np.argsort(-scores, axis=1, kind="stable")[:, :5]
        return [
            Guess(self.labels[row[0]], float(sure), tuple(self.labels[at] for at in row[1:]))
            for row, sure in zip(order, confidence, strict=True)
        ]


def learn(texts: Sequence[str], labels: Sequence[str], check: Callable[[], None] = lambda: None) -> Suggester:
    """Learn from labelled texts.

    Args:
        texts: people's words.
        labels: what people said of each.
        check: called between steps; it may raise to stop.

    Raises:
        Refusal: `methods.text_extra` without scikit-learn, `methods.labels_too_few` below 50 usable labels or two kinds
            of them, `methods.lengths`.
    """
    paired(texts, labels)
    if not can_learn():
        raise Refusal("methods.text_extra", what="scikit-learn")
    counts = Counter(labels)
    kept = [at for at, label in enumerate(labels) if counts[label] >= FEWEST_OF_ONE and texts[at].strip()]
    left_out = {label: count for label, count in sorted(counts.items()) if count < FEWEST_OF_ONE}
    if len(kept) < FEWEST or len({labels[at] for at in kept}) < 2:
        raise Refusal("methods.labels_too_few", needed=FEWEST, given=len(kept))
    return _learned([texts[at] for at in kept], [labels[at] for at in kept], left_out, check)


def can_learn() -> bool:
    """Whether the extra `text` is installed."""
    from importlib.util import find_spec

    return find_spec("sklearn") is not None


def _learned(texts: list[str], labels: list[str], left_out: dict[str, int], check: Callable[[], None]) -> Suggester:
    import numpy as np

    names, truth = np.unique(np.asarray(labels, dtype=object).astype(str), return_inverse=True)
    folds = _folds(truth)
    tops = np.zeros(len(texts))
    right = np.zeros(len(texts), dtype=bool)
    for fold in range(_FOLDS):
        check()
        held = folds == fold
        scores = _fit([texts[at] for at in np.flatnonzero(~held)], truth[~held], len(names))(
            [texts[at] for at in np.flatnonzero(held)]
        )
        tops[held] = top(scores)
        right[held] = scores.argmax(axis=1) == truth[held]
    check()
    judged = np.zeros(len(texts))
    for fold in range(_FOLDS):
        held = folds == fold
        judged[held] = _calibrated(tops[~held], right[~held])(tops[held])
    return Suggester(
        tuple(names.tolist()),
        len(texts),
        left_out,
        reliability(judged.tolist(), right.tolist()),
        frozenset(word for text in texts for word in _words(text.lower())),
        float(tops.min()),
        _fit(texts, truth, len(names)),
        _calibrated(tops, right),
    )


def _folds(truth: Any) -> Any:
    """The part of each text: its label's texts are dealt out in turn, in an order drawn by a fixed seed."""
    import numpy as np

    chance = np.random.Generator(np.random.PCG64(0))
    folds = np.zeros(len(truth), dtype=int)
    for label in range(int(truth.max()) + 1):
        members = chance.permutation(np.flatnonzero(truth == label))
        folds[members] = (np.arange(len(members)) + label) % _FOLDS
    return folds


def _fit(texts: list[str], truth: Any, size: int) -> Callable[[Sequence[str]], Any]:
    """Learn; what comes back gives a score for each text (down) and label (across)."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(
        ngram_range=(1, 2),
        sublinear_tf=True,
        tokenizer=_words,
        token_pattern=None,
        strip_accents="unicode",
        dtype=np.float32,
    )
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), min_df=2 if len(texts) > 500 else 1, sublinear_tf=True, dtype=np.float32
    )
    model = make_pipeline(make_union(words, letters), LinearSVC(C=0.5, random_state=0)).fit(texts, truth)
    known = model[-1].classes_

    def scores(asked: Sequence[str]) -> Any:
        found = model.decision_function(list(asked))
        found = np.column_stack([-found, found]) if found.ndim == 1 else found
        whole = np.full((len(asked), size), -np.inf)
        whole[:, known] = found
        return whole

    return scores


def top(scores: Any) -> Any:
    """How far ahead the best label is: its log-odds by a softmax of the scores, at a temperature of a quarter."""
    import numpy as np

    eased = (scores - scores.max(axis=1, keepdims=True)) * 4
    rest = np.exp(eased).sum(axis=1) - 1
    return -np.log(np.maximum(rest, 1e-12))


def _calibrated(tops: Any, right: Any) -> Callable[[Any], Any]:
    """The share that was right at each lead; never quite sure of more than the cases can bear."""
    import numpy as np

    most = 1 - 1 / (len(tops) + 2)
    if len(tops) >= _MANY:
        from sklearn.isotonic import IsotonicRegression

        rising = IsotonicRegression(y_min=0, y_max=most, out_of_bounds="clip").fit(tops, right)
        return rising.predict  # type: ignore[no-any-return] # scikit-learn ships no types
    slope, middle = _sigmoid(tops.tolist(), right.tolist())
    return lambda asked: np.minimum(1 / (1 + np.exp(-np.clip(slope * asked + middle, -30, 30))), most)


def _sigmoid(tops: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Platt's sigmoid by Newton's method, with his targets, which keep it from certainty; never falling."""
    hits = sum(right)
    goals = [(hits + 1) / (hits + 2) if hit else 1 / (len(right) - hits + 2) for hit in right]
    slope, middle = 0.0, math.log((hits + 1) / (len(right) - hits + 1))
    for _ in range(50):
        said = [1 / (1 + math.exp(-max(-30.0, min(30.0, slope * x + middle)))) for x in tops]
        weights = [max(p * (1 - p), 1e-9) for p in said]
        by_slope = math.fsum((goal - p) * x for goal, p, x in zip(goals, said, tops, strict=True))
        by_middle = math.fsum(goal - p for goal, p in zip(goals, said, strict=True))
        xx = math.fsum(w * x * x for w, x in zip(weights, tops, strict=True)) + 1e-6
        x1 = math.fsum(w * x for w, x in zip(weights, tops, strict=True))
        ones = math.fsum(weights) + 1e-6
        spread = xx * ones - x1 * x1
        slope += (ones * by_slope - x1 * by_middle) / spread
        middle += (xx * by_middle - x1 * by_slope) / spread
        if abs(by_slope) + abs(by_middle) < 1e-6:
            break
    return (slope, middle) if slope > 0 else (0.0, math.log((hits + 1) / (len(right) - hits + 1)))
