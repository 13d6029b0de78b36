"""What a checklist could show and does not: hidden questions, and repeats of which there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gemba.forms.definition import Form, walk
from gemba.forms.views import Item
from gemba.ui.conduct.grids import plain
from gemba.ui.conduct.placing import ADD

HIDDEN = "?"
"""Begins the key of the line of a hidden question."""


class Order:
    """Where each line of a form stands, so that lines can be put between others.

    Args:
        form: whose lines.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._place = {element.path: place for place, element in enumerate(walk(form.body)) if element.path}
        self.repeats = [each.path for each in form.elements.values() if each.kind == "repeat"]
        self.open_repeats = frozenset(
            each.path for each in form.elements.values() if each.kind == "repeat" and not each.count
        )
        self._questions = [each.path for each in form.elements.values() if each.kind == "question"]
        self._arounds = {path: self._innermost(path) for path in (*self.repeats, *self._questions)}

    def empty_repeats(self, items: Sequence[Item]) -> list[Item]:
        """For each open repeat of which there is none: the line that adds one."""
        if not self.open_repeats:
            return []
        shown = {item.path for item in items if item.kind == "repeat"}
        return [
            Item(ADD + path, path.rpartition("/")[2], "repeat", 0)
            for path in self._candidates(self.open_repeats, items)
            if f"{path}[1]" not in shown
        ]

    def hidden(self, items: Sequence[Item]) -> list[Item]:
        """The questions that are not shown now, in every one of the repeats that stand."""
        shown = {item.path for item in items}
        return [
            Item(HIDDEN + path, path.rpartition("/")[2], "question", 0)
            for path in self._candidates(self._questions, items)
            if path not in shown
        ]

    def merged(self, items: Sequence[Item], more: Sequence[Item]) -> list[Item]:
        """All lines in the order of the form; each of `more` as deep as its place."""
        if not more:
            return list(items)
        depths = {item.path: item.depth for item in items if item.kind in {"section", "repeat"}}
        placed = [Item(each.path, each.name, each.kind, _depth(each.path[1:], depths)) for each in more]
        return sorted([*items, *placed], key=self._key)

    def _candidates(self, wanted: Iterable[str], items: Sequence[Item]) -> list[str]:
        """The paths at which these could stand, with the numbers of the repeats around them."""
        standing: dict[str, list[str]] = {}
        for item in items:
            if item.kind == "repeat":
                standing.setdefault(plain(item.path), []).append(item.path)
        found: list[str] = []
        for path in wanted:
            around = self._arounds[path]
            starts = standing.get(around, []) if around else [""]
            found += [start + path[len(around) :] for start in starts]
        return found

    def _innermost(self, path: str) -> str:
        """The repeat around a line, without numbers; empty when there is none."""
        inside = [repeat for repeat in self.repeats if path.startswith(repeat + "/")]
        return max(inside, key=len, default="")

    def _key(self, item: Item) -> tuple[tuple[int, int], ...]:
        path = item.path.lstrip(ADD + HIDDEN)
        steps: list[tuple[int, int]] = []
        bare = ""
        for step in path.split("/")[1:]:
            name, _, number = step.partition("[")
            bare += "/" + name
            if bare in self._place:
                steps.append((self._place[bare], int(number[:-1]) if number else 0))
        return tuple(steps)


def _depth(path: str, depths: dict[str, int]) -> int:
    above = path
    while "/" in above:
        above = above.rpartition("/")[0]
        if above in depths:
            return depths[above] + 1
    return 0
