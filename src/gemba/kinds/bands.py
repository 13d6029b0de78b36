"""A template's own grade bands, in the place of its kind's.

A template says them as an attribute of the root of its answers (`attribute::gemba:bands` on the sheet `settings`):
`good 85 fair 60`. What it does not name keeps the kind's bound; the lowest grade is what is left.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from gemba.errors import Refusal
from gemba.kinds.model import Grade, Kind


def banded(kind: Kind, bands: str) -> Kind:
    """`kind` with the bounds that a template says; unchanged where it says none, or says them wrongly."""
    bounds = _bounds(bands)
    if not bounds or _mistake(kind, bands):
        return kind
    return msgspec.structs.replace(kind, grades=_with(kind, bounds))


def check_bands(kind: Kind, bands: str) -> None:
    """Look at the bounds that a template says, before it is taken in.

    Raises:
        Refusal: kinds.bands with the reason, when they cannot be used with this kind.
    """
    mistake = _mistake(kind, bands)
    if mistake:
        known = ", ".join(grade.code for grade in kind.grades if grade.at_least is not None)
        raise Refusal("kinds.bands", bands=bands, part=mistake, known=known or "–", kind=kind.code)


def _bounds(bands: str) -> dict[str, float]:
    """Grade and percent of each pair; nothing when they do not come in pairs of word and number."""
    words = bands.replace(",", " ").split()
    try:
        return dict(zip(words[::2], map(float, words[1::2]), strict=True))
    except ValueError:
        return {}


def _mistake(kind: Kind, bands: str) -> str:
    """The part of `bands` that cannot be used; "" when all can."""
    bounds = _bounds(bands)
    if not bounds:
        return bands.strip()
    known = {grade.code for grade in kind.grades if grade.at_least is not None}
    for code, bound in bounds.items():
        if code not in known or not 0 <= bound <= 100:
            return f"{code} {bound:g}"
    found = [grade.at_least for grade in _with(kind, bounds) if grade.at_least is not None]
    return "" if found[-1] == 0 and all(above > below for above, below in pairwise(found)) else bands


def _with(kind: Kind, bounds: dict[str, float]) -> tuple[Grade, ...]:
    return tuple(
        msgspec.structs.replace(grade, at_least=bounds[grade.code]) if grade.code in bounds else grade
        for grade in kind.grades
    )
