"""How bodies are told on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.cli.saying import table
from gemba.wording import text
from gemba.work.agenda_entries import taken_title
from gemba.work.meeting_facts import BodyFacts, SeatFacts


def shown(facts: BodyFacts) -> str:
    """A body with its seats and its next dates."""
    one = facts.body
    head = " · ".join(part for part in (one.title, facts.place, text("dissolved") if one.retired else "") if part)
    takes = ", ".join(taken_title(code) for code in one.takes)
    lines = [head, one.purpose, " · ".join(part for part in (facts.rule, facts.zone, facts.quorum) if part)]
    lines += [text("Agenda: {takes}", takes=takes)] if takes else []
    lines += [f"! {problem}" for problem in facts.problems]
    if facts.seats:
        heads = [text(name) for name in ("Seat", "Chair", "Member", "From", "Until", "")]
        lines += [table([_seat(seat) for seat in facts.seats], heads)]
    if facts.dates:
        lines.append(text("Next: {days}", days=", ".join(f"{day} {time}".strip() for day, time in facts.dates)))
    lines.append(one.uid)
    return "\n".join(lines)


def list_table(found: Sequence[BodyFacts]) -> str:
    """Bodies, each with its next date."""
    rows = [
        (
            facts.body.title,
            facts.place,
            len(facts.seats),
            facts.body.quorum or "",
            facts.dates[0][0] if facts.dates else "",
            text("dissolved") if facts.body.retired else len(facts.problems) or "",
            facts.body.uid[:13],
        )
        for facts in found
    ]
    return table(rows, [text(name) for name in ("Body", "Place", "Seats", "Quorum", "Next", "To mend", "Uid")])


def _seat(seat: SeatFacts) -> tuple[object, ...]:
    chair = text("chair") if seat.is_chair else ""
    return (seat.role, chair, seat.member, seat.begins, seat.ends, seat.stands)
