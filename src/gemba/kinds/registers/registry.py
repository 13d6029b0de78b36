"""All registers there are, by code. A new register is one declaration and one line here."""

from __future__ import annotations

from difflib import get_close_matches

from gemba.errors import Refusal
from gemba.kinds.registers.audits import ADHERENCE_AUDITS, BEHAVIOURS, DATA_USE_AUDITS, DOCUMENT_AUDITS
from gemba.kinds.registers.change import IMPACT_ASSESSMENTS, MATURITY
from gemba.kinds.registers.closing import POST_RESOLUTIONS
from gemba.kinds.registers.definitions import DEFECT_DEFINITIONS, TRANSLATIONS
from gemba.kinds.registers.guardrails import DISCRETION_REVIEWS, EXCEPTION_STANDARDS, TRADE_OFFS
from gemba.kinds.registers.learning import STANDARD_WORK, TRAINING_NEEDS
from gemba.kinds.registers.limits import CONTAINMENTS, CONTROL_PLANS, PILOTS, VALUE_EROSIONS
from gemba.kinds.registers.listening import LISTENING_POSTS
from gemba.kinds.registers.metrics import COMPOSITE_METRICS, METRIC_AUDITS, METRIC_CONFLICTS
from gemba.kinds.registers.model import Family, Register
from gemba.kinds.registers.owners import JOURNEY_ALIGNMENTS, OWNERSHIP
from gemba.kinds.registers.reviews import (
    INCIDENT_REVIEWS,
    MISALIGNMENT_REVIEWS,
    TRANSFER_WORKSHOPS,
    VALUE_STREAM_REVIEWS,
)
from gemba.kinds.registers.voices import EXIT_INTERVIEWS, INTERNAL_FEEDBACK, PULSES

_DECLARED = (
    DEFECT_DEFINITIONS,
    TRANSLATIONS,
    LISTENING_POSTS,
    CONTAINMENTS,
    INCIDENT_REVIEWS,
    TRANSFER_WORKSHOPS,
    POST_RESOLUTIONS,
    CONTROL_PLANS,
    PILOTS,
    VALUE_EROSIONS,
    VALUE_STREAM_REVIEWS,
    MISALIGNMENT_REVIEWS,
    EXCEPTION_STANDARDS,
    TRADE_OFFS,
    DISCRETION_REVIEWS,
    METRIC_AUDITS,
    METRIC_CONFLICTS,
    COMPOSITE_METRICS,
    OWNERSHIP,
    JOURNEY_ALIGNMENTS,
    DOCUMENT_AUDITS,
    DATA_USE_AUDITS,
    ADHERENCE_AUDITS,
    BEHAVIOURS,
    MATURITY,
    IMPACT_ASSESSMENTS,
    STANDARD_WORK,
    TRAINING_NEEDS,
    PULSES,
    EXIT_INTERVIEWS,
    INTERNAL_FEEDBACK,
)

_FAMILIES = list(Family)
ALL: dict[str, Register] = {
    register.code: register for register in sorted(_DECLARED, key=lambda one: _FAMILIES.index(one.family))
}
"""In the order in which a person is offered them: family by family."""


def register_named(code: str) -> Register:
    """The register with a code.

    Raises:
        Refusal: `kinds.register_unknown`, with the codes there are.
    """
    found = ALL.get(code)
    if found is None:
        near = get_close_matches(code, ALL, n=1)
        raise Refusal("kinds.register_unknown", register=code, known=", ".join(near or ALL))
    return found
