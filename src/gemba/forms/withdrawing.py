"""Choices that are no longer offered: what is left of an answer without them, and taking them away."""

from __future__ import annotations

from collections.abc import Container

from gemba.forms.choices import rows_of, still_offered
from gemba.forms.definition import ChoiceSource, Form
from gemba.forms.expressions import Node
from gemba.forms.recalculation import Answers
from gemba.forms.world import FormWorld


class Withdrawing:
    """Takes choices away that are no longer offered, as JavaRosa does.

    Args:
        form: the form.
        answers: its answers.
        world: what expressions see.
    """

    def __init__(self, form: Form, answers: Answers, world: FormWorld) -> None:
        self._form, self._answers, self._world = form, answers, world
        self._absent = {
            name for name in form.outside if not any(each.elements() for each in form.lists[name].elements())
        }

    def withdraw(self, given: Container[Node]) -> bool:
        """Take away what is no longer offered; whether anything was. Answers that are `given` never wait."""
        withdrawn = False
        for node in self._answers.doubtful():
            left = self.left(node)
            if left != node.text() and not self._waits(node, given):
                self._answers.put(node, left)
                withdrawn = True
        return withdrawn

    def left(self, node: Node) -> str:
        """What is left of the answer of `node` when only choices that are offered now count."""
        element, text = self._form.elements.get(node.path), node.text()
        source = element.choices if element is not None else None
        if source is None or not source.nodeset or not text or not node.relevant or self._is_outside(source):
            return text
        return still_offered(source, text, node, self._world)

    def _waits(self, node: Node, given: Container[Node]) -> bool:
        """Whether `node` has a default whose list is empty as yet: the answer that fills the list is still to come."""
        source = self._form.elements[node.path].choices
        return node not in given and source is not None and not rows_of(source, node, self._world)

    def _is_outside(self, source: ChoiceSource) -> bool:
        """Whether the choices live in a file that is not at hand: then nothing is known of them."""
        return any(f"'{name}'" in source.nodeset for name in self._absent)
