"""Carrying answers from one version of a form to another: what is kept, what changes, what has no place any more.

An answer goes with its question. A question is the same when it stands at the same path, or when its name occurs once
in each version, below as many repeats. Its answer is kept as it is where it fits, changed where the new version
writes the same differently, and else parked: nothing that was given is ever dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gemba.errors import Refusal
from gemba.forms.definition import Form
from gemba.forms.filling import Fill
from gemba.forms.views import View

Fate = Literal["kept", "changed", "parked"]
Why = Literal["", "moved", "reworded", "converted", "choice", "gone", "other_sort"]

_NUMBER = re.compile(r"\[\d+\]")
_INTEGRAL = re.compile(r"(-?\d+)\.0*$")
_CHOSEN = {"select_one", "select_multiple", "rank"}


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of one answer. `after` and `new_value` are empty when it is parked."""

    before: str
    after: str
    value: str
    new_value: str
    fate: Fate
    why: Why = ""
    label: str = ""
    """The question as it was asked."""
    new_label: str = ""
    """The question as it is asked now, where that differs."""


@dataclass(frozen=True, slots=True)
class Carriage:
    """All answers with what becomes of them, and the questions that are new."""

    answers: tuple[Carried, ...]
    new: tuple[tuple[str, str], ...]
    """Path and words of each question that was not asked before."""

    def of(self, fate: Fate) -> tuple[Carried, ...]:
        """The answers with this fate."""
        return tuple(each for each in self.answers if each.fate == fate)


class Ways:
    """Where the questions of one version stand in another.

    Args:
        old: the version with answers.
        new: the version they go to.
    """

    def __init__(self, old: Form, new: Form) -> None:
        self._new = new
        theirs, mine = _by_name(new), _by_name(old)
        self._ways = {path: _target(old, new, path, theirs, mine) for paths in mine.values() for path in paths}

    @property
    def taken(self) -> frozenset[str]:
        """The questions of the new version that were asked before."""
        return frozenset(self._ways.values())

    def of(self, path: str) -> str:
        """Where the answer at `path` (with repeat numbers) goes; empty when it has no place any more."""
        target = self._ways.get(_plain(path), "")
        if not target:
            return ""
        numbers = iter(_NUMBER.findall(path))
        steps = target.strip("/").split("/")
        paths = ["/" + "/".join(steps[: place + 1]) for place in range(len(steps))]
        ends = [next(numbers, "[1]") if each in self._new.templates else "" for each in paths]
        return "/" + "/".join(step + end for step, end in zip(steps, ends, strict=True))


def carry(old: Fill, new: Fill, answers: Mapping[str, str]) -> Carriage:
    """What becomes of answers in another version.

    Args:
        old: filled with them.
        new: the other version, empty; it is filled with what fits on the way, so that choices that depend on other
            answers are judged as they will be.
        answers: all that were given, by path; also those that do not apply at present, and empty ones that something
            else hangs on, such as a note.
    """
    ways = Ways(old.form, new.form)
    asked = [path for path in answers if _plain(path) in old.form.elements]
    carried = tuple(_carry_one(old, new, ways, path, answers[path]) for path in asked)
    fresh = [question for question in new.form.questions() if question.path not in ways.taken]
    return Carriage(carried, tuple((question.path, question.label) for question in fresh))


def _carry_one(old: Fill, new: Fill, ways: Ways, path: str, value: str) -> Carried:
    view = old.view(path)
    target = ways.of(path)
    seen = _view(new, target) if target else None
    if seen is None:
        return Carried(path, "", value, "", "parked", "gone", view.label or view.name)
    fitted, why = _fit(view, seen, value)
    if fitted is None:
        return Carried(path, "", value, "", "parked", why, view.label or view.name, seen.label)
    if fitted:
        new.set(target, fitted)
    if not why and target != path:
        why = "moved"
    if not why and _words(view.label) != _words(seen.label):
        why = "reworded"
    fate: Fate = "changed" if why else "kept"
    label = seen.label if seen.label != view.label else ""
    return Carried(path, target, value, fitted, fate, why, view.label or view.name, label)


