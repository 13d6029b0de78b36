"""The form as it is shown now: what applies, in order, sections before what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from gemba.forms.definition import Element, Form
from gemba.forms.expressions import Node
from gemba.forms.recalculation import Answers
from gemba.forms.views import Item

Line = tuple[Item, Node]
_OUTLINED: WeakKeyDictionary[Answers, tuple[int, list[Line]]] = WeakKeyDictionary()
"""What was outlined last of each filling; it stands until something appears or goes."""


def outline(form: Form, answers: Answers) -> list[Line]:
    """Every item that applies, with its answer. A section that would be empty is left out; a repeat never is."""
    known = _OUTLINED.get(answers)
    if known is None or known[0] != answers.shape:
        lines: list[Line] = []
        for element in form.body:
            lines += _lines(element, answers.root, answers, 0, "/" + answers.root.name)
        known = _OUTLINED[answers] = (answers.shape, lines)
    return known[1]


def _lines(element: Element, scope: Node, answers: Answers, depth: int, above: str) -> Iterator[Line]:
    if not element.path:
        for child in element.children:
            yield from _lines(child, scope, answers, depth, above)
        return
    steps = element.path[len(scope.path) :]
    if element.kind == "repeat":
        yield from _repeats(element, scope, answers, depth, above)
        return
    node = _only(element.path, scope, answers)
    if node is None or not node.relevant:
        return
    path = above + steps if _holds(scope, element.path) else answers.path_of(node)
    item = Item(path, element.name, element.kind, depth)
    if element.kind != "section":
        yield item, node
        return
    inside = [line for child in element.children for line in _lines(child, node, answers, depth + 1, path)]
    if inside:
        yield item, node
        yield from inside


def _repeats(element: Element, scope: Node, answers: Answers, depth: int, above: str) -> Iterator[Line]:
    steps = element.path[len(scope.path) :]
    for number, node in enumerate(answers.nodes(element.path, scope), 1):
        if not node.relevant:
            continue
        path = f"{above}{steps}[{number}]"
        yield Item(path, element.name, "repeat", depth), node
        for child in element.children:
            yield from _lines(child, node, answers, depth + 1, path)


def _only(path: str, scope: Node, answers: Answers) -> Node | None:
    found = answers.nodes(path, scope) if _holds(scope, path) else answers.near(path, scope)
    return found[0] if found else None


def _holds(scope: Node, path: str) -> bool:
    """Whether what is at `path` stands inside `scope`; a section may show what stands elsewhere."""
    return path.startswith(scope.path + "/")
