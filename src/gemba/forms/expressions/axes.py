"""The thirteen axes of XPath: which nodes stand in what relation to a node, nearest first.

Source: XML Path Language 1.0, section 2.2 (W3C, 1999).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gemba.forms.expressions.nodes import ATTRIBUTE, DOCUMENT, ELEMENT, NAMESPACE, XML_NAMESPACE, Node

Axis = Callable[[Node], Iterable[Node]]


def _ancestors(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _ancestors_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestors(node)


def _descendants_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from node.descendants()


def _siblings_after(node: Node) -> list[Node]:
    if node.parent is None or node.kind in {ATTRIBUTE, NAMESPACE}:
        return []
    siblings = node.parent.children
    return siblings[siblings.index(node) + 1 :]


def _siblings_before(node: Node) -> list[Node]:
    if node.parent is None or node.kind in {ATTRIBUTE, NAMESPACE}:
        return []
    siblings = node.parent.children
    return siblings[: siblings.index(node)][::-1]


def _following(node: Node) -> Iterator[Node]:
    if node.kind in {ATTRIBUTE, NAMESPACE} and node.parent is not None:
        yield from node.parent.descendants()
        node = node.parent
    for each in _ancestors_or_self(node):
        for sibling in _siblings_after(each):
            yield from _descendants_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    start = node.parent if node.kind in {ATTRIBUTE, NAMESPACE} and node.parent is not None else node
    for each in _ancestors_or_self(start):
        for sibling in _siblings_before(each):
            yield from reversed(list(_descendants_or_self(sibling)))


def _namespaces(node: Node) -> list[Node]:
    if node.kind != ELEMENT:
        return []
    found = []
    for prefix, uri in sorted({"xml": XML_NAMESPACE, **node.spaces}.items()):
        if not uri:
            continue
        each = Node(NAMESPACE, prefix, uri)
        each.parent = node
        found.append(each)
    return found


AXES: dict[str, Axis] = {
    "ancestor": _ancestors,
    "ancestor-or-self": _ancestors_or_self,
    "attribute": lambda node: node.attributes,
    "child": lambda node: node.children,
    "descendant": Node.descendants,
    "descendant-or-self": _descendants_or_self,
    "following": _following,
    "following-sibling": _siblings_after,
    "namespace": _namespaces,
    "parent": lambda node: (node.parent,) if node.parent is not None else (),
    "preceding": _preceding,
    "preceding-sibling": _siblings_before,
    "self": lambda node: (node,),
}
BACKWARDS = {"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"}
"""Axes whose nodes come in reverse document order."""
TIDY = {"attribute", "child", "namespace", "self"}
"""Axes that keep document order and bring no node twice, whatever nodes they start from (unless those are nested)."""


def in_document_order(nodes: Iterable[Node]) -> list[Node]:
    """`nodes` without repetition, in the order in which they stand in their document."""
    unique = list({_identity(node): node for node in nodes}.values())
    return sorted(unique, key=_Places().of) if len(unique) > 1 else unique


def _identity(node: Node) -> object:
    return (id(node.parent), node.name) if node.kind == NAMESPACE else id(node)


class _Places:
    """Where nodes stand; the children of each parent are counted once, however many of them are asked for."""

    def __init__(self) -> None:
        self._counted: dict[int, dict[int, int]] = {}

    def of(self, node: Node) -> list[tuple[int, int]]:
        """The way from the top of the document down to a node, as numbers that sort."""
        steps: list[tuple[int, int]] = []
        while node.parent is not None:
            if node.kind == NAMESPACE:
                steps.append((0, sorted({"xml": "", **node.parent.spaces}).index(node.name)))
            elif node.kind == ATTRIBUTE:
                steps.append((1, node.parent.attributes.index(node)))
            else:
                steps.append((2, self._among(node.parent)[id(node)]))
            node = node.parent
        if node.kind != DOCUMENT:
            steps.append((3, id(node)))
        return steps[::-1]

    def _among(self, parent: Node) -> dict[int, int]:
        counted = self._counted.get(id(parent))
        if counted is None:
            counted = {id(child): place for place, child in enumerate(parent.children)}
            self._counted[id(parent)] = counted
        return counted
