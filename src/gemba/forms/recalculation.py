"""Keeps the answers of one filling in agreement: what is hidden, what is calculated, how often a repeat occurs.

A change wakes the triggers that read it, in the plan's order, and only where their value really differs do they wake
others in turn. That is why an answer costs microseconds and not a pass over the whole form.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Iterator

from gemba.forms.definition import Form
from gemba.forms.expressions import Context, Node, Quit, Scalar, World, scalar, to_number, to_truth
from gemba.forms.expressions.nodes import ELEMENT
from gemba.forms.planning import Trigger, plan
from gemba.forms.writing import as_answer

_STEP = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?$")
MOST_REPEATS = 1_000
"""More of one repeat than this is a slip of the keyboard, not an audit."""


class Answers:
    """The answers of one filling, as a tree that stays in agreement with the rules of the form."""

    def __init__(self, form: Form, world: World, *, as_collect: bool = False) -> None:
        self.form = form
        self.as_collect = as_collect
        """Whether repeats with a count are made when one comes to them, and none is hidden."""
        self.plan = plan(form)
        self.world = world
        self.document = form.root.copy()
        world.root = self.document
        self.root = self.document.children[0]
        self.changed: set[Node] = set()
        self.looks: set[tuple[str, Node | None]] = set()
        self.structure = False
        self.shape = 0
        """Counts up whenever something appears, goes or stands elsewhere: what was outlined before is out of date."""
        self.frozen = False
        """What was calculated stands, and is not calculated again."""
        self._suspects = {node for path in self.plan.selects for node in self.nodes(path)}
        self.hidden: set[Node] = set()
        self.surplus: set[Node] = set()
        self._made: set[Node] = set()
        self._grown_by_count: list[Node] = []
        self._pending: dict[int, dict[Node, None]] = {}
        self._queue: list[int] = []

    # -- finding

    def nodes(self, path: str, under: Node | None = None) -> list[Node]:
        """Every answer at `path` (without repeat numbers), in `under` or anywhere."""
        start = under if under is not None else self.root
        if path == start.path:
            return [start]
        nodes = [start]
        for name in path[len(start.path) + 1 :].split("/"):
            nodes = [child for node in nodes for child in node.named(name)]
        return nodes

    def near(self, path: str, node: Node) -> list[Node]:
        """The answers at `path` that stand in the same repeats as `node`."""
        above: Node = node
        while above.path != path and not path.startswith(above.path + "/"):
            if above.parent is None or above is self.root:
                return []
            above = above.parent
        return self.nodes(path, above)

    def find(self, path: str) -> Node | None:
        """The answer or section at `path`, with the number of each repeat (the first where none is given)."""
        node: Node | None = self.document
        for step in path.strip("/").split("/"):
            found = _STEP.match(step)
            same = node.named(found[1]) if node is not None and found is not None else []
            number = int(found[2] or 1) if found is not None else 1
            node = same[number - 1] if 0 < number <= len(same) else None
        return node

    # -- changing

    def put(self, node: Node, text: str, typed: Scalar | None = None) -> bool:
        """Write an answer and wake what reads it; whether it is another now."""
        if node.text() != text:
            node.write(text, typed)
            self.touch(node)
            return True
        if typed is not None:
            node.write(text, typed)
        return False

    def add(self, parent: Node, path: str, place: int | None = None) -> Node:
        """One more of the repeat at `path`: before the one at `place` of its like, or after them all."""
        node = self.form.templates[path].copy()
        after = parent.named(node.name)[place:] if place is not None else []
        self._made.add(node)
        parent.insert(parent.children.index(after[0]) if after else self._place(parent, node.name), node)
        self._grown(node)
        self.renumber(after)
        return node

    def renumber(self, nodes: list[Node]) -> None:
        """Tell that the numbers of these repeats have changed: whatever reads across repeats is woken once."""
        seen: set[str] = set()
        for node in nodes:
            for each in (node, *(one for one in node.descendants() if one.kind == ELEMENT)):
                self.changed.add(each)
                self._reshape()
                if each.path not in seen:
                    seen.add(each.path)
                    self._touch_far(each, nodes[0].path + "/")

    def drop(self, node: Node) -> None:
        """Take one repeat out, with its answers."""
        parent = node.parent
        if parent is None:
            return
        for each in (node, *node.descendants()):
            if each.kind == ELEMENT:
                self.touch(each)
        after = parent.named(node.name)
        parent.remove(node)
        self.renumber(after[after.index(node) + 1 :])
        for pending in self._pending.values():
            for each in [one for one in pending if not self.stands(one)]:
                del pending[each]
        self.changed = {each for each in self.changed if self.stands(each)}
        self._reshape()

    def wake_all(self, *, spoken: bool = False) -> None:
        """Have every rule evaluated anew, or only those that read labels (`spoken`)."""
        for trigger in self.plan.triggers:
            if not spoken or "jr:" in trigger.source:
                for node in self._contexts(trigger, self.root):
                    self._await(trigger, node)

    def settle(self) -> None:
        """Evaluate what was woken, in order, until all agree."""
        while self._queue:
            order = heapq.heappop(self._queue)
            trigger = self.plan.triggers[order]
            for node in self._pending.pop(order):
                self._apply(trigger, node)

    def doubtful(self) -> set[Node]:
        """The choices that may be offered no longer since this was last asked."""
        suspects, self._suspects = self._suspects, set()
        return {node for node in suspects if self.stands(node)}

    def wanted(self, path: str, parent: Node) -> int | None:
        """How many of the repeat at `path` in `parent` its count asks for; None when none or nothing is said."""
        trigger = next((each for each in self.plan.triggers if each.kind == "count" and each.target == path), None)
        return self._wanted(trigger, parent) if trigger is not None else None

    def grown(self) -> list[Node]:
        """The repeats that counts have made since this was last asked."""
        grown, self._grown_by_count = self._grown_by_count, []
        return [node for node in grown if self.stands(node)]

    # -- within

    def stands(self, node: Node) -> bool:
        """Whether `node` is one of these answers still."""
        return node.top() is self.document

    def _place(self, parent: Node, name: str) -> int:
        """Where a new `name` goes: after its like, or where the form has it."""
        names = self.form.order.get(parent.path, ())
        before = set(names[: names.index(name) + 1]) if name in names else set(names)
        if self.as_collect and not parent.named(name) and self._is_made(parent):
            return len(parent.children)
        places = [place for place, child in enumerate(parent.children) if child.name in before]
        return places[-1] + 1 if places else 0

    def _reshape(self) -> None:
        """Note that something appeared, went or stands elsewhere."""
        self.structure = True
        self.shape += 1

    def _is_made(self, node: Node) -> bool:
        """Whether `node` is a repeat that was added, or is in one."""
        at: Node | None = node
        while at is not None and at not in self._made:
            at = at.parent
        return at is not None

    def _grown(self, node: Node) -> None:
        self._reshape()
        inside = [node, *(each for each in node.descendants() if each.kind == ELEMENT)]
        self._spread(node, noisy=False)
        for each in inside:
            self.touch(each)
        for trigger in self.plan.triggers:
            if trigger.target == node.path or trigger.target.startswith(node.path + "/"):
                for each in self._contexts(trigger, node):
                    self._await(trigger, each)

    def touch(self, node: Node) -> None:
        """Wake what reads `node`."""
        self.changed.add(node)
        if node.path in self.plan.selects:
            self._suspects.add(node)
        for trigger, near in self.plan.wakes.get(node.path, ()):
            for each in self._contexts(trigger, node if near else self.root):
                self._await(trigger, each)
        for path, near in self.plan.shows.get(node.path, ()):
            self.looks.add((path, node if near else None))
            if path in self.plan.selects:
                self._suspects.update(self.near(path, node) if near else self.nodes(path))

    def _touch_far(self, node: Node, inside: str) -> None:
        """Wake what reads the answers at the path of `node` across the repeat whose answers begin with `inside`."""
        for trigger, near in self.plan.wakes.get(node.path, ()):
            if not near or not trigger.target.startswith(inside):
                for each in self._contexts(trigger, self.root):
                    self._await(trigger, each)
        for path, near in self.plan.shows.get(node.path, ()):
            if not near or not path.startswith(inside):
                self.looks.add((path, None))
                if path in self.plan.selects:
                    self._suspects.update(self.nodes(path))

    def _contexts(self, trigger: Trigger, anchor: Node) -> list[Node]:
        path = trigger.target if trigger.kind != "count" else trigger.target.rpartition("/")[0]
        return self.near(path, anchor)

    def _await(self, trigger: Trigger, node: Node) -> None:
        waiting = self._pending.get(trigger.order)
        if waiting is None:
            waiting = self._pending[trigger.order] = {}
            heapq.heappush(self._queue, trigger.order)
        waiting[node] = None

    def _apply(self, trigger: Trigger, node: Node) -> None:
        if trigger.kind == "calculate":
            self._calculate(trigger, node)
        elif trigger.kind == "relevant":
            self._show(node, shown=self._truth(trigger, node))
        else:
            self._count(trigger, node)

    def _calculate(self, trigger: Trigger, node: Node) -> None:
        if self.frozen:
            return
        try:
            value = scalar(trigger.run(Context(node, self.world)), self.world.zone)
        except Quit:
            value = ""
        text, typed = as_answer(value, node.type)
        self.put(node, text, typed)

    def _truth(self, trigger: Trigger, node: Node) -> bool:
        """A condition that cannot be evaluated hides nothing."""
        try:
            return to_truth(trigger.run(Context(node, self.world)), self.world.zone)
        except Quit:
            return True

    def _show(self, node: Node, *, shown: bool) -> None:
        if shown != (node not in self.hidden):
            (self.hidden.discard if shown else self.hidden.add)(node)
            self._spread(node)

    def _spread(self, node: Node, *, noisy: bool = True) -> None:
        """Bring the relevance of `node` and all below it up to date; whatever flips has changed for its readers."""
        above = node.parent.relevant if node.parent is not None else True
        relevant = above and node not in self.hidden and node not in self.surplus
        if relevant == node.relevant:
            return
        node.relevant = relevant
        self._reshape()
        if noisy:
            self.touch(node)
        for child in node.children:
            if child.kind == ELEMENT:
                self._spread(child, noisy=noisy)

    def _count(self, trigger: Trigger, parent: Node) -> None:
        """As many of a repeat as its count says. Those beyond it are hidden, not lost; no count limits nothing."""
        if self.as_collect:
            return
        name = trigger.target.rpartition("/")[2]
        wanted = self._wanted(trigger, parent)
        while wanted is not None and len(parent.named(name)) < wanted:
            self._grown_by_count.append(self.add(parent, trigger.target))
        for place, node in enumerate(parent.named(name), 1):
            beyond = wanted is not None and place > wanted
            if beyond != (node in self.surplus):
                (self.surplus.add if beyond else self.surplus.discard)(node)
                self._spread(node)

    def _wanted(self, trigger: Trigger, parent: Node) -> int | None:
        if self.as_collect and any(path in self.plan.selects for path in trigger.reads):
            return 0
        stand_in = Node(ELEMENT, trigger.target.rpartition("/")[2])
        stand_in.parent = parent
        try:
            number = to_number(trigger.run(Context(stand_in, self.world)), self.world.zone)
        except Quit:
            return None
        return min(max(int(number), 0), MOST_REPEATS) if math.isfinite(number) else None

    def path_of(self, node: Node) -> str:
        """The path of one answer, with the number of each repeat around it."""
        parts: list[str] = []
        at: Node | None = node
        while at is not None and at.kind == ELEMENT:
            number = f"[{self.number_of(at)}]" if at.path in self.plan.repeats else ""
            parts.append(f"/{at.name}{number}")
            at = at.parent
        return "".join(reversed(parts))

    def number_of(self, node: Node) -> int:
        """Which of its repeat `node` is, from 1."""
        if node.parent is None:
            return 1
        return node.parent.named(node.name).index(node) + 1

    def leaves(self) -> Iterator[Node]:
        """Every answer that holds no others, in order."""
        for node in self.root.descendants():
            if node.kind == ELEMENT and not any(child.kind == ELEMENT for child in node.children):
                yield node
