"""Which way each character runs, when Arabic or Hebrew stands beside Latin and numbers.

Source: Unicode Standard Annex 9 (Unicode Bidirectional Algorithm), rules P2 to I2 and L2. Mirrored characters (L4) are
the shaper's part. Levels are needed a line at a time and a run at a time, which no maintained library hands out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar
from unicodedata import bidirectional

from gemba.reports.typeset.bidi_nesting import EMBEDDINGS, ISOLATES, Nesting, matching_isolates
from gemba.reports.typeset.bidi_resolving import resolve

T = TypeVar("T")

_REMOVED = {*EMBEDDINGS, "PDF", "BN"}
_TURNING = {"R", "AL", "AN", *EMBEDDINGS, *ISOLATES}


def base_level(text: str, default: int = 0) -> int:
    """0 or 1 by the first strong character outside isolates (P2, P3); `default` when there is none."""
    depth = 0
    for char in text:
        kind = bidirectional(char)
        if kind in ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in {"L", "R", "AL"}:
            return 0 if kind == "L" else 1
    return default


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of one paragraph; odd runs from right to left."""
    kinds = [bidirectional(char) or "L" for char in text]
    if base == 0 and _TURNING.isdisjoint(kinds):
        return [0] * len(text)
    partners = matching_isolates(kinds)
    explicit, overridden = Nesting(kinds, base, partners).walk()
    kept = [index for index, kind in enumerate(kinds) if kind not in _REMOVED]
    found = list(explicit)
    for sequence in _sequences(kept, kinds, explicit, partners):
        resolved = resolve(text, sequence, overridden, explicit, base, kept)
        for index, level in zip(sequence, resolved, strict=True):
            found[index] = level
    return _fill_removed(found, kinds, base)


def visual(items: Sequence[T], depths: Sequence[int]) -> list[T]:
    """`items` of one line from left to right, given their levels (L2)."""
    order = list(range(len(items)))
    odd = [depth for depth in depths if depth % 2]
    for level in range(max(depths, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            if depths[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and depths[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return [items[index] for index in order]


def _sequences(
    kept: Sequence[int], kinds: Sequence[str], found: Sequence[int], partners: dict[int, int]
) -> Iterator[list[int]]:
    """Isolating run sequences (X10): runs of one level, joined across the isolates that interrupt them."""
    runs: list[list[int]] = []
    for index in kept:
        if runs and found[runs[-1][-1]] == found[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    starting = {run[0]: run for run in runs}
    ends = set(partners.values())
    for run in runs:
        if run[0] in ends:
            continue
        sequence = list(run)
        while kinds[sequence[-1]] in ISOLATES and sequence[-1] in partners:
            sequence += starting[partners[sequence[-1]]]
        yield sequence


def _fill_removed(found: list[int], kinds: Sequence[str], base: int) -> list[int]:
    """Characters that the rules leave out take the level of the one before."""
    previous = base
    for index, kind in enumerate(kinds):
        if kind in _REMOVED:
            found[index] = previous
        previous = found[index]
    return found
