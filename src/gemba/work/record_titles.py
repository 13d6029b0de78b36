"""What a record is called in a line: its number and its first words."""

from __future__ import annotations

from gemba.domain.assessments import Answer
from gemba.domain.nouns import NOUNS
from gemba.domain.people import Role
from gemba.domain.record import Record, Uid
from gemba.store.reading import Reader
from gemba.wording import text

LONGEST = 90
_WORDS = (
    *("title", "name", "text", "statement", "driver", "summary", "problem", "question", "mode", "what", "said"),
    *("about", "role", "label", "code", "purpose", "quarter", "facet", "register", "path", "note", "reason"),
)
"""Fields by which people know a record, the best first."""


def title_of(record: Record | None, uid: Uid = "") -> str:
    """Number and first words of a record; the beginning of its uid where it has neither."""
    if record is None:
        return uid[:8]
    if isinstance(record, Answer):
        return record.path.rpartition("/")[2]
    number = str(getattr(record, "number", ""))
    told = (str(getattr(record, name, "") or "") for name in _WORDS)
    words = next((one for one in told if one.strip()), "" if number else record.uid[:8])
    return shortened(" ".join(part for part in (number, " ".join(words.split())) if part), LONGEST)


def title_by_uid(reader: Reader, noun: str, uid: Uid) -> str:
    """What the record with this uid is called; the beginning of its uid while it is not here."""
    return title_of(reader.get(NOUNS[noun], uid) if noun in NOUNS else None, uid)


def shortened(words: str, longest: int) -> str:
    """Words cut to a length, with the sign that they go on."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def noun_title(noun: str) -> str:
    """A record of this noun, as people call it."""
    titles = {
        "assessment": text("Assessment"),
        "template": text("Checklist"),
        "report": text("Issued report"),
        "draft_migration": text("Move to another version"),
        "bank_item": text("Question of the bank"),
        "complaint_lot": text("Import of complaints"),
        "clock_pause": text("Pause of a clock"),
        "clock_target": text("Target of a clock"),
        "cluster_decision": text("Decision on a cluster"),
        "measure_value": text("Figure of a measure"),
        "frozen_baseline": text("Frozen baseline"),
        "process_map": text("Map"),
        "process_step": text("Step of a map"),
        "go_and_see": text("Alert to go and see"),
        "register_entry": text("Entry of a register"),
        "service_level": text("Service level"),
        "escalation_step": text("Step of an escalation"),
        "escalation_tier": text("Tier of escalation"),
        "sample_item": text("Decision in a sample"),
        "agreed_verdict": text("Agreed verdict"),
        "auditee_response": text("Answer of the audited"),
        "effect_check": text("Check of an effect"),
        "commitment": text("Promise"),
        "time_study": text("Time study"),
        "time_element": text("Element of a time study"),
        "time_reading": text("Time that was taken"),
        "route": text("Route of a walk"),
        "route_stop": text("Stop of a route"),
        "governance_body": text("Governance body"),
        "body_member": text("Member of a body"),
    }
    return titles.get(noun) or text(noun.replace("_", " ").capitalize())


def role_title(role: str) -> str:
    """What a person is here."""
    titles = {
        Role.AUDITOR: text("auditor"),
        Role.LEADER: text("leader"),
        Role.STEWARD: text("steward"),
        Role.PROCESS_OWNER: text("process owner"),
        Role.HEADQUARTERS: text("headquarters"),
    }
    return titles.get(Role(role), role) if role in set(Role) else role
