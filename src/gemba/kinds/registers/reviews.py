"""Reviews that people hold together: incidents, what transfers to other sites, what value streams gained."""

from __future__ import annotations

from gemba.kinds.registers.model import CLOSED, OPEN, Family, FieldSort, Register, RegisterField, RegisterState, options

INCIDENT_REVIEWS = Register(
    code="incident_review",
    family=Family.REVIEWS,
    title="Monthly incident reviews",
    purpose="What several functions looked at together in a month: the incidents, which of them need a cause "
    "analysis, and the actions that follow.",
    fields=(
        RegisterField(code="held_on", title="Held on", sort=FieldSort.DATE, required=True),
        RegisterField(code="functions", title="Functions present (roles)", required=True, help="Roles, no names."),
        RegisterField(code="agenda", title="Agenda", sort=FieldSort.LONG, required=True),
        RegisterField(code="analyses_needed", title="Cause analyses asked for", sort=FieldSort.LONG),
        RegisterField(code="decided", title="What was decided", sort=FieldSort.LONG),
        RegisterField(code="last_time", title="What became of last month's actions", sort=FieldSort.LONG),
    ),
    states=(
        RegisterState("planned", "Planned"),
        RegisterState("held", "Held", needs=("decided", "last_time")),
        CLOSED,
    ),
    review_every_days=31,
    links=("complaint", "complaint_review", "cause_analysis", "action", "signal", "finding"),
)

TRANSFER_WORKSHOPS = Register(
    code="transfer_workshop",
    family=Family.CHANGE,
    title="Transferability workshops",
    purpose="Whether a countermeasure that worked at one site would work at another: the conditions it rests "
    "on, and whether they are there.",
    fields=(
        RegisterField(code="issue", title="Recurring issue (step and cause)", required=True),
        RegisterField(
            code="worked_at", title="Where it worked, and how that was seen", sort=FieldSort.LONG, required=True
        ),
        RegisterField(code="countermeasure", title="Countermeasure", sort=FieldSort.LONG, required=True),
        RegisterField(
            code="conditions",
            title="Conditions it rests on",
            sort=FieldSort.LONG,
            help="People, layout, systems, volume, rules.",
        ),
        RegisterField(code="sites", title="Sites considered", sort=FieldSort.LONG),
        RegisterField(
            code="judgement",
            title="Judgement",
            sort=FieldSort.CHOICE,
            options=options(
                ("as_it_is", "Transfers as it is"), ("adapted", "Transfers when adapted"), ("not", "Does not transfer")
            ),
        ),
        RegisterField(code="why", title="Why", sort=FieldSort.LONG),
    ),
    states=(OPEN, RegisterState("judged", "Judged", needs=("conditions", "sites", "judgement", "why"), is_over=True)),
    review_every_days=90,
    links=("action", "cause_analysis", "complaint_review", "pattern", "transfer"),
)

VALUE_STREAM_REVIEWS = Register(
    code="value_stream_review",
    family=Family.REVIEWS,
    title="Value-stream reviews",
    purpose="Each quarter: did the pains that were pinned to the map become fewer? Judged by pains, not by output.",
    fields=(
        RegisterField(code="map", title="Process map", sort=FieldSort.LINK, nouns=("process_map",), required=True),
        RegisterField(code="quarter", title="Quarter", required=True, help="For example 2026-Q3."),
        RegisterField(
            code="pins_before",
            title="Pains pinned before (count × severity)",
            sort=FieldSort.NUMBER,
            low=0,
            required=True,
        ),
        RegisterField(code="pins_after", title="Pains pinned now (count × severity)", sort=FieldSort.NUMBER, low=0),
        RegisterField(code="evidence", title="What shows that it was the change", sort=FieldSort.LONG),
        RegisterField(code="next", title="Next step to work on"),
    ),
    states=(OPEN, RegisterState("reviewed", "Reviewed", needs=("pins_after", "evidence"), is_over=True)),
    review_every_days=92,
    links=("process_map", "measure", "action"),
)

MISALIGNMENT_REVIEWS = Register(
    code="misalignment_review",
    family=Family.MEASURES,
    title="Measurement misalignment",
    purpose="Customers are less satisfied though operations' figures stand still: then what is measured is not "
    "what matters.",
    fields=(
        RegisterField(
            code="customer", title="Customer measure", sort=FieldSort.LINK, nouns=("measure",), required=True
        ),
        RegisterField(
            code="operations", title="Operations' measure", sort=FieldSort.LINK, nouns=("measure",), required=True
        ),
        RegisterField(code="since", title="Since", sort=FieldSort.DATE, required=True),
        RegisterField(code="seen", title="What was seen on both charts", sort=FieldSort.LONG, required=True),
        RegisterField(code="explanation", title="What operations' measure does not see", sort=FieldSort.LONG),
        RegisterField(
            code="consequence",
            title="Consequence",
            sort=FieldSort.CHOICE,
            options=options(
                ("keep", "Keep the measure"), ("change", "Change it"), ("retire", "Retire it"), ("add", "Add one")
            ),
        ),
    ),
    states=(OPEN, RegisterState("settled", "Settled", needs=("explanation", "consequence"), is_over=True)),
    review_every_days=31,
    links=("measure", "signal", "action"),
)
