"""What steps, needs and clocks of complaints are called, for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaint_steps import Need
from gemba.domain.complaints import (
    ComplaintDecision,
    ComplaintState,
    Consent,
    Redaction,
    Severity,
    SimilarElsewhere,
    ToldBack,
)
from gemba.wording import text


def need_words(need: Need) -> str:
    """What is missing, as the end of a sentence that says that it is."""
    return {
        Need.SEVERITY: text("how severe it is for the customer"),
        Need.OWNER: text("the process owner who answers for it"),
        Need.PROCESS_OWNER: text("an owner of the process, who is not customer service"),
        Need.DECISION: text("what was decided"),
        Need.ANSWER: text("the answer to the customer (or why there is none)"),
        Need.TOLD_BACK: text("whether the customer was told back"),
        Need.SIMILAR: text("whether the same exists elsewhere"),
        Need.SIMILAR_NOTE: text("where else the same exists or could occur"),
    }[need]


def state_words(state: ComplaintState) -> str:
    """What a step is called once it is reached."""
    return {
        ComplaintState.RECEIVED: text("received"),
        ComplaintState.ACKNOWLEDGED: text("acknowledged"),
        ComplaintState.ASSESSED: text("assessed"),
        ComplaintState.INVESTIGATING: text("investigating"),
        ComplaintState.DECIDED: text("decided"),
        ComplaintState.TOLD: text("told"),
        ComplaintState.CLOSED: text("closed"),
        ComplaintState.REOPENED: text("reopened"),
    }[state]


def severity_words(severity: Severity) -> str:
    """What a severity is called."""
    return {
        Severity.LOW: text("low"),
        Severity.MEDIUM: text("medium"),
        Severity.HIGH: text("high"),
        Severity.CRITICAL: text("critical"),
    }[severity]


def decision_words(decision: ComplaintDecision) -> str:
    """What a decision is called."""
    return {
        ComplaintDecision.NONE: text("not decided"),
        ComplaintDecision.UPHELD: text("upheld"),
        ComplaintDecision.PARTLY: text("partly upheld"),
        ComplaintDecision.REJECTED: text("rejected"),
        ComplaintDecision.WITHDRAWN: text("withdrawn by the customer"),
    }[decision]


def told_back_words(told: ToldBack) -> str:
    """What the answer to "told back?" is called."""
    return {
        ToldBack.UNANSWERED: text("not answered yet"),
        ToldBack.YES: text("yes"),
        ToldBack.NOT_WANTED: text("the customer does not want it"),
        ToldBack.NOT_REACHED: text("tried, not reached"),
    }[told]


def similar_words(similar: SimilarElsewhere) -> str:
    """What the answer to "similar elsewhere?" is called."""
    return {
        SimilarElsewhere.UNANSWERED: text("not answered yet"),
        SimilarElsewhere.NO: text("no"),
        SimilarElsewhere.YES: text("yes, it exists elsewhere"),
        SimilarElsewhere.COULD_OCCUR: text("it could occur elsewhere"),
    }[similar]


def consent_words(consent: Consent) -> str:
    """What a customer allows."""
    return {
        Consent.UNKNOWN: text("not asked"),
        Consent.NONE: text("nothing may be used"),
        Consent.INTERNAL: text("for use inside only"),
        Consent.QUOTABLE: text("may be quoted"),
    }[consent]


def redaction_words(redaction: Redaction) -> str:
    """How far the words are without what tells of a person."""
    return {
        Redaction.RAW: text("as the customer said it"),
        Redaction.PROPOSED: text("proposed by the program, not looked at"),
        Redaction.CHECKED: text("checked by a person"),
    }[redaction]


def clock_words(state: ClockState) -> str:
    """How a clock stands."""
    return {
        ClockState.NONE: text("no target"),
        ClockState.RUNNING: text("running"),
        ClockState.SOON: text("due soon"),
        ClockState.OVERDUE: text("overdue"),
        ClockState.PAUSED: text("paused"),
        ClockState.MET: text("told in time"),
        ClockState.MISSED: text("told too late"),
    }[state]


def moment_words(moment: datetime, zone: str) -> str:
    """A moment as the clocks at a place show it, and in UTC where that differs."""
    here = moment.astimezone(_zone(zone))
    said = f"{here:%Y-%m-%d %H:%M} {here.tzname()}"
    return said if here.utcoffset() == moment.utcoffset() else f"{said} ({moment.astimezone(UTC):%H:%M} UTC)"


def clock_was_back_words(number: str) -> str:
    """What is said when a step could not be dated by the clock of this laptop."""
    return text(
        "This laptop's clock is behind the last step of {number}; this step is dated the same as that one.",
        number=number,
    )


def all_of(needs: Iterable[Need]) -> str:
    """What is missing, in one enumeration."""
    said = [need_words(need) for need in needs]
    if len(said) < 2:
        return "".join(said)
    return text("{most} and {last}", most=", ".join(said[:-1]), last=said[-1])


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a place may come from a system that knows other zones
        return ZoneInfo("UTC")
