"""How meetings are told on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.cli.saying import table
from gemba.domain.governance import MeetingState
from gemba.store.meeting_lists import MeetingLine
from gemba.wording import text
from gemba.work.agenda_entries import carried_words
from gemba.work.meeting_facts import MeetingFacts, state_words


def shown(facts: MeetingFacts) -> str:
    """A meeting with its agenda, or with its minutes once it was held."""
    one = facts.meeting
    day = one.held_on or one.planned_on
    when = f"{day} {facts.time}".strip()
    lines = [" · ".join(part for part in (one.number, facts.body.title, facts.place, when, facts.state) if part)]
    lines += [one.reason] if one.reason else []
    lines += [facts.quorum]
    if one.state is MeetingState.HELD:
        lines.append(text("Present: {roles}", roles=one.present))
    rows = [
        (
            entry.position,
            " ".join(part for part in (entry.number, entry.title) if part),
            entry.said,
            carried_words(entry.times),
            entry.decision,
        )
        for entry in facts.entries
    ]
    heads = [text(name) for name in ("", "Entry", "How it stands", "Rolled over", "Decision")]
    lines.append(table(rows, heads) if rows else text("Nothing is on the agenda."))
    lines += [text("Not on it: {what}.", what=facts.left_out)] if facts.left_out else []
    lines += [one.minutes] if one.minutes else []
    return "\n".join(lines)


def list_table(found: Sequence[MeetingLine]) -> str:
    """Meetings, each with what was decided."""
    rows = [
        (
            line.number,
            line.body,
            line.place,
            line.held_on or line.planned_on,
            state_words(line.state),
            len(line.agenda),
            len(line.decided),
        )
        for line in found
    ]
    return table(rows, [text(name) for name in ("Number", "Body", "Place", "Day", "State", "Entries", "Decided")])
