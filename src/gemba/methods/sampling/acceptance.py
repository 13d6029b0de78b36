"""Acceptance sampling by attributes: MIL-STD-105E, single plans, normal inspection.

Source: MIL-STD-105E (1989, public domain), tables I and II-A; the same in these cells as ISO 2859-1 and Z1.4. Table
II-A follows its diagonals: one step in AQL is one step in code letter. A plan accepts or rejects a lot; it estimates
nothing, and says little about single sites.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

from gemba.errors import Refusal
from gemba.methods.checking import within
from gemba.methods.proportions import highest_share_after_none
from gemba.methods.tails import binomial_share

LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
AQLS = (
    *(0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0, 15.0),
    *(25.0, 40.0, 65.0, 100.0, 150.0, 250.0, 400.0, 650.0, 1000.0),
)
"""Acceptable quality levels: percent nonconforming, or nonconformities per hundred units."""
PERCENTS = tuple(each for each in AQLS if each <= 15)
"""Those that may be meant as a percentage of bad items; the others count nonconformities, several in one item."""
_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
"""Largest lot of each row of table I."""
_NUMBERS = (1, 2, 3, 5, 7, 10, 14, 21, 30, 44)
"""Acceptance numbers along the diagonals."""
_LONG_ROWS = "ABCDE"
"""Only the smallest samples go on to 30 and 44."""


class Inspection(StrEnum):
    """General inspection levels; II unless there is a reason."""

    I = "I"  # noqa: E741 - the standard's name
    II = "II"
    III = "III"


_CODES = {
    Inspection.I: "AABCCDEFGHJKLMN",
    Inspection.II: "ABCDEFGHJKLMNPQ",
    Inspection.III: "BCDEFGHJKLMNPQR",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Draw `n`; accept the lot with at most `accept` nonconforming, reject it with `reject` or more."""

    letter: str
    """Of the plan that is used, after following the table's arrows."""
    n: int
    accept: int
    every_item: bool = False
    """The sample is as large as the lot or larger: inspect every item."""

    @property
    def reject(self) -> int:
        """One more than accepted."""
        return self.accept + 1

    def accepted_share(self, bad_share: float) -> float:
        """The chance that a lot with such a share of bad items is accepted (operating characteristic, binomial)."""
        return accepted_share(self.n, self.accept, bad_share)

    def still_allowed(self, confidence: float = 0.95) -> float:
        """What a sample without a single bad item still allows, as a share."""
        return highest_share_after_none(self.n, confidence)


def code_letter(lot: int, level: Inspection = Inspection.II) -> str:
    """Table I.

    Raises:
        Refusal: `methods.outside` for a lot of fewer than 2.
    """
    within("lot", lot, 2)
    return _CODES[level][bisect_left(_LOTS, lot)]


def cell(letter: str, aql: float) -> int | str:
    """One cell of table II-A: the acceptance number, or "up" or "down" for an arrow.

    Raises:
        Refusal: `methods.aql` for an AQL that the table has not.
    """
    if aql not in AQLS:
        raise Refusal("methods.aql", aql=aql, known=", ".join(f"{each:g}" for each in AQLS))
    diagonal = LETTERS.index(letter) + AQLS.index(aql) - 14
    if diagonal == 0:
        return 0
    if diagonal < 0 or diagonal == 2:
        return "down"
    numbers = _NUMBERS if letter in _LONG_ROWS else _NUMBERS[:-2]
    if diagonal == 1 or diagonal - 3 >= len(numbers):
        return "up"
    return numbers[diagonal - 3]


def plan(lot: int, aql: float, level: Inspection = Inspection.II) -> Plan:
    """The plan for a lot.

    Args:
        lot: items in the lot, from 2.
        aql: acceptable quality level, one of `AQLS`.
        level: general inspection level.

    Raises:
        Refusal: `methods.outside` or `methods.aql`.
    """
    at = LETTERS.index(code_letter(lot, level))
    found = cell(LETTERS[at], aql)
    step = 1 if found == "down" else -1
    if not any(isinstance(cell(letter, aql), int) for letter in (LETTERS[at:] if step > 0 else LETTERS[:at])):
        step = -step  # the arrow leads out of the table: the next plan on the other side holds
    while isinstance(found, str):
        at += step
        found = cell(LETTERS[at], aql)
    return Plan(LETTERS[at], SIZES[at], found, every_item=SIZES[at] >= lot)


def accepted_share(n: int, accept: int, bad_share: float) -> float:
    """The chance of at most `accept` bad items among n, when such a share is bad."""
    within("share", bad_share, 0, 1)
    return binomial_share(accept, n, bad_share)
