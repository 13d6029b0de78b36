"""Answers that were kept, put back: the place that an answer had, with its repeats made anew."""

from __future__ import annotations

import re

from gemba.forms.definition import Form
from gemba.forms.expressions import Node
from gemba.forms.recalculation import Answers

_STEP = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?$")


def place_for(form: Form, answers: Answers, path: str) -> Node | None:
    """The answer at `path`, with its repeats added as needed; None when the form no longer has it."""
    node = answers.root
    first, *rest = path.strip("/").split("/")
    if (_STEP.match(first) or [""])[0] != node.name:
        return None
    for step in rest:
        found = _STEP.match(step)
        if found is None:
            return None
        name, number = found[1], int(found[2] or 1)
        schema = f"{node.path}/{name}"
        while schema in form.templates and len(node.named(name)) < number:
            answers.add(node, schema)
        same = node.named(name)
        if len(same) < number:
            return None
        node = same[number - 1]
    return node
