"""What keeps measures honest: their quarterly audit, conflicts between two, and measures made of parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gemba.kinds.registers.model import (
    CONTENT_STATES,
    OPEN,
    Derived,
    Family,
    FieldSort,
    Register,
    RegisterField,
    RegisterState,
    options,
)
from gemba.wording import text

RECALIBRATED_FROM, RECALIBRATED_UNTIL = 18, 24
"""Months after which a measure is to be calibrated anew: not before the first, not after the second."""


def recalibration(last: date) -> tuple[date, date]:
    """Between which days a measure is to be calibrated anew.

    Args:
        last: the day on which it was calibrated last.
    """
    return _months_after(last, RECALIBRATED_FROM), _months_after(last, RECALIBRATED_UNTIL)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _recalibrate(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    if not fields.get("recalibrated_on"):
        return ()
    begins, ends = recalibration(date.fromisoformat(fields["recalibrated_on"]))
    words = text("between {begins} and {ends}", begins=begins, ends=ends)
    return (Derived("recalibrate", "To be calibrated anew", words),)


METRIC_AUDITS = Register(
    code="metric_audit",
    family=Family.MEASURES,
    title="Metric audit",
    purpose="Each quarter, of every measure: who answers for it, which decision rests on it, and does it still move "
    "with what customers feel? Keep, change or retire it; calibrate it anew after 18 to 24 months.",
    fields=(
        RegisterField(code="measure", title="Measure", sort=FieldSort.LINK, nouns=("measure",), required=True),
        RegisterField(
            code="quarter", title="Quarter", sort=FieldSort.QUARTER, required=True, help="For example 2026-Q3."
        ),
        RegisterField(code="answers", title="Who answers for it (role)", help="Empty when nobody does: a finding."),
        RegisterField(
            code="used",
            title="Still used?",
            sort=FieldSort.CHOICE,
            options=options(("yes", "Yes"), ("no", "No"), ("unknown", "Not known")),
        ),
        RegisterField(code="decision", title="Which decision rests on it", sort=FieldSort.LONG),
        RegisterField(code="outcome", title="Customers' outcome", sort=FieldSort.LINK, nouns=("measure",)),
        RegisterField(code="moves", title="Does it move with the outcome?", sort=FieldSort.LONG),
        RegisterField(
            code="verdict",
            title="Verdict",
            sort=FieldSort.CHOICE,
            options=options(("keep", "Keep"), ("change", "Change"), ("retire", "Retire")),
        ),
        RegisterField(code="why", title="Why", sort=FieldSort.LONG),
        RegisterField(
            code="recalibrated_on",
            title="Calibrated anew on",
            sort=FieldSort.DATE,
            help="When definition, target and limits were last looked at together.",
        ),
    ),
    states=(OPEN, RegisterState("judged", "Judged", needs=("used", "verdict", "why"), is_over=True)),
    review_every_days=92,
    links=("measure", "goal", "requirement", "service_level", "signal", "action"),
    together=(("verdict", "why"),),
    derive=_recalibrate,
)

METRIC_CONFLICTS = Register(
    code="metric_conflict",
    family=Family.MEASURES,
    title="Metric conflicts",
    purpose="Two measures that cannot both get better, whose they are, how it shows, and the priority that a leader "
    "was asked for.",
    fields=(
        RegisterField(code="first", title="First measure", sort=FieldSort.LINK, nouns=("measure",), required=True),
        RegisterField(code="first_owner", title="Whose it is (role)", required=True),
        RegisterField(code="second", title="Second measure", sort=FieldSort.LINK, nouns=("measure",), required=True),
        RegisterField(code="second_owner", title="Whose the second is (role)", required=True),
        RegisterField(code="shows", title="How it shows", sort=FieldSort.LONG, required=True),
        RegisterField(code="asked_of", title="Who was asked for a priority (role)"),
        RegisterField(code="asked_on", title="Asked on", sort=FieldSort.DATE),
        RegisterField(
            code="priority",
            title="Priority",
            sort=FieldSort.CHOICE,
            options=options(
                ("first", "The first measure"), ("second", "The second measure"), ("rule", "It depends, by this rule")
            ),
        ),
        RegisterField(code="rule", title="Decision, and its rule", sort=FieldSort.LONG),
        RegisterField(code="decided_on", title="Decided on", sort=FieldSort.DATE),
    ),
    states=(
        OPEN,
        RegisterState("asked", "Priority asked for", needs=("asked_of", "asked_on")),
        RegisterState("decided", "Decided", needs=("asked_of", "priority", "rule", "decided_on"), is_over=True),
    ),
    review_every_days=31,
    links=("measure", "goal", "decision", "escalation", "signal"),
    in_order=(("asked_on", "decided_on"),),
)

COMPOSITE_METRICS = Register(
    code="composite_metric",
    family=Family.MEASURES,
    title="Composite measures",
    purpose="A measure made of weighted parts, by customer segment. Each part is an entry; weights have versions, and "
    "the parts are always shown beside the whole.",
    titled="Composite measure that it is a part of",
    fields=(
        RegisterField(code="segment", title="Segment", required=True, help="Code of the segment, or all."),
        RegisterField(code="measure", title="Part", sort=FieldSort.LINK, nouns=("measure",), required=True),
        RegisterField(
            code="weight",
            title="Weight",
            sort=FieldSort.NUMBER,
            low=0.01,
            high=1000,
            required=True,
            help="Against the other parts; they need not make 100.",
        ),
        RegisterField(
            code="worst", title="Value that is worth 0", sort=FieldSort.NUMBER, required=True, help="Shares in percent."
        ),
        RegisterField(code="best", title="Value that is worth 100", sort=FieldSort.NUMBER, required=True),
        RegisterField(code="because", title="Why this weight", sort=FieldSort.LONG, required=True),
    ),
    states=CONTENT_STATES,
    review_every_days=365,
    links=("measure", "goal", "survey"),
    defines=("segment", "measure", "weight", "worst", "best"),
)
