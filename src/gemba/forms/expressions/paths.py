"""Compiles paths: quick ways for the plain ones that forms are full of, the general way for the rest."""

from __future__ import annotations

from collections.abc import Callable

from gemba.forms.expressions.axes import AXES, BACKWARDS, TIDY, in_document_order
from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.lookups import compile_lookup
from gemba.forms.expressions.nodes import ATTRIBUTE, COMMENT, ELEMENT, INSTRUCTION, NAMESPACE, TEXT, Node
from gemba.forms.expressions.syntax import Expression, Path, Step
from gemba.forms.expressions.values import Value, to_truth

Compiled = Callable[[Context], Value]
Compile = Callable[[Expression], Compiled]


def compile_path(path: Path, compile_: Compile, *, form: bool) -> Compiled:
    """The closure that gives the nodes that `path` leads to."""
    if form:
        quick = compile_lookup(path, compile_)
        if quick is not None:
            return quick
    start, rest = _start(path, compile_, form=form)
    if not rest:
        return (lambda context: _relevant(start(context))) if form else start
    steps = [_compile_step(step, compile_, form=form) for step in rest]
    nested = any(step.axis not in TIDY for step in rest)
    given = path.start is not None

    def run(context: Context) -> Value:
        nodes = start(context)
        doubtful = nested or (given and len(nodes) > 1)  # from one node, such as a list, tidy steps stay in order
        for step in steps:
            if not nodes:
                break
            nodes = step(nodes, context)
            if doubtful and len(nodes) > 1:
                nodes = in_document_order(nodes)
        return _relevant(nodes) if form else nodes

    return run


def _relevant(nodes: list[Node]) -> list[Node]:
    if len(nodes) == 1:
        return nodes if nodes[0].relevant else []
    return [node for node in nodes if node.relevant]


def _start(path: Path, compile_: Compile, *, form: bool) -> tuple[Callable[[Context], list[Node]], tuple[Step, ...]]:
    """Where a path begins, as far as plain names or `..` lead, and the steps that are left."""
    if path.start is not None:
        return _from_expression(compile_(path.start)), path.steps
    if path.absolute:
        names = _plain_names(path.steps)
        if form and names:
            return _down(names), path.steps[len(names) :]
        return _from_root, path.steps
    ups = _plain_ups(path.steps)
    names = _plain_names(path.steps[ups:]) if form else ()
    return _up_and_down(ups, names), path.steps[ups + len(names) :]


def _plain_names(steps: tuple[Step, ...]) -> tuple[str, ...]:
    names: list[str] = []
    for step in steps:
        if step.axis != "child" or step.test != "name" or step.predicates or step.name == "*" or step.prefix:
            break
        names.append(step.name)
    return tuple(names)


def _plain_ups(steps: tuple[Step, ...]) -> int:
    ups = 0
    for step in steps:
        if step.axis != "parent" or step.test != "node" or step.predicates:
            break
        ups += 1
    return ups


def _from_expression(start: Compiled) -> Callable[[Context], list[Node]]:
    def run(context: Context) -> list[Node]:
        nodes = start(context)
        if not isinstance(nodes, list):
            raise Quit("a path needs a set of answers to begin with")
        return nodes

    return run


def _from_root(context: Context) -> list[Node]:
    return [context.world.root or context.node.top()]


def _down(names: tuple[str, ...]) -> Callable[[Context], list[Node]]:
    """From the root by names; where several nodes share a name, the one around the context is meant."""

    def run(context: Context) -> list[Node]:
        nodes = [context.world.root or context.node.top()]
        for name in names:
            if len(nodes) == 1:
                nodes = nodes[0].named(name)
                if len(nodes) > 1:
                    nodes = _around(nodes, context)
            else:
                nodes = [child for node in nodes for child in node.named(name)]
        return nodes

    return run


def _around(nodes: list[Node], context: Context) -> list[Node]:
    parent = nodes[0].parent
    for anchor in (context.node, context.origin):
        above: Node | None = anchor
        while above is not None and above.parent is not parent:
            above = above.parent
        if above is not None and above.name == nodes[0].name:
            return [above]
    return nodes


def _up_and_down(ups: int, names: tuple[str, ...]) -> Callable[[Context], list[Node]]:
    def run(context: Context) -> list[Node]:
        node = context.node
        for _ in range(ups):
            if node.parent is None:
                return []
            node = node.parent
        nodes = [node]
        for name in names:
            one = len(nodes) == 1
            nodes = nodes[0].named(name) if one else [child for each in nodes for child in each.named(name)]
        return nodes

    return run


def _compile_step(step: Step, compile_: Compile, *, form: bool) -> Callable[[list[Node], Context], list[Node]]:
    axis = AXES[step.axis]
    fits = _node_test(step, form=form)
    predicates = [compile_(each) for each in step.predicates]
    backwards = step.axis in BACKWARDS

    def run(nodes: list[Node], context: Context) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            reached = [each for each in axis(node) if fits(each, context)]
            for predicate in predicates:
                reached = filtered(reached, predicate, context)
            found += reversed(reached) if backwards else reached
        return found

    return run


def filtered(nodes: list[Node], predicate: Compiled, context: Context) -> list[Node]:
    """The nodes for which `predicate` holds; a number means a place."""
    kept: list[Node] = []
    inner = Context(context.node, context.world, origin=context.origin, size=len(nodes))
    for place, node in enumerate(nodes, 1):
        inner.node, inner.position = node, place
        value = predicate(inner)
        holds = value == place if isinstance(value, float) else to_truth(value, context.zone, strict=True)
        if holds:
            kept.append(node)
    return kept


def _node_test(step: Step, *, form: bool) -> Callable[[Node, Context], bool]:
    match step.test:
        case "node":
            return lambda _node, _context: True
        case "text":
            return lambda node, _context: node.kind == TEXT
        case "comment":
            return lambda node, _context: node.kind == COMMENT
        case "processing-instruction":
            target = step.name
            return lambda node, _context: node.kind == INSTRUCTION and target in {"", node.name}
    kind = {"attribute": ATTRIBUTE, "namespace": NAMESPACE}.get(step.axis, ELEMENT)
    return _name_test(step, kind, form=form)


def _name_test(step: Step, kind: str, *, form: bool) -> Callable[[Node, Context], bool]:
    """By name. In XPath 1.0 a bare name is in no namespace; forms, whose answers have a default one, do not mind it."""
    name, prefix = step.name, step.prefix
    if not prefix:
        if form or name == "*":
            return lambda node, _context: node.kind == kind and name in {"*", node.name}
        return lambda node, _context: node.kind == kind and name == node.name and not node.uri

    def fits(node: Node, context: Context) -> bool:
        if node.kind != kind or name not in {"*", node.name}:
            return False
        uri = context.world.namespaces.get(prefix)
        return node.uri == uri if uri is not None else node.prefix == prefix

    return fits
