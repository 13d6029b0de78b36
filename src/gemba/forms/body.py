"""Reads the body of an XForm: sections, repeats, questions and the actions inside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gemba.forms.actions import read_action
from gemba.forms.definition import Action, ChoiceSource, Element, ItemKind, Rules
from gemba.forms.expressions import Node
from gemba.forms.phrases import read_wording

_SECTIONS = {"group"}
_QUESTIONS = {"input", "select", "select1", "rank", "upload", "trigger", "range", "secret", "textarea"}
_BY_TYPE = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
    "boolean": "boolean",
}
_BY_CONTROL = {
    "select": "select_multiple",
    "select1": "select_one",
    "rank": "rank",
    "trigger": "acknowledge",
    "range": "range",
}
_LAYOUT = {"ref", "appearance", "nodeset", "bind", "mediatype", "query"}


@dataclass(slots=True)
class _Reader:
    rules: Mapping[str, Rules]
    root: str
    names: Mapping[str, str]
    """The answers by the name of their bind."""
    actions: list[Action] = field(default_factory=list)

    def elements(self, node: Node, above: str) -> tuple[Element, ...]:
        found: list[Element] = []
        for child in node.elements():
            if child.name in _SECTIONS:
                found.append(self.section(child, above))
            elif child.name == "repeat":
                found.append(self.repeat(child, above))
            elif child.name in _QUESTIONS:
                found.append(self.question(child, above))
            elif child.name == "setvalue":
                self.action(child, "")
        return tuple(found)

    def section(self, node: Node, above: str) -> Element:
        path = self.path(node, above)
        inside = self.elements(node, path or above)
        if len(inside) == 1 and inside[0].kind == "repeat" and inside[0].path == path:
            label = inside[0].label or read_wording(node.first("label"))
            return replace(inside[0], label=label, appearance=node.attribute("appearance") or inside[0].appearance)
        return Element(
            kind="section",
            path=path,
            control="group",
            label=read_wording(node.first("label")),
            hint=read_wording(node.first("hint")),
            appearance=node.attribute("appearance") or "",
            children=inside,
        )

    def repeat(self, node: Node, above: str) -> Element:
        path = (node.attribute("nodeset") or "").strip()
        path = path if path.startswith("/") else f"{above}/{path}"
        return Element(
            kind="repeat",
            path=path,
            control="repeat",
            label=read_wording(node.first("label")),
            appearance=node.attribute("appearance") or "",
            children=self.elements(node, path),
            count=(node.attribute("count") or "").strip(),
        )

    def question(self, node: Node, above: str) -> Element:
        path = self.path(node, above)
        rules = self.rules.get(path, Rules(path))
        for action in node.named("setvalue"):
            self.action(action, path)
        kind, type_ = _kind(node, rules)
        return Element(
            kind=kind,
            path=path,
            control=node.name,
            type=type_,
            label=read_wording(node.first("label")),
            hint=read_wording(node.first("hint")),
            appearance=(node.attribute("appearance") or "").strip(),
            choices=_choices(node),
            parameters={each.name: each.value for each in node.attributes if each.name not in _LAYOUT},
        )

    def path(self, node: Node, above: str) -> str:
        """The answer that a control is for: by its path, or by the name of its bind."""
        bound = self.names.get((node.attribute("bind") or "").strip())
        path = (node.attribute("ref") or node.attribute("nodeset") or bound or node.attribute("bind") or "").strip()
        path = path.removeprefix("current()/")
        return path if not path or path.startswith("/") else f"{above or self.root}/{path}"

    def action(self, node: Node, trigger: str) -> None:
        self.actions.append(read_action(node, self.names, trigger))


def read_body(
    body: Node, rules: Mapping[str, Rules], root: str, names: Mapping[str, str]
) -> tuple[tuple[Element, ...], tuple[Action, ...]]:
    """The elements of the body and the actions found inside them; `names` are the answers by the name of their bind."""
    reader = _Reader(rules, root, names)
    elements = reader.elements(body, "")
    return elements, tuple(reader.actions)


def _kind(node: Node, rules: Rules) -> tuple[ItemKind, str]:
    if node.name in _BY_CONTROL:
        return "question", _BY_CONTROL[node.name]
    if node.name == "upload":
        media = (node.attribute("mediatype") or "").partition("/")[0]
        return "question", media if media in {"image", "audio", "video"} else "file"
    if rules.type in _BY_TYPE:
        return "question", _BY_TYPE[rules.type]
    if rules.read_only == "true()" and not rules.calculate and rules.type == "string":
        return "note", "note"
    return "question", "text"


def _choices(node: Node) -> ChoiceSource | None:
    itemset = node.first("itemset")
    if itemset is not None:
        value, label = itemset.first("value"), itemset.first("label")
        return ChoiceSource(
            nodeset=(itemset.attribute("nodeset") or "").strip(),
            value=(value.attribute("ref") or "name").strip() if value is not None else "name",
            label=read_wording(label),
        )
    items = node.named("item")
    if not items:
        return None
    return ChoiceSource(inline=tuple((_text(each.first("value")), read_wording(each.first("label"))) for each in items))


def _text(node: Node | None) -> str:
    return node.text().strip() if node is not None else ""
