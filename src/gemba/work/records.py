"""Records that a use case asks for by uid, and the rule that a concluded assessment is frozen."""

from __future__ import annotations

from typing import TypeVar

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.evidence import Evidence, proves
from gemba.domain.nouns import NAMES
from gemba.domain.record import Record, Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader

R = TypeVar("R", bound=Record)


def known(reader: Reader, noun: type[R], uid: Uid) -> R:
    """The record with this uid.

    Raises:
        Refusal: there is none.
    """
    found = reader.get(noun, uid)
    if found is None:
        raise Refusal("work.unknown_record", noun=NAMES[noun], uid=uid)
    return found


def demand_same(one: Uid | None, assessment: Uid | None) -> None:
    """Demand that a record belongs to this assessment: what is concluded is not reached by way of another.

    Raises:
        Refusal: it belongs to another one.
    """
    if one != assessment:
        raise Refusal("work.of_another_assessment")


def draft(reader: Reader, assessment: Uid) -> Assessment:
    """The assessment, if it may still be changed.

    Raises:
        Refusal: it is concluded; a correction is a new assessment.
    """
    found = known(reader, Assessment, assessment)
    if found.state is not AssessmentState.DRAFT:
        raise Refusal("work.frozen", number=found.number)
    return found


def changeable(reader: Reader, evidence: Uid) -> Evidence:
    """The photo or file, if it may still be changed: one of a draft, or a proof of what was done after it.

    Raises:
        Refusal: it is unknown, or its assessment is concluded.
    """
    found = known(reader, Evidence, evidence)
    if not proves(found):
        draft(reader, found.assessment or "")
    return found
