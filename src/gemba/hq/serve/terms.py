"""What states, days and amounts are called on the page, and the tone in which they are shown."""

from __future__ import annotations

from datetime import date, datetime

from gemba import kinds
from gemba.domain.findings import FindingGrade
from gemba.errors import Refusal
from gemba.hq.status import Need
from gemba.store.stewards import StewardRole
from gemba.wording import text
from gemba.work.report_facts import grade_title

GRADES = tuple(FindingGrade)


def state(code: str) -> str:
    """A state of an assessment, finding or action."""
    titles = {
        "draft": text("Draft"),
        "concluded": text("Concluded"),
        "open": text("Open"),
        "closed": text("Closed"),
        "done": text("Done"),
        "overdue": text("Overdue"),
    }
    return titles.get(code, code)


def state_tone(code: str) -> str:
    """The tone of a state."""
    tones = {"draft": "accent", "open": "note", "overdue": "poor", "concluded": "good", "done": "good"}
    return tones.get(code, "plain")


def grade(code: str) -> str:
    """A finding's grade; one of a newer program stands for itself."""
    return grade_title(FindingGrade(code)) if code in set(FindingGrade) else code


def grade_tone(code: str) -> str:
    """The tone of a finding's grade."""
    tones = {"major": "poor", "minor": "fair", "opportunity": "note", "conformity": "good", "good_practice": "good"}
    return tones.get(code, "plain")


def kind(code: str) -> str:
    """A kind of assessment; one of a newer program stands for itself."""
    try:
        return text(kinds.by_code(code).title)
    except Refusal:
        return code


def outcome(kind_code: str, code: str | None) -> tuple[str, str]:
    """Title and tone of an assessment's grade; empty while it has none."""
    if code is None:
        return "", "plain"
    try:
        found = kinds.by_code(kind_code).grade(code)
    except Refusal:
        return code, "plain"
    return text(found.title), str(found.tone)


def need(code: Need) -> tuple[str, str]:
    """What a laptop needs, and its tone."""
    titles = {
        Need.FORKED: (text("Two copies in use"), "poor"),
        Need.UNSIGNED: (text("Changes without signature"), "poor"),
        Need.SILENT: (text("Silent"), "fair"),
        Need.MISSING: (text("Something is missing"), "fair"),
        Need.QUARANTINED: (text("In quarantine"), "note"),
    }
    return titles[code]


def role(code: StewardRole) -> str:
    """What somebody may do."""
    titles = {
        StewardRole.VIEWER: text("Viewer"),
        StewardRole.STEWARD: text("Steward"),
        StewardRole.ADMINISTRATOR: text("Administrator"),
    }
    return titles[code]


def noun(name: str) -> str:
    """What a sort of record is called."""
    titles = {
        "place": text("Places"),
        "person": text("People"),
        "template": text("Checklists"),
        "assessment": text("Assessments"),
        "answer": text("Answers"),
        "evidence": text("Evidence"),
        "finding": text("Findings"),
        "action": text("Actions"),
        "conclusion": text("Conclusions"),
        "report": text("Reports"),
        "settlement": text("Settlements"),
        "erasure": text("Erasures"),
    }
    return titles.get(name, name.replace("_", " "))


def one(name: str) -> str:
    """What one record of a sort is called."""
    titles = {
        "place": text("Place"),
        "person": text("Person"),
        "template": text("Checklist"),
        "assessment": text("Assessment"),
        "answer": text("Answer"),
        "evidence": text("Evidence"),
        "finding": text("Finding"),
        "action": text("Action"),
        "conclusion": text("Conclusion"),
        "report": text("Report"),
    }
    return titles.get(name, noun(name))


def field(name: str) -> str:
    """What a field of a record is called: its own name, as words."""
    titles = {
        "text": text("Text"),
        "grade": text("Grade"),
        "state": text("State"),
        "place": text("Place"),
        "person": text("Person"),
        "owner": text("Owner"),
        "due": text("Due"),
        "name": text("Name"),
        "title": text("Title"),
        "value": text("Answer"),
        "note": text("Note"),
        "criterion": text("Criterion"),
        "proof": text("Proof"),
        "done_at": text("Done"),
    }
    words = name.replace("_", " ")
    return titles.get(name, words[:1].upper() + words[1:])


def day(when: date | datetime | None) -> str:
    """A day, as ISO 8601 writes it: every language reads it alike."""
    return "" if when is None else f"{when:%Y-%m-%d}"


def moment(when: datetime | None) -> str:
    """Day and time, in UTC: a server has no time zone that its readers share."""
    return "" if when is None else f"{when:%Y-%m-%d %H:%M} UTC"


def number(count: float) -> str:
    """A whole number with thin spaces between thousands."""
    return f"{count:,.0f}".replace(",", "\u202f")


def size(count: int) -> str:
    """An amount of bytes."""
    amount = float(count)
    for unit in ("B", "KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def percent(value: float | None) -> str:
    """A percentage; empty when there is none."""
    return "" if value is None else f"{value:.1f} %"
