"""Where an expression is evaluated and what the world gives it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo

from gemba.forms.expressions.dialects import JAVAROSA, Dialect
from gemba.forms.expressions.failing import Quit
from gemba.forms.expressions.nodes import Node
from gemba.forms.expressions.values import Scalar, Value, scalar, to_number, to_text, to_truth

__all__ = ["Context", "Handler", "Quit", "World"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class World:
    """What expressions may ask of the form and the machine; `Fill` gives the real answers.

    Args:
        root: document node of the answers; absolute paths begin here.
        now: the clock, whose zone is the local zone.
        rng: where random() and uuid() come from.
        dialect: whose rules decide where engines differ.
    """

    def __init__(
        self,
        root: Node | None = None,
        *,
        now: Callable[[], datetime] = _utc_now,
        rng: random.Random | None = None,
        dialect: Dialect = JAVAROSA,
    ) -> None:
        self.root = root
        self.dialect = dialect
        self.now = now
        self.zone: tzinfo | None = now().tzinfo
        self.rng = rng or random.Random()  # noqa: S311 - forms draw samples, not secrets
        self.instances: dict[str, Node] = {}
        self.properties: Mapping[str, str] = {}
        self.version = ""
        self.namespaces: Mapping[str, str] = {}
        self.functions: dict[str, Handler] = {}
        """The host's own functions by name; those of the language come first."""
        self.variables: dict[str, Scalar] = {}
        """What `$name` stands for."""
        self.lookups: dict[tuple[str, str, str], dict[str, list[Node]]] = {}

    def instance(self, name: str) -> Node | None:
        """The document node of a secondary instance; None when the form has none of that name."""
        return self.instances.get(name)

    def choice_label(self, value: str, question: str, _context: Context) -> str:
        """The label of the choice `value` of the question at the path `question`, in the shown language."""
        del question
        return value

    def knows(self, name: str) -> bool:
        """Whether the host answers to a function that the language has not."""
        return name in self.functions

    def call(self, name: str, context: Context, arguments: list[Value]) -> Value:
        """What the host's function `name` gives; asked only for those that it knows."""
        return self.functions[name](context, *arguments)

    def itext(self, identifier: str) -> str:
        """The text that the form keeps under `identifier` in the shown language."""
        return identifier


Handler = Callable[..., Value]
"""A function of the host: it gets the context and then the values of the arguments."""


class Context:
    """Where an expression stands: the node, its place among its siblings in a predicate, and the world.

    `origin` is the node that the whole expression belongs to; predicates move `node` but never `origin`.
    """

    __slots__ = ("dialect", "node", "origin", "position", "size", "so_far", "world", "zone")

    def __init__(
        self, node: Node, world: World, *, origin: Node | None = None, position: int = 0, size: int = 1
    ) -> None:
        self.node = node
        self.world = world
        self.zone = world.zone
        self.dialect = world.dialect
        self.origin = origin or node
        self.position = position
        """1 and up inside a predicate; 0 outside one."""
        self.size = size
        self.so_far: Value
        """The value of a long chain of operators up to where it has been evaluated."""

    def scalar(self, value: Value) -> Scalar:
        """The single value that a value stands for here."""
        return scalar(value, self.zone, self.dialect)

    def number(self, value: Value) -> float:
        """The number that a value stands for here."""
        return to_number(value, self.zone, self.dialect)

    def text(self, value: Value) -> str:
        """The text that a value stands for here."""
        return to_text(value, self.zone, self.dialect)

    def truth(self, value: Value) -> bool:
        """Whether a value counts as true here."""
        return to_truth(value, self.zone, dialect=self.dialect)


class Nowhere(Context):
    """Where there is no form: an expression has a value as long as it asks for no answer."""

    __slots__ = ()

    def __init__(self, world: World) -> None:
        self.world = world
        self.zone = world.zone
        self.dialect = world.dialect
        self.position, self.size = 0, 1

    @property
    def node(self) -> Node:  # type: ignore[override]
        """There is none.

        Raises:
            Quit: always.
        """
        raise Quit("there is no form to look for answers in")

    @property
    def origin(self) -> Node:  # type: ignore[override]
        """There is none.

        Raises:
            Quit: always.
        """
        raise Quit("there is no form to look for answers in")
