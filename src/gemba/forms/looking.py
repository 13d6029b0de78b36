"""How one answer looks now: label, hint, choices, required, valid, and what to say when it is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gemba.forms.choices import choices_of, labels_of
from gemba.forms.definition import Element, Form, Wording, is_critical, weight_of
from gemba.forms.expressions import Context, Node, Quit, compile_text, to_truth
from gemba.forms.recalculation import Answers
from gemba.forms.views import Choice, Problem, View
from gemba.forms.world import FormWorld
from gemba.forms.writing import fits

_MEDIA = ("image", "audio", "video", "big-image")


class Looking:
    """Reads the look of answers out of the form and the answers as they stand."""

    def __init__(self, form: Form, answers: Answers, world: FormWorld) -> None:
        self.form = form
        self.answers = answers
        self.world = world

    def view(self, node: Node) -> View:
        """Everything there is to show of `node`."""
        element = self.form.elements.get(node.path)
        if element is None:
            return self._bare(node)
        rules = self.form.rule(node.path)
        problem = self.problem(node, node.text()) if element.kind == "question" else ""
        return View(
            path=self.answers.path_of(node),
            name=node.name,
            kind=element.type or element.kind,
            label=self.world.say(element.label, node),
            hint=self.world.say(element.hint, node),
            guidance=self.world.say(element.hint, node, "guidance"),
            choices=self.choices(element, node),
            appearance=element.appearance,
            value=node.text() if not element.children else "",
            relevant=node.relevant,
            required=self.is_required(node),
            read_only=self.is_read_only(node),
            valid=not problem,
            problem=problem,
            message=self.message(node, problem),
            critical=is_critical(rules),
            weight=weight_of(rules),
            media={form: text for form in _MEDIA if (text := self.world.say(element.label, node, form))},
            parameters=element.parameters,
        )

    def label(self, node: Node) -> str:
        """The label of `node` alone."""
        element = self.form.elements.get(node.path)
        return self.world.say(element.label, node) if element is not None else ""

    def choices(self, element: Element, node: Node) -> tuple[Choice, ...]:
        """The choices of `node` as they stand."""
        return tuple(choices_of(element.choices, node, self.world)) if element.choices is not None else ()

    def labels(self, element: Element, node: Node) -> dict[str, str]:
        """The label of every choice of `element` by name, offered at present or not."""
        return labels_of(element.choices, node, self.world) if element.choices is not None else {}

    def is_required(self, node: Node) -> bool:
        """Whether an answer must be given."""
        return self._holds(self.form.rule(node.path).required, node, otherwise=False)

    def is_read_only(self, node: Node) -> bool:
        """Whether the answer may be looked at only: by its own rule or that of a section around it."""
        at: Node | None = node
        while at is not None and at.path:
            rule = self.form.rules.get(at.path)
            if rule is not None and rule.read_only and self._holds(rule.read_only, at, otherwise=False):
                return True
            at = at.parent
        return False

    def problem(self, node: Node, text: str) -> Problem:
        """What would be wrong with `text` as the answer of `node`; "" for nothing."""
        rules = self.form.rule(node.path)
        if not text:
            return "required" if self.is_required(node) else ""
        if not fits(text, rules.type):
            return "type"
        if rules.constraint and not self._satisfies(rules.constraint, node, text):
            return "constraint"
        return ""

    @contextmanager
    def trying(self, node: Node, text: str) -> Iterator[None]:
        """While it lasts, `text` stands as the answer of `node`; nothing is told and nothing else recalculated."""
        before, typed = node.text(), node._typed  # noqa: SLF001 - put back exactly as it was
        if before == text:
            yield
            return
        node.write(text)
        try:
            yield
        finally:
            node.write(before, typed)

    def _satisfies(self, constraint: str, node: Node, text: str) -> bool:
        """Whether `constraint` holds with `text` in the place of the answer."""
        with self.trying(node, text):
            return self._holds(constraint, node, otherwise=True)

    def _holds(self, source: str, node: Node, *, otherwise: bool) -> bool:
        if not source or source == "false()":
            return otherwise if not source else False
        if source == "true()":
            return True
        try:
            return to_truth(compile_text(source)(Context(node, self.world)), self.world.zone)
        except Quit:
            return otherwise

    def message(self, node: Node, problem: Problem) -> str:
        """What the form says when `node` has `problem`."""
        rules = self.form.rule(node.path)
        wording: Wording | None = None
        if problem == "required":
            wording = rules.required_message
        elif problem == "constraint":
            wording = rules.constraint_message
        return self.world.say(wording, node)

    def _bare(self, node: Node) -> View:
        """An answer without a question: a calculation or a hidden one."""
        return View(
            path=self.answers.path_of(node),
            name=node.name,
            kind="calculate" if self.form.rule(node.path).calculate else "hidden",
            label="",
            value=node.text(),
            relevant=node.relevant,
            read_only=True,
        )
