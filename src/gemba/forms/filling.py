"""Filling a form: the one door for the window, the command line and the tests.

`Fill` holds one set of answers, says what is shown, valid and scored now, and after each answer names what to look at
again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from gemba.errors import Refusal
from gemba.forms.addressing import answer_at, resolve
from gemba.forms.definition import Action, Form
from gemba.forms.explaining import Explaining
from gemba.forms.expressions import Context, Node, Quit, Scalar, compile_text, scalar
from gemba.forms.looking import Looking
from gemba.forms.outline import outline
from gemba.forms.preloads import preloaded
from gemba.forms.recalculation import Answers
from gemba.forms.remaining import missing, progress
from gemba.forms.repeating import copy_answers, move, moved, paths_in, place_of
from gemba.forms.restoring import place_for
from gemba.forms.scoring import score
from gemba.forms.snapshots import Snapshot, put_back, take
from gemba.forms.submitting import instance_xml
from gemba.forms.views import Effect, Item, Missing, Origin, Score, View, Why
from gemba.forms.withdrawing import Withdrawing
from gemba.forms.world import FormWorld
from gemba.forms.writing import as_answer

_FIRST_LOAD = {"odk-instance-first-load", "odk-instance-load", "xforms-ready"}


class Fill:
    """One filling of a form.

    Args:
        form: the form.
        answers: answers given before, by path; they are put over the defaults. The path of one of a repeat
            (`/data/person[2]`) says that it stands there, even when nothing in it is answered.
        now: the clock, in the local zone: its zone is where "today" is.
        person: who fills (username), for forms that ask.
        device: on what (deviceid), for forms that ask.
        properties: what else forms may ask of the machine, by name (email, phonenumber, simserial, ...).
        language: the language of labels; the form's default when None or unknown.
        frozen: read only: what was calculated stands as `answers` tell it, and is not calculated again.
        as_collect: do as ODK Collect in all, for comparing with it. Else these are kinder: a missing translation falls
            back to the default language and a missing label to the name; labels have no white space around them, keep
            it between two answers, and show a time as a time; repeats with a count are there at once (not when one
            comes to them), those beyond it are hidden and not sent, and a count may come from a question with choices;
            a choice that is no longer offered is taken away at once with all that follows (not when it is shown next,
            with nothing that follows).
        rng: chance, for random(), uuid() and unseeded randomize(); give a seeded one to repeat a filling.
    """

    def __init__(  # noqa: PLR0913 - the library's edge: all that a form may ask of the world
        self,
        form: Form,
        *,
        answers: Mapping[str, str] | None = None,
        now: Callable[[], datetime],
        person: str = "",
        device: str = "",
        properties: Mapping[str, str] | None = None,
        language: str | None = None,
        rng: random.Random | None = None,
        frozen: bool = False,
        as_collect: bool = False,
    ) -> None:
        self.form = form
        self._world = FormWorld(form, now, rng, {**(properties or {}), "username": person, "deviceid": device})
        self._world.as_collect = as_collect
        self._answers = Answers(form, self._world, as_collect=as_collect)
        self._withdrawing = Withdrawing(form, self._answers, self._world)
        self._world.chosen = lambda node: node.write(self._withdrawing.left(node))
        self._answers.frozen = frozen
        self._looking = Looking(form, self._answers, self._world)
        self._given: set[Node] = set()
        self._triggers: dict[str, list[Action]] = {}
        for action in form.actions:
            if action.trigger and "xforms-value-changed" in action.events:
                self._triggers.setdefault(action.trigger, []).append(action)
        self.language = language or form.default_language
        self._begin()
        if answers:
            self._restore(answers)
        self._take_effect()

    # -- answering

    def set(self, path: str, value: str) -> Effect:
        """Give an answer ("" takes it away).

        Raises:
            Refusal: forms.no_such_question.
        """
        node = self._node(path)
        self._given.add(node)
        self._write(node, value)
        self._settle()
        return self._take_effect()

    def verdict(self, path: str, value: str) -> str:
        """What `value` would be as the answer at `path`: "ok", "required", "type" or "constraint". Changes nothing."""
        return self._looking.problem(self._node(path), value) or "ok"

    def add_repeat(self, path: str, at: int | None = None) -> Effect:
        """One more of the repeat at `path` (its path without the last number), last or as number `at`.

        Raises:
            Refusal: forms.no_such_repeat; forms.counted_repeat when an answer decides how many there are.
        """
        parent, schema, nodes = self._repeat(path)
        place = None if at is None else place_of(path, nodes, at, len(nodes) + 1)
        return self._rearrange(nodes[place:] if place is not None else [], lambda: self._insert(parent, schema, place))

    def copy_repeat(self, path: str, number: int) -> Effect:
        """A copy of one of the repeat at `path`, right after it, with the answers given in it.

        Photos and other files stay with the first; what is calculated is calculated anew.

        Raises:
            Refusal: forms.no_such_repeat, forms.counted_repeat.
        """
        parent, schema, nodes = self._repeat(path)
        source = nodes[place_of(path, nodes, number)]

        def copy() -> None:
            twin = self._insert(parent, schema, number)
            self._given.update(copy_answers(self._answers, source, twin))

        return self._rearrange(nodes[number:], copy)

    def move_repeat(self, path: str, number: int, to: int) -> Effect:
        """Make one of the repeat at `path` the number `to`; those between give way.

        Raises:
            Refusal: forms.no_such_repeat.
        """
        _, _, nodes = self._repeat(path, counted=True)
        nodes = [node for node in nodes if node.relevant]
        place, target = place_of(path, nodes, number), place_of(path, nodes, to)
        return self._rearrange(nodes, lambda: move(self._answers, nodes, place, target))

    def remove_repeat(self, path: str, number: int) -> Effect:
        """Take out one of the repeat at `path`, by its number from 1.

        Raises:
            Refusal: forms.no_such_repeat, forms.counted_repeat.
        """
        _, _, nodes = self._repeat(path)
        node = nodes[place_of(path, nodes, number)]
        return self._rearrange(nodes[number - 1 :], lambda: self._answers.drop(node))

    def snapshot(self) -> Snapshot:
        """What stands now, for `restore`."""
        return take(self._answers, self._given)

    def restore(self, snapshot: Snapshot) -> Effect:
        """Make every answer and repeat what it was at `snapshot`."""
        before = set(paths_in(self._answers, [self._answers.root]).values())
        self._given = put_back(self._answers, snapshot)
        self._settle()
        after = set(paths_in(self._answers, [self._answers.root]).values())
        return replace(self._take_effect(), gone=frozenset(before - after))

    def come_to(self, path: str) -> Effect:
        """Make the repeat in which `path` is when its count asks for it, as ODK Collect does on coming to it.

        Raises:
            Refusal: forms.no_such_repeat when the count does not ask for so many.
        """
        above = ""
        for step in path.strip("/").split("/"):
            name, _, number = step.rstrip("]").partition("[")
            parent = self._answers.find(above) if above else self._answers.document
            schema = f"{parent.path}/{name}" if parent is not None else ""
            while parent is not None and schema in self._answers.plan.counted and len(parent.named(name)) < int(number):
                if (self._answers.wanted(schema, parent) or 0) < int(number):
                    raise Refusal("forms.no_such_repeat", path=f"{above}/{step}")
                self._insert(parent, schema, None)
                self._settle()
            above = f"{above}/{step}"
        return self._take_effect()

    def due(self, path: str) -> int:
        """How many more of the counted repeat at `path` there are to come to."""
        parent, schema, nodes = self._repeat(path, counted=True)
        return max(0, (self._answers.wanted(schema, parent) or 0) - len(nodes))

    def repeats(self, path: str) -> int:
        """How many of the repeat at `path` there are."""
        _, _, nodes = self._repeat(path, counted=True)
        return len([node for node in nodes if node.relevant])

    # -- looking

    @property
    def language(self) -> str:
        """The language in which labels are shown."""
        return self._world.language

    @language.setter
    def language(self, language: str) -> None:
        known = language in self.form.languages
        self._world.speak(language if known else self.form.default_language)
        self._answers.wake_all(spoken=True)
        self._settle()

    def items(self) -> list[Item]:
        """What is shown now, in order: sections before what they hold."""
        return [item for item, _ in outline(self.form, self._answers)]

    def view(self, path: str) -> View:
        """One item as it is shown now.

        Raises:
            Refusal: forms.no_such_question.
        """
        node = self._node(path)
        if self._world.as_collect:
            node.write(self._withdrawing.left(node))
        return self._looking.view(node)

    def why_hidden(self, path: str) -> Why:
        """Why the item at `path` is not shown, in plain words; no words when it is shown.

        Raises:
            Refusal: forms.no_such_question.
        """
        return Explaining(self._looking).hidden(self._node(path))

    def why_invalid(self, path: str, value: str | None = None) -> Why:
        """What is wrong with `value`, or with the answer that stands at `path`; no words when nothing is.

        Raises:
            Refusal: forms.no_such_question.
        """
        node = self._node(path)
        return Explaining(self._looking).invalid(node, node.text() if value is None else value)

    def resolve(self, name: str) -> str:
        """The path of the question that `name` means: a path, or a name that occurs once.

        Raises:
            Refusal: forms.no_such_question with the names that come near; forms.ambiguous_name with the paths.
        """
        return resolve(self.form, self._answers, name)

    def answers(self) -> dict[str, tuple[str, Origin]]:
        """Every answer that is not empty and applies, with where it came from."""
        return {
            self._answers.path_of(node): (node.text(), self._origin(node))
            for node in self._answers.leaves()
            if node.relevant and node.text() and "/meta/" not in node.path
        }

    def missing(self) -> list[Missing]:
        """What stands in the way of concluding, in the order of the form."""
        return missing(self.form, self._answers, self._looking)

    def progress(self, path: str = "") -> tuple[int, int]:
        """Questions answered and questions in all, of the form or of the section at `path`."""
        return progress(self.form, self._answers, self._looking, path)

    def score(self) -> Score:
        """The score as it stands."""
        return score(self.form, self._answers, self._looking)

    def instance_xml(self, instance_id: str, extra: Mapping[str, str] | None = None) -> str:
        """The answers as an OpenRosa instance; what does not apply is left out.

        Args:
            instance_id: `uuid:...`, the identity of the record.
            extra: more entries of `meta`, such as deprecatedID.
        """
        return instance_xml(self.form, self._answers, instance_id, dict(extra or {}))

    # -- within

    def _begin(self) -> None:
        now, properties = self._world.now(), self._world.properties
        for path, rules in self.form.rules.items():
            if rules.preload:
                for node in self._answers.nodes(path):
                    value = preloaded(rules, now, properties, self._world.rng)
                    if value and not node.text():
                        node.write(value)
        self._run_actions(_FIRST_LOAD)
        self._answers.wake_all()
        self._settle()

    def _restore(self, answers: Mapping[str, str]) -> None:
        for path, value in answers.items():
            node = place_for(self.form, self._answers, path)
            if node is not None and not path.endswith("]"):
                self._given.add(node)
                self._answers.put(node, value)
        self._settle()

    def _settle(self) -> None:
        """Bring all into agreement; a choice that is no longer offered is taken away, as JavaRosa does."""
        self._answers.settle()
        while self._begin_grown() or self._withdrawn():
            self._answers.settle()

    def _withdrawn(self) -> bool:
        return not self._world.as_collect and self._withdrawing.withdraw(self._given)

    def _begin_grown(self) -> bool:
        """Run what the form wants done in new repeats, in those that a count has made."""
        grown = self._answers.grown()
        for node in grown:
            self._run_actions({"odk-new-repeat"}, within=node)
        return bool(grown)

    def _write(self, node: Node, text: str, typed: Scalar | None = None, chain: frozenset[Node] = frozenset()) -> None:
        """Write an answer, bring the rest into agreement, and run the actions that its change triggers, in a chain."""
        before = node.text()
        if not self._answers.put(node, text, typed) and not chain:
            self._answers.touch(node)  # given anew: what reads it is evaluated anew, as in JavaRosa
        if before == text or node.path not in self._triggers or node in chain:
            return
        self._answers.settle()
        for action in self._triggers[node.path]:
            for target in self._answers.near(action.target, node):
                self._act(action, target, chain | {node})

    def _run_actions(self, events: Iterable[str], within: Node | None = None) -> None:
        for action in self.form.actions:
            if set(events).intersection(action.events):
                inside = within is None or action.target.startswith(within.path + "/")
                for target in self._answers.nodes(action.target, within) if inside else []:
                    self._act(action, target)

    def _act(self, action: Action, target: Node, chain: frozenset[Node] = frozenset()) -> None:
        try:
            value = scalar(compile_text(action.value)(Context(target, self._world))) if action.value else action.literal
        except Quit:
            return
        text, typed = as_answer(value, target.type)
        self._write(target, text, typed, chain)

    def _take_effect(self) -> Effect:
        answers = self._answers
        changed = {answers.path_of(node) for node in answers.changed}
        for path, near in answers.looks:
            nodes = answers.near(path, near) if near is not None and answers.stands(near) else answers.nodes(path)
            changed |= {answers.path_of(node) for node in nodes}
        structure = answers.structure
        answers.changed, answers.looks, answers.structure = set(), set(), False
        return Effect(frozenset(changed), structure)

    def _origin(self, node: Node) -> Origin:
        rules = self.form.rule(node.path)
        if rules.calculate:
            return "calculated"
        if node in self._given:
            return "given"
        return "calculated" if rules.preload else "default"

    def _node(self, path: str) -> Node:
        return answer_at(self.form, self._answers, path)

    def _repeat(self, path: str, *, counted: bool = False) -> tuple[Node, str, list[Node]]:
        """The section that holds the repeat at `path`, the repeat's path without numbers, and all there are of it."""
        above, _, name = path.rpartition("/")
        parent = self._node(above) if above else self._answers.document
        schema = f"{parent.path}/{name.partition('[')[0]}"
        if schema not in self.form.templates:
            raise Refusal("forms.no_such_repeat", path=path)
        if not counted and schema in self._answers.plan.counted:
            raise Refusal("forms.counted_repeat", path=path)
        return parent, schema, list(parent.named(schema.rpartition("/")[2]))

    def _insert(self, parent: Node, schema: str, place: int | None) -> Node:
        node = self._answers.add(parent, schema, place)
        self._run_actions({"odk-new-repeat"}, within=node)
        return node

    def _rearrange(self, nodes: list[Node], change: Callable[[], object]) -> Effect:
        """Do what changes how many of a repeat there are, or their order, and tell which paths are others now."""
        before = paths_in(self._answers, nodes)
        change()
        self._settle()
        after = paths_in(self._answers, [node for node in nodes if self._answers.stands(node)])
        gone = frozenset(before.values()).difference(after.values()) if len(after) < len(before) else frozenset()
        return replace(self._take_effect(), moved=moved(before, after), gone=gone)
