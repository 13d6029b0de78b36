"""One conduct of a template at a place, and what was answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid

_ANSWERS = uuid.UUID("7a1c9d2e-5f0b-4c7e-9a55-6f2d1f4b8e10")


class AssessmentState(StrEnum):
    """A draft may change; a concluded assessment is frozen."""

    DRAFT = "draft"
    CONCLUDED = "concluded"


class Custody(StrEnum):
    """How far a record has come on its way to headquarters. Only a signed receipt makes `HELD`."""

    ELSEWHERE = "elsewhere"
    """Another laptop brought it, and takes it to headquarters itself; whether it has is not known here."""
    HERE = "here"
    SEALED = "sealed"
    SENT = "sent"
    HELD = "held"


class Assessment(Record, frozen=True, kw_only=True):
    """A walk, a rotation observation, an area audit: one conduct of a template at a place."""

    number: str
    """Short number for people, made on the laptop."""
    template: Uid
    kind: str
    title: str
    place: Uid
    person: Uid
    """Who conducts it."""
    state: AssessmentState = AssessmentState.DRAFT
    started_at: datetime
    due: date | None = None
    concluded_at: datetime | None = None
    score: float | None = None
    """Percent of the points that could be reached, 0 to 100, once concluded and scored."""
    grade: str | None = None
    """Grade code of its kind, once concluded."""
    corrects: Uid | None = None
    """The concluded assessment that this one corrects."""
    seed: str = ""
    """From which the questions that a template draws by chance were drawn; empty when it draws none."""
    subject: Uid = ""
    """The record that is looked at, where the kind looks at one (a complaint); empty when it looks at a place."""


class AnswerOrigin(StrEnum):
    """Where an answer came from."""

    GIVEN = "given"
    DEFAULT = "default"
    CALCULATED = "calculated"


class Answer(Record, frozen=True, kw_only=True):
    """The value given to one question, in the XForms lexical form; an empty string is no answer.

    Its uid follows from assessment and path (`answer_uid`), so that two laptops answering one question of one
    assessment meet in one record.
    """

    assessment: Uid
    path: str
    """Instance path of the question, with repeat positions: `/data/queue[2]/wait`."""
    value: str = ""
    note: str = ""
    origin: AnswerOrigin = AnswerOrigin.GIVEN


def answer_uid(assessment: Uid, path: str) -> Uid:
    """The uid of the answer to the question at `path` of an assessment."""
    return str(uuid.uuid5(_ANSWERS, f"{assessment}{path}"))
