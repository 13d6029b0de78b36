"""Reads `setvalue`: values that an event sets, such as dynamic defaults."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.forms.definition import Action
from gemba.forms.expressions import Node


def read_action(node: Node, names: Mapping[str, str], trigger: str = "") -> Action:
    """A `setvalue` of the model (no `trigger`), or inside the question whose change triggers it.

    `names` are the answers by the name of their bind, by which an action may refer to them.
    """
    bound = (node.attribute("bind") or "").strip()
    return Action(
        events=tuple((node.attribute("event") or "").split()),
        target=(node.attribute("ref") or names.get(bound, bound)).strip(),
        value=(node.attribute("value") or "").strip(),
        literal="" if node.attribute("value") else node.text(),
        trigger=trigger,
    )
