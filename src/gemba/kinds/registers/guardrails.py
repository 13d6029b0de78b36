"""What keeps local decisions within what was promised: standard exceptions, trade-offs, and how leaders calibrate."""

from __future__ import annotations

from gemba.kinds.registers.model import (
    CLOSED,
    CONTENT_STATES,
    OPEN,
    Family,
    FieldSort,
    Register,
    RegisterField,
    RegisterState,
    options,
)

EXCEPTION_STANDARDS = Register(
    code="exception_standard",
    family=Family.GUARDRAILS,
    title="Standard exceptions",
    purpose="Common deviations that the frontline may settle alone, each to a limit and until a day. A decision "
    "names the code that it follows.",
    titled="Deviation",
    fields=(
        RegisterField(
            code="code", title="Code", required=True, help="Short; decisions name it, for example late-refund."
        ),
        RegisterField(code="scenario", title="Scenario", required=True, help="The same word as in the boundaries."),
        RegisterField(code="role", title="Who may settle it (role)", required=True),
        RegisterField(
            code="limit", title="Limit", sort=FieldSort.NUMBER, low=0, help="The most; empty for any amount."
        ),
        RegisterField(code="unit", title="Unit"),
        RegisterField(
            code="condition",
            title="Condition",
            sort=FieldSort.LONG,
            required=True,
            help="What must be so, in words that two people read alike.",
        ),
        RegisterField(code="valid_from", title="Valid from", sort=FieldSort.DATE, required=True),
        RegisterField(
            code="valid_until",
            title="Valid until",
            sort=FieldSort.DATE,
            required=True,
            help="No exception without an end.",
        ),
    ),
    states=CONTENT_STATES,
    review_every_days=182,
    expires="valid_until",
    links=("goal", "boundary", "decision"),
    in_order=(("valid_from", "valid_until"),),
    together=(("limit", "unit"),),
)

TRADE_OFFS = Register(
    code="trade_off",
    family=Family.GUARDRAILS,
    title="Trade-offs",
    purpose="Where two good things pull against each other, what was decided, by whom, until when, and the signal "
    "that opens it again.",
    fields=(
        RegisterField(
            code="sort",
            title="What pulls against what",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("standard_custom", "Standard against custom"),
                ("cost_service", "Cost against service"),
                ("control_effort", "Control against the customer's effort"),
                ("speed_care", "Speed against care"),
                ("other", "Something else"),
            ),
        ),
        RegisterField(code="one", title="One side", sort=FieldSort.LONG, required=True),
        RegisterField(code="other", title="Other side", sort=FieldSort.LONG, required=True),
        RegisterField(code="decision", title="Decision", sort=FieldSort.LONG),
        RegisterField(code="decided_by", title="Decided by (role)"),
        RegisterField(code="decided_on", title="Decided on", sort=FieldSort.DATE),
        RegisterField(code="until", title="Holds until", sort=FieldSort.DATE),
        RegisterField(
            code="reopens",
            title="Signal that opens it again",
            sort=FieldSort.LONG,
            help="What would have to be seen, and where.",
        ),
        RegisterField(code="watched", title="Measure that shows it", sort=FieldSort.LINK, nouns=("measure",)),
    ),
    states=(
        OPEN,
        RegisterState("decided", "Decided", needs=("decision", "decided_by", "until", "reopens")),
        RegisterState("reopened", "Open again"),
        CLOSED,
    ),
    review_every_days=92,
    expires="until",
    links=("goal", "decision", "escalation", "measure", "signal", "requirement"),
    in_order=(("decided_on", "until"),),
)

DISCRETION_REVIEWS = Register(
    code="discretion_review",
    family=Family.GUARDRAILS,
    title="Discretion reviews",
    purpose="Each month leaders look at decisions left to the frontline: did people dare too little or too much, "
    "and what follows for the boundaries?",
    fields=(
        RegisterField(code="month", title="Month", sort=FieldSort.MONTH, required=True, help="For example 2026-03."),
        RegisterField(code="role", title="Role whose decisions were looked at", required=True),
        RegisterField(code="present", title="Present (roles)", required=True, help="Roles, no names."),
        RegisterField(
            code="seen",
            title="What was seen",
            sort=FieldSort.LONG,
            help="Shares within, at and beyond the limit, and escalated without need.",
        ),
        RegisterField(
            code="judgement",
            title="Judgement",
            sort=FieldSort.CHOICE,
            options=options(
                ("fits", "The boundaries fit"),
                ("under", "People dare too little"),
                ("over", "People go too far"),
                ("uneven", "It differs from leader to leader"),
            ),
        ),
        RegisterField(code="cases", title="Cases talked through", sort=FieldSort.LONG),
        RegisterField(code="agreed", title="Agreed among leaders", sort=FieldSort.LONG),
    ),
    states=(
        RegisterState("planned", "Planned"),
        RegisterState("held", "Held", needs=("seen", "judgement", "agreed"), is_over=True),
    ),
    review_every_days=31,
    links=("decision", "boundary", "register_entry", "escalation", "goal"),
)
