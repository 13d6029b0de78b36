"""The sections as the rail shows them: a tree of parts, each with what is done, what is missing and its score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from gemba.forms.views import Item

_MOST_BESIDE = 12
"""Of very many parts within one, as many are listed before and after the one where one is."""


class Part(msgspec.Struct, frozen=True):
    """A section, or one of a repeat."""

    path: str
    """Of its first row: where a jump goes."""
    title: str
    answered: int
    questions: int
    missing: int
    """Required answers that are not there, and answers that break a rule."""
    percent: float | None
    depth: int = 0
    failed: int = 0
    """Critical items in it that failed."""
    top: str = ""
    """Path of the part at the top that it lies in; its own when it is one."""

    @property
    def done(self) -> bool:
        """Everything is answered and nothing is wrong."""
        return self.answered == self.questions and not self.missing


class Standing(msgspec.Struct, frozen=True):
    """How the answers stand, by path."""

    answered: Collection[str]
    wrong: Collection[str]
    failed: Collection[str] = ()
    points: Mapping[str, tuple[float, float]] = {}
    """Points and possible points of each scored item."""
    percents: Mapping[str, float | None] = {}
    """Of the sections at the top, as the score has them."""


class _Sum(msgspec.Struct):
    path: str
    title: str
    depth: int
    top: str
    answered: int = 0
    questions: int = 0
    missing: int = 0
    failed: int = 0
    points: float = 0.0
    possible: float = 0.0

    def part(self, standing: Standing) -> Part:
        percent = 100 * self.points / self.possible if self.possible else None
        return Part(
            self.path,
            self.title,
            self.answered,
            self.questions,
            self.missing,
            standing.percents.get(self.path, percent) if self.depth == 0 else percent,
            self.depth,
            self.failed,
            self.top,
        )


def parts_of(items: Sequence[Item], titles: Mapping[str, str], standing: Standing, *, loose: str) -> list[Part]:
    """Every part of the sheet, a part before those within it; parts without a question are left out.

    Args:
        items: what is shown, in order.
        titles: of sections and repeats, by path.
        standing: how the answers stand.
        loose: title for questions that stand outside of every section.
    """
    sums: list[_Sum] = []
    above: list[_Sum] = []
    alone: _Sum | None = None
    for item in items:
        while above and above[-1].depth >= item.depth:
            above.pop()
        if item.kind in {"section", "repeat"}:
            alone = None
            above.append(_Sum(item.path, titles.get(item.path, item.name), item.depth, _top(above, item)))
            sums.append(above[-1])
        elif item.kind == "question" and not above:
            if alone is None:
                alone = _Sum(item.path, loose, 0, item.path)
                sums.append(alone)
            _count([alone], item.path, standing)
        elif item.kind == "question":
            _count(above, item.path, standing)
    return [each.part(standing) for each in sums if each.questions]


def _top(above: Sequence[_Sum], item: Item) -> str:
    return above[0].top if above else item.path


def _count(above: Iterable[_Sum], path: str, standing: Standing) -> None:
    points, possible = standing.points.get(path, (0.0, 0.0))
    for each in above:
        each.questions += 1
        each.answered += path in standing.answered
        each.missing += path in standing.wrong
        each.failed += path in standing.failed
        each.points += points
        each.possible += possible


def seen(parts: Sequence[Part], here: Part | None) -> list[Part]:
    """The parts that the rail lists: sections, and what lies within the one where one is.

    Of very many repeats only those near to where one is are listed.
    """
    top = here.top if here is not None else ""
    listed = [part for part in parts if part.depth == 0 or part.top == top]
    if len(listed) <= 4 * _MOST_BESIDE:
        return listed
    near = listed.index(here) if here in listed else 0
    return [
        part
        for place, part in enumerate(listed)
        if not part.path.endswith("]") or abs(place - near) <= _MOST_BESIDE or _holds(part, here)
    ]


def _holds(part: Part, here: Part | None) -> bool:
    return here is not None and here.path.startswith(part.path + "/")


def part_of(parts: Sequence[Part], path: str, rows: Sequence[str]) -> Part | None:
    """The innermost part that a row belongs to."""
    within = [part for part in parts if path == part.path or path.startswith(part.path + "/")]
    if within:
        return max(within, key=lambda part: part.depth)
    tops = {part.path: part for part in parts if part.depth == 0}
    found: Part | None = None
    for key in rows:
        found = tops.get(key, found)
        if key == path:
            return found
    return None
