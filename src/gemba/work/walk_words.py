"""Words for expected walks: their state, their window, their week."""

from __future__ import annotations

from datetime import date

from gemba.domain.leader_walks import Expected, WalkState
from gemba.wording import text
from gemba.work.walk_plan import PlannedWalk


def walk_state_words(state: str) -> str:
    """A state of an expected walk."""
    titles = {
        WalkState.AHEAD: text("to come"),
        WalkState.DUE: text("due now"),
        WalkState.IN_WINDOW: text("walked in the window"),
        WalkState.STOOD_IN: text("walked by another"),
        WalkState.LATE: text("walked late"),
        WalkState.MISSED: text("missed"),
    }
    return titles[WalkState(state)]


def open_state_words(one: PlannedWalk) -> str:
    """The same in a plan, where what was missed can still be walked."""
    return text("late") if one.state is WalkState.MISSED else walk_state_words(one.state)


def window_words(one: Expected) -> str:
    """Day, or first and last day of the window."""
    return one.on.isoformat() if one.due == one.on else f"{one.on.isoformat()} – {one.due.isoformat()}"


def who_words(one: PlannedWalk) -> str:
    """Who is expected."""
    return one.who or text("whoever is there")


def week_words(monday: date) -> str:
    """A week by its number in its year, as calendars count."""
    return text("W{week:02d}", week=monday.isocalendar().week)
