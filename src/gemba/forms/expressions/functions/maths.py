"""Numbers: rounding, powers, trigonometry, chance. Out of range gives NaN, as in JavaScript and Java."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from gemba.forms.expressions.context import Context
from gemba.forms.expressions.functions.logic import spread, truncated
from gemba.forms.expressions.functions.registry import MANY, Shelf
from gemba.forms.expressions.moments import Moment, looks_like_date
from gemba.forms.expressions.values import NAN, DayCount, Value

FUNCTIONS = Shelf()
_MOST_PLACES = 30
_MOST_DIGITS = 27


@FUNCTIONS.add("number", low=0, high=1)
def _number(context: Context, *value: Value) -> Value:
    """A number; where date texts count, a moment is one as it is."""
    of = context.scalar(value[0] if value else [context.node])
    if context.dialect.date_texts and isinstance(of, Moment):
        return of
    number = context.number(of)
    return DayCount(number) if context.dialect.date_texts and isinstance(of, str) and looks_like_date(of) else number


@FUNCTIONS.add("int", low=1)
def _int(context: Context, value: Value) -> float:
    number = context.number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


@FUNCTIONS.add("floor", low=1)
def _floor(context: Context, value: Value) -> float:
    number = context.number(value)
    return math.copysign(float(math.floor(number)), number) if math.isfinite(number) else number


@FUNCTIONS.add("ceiling", low=1)
def _ceiling(context: Context, value: Value) -> float:
    number = context.number(value)
    return math.copysign(float(math.ceil(number)), number) if math.isfinite(number) else number


@FUNCTIONS.add("round", low=1, high=2)
def _round(context: Context, value: Value, places: Value = 0.0) -> float:
    number, digits = context.number(value), truncated(context.number(places))
    if not math.isfinite(number):
        return number
    if abs(digits) > _MOST_PLACES:
        return NAN
    if not number:
        return number
    if digits < 0 and context.dialect.halves_up:
        return _to_tens(number, digits)
    return _to_places(number, digits, half_up=context.dialect.halves_up)


def _to_places(number: float, places: int, *, half_up: bool) -> float:
    """A half goes up for positive numbers; for negative ones towards zero when `half_up`, else away from it."""
    rule = ROUND_HALF_DOWN if half_up and number < 0 else ROUND_HALF_UP
    exact = Decimal(repr(number))
    if exact.adjusted() + places > _MOST_DIGITS:
        return number
    return math.copysign(float(exact.quantize(Decimal(1).scaleb(-places), rounding=rule)), number)


def _to_tens(number: float, places: int) -> float:
    """Tens, hundreds...: JavaRosa adds a half and cuts off, so negative numbers end nearer to zero."""
    tens = math.trunc(float(Decimal(repr(number)).scaleb(places)) + 0.5)
    return float(Decimal(tens).scaleb(-places))


@FUNCTIONS.add("abs", low=1)
def _abs(context: Context, value: Value) -> float:
    return abs(_exactly(context, value))


@FUNCTIONS.add("pow", low=2)
def _pow(context: Context, base: Value, exponent: Value) -> float:
    return _power(_exactly(context, base), _exactly(context, exponent))


@FUNCTIONS.add("atan2", low=2)
def _atan2(context: Context, y: Value, x: Value) -> float:
    return math.atan2(_exactly(context, y), _exactly(context, x))


@FUNCTIONS.add("pi", low=0)
def _pi(_context: Context) -> float:
    return math.pi


@FUNCTIONS.add("random", low=0, steady=False)
def _random(context: Context) -> float:
    return context.world.rng.random()


@FUNCTIONS.add("max", low=0, high=MANY)
def _max(context: Context, *values: Value) -> float:
    numbers = _numbers(context, values)
    return max(*numbers, context.dialect.least_maximum) if numbers and not _has_none(numbers) else NAN


@FUNCTIONS.add("min", low=0, high=MANY)
def _min(context: Context, *values: Value) -> float:
    numbers = _numbers(context, values)
    return min(*numbers, context.dialect.greatest_minimum) if numbers and not _has_none(numbers) else NAN


def _numbers(context: Context, values: tuple[Value, ...]) -> list[float]:
    each_alone = [part for value in values for part in spread((value,))]
    numbers = [context.number(each) for each in each_alone]
    return [each for each in numbers if not math.isnan(each)] if context.dialect.nan_passes else numbers


def _has_none(numbers: list[float]) -> bool:
    return any(math.isnan(each) for each in numbers)


def _exactly(context: Context, value: Value) -> float:
    """The number of a value; a moment counts with its time of day here, as JavaRosa does (toDouble)."""
    single = context.scalar(value)
    if isinstance(single, Moment) and not isinstance(value, list) and context.dialect.whole_days:
        return single.local_days()
    return context.number(single)


def _power(base: float, exponent: float) -> float:
    if not exponent:
        return 1.0
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return NAN
    if not base and exponent < 0:
        odd = exponent.is_integer() and exponent % 2
        return math.copysign(math.inf, base) if odd else math.inf
    try:
        return math.pow(base, exponent)
    except ValueError:
        return NAN
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 else math.inf


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
        return _safely(function, _exactly(context, value))


for _name, _function in {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": lambda number: _power(10.0, number),
    "log": _logarithm,
    "log10": _logarithm_of_ten,
}.items():
    _declare(_name, _function)