def _fit(old: View, new: View, value: str) -> tuple[str | None, Why]:
    """The value as the new question takes it, and what was done to it; None when it does not fit."""
    if not value:
        return "", ""
    if new.kind in _CHOSEN:
        return _fit_choices(old, new, value) if old.kind in _CHOSEN else _fit_text_to_choice(new, value)
    if old.kind in _CHOSEN:
        return (_labels(old, value), "converted") if new.kind == "text" else (None, "other_sort")
    if new.kind in {old.kind, "text"}:
        return value, "" if old.kind == new.kind else "converted"
    return _fit_number(old, new, value)


def _fit_number(old: View, new: View, value: str) -> tuple[str | None, Why]:
    if {old.kind, new.kind} <= {"integer", "range", "decimal", "text"}:
        whole = _INTEGRAL.fullmatch(value)
        text = whole[1] if whole and new.kind in {"integer", "range"} else value
        if _reads_as(text, new.kind):
            return text, "converted"
    return None, "other_sort"


def _fit_choices(old: View, new: View, value: str) -> tuple[str | None, Why]:
    offered = {choice.name for choice in new.choices}
    by_label = {_words(choice.label): choice.name for choice in new.choices}
    labels = {choice.name: _words(choice.label) for choice in old.choices}
    names = value.split() if old.kind != "select_one" else [value]
    now = [name if name in offered else by_label.get(labels.get(name, ""), "") for name in names]
    if not all(now) or (new.kind == "select_one" and len(now) > 1):
        return None, "choice"
    text = " ".join(dict.fromkeys(now))
    return text, "choice" if text != value else ""


def _fit_text_to_choice(new: View, value: str) -> tuple[str | None, Why]:
    names: dict[str, str] = {_words(choice.label): choice.name for choice in new.choices}
    names |= {choice.name: choice.name for choice in new.choices}
    found = names.get(value) or names.get(_words(value))
    return (found, "converted") if found else (None, "other_sort")


def _labels(view: View, value: str) -> str:
    labels = {choice.name: choice.label for choice in view.choices}
    names = value.split() if view.kind != "select_one" else [value]
    return ", ".join(labels.get(name, name) for name in names)


def _reads_as(text: str, kind: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return kind == "decimal" or re.fullmatch(r"[+-]?\d+", text) is not None


def _words(label: str) -> str:
    return " ".join(label.split()).casefold()


def _view(fill: Fill, path: str) -> View | None:
    """The question at `path`, with the repeats around it added as needed."""
    try:
        _grow(fill, path)
        return fill.view(path)
    except Refusal:
        return None


def _grow(fill: Fill, path: str) -> None:
    for found in _NUMBER.finditer(path):
        repeat, number = path[: found.start()], int(found[0][1:-1])
        while fill.repeats(repeat) < number:
            try:
                fill.add_repeat(repeat)
            except Refusal:
                return


def _target(old: Form, new: Form, path: str, theirs: Mapping[str, list[str]], mine: Mapping[str, list[str]]) -> str:
    """The same path, else the only question of that name, below as many repeats; empty when there is none."""
    depth, name = _depth(old, path), path.rpartition("/")[2]
    others = [each for each in theirs.get(name, ()) if _depth(new, each) == depth]
    same = path.replace(_root(old), _root(new), 1)
    if same in others:
        return same
    return others[0] if len(others) == 1 == len(mine[name]) else ""


def _by_name(form: Form) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, element in form.elements.items():
        if element.kind == "question":
            found.setdefault(path.rpartition("/")[2], []).append(path)
    return found


def _root(form: Form) -> str:
    return form.root.children[0].path


def _depth(form: Form, path: str) -> int:
    """How many repeats a path lies in."""
    return sum(path.startswith(repeat + "/") for repeat in form.templates)


def _plain(path: str) -> str:
    """`path` without the numbers of its repeats."""
    return _NUMBER.sub("", path)
