"""Reads XForm XML, as pyxform writes it, into a `Form`.

Source: ODK XForms specification (getodk.github.io/xforms-spec).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gemba.errors import Refusal
from gemba.forms.actions import read_action
from gemba.forms.body import read_body
from gemba.forms.definition import Action, Element, Form, Phrase, Rules, walk
from gemba.forms.expressions import Node, parse_xml
from gemba.forms.expressions.nodes import DOCUMENT, ELEMENT
from gemba.forms.lists import outside_file, read_outside
from gemba.forms.phrases import read_phrase, read_reference
from gemba.forms.writing import fits, settled

XFORMS = "http://www.w3.org/2002/xforms"
JAVAROSA = "http://openrosa.org/javarosa"
ODK = "http://www.opendatakit.org/xforms"
_OWN = {"", XFORMS, JAVAROSA, ODK, "http://www.opendatakit.org/xforms/entities", "http://openrosa.org/xforms"}
_FORMS = {"long": ""}
"""Older forms name the text itself."""
_ROOT_OWN = {"id", "version", "uiVersion", "name", "prefix", "delimiter"}


def parse(xform: str, *, name: str = "form.xml", files: Mapping[str, bytes] | None = None) -> Form:
    """Read XForm XML.

    Args:
        xform: the XML text.
        name: the file it came from, for messages.
        files: lists that stand beside the form, by file name (`sites.csv`).

    Raises:
        Refusal: forms.broken_xml, forms.not_a_form.
    """
    whole = parse_xml(xform)
    model, body, title = _parts(whole, name)
    instances = model.named("instance")
    if not instances or not instances[0].elements():
        raise Refusal("forms.not_a_form", file=name)
    root = instances[0].elements()[0]
    instances[0].remove(root)
    document, templates, order = _answers(root)
    rules, names = _rules(model, "/" + root.name)
    _set_types(document, templates, rules)
    texts, default = _texts(model)
    lists, outside = _lists(instances[1:], files or {})
    found, actions = read_body(body, rules, "/" + root.name, names)
    actions = (*_actions(model, names), *actions)
    whole.dismantle()
    _add_templates(found, document, templates)
    _part_choices(found, document, templates)
    return Form(
        form_id=root.attribute("id") or root.uri or root.name,
        version=root.attribute("version") or "",
        title=title,
        languages=tuple(texts),
        default_language=default,
        xform=xform,
        attributes={each.name: each.value for each in root.attributes if each.uri not in _OWN},
        root=document,
        body=found,
        rules=rules,
        actions=actions,
        texts=texts,
        lists=lists,
        templates=templates,
        order=order,
        name=name,
        outside=outside,
    )


def _parts(document: Node, name: str) -> tuple[Node, Node, str]:
    html = document.first("html")
    head = html.first("head") if html is not None else None
    body = html.first("body") if html is not None else None
    model = head.first("model") if head is not None else None
    if head is None or body is None or model is None:
        raise Refusal("forms.not_a_form", file=name)
    title = head.first("title")
    return model, body, title.text().strip() if title is not None else ""


def _answers(root: Node) -> tuple[Node, dict[str, Node], dict[str, tuple[str, ...]]]:
    """The empty answers as a document of their own, the template of each repeat taken out of it, and the order."""
    document = Node(DOCUMENT)
    document.append(root)
    templates: dict[str, Node] = {}
    order: dict[str, tuple[str, ...]] = {}
    _prepare(document.children[0], "", templates, order)
    return document, templates, order


def _prepare(node: Node, above: str, templates: dict[str, Node], order: dict[str, tuple[str, ...]]) -> None:
    node.path = f"{above}/{node.name}"
    inside = node.elements()
    if not inside:
        node.write(node.text().strip())
        return
    node.children = list(inside)
    order.setdefault(node.path, tuple(dict.fromkeys(child.name for child in inside)))
    for child in inside:
        _prepare(child, node.path, templates, order)
        template = next((each for each in child.attributes if each.name == "template" and each.uri == JAVAROSA), None)
        if template is not None:
            child.attributes.remove(template)
            node.remove(child)
            templates[child.path] = child


def _set_types(document: Node, templates: Mapping[str, Node], rules: Mapping[str, Rules]) -> None:
    """Give each answer its type; a default that is no answer of that type is dropped, as JavaRosa does."""
    for tree in (document, *templates.values()):
        for node in (tree, *tree.descendants()):
            if node.kind == ELEMENT and node.path in rules:
                node.type = rules[node.path].type
                if not node.elements() and node.text():
                    node.write(settled(node.text(), node.type) if fits(node.text(), node.type) else "")


def _add_templates(body: tuple[Element, ...], document: Node, templates: dict[str, Node]) -> None:
    """A repeat that the form gives no template is made after the first one there is, as JavaRosa does."""
    for element in walk(body):
        if element.kind == "repeat" and element.path not in templates:
            first = next((each for each in document.descendants() if each.path == element.path), None)
            if first is not None:
                templates[element.path] = template = first.copy()
                for each in (template, *template.descendants()):
                    if each.kind == ELEMENT and not each.elements():
                        each.write("")


def _part_choices(body: tuple[Element, ...], document: Node, templates: Mapping[str, Node]) -> None:
    """Several choices given as a default stand with one blank between them."""
    several = {element.path for element in walk(body) if element.control in {"select", "rank"}}
    for tree in (document, *templates.values()):
        for node in tree.descendants():
            if node.path in several and node.kind == ELEMENT:
                node.write(" ".join(node.text().split()))


def _rules(model: Node, root: str) -> tuple[dict[str, Rules], dict[str, str]]:
    """The rules of each answer, and the answers by the name of their bind, by which questions may refer to them."""
    found: dict[str, Rules] = {}
    names: dict[str, str] = {}
    for bind in model.named("bind"):
        rules = _rule(bind, root)
        if bind.attribute("id"):
            names[bind.attribute("id") or ""] = rules.path
        before = found.get(rules.path)
        if before is not None:
            extras = {**before.extras, **rules.extras}
            rules = replace(rules, extras=extras, calculate=rules.calculate or before.calculate)
        found[rules.path] = rules
    return found, names


def _rule(bind: Node, root: str) -> Rules:
    own = {each.name: each.value.strip() for each in bind.attributes if each.uri in {"", XFORMS}}
    java = {each.name: each.value for each in bind.attributes if each.uri == JAVAROSA}
    path = own.get("nodeset", own.get("ref", ""))
    return Rules(
        path=path if path.startswith("/") else f"{root}/{path}",
        type=own.get("type", "string").rpartition(":")[2],
        relevant=own.get("relevant", ""),
        required=own.get("required", ""),
        read_only=own.get("readonly", ""),
        constraint=own.get("constraint", ""),
        calculate=own.get("calculate", ""),
        constraint_message=read_reference(java.get("constraintMsg")),
        required_message=read_reference(java.get("requiredMsg")),
        preload=java.get("preload", ""),
        preload_parameter=java.get("preloadParams", ""),
        extras={each.name: each.value for each in bind.attributes if each.uri not in _OWN},
    )


def _texts(model: Node) -> tuple[dict[str, dict[str, dict[str, Phrase]]], str]:
    itext = model.first("itext")
    found: dict[str, dict[str, dict[str, Phrase]]] = {}
    default = ""
    for translation in itext.named("translation") if itext is not None else []:
        language = translation.attribute("lang") or ""
        if not default or translation.attribute("default") is not None:
            default = language
        found[language] = {
            text.attribute("id") or "": {
                _FORMS.get(value.attribute("form") or "", value.attribute("form") or ""): read_phrase(value)
                for value in text.named("value")
            }
            for text in translation.named("text")
        }
    return found, default


def _lists(instances: list[Node], files: Mapping[str, bytes]) -> tuple[dict[str, Node], dict[str, str]]:
    lists: dict[str, Node] = {}
    outside: dict[str, str] = {}
    for instance in instances:
        name = instance.attribute("id") or ""
        document = Node(DOCUMENT)
        for child in instance.elements():
            instance.remove(child)
            document.append(child)
        source = instance.attribute("src")
        if source and not document.children:
            outside[name] = outside_file(source)
            document = read_outside(outside[name], files.get(outside[name]))
        lists[name] = document
    return lists, outside


def _actions(model: Node, names: Mapping[str, str]) -> list[Action]:
    return [read_action(each, names) for each in model.elements() if each.name == "setvalue"]
