"""Near duplicates: texts that say nearly the same in the same words.

Likeness is Jaccard's: of the groups of five neighbouring signs that occur in either text (letters and digits, in lower
case, all else one space), the share that occurs in both; 1 is the same text. Candidates come from MinHash (Broder 1997)
with 96 hashes in 24 bands of 4 rows, which finds a pair with likeness .7 in 99.8 %, .8 in more than 99.99 % of cases
(1 - (1 - s^4)^24); each candidate is then compared exactly, so what is told is never estimated. Needs only numpy.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gemba.methods.checking import within

LIKENESS = 0.8
"""From which two texts are near duplicates."""
SHINGLE = 5
_BANDS, _ROWS = 24, 4
_AT_ONCE = 4_000
_CROWD, _FEW = 64, 4
"""In a bucket of more texts than 64 each is compared with its first four only: such a crowd still hangs together."""
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, by their places in what was given, the earlier first."""

    first: int
    second: int
    likeness: float


def near_pairs(
    texts: Sequence[str], likeness: float = LIKENESS, check: Callable[[float], None] = lambda _done: None
) -> list[Pair]:
    """All pairs with at least this likeness; of texts that are the same, each with the first of them.

    Args:
        texts: people's words; those with fewer than five letters or digits are left out.
        likeness: from .5 to 1.
        check: told how far it has come, 0 to 1; it may raise to stop.

    Raises:
        Refusal: `methods.outside`.
    """
    within("likeness", likeness, 0.5, 1)
    same: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        even = evened(text)
        if len(even.replace(" ", "")) >= SHINGLE:
            same[even].append(at)
    firsts = [places[0] for places in same.values()]
    evens = list(same)
    pairs = [Pair(places[0], later, 1.0) for places in same.values() for later in places[1:]]
    shingles = _shingles(evens)
    for one, other in _candidates(evens, check):
        value = _jaccard(shingles(one), shingles(other))
        if value >= likeness:
            low, high = sorted((firsts[one], firsts[other]))
            pairs.append(Pair(low, high, value))
    return sorted(pairs, key=lambda pair: (pair.first, pair.second))


def groups(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Texts that hang together by pairs, each group in order, the largest first."""
    above: dict[int, int] = {}

    def root(at: int) -> int:
        while above.setdefault(at, at) != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    for pair in pairs:
        low, high = sorted((root(pair.first), root(pair.second)))
        above[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for at in sorted(above):
        found[root(at)].append(at)
    return sorted((tuple(group) for group in found.values()), key=lambda group: (-len(group), group))


def likeness_of(one: str, other: str) -> float:
    """Jaccard's likeness of two texts, 0 to 1; 0 when either has fewer than five signs."""
    shingles = _shingles([evened(one), evened(other)])
    return _jaccard(shingles(0), shingles(1))


def evened(text: str) -> str:
    """A text in lower case, all that is no letter or digit as one space."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def _hashes(even: str) -> Any:
    """The 64-bit hashes of all groups of five signs, each once, in order."""
    import numpy as np

    signs = np.frombuffer(even.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    return np.unique(_mixed(_rolled(signs))) if len(signs) >= SHINGLE else np.empty(0, np.uint64)


def _rolled(signs: Any) -> Any:
    """A number for each group of five neighbouring signs."""
    import numpy as np

    size = len(signs) - SHINGLE + 1
    value = np.zeros(size, np.uint64)
    for offset in range(SHINGLE):
        value = value * np.uint64(0x9E3779B97F4A7C15) + signs[offset : offset + size]
    return value


def _mixed(value: Any) -> Any:
    """The same numbers with their bits stirred (the last steps of splitmix64)."""
    import numpy as np

    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _shingles(evens: Sequence[str]) -> Callable[[int], Any]:
    """The hashes of a text by its place; the last ones asked for are kept."""
    kept: dict[int, Any] = {}

    def of(at: int) -> Any:
        if at not in kept:
            if len(kept) > 20_000:
                kept.clear()
            kept[at] = _hashes(evens[at])
        return kept[at]

    return of


def _jaccard(one: Any, other: Any) -> float:
    import numpy as np

    if not len(one) or not len(other):
        return 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def _candidates(evens: Sequence[str], check: Callable[[float], None]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in a band of their signatures, each once."""
    import numpy as np

    bands = [np.empty((0, _BANDS), np.uint64)]
    for begin in range(0, len(evens), _AT_ONCE):
        check(0.8 * begin / len(evens))
        bands.append(_bands(evens[begin : begin + _AT_ONCE]))
    all_bands = np.concatenate(bands)
    seen: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        check(0.8 + 0.2 * band / _BANDS)
        for pair in _in_buckets(all_bands[:, band]):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _in_buckets(keys: Any) -> Iterator[tuple[int, int]]:
    import numpy as np

    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    edges = np.flatnonzero(np.diff(ordered)) + 1
    begins = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(keys)]))
    for at in np.flatnonzero(ends - begins > 1):
        members = order[begins[at] : ends[at]].tolist()
        reach = _FEW if len(members) > _CROWD else _CROWD
        for place, later in enumerate(members):
            yield from ((earlier, later) for earlier in members[: min(place, reach)])


def _bands(evens: Sequence[str]) -> Any:
    """For each text a number for each band of its signature."""
    import numpy as np

    lengths = np.array([len(even) for even in evens])
    signs = np.frombuffer("".join(evens).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    rolled = _mixed(_rolled(np.concatenate((signs, np.zeros(SHINGLE - 1, np.uint64)))))
    # Groups that reach into the next text belong to neither; they are lifted out of reach of every least value.
    crossing = np.concatenate(
        [np.arange(max(s, e - SHINGLE + 1), e) for s, e in zip(starts, starts + lengths, strict=True)]
    )
    keys = np.zeros((len(evens), _BANDS), np.uint64)
    chance = np.random.Generator(np.random.PCG64(zlib.crc32(b"gemba near 1")))
    for band in range(_BANDS):
        for odd in chance.integers(0, 2**63, _ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1):
            turned = (rolled * odd) >> np.uint64(32)
            turned[crossing] = np.uint64(2**40)
            least = np.minimum.reduceat(turned, starts)
            keys[:, band] = _mixed(keys[:, band] * np.uint64(31) + least)
    return keys
