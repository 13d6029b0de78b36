"""Truth and choice: if(), coalesce(), once(), not(), checklists. if, coalesce and once evaluate only what they need."""

from __future__ import annotations

import math
from collections.abc import Callable

from gemba.forms.expressions.context import Context
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.values import Value

FUNCTIONS = Shelf()
Compiled = Callable[[Context], Value]


@FUNCTIONS.add("true", low=0)
def _true(_context: Context) -> bool:
    return True


@FUNCTIONS.add("false", low=0)
def _false(_context: Context) -> bool:
    return False


@FUNCTIONS.add("boolean", low=1)
def _boolean(context: Context, value: Value) -> bool:
    return context.truth(value)


@FUNCTIONS.add("not", low=1)
def _not(context: Context, value: Value) -> bool:
    return not context.truth(value)


@FUNCTIONS.add("boolean-from-string", low=1)
def _boolean_from_string(context: Context, value: Value) -> bool:
    text = context.text(value)
    return (text.lower() if context.dialect.any_case else text) == "true" or text == "1"


@FUNCTIONS.add("if", low=3, lazy=True)
def _if(context: Context, condition: Compiled, then: Compiled, otherwise: Compiled) -> Value:
    return then(context) if context.truth(condition(context)) else otherwise(context)


@FUNCTIONS.add("coalesce", low=2, high=MANY, lazy=True)
def _coalesce(context: Context, *candidates: Compiled) -> Value:
    for candidate in candidates[:-1]:
        value = context.scalar(candidate(context))
        if not _is_nothing(value):
            return value
    return candidates[-1](context)


@FUNCTIONS.add("once", low=1, lazy=True)
def _once(context: Context, first: Compiled) -> Value:
    now = context.scalar([context.node])
    if now != "":
        return now
    value = context.scalar(first(context))
    return value if context.dialect.typed else context.text(value)


@FUNCTIONS.add("depend", low=1, high=MANY)
def _depend(_context: Context, value: Value, *_others: Value) -> Value:
    return value


@FUNCTIONS.add("checklist", low=2, high=MANY)
def _checklist(context: Context, low: Value, high: Value, *factors: Value) -> bool:
    least, most = truncated(context.number(low)), truncated(context.number(high))
    count = sum(context.truth(context.scalar(each)) for each in spread(factors))
    return (least < 0 or count >= least) and (most < 0 or count <= most)


@FUNCTIONS.add("weighted-checklist", low=2, high=MANY)
def _weighted_checklist(context: Context, low: Value, high: Value, *pairs: Value) -> bool:
    least, most = context.number(low), context.number(high)
    flags, weights = pairs[::2], pairs[1::2]
    if len(pairs) == 2 and all(isinstance(each, list) and len(each) > 1 for each in pairs):
        flags, weights = spread(flags), spread(weights)
    total = sum(
        context.number(weight)
        for flag, weight in zip(flags, weights, strict=False)
        if context.truth(context.scalar(flag))
    )
    open_ = context.dialect.open_weights
    return (total >= least or (open_ and least < 0)) and (total <= most or (open_ and most < 0))


def spread(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """`values`, with a set of several nodes in the place of one replaced by those nodes."""
    if len(values) == 1 and isinstance(values[0], list):
        return tuple([node] for node in values[0])
    return values


def truncated(number: float) -> int:
    """Java's conversion to an integer of 32 bits: towards zero, 0 for no number, the nearest end beyond the range."""
    return 0 if math.isnan(number) else int(max(min(number, 2.0**31 - 1), -(2.0**31)))


def _is_nothing(value: Value) -> bool:
    return value == "" or (isinstance(value, float) and math.isnan(value))
