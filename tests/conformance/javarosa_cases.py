"""Cases of JavaRosa's own tests (XPathEvalTest): an expression, where it is evaluated, and the Java that is expected.

The place is None (no form at all), "inst" (the small form that the tests build) or "ec" (no form, but functions and
variables that the tests register; they are registered here with the same meaning). Numbers may differ by 1e-12, as in
the tests; an expected exception means that the expression cannot be evaluated.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime

from gemba.errors import Refusal
from gemba.forms.expressions import (
    Context,
    Foreign,
    Handler,
    Moment,
    Node,
    Nowhere,
    Quit,
    Value,
    World,
    evaluate,
    parse_xml,
    scalar,
)
from gemba.forms.expressions.moments import read_moment

RECORDED = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
FORM = (
    "<data><path><child/><child/></path><path/><path>    some    value</path><path><child/></path><path/>"
    "<geoshape>0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0</geoshape></data>"
)
_CLOSE = 1e-12
_DATE = re.compile(r"DateUtils\.getDate\((\d+), (\d+), (\d+)\)")
_DATE_TIME = re.compile(r'DateUtils\.getDateTimeFromString\("(.*)"\)')
_NODE = re.compile(r'createExpectedNodesetFromInstance\(\w+, "(\w+)", (\d+)\)')
_NUMBERS = {
    "POSITIVE_INFINITY": math.inf,
    "NEGATIVE_INFINITY": -math.inf,
    "NaN": math.nan,
    "-NaN": math.nan,
    "Math.PI": math.pi,
    "Math.PI / 2": math.pi / 2,
    "Math.E": math.e,
}


def difference(expression: str, place: str | None, expected: str) -> str:
    """What is not as expected; empty when the case agrees."""
    try:
        value = evaluate(expression, _context(place))
    except Refusal as refusal:
        return "" if expected.startswith("new ") else f"expected {expected}, but cannot be evaluated: {refusal}"
    return "" if _agrees(value, expected) else f"expected {expected}, got {value!r}"


def _context(place: str | None) -> Context:
    if place == "inst":
        form = parse_xml(FORM)
        return Context(form, World(form, now=lambda: RECORDED))
    world = _Testing() if place == "ec" else World(now=lambda: RECORDED)
    return Nowhere(world)


def _agrees(value: Value, expected: str) -> bool:
    if day := _DATE.fullmatch(expected):
        return (
            isinstance(value, Moment) and value.text()[:10] == f"{int(day[1]):04d}-{int(day[2]):02d}-{int(day[3]):02d}"
        )
    if moment := _DATE_TIME.fullmatch(expected):
        return value == read_moment(moment[1], RECORDED.tzinfo)
    if node := _NODE.fullmatch(expected):
        return isinstance(value, list) and len(value) == 1 and value[0] is _sibling(value[0], node[1], int(node[2]))
    value = scalar(value)
    if expected.startswith('"'):
        return isinstance(value, str) and value == json.loads(expected)
    if expected.lower() in {"true", "false"}:
        return value is (expected.lower() == "true")
    return isinstance(value, float) and not expected.startswith("new ") and _same(value, expected)


def _sibling(node: Node, name: str, place: int) -> Node | None:
    return node.parent.named(name)[place] if node.parent is not None else None


def _same(value: float, expected: str) -> bool:
    wanted = _NUMBERS[expected] if expected in _NUMBERS else float(expected)
    return value == wanted or abs(value - wanted) <= _CLOSE or (math.isnan(value) and math.isnan(wanted))


# -- what JavaRosa's tests register (IFunctionHandlerHelpers, StatefulFunc)


class _Testing(World):
    """A host with functions and variables of its own, and "" for any function that it does not know."""

    def __init__(self) -> None:
        super().__init__(now=lambda: RECORDED)
        self.functions = FUNCTIONS
        self.variables = {
            "var_float_five": 5.0,
            "var_int_five": 5.0,
            "var_double_five": 5.0,
            "var_string_five": "five",
        }

    def knows(self, name: str) -> bool:  # noqa: ARG002 - whatever its name
        return True

    def call(self, name: str, context: Context, arguments: list[Value]) -> Value:
        return super().call(name, context, arguments) if name in self.functions else ""


class _Convertible(Foreign):
    def number(self) -> float:
        return 5.0

    def text(self) -> str:
        return "hi"

    def truth(self) -> bool:
        return True


class _CustomType(Foreign):
    def text(self) -> str:
        return ""


class _CustomSubType(_CustomType):
    pass


def _to_date(context: Context, value: Value) -> Value:
    single = scalar(value, context.zone)
    moment = read_moment(single, context.zone) if isinstance(single, str) else None
    if moment is None:
        raise Quit("this is no date")
    return moment


_CONVERSIONS: dict[type, Callable[[Context, Value], Value]] = {
    bool: Context.truth,
    float: Context.number,
    str: Context.text,
    Moment: _to_date,
}


def _registered(run: Callable[..., Value], *prototypes: tuple[type, ...], raw: bool = False) -> Handler:
    """A function whose arguments are turned into the types of the first prototype that fits, as JavaRosa does.

    A `raw` one gets them as they are when none fits; otherwise it cannot be called then.
    """

    def call(context: Context, *values: Value) -> Value:
        for prototype in prototypes:
            typed = _matched(context, values, prototype)
            if typed is not None:
                return run(*typed)
        if raw:
            return run(*values)
        raise Quit("no prototype of this function fits")

    return call


def _matched(context: Context, values: tuple[Value, ...], prototype: tuple[type, ...]) -> list[Value] | None:
    if len(values) != len(prototype):
        return None
    try:
        return [_cast(context, value, kind) for value, kind in zip(values, prototype, strict=True)]
    except Quit:
        return None


def _cast(context: Context, value: Value, kind: type) -> Value:
    if isinstance(value, kind):
        return value
    if kind not in _CONVERSIONS:
        raise Quit("a type of the host's own is not made of another")
    return _CONVERSIONS[kind](context, value)


def _shown(*values: Value) -> str:
    """As Java prints an array of these."""
    names = {
        bool: "Boolean",
        float: "Double",
        str: "String",
        _CustomType: "CustomType",
        _CustomSubType: "CustomSubType",
    }
    return f"[{','.join(f'{names[type(value)]}:{_java_text(value)}' for value in values)}]"


def _java_text(value: Value) -> str:
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else str(value)
    return (
        value.text() if isinstance(value, _CustomType) else str(value).lower() if value in {True, False} else str(value)
    )


def _are_typed(*values: Value) -> Value:
    kinds = (bool, float, str, Moment, _CustomType)
    return all(isinstance(value, kind) for value, kind in zip(values, kinds, strict=True))


FUNCTIONS: dict[str, Handler] = {
    "testfunc": _registered(lambda: True, ()),
    "inconvertible": _registered(Foreign, ()),
    "convertible": _registered(_Convertible, ()),
    "add": _registered(lambda one, other: one + other, (float, float)),
    "proto": _registered(_shown, (float, float), (float,), (str, str), (float, str, bool)),
    "null-proto": _registered(lambda: False),
    "raw": _registered(_shown, (float, str, bool), raw=True),
    "get-custom": _registered(lambda below: _CustomSubType() if below else _CustomType(), (bool,)),
    "check-types": _registered(_are_typed, (bool, float, str, Moment, _CustomType)),
    "read": _registered(lambda: "testing-read", ()),
    "write": _registered(lambda _text: True, (str,)),
}
"""Two more, regex() and concat(), are registered by the tests to no effect: those of the language come first."""
