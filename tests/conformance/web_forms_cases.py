"""Cases recorded from the tests of ODK Web Forms (@getodk/xpath): a document, a node of it, an expression, a result.

Nodes are named by child numbers of a browser's DOM ("/0/2/@id"). The tests ran in Phoenix, which is seven hours behind
UTC all the year.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from xml.dom import minidom
from zoneinfo import ZoneInfo

from gemba.errors import Refusal
from gemba.forms.expressions import XPATH, Context, Dialect, Node, Value, World, evaluate, parse_xml, to_truth
from gemba.forms.expressions.nodes import NAMESPACE

RECORDED = datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo("America/Phoenix"))
SPACES = {"xhtml": "http://www.w3.org/1999/xhtml", "ev": "http://some-namespace.com/nss"}
"""The namespaces that the tests' resolver knows, where a case has one."""


def difference(case: dict[str, Any], forms: Dialect) -> str:
    """What is not as recorded; empty when the case agrees. Cases of forms are evaluated in the dialect `forms`."""
    context = _context(case, forms if case["xforms"] else XPATH)
    try:
        value = evaluate(case["expr"], context)
        agrees, got = _METHODS[case["method"]](case, value, context)
    except Refusal as refusal:
        return _unless_failing(case, f"cannot be evaluated: {refusal}")
    except KeyError as unknown:
        return f"this driver does not know {unknown}"
    return "" if agrees else _unless_failing(case, f"expected {case['expected']!r}, got {got!r}")


def _unless_failing(case: dict[str, Any], told: str) -> str:
    """Cases with the flag "fails" say what the recorded engine should give but does not; there we may differ too."""
    return "" if case.get("flag") == "fails" else told


# -- where a case is evaluated


@cache
def _document(xml: str) -> tuple[Node, minidom.Document]:
    return parse_xml(xml.strip()), minidom.parseString(xml.strip())


def _context(case: dict[str, Any], dialect: Dialect) -> Context:
    document = _document(case["xml"])[0]
    world = World(_find(case["xml"], case["root"]), now=lambda: RECORDED, dialect=dialect)
    world.namespaces = SPACES if case.get("customNS") else {}
    for node in document.descendants():
        identifier = node.attribute("id") if node.name == "instance" else None
        if identifier:
            world.instances[identifier] = node
    node = _find(case["xml"], case["ctx"])
    assert node is not None, case
    return Context(node, world)


def _find(xml: str, path: str) -> Node | None:
    """The node that child numbers of a browser's DOM lead to; there, CDATA and a document type are nodes too."""
    node: Node = _document(xml)[0]
    dom: Any = _document(xml)[1]
    for step in path.strip("/").split("/") if path != "/" else []:
        if step.startswith("@"):
            return next((each for each in node.attributes if _written(each) == step[1:]), None)
        children = dom.childNodes
        node = node.children[_ours(children, int(step))]
        dom = children[int(step)]
    return node


def _written(attribute: Node) -> str:
    return f"{attribute.prefix}:{attribute.name}" if attribute.prefix else attribute.name


def _ours(children: list[Any], number: int) -> int:
    place, before = -1, False
    for child in children[: number + 1]:
        if child.nodeType == minidom.Node.DOCUMENT_TYPE_NODE:
            continue
        text = child.nodeType in {minidom.Node.TEXT_NODE, minidom.Node.CDATA_SECTION_NODE}
        if not (text and before):
            place += 1
        before = text
    return place


# -- what a case asserts

Verdict = tuple[bool, object]


def _boolean(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    truth = to_truth(value, context.zone, strict=True, dialect=context.dialect)
    return truth == case["expected"], truth


def _number(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    number, wanted = context.number(value), float(case["expected"])
    same = (math.isnan(number) and math.isnan(wanted)) or number == wanted
    return same or math.isclose(number, wanted, rel_tol=1e-10), number


def _rounded(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    """As JavaScript rounds: a half goes up."""
    number = context.number(value)
    shifted = [each * case["factor"] for each in (number, float(case["expected"]))]
    return math.isfinite(number) and len({math.floor(each + 0.5) for each in shifted}) == 1, number


def _string(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    return context.text(value) == case["expected"], context.text(value)


def _matches(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    return re.search(case["expected"], context.text(value)) is not None, context.text(value)


def _length(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    return len(context.text(value)) == case["expected"], context.text(value)


def _nodes(case: dict[str, Any], value: Value, _context: Context) -> Verdict:
    """A browser has several nodes where CDATA meets text; XPath's data model (5.7) has one."""
    wanted = [_find(case["xml"], path) for path in case["expected"]]
    wanted = [each for place, each in enumerate(wanted) if not place or each is not wanted[place - 1]]
    if not isinstance(value, list) or len(value) != len(wanted):
        return False, value
    return all(one is other or one.kind == NAMESPACE for one, other in zip(value, wanted, strict=True)), value


def _result(case: dict[str, Any], value: Value, context: Context) -> Verdict:
    """A property of a browser's XPathResult."""
    match case["prop"]:
        case "resultType":
            return isinstance(value, list), value
        case "snapshotLength":
            return isinstance(value, list) and len(value) == case["expected"], value
    return context.text(value).lower() == case["expected"], value


_METHODS: dict[str, Callable[[dict[str, Any], Value, Context], Verdict]] = {
    "boolean": _boolean,
    "number": _number,
    "numberRounded": _rounded,
    "string": _string,
    "stringMatches": _matches,
    "stringLength": _length,
    "nodeset": _nodes,
    "toEqual": _result,
}
