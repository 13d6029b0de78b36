"""Adding, copying, moving and taking out repeats, with the numbers of those after them kept right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gemba.errors import Refusal
from gemba.forms.expressions import Node
from gemba.forms.expressions.nodes import ELEMENT
from gemba.forms.recalculation import Answers

_MEDIA = {"image", "audio", "video", "file"}


def place_of(path: str, nodes: list[Node], number: int, most: int | None = None) -> int:
    """The place among `nodes` of the repeat `number`, which counts from 1.

    Raises:
        Refusal: forms.no_such_repeat when there is none of that number.
    """
    if not 1 <= number <= (len(nodes) if most is None else most):
        raise Refusal("forms.no_such_repeat", path=f"{path}[{number}]")
    return number - 1


def move(answers: Answers, nodes: list[Node], place: int, to: int) -> None:
    """Put the repeat at `place` of its like at the place `to`; all between change their numbers."""
    node, parent = nodes[place], nodes[place].parent
    if parent is None or place == to:
        return
    target = nodes[to]
    parent.remove(node)
    parent.insert(parent.children.index(target) + (1 if to > place else 0), node)
    answers.renumber(nodes[min(place, to) : max(place, to) + 1])


def copy_answers(answers: Answers, source: Node, twin: Node) -> list[Node]:
    """Write the answers given in the repeat `source` into `twin`, a new one of the same; returns what was written.

    What the form reckons or asks of the machine, and photos and other files, belong to one repeat and stay behind.
    """
    for schema in (child.path for child in source.elements()):
        while schema in answers.form.templates and len(answers.nodes(schema, twin)) < len(
            answers.nodes(schema, source)
        ):
            answers.add(twin, schema)
    written: list[Node] = []
    for one, other in zip(source.elements(), twin.elements(), strict=False):
        if one.elements():
            written += copy_answers(answers, one, other)
        elif _is_asked(answers, one) and (one.text() or other.text()):
            answers.put(other, one.text())
            written.append(other)
    return written


def _is_asked(answers: Answers, node: Node) -> bool:
    rules, element = answers.form.rule(node.path), answers.form.elements.get(node.path)
    return element is not None and element.type not in _MEDIA and not rules.calculate and not rules.preload


def paths_in(answers: Answers, nodes: Iterable[Node]) -> dict[Node, str]:
    """The path of each of `nodes` and of all inside them."""
    found: dict[Node, str] = {}
    for node in nodes:
        _collect(answers, node, answers.path_of(node), found)
    return found


def _collect(answers: Answers, node: Node, path: str, found: dict[Node, str]) -> None:
    found[node] = path
    counted: dict[str, int] = {}
    for child in node.children:
        if child.kind == ELEMENT:
            number = counted[child.name] = counted.get(child.name, 0) + 1
            numbered = (
                f"{path}/{child.name}[{number}]" if child.path in answers.plan.repeats else f"{path}/{child.name}"
            )
            _collect(answers, child, numbered, found)


def moved(before: Mapping[Node, str], after: Mapping[Node, str]) -> dict[str, str]:
    """The paths that are others now: path before → path after."""
    return {path: after[node] for node, path in before.items() if node in after and after[node] != path}
