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
    DueSort.NEXT_STEP: lambda: text("Next step of an escalation"),
    DueSort.PROMISE: lambda: text("Promise"),
    DueSort.CHECK: lambda: text("Check of effect"),
    DueSort.ACTION: lambda: text("Action"),
    DueSort.REST: lambda: text("Action that wakes"),
    DueSort.ALERT_REST: lambda: text("Alert that wakes"),
    DueSort.ENTRY: lambda: text("Entry of a register"),
    DueSort.EXPIRY: lambda: text("Entry that ends"),
    DueSort.MAP: lambda: text("Map"),
    DueSort.LEVEL: lambda: text("Service level"),
    DueSort.LEVEL_END: lambda: text("Service level that ends"),
    DueSort.RISK: lambda: text("Risk"),
    DueSort.GOAL: lambda: text("Goal"),
    DueSort.DECISION: lambda: text("Decision that ends"),
    DueSort.RULING: lambda: text("Decision to be decided anew"),
    DueSort.BOUNDARY: lambda: text("Boundary that ends"),
    DueSort.EXCEPTION: lambda: text("Exception that ends"),
    DueSort.MEASURE: lambda: text("Measure"),
    DueSort.TERM: lambda: text("Term that ends"),
    DueSort.DELETION: lambda: text("To be deleted"),
    DueSort.REMINDER: lambda: text("Reminder"),
    DueSort.QUARTER: lambda: text("End of a quarter"),
}
_DEEDS = {
    DueSort.CHECK: lambda title: text("Does it still hold? {title}", title=title),
    DueSort.NEXT_STEP: lambda title: text("Next step: {title}", title=title),
    DueSort.REST: lambda title: text("It rests no longer: {title}", title=title),
    DueSort.ALERT_REST: lambda title: text("The alert is back: {title}", title=title),
    DueSort.ENTRY: lambda title: text("Look at it again: {title}", title=title),
    DueSort.EXPIRY: lambda title: text("It ends: {title}", title=title),
    DueSort.LEVEL_END: lambda title: text("It ends: {title}", title=title),
    DueSort.MAP: lambda title: text("Look at the map again: {title}", title=title),
    DueSort.LEVEL: lambda title: text("Look at it again: {title}", title=title),
    DueSort.RISK: lambda title: text("Judge it again: {title}", title=title),
    DueSort.GOAL: lambda title: text("It ends: {title}", title=title),
    DueSort.DECISION: lambda title: text("The decision ends: {title}", title=title),
    DueSort.RULING: lambda title: text("Decide it anew: {title}", title=title),
    DueSort.BOUNDARY: lambda title: text("The boundary ends: {title}", title=title),
    DueSort.EXCEPTION: lambda title: text("The exception ends: {title}", title=title),
    DueSort.DELETION: lambda title: text("Delete what tells of a person: {title}", title=title),
    DueSort.MEASURE: lambda title: text("Calibrate anew: {title}", title=title),
    DueSort.TERM: lambda title: text("Term ends: {title}", title=title),
}
