"""Rotations, their coverage, and what arriving leaders read, in words for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gemba.cli.saying import table
from gemba.store.rotation_lists import RotationLine
from gemba.wording import text
from gemba.work.arrival import ArrivalFacts, PromiseLine
from gemba.work.arrival_sheet import summary, visit_title
from gemba.work.rotation_coverage import RotationCoverage, told
from gemba.work.rotation_coverage_files import heads, leader_heads, leader_rows, rows, seen_heads, seen_rows
from gemba.work.rotation_facts import RotationFacts
from gemba.work.rotation_proposals import Proposal
from gemba.work.rotation_words import promise_state_words, rotation_state_words


def rotation_words(facts: RotationFacts) -> str:
    """One rotation."""
    one = facts.rotation
    said = [
        (text("Number"), one.number),
        (text("Uid"), one.uid),
        (text("Leader"), facts.leader),
        (text("Place"), facts.place),
        (text("Role"), one.role),
        (text("Days"), f"{one.planned_on} – {one.until} ({one.quarter})"),
        (text("Shift"), one.shift),
        (text("Journey"), one.journey),
        (text("Focus"), one.focus),
        (text("State"), rotation_state_words(one.state)),
        (text("Why"), one.note),
        (text("Observation record"), facts.record.number if facts.record else ""),
        (text("Could be finished with"), ", ".join(record.number for record in facts.fitting)),
    ]
    lines = [f"{name}: {value}" for name, value in said if value]
    return "\n".join([*lines, *promise_lines(facts.promised)])


def promise_lines(ones: Iterable[PromiseLine]) -> list[str]:
    """Promises, one a line."""
    return [
        f"  {one.number}  {one.said} → {one.promised} ({promise_state_words(one.state)}, {one.due})"
        + (f": {one.outcome}" if one.outcome else "")
        for one in ones
    ]


def rotations_table(lines: Sequence[RotationLine]) -> str:
    """Rotations in a list."""
    shown = [
        (one.number, one.planned_on, one.until, one.leader, one.place, one.role, one.shift, _state(one))
        for one in lines
    ]
    return table(shown, [text(name) for name in ("Number", "From", "To", "Leader", "Place", "Role", "Shift", "State")])


def proposals_table(found: Sequence[Proposal]) -> str:
    """What is proposed, with why."""
    if not found:
        return text("Every leader has a rotation in this quarter already.")
    shown = [(one.stint.planned_on, one.leader, one.place, one.stint.role, one.stint.shift, one.why) for one in found]
    return table(shown, [text(name) for name in ("From", "Leader", "Place", "Role", "Shift", "Why")])


def coverage_words(made: RotationCoverage) -> str:
    """Coverage and fairness."""
    parts = [*told(made), "", table(list(rows(made)), heads(made)), "", table(list(leader_rows(made)), leader_heads())]
    if made.seen:
        parts += ["", table(list(seen_rows(made)), seen_heads())]
    return "\n".join(parts).lstrip("\n")


def arrival_words(facts: ArrivalFacts) -> str:
    """What the last leaders saw, said and promised."""
    lines = [f"{facts.place}: {summary(facts)}"]
    if not facts.looks:
        lines.append(text("No leader has recorded a rotation or a walk here yet."))
    for look in facts.looks:
        lines += ["", f"{visit_title(look)} · {look.who}"]
        lines += [f"  – {line}" for line in (*look.seen, *look.said)]
        lines += promise_lines(look.promised) or ["  " + text("Nothing was promised on this visit.")]
    if facts.besides:
        lines += ["", text("Promised here besides, and not settled"), *promise_lines(facts.besides)]
    return "\n".join(lines)


def _state(one: RotationLine) -> str:
    return f"{rotation_state_words(one.state)} – {one.note}" if one.note else rotation_state_words(one.state)
