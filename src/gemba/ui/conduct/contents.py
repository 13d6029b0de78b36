"""What stands on the sheet, in order: the rows of the ribbon and the parts that the rail lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from gemba.domain.conclusions import SectionScore
from gemba.forms.views import Item

if TYPE_CHECKING:
    from gemba.forms.filling import Fill
    from gemba.work.conclude import Outlook

ADD = "+"
"""Begins the key of the row that adds to a repeat."""


class Part(msgspec.Struct, frozen=True):
    """A section as the rail shows it."""

    path: str
    """Of its first row: where a jump goes."""
    title: str
    answered: int
    questions: int
    missing: int
    """Required answers that are not there, and answers that break a rule."""
    percent: float | None

    @property
    def done(self) -> bool:
        """Everything is answered and nothing is wrong."""
        return self.answered == self.questions and not self.missing


class Contents:
    """The lines of the open sheet as they are now."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.kinds: dict[str, Item] = {}
        self.rows: list[str] = []
        self.questions: list[str] = []

    def read(self, fill: Fill) -> None:
        """Read them again: something appeared or went."""
        self.items = fill.items()
        self.kinds = {item.path: item for item in self.items}
        self.questions = [item.path for item in self.items if item.kind == "question"]
        self.rows = rows_of(self.items, may_add=open_repeats(fill))

    def is_question(self, path: str) -> bool:
        """True for what can be answered."""
        item = self.kinds.get(path)
        return item is not None and item.kind == "question"

    def parts(self, fill: Fill, outlook: Outlook, *, loose: str) -> list[Part]:
        """The parts of the sheet as they stand."""
        has_loose = any(item.depth == 0 and item.kind == "question" for item in self.items)
        wrong = [need.path for need in outlook.missing]
        return parts_of(self.items, outlook.sections, fill.answers() if has_loose else {}, wrong, loose=loose)

    def part_at(self, parts: Sequence[Part], path: str) -> int:
        """The place of the part that a row belongs to; -1 when there is none."""
        return part_at(parts, self.rows, path)


def open_repeats(fill: Fill) -> list[str]:
    """Paths (without numbers) of the repeats that a person may add to."""
    return [element.path for element in fill.form.elements.values() if element.kind == "repeat" and not element.count]


def rows_of(items: Sequence[Item], *, may_add: Iterable[str] = ()) -> list[str]:
    """The keys of all rows; after the last of each repeat stands the row that adds one."""
    open_repeats = set(may_add)
    keys: list[str] = []
    within: list[tuple[str, int]] = []
    for item in items:
        while within and item.depth <= within[-1][1] and not _same(item, within[-1][0]):
            keys += _foot(within.pop()[0], open_repeats)
        if item.kind == "repeat" and not (within and _same(item, within[-1][0])):
            within.append((_repeat(item.path), item.depth))
        keys.append(item.path)
    while within:
        keys += _foot(within.pop()[0], open_repeats)
    return keys


def parts_of(
    items: Sequence[Item],
    sections: Sequence[SectionScore],
    answers: Mapping[str, object],
    wrong: Sequence[str],
    *,
    loose: str,
) -> list[Part]:
    """The parts of the sheet.

    Args:
        items: what is shown, in order.
        sections: scores of the sections at the top.
        answers: by path, the ones that are not empty; needed for questions outside of every section only.
        wrong: paths of what stands in the way.
        loose: title for questions that stand outside of every section.
    """
    scores = {section.path: section for section in sections}
    parts: list[Part] = []
    for head, inside in _grouped(items):
        questions = {item.path for item in inside if item.kind == "question"}
        if not questions:
            continue
        section, missing = scores.get(head.path), sum(path in questions for path in wrong)
        if section is None:
            answered = sum(path in answers for path in questions)
            parts.append(Part(head.path, loose, answered, len(questions), missing, None))
        else:
            parts.append(Part(head.path, section.title, section.answered, section.questions, missing, section.percent))
    return parts


def part_at(parts: Sequence[Part], rows: Sequence[str], path: str) -> int:
    """The place of the part that a row belongs to; -1 when there is none."""
    heads = {part.path: place for place, part in enumerate(parts)}
    found = -1
    for key in rows:
        found = heads.get(key, found)
        if key == path:
            return found
    return found


def _grouped(items: Sequence[Item]) -> list[tuple[Item, list[Item]]]:
    groups: list[tuple[Item, list[Item]]] = []
    for item in items:
        top = item.depth == 0 and item.kind in {"section", "repeat"}
        after_section = item.depth == 0 and groups and groups[-1][0].kind in {"section", "repeat"}
        if top or not groups or after_section:
            groups.append((item, []))
        groups[-1][1].append(item)
    return groups


def _repeat(path: str) -> str:
    return path.rpartition("[")[0]


def _same(item: Item, repeat: str) -> bool:
    return item.kind == "repeat" and _repeat(item.path) == repeat


def _foot(repeat: str, open_repeats: set[str]) -> list[str]:
    plain = "/".join(step.partition("[")[0] for step in repeat.split("/"))
    return [ADD + repeat] if plain in open_repeats else []
