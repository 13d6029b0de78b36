"""Numbers: rounding, powers, trigonometry, chance. Out of range gives NaN, as in JavaScript and Java."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from gemba.forms.expressions.context import Context
from gemba.forms.expressions.functions.logic import spread
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.values import NAN, Value, to_number

FUNCTIONS = Shelf()


@FUNCTIONS.add("number", low=0, high=1)
def _number(context: Context, *value: Value) -> float:
    return to_number(value[0] if value else [context.node], context.zone)


@FUNCTIONS.add("int", low=1)
def _int(context: Context, value: Value) -> float:
    number = to_number(value, context.zone)
    return float(math.trunc(number)) if math.isfinite(number) else number


@FUNCTIONS.add("floor", low=1)
def _floor(context: Context, value: Value) -> float:
    number = to_number(value, context.zone)
    return math.copysign(float(math.floor(number)), number) if math.isfinite(number) else number


@FUNCTIONS.add("ceiling", low=1)
def _ceiling(context: Context, value: Value) -> float:
    number = to_number(value, context.zone)
    return math.copysign(float(math.ceil(number)), number) if math.isfinite(number) else number


@FUNCTIONS.add("round", low=1, high=2)
def _round(context: Context, value: Value, places: Value = 0.0) -> float:
    number, digits = to_number(value, context.zone), to_number(places, context.zone)
    if not math.isfinite(number) or not number:
        return number
    if not math.isfinite(digits) or abs(digits) > 30:
        return NAN
    if digits >= 0:
        return _to_places(number, int(digits))
    unit = 10.0 ** -int(digits)
    return math.copysign(math.floor(number / unit + 0.5) * unit, number)


def _to_places(number: float, places: int) -> float:
    """Half up for positive numbers, half towards zero for negative ones, as JavaRosa does."""
    rule = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    return math.copysign(float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), rounding=rule)), number)


@FUNCTIONS.add("abs", low=1)
def _abs(context: Context, value: Value) -> float:
    return abs(to_number(value, context.zone))


@FUNCTIONS.add("pow", low=2)
def _pow(context: Context, base: Value, exponent: Value) -> float:
    return _safely(math.pow, to_number(base, context.zone), to_number(exponent, context.zone))


@FUNCTIONS.add("atan2", low=2)
def _atan2(context: Context, y: Value, x: Value) -> float:
    return math.atan2(to_number(y, context.zone), to_number(x, context.zone))


@FUNCTIONS.add("pi", low=0)
def _pi(_context: Context) -> float:
    return math.pi


@FUNCTIONS.add("random", low=0, steady=False)
def _random(context: Context) -> float:
    return context.world.rng.random()


@FUNCTIONS.add("max", low=1, high=MANY)
def _max(context: Context, *values: Value) -> float:
    return max(_numbers(context, values), default=NAN)


@FUNCTIONS.add("min", low=1, high=MANY)
def _min(context: Context, *values: Value) -> float:
    return min(_numbers(context, values), default=NAN)


def _numbers(context: Context, values: tuple[Value, ...]) -> list[float]:
    numbers = [to_number(each, context.zone) for each in spread(values)]
    return [each for each in numbers if not math.isnan(each)]


def _safely(function: Callable[..., float], *numbers: float) -> float:
    if any(math.isnan(number) for number in numbers):
        return NAN
    try:
        return function(*numbers)
    except ValueError:
        return NAN
    except OverflowError:
        return math.inf


def _logarithm(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _logarithm_of_ten(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _declare(name: str, function: Callable[[float], float]) -> None:
    @FUNCTIONS.add(name, low=1)
    def _call(context: Context, value: Value) -> float:
        return _safely(function, to_number(value, context.zone))


for _name, _function in {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": lambda number: math.pow(10.0, number),
    "log": _logarithm,
    "log10": _logarithm_of_ten,
}.items():
    _declare(_name, _function)
