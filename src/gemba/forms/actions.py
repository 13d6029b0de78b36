"""Reads `setvalue`: values that an event sets, such as dynamic defaults."""

from __future__ import annotations

from gemba.forms.definition import Action
from gemba.forms.expressions import Node


def read_action(node: Node, trigger: str = "") -> Action:
    """A `setvalue` of the model (no `trigger`), or inside the question whose change triggers it."""
    return Action(
        events=tuple((node.attribute("event") or "").split()),
        target=(node.attribute("ref") or node.attribute("bind") or "").strip(),
        value=(node.attribute("value") or "").strip(),
        literal="" if node.attribute("value") else node.text(),
        trigger=trigger,
    )
