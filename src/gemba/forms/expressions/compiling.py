"""Turns an expression into a closure, once; evaluating it then costs microseconds."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from functools import lru_cache

from gemba.errors import Refusal
from gemba.forms.expressions.axes import in_document_order
from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.dialects import JAVAROSA, Dialect
from gemba.forms.expressions.functions import library
from gemba.forms.expressions.parsing import parse
from gemba.forms.expressions.paths import compile_path, filtered
from gemba.forms.expressions.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Negate,
    Number,
    Path,
    Text,
    Variable,
    chain,
    excerpt,
)
from gemba.forms.expressions.values import NAN, Value, equal, less

Compiled = Callable[[Context], Value]
_LONG_CHAIN = 40


@lru_cache(maxsize=20_000)
def compile_text(source: str, dialect: Dialect = JAVAROSA) -> Compiled:
    """The compiled form of the expression `source`.

    Raises:
        Refusal: forms.broken_expression when it cannot be read.
    """
    return Compiler(dialect).compile(parse(source))


def evaluate(source: str, context: Context) -> Value:
    """The value of `source` in `context`, by the dialect of its world.

    Raises:
        Refusal: forms.broken_expression when it cannot be read, forms.no_value when it cannot be evaluated.
    """
    try:
        return compile_text(source, context.dialect)(context)
    except Quit as quit_:
        raise Refusal("forms.no_value", expression=excerpt(source), reason=str(quit_)) from quit_


class Compiler:
    """Compiles expressions of one dialect."""

    def __init__(self, dialect: Dialect = JAVAROSA) -> None:
        self.dialect = dialect

    def compile(self, expression: Expression) -> Compiled:  # noqa: PLR0911 - one return a kind of expression
        """The closure that evaluates `expression`."""
        match expression:
            case Number(value) | Text(value):
                return _constant(value)
            case Variable(name):
                return _variable(name)
            case Call():
                return self._call(expression)
            case Negate(operand):
                inner = self.compile(operand)
                return lambda context: -context.number(inner(context))
            case Binary():
                return self._binaries(expression)
            case Filter(primary, predicates):
                return self._filter(self.compile(primary), tuple(self.compile(each) for each in predicates))
            case Path():
                return compile_path(expression, self.compile, form=self.dialect.form)

    def _call(self, call: Call) -> Compiled:  # noqa: PLR0911 - quick ways for the commonest shapes
        function = library().get(call.name)
        if function is None:
            return _foreign(call, tuple(self.compile(each) for each in call.arguments))
        if not function.fits(len(call.arguments)):
            reason = f"{call.name}() takes {function.wants()} arguments, not {len(call.arguments)}"
            return _failing(f"{reason}{_place(call)}")
        if function.raw:
            made: Compiled = function.call(call, self.compile)
            return made
        arguments = tuple(self.compile(each) for each in call.arguments)
        run = function.call
        if function.lazy:
            return lambda context: run(context, *arguments)
        if not arguments:
            return run
        if len(arguments) == 1:
            only = arguments[0]
            return lambda context: run(context, only(context))
        return lambda context: run(context, *[argument(context) for argument in arguments])

    def _binaries(self, expression: Binary) -> Compiled:
        """A chain of operators, one inside the other; a long one as a list, since calls in calls have an end."""
        first, links = chain(expression)
        if len(links) > _LONG_CHAIN:
            return self._long_chain(self.compile(first), links)
        made = self.compile(first)
        for sign, right in links:
            made = self._binary(sign, made, self.compile(right))
        return made

    def _long_chain(self, first: Compiled, links: list[tuple[str, Expression]]) -> Compiled:
        """Each link takes the value so far from the context, before it evaluates what stands on its right."""
        steps = [self._binary(sign, lambda context: context.so_far, self.compile(right)) for sign, right in links]

        def run(context: Context) -> Value:
            value = first(context)
            for step in steps:
                context.so_far = value
                value = step(context)
            return value

        return run

    def _binary(self, sign: str, left: Compiled, right: Compiled) -> Compiled:
        match sign:
            case "or":
                return lambda context: context.truth(left(context)) or context.truth(right(context))
            case "and":
                return lambda context: context.truth(left(context)) and context.truth(right(context))
            case "|":
                return _union(left, right)
            case "=" | "!=" | "<" | "<=" | ">" | ">=":
                compare = _COMPARISONS[sign]
                if self.dialect.typed:
                    return lambda c: _compare_leniently(compare, left(c), right(c), c)
                equality = sign in {"=", "!="}
                return lambda c: _compare_strictly(compare, left(c), right(c), c, equality=equality)
            case _:
                reckon = _ARITHMETIC[sign]
                return lambda context: reckon(context.number(left(context)), context.number(right(context)))

    def _filter(self, primary: Compiled, predicates: tuple[Compiled, ...]) -> Compiled:
        def run(context: Context) -> Value:
            nodes = primary(context)
            if not isinstance(nodes, list):
                raise Quit("a condition in brackets needs a set of answers before it")
            for predicate in predicates:
                nodes = filtered(nodes, predicate, context)
            return nodes

        return run


def _constant(value: float | str) -> Compiled:
    return lambda _context: value


def _failing(reason: str) -> Compiled:
    def fail(_context: Context) -> Value:
        raise Quit(reason)

    return fail


def _variable(name: str) -> Compiled:
    def look_up(context: Context) -> Value:
        if name not in context.world.variables:
            raise Quit(f"the variable ${name} is not known")
        return context.world.variables[name]

    return look_up


def _foreign(call: Call, arguments: tuple[Compiled, ...]) -> Compiled:
    """A function that only the host may know, which is asked when the expression is evaluated."""
    name, place = call.name, _place(call)

    def ask(context: Context) -> Value:
        if not context.world.knows(name):
            raise Quit(f"the function {name}() is not known{place}")
        return context.world.call(name, context, [argument(context) for argument in arguments])

    return ask


def _place(call: Call) -> str:
    return f" (character {call.position + 1})" if call.position >= 0 else ""


def _union(left: Compiled, right: Compiled) -> Compiled:
    def run(context: Context) -> Value:
        one, other = left(context), right(context)
        if not isinstance(one, list) or not isinstance(other, list):
            raise Quit("| joins sets of answers only")
        return in_document_order([*one, *other])

    return run


Compare = Callable[..., bool]
_COMPARISONS: dict[str, Compare] = {
    "=": equal,
    "!=": lambda one, other, zone, dialect: not equal(one, other, zone, dialect),
    "<": lambda one, other, zone, dialect: less(one, other, zone, dialect, or_equal=False),
    "<=": lambda one, other, zone, dialect: less(one, other, zone, dialect, or_equal=True),
    ">": lambda one, other, zone, dialect: less(other, one, zone, dialect, or_equal=False),
    ">=": lambda one, other, zone, dialect: less(other, one, zone, dialect, or_equal=True),
}


def _compare_leniently(compare: Compare, left: Value, right: Value, context: Context) -> bool:
    """JavaRosa: a set of no nodes is an empty text, of one node its typed value, of more any of them."""
    if isinstance(left, list) and len(left) > 1:
        return any(_compare_leniently(compare, [node], right, context) for node in left)
    if isinstance(right, list) and len(right) > 1:
        return any(_compare_leniently(compare, left, [node], context) for node in right)
    return compare(context.scalar(left), context.scalar(right), context.zone, context.dialect)


def _compare_strictly(compare: Compare, left: Value, right: Value, context: Context, *, equality: bool) -> bool:
    """XPath 1.0, section 3.4: true when any pair of nodes compares true; beside a truth, a set is one when equated."""
    if equality and isinstance(left, bool) and isinstance(right, list):
        right = bool(right)
    elif equality and isinstance(right, bool) and isinstance(left, list):
        left = bool(left)
    lefts = [node.text() for node in left] if isinstance(left, list) else [left]
    rights = [node.text() for node in right] if isinstance(right, list) else [right]
    return any(compare(one, other, context.zone, context.dialect) for one in lefts for other in rights)


def _divide(one: float, other: float) -> float:
    if other:
        return one / other
    if math.isnan(one) or not one or math.isnan(other):
        return NAN
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def _modulo(one: float, other: float) -> float:
    if math.isnan(one) or math.isnan(other) or math.isinf(one) or not other:
        return NAN
    return math.fmod(one, other)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _modulo,
}
