"""What fields of records are called on the screen, and how their values read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import msgspec
from PySide6.QtCore import QLocale

from gemba import wording
from gemba.ui import terms
from gemba.ui.escalations.shapes import state as escalation_state
from gemba.work.record_titles import noun_title

_DIGITS = set("0123456789abcdef")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])")
_DECIMALS = 4
_AS_MANY_AS_NEEDED = QLocale.FloatingPointPrecisionOption.FloatingPointShortest


def noun(code: str) -> str:
    """A record of this noun, as people call it."""
    titles = {
        "assessment": wording.text("Walk"),
        "answer": wording.text("Answer"),
        "finding": wording.text("Finding"),
        "action": wording.text("Action"),
        "place": wording.text("Place"),
        "person": wording.text("Person"),
        "evidence": wording.text("Evidence"),
        "conclusion": wording.text("Conclusion"),
        "template": wording.text("Checklist"),
        "escalation": wording.text("Escalation"),
        "goal": wording.text("Goal"),
        "requirement": wording.text("Requirement"),
        "service_level": wording.text("Service level"),
    }
    return titles.get(code) or noun_title(code)


def field(code: str) -> str:
    """A field of a record, as people call it."""
    titles = {
        "state": wording.text("State"),
        "grade": wording.text("Grade"),
        "score": wording.text("Score"),
        "text": wording.text("Words"),
        "value": wording.text("Answer"),
        "note": wording.text("Note"),
        "title": wording.text("Title"),
        "name": wording.text("Name"),
        "place": wording.text("Place"),
        "owner": wording.text("Owner"),
        "due": wording.text("Due"),
        "criterion": wording.text("Criterion"),
        "summary": wording.text("Summary"),
        "proof": wording.text("Proof"),
        "concluded_at": wording.text("Concluded"),
        "done_at": wording.text("Done"),
        "marks": wording.text("Marks"),
        "removed": wording.text("Taken out"),
        "outcome": wording.text("What was decided"),
        "decided_by": wording.text("Decided by"),
        "decided_at": wording.text("Decided"),
        "expires": wording.text("Holds until"),
        "tier": wording.text("Tier"),
        "due_at": wording.text("Answer by"),
        "retired_on": wording.text("Retired from"),
        "retired_because": wording.text("Retired because"),
        "promised": wording.text("Promised"),
        "expected": wording.text("Expected"),
        "achieved": wording.text("Achieved"),
        "target": wording.text("Target"),
    }
    return titles.get(code, code.replace("_", " ").capitalize())


def laptop(name: str) -> str:
    """What a laptop is called; one without a name by the first digits of its id."""
    return wording.text("laptop {id}", id=name[:8]) if len(name) == 32 and set(name) <= _DIGITS else name


def value(noun_code: str, field_code: str, said: Any, names: Mapping[str, str]) -> str:
    """A value, as it reads beside the other side's."""
    if said is None or said in ("", []):
        return wording.text("nothing")
    if isinstance(said, bool):
        return wording.text("yes") if said else wording.text("no")
    words = _coded(noun_code, field_code, said) or names.get(str(said), "")
    return words or _plain(noun_code, field_code, said, names)


def _plain(noun_code: str, field_code: str, said: Any, names: Mapping[str, str]) -> str:
    """What has no words of its own: days and figures as the language writes them, several one after the other."""
    if isinstance(said, str):
        return terms.day(date.fromisoformat(said)) if _DAY.fullmatch(said) else said
    if isinstance(said, int):
        return terms.number(said)
    if isinstance(said, float):
        return QLocale().toString(
            round(said, _DECIMALS), "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest
        )
    if isinstance(said, list):
        return ", ".join(value(noun_code, field_code, one, names) for one in said)
    return msgspec.json.encode(said).decode()


def _coded(noun_code: str, field_code: str, said: Any) -> str:
    """Words for a code, figure or moment; empty for what stands for itself."""
    if (noun_code, field_code) == ("escalation", "state"):
        return escalation_state(str(said))
    if field_code == "state":
        return terms.state(str(said))
    if (noun_code, field_code) == ("finding", "grade"):
        return terms.finding_grade(str(said))
    if field_code == "score":
        return terms.percent(float(said))
    with suppress(ValueError):
        return terms.moment(datetime.fromisoformat(str(said))) if field_code.endswith("_at") else ""
    return ""
