"""What is still to be done: questions that stand in the way of concluding, and how many are answered."""

from __future__ import annotations

from gemba.forms.definition import Form
from gemba.forms.looking import Looking
from gemba.forms.outline import outline
from gemba.forms.recalculation import Answers
from gemba.forms.views import Missing


def missing(form: Form, answers: Answers, looking: Looking) -> list[Missing]:
    """What stands in the way of concluding, in the order of the form."""
    found: list[Missing] = []
    for item, node in outline(form, answers):
        if item.kind == "question":
            problem = looking.problem(node, node.text())
            if problem:
                found.append(Missing(item.path, looking.label(node) or item.name, problem))
    return found


def progress(form: Form, answers: Answers, looking: Looking, path: str) -> tuple[int, int]:
    """Questions answered and questions in all, of the form ("") or of the section at `path`."""
    inside = path + "/" if path else "/"
    nodes = [
        node
        for item, node in outline(form, answers)
        if item.kind == "question" and item.path.startswith(inside) and not looking.is_read_only(node)
    ]
    return sum(bool(node.text()) for node in nodes), len(nodes)
