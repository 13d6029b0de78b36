"""Where each row of a long checklist stands, without any of them being drawn.

Only rows near the window are real widgets. The others count with an estimated height until they have been measured
once at the present width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate


class Offsets:
    """Tops and heights of rows in pixels, by key, in order.

    Args:
        estimate: the height to count with for a row that was never measured.
        gap: pixels below a row, before the next one.
        margin: pixels above the first and below the last row.
    """

    def __init__(self, estimate: Callable[[str], int], *, gap: Callable[[str], int], margin: int) -> None:
        self._estimate = estimate
        self._gap = gap
        self._margin = margin
        self._gaps: list[int] = []
        self._measured: dict[str, int] = {}
        self._keys: list[str] = []
        self._index: dict[str, int] = {}
        self._steps: list[int] | None = None
        """From the top of each row to that of the next; none when they must be counted anew."""
        self._tops: list[int] = [margin]
        self._stale = True

    @property
    def keys(self) -> Sequence[str]:
        """All keys, in order."""
        return self._keys

    def order(self, keys: Sequence[str]) -> None:
        """The rows that there are now; what was measured of those that stay is kept."""
        self._keys = list(keys)
        self._index = {key: place for place, key in enumerate(self._keys)}
        self._gaps = [self._gap(key) for key in self._keys]
        self._count_anew()

    def measure(self, key: str, height: int) -> bool:
        """Note the real height of a row; True when that moves the rows below it."""
        if self._measured.get(key) == height:
            return False
        moved = self.height(key) != height
        self._measured[key] = height
        if moved:
            self._step(key)
        return moved

    def forget_these(self, keys: Iterable[str]) -> None:
        """These rows show something else now, of another height."""
        for key in keys:
            if self._measured.pop(key, None) is not None:
                self._step(key)

    def forget(self) -> None:
        """The width has changed: every measured height is worth no more than an estimate."""
        self._measured.clear()
        self._count_anew()

    def measured(self, key: str) -> bool:
        """True when the height of this row is known and not guessed."""
        return key in self._measured

    def height(self, key: str) -> int:
        """Height of a row, measured or guessed."""
        return self._measured.get(key) or self._estimate(key)

    def index(self, key: str) -> int:
        """Position of a row, -1 when there is no such row."""
        return self._index.get(key, -1)

    def top(self, key: str) -> int:
        """Distance of a row from the top of the whole."""
        return self._all_tops()[self._index[key]]

    def total(self) -> int:
        """Height of the whole."""
        return self._all_tops()[-1] + (self._margin - self._gaps[-1] if self._keys else 0)

    def at(self, y: int) -> int:
        """Position of the row that stands at `y`, or the nearest; -1 when there is none."""
        if not self._keys:
            return -1
        place = bisect_right(self._all_tops(), y) - 1
        return max(0, min(place, len(self._keys) - 1))

    def within(self, start: int, stop: int) -> Sequence[str]:
        """The rows that touch the band from `start` to `stop`."""
        if not self._keys:
            return []
        return self._keys[self.at(start) : self.at(stop) + 1]

    def _count_anew(self) -> None:
        self._steps, self._stale = None, True

    def _step(self, key: str) -> None:
        """One row is taller or lower: the steps of the others, thousands of them, stay as they are."""
        place = self._index.get(key, -1)
        if self._steps is not None and place >= 0:
            self._steps[place] = self.height(key) + self._gaps[place]
            self._stale = True

    def _all_tops(self) -> list[int]:
        if self._stale:
            if self._steps is None:
                self._steps = [self.height(key) + gap for key, gap in zip(self._keys, self._gaps, strict=True)]
            self._tops = list(accumulate(self._steps, initial=self._margin))
            self._stale = False
        return self._tops
