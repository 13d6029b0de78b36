"""What people who left named is told while a finding is written, beside what was found and never added up with it."""

from __future__ import annotations

from datetime import timedelta

from gemba.cli.finding_words import recurrence_lines
from gemba.work.places import add_place
from gemba.work.registers import EntryDraft, add, move
from gemba.work.seen_before import recurrence_words, seen_before


def told(desk, place, days, **fields):
    held = desk.clock().date() - timedelta(days=days)
    said = {"held_on": held.isoformat(), "barrier": f"Asked {days} days ago", "step": "greet", "cause": "no_staff"}
    return add(desk, "exit_interview", EntryDraft("Counter", said | fields, place=place)).uid


def test_interviews_of_the_same_step_and_cause_are_told_apart_from_findings(desk, place) -> None:
    elsewhere = add_place(desk, "Hill").uid
    first, second = told(desk, place, 200), told(desk, place, 10)
    told(desk, place, 400)
    told(desk, elsewhere, 10)
    told(desk, place, 5, cause="other")
    move(desk, first, "answered")
    with desk.reader() as reader:
        seen = seen_before(reader, place, "greet", "no_staff", now=True)
        by_step = seen_before(reader, place, "greet")
        nothing = seen_before(reader, place)
    assert [(one.uid, one.is_answered) for one in seen.leavers] == [(second, False), (first, True)]
    assert (seen.count, recurrence_words(seen)) == (0, "")
    assert len(by_step.leavers) == 3
    assert nothing.leavers == ()
    lines = list(recurrence_lines(seen))
    assert lines[0] == "2 people who left named it in the last 12 months."
    assert "Asked 10 days ago" in lines[1]
