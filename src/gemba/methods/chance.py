"""Seeded chance that gives the same draws on every machine and in every later version.

Python promises that `random()` of a generator seeded with text keeps its sequence (`random`, notes on
reproducibility); whatever else is drawn is made here from it alone. A change of these lines is a new `ALGORITHM`.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALGORITHM = "mt19937-1"
"""Mersenne twister seeded by the text of the seed (SHA-512, Python's version 2); integers are floor(random() * n)."""

T = TypeVar("T")


class Chance:
    """A stream of draws from one seed.

    Args:
        seed: any text or number; the same seed gives the same stream.
    """

    def __init__(self, seed: str | int) -> None:
        self._random = random.Random()  # noqa: S311 - a sample that anyone can draw again, no secret
        self._random.seed(str(seed), version=2)

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self._random.random() * n)

    def sample(self, items: Sequence[T], n: int) -> list[T]:
        """`n` different items in the order drawn (a partial Fisher-Yates shuffle)."""
        pool = list(items)
        for at in range(n):
            other = at + self.below(len(pool) - at)
            pool[at], pool[other] = pool[other], pool[at]
        return pool[:n]

    def again(self, n: int) -> list[int]:
        """`n` positions from 0 to n - 1, drawn with putting back: one bootstrap draw."""
        draw = self._random.random
        return [int(draw() * n) for _ in range(n)]

    def often(self, n: int, draws: int) -> Iterator[NDArray[np.int64]]:
        """How often each of `n` positions is drawn, for each of so many bootstrap draws: those of `again`, counted.

        NumPy's Mersenne twister goes on from the very state of Python's, makes the same doubles of it, and its state is
        carried back at the end: not one draw differs, and they are made much quicker.
        """
        import numpy as np

        version, state, gauss = self._random.getstate()
        twister = np.random.RandomState()
        twister.set_state(("MT19937", np.array(state[:-1], dtype=np.uint32), int(state[-1]), 0, 0.0))
        for _ in range(draws):
            yield np.bincount((twister.random_sample(n) * n).astype(np.int64), minlength=n)
        _, keys, at, *_ = twister.get_state(legacy=True)
        self._random.setstate((version, (*map(int, keys), int(at)), gauss))

    def counts(self, mean: float, how_many: int) -> list[int]:
        """Counts of a Poisson process with that mean (by inversion; means up to 500)."""
        table = _poisson_table(mean)
        last = len(table) - 1
        return [min(bisect_left(table, self._random.random()), last) for _ in range(how_many)]


def _poisson_table(mean: float) -> list[float]:
    """P(X <= k) for k = 0, 1, … until what is left cannot be drawn."""
    highest = int(mean + 12 * math.sqrt(mean) + 30)
    return list(accumulate(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(highest)))
