"""Truth and choice: if(), coalesce(), once(), not(), checklists. if, coalesce and once evaluate only what they need."""

from __future__ import annotations

import math
from collections.abc import Callable

from gemba.forms.expressions.context import Context
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.values import Value, scalar, to_number, to_text, to_truth

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
    return to_truth(value, context.zone, strict=True)


@FUNCTIONS.add("not", low=1)
def _not(context: Context, value: Value) -> bool:
    return not to_truth(value, context.zone, strict=True)


@FUNCTIONS.add("boolean-from-string", low=1)
def _boolean_from_string(context: Context, value: Value) -> bool:
    text = to_text(value, context.zone)
    return text.lower() == "true" or text == "1"


@FUNCTIONS.add("if", low=3, lazy=True)
def _if(context: Context, condition: Compiled, then: Compiled, otherwise: Compiled) -> Value:
    return then(context) if to_truth(condition(context), context.zone) else otherwise(context)


@FUNCTIONS.add("coalesce", low=2, high=MANY, lazy=True)
def _coalesce(context: Context, *candidates: Compiled) -> Value:
    for candidate in candidates[:-1]:
        value = scalar(candidate(context), context.zone)
        if not _is_nothing(value):
            return value
    return candidates[-1](context)


@FUNCTIONS.add("once", low=1, lazy=True)
def _once(context: Context, first: Compiled) -> Value:
    now = scalar([context.node], context.zone)
    return first(context) if now == "" else now


@FUNCTIONS.add("depend", low=1, high=MANY)
def _depend(_context: Context, value: Value, *_others: Value) -> Value:
    return value


@FUNCTIONS.add("checklist", low=2, high=MANY)
def _checklist(context: Context, low: Value, high: Value, *factors: Value) -> bool:
    least, most = to_number(low, context.zone), to_number(high, context.zone)
    count = sum(to_truth(each, context.zone) for each in spread(factors))
    return (least < 0 or count >= least) and (most < 0 or count <= most)


@FUNCTIONS.add("weighted-checklist", low=2, high=MANY)
def _weighted_checklist(context: Context, low: Value, high: Value, *pairs: Value) -> bool:
    least, most = to_number(low, context.zone), to_number(high, context.zone)
    flags, weights = pairs[::2], pairs[1::2]
    if len(pairs) == 2 and all(isinstance(each, list) and len(each) > 1 for each in pairs):
        flags, weights = spread(flags), spread(weights)
    total = sum(
        to_number(weight, context.zone)
        for flag, weight in zip(flags, weights, strict=False)
        if to_truth(flag, context.zone)
    )
    return (least < 0 or total >= least) and (most < 0 or total <= most)


def spread(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """`values`, with a set of several nodes in the place of one replaced by those nodes."""
    if len(values) == 1 and isinstance(values[0], list):
        return tuple([node] for node in values[0])
    return values


def _is_nothing(value: Value) -> bool:
    return value == "" or (isinstance(value, float) and math.isnan(value))
