"""Themes of a set of texts: words and phrases of up to three words that stand in it more than elsewhere.

Counted are texts, not mentions. Against a background (other texts) a phrase is weighed by the log-odds ratio with an
informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, the prior worth a tenth of them); its z is tested
one-sided and the q values of Benjamini and Hochberg hold the share of false themes. Without a background phrases are
weighed by how many texts hold them and how many words they have. A phrase within a longer one that stands in nearly the
same texts is merged into it; so are phrases that always come together. Every theme names its texts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from gemba.methods.checking import enough
from gemba.methods.false_discovery import q_values
from gemba.methods.tails import normal_tail
from gemba.methods.text.stop_words import stop_words_of

LONGEST = 3
FEWEST = 3
"""Texts that a theme needs at the least."""
FALSE_SHARE = 0.05
"""Of the themes shown against a background at most this share is there by chance."""
MERGED = 0.75
"""A shorter phrase goes into a longer one that holds at least this share of its texts."""
TOGETHER = 0.8
"""Two phrases are one theme when so much of the texts that hold either hold both, whatever their words."""
_MOST_PHRASES = 1_000_000
"""Different phrases that are counted at once; some 200 MB."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A phrase, and the texts behind it."""

    phrase: str
    texts: tuple[int, ...]
    """Places in what was given."""
    share: float
    """Of the texts of the set."""
    elsewhere: float
    """Share of the texts of the background; nan without one."""
    z: float
    """How far beyond chance; nan without a background."""
    q: float
    weight: float
    """By which themes are in order."""

    @property
    def times(self) -> float:
        """How many times as common as elsewhere; infinite when it stands nowhere else, nan without a background."""
        return self.share / self.elsewhere if self.elsewhere else math.inf


def themes(
    texts: Sequence[str],
    background: Sequence[str] = (),
    most: int = 30,
    check: Callable[[], None] = lambda: None,
) -> list[Theme]:
    """The themes of a set of texts, the weightiest first.

    Args:
        texts: people's words.
        background: other texts to compare with, such as all of the year; those of the set are not to be among them.
        most: at most so many.
        check: called now and then; it may raise to stop.

    Raises:
        Refusal: `methods.too_few` without a text.
    """
    enough(texts, 1)
    stops = stop_words_of(texts)
    counts = _counts(texts, stops, check)
    kept = {phrase for phrase, count in counts.items() if count >= FEWEST}
    elsewhere = _counts(background, stops, check, kept) if background else None
    weighed = (
        _against(counts, elsewhere, len(texts), len(background), kept)
        if elsewhere is not None
        else _alone(counts, kept)
    )
    chosen = sorted(weighed, key=lambda phrase: (-weighed[phrase][0], phrase))[: most * 8]
    behind = _behind(texts, stops, set(chosen))
    return [
        Theme(
            " ".join(phrase),
            tuple(behind[phrase]),
            len(behind[phrase]) / len(texts),
            elsewhere[phrase] / len(background) if elsewhere is not None else math.nan,
            weighed[phrase][1],
            weighed[phrase][2],
            weighed[phrase][0],
        )
        for phrase in islice(_merged(chosen, behind, stops), most)
    ]


def phrases_of(text: str, stops: frozenset[str]) -> set[Phrase]:
    """All phrases of a text: neither end a stop word, each once, over no stop or comma."""
    found: set[Phrase] = set()
    for sentence in re.split(r"[.!?;:,\n()\[\]–—]+", text.casefold().replace("’", "'")):
        words = _WORD.findall(sentence)
        idle = [word in stops or len(word) < 2 for word in words]
        for begin, stop in enumerate(idle):
            if not stop:
                ends = range(begin + 1, min(begin + LONGEST, len(words)) + 1)
                found.update(tuple(words[begin:end]) for end in ends if not idle[end - 1])
    return found


