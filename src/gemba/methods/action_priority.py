"""Action priority of a failure mode: severity first, then occurrence, then detection.

Source: the logic of the AIAG & VDA FMEA Handbook (2019), typed from memory and NOT checked against a bought copy: it
agrees with two published worked examples (8, 6, 2 is H; 2, 6, 8 is L). It is therefore shipped editable: compare it
with the handbook before calling it by that name. Priorities are H, M and L; ratings 1 to 10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gemba.errors import Refusal
from gemba.methods.checking import within

Bands = tuple[tuple[int, int], ...]
PRIORITIES = ("H", "M", "L")
GAP = 3
"""From how much more severe a customer finds it than the technical rating says it is a finding of its own."""


@dataclass(frozen=True, slots=True)
class PriorityTable:
    """Bands of ratings (lowest, highest; worst first) and the priority of every combination.

    `rows[s][o]` is a word with one letter for each band of detection.
    """

    severity: Bands
    occurrence: Bands
    detection: Bands
    rows: tuple[tuple[str, ...], ...]
    name: str

    def priority(self, severity: int, occurrence: int, detection: int) -> str:
        """H, M or L.

        Raises:
            Refusal: `methods.outside` for a rating that is not 1 to 10.
        """
        s = _band(self.severity, "severity", severity)
        o = _band(self.occurrence, "occurrence", occurrence)
        return self.rows[s][o][_band(self.detection, "detection", detection)]

    def changed(self, severity: int, occurrence: int, detection: int, priority: str, name: str) -> PriorityTable:
        """The table with one cell set anew, under a name of its own.

        Raises:
            Refusal: `methods.priority` for a letter that is none.
        """
        if priority not in PRIORITIES:
            raise Refusal("methods.priority", given=priority)
        s = _band(self.severity, "severity", severity)
        o = _band(self.occurrence, "occurrence", occurrence)
        d = _band(self.detection, "detection", detection)
        word = self.rows[s][o][:d] + priority + self.rows[s][o][d + 1 :]
        row = (*self.rows[s][:o], word, *self.rows[s][o + 1 :])
        return replace(self, rows=(*self.rows[:s], row, *self.rows[s + 1 :]), name=name)


TABLE = PriorityTable(
    severity=((9, 10), (7, 8), (4, 6), (2, 3), (1, 1)),
    occurrence=((8, 10), (6, 7), (4, 5), (2, 3), (1, 1)),
    detection=((7, 10), (5, 6), (2, 4), (1, 1)),
    rows=(
        ("HHHH", "HHHH", "HHHM", "HMLL", "LLLL"),
        ("HHHH", "HHHM", "HMMM", "MMLL", "LLLL"),
        ("HHMM", "MMML", "MLLL", "LLLL", "LLLL"),
        ("MMLL", "LLLL", "LLLL", "LLLL", "LLLL"),
        ("LLLL", "LLLL", "LLLL", "LLLL", "LLLL"),
    ),
    name="after AIAG-VDA 2019, from memory",
)


def read_table(written: Mapping[str, Mapping[str, str]], name: str) -> PriorityTable:
    """A table as people edit it: `{"9-10": {"8-10": "HHHH", …}, …}`, with the shipped bands of detection.

    Raises:
        Refusal: `methods.table` when bands do not cover 1 to 10 once, or a word has other letters or another length.
    """
    severity = _bands(list(written))
    rows = [dict(row) for row in written.values()]
    occurrence = _bands(list(rows[0]))
    order = [f"{low}-{high}" for low, high in occurrence]
    words = [word for row in rows for word in row.values()]
    right = all(len(word) == len(TABLE.detection) and set(word) <= set(PRIORITIES) for word in words)
    if not right or any(sorted(row) != sorted(order) for row in rows):
        raise Refusal("methods.table", name=name)
    by_band = dict(zip(severity, rows, strict=True))
    ordered = tuple(tuple(by_band[band][key] for key in order) for band in severity)
    return PriorityTable(severity, occurrence, TABLE.detection, ordered, name)


def customer_severity(technical: int, customer: int) -> tuple[int, bool]:
    """The severity that counts (the worse of both), and whether the customer's is 3 or more above the technical one."""
    within("technical severity", technical, 1, 10)
    within("customer severity", customer, 1, 10)
    return max(technical, customer), customer - technical >= GAP


def _bands(written: list[str]) -> Bands:
    try:
        found = tuple((int(low), int(high)) for low, _, high in (each.partition("-") for each in written))
    except ValueError as error:
        raise Refusal("methods.table", name=", ".join(written)) from error
    if sorted(rating for low, high in found for rating in range(low, high + 1)) != list(range(1, 11)):
        raise Refusal("methods.table", name=", ".join(written))
    return found


def _band(bands: Bands, name: str, rating: int) -> int:
    within(name, rating, 1, 10)
    return next(at for at, (low, high) in enumerate(bands) if low <= rating <= high)
