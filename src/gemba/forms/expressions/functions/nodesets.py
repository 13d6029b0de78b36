"""Sets of nodes: counting, summing, names, shuffling, secondary instances, lookups."""

from __future__ import annotations

import hashlib
import math

from gemba.forms.expressions.context import Context, Quit
from gemba.forms.expressions.functions.registry import Shelf
from gemba.forms.expressions.nodes import ATTRIBUTE, ELEMENT, INSTRUCTION, NAMESPACE, Node
from gemba.forms.expressions.shuffling import shuffled
from gemba.forms.expressions.values import Value

FUNCTIONS = Shelf()


@FUNCTIONS.add("count", low=1)
def _count(_context: Context, nodes: Value) -> float:
    return float(len(_set(nodes, "count")))


@FUNCTIONS.add("count-non-empty", low=1)
def _count_non_empty(context: Context, nodes: Value) -> float:
    """Nodes that hold an answer, or for JavaRosa other nodes."""
    typed = context.dialect.typed
    return float(sum(node.text() != "" or (typed and bool(node.elements())) for node in _set(nodes, "count-non-empty")))


@FUNCTIONS.add("sum", low=1)
def _sum(context: Context, nodes: Value) -> float:
    numbers = [context.number([node]) for node in _set(nodes, "sum")]
    passes = context.dialect.nan_passes
    return float(sum(number for number in numbers if not (passes and math.isnan(number))))


@FUNCTIONS.add("last", low=0)
def _last(context: Context) -> float:
    return float(context.size)


@FUNCTIONS.add("local-name", low=0, high=1)
def _local_name(context: Context, *nodes: Value) -> str:
    node = _named(context, nodes, "local-name")
    return node.name if node is not None else ""


@FUNCTIONS.add("name", low=0, high=1)
def _name(context: Context, *nodes: Value) -> str:
    node = _named(context, nodes, "name")
    if node is None:
        return ""
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


@FUNCTIONS.add("namespace-uri", low=0, high=1)
def _namespace_uri(context: Context, *nodes: Value) -> str:
    node = _named(context, nodes, "namespace-uri")
    return node.uri if node is not None else ""


@FUNCTIONS.add("id", low=1)
def _id(context: Context, value: Value) -> list[Node]:
    texts = [node.text() for node in value] if isinstance(value, list) else [context.text(value)]
    sought = set(" ".join(texts).split())
    return [
        node
        for node in context.node.top().descendants()
        if node.kind == ELEMENT
        and (node.attribute("id") or node.attribute("id", "http://www.w3.org/XML/1998/namespace")) in sought
    ]


@FUNCTIONS.add("lang", low=1)
def _lang(context: Context, tag: Value) -> bool:
    wanted = context.text(tag).lower()
    node: Node | None = context.node
    while node is not None:
        found = node.attribute("lang", "http://www.w3.org/XML/1998/namespace")
        if found is not None:
            return found.lower() == wanted or found.lower().startswith(wanted + "-")
        node = node.parent
    return False


@FUNCTIONS.add("current", low=0)
def _current(context: Context) -> list[Node]:
    return [context.origin]


@FUNCTIONS.add("instance", low=1)
def _instance(context: Context, name: Value) -> list[Node]:
    document = context.world.instance(context.text(name))
    if document is None:
        raise Quit(f"there is no list {context.text(name)!r}")
    return [document]


@FUNCTIONS.add("pulldata", low=4)
def _pulldata(context: Context, name: Value, wanted: Value, key: Value, value: Value) -> str:
    document = context.world.instance(context.text(name))
    if document is None:
        return ""
    column, sought = context.text(key), context.text(value)
    for row in index_rows(context, context.text(name), document, column).get(sought, []):
        cell = row.first(context.text(wanted))
        return cell.text() if cell is not None else ""
    return ""


def index_rows(context: Context, name: str, document: Node, column: str) -> dict[str, list[Node]]:
    """The rows of a list by the text of one column, indexed once."""
    lookup = (name, "root/item", column)
    known = context.world.lookups.get(lookup)
    if known is None:
        known = {}
        for root in document.elements():
            for row in root.elements():
                cell = row.first(column)
                known.setdefault(cell.text() if cell is not None else "", []).append(row)
        context.world.lookups[lookup] = known
    return known


@FUNCTIONS.add("randomize", low=1, high=2)
def _randomize(context: Context, nodes: Value, *seed: Value) -> list[Node]:
    items = _set(nodes, "randomize")
    if not seed:
        mixed = list(items)
        context.world.rng.shuffle(mixed)
        return mixed
    return shuffled(items, _seed(context, seed[0]))


def _seed(context: Context, value: Value) -> int:
    number = context.number(value)
    if math.isfinite(number):
        return int(number)
    text = context.text(value)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True) if text else 0


def _set(value: Value, name: str) -> list[Node]:
    if not isinstance(value, list):
        raise Quit(f"{name}() needs a set of answers")
    return value


def _named(context: Context, nodes: tuple[Value, ...], name: str) -> Node | None:
    found = _set(nodes[0], name) if nodes else [context.node]
    return found[0] if found and found[0].kind in {ELEMENT, ATTRIBUTE, INSTRUCTION, NAMESPACE} else None
