"""Rated matrices: questions with the same choices that stand below one another become one grid.

ODK writes them as a question of appearance `label` (the heads) over questions of appearance `list-nolabel`, which is
also what `table-list` and Kobo's likert rows become; consecutive questions of appearance `likert` are one, too.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.forms.definition import Element, Form
from gemba.forms.views import Item

HEAD = "#"
"""Begins the key of the row with the heads of a grid."""
_LEAST = 2
"""Fewer questions than this are no grid, unless they have a row of heads of their own."""
_APPEARANCES = frozenset({"label", "list-nolabel", "likert"})
_MOST_CHOICES = 12
LABELS = 160
"""Pixels that the words of an item need at least."""
CELL = 48
"""Pixels that a cell needs at least."""


class Grid(msgspec.Struct, frozen=True):
    """Questions that share one row of heads."""

    members: tuple[str, ...]
    """Paths of the questions, in order."""
    heads: str = ""
    """Path of the question that only shows the heads; empty when the first member tells them."""
    choices: int = 0

    @property
    def key(self) -> str:
        """The key of the row with the heads."""
        return HEAD + self.members[0]

    def width(self, widest: int) -> int:
        """Pixels below which it falls back to rows, when the longest word of its heads is so wide."""
        return LABELS + self.choices * max(CELL, widest + 8)


def plain(path: str) -> str:
    """A path without the numbers of its repeats."""
    if "[" not in path:
        return path
    return "/".join(step.partition("[")[0] for step in path.split("/"))


def grids_of(form: Form, items: Sequence[Item]) -> list[Grid]:
    """The grids among what is shown now."""
    found: list[Grid] = []
    run: list[tuple[Item, Element]] = []
    for item in items:
        element = form.elements.get(plain(item.path)) if item.kind == "question" else None
        fits = element is not None and _may_stand(element)
        if run and not (fits and element is not None and _alike(run[0], (item, element))):
            found += _grid(form, run)
            run = []
        if fits and element is not None:
            run.append((item, element))
    return found + _grid(form, run)


def _may_stand(element: Element) -> bool:
    if element.type not in {"select_one", "select_multiple"} or element.choices is None:
        return False
    nodeset = element.choices.nodeset
    steady = bool(nodeset) and "[" not in nodeset and "randomize" not in nodeset
    return steady and bool(_APPEARANCES & set(element.appearance.split()))


def _alike(one: tuple[Item, Element], other: tuple[Item, Element]) -> bool:
    (first, element), (item, also) = one, other
    assert element.choices is not None
    assert also.choices is not None
    same_place = first.path.rpartition("/")[0] == item.path.rpartition("/")[0]
    begins_anew = "label" in also.appearance.split()
    return (
        same_place and not begins_anew and (element.type, element.choices.nodeset) == (also.type, also.choices.nodeset)
    )


def _grid(form: Form, run: Sequence[tuple[Item, Element]]) -> list[Grid]:
    if not run:
        return []
    headed = "label" in run[0][1].appearance.split()
    members = tuple(item.path for item, _ in (run[1:] if headed else run))
    if len(members) < (1 if headed else _LEAST):
        return []
    choices = _count(form, run[0][1])
    if not 1 < choices <= _MOST_CHOICES:
        return []
    return [Grid(members, run[0][0].path if headed else "", choices)]


def _count(form: Form, element: Element) -> int:
    assert element.choices is not None
    name = element.choices.nodeset.partition("instance('")[2].partition("'")[0]
    listed = form.lists.get(name)
    if listed is None:
        return 0
    return sum(len(root.elements()) for root in listed.elements())
