"""Dates and times: today(), now(), date(), formatting, decimal days."""

from __future__ import annotations

import math

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.registry import Shelf
from gemba.forms.expressions.moments import Moment, format_moment, from_days, read_moment, read_time
from gemba.forms.expressions.values import NAN, Foreign, Scalar, Value

FUNCTIONS = Shelf()


@FUNCTIONS.add("today", low=0, steady=False)
def _today(context: Context) -> Moment:
    return Moment(context.world.now()).day()


@FUNCTIONS.add("now", low=0, steady=False)
def _now(context: Context) -> Moment:
    return Moment(context.world.now())


@FUNCTIONS.add("date", low=1)
def _date(context: Context, value: Value) -> Scalar:
    """A day. Of a text the time of day is kept, as JavaRosa does (and ODK Web Forms of anything)."""
    single = context.scalar(value)
    moment = _moment(context, single, dated=True)
    keeps = isinstance(single, str) or not context.dialect.whole_days
    return moment.day() if isinstance(moment, Moment) and not keeps else moment


@FUNCTIONS.add("date-time", low=1)
def _date_time(context: Context, value: Value) -> Scalar:
    return _moment(context, value, dated=False)


def _moment(context: Context, value: Value, *, dated: bool) -> Scalar:
    """A moment for a date text or a number of days; what is nothing or no number stays so."""
    single = context.scalar(value)
    if isinstance(single, Moment) or single == "":
        return single
    if isinstance(single, float):
        if math.isnan(single):
            return _no_date(context, single)
        whole = context.dialect.whole_days
        return from_days(single, context.zone, dated=dated and whole, cut=whole) or _no_date(context, single)
    moment = read_moment(single, context.zone) if isinstance(single, str) and single == single.strip() else None
    return moment or _no_date(context, single)


def _no_date(context: Context, value: Scalar) -> Scalar:
    """What a date function makes of what is no date.

    Raises:
        Quit: where the dialect takes dates only, unless it is NaN, which stands for nothing.
    """
    if isinstance(value, bool) and not context.dialect.stops:
        return ""
    if not context.dialect.stops:
        return InvalidDate()
    if isinstance(value, float) and math.isnan(value):
        return value
    raise Quit(f"{context.text(value)!r} is no date")


class InvalidDate(Foreign):
    """JavaScript's date of nothing: a text of its own, and no number."""

    def number(self) -> float:
        """No number."""
        return NAN

    def text(self) -> str:
        """What JavaScript calls it."""
        return "Invalid Date"

    def truth(self) -> bool:
        """Never."""
        return False


@FUNCTIONS.add("format-date", "format-date-time", low=2)
def _format(context: Context, value: Value, pattern: Value) -> str:
    moment = _moment(context, value, dated=False)
    if not isinstance(moment, Moment):
        return ""
    shown = format_moment(moment, context.text(pattern))
    if shown is None:
        raise Quit(f"the date format {context.text(pattern)!r} cannot be read")
    return shown


@FUNCTIONS.add("decimal-date-time", low=1)
def _decimal_date_time(context: Context, value: Value) -> Scalar:
    single = context.scalar(value)
    if isinstance(single, float) or single == "":
        return single
    moment = _moment(context, single, dated=False)
    return moment.utc_days() if isinstance(moment, Moment) else NAN


@FUNCTIONS.add("decimal-time", low=1)
def _decimal_time(context: Context, value: Value) -> Scalar:
    single = context.scalar(value)
    if single == "":
        return single
    if isinstance(single, float):
        return single - math.floor(single) if math.isfinite(single) else NAN
    now = context.world.now()
    clock = read_time(single, now) if isinstance(single, str) else None
    moment = clock or _moment(context, single, dated=False)
    if not isinstance(moment, Moment):
        return NAN
    return moment.clock_share(now) if context.dialect.whole_days and clock is None else moment.fraction()
