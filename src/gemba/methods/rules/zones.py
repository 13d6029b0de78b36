"""Nelson's eight rules and Western Electric's four, on standardised points.

Sources: Nelson 1984; Western Electric 1956. Conventions, as R's qcc 3: limits are strict (a point on a limit or zone
line is within); a run is flagged from the point that completes it; a point on the centre line breaks a run of one side;
N5 and N6 want a whole window
and flag only when its last point is itself beyond the zone line; N7 counts points exactly at one sigma as within;
N8 needs points on both sides. Missing points are left out, as if the series had closed up. Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise

Z = Sequence[float]


class Rule(StrEnum):
    """The rules by their usual names; `ANHOEJ` is read on the whole chart (`rules.anhoej`)."""

    N1 = "N1"
    N2 = "N2"
    N3 = "N3"
    N4 = "N4"
    N5 = "N5"
    N6 = "N6"
    N7 = "N7"
    N8 = "N8"
    WE1 = "WE1"
    WE2 = "WE2"
    WE3 = "WE3"
    WE4 = "WE4"
    ANHOEJ = "Anhøj"


def beyond_limits(z: Z, limit: float = 3) -> list[int]:
    """N1, WE1: more than three sigmas from the centre."""
    return [at for at, each in enumerate(z) if abs(each) > limit]


def one_side(z: Z, length: int) -> list[int]:
    """N2 (nine), WE4 (eight): so many in a row on one side of the centre."""
    return _runs([(each > 0) - (each < 0) for each in z], length)


def trend(z: Z, length: int = 6) -> list[int]:
    """N3: six in a row, each higher (or each lower) than the one before."""
    return [at + 1 for at in _runs([(b > a) - (b < a) for a, b in pairwise(z)], length - 1)]


def alternating(z: Z, length: int = 14) -> list[int]:
    """N4: fourteen in a row going up and down by turns."""
    steps = [(b > a) - (b < a) for a, b in pairwise(z)]
    found, run = [], 0
    for at, step in enumerate(steps):
        run = 0 if step == 0 else run + 1 if run and step == -steps[at - 1] else 1
        if run >= length - 1:
            found.append(at + 1)
    return found


def most_beyond(z: Z, window: int, wanted: int, line: float) -> list[int]:
    """N5, WE2 (two of three beyond two sigmas), N6, WE3 (four of five beyond one), same side, the last one too."""
    found = []
    for at in range(window - 1, len(z)):
        last, part = z[at], z[at - window + 1 : at + 1]
        high = last > line and sum(each > line for each in part) >= wanted
        low = last < -line and sum(each < -line for each in part) >= wanted
        if high or low:
            found.append(at)
    return found


def hugging(z: Z, length: int = 15) -> list[int]:
    """N7: fifteen in a row within one sigma."""
    return _runs([int(abs(each) <= 1) for each in z], length)


def avoiding(z: Z, length: int = 8) -> list[int]:
    """N8: eight in a row with none within one sigma, on both sides."""
    return [
        at
        for at in _runs([int(abs(each) > 1) for each in z], length)
        if min(z[at - length + 1 : at + 1]) < 0 < max(z[at - length + 1 : at + 1])
    ]


def _runs(marks: Sequence[int], length: int) -> list[int]:
    """Where a run of one mark other than 0 has reached the length, and every later point of it."""
    found, run, before = [], 0, 0
    for at, mark in enumerate(marks):
        run = run + 1 if mark and mark == before else int(mark != 0)
        before = mark
        if run >= length:
            found.append(at)
    return found


_RULES: dict[Rule, Callable[[Z], list[int]]] = {
    Rule.N1: beyond_limits,
    Rule.N2: lambda z: one_side(z, 9),
    Rule.N3: trend,
    Rule.N4: alternating,
    Rule.N5: lambda z: most_beyond(z, 3, 2, 2),
    Rule.N6: lambda z: most_beyond(z, 5, 4, 1),
    Rule.N7: hugging,
    Rule.N8: avoiding,
    Rule.WE1: beyond_limits,
    Rule.WE2: lambda z: most_beyond(z, 3, 2, 2),
    Rule.WE3: lambda z: most_beyond(z, 5, 4, 1),
    Rule.WE4: lambda z: one_side(z, 8),
}
ZONE_RULES = frozenset(_RULES)


def signals(rule: Rule, z: Sequence[float | None]) -> tuple[int, ...]:
    """Positions that a rule flags.

    Args:
        rule: any but `Rule.ANHOEJ`.
        z: standardised points, None where one is missing.
    """
    there = [(at, each) for at, each in enumerate(z) if each is not None]
    return tuple(there[at][0] for at in _RULES[rule]([each for _, each in there]))
