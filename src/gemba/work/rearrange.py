"""Rearrange repeats: add one between others, copy, move, take out, bring back.

Answers, notes, evidence and findings are kept by path, and a path holds the number of each repeat around it. When the
numbers change, everything that stands in those repeats goes with them in one transaction: all of it or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec

from gemba.domain.assessments import Answer, AnswerOrigin, answer_uid
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.records import draft

_MOST_TAKEN_OUT = 20
"""As many of the last repeats that were taken out can be brought back."""

STANDS = "stands"
"""The value kept at the path of one of a repeat itself: it stays, though nothing in it may be answered."""

Values = Mapping[str, tuple[str, str]]
"""Path → value and origin (`given`, `default`)."""


class TakenOut(msgspec.Struct, frozen=True):
    """One of a repeat that was taken out, with all that stood in it."""

    token: str
    repeat: str
    """Path of the repeat without its own number."""
    number: int
    answers: tuple[tuple[str, str, str, str], ...] = ()
    """What follows the number in the path; value, note and origin."""
    evidence: tuple[tuple[Uid, str], ...] = ()
    """Uid, and what follows the number."""
    findings: tuple[tuple[Uid, str], ...] = ()


def add(desk: Desk, assessment: Uid, repeat: str, at: int, values: Values | None = None) -> Change:
    """Make room for a new number `at` of a repeat; those from there on move up by one.

    Args:
        desk: who does it, where.
        assessment: a draft.
        repeat: path of the repeat without its own number, such as `/data/person`.
        at: the number of the new one.
        values: what stands in it from the start: defaults, or the answers of the one that it copies.

    Raises:
        Refusal: the assessment is concluded or unknown.
    """
    with desk.unit() as unit:
        draft(unit, assessment)
        _shift(unit, assessment, repeat, lambda number: number + 1 if number >= at else number)
        _let_stand(unit, assessment, f"{repeat}[{at}]")
        for path, (value, origin) in (values or {}).items():
            _write(unit, assessment, path, value=value, origin=AnswerOrigin(origin))
        return unit.change_made(assessment)


def move(desk: Desk, assessment: Uid, repeat: str, number: int, to: int) -> Change:
    """Make one of a repeat the number `to`; those between give way.

    Raises:
        Refusal: the assessment is concluded or unknown.
    """
    with desk.unit() as unit:
        draft(unit, assessment)
        _shift(unit, assessment, repeat, partial(moved_number, number, to))
        _let_stand(unit, assessment, f"{repeat}[{max(number, to)}]")  # it may be last now, and empty
        return unit.change_made(assessment)


def moved_number(number: int, to: int, old: int) -> int:
    """The number that `old` gets when `number` is made the number `to`."""
    if old == number:
        return to
    if number < old <= to:
        return old - 1
    return old + 1 if to <= old < number else old


def take_out(desk: Desk, assessment: Uid, repeat: str, number: int, *, token: str = "") -> Change:
    """Take one of a repeat out; those after it move down by one.

    Its photos and files are taken away with it; a finding that was raised in it stays and stands for itself. What was
    taken out is set aside, so that `bring_back` can undo it.

    Raises:
        Refusal: the assessment is concluded or unknown.
    """
    with desk.unit() as unit:
        draft(unit, assessment)
        gone = _content(unit, assessment, repeat, number, token)
        _set_aside(unit, assessment, gone)
        for uid, _ in gone.evidence:
            unit.change(Evidence, uid, path="", removed=True)
        for uid, _ in gone.findings:
            unit.change(Finding, uid, path="")
        _shift(unit, assessment, repeat, lambda old: None if old == number else old - (old > number))
        return unit.change_made(assessment)


def bring_back(desk: Desk, assessment: Uid, *, token: str = "") -> Change:
    """Bring one back that was taken out, with its answers, notes, photos and findings, at its old number.

    Args:
        desk: who does it, where.
        assessment: a draft.
        token: which one, as `take_out` was told; the last one when empty.

    Raises:
        Refusal: nothing was taken out, or the assessment is concluded.
    """
    with desk.unit() as unit:
        draft(unit, assessment)
        aside = taken_out(unit.setting(_key(assessment)))
        found = [each for each in aside if each.token == token or not token]
        if not found:
            raise Refusal("work.nothing_taken_out")
        back = found[-1]
        unit.set_setting(_key(assessment), msgspec.to_builtins([each for each in aside if each is not back]))
        _shift(unit, assessment, back.repeat, lambda old: old + 1 if old >= back.number else old)
        start = f"{back.repeat}[{back.number}]"
        for rest, value, note, origin in back.answers:
            _write(unit, assessment, start + rest, value=value, note=note, origin=AnswerOrigin(origin))
        for uid, rest in back.evidence:
            unit.change(Evidence, uid, path=start + rest, removed=False)
        for uid, rest in back.findings:
            unit.change(Finding, uid, path=start + rest)
        return unit.change_made(assessment)


def last_taken_out(desk: Desk, assessment: Uid) -> TakenOut | None:
    """The one that `bring_back` would bring back."""
    with desk.reader() as reader:
        aside = taken_out(reader.setting(_key(assessment)))
    return aside[-1] if aside else None


def taken_out(kept: Any) -> list[TakenOut]:
    """What was set aside, the last at the end."""
    return msgspec.convert(kept or [], list[TakenOut])


def _shift(unit: Unit, assessment: Uid, repeat: str, new_number: Callable[[int], int | None]) -> None:
    """Give everything that stands in a repeat its new number; `None` empties it."""
    pattern = _inside(repeat)
    standing = {answer.path: answer for answer in unit.find(Answer, assessment=assessment)}
    wanted: dict[str, Answer | None] = {}
    for path, answer in standing.items():
        found = pattern.match(path)
        if found is None:
            continue
        wanted.setdefault(path, None)
        number = new_number(int(found[1]))
        if number is not None:
            wanted[f"{repeat}[{number}]{path[found.end() :]}"] = answer
    for path, comes in wanted.items():
        if comes is None or comes.path != path:
            _replace(unit, assessment, path, comes, known=path in standing)
    beside: list[Evidence | Finding] = [
        *unit.find(Evidence, assessment=assessment),
        *unit.find(Finding, assessment=assessment),
    ]
    for record in beside:
        found = pattern.match(record.path)
        number = new_number(int(found[1])) if found else None
        if found and number is not None:
            unit.change(type(record), record.uid, path=f"{repeat}[{number}]{record.path[found.end() :]}")


def _replace(unit: Unit, assessment: Uid, path: str, answer: Answer | None, *, known: bool) -> None:
    """Put what stood in one place into another; nothing is written where nothing was and nothing comes."""
    if answer is not None and (known or answer.value or answer.note):
        _write(unit, assessment, path, value=answer.value, note=answer.note, origin=answer.origin)
    elif known:
        _write(unit, assessment, path, value="", note="")


def _write(unit: Unit, assessment: Uid, path: str, **fields: Any) -> None:
    unit.keep(Answer(uid=answer_uid(assessment, path), assessment=assessment, path=path, **fields), *fields)


def _let_stand(unit: Unit, assessment: Uid, one: str) -> None:
    _write(unit, assessment, one, value=STANDS, origin=AnswerOrigin.DEFAULT)


def _content(unit: Unit, assessment: Uid, repeat: str, number: int, token: str) -> TakenOut:
    start = f"{repeat}[{number}]"

    def rest(path: str) -> str:
        return path.removeprefix(start)

    answers = [each for each in unit.find(Answer, assessment=assessment) if _lies_in(each.path, start)]
    return TakenOut(
        token=token or start,
        repeat=repeat,
        number=number,
        answers=tuple((rest(a.path), a.value, a.note, str(a.origin)) for a in answers if a.value or a.note),
        evidence=tuple(
            (each.uid, rest(each.path))
            for each in unit.find(Evidence, assessment=assessment)
            if _lies_in(each.path, start) and not each.removed
        ),
        findings=tuple(
            (each.uid, rest(each.path))
            for each in unit.find(Finding, assessment=assessment)
            if _lies_in(each.path, start)
        ),
    )


def _set_aside(unit: Unit, assessment: Uid, gone: TakenOut) -> None:
    aside = [*taken_out(unit.setting(_key(assessment))), gone][-_MOST_TAKEN_OUT:]
    unit.set_setting(_key(assessment), msgspec.to_builtins(aside))


def _key(assessment: Uid) -> str:
    return f"taken_out:{assessment}"


def _inside(repeat: str) -> re.Pattern[str]:
    return re.compile(re.escape(repeat) + r"\[(\d+)\](?=/|$)")


def _lies_in(path: str, start: str) -> bool:
    return path == start or path.startswith(start + "/")
