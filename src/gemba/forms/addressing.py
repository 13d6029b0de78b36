"""Answers by their paths, and by names where a name is enough."""

from __future__ import annotations

from difflib import get_close_matches

from gemba.errors import Refusal
from gemba.forms.definition import Form
from gemba.forms.expressions import Node
from gemba.forms.expressions.nodes import ELEMENT
from gemba.forms.recalculation import Answers


def answer_at(form: Form, answers: Answers, path: str) -> Node:
    """The answer or section at `path`.

    Raises:
        Refusal: forms.no_such_question with the names that come near.
    """
    node = answers.find(path)
    if node is None or node.kind != ELEMENT:
        raise _unknown(form, path)
    return node


def resolve(form: Form, answers: Answers, name: str) -> str:
    """The path of the question that `name` means: a path, or a name that occurs once.

    Raises:
        Refusal: forms.no_such_question with the names that come near; forms.ambiguous_name with the paths.
    """
    if name.startswith("/"):
        return answers.path_of(answer_at(form, answers, name))
    found = [node for path in form.paths if path.rpartition("/")[2] == name for node in answers.nodes(path)]
    if not found:
        raise _unknown(form, name)
    paths = [answers.path_of(node) for node in found]
    if len({node.path for node in found}) > 1:
        raise Refusal("forms.ambiguous_name", name=name, paths=", ".join(paths))
    return paths[0]


def _unknown(form: Form, name: str) -> Refusal:
    names = [question.name for question in form.questions()]
    near = get_close_matches(name.rpartition("/")[2], names, 3, 0.5)
    return Refusal("forms.no_such_question", name=name, near=", ".join(near) or ", ".join(names[:5]))
