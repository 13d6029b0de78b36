"""Where a thing of the calendar, or an entry of an agenda, is opened."""

from __future__ import annotations

from gemba.domain.due import Due
from gemba.domain.record import Uid

_PAGES = {
    "action": ("actions", ""),
    "assessment": ("conduct", ""),
    "audit": ("audits", "audits:"),
    "cause_analysis": ("reviews", ""),
    "commitment": ("rotations", "promises:"),
    "complaint": ("complaints", ""),
    "complaint_review": ("reviews", ""),
    "decision": ("alignment", "decisions:"),
    "escalation": ("escalations", "escalations:"),
    "finding": ("findings", ""),
    "goal": ("alignment", "goals:"),
    "governance_body": ("calendar", "bodies:"),
    "measure": ("insights", ""),
    "meeting": ("calendar", "meetings:"),
    "pattern": ("playbook", "patterns:"),
    "process_map": ("maps", ""),
    "register_entry": ("registers", ""),
    "rotation": ("rotations", "plan:"),
    "route": ("walks", "routes:"),
    "schedule": ("audits", "schedules:"),
    "service_level": ("alignment", "levels:"),
    "template": ("library", ""),
    "time_study": ("maps", "times:"),
    "transfer": ("playbook", "transfers:"),
}
_WHOLE = {
    "boundary": ("alignment", "boundaries"),
    "risk": ("insights", "risks"),
    "signal": ("insights", "signals"),
    "": ("escalations", "log"),
}
"""Where no single record is shown: the view that has it."""


def way_to(noun: str, uid: Uid) -> tuple[str, ...]:
    """Page, and what it shows, of a record; empty where it is shown nowhere."""
    if noun in _WHOLE:
        return _WHOLE[noun]
    page, before = _PAGES.get(noun, ("", ""))
    return (page, f"{before}{uid}") if page else ()


def way_to_due(one: Due) -> tuple[str, ...]:
    """The same of a thing of the calendar."""
    return way_to(one.noun, one.uid)
