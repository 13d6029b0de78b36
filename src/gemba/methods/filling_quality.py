"""Signs that a checklist was filled without looking: pace, one answer all the way down, words used before.

They are questions to whoever fills it, not verdicts: every one of them has honest explanations. The thresholds are
Gemba's own conventions, chosen so that an ordinary walk raises none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import median

FEWEST_EARLIER = 3
"""Own walks with the same checklist that a pace is compared with, at least."""
MUCH_FASTER = 0.5
"""A pace below this share of the own median is named."""
LONG_RUN = 10
"""So many same answers in a row are named, where the list has other choices."""
FEWEST_LETTERS = 20
"""Notes shorter than this are alike by chance."""

_SPACE = re.compile(r"\W+")


def longest_run(answers: Sequence[str]) -> tuple[int, int]:
    """Where the longest run of the same answer begins, and how long it is; (0, 0) for none at all."""
    best, at = (0, 0), 0
    for answer, group in groupby(answers):
        length = len(list(group))
        if answer and length > best[1]:
            best = (at, length)
        at += length
    return best


def is_straight(answers: Sequence[str]) -> bool:
    """Whether a long run of the same answer covers at least four fifths of what was answered."""
    given = [answer for answer in answers if answer]
    length = longest_run(answers)[1]
    return length >= LONG_RUN and length * 5 >= len(given) * 4


def pace(seconds: float, answered: int) -> float | None:
    """Seconds an answer; None when nothing was answered or no time was counted."""
    return seconds / answered if answered and seconds > 0 else None


def usual_pace(paces: Sequence[float]) -> float | None:
    """The median of earlier paces; None when there are too few to compare with."""
    return median(paces) if len(paces) >= FEWEST_EARLIER else None


def is_much_faster(now: float | None, earlier: Sequence[float]) -> bool:
    """Whether a pace is much faster than the own usual one."""
    usual = usual_pace(earlier)
    return now is not None and usual is not None and now < MUCH_FASTER * usual


def same_words(one: str, other: str) -> bool:
    """Whether two notes are the same but for case, space and punctuation, and long enough for that to mean anything."""
    plain = [_SPACE.sub(" ", text).strip().casefold() for text in (one, other)]
    return plain[0] == plain[1] and len(plain[0]) >= FEWEST_LETTERS
