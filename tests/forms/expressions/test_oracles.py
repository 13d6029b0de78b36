"""Expressions against recorded cases of other engines: getodk/web-forms' suite and JavaRosa's own tests.

The recordings are not redistributed; they are looked for at ../shared/oracles beside the checkout or in
GEMBA_ORACLES. `exceptions.json` names every case where we differ on purpose, with the reason.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.dom import minidom
from zoneinfo import ZoneInfo

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import Context, Node, World, evaluate, parse_xml, to_number, to_text, to_truth
from gemba.forms.expressions.nodes import NAMESPACE

HERE = Path(__file__).parent
ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[3].parent / "shared" / "oracles") / "xpath"
PHOENIX = ZoneInfo("America/Phoenix")
RECORDED = datetime(2026, 11, 20, 16, 0, tzinfo=PHOENIX)
SPACES = {"xhtml": "http://www.w3.org/1999/xhtml", "ev": "http://some-namespace.com/nss"}

pytestmark = pytest.mark.skipif(not ORACLES.is_dir(), reason="no recorded cases: set GEMBA_ORACLES to their folder")


def _cases(name: str) -> list:
    return json.load(gzip.open(ORACLES / name)) if name.endswith(".gz") else json.loads((ORACLES / name).read_text())


@cache
def _exceptions() -> dict[str, str]:
    """Expression -> reason, for the cases in which we differ on purpose."""
    found = json.loads((HERE / "exceptions.json").read_text("utf-8"))
    return {f"{case['suite']} {expression}": case["reason"] for case in found for expression in case["expressions"]}


@cache
def _document(xml: str) -> tuple[Node, minidom.Document]:
    return parse_xml(xml.strip()), minidom.parseString(xml.strip())


def _find(xml: str, path: str) -> Node | None:
    """The node that child numbers of a browser's DOM lead to; there, CDATA and a document type are nodes too."""
    node, dom = _document(xml)
    for step in path.strip("/").split("/") if path != "/" else []:
        if step.startswith("@"):
            return next((each for each in node.attributes if _written(each) == step[1:]), None)
        children = dom.childNodes
        node = node.children[_ours(children, int(step))]
        dom = children[int(step)]
    return node


def _written(attribute: Node) -> str:
    return f"{attribute.prefix}:{attribute.name}" if attribute.prefix else attribute.name


def _ours(children: list, number: int) -> int:
    place, before = -1, None
    for child in children[: number + 1]:
        if child.nodeType == minidom.Node.DOCUMENT_TYPE_NODE:
            continue
        text = child.nodeType in {minidom.Node.TEXT_NODE, minidom.Node.CDATA_SECTION_NODE}
        if not (text and before):
            place += 1
        before = text
    return place


def _context(case: dict) -> Context:
    root = _find(case["xml"], case["root"]) if case["root"] != "/" else _document(case["xml"])[0]
    world = World(root, now=lambda: RECORDED)
    world.namespaces = SPACES if case.get("customNS") else {}
    for node in _document(case["xml"])[0].descendants():
        if node.name == "instance" and node.attribute("id"):
            world.instances[node.attribute("id")] = node
    return Context(_find(case["xml"], case["ctx"]), world)


def _agrees(case: dict) -> bool:  # noqa: C901, PLR0911 - one return a method of the recording
    context = _context(case)
    value = evaluate(case["expr"], context, "odk" if case["xforms"] else "xpath")
    expected, zone = case["expected"], context.zone
    match case["method"]:
        case "boolean":
            return to_truth(value, zone, strict=True) == expected
        case "number" if re.search(
            r"\b(area|distance)\(", case["expr"]
        ):  # web-forms rounds to cents, JavaRosa does not
            return _same(round(to_number(value, zone), 2), float(expected))
        case "number":
            return _same(to_number(value, zone), float(expected))
        case "numberRounded":
            return round(to_number(value, zone) * case["factor"]) == round(expected * case["factor"])
        case "stringMatches":
            return re.search(expected, to_text(value, zone)) is not None
        case "stringLength":
            return len(to_text(value, zone)) == expected
        case "nodeset":
            return _same_nodes(value, case["xml"], expected)
        case "toEqual" if case["prop"] == "resultType":
            return isinstance(value, list)
        case "toEqual" if case["prop"] == "snapshotLength":
            return len(value) == expected
        case "toEqual":
            return to_text(value, zone).lower() == expected
    return to_text(value, zone) == expected


def _same_nodes(nodes: list[Node], xml: str, paths: list[str]) -> bool:
    """A browser has several nodes where CDATA meets text; XPath's data model (5.7) has one."""
    wanted = [_find(xml, path) for path in paths]
    wanted = [each for place, each in enumerate(wanted) if not place or each is not wanted[place - 1]]
    return len(nodes) == len(wanted) and all(
        one is other or one.kind == NAMESPACE for one, other in zip(nodes, wanted, strict=True)
    )


def _same(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or one == other or math.isclose(one, other, rel_tol=1e-10)


def _passes(case: dict) -> bool:
    try:
        agrees = _agrees(case)
    except Refusal:
        agrees = False
    return agrees or case.get("flag") == "fails"


@pytest.mark.parametrize(("xforms", "floor"), [(False, 548), (True, 514)], ids=["xpath", "odk"])
def test_web_forms_cases_agree(xforms, floor):
    suite = "odk" if xforms else "xpath"
    cases = [case for case in _cases("webforms_cases.json.gz") if case["xforms"] is xforms]
    failed = [case for case in cases if not _passes(case)]
    print(f"{suite}: {len(cases) - len(failed)} of {len(cases)} agree")
    unexplained = [case["expr"] for case in failed if f"{suite} {case['expr']}" not in _exceptions()]
    assert not unexplained
    assert len(cases) - len(failed) >= floor


# -- JavaRosa's own tests

JAVAROSA_DATA = "<data><geoshape>0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0</geoshape></data>"
_DATE = re.compile(r"DateUtils\.getDate\((\d+), (\d+), (\d+)\)")


def _java_agrees(expression: str, expected: str) -> bool:
    world = World(parse_xml(JAVAROSA_DATA), now=lambda: RECORDED.astimezone(ZoneInfo("UTC")))
    try:
        value = evaluate(expression, Context(world.root, world))
    except Refusal:
        return expected.startswith("new XPath")
    if day := _DATE.match(expected):
        return to_text(value) == f"{int(day[1]):04d}-{int(day[2]):02d}-{int(day[3]):02d}"
    if expected.startswith('"'):
        return isinstance(value, str) and value == json.loads(expected)
    if expected.lower() in {"true", "false"}:
        return value is (expected.lower() == "true")
    return isinstance(value, float) and not expected.startswith("new ") and _same_number(value, expected)


def _same_number(value: float, expected: str) -> bool:
    names = {"POSITIVE_INFINITY": "inf", "NaN": "nan", "-NaN": "nan", "Math.PI": repr(math.pi)}
    return _same(value, float(names.get(expected, expected)))


def test_javarosa_cases_agree():
    cases = [case for case in _cases("javarosa_cases.json") if not case[2].startswith("new XPath") or case[1] != "ec"]
    failed = [case for case in cases if not _java_agrees(case[0], case[2])]
    print(f"javarosa: {len(cases) - len(failed)} of {len(cases)} agree")
    assert not [case for case in failed if f"javarosa {case[0]}" not in _exceptions()]
