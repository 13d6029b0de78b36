"""The answers as an OpenRosa instance: what ODK Central and its kin take in.

Source: OpenRosa 1.0 metadata schema and form submission; answers that do not apply are removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from gemba.forms.books.cells import FORBIDDEN
from gemba.forms.definition import Form
from gemba.forms.expressions import Context, Moment, Node, Quit, compile_text, to_text
from gemba.forms.expressions.nodes import ELEMENT
from gemba.forms.recalculation import Answers

_DECLARED = {"http://www.w3.org/2002/xforms": "", "http://www.w3.org/XML/1998/namespace": "xml"}


def instance_xml(form: Form, answers: Answers, instance_id: str, extra: Mapping[str, str]) -> str:
    """The instance as XML text.

    Args:
        form: the form that was filled.
        answers: its answers.
        instance_id: becomes `meta/instanceID`.
        extra: further entries of `meta` by name.
    """
    root = answers.root.copy()
    _prune(answers.root, root)
    _finish(form, root, answers)
    _fill_meta(root, {**_calculated(form, answers), "instanceID": instance_id, **extra})
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{_element(root, top=True)}"


def _prune(source: Node, twin: Node) -> None:
    """Take out of `twin` what does not apply in `source`; both have the same shape."""
    pairs = list(zip(source.children, twin.children, strict=True))
    for child, copy in pairs:
        if child.kind == ELEMENT and not child.relevant:
            twin.remove(copy)
        else:
            _prune(child, copy)


def _finish(form: Form, root: Node, answers: Answers) -> None:
    """Write the time at which filling ended where the form asks for it."""
    wanted = {
        path for path, rules in form.rules.items() if (rules.preload, rules.preload_parameter) == ("timestamp", "end")
    }
    for node in root.descendants():
        if node.path in wanted:
            node.write(Moment(answers.world.now()).text())


def _calculated(form: Form, answers: Answers) -> dict[str, str]:
    """Entries of `meta` that the form calculates, such as instanceName; a frozen filling has not done so."""
    found: dict[str, str] = {}
    for path, rules in form.rules.items():
        for node in answers.nodes(path) if rules.calculate and "/meta/" in path else ():
            try:
                found[node.name] = to_text(
                    compile_text(rules.calculate)(Context(node, answers.world)), answers.world.zone
                )
            except Quit:
                continue
    return found


def _fill_meta(root: Node, entries: Mapping[str, str]) -> None:
    meta = root.first("meta") or root.append(Node(ELEMENT, "meta"))
    for name, value in entries.items():
        entry = meta.first(name) or meta.append(Node(ELEMENT, name))
        entry.write(value)


def _element(node: Node, *, top: bool = False) -> str:
    name = f"{node.prefix}:{node.name}" if node.prefix else node.name
    attributes = "".join(f" {_name(each)}={quoteattr(_written(each.value))}" for each in node.attributes)
    if top:
        attributes += _namespaces(node)
    inside = "".join(
        _element(child) if child.kind == ELEMENT else escape(_written(child.value)) for child in node.children
    )
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _written(text: str) -> str:
    """The text without the characters that no XML may hold, such as a pasted vertical tab."""
    return FORBIDDEN.sub("", text)


def _name(attribute: Node) -> str:
    return f"{attribute.prefix}:{attribute.name}" if attribute.prefix else attribute.name


def _namespaces(root: Node) -> str:
    used = {each.prefix for node in (root, *root.descendants()) for each in (node, *node.attributes) if each.prefix}
    declared = {prefix: uri for prefix, uri in root.spaces.items() if prefix in used and uri not in _DECLARED}
    return "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in sorted(declared.items()))
