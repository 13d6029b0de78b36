"""The function library of expressions, one file a subject; `library()` brings them together."""

from __future__ import annotations

from functools import cache

from gemba.forms.expressions.functions.registry import Function


@cache
def library() -> dict[str, Function]:
    """Every known function by name."""
    from gemba.forms.expressions.functions import (
        choices,
        dates,
        digests,
        geo,
        logic,
        maths,
        nodesets,
        repeats,
        texts,
    )

    found: dict[str, Function] = {}
    for subject in (logic, maths, texts, dates, choices, nodesets, repeats, geo, digests):
        for function in subject.FUNCTIONS.all():
            found[function.name] = function
    return found
