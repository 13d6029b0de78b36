"""Why something is hidden or not valid, in plain words: the rule, and the answers that decide now."""

from __future__ import annotations

from dataclasses import dataclass

from gemba.forms.expressions import Node
from gemba.forms.looking import Looking
from gemba.forms.plain import Rule, as_written, asked, cut, values_of
from gemba.forms.views import Why
from gemba.wording import text


@dataclass(slots=True)
class Explaining:
    """Puts the rules of one filling into words."""

    looking: Looking

    def hidden(self, node: Node) -> Why:
        """Why `node` is not shown; empty words when it is."""
        at = self._hiding(node)
        if at is None:
            return Why("")
        answers = self.looking.answers
        if at in answers.surplus:
            source = answers.plan.counted[at.path]
            rule = Rule(source, at.parent or at, self.looking)
            label = self._label(at)
            words = text("Shown only as often as “{section}” is asked for.", section=label)
        else:
            source = self.looking.form.rule(at.path).relevant
            rule = Rule(source, at, self.looking)
            words = self._shown_only(rule, at, within=at is not node)
        return Why(" ".join(filter(None, (words, self._now(rule)))), as_written(source, at, self.looking), asked(rule))

    def invalid(self, node: Node, value: str) -> Why:
        """What is wrong with `value` as the answer of `node`; empty words when nothing is."""
        problem = self.looking.problem(node, value)
        rules = self.looking.form.rule(node.path)
        if problem == "required":
            return self._required(node, rules.required)
        if problem == "type":
            return Why(self._type(rules.type, value))
        if problem == "constraint":
            return self._constraint(node, value, rules.constraint)
        return Why("")

    def _hiding(self, node: Node) -> Node | None:
        """The outermost of what hides `node`: itself or a section around it."""
        answers, found = self.looking.answers, None
        at: Node | None = node
        while at is not None:
            found = at if at in answers.hidden or at in answers.surplus else found
            at = at.parent
        return found

    def _shown_only(self, rule: Rule, at: Node, *, within: bool) -> str:
        words = rule.words()
        quoted = as_written(rule.source, at, self.looking)
        if words == text("never"):
            return text("Never shown: its rule is {rule}.", rule=quoted)
        if not within:
            return (
                text("Shown only when {condition}.", condition=words)
                if words
                else text("Shown only when {rule} holds.", rule=quoted)
            )
        section = self._label(at)
        if words:
            return text("Its section “{section}” is shown only when {condition}.", section=section, condition=words)
        return text("Its section “{section}” is shown only when {rule} holds.", section=section, rule=quoted)

    def _required(self, node: Node, source: str) -> Why:
        message = self.looking.message(node, "required")
        rule = Rule(source, node, self.looking)
        words = rule.words() if source != "true()" else ""
        general = text("An answer is required here.")
        if words:
            general = text("An answer is required when {condition}.", condition=words)
        return Why(" ".join(filter(None, (message, general))), as_written(source, node, self.looking), asked(rule))

    def _constraint(self, node: Node, value: str, source: str) -> Why:
        message = self.looking.message(node, "constraint")
        rule = Rule(source, node, self.looking)
        words, quoted = rule.words(), as_written(source, node, self.looking)
        said = (
            text("Allowed only when {condition}.", condition=words)
            if words
            else text("Allowed only when {rule} holds.", rule=quoted)
        )
        shown = values_of(node, value, self.looking)
        now = text("The answer is “{value}”.", value=shown)
        with self.looking.trying(node, value):
            others = self._now(rule, leaving=node)
        return Why(" ".join(filter(None, (message, said, now, others))), quoted, asked(rule))

    def _type(self, kind: str, value: str) -> str:  # noqa: PLR0911 - one return a type
        match kind:
            case "int" | "integer" | "long":
                return text("“{value}” is not a whole number.", value=value)
            case "decimal":
                return text("“{value}” is not a number.", value=value)
            case "date":
                return text("“{value}” is not a date (year-month-day).", value=value)
            case "time":
                return text("“{value}” is not a time (hours:minutes).", value=value)
            case "dateTime":
                return text("“{value}” is not a date with a time.", value=value)
            case "geopoint" | "geotrace" | "geoshape":
                return text("“{value}” is not a place (latitude and longitude).", value=value)
        return text("“{value}” does not fit this question.", value=value)

    def _now(self, rule: Rule, leaving: Node | None = None) -> str:
        """What stands now in the answers that decide."""
        said = [self._stands(node) for node in rule.deciding() if node is not leaving]
        if not said:
            return ""
        return text("Now {answers}.", answers=text(" and ").join(dict.fromkeys(said)))

    def _stands(self, node: Node) -> str:
        label, value = self._label(node), values_of(node, node.text(), self.looking)
        if not node.relevant:
            return text("“{question}” is not shown itself", question=label)
        if not value:
            return text("“{question}” is not answered", question=label)
        return text("“{question}” is “{value}”", question=label, value=value)

    def _label(self, node: Node) -> str:
        return cut(self.looking.label(node) or node.name)
