"""Reads an expression: a Pratt parser for the operators, plain descent for paths.

Source: XML Path Language 1.0, section 3 (W3C, 1999), with ODK's functions as ordinary calls.
"""

from __future__ import annotations

import sys
from functools import lru_cache

from gemba.forms.expressions.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Negate,
    Number,
    Path,
    Step,
    Text,
    Variable,
    broken,
)
from gemba.forms.expressions.tokens import Token, tokenize

STRENGTH = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_NEGATION = 7
_NODE_TESTS = {"node", "text", "comment", "processing-instruction"}
AXES = {
    "ancestor",
    "ancestor-or-self",
    "attribute",
    "child",
    "descendant",
    "descendant-or-self",
    "following",
    "following-sibling",
    "namespace",
    "parent",
    "preceding",
    "preceding-sibling",
    "self",
}
_ANYWHERE_BELOW = Step("descendant-or-self", "node")
_DEEPEST = 250
_ROOM = 6_000
"""Calls that reading and evaluating the deepest expression may need, well within the stack of a thread."""
_EASY = 60
TOO_DEEP = f"it is nested more than {_DEEPEST} deep"


@lru_cache(maxsize=20_000)
def parse(source: str) -> Expression:
    """Read one expression.

    Raises:
        Refusal: forms.broken_expression with the position and the reason.
    """
    return _Parser(source).whole()


class _Parser:
    """Walks the tokens of one expression from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.at = 0
        self.depth = 0

    def whole(self) -> Expression:
        if self.now.kind == "end":
            raise broken(self.source, 0, "it is empty")
        expression = self.operators(0)
        if self.now.kind != "end":
            raise self.unexpected()
        return expression

    # -- tokens

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, text: str) -> bool:
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)].text == text

    def take(self) -> Token:
        token = self.now
        self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        return self.now.kind == "sign" and self.now.text in texts

    def skip(self, text: str) -> bool:
        if self.sees(text):
            self.at += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.skip(text):
            raise broken(self.source, self.now.position, f"{text!r} is missing here")

    def unexpected(self) -> Exception:
        reason = "it ends too early" if self.now.kind == "end" else f"unexpected {self.now.text!r}"
        return broken(self.source, self.now.position, reason)

    # -- operators

    def operators(self, strength: int) -> Expression:
        self.depth += 1
        if self.depth > _EASY:
            self.deeper()
        left = self.negation()
        while self.now.kind in {"sign", "name"} and STRENGTH.get(self.now.text, 0) > strength:
            if self.now.kind == "name":
                break
            sign = self.take().text
            left = Binary(sign, left, self.operators(STRENGTH[sign]))
        self.depth -= 1
        return left

    def deeper(self) -> None:
        """Make room for an expression nested so deeply that Python's usual limit might end it, up to our own limit."""
        if self.depth > _DEEPEST:
            raise broken(self.source, self.now.position, TOO_DEEP)
        if sys.getrecursionlimit() < _ROOM:
            sys.setrecursionlimit(_ROOM)

    def negation(self) -> Expression:
        if self.skip("-"):
            return Negate(self.operators(_NEGATION))
        return self.path()

    # -- paths

    def path(self) -> Expression:
        if self.sees("/", "//"):
            return self.absolute()
        if self.starts_primary():
            return self.from_primary()
        return Path(absolute=False, steps=self.steps())

    def absolute(self) -> Expression:
        if self.take().text == "//":
            return Path(absolute=True, steps=(_ANYWHERE_BELOW, *self.steps()))
        if self.starts_step():
            return Path(absolute=True, steps=self.steps())
        return Path(absolute=True, steps=())

    def from_primary(self) -> Expression:
        start = self.primary()
        predicates = self.predicates()
        if predicates:
            start = Filter(start, predicates)
        if self.sees("/", "//"):
            double = self.take().text == "//"
            steps = (_ANYWHERE_BELOW, *self.steps()) if double else self.steps()
            return Path(absolute=False, steps=steps, start=start)
        return start

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while self.sees("/", "//"):
            if self.take().text == "//":
                found.append(_ANYWHERE_BELOW)
            found.append(self.step())
        return tuple(found)

    def starts_step(self) -> bool:
        return self.now.kind == "name" or self.sees(".", "..", "@")

    def starts_primary(self) -> bool:
        if self.now.kind in {"number", "text", "variable"} or self.sees("("):
            return True
        return self.now.kind == "name" and self.ahead("(") and self.now.text not in _NODE_TESTS

    def step(self) -> Step:
        if self.skip("."):
            return Step("self", "node", predicates=self.predicates())
        if self.skip(".."):
            return Step("parent", "node", predicates=self.predicates())
        axis = "child"
        if self.skip("@"):
            axis = "attribute"
        elif self.now.kind == "name" and self.ahead("::"):
            axis = self.axis()
        test, name, prefix = self.node_test()
        return Step(axis, test, name, prefix, self.predicates())

    def axis(self) -> str:
        token = self.take()
        if token.text not in AXES:
            raise broken(self.source, token.position, f"there is no axis {token.text!r}")
        self.need("::")
        return token.text

    def node_test(self) -> tuple[str, str, str]:
        if self.now.kind != "name":
            raise self.unexpected()
        name = self.take().text
        if self.sees("(") and name in _NODE_TESTS:
            self.need("(")
            target = self.take().text[1:-1] if self.now.kind == "text" else ""
            self.need(")")
            return name, target, ""
        prefix, colon, local = name.partition(":")
        return ("name", local, prefix) if colon else ("name", name, "")

    def predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.skip("["):
            found.append(self.operators(0))
            self.need("]")
        return tuple(found)

    # -- values

    def primary(self) -> Expression:
        token = self.take()
        match token.kind:
            case "number":
                return Number(float(token.text))
            case "text":
                return Text(token.text[1:-1])
            case "variable":
                return Variable(token.text[1:])
            case "name":
                return Call(token.text, self.arguments(), token.position)
        inside = self.operators(0)
        self.need(")")
        return inside

    def arguments(self) -> tuple[Expression, ...]:
        self.need("(")
        if self.skip(")"):
            return ()
        found = [self.operators(0)]
        while self.skip(","):
            found.append(self.operators(0))
        self.need(")")
        return tuple(found)
