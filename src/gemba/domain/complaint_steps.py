"""How a complaint moves on (ISO 10002, clause 7): which step comes next, and what each step needs."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import StrEnum

from gemba.domain.complaints import Complaint, ComplaintDecision, ComplaintState, SimilarElsewhere, ToldBack

STEPS = (
    ComplaintState.RECEIVED,
    ComplaintState.ACKNOWLEDGED,
    ComplaintState.ASSESSED,
    ComplaintState.INVESTIGATING,
    ComplaintState.DECIDED,
    ComplaintState.TOLD,
    ComplaintState.CLOSED,
)
"""In order; a complaint that is reopened goes on where it stood after it was assessed."""

OPEN = (*STEPS[:-1], ComplaintState.REOPENED)
"""The states of complaints that are not closed."""

UNTOLD = (*STEPS[:-2], ComplaintState.REOPENED)
"""The states in which the clock of a complaint runs: the customer waits for an answer."""

_MOMENTS = {state: f"{state.value}_at" for state in (*STEPS, ComplaintState.REOPENED)}

_CUSTOMER_SERVICE = (
    *("customer service", "customer services", "customer care", "customer support", "customer relations"),
    *("client service", "client services", "service desk", "help desk", "helpdesk", "call center", "call centre"),
    *("contact center", "contact centre", "complaints team", "complaints department", "hotline"),
    *("kundendienst", "kundenservice", "kundenbetreuung", "kundenberatung", "beschwerdestelle"),
    *("service client", "service clients", "service clientele", "relation client"),
    *("servicio al cliente", "atencion al cliente", "servizio clienti", "assistenza clienti"),
    *("atendimento ao cliente", "apoio ao cliente", "klantenservice", "klantendienst", "kundtjanst"),
    *("kundeservice", "asiakaspalvelu", "obsluga klienta", "biuro obslugi klienta"),
)


class Need(StrEnum):
    """What a step still needs."""

    SEVERITY = "severity"
    """That somebody judges how bad it is for the customer."""
    OWNER = "owner"
    """The process owner by name or role."""
    PROCESS_OWNER = "process_owner"
    """An owner other than customer service."""
    DECISION = "decision"
    ANSWER = "answer"
    """What the customer is told, or why the complaint was withdrawn."""
    TOLD_BACK = "told_back"
    SIMILAR = "similar"
    SIMILAR_NOTE = "similar_note"
    """Where else it exists or could occur."""


def reached(complaint: Complaint) -> ComplaintState:
    """The last of the steps that stands behind a complaint's state."""
    return ComplaintState.ASSESSED if complaint.state is ComplaintState.REOPENED else complaint.state


def ahead(complaint: Complaint) -> tuple[ComplaintState, ...]:
    """The steps that lie before a complaint, the next one first; none of one that is closed."""
    return STEPS[STEPS.index(reached(complaint)) + 1 :]


def needs(complaint: Complaint, to: ComplaintState, *, judged: bool = False) -> tuple[Need, ...]:
    """What is missing before a complaint may stand at a step that lies ahead.

    Steps between are passed over only where nothing that they need is missing.

    Args:
        complaint: as it stands, with what is being said on the way.
        to: the step.
        judged: True when the severity is said on the way.
    """
    missing = {need: None for step in _passed(complaint, to) for need in _missing(complaint, step, judged=judged)}
    return tuple(missing)


def moments(complaint: Complaint, to: ComplaintState, now: datetime) -> dict[str, datetime]:
    """When each step is dated that a move to `to` takes.

    A step that is passed over has a moment only if it needed something, for that is said with the move. None lies
    before an earlier one, even if the clock was set back: then they share the latest moment known.
    """
    at = not_before(complaint, now)
    taken = [step for step in _passed(complaint, to) if step is to or step in _NEEDING]
    return {_MOMENTS[step]: at for step in taken if step is to or getattr(complaint, _MOMENTS[step]) is None}


def not_before(complaint: Complaint, now: datetime) -> datetime:
    """`now`, or the latest moment of a complaint when that lies later."""
    known: list[datetime | None] = [getattr(complaint, name) for name in _MOMENTS.values()]
    return max([now, *(moment for moment in known if moment is not None)])


def begins_at(complaint: Complaint) -> datetime:
    """From when the customer waits: since receipt, or since the complaint was last reopened."""
    return complaint.reopened_at or complaint.received_at


def waits(complaint: Complaint) -> bool:
    """True while the customer waits for an answer."""
    return complaint.state in UNTOLD and complaint.told_at is None and complaint.closed_at is None


def answered_at(complaint: Complaint) -> datetime | None:
    """When the customer was told; of one that came here closed, when it was closed; `None` when that is not known."""
    return complaint.told_at or complaint.closed_at


def is_customer_service(owner: str) -> bool:
    """True when what somebody names as owner of a process is those who take the complaints in."""
    apart = unicodedata.normalize("NFKD", owner.replace("ł", "l").casefold())
    letters = (letter if letter.isalnum() else " " for letter in apart if not unicodedata.combining(letter))
    said = f" {' '.join(''.join(letters).split())} "
    return any(f" {one} " in said for one in _CUSTOMER_SERVICE)


def _passed(complaint: Complaint, to: ComplaintState) -> tuple[ComplaintState, ...]:
    steps = ahead(complaint)
    return steps[: steps.index(to) + 1] if to in steps else ()


def _missing(complaint: Complaint, step: ComplaintState, *, judged: bool) -> list[Need]:
    match step:
        case ComplaintState.ASSESSED:
            return [] if judged or complaint.assessed_at is not None else [Need.SEVERITY]
        case ComplaintState.INVESTIGATING:
            return _of_owner(complaint.owner)
        case ComplaintState.DECIDED:
            said = {Need.DECISION: complaint.decision is not ComplaintDecision.NONE, Need.ANSWER: complaint.answer}
            return [need for need, given in said.items() if not given]
        case ComplaintState.TOLD:
            return [Need.TOLD_BACK] if complaint.told_back is ToldBack.UNANSWERED else []
        case ComplaintState.CLOSED:
            return _of_closing(complaint)
        case _:
            return []


def _of_owner(owner: str) -> list[Need]:
    if not owner.strip():
        return [Need.OWNER]
    return [Need.PROCESS_OWNER] if is_customer_service(owner) else []


def _of_closing(complaint: Complaint) -> list[Need]:
    missing = [Need.TOLD_BACK] if complaint.told_back is ToldBack.UNANSWERED else []
    if complaint.similar is SimilarElsewhere.UNANSWERED:
        return [*missing, Need.SIMILAR]
    if complaint.similar is not SimilarElsewhere.NO and not complaint.similar_note.strip():
        return [*missing, Need.SIMILAR_NOTE]
    return missing


_NEEDING = (ComplaintState.ASSESSED, ComplaintState.DECIDED, ComplaintState.TOLD)
"""Steps whose needs, once met, are the step itself."""