def _counts(
    texts: Sequence[str], stops: frozenset[str], check: Callable[[], None], only: set[Phrase] | None = None
) -> Counter[Phrase]:
    """In how many texts each phrase stands; rare ones are let go now and then, so that memory stays bounded."""
    counts: Counter[Phrase] = Counter()
    for at, text in enumerate(texts):
        counts.update(phrases_of(text, stops) if only is None else phrases_of(text, stops) & only)
        if at % 1_000 == 0:
            check()
        if only is None and len(counts) > _MOST_PHRASES:
            counts = _without_rare(counts)
    return counts


def _without_rare(counts: Counter[Phrase]) -> Counter[Phrase]:
    """The commoner half or less: what has come up least often so far goes first."""
    least = 1
    while len(counts) > _MOST_PHRASES // 2:
        counts = Counter({phrase: count for phrase, count in counts.items() if count > least})
        least += 1
    return counts


def _against(
    counts: Counter[Phrase], elsewhere: Counter[Phrase], n: int, m: int, kept: set[Phrase]
) -> dict[Phrase, tuple[float, float, float]]:
    """Weight, z and q of the phrases that stand in the set more than in the background beyond chance."""
    measured: dict[Phrase, float] = {}
    prior = max(1.0, 0.1 * n)
    for phrase in sorted(kept):
        here, there = counts[phrase], elsewhere[phrase]
        common = prior * (here + there) / (n + m)
        first, second = here + common, there + common
        odds = math.log(first / max(0.5, n + prior - first)) - math.log(second / max(0.5, m + prior - second))
        measured[phrase] = odds / math.sqrt(1 / first + 1 / second)
    qs = q_values([normal_tail(z) for z in measured.values()])
    return {
        phrase: (z * (1 + 0.5 * (len(phrase) - 1)), z, q)
        for (phrase, z), q in zip(measured.items(), qs, strict=True)
        if q <= FALSE_SHARE
    }


def _alone(counts: Counter[Phrase], kept: set[Phrase]) -> dict[Phrase, tuple[float, float, float]]:
    return {phrase: (counts[phrase] * (1 + 0.5 * (len(phrase) - 1)), math.nan, math.nan) for phrase in kept}


def _behind(texts: Sequence[str], stops: frozenset[str], chosen: set[Phrase]) -> dict[Phrase, list[int]]:
    """The texts that hold each of these phrases."""
    behind: dict[Phrase, list[int]] = {phrase: [] for phrase in chosen}
    for at, text in enumerate(texts):
        for phrase in phrases_of(text, stops) & chosen:
            behind[phrase].append(at)
    return behind


def _merged(chosen: Sequence[Phrase], behind: dict[Phrase, list[int]], stops: frozenset[str]) -> list[Phrase]:
    """The phrases in order, without those that say what a longer or a weightier one says of the same texts."""
    gone: set[Phrase] = set()
    for long in sorted(chosen, key=lambda phrase: (-len(phrase), phrase)):
        for short in chosen:
            if long in gone or len(short) >= len(long) or not _within(short, long):
                continue
            if len(behind[long]) >= MERGED * len(behind[short]):
                gone.add(short)
    kept: list[Phrase] = []
    for phrase in (phrase for phrase in chosen if phrase not in gone):
        if not any(_same(phrase, other, behind, stops) for other in kept):
            kept.append(phrase)
    return kept


def _within(short: Phrase, long: Phrase) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _same(phrase: Phrase, other: Phrase, behind: dict[Phrase, list[int]], stops: frozenset[str]) -> bool:
    """Whether two phrases stand in nearly the same texts: in most of both, or of the rarer one and alike in words."""
    one, two = set(behind[phrase]), set(behind[other])
    both = len(one & two)
    if both >= TOGETHER * len(one | two):
        return True
    shares_words = bool((set(phrase) & set(other)) - stops)
    alike = _within(other, phrase) or _within(phrase, other) or len(phrase) == len(other) > 1
    return shares_words and alike and both >= MERGED * min(len(one), len(two))
