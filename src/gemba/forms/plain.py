"""Puts an expression into plain words where it is a common one, naming the questions by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gemba.errors import Refusal
from gemba.forms.expressions import Context, Node, Quit, number_text, parse, to_truth
from gemba.forms.expressions.compiling import Compiler
from gemba.forms.expressions.syntax import Binary, Call, Expression, Negate, Number, Path, Text, children
from gemba.forms.looking import Looking
from gemba.wording import text

_LONGEST = 120
_PATH = re.compile(r"\s*(?:current\(\)/)?((?:/[\w.\-]+)+|(?:\.\./)+[\w.\-]+(?:/[\w.\-]+)*)\s*")


class _NotPlain(Exception):
    """The expression is none of the common ones."""


@dataclass(slots=True)
class Rule:
    """One rule, as the answer `node` has it."""

    source: str
    node: Node
    looking: Looking

    def words(self) -> str:
        """The rule in words; "" when it is none of the common ones."""
        try:
            return self._said(parse(self.source))
        except (_NotPlain, Refusal):
            return ""

    def deciding(self) -> list[Node]:
        """The answers in those parts of the rule that make it false."""
        try:
            blamed = list(self._blamed(parse(self.source), wanted=True))
        except Refusal:
            return []
        return list(dict.fromkeys(node for each in blamed for node in self.read(each)))

    def read(self, expression: Expression) -> Iterator[Node]:
        """The answers that `expression` reads, in the order in which it names them."""
        if isinstance(expression, Path):
            node = self._one(expression)
            if node is not None:
                yield node
        for each in children(expression):
            yield from self.read(each)

    # -- truth

    def _blamed(self, expression: Expression, *, wanted: bool) -> Iterator[Expression]:
        """The conditions inside `expression` because of which it is not `wanted`."""
        match expression:
            case Binary("and" | "or" as sign, left, right):
                for each in (left, right):
                    if sign == ("and" if wanted else "or") and self._holds(each) == wanted:
                        continue
                    yield from self._blamed(each, wanted=wanted)
            case Call("not", (inner,)):
                yield from self._blamed(inner, wanted=not wanted)
            case _:
                yield expression

    def _holds(self, expression: Expression) -> bool:
        try:
            value = Compiler().compile(expression)(Context(self.node, self.looking.world))
            return to_truth(value, self.looking.world.zone)
        except Quit:
            return False

    # -- words

    def _said(self, expression: Expression) -> str:
        match expression:
            case Binary("and", left, right):
                return text("{one} and {other}", one=self._said(left), other=self._said(right))
            case Binary("or", left, right):
                return text("{one} or {other}", one=self._said(left), other=self._said(right))
            case Binary("=" | "!=" | "<" | "<=" | ">" | ">=" as sign, left, right):
                return self._comparison(sign, left, right)
            case Call(name, arguments):
                return self._call(name, arguments)
        raise _NotPlain

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> str:
        match name, arguments:
            case "selected", (Path() as path, Text(value)):
                chosen = values_of(self._need(path), value, self.looking)
                return text("“{value}” is chosen in {question}", value=chosen, question=self._name(path))
            case "not", (Call("selected", (Path() as path, Text(value))),):
                chosen = values_of(self._need(path), value, self.looking)
                return text("“{value}” is not chosen in {question}", value=chosen, question=self._name(path))
            case "not", (Binary(sign, left, right),) if sign in _OPPOSITE:
                return self._comparison(_OPPOSITE[sign], left, right)
            case "not", (inner,):
                return text("it is not so that {condition}", condition=self._said(inner))
            case "true", ():
                return text("always")
            case "false", ():
                return text("never")
        raise _NotPlain

    def _comparison(self, sign: str, left: Expression, right: Expression) -> str:
        if not _reads(left) and _reads(right):
            return self._comparison(_TURNED[sign], right, left)
        if isinstance(right, Text) and right.value == "":
            return self._answered(sign, left)
        match left:
            case Call("string-length" | "count-selected", (Path() as path,)) if _is_emptiness(sign, right):
                return self._answered("!=", path)
        return _compared(sign, self._amount(left), self._value(left, right))

    def _answered(self, sign: str, left: Expression) -> str:
        if isinstance(left, Call) and left.name in {"string", "normalize-space"} and len(left.arguments) == 1:
            left = left.arguments[0]
        if sign == "=":
            return text("{question} is not answered", question=self._amount(left))
        if sign == "!=":
            return text("{question} is answered", question=self._amount(left))
        raise _NotPlain

    def _amount(self, expression: Expression) -> str:  # noqa: PLR0911 - one return a shape
        match expression:
            case Path():
                return self._name(expression)
            case Call("number" | "int" | "string" | "coalesce", (Path() as path, *_)):
                return self._name(path)
            case Call("string-length", (Path() as path,)):
                return text("the number of letters in {question}", question=self._name(path))
            case Call("count-selected", (Path() as path,)):
                return text("the number of choices in {question}", question=self._name(path))
            case Call("count" | "count-non-empty", (Path() as path,)):
                return text("the number of {question}", question=self._name(path))
            case Call("sum", (Path() as path,)):
                return text("the sum of {question}", question=self._name(path))
            case Binary("+" | "-" | "*" | "div" as sign, left, right):
                signs = {"*": "×", "div": "÷", "-": "−"}
                return f"{self._amount(left)} {signs.get(sign, sign)} {self._amount(right)}"
        return self._constant(expression)

    def _value(self, left: Expression, right: Expression) -> str:
        if isinstance(right, Text) and isinstance(left, Path):
            return f"“{values_of(self._need(left), right.value, self.looking)}”"
        return self._amount(right)

    def _constant(self, expression: Expression) -> str:  # noqa: PLR0911 - one return a shape
        match expression:
            case Number(value):
                return number_text(value)
            case Negate(Number(value)):
                return f"−{number_text(value)}"
            case Text(value):
                return f"“{value}”"
            case Call("today", ()):
                return text("today")
            case Call("now", ()):
                return text("this moment")
            case Call("date" | "date-time" | "number" | "int" | "string", (Text(value),)):
                return value
            case Call("true", ()):
                return text("“true”")
            case Call("false", ()):
                return text("“false”")
        raise _NotPlain

    def _name(self, path: Path) -> str:
        node = self._need(path)
        if node is self.node:
            return text("the answer")
        return f"“{cut(self.looking.label(node) or node.name)}”"

    def _need(self, path: Path) -> Node:
        node = self._one(path)
        if node is None:
            raise _NotPlain
        return node

    def _one(self, path: Path) -> Node | None:
        """The answer that `path` means, shown or not; None when it means none or is no plain path."""
        if any(step.predicates for step in path.steps):
            return None
        names = self._names(path)
        if names is None:
            return None
        near = self.looking.answers.near("/" + "/".join(names), self.node)
        return near[0] if near else None

    def _names(self, path: Path) -> list[str] | None:
        at = [] if path.absolute else self.node.path.strip("/").split("/")
        if path.start is not None and not (isinstance(path.start, Call) and path.start.name == "current"):
            return None
        for step in path.steps:
            if step.axis == "parent":
                at = at[:-1]
            elif step.axis == "child" and step.test == "name":
                at = [*at, step.name]
            elif step.axis != "self":
                return None
        return at


_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _compared(sign: str, one: str, other: str) -> str:
    match sign:
        case "=":
            return text("{one} is {other}", one=one, other=other)
        case "!=":
            return text("{one} is not {other}", one=one, other=other)
        case "<":
            return text("{one} is less than {other}", one=one, other=other)
        case "<=":
            return text("{one} is at most {other}", one=one, other=other)
        case ">":
            return text("{one} is more than {other}", one=one, other=other)
        case _:
            return text("{one} is at least {other}", one=one, other=other)


def _reads(expression: Expression) -> bool:
    return isinstance(expression, Path) or any(_reads(each) for each in children(expression))


def _is_emptiness(sign: str, right: Expression) -> bool:
    return isinstance(right, Number) and (sign, right.value) in {(">", 0), ("!=", 0), (">=", 1)}


def values_of(node: Node, value: str, looking: Looking) -> str:
    """`value` as the question of `node` shows it: the labels of its choices, or the value itself."""
    element = looking.form.elements.get(node.path)
    if element is None or element.choices is None or not value:
        return cut(value)
    labels = looking.labels(element, node)
    names = [value] if value in labels else value.split()
    return cut(", ".join(labels.get(name) or name for name in names))


def asked(rule: Rule) -> tuple[tuple[str, str, str], ...]:
    """The path, label and shown value of each answer that `rule` reads."""
    try:
        nodes = list(dict.fromkeys(rule.read(parse(rule.source))))
    except Refusal:
        return ()
    looking = rule.looking
    return tuple(
        (looking.answers.path_of(node), looking.label(node) or node.name, values_of(node, node.text(), looking))
        for node in nodes
        if node is not rule.node
    )


def as_written(source: str, node: Node, looking: Looking) -> str:
    """`source` as its author wrote it, with `${names}` in the place of paths."""
    known = set(looking.form.paths)

    def named(found: re.Match[str]) -> str:
        path = found[1]
        if not path.startswith("/"):
            steps = path.split("/")
            up = steps.count("..")
            path = "/".join([*node.path.split("/")[:-up], *steps[up:]])
        return f"${{{path.rpartition('/')[2]}}}" if path in known else found[0]

    return _spaced(_PATH.sub(named, source))


def _spaced(source: str) -> str:
    """Blanks around signs and words, which pyxform's own blanks around names stood for."""
    source = re.sub(r"(?<=[=<>])(?=['\"\d])", " ", source)
    source = re.sub(r"\}(?=[=!<>+*|a-z])", "} ", source)
    return re.sub(r"(?<=[=<>+*|\-])\$|(?<=\w)\$\{", lambda found: " " + found[0], source)


def cut(label: str) -> str:
    """`label` on one line and not too long."""
    line = " ".join(label.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
