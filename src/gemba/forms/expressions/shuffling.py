"""The seeded shuffle that every ODK tool shares, so that a seed gives the same order everywhere.

Source: ODK XForms specification, randomize(); Park-Miller generator as in JavaRosa's RandomizeHelper and FisherYates.
"""

from __future__ import annotations

from typing import TypeVar

_Item = TypeVar("_Item")
_MODULUS = 2_147_483_647


def shuffled(items: list[_Item], seed: int) -> list[_Item]:
    """`items` in the order that `seed` gives (Fisher-Yates, inside out)."""
    state = int(seed - _MODULUS * int(seed / _MODULUS)) if abs(seed) < 2**53 else _remainder(seed)
    if state <= 0:
        state += _MODULUS - 1
    mixed: list[_Item] = []
    for place, item in enumerate(items):
        state = state * 16_807 % _MODULUS
        at = int((state - 1) / (_MODULUS - 1) * (place + 1))
        mixed.append(item)
        mixed[place], mixed[at] = mixed[at], item
    return mixed


def _remainder(seed: int) -> int:
    """Java's remainder, which keeps the sign of what is divided."""
    left = abs(seed) % _MODULUS
    return -left if seed < 0 else left
