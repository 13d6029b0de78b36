"""What a recorded case is compared by: values with the precision they were written down in."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLOSE = 1e-10
"""Relative; the recorded figures have 13 digits."""


_R_NUMBERS = {"Inf": math.inf, "-Inf": -math.inf, "NaN": math.nan, "NA": math.nan}
"""As R's numbers are written in JSON."""


class NotThereError(Exception):
    """The case's data were not recorded beside it."""


@dataclass(frozen=True)
class Check:
    """One recorded value and ours; `key` is the case's key that it stands under."""

    key: str
    wanted: Any
    got: Any
    within: float = 0.0
    """An absolute difference that is allowed beside the relative one."""

    @property
    def difference(self) -> str:
        """What differs; empty when nothing does."""
        if same(self.wanted, self.got, self.within):
            return ""
        return f"{self.key}: recorded {_short(self.wanted)}, ours {_short(self.got)}"


@dataclass(frozen=True)
class Source:
    """Where a case stands: its file, its path of keys in it, and the whole file."""

    file: Path
    path: tuple[str, ...]
    whole: Any

    @property
    def name(self) -> str:
        """The case's own name."""
        return self.path[-1] if self.path else self.file.stem

    def rows(self, name: str) -> list[dict[str, str]]:
        """A table recorded beside the case."""
        found = self.file.with_name(name)
        if not found.is_file():
            raise NotThereError(f"its data ({name}) are not recorded beside it")
        with found.open(newline="", encoding="utf-8-sig") as lines:
            return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Reader:
    """Knows one shape of case: the keys by which it is known, and how it is worked out."""

    sort: str
    keys: frozenset[str]
    work: Callable[[dict[str, Any], Source], Iterator[Check]]
    inputs: frozenset[str] = frozenset()
    """Keys that hold what was given, not answers."""
    fits: Callable[[dict[str, Any]], bool] = lambda _case: True

    def knows(self, case: dict[str, Any]) -> bool:
        """Whether the case has this shape."""
        return self.keys <= case.keys() and self.fits(case)


def reader(sort: str, keys: str, inputs: str = "", fits: Callable[[dict[str, Any]], bool] | None = None) -> Any:
    """Make a `Reader` of a function."""

    def made(work: Callable[[dict[str, Any], Source], Iterator[Check]]) -> Reader:
        given = frozenset(inputs.split()) | {"id", "source", "note"}
        return Reader(sort, frozenset(keys.split()), work, given, fits or (lambda _case: True))

    return made


def same(wanted: Any, got: Any, within: float = 0.0) -> bool:
    """Whether values, lists of values or words agree."""
    if isinstance(wanted, list | tuple):
        return isinstance(got, list | tuple) and len(wanted) == len(got) and all(map_same(wanted, got, within))
    if isinstance(wanted, str) and isinstance(got, float) and wanted in _R_NUMBERS:
        return same(_R_NUMBERS[wanted], got, within)
    if isinstance(wanted, bool) or isinstance(got, bool) or not isinstance(wanted, int | float):
        is_none = wanted is None and isinstance(got, float) and math.isnan(got)  # R's NA and NaN are null in JSON
        return is_none or bool(wanted == got)
    if not isinstance(got, int | float):
        return False
    if math.isnan(wanted) or math.isnan(got) or math.isinf(wanted) or math.isinf(got):
        return wanted == got or (math.isnan(wanted) and math.isnan(got))
    return abs(wanted - got) <= max(within, CLOSE * abs(wanted), 1e-12)


def map_same(wanted: Any, got: Any, within: float) -> Iterator[bool]:
    """`same` for every pair."""
    return (same(a, b, within) for a, b in zip(wanted, got, strict=True))


def rounded(value: float, least: int = 0) -> float:
    """How far a figure that was rounded when it was written down may be off."""
    decimals = len(re.sub(r"^[^.]*\.?", "", repr(float(value)))) if value != int(value) else 0
    return 0.5000001 * 10.0 ** -max(decimals, least)


def listed(value: Any) -> list[Any]:
    """R writes a vector of length one as a plain number."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == {} else [value]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:157]}..."
