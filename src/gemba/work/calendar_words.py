"""What stands in the calendar, in words."""

from __future__ import annotations

from gemba.domain.due import Due, DueSort
from gemba.wording import plural, text


def sort_title(sort: DueSort) -> str:
    """What one of a sort is called."""
    return _TITLES[sort]()


def late_words(days: int) -> str:
    """For how long something is overdue."""
    return plural("{n} day late", "{n} days late", days) if days else text("run out today")


def title_of(one: Due) -> str:
    """What is to be done about it, with its name."""
    said = _DEEDS.get(one.sort)
    return said(one.title) if said is not None else one.title


_TITLES = {
    DueSort.MEETING: lambda: text("Meeting"),
    DueSort.AUDIT: lambda: text("Audit"),
    DueSort.WALK: lambda: text("Walk"),
    DueSort.ROTATION: lambda: text("Rotation"),
    DueSort.REVIEW: lambda: text("Review of complaints"),
    DueSort.ESCALATION: lambda: text("Escalation"),
    DueSort.PROMISE: lambda: text("Promise"),
    DueSort.CHECK: lambda: text("Check of effect"),
    DueSort.ACTION: lambda: text("Action"),
    DueSort.ENTRY: lambda: text("Entry of a register"),
    DueSort.MAP: lambda: text("Map"),
    DueSort.LEVEL: lambda: text("Service level"),
    DueSort.RISK: lambda: text("Risk"),
    DueSort.GOAL: lambda: text("Goal"),
    DueSort.DECISION: lambda: text("Decision that ends"),
    DueSort.MEASURE: lambda: text("Measure"),
    DueSort.TERM: lambda: text("Term that ends"),
    DueSort.REMINDER: lambda: text("Reminder"),
    DueSort.QUARTER: lambda: text("End of a quarter"),
}
_DEEDS = {
    DueSort.CHECK: lambda title: text("Does it still hold? {title}", title=title),
    DueSort.ENTRY: lambda title: text("Look at it again: {title}", title=title),
    DueSort.MAP: lambda title: text("Look at the map again: {title}", title=title),
    DueSort.LEVEL: lambda title: text("Look at it again: {title}", title=title),
    DueSort.RISK: lambda title: text("Judge it again: {title}", title=title),
    DueSort.GOAL: lambda title: text("It ends: {title}", title=title),
    DueSort.DECISION: lambda title: text("The decision ends: {title}", title=title),
    DueSort.MEASURE: lambda title: text("Calibrate anew: {title}", title=title),
    DueSort.TERM: lambda title: text("Term ends: {title}", title=title),
}
