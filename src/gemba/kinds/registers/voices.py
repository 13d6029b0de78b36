"""Voices from inside: people who leave, departments that are served by others, and teams while a change rolls out."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.kinds.registers.model import (
    CLOSED,
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

FEWEST = 5
"""Answers from which on a result is kept and shown: fewer would tell who said what."""
PULSE = ("understand", "able", "better")
"""The three questions of a pulse."""
HANDED = ("complete", "on_time", "usable")
"""The three questions to an internal customer."""

_STEP = RegisterField(code="step", title="Process step", sort=FieldSort.CODE, facet="step", required=True)
_CAUSE = RegisterField(code="cause", title="Cause", sort=FieldSort.CODE, facet="cause", required=True)

EXIT_INTERVIEWS = Register(
    code="exit_interview",
    family=Family.LISTENING,
    title="Exit interviews",
    purpose="What people who leave say kept them from serving customers well, coded like complaints by step and "
    "cause. A source of its own beside complaints; it names nobody.",
    titled="Role (no names)",
    fields=(
        RegisterField(code="held_on", title="Held on", sort=FieldSort.DATE, required=True),
        RegisterField(
            code="tenure",
            title="How long they were here",
            sort=FieldSort.CHOICE,
            options=options(("under_1", "Less than a year"), ("to_3", "One to three years"), ("over_3", "Longer")),
        ),
        RegisterField(
            code="barrier", title="What kept them from serving customers well", sort=FieldSort.LONG, required=True
        ),
        _STEP,
        _CAUSE,
        RegisterField(code="customers", title="What customers felt of it", sort=FieldSort.LONG),
        RegisterField(code="tried", title="What was tried, and what became of it", sort=FieldSort.LONG),
        RegisterField(code="change", title="What they would change first", sort=FieldSort.LONG),
    ),
    states=(OPEN, RegisterState("answered", "Answered by an action", is_over=True), CLOSED),
    review_every_days=90,
    links=("action", "cause_analysis", "finding", "complaint_review"),
    telling=("barrier",),
    nameless=True,
)


def _means(fields: Mapping[str, str], questions: tuple[str, ...], n: str) -> str:
    said = [float(fields[code]) for code in questions if fields.get(code)]
    if not said or not fields.get(n):
        return ""
    return text("{mean} of 5 (n = {n})", mean=f"{sum(said) / len(said):.1f}", n=fields[n])


def _pulse(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    """Who answered, and the mean of what may be told."""
    if not fields.get("answered"):
        return ()
    n = int(float(fields["answered"]))
    who = Derived("answered_of", "Answers", text("{n} of {asked}", n=n, asked=fields.get("asked", "–")))
    if n < FEWEST:
        return (who, Derived("mean", "Result", text("fewer than {n} answers: no result is told", n=FEWEST), "fair"))
    told = _means(fields, PULSE, "answered")
    return (who, Derived("mean", "Result", told)) if told else (who,)


PULSES = Register(
    code="rollout_pulse",
    family=Family.CHANGE,
    title="Pulse during roll-out",
    purpose="Three questions to the team 30, 60 and 90 days after a change went live, what stands in the way, and "
    "whom people listen to. With fewer than five answers there is no result.",
    titled="What was asked about",
    fields=(
        RegisterField(
            code="roll_out",
            title="Roll-out",
            sort=FieldSort.LINK,
            nouns=("transfer", "action", "register_entry"),
            required=True,
        ),
        RegisterField(
            code="day",
            title="Days after the go-live",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(("30", "30 days"), ("60", "60 days"), ("90", "90 days")),
        ),
        RegisterField(code="asked", title="People asked", sort=FieldSort.NUMBER, low=1, required=True),
        RegisterField(code="answered", title="Answers", sort=FieldSort.NUMBER, low=0, required=True),
        *(
            RegisterField(
                code=code,
                title=title,
                sort=FieldSort.NUMBER,
                low=1,
                high=5,
                help="Mean of the answers, 1 to 5; only with five answers or more.",
            )
            for code, title in zip(
                PULSE,
                ("I know what changes and why", "I can do it with what I have", "It is better for customers"),
                strict=True,
            )
        ),
        RegisterField(code="obstacles", title="What stands in the way", sort=FieldSort.LONG),
        RegisterField(
            code="influencers", title="Whom people listen to (roles)", sort=FieldSort.LONG, help="Roles, no names."
        ),
        RegisterField(code="next", title="What is done about it", sort=FieldSort.LONG),
    ),
    states=(OPEN, RegisterState("answered", "Answered", needs=("next",), is_over=True)),
    review_every_days=30,
    in_order=(("answered", "asked"),),
    links=("transfer", "action", "pattern", "register_entry"),
    fewest=(("answered", FEWEST, PULSE),),
    nameless=True,
    derive=_pulse,
)


def _handed(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    told = _means(fields, HANDED, "answers")
    return (Derived("mean", "Result", told),) if told else ()


INTERNAL_FEEDBACK = Register(
    code="internal_feedback",
    family=Family.LISTENING,
    title="Feedback of internal customers",
    purpose="The department downstream feels first what customers will feel: whether what is handed over is whole, "
    "in time and usable, and what comes of it when it is not.",
    titled="What is handed over",
    fields=(
        RegisterField(code="provider", title="Department that delivers", required=True),
        RegisterField(code="customer", title="Department that is served", required=True),
        RegisterField(code="quarter", title="Quarter", sort=FieldSort.QUARTER, required=True),
        RegisterField(code="answers", title="Answers", sort=FieldSort.NUMBER, low=1, required=True),
        *(
            RegisterField(code=code, title=title, sort=FieldSort.NUMBER, low=1, high=5, help="Mean, 1 to 5.")
            for code, title in zip(HANDED, ("It is whole", "It is in time", "It is usable"), strict=True)
        ),
        RegisterField(code="wrong", title="What comes wrong, and what customers feel of it", sort=FieldSort.LONG),
        RegisterField(code="step", title="Process step", sort=FieldSort.CODE, facet="step"),
        RegisterField(code="cause", title="Cause", sort=FieldSort.CODE, facet="cause"),
        RegisterField(code="agreed", title="What both agreed on", sort=FieldSort.LONG),
    ),
    states=(OPEN, RegisterState("agreed", "Agreed", needs=("agreed",), is_over=True), CLOSED),
    review_every_days=92,
    links=("service_level", "action", "register_entry", "process_map"),
    nameless=True,
    derive=_handed,
)
