"""Weak and neutral characters of one isolating run sequence (Unicode Annex 9, rules W1 to I2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

_NEUTRAL = {"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"}
_ISOLATING = {"LRI", "RLI", "FSI", "PDI"}
_CLOSING = dict(zip("([{⟨〈《「『【〔（［｛⟦⦅", ")]}⟩〉》」』】〕）］｝⟧⦆", strict=True))
_CANONICAL = {"\u2329": "〈", "\u232a": "〉"}


def resolve(
    text: str,
    sequence: Sequence[int],
    overridden: Sequence[str],
    explicit: Sequence[int],
    base: int,
    kept: Sequence[int],
) -> list[int]:
    """The final levels of the characters at `sequence`.

    Args:
        text: the paragraph.
        sequence: indexes of one isolating run sequence, in order.
        overridden: kinds of all characters as explicit overrides leave them.
        explicit: levels of all characters by embeddings, overrides and isolates.
        base: the paragraph's level.
        kept: indexes of all characters that take part, in order.
    """
    level = explicit[sequence[0]]
    before, after = _edges(sequence, overridden, explicit, base, kept)
    own = "R" if level % 2 else "L"
    kinds = [overridden[index] for index in sequence]
    originals = list(kinds)
    _weak(kinds, before)
    _brackets(text, sequence, kinds, originals, own, before)
    _neutral(kinds, own, before, after)
    if level % 2:
        return [level + (kind in {"L", "EN", "AN"}) for kind in kinds]
    return [level + (2 if kind in {"EN", "AN"} else int(kind == "R")) for kind in kinds]


def _edges(
    sequence: Sequence[int], overridden: Sequence[str], explicit: Sequence[int], base: int, kept: Sequence[int]
) -> tuple[str, str]:
    """Direction just before and just after the sequence (X10)."""
    level = explicit[sequence[0]]
    first, last = bisect_left(kept, sequence[0]), bisect_left(kept, sequence[-1])
    previous = explicit[kept[first - 1]] if first else base
    open_ended = overridden[sequence[-1]] in {"LRI", "RLI", "FSI"}
    following = base if open_ended or last + 1 >= len(kept) else explicit[kept[last + 1]]
    return ("R" if max(level, previous) % 2 else "L"), ("R" if max(level, following) % 2 else "L")


def _weak(kinds: list[str], before: str) -> None:
    """W1 to W7."""
    strong = previous = before
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = "ON" if previous in _ISOLATING else previous
        previous = kinds[at]
    for at, kind in enumerate(kinds):
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    _terminators(kinds)
    strong = before
    for at, kind in enumerate(kinds):
        if kind in {"ES", "ET", "CS"}:
            kinds[at] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _separators(kinds: list[str]) -> None:
    """One sign such as . or / between two numbers is part of them (W4)."""
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in {"EN", "AN"})):
            kinds[at] = left


def _terminators(kinds: list[str]) -> None:
    """Signs such as % and € go with the number they touch (W5)."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > at and ((at and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")):
            kinds[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)


def _brackets(
    text: str, sequence: Sequence[int], kinds: list[str], originals: Sequence[str], own: str, before: str
) -> None:
    """Brackets follow what they hold (N0)."""
    for opening, closing in _pairs(text, sequence, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]}
        if own in inside:
            chosen = own
        elif inside - {""}:
            context = next((s for kind in reversed(kinds[:opening]) if (s := _strong(kind))), before)
            chosen = context if context != own else own
        else:
            continue
        for at in (opening, closing):
            kinds[at] = chosen
            for mark in range(at + 1, len(kinds)):
                if originals[mark] != "NSM":
                    break
                kinds[mark] = chosen


def _pairs(text: str, sequence: Sequence[int], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Matching brackets in the order of their openings (BD16)."""
    open_ones: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, index in enumerate(sequence):
        if kinds[at] != "ON":
            continue
        char = _CANONICAL.get(text[index], text[index])
        if char in _CLOSING:
            if len(open_ones) == 63:
                break
            open_ones.append((_CLOSING[char], at))
            continue
        match = next((n for n in range(len(open_ones) - 1, -1, -1) if open_ones[n][0] == char), None)
        if match is not None:
            pairs.append((open_ones[match][1], at))
            del open_ones[match:]
    return sorted(pairs)


def _strong(kind: str) -> str:
    """The direction that a character lends to neutrals beside it; numbers count as R (N0, N1)."""
    return kind if kind in {"L", "R"} else "R" if kind in {"EN", "AN"} else ""


def _neutral(kinds: list[str], own: str, before: str, after: str) -> None:
    """Neutrals between two of one direction take it; others take the sequence's own (N1, N2)."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > at:
            left = _strong(kinds[at - 1]) if at else before
            right = _strong(kinds[end]) if end < len(kinds) else after
            kinds[at:end] = [left if left == right else own] * (end - at)
        at = max(end, at + 1)
