"""Where the records are shown that registers name."""

from __future__ import annotations

from collections.abc import Iterable

from gemba import wording
from gemba.domain.process_maps import ProcessStep
from gemba.store.reading import Reader

Way = tuple[str, str]
"""A page, and what it is to show."""

_PAGES = {
    "complaint": "complaints",
    "complaint_review": "reviews",
    "cause_analysis": "reviews",
    "action": "actions",
    "finding": "findings",
    "assessment": "walks",
    "measure": "insights",
    "process_map": "maps",
    "register_entry": "registers",
    "escalation": "escalations",
    "audit": "audits",
}
_TABS = {"goal": "goals", "requirement": "goals", "service_level": "levels", "decision": "decisions"}
"""Views of the page of alignment."""


def way_to(link: str) -> Way | None:
    """Where a record is shown that is named as `noun:uid`; `None` when it has no page of its own."""
    noun, _, uid = link.partition(":")
    if noun == "goal":
        return "alignment", f"{_TABS[noun]}:{uid}"
    if noun in _TABS:
        return "alignment", _TABS[noun]
    if noun in {"pattern", "transfer"}:
        return "playbook", f"{noun}s:{uid}"
    return (_PAGES[noun], uid) if noun in _PAGES else None


def ways(reader: Reader, links: Iterable[str]) -> dict[str, Way]:
    """Where records are shown; a step of a map on its map."""
    found: dict[str, Way] = {}
    for link in set(links):
        noun, _, uid = link.partition(":")
        step = reader.get(ProcessStep, uid) if noun == "process_step" else None
        way = ("maps", step.process_map) if step is not None else way_to(link)
        if way is not None:
            found[link] = way
    return found


def noun_title(noun: str) -> str:
    """What people call a linked record."""
    return {
        "complaint": wording.text("Complaint"),
        "complaint_review": wording.text("Review"),
        "cause_analysis": wording.text("Cause"),
        "action": wording.text("Action"),
        "finding": wording.text("Finding"),
        "assessment": wording.text("Assessment"),
        "evidence": wording.text("Evidence"),
        "measure": wording.text("Measure"),
        "signal": wording.text("Signal"),
        "process_map": wording.text("Map"),
        "process_step": wording.text("Step of a map"),
        "risk": wording.text("Risk"),
        "survey": wording.text("Survey"),
        "goal": wording.text("Goal"),
        "requirement": wording.text("Requirement"),
        "service_level": wording.text("Service level"),
        "decision": wording.text("Decision"),
        "boundary": wording.text("Boundary"),
        "escalation": wording.text("Escalation"),
        "disclosure": wording.text("Disclosure"),
        "register_entry": wording.text("Entry of a register"),
        "effect_check": wording.text("Look after the go-live"),
        "pattern": wording.text("Pattern"),
        "transfer": wording.text("Transfer of a pattern"),
        "audit": wording.text("Audit"),
    }.get(noun, noun)
