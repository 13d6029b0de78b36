"""Where an expression is evaluated and what the world gives it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo

from gemba.forms.expressions.nodes import Node
from gemba.forms.expressions.syntax import Expression


def _utc_now() -> datetime:
    return datetime.now(UTC)


class World:
    """What expressions may ask of the form and the machine; `Fill` gives the real answers.

    Args:
        root: document node of the answers; absolute paths begin here.
        now: the clock, whose zone is the local zone.
        rng: where random() and uuid() come from.
    """

    def __init__(
        self,
        root: Node | None = None,
        *,
        now: Callable[[], datetime] = _utc_now,
        rng: random.Random | None = None,
    ) -> None:
        self.root = root
        self.now = now
        self.zone: tzinfo | None = now().tzinfo
        self.rng = rng or random.Random()  # noqa: S311 - forms draw samples, not secrets
        self.instances: dict[str, Node] = {}
        self.properties: Mapping[str, str] = {}
        self.version = ""
        self.namespaces: Mapping[str, str] = {}
        self.lookups: dict[tuple[str, str, str], dict[str, list[Node]]] = {}

    def instance(self, name: str) -> Node | None:
        """The document node of a secondary instance; None when the form has none of that name."""
        return self.instances.get(name)

    def choice_label(self, value: str, question: str, _context: Context) -> str:
        """The label of the choice `value` of the question at the path `question`, in the shown language."""
        del question
        return value

    def itext(self, identifier: str) -> str:
        """The text that the form keeps under `identifier` in the shown language."""
        return identifier


class Context:
    """Where an expression stands: the node, its place among its siblings in a predicate, and the world.

    `origin` is the node that the whole expression belongs to; predicates move `node` but never `origin`.
    """

    __slots__ = ("node", "origin", "position", "size", "world", "zone")

    def __init__(
        self, node: Node, world: World, *, origin: Node | None = None, position: int = 0, size: int = 1
    ) -> None:
        self.node = node
        self.world = world
        self.zone = world.zone
        self.origin = origin or node
        self.position = position
        """1 and up inside a predicate; 0 outside one."""
        self.size = size


class Quit(Exception):
    """An expression met something it cannot evaluate, such as an unknown function on a branch that was taken."""

    def __init__(self, reason: str, at: Expression | None = None) -> None:
        super().__init__(reason)
        self.at = at
