"""What a filling gives to expressions: lists, the shown language, labels of choices, who and where."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime

from gemba.forms.choices import label_of
from gemba.forms.definition import Form, Phrase, Wording
from gemba.forms.expressions import Context, Node, Quit, World, compile_text, to_text
from gemba.forms.phrases import say
from gemba.forms.views import Choice


class FormWorld(World):
    """The world of one filling."""

    def __init__(
        self,
        form: Form,
        now: Callable[[], datetime],
        rng: random.Random | None,
        properties: Mapping[str, str],
    ) -> None:
        super().__init__(now=now, rng=rng)
        self.form = form
        self.instances = dict(form.lists)
        self.properties = properties
        self.version = form.version
        self.language = form.default_language
        self.as_collect = False
        """Whether to do as ODK Collect even where we mean to be kinder; see `Fill`."""
        self._luck: float | None = None
        self.chosen: Callable[[Node], None] = lambda _node: None
        """What to do, as ODK Collect, when the choices of an answer are asked for."""
        self.made: dict[tuple[str, str], dict[int, Choice]] = {}
        """Choices of long lists, by list and language, then by row; the rows live as long as the form."""
        self.scores: dict[str, dict[str, float | None]] = {}
        """The scores of each whole list by the name of the choice, read once."""

    def lot(self, name: str) -> float:
        """A lot between 0 and 1 that falls to `name` for as long as the filling lasts."""
        if self._luck is None:
            self._luck = self.rng.random()
        return random.Random(f"{self._luck} {name}").random()  # noqa: S311 - an order of choices is no secret

    def speak(self, language: str) -> None:
        """Show labels in `language` from now on."""
        self.language = language

    def say(self, wording: Wording | None, node: Node, form: str = "", at: Node | None = None) -> str:
        """The text of `wording` for the answer `node`; its expressions stand at `at` (a row of a list) or there."""
        said = self.say_as_is(wording, node, form, at)
        return said if self.as_collect else said.strip()

    def say_as_is(self, wording: Wording | None, node: Node, form: str = "", at: Node | None = None) -> str:
        """As `say`, with the white space around it: what expressions see of a label."""
        context, gaps = Context(node, self), not self.as_collect
        if wording is not None and wording.expression:
            try:
                value = to_text(compile_text(wording.expression)(Context(at or node, self, origin=node)), self.zone)
            except Quit:
                return ""
            if not wording.kept:
                return value if not form else ""
            return say(self.form.text(value, self.language, form, dash=self.as_collect), context, gaps=gaps)
        return say(self.phrase(wording, form), context, gaps=gaps)

    def phrase(self, wording: Wording | None, form: str = "") -> Phrase | None:
        """The phrase of `wording` in the shown language."""
        return self.form.phrase(wording, self.language, form, dash=self.as_collect)

    def itext(self, identifier: str) -> str:
        """The text kept under `identifier`, in the shown language."""
        phrase = self.form.text(identifier, self.language, dash=self.as_collect)
        if phrase is None or self.root is None:
            return f"[itext:{identifier}]"
        return say(phrase, Context(self.root, self), gaps=not self.as_collect)

    def choice_label(self, value: str, question: str, context: Context) -> str:
        """The label of a choice, as the question at the path `question` shows it."""
        path = _absolute(question.strip(), context.origin)
        element = self.form.elements.get(path)
        if element is None or element.choices is None:
            return value
        node = self._near(path, context.origin) or context.origin
        if self.as_collect:
            self.chosen(node)
        return label_of(element.choices, value, node, self)

    def _near(self, path: str, node: Node) -> Node | None:
        above: Node | None = node
        while above is not None and above.path and not path.startswith(above.path + "/") and above.path != path:
            above = above.parent
        if above is None or not above.path:
            return None
        for name in path[len(above.path) + 1 :].split("/") if above.path != path else ():
            above = above.first(name) if above is not None else None
        return above


def _absolute(question: str, origin: Node) -> str:
    """The path that `question` means where `origin` is: pyxform writes `../name` inside repeats."""
    question = question.removeprefix("current()/")
    if question.startswith("/"):
        return question
    names = origin.path.split("/")
    for step in question.split("/"):
        names = names[:-1] if step == ".." else names if step == "." else [*names, step]
    return "/".join(names)
