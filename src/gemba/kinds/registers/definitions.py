"""What counts as a defect, and how the customer's words became it."""

from __future__ import annotations

from gemba.kinds.registers.model import (
    CONTENT_STATES,
    OPEN,
    Family,
    FieldSort,
    Register,
    RegisterField,
    RegisterState,
    options,
)

DEFECT_DEFINITIONS = Register(
    code="defect_definition",
    family=Family.DEFECTS,
    title="Defect definitions",
    purpose="What counts as a defect, failures that only the customer perceives included. A change makes a new "
    "version, and charts that count by the definition ask for a new baseline.",
    fields=(
        RegisterField(
            code="definition",
            title="Operational definition",
            sort=FieldSort.LONG,
            required=True,
            help="So exact that two people who look at the same case agree.",
        ),
        RegisterField(code="unit", title="Unit", required=True, help="What is counted: a visit, a delivery, a call."),
        RegisterField(
            code="opportunity", title="Opportunity", help="Where in the unit it can happen, and how many times at most."
        ),
        RegisterField(
            code="perceived_by",
            title="Perceived by",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(("customer", "The customer"), ("operations", "Operations"), ("both", "Both")),
        ),
        RegisterField(code="not_counted", title="What does not count", sort=FieldSort.LONG),
        RegisterField(code="example", title="An example, and one that is none", sort=FieldSort.LONG),
    ),
    states=CONTENT_STATES,
    review_every_days=365,
    links=("measure", "complaint", "cause_analysis"),
    defines=("definition", "unit", "opportunity", "not_counted"),
)

TRANSLATIONS = Register(
    code="defect_translation",
    family=Family.DEFECTS,
    title="Complaints into defects",
    purpose="The customer's words beside the defect that can be measured: what a workshop agreed on, with its "
    "unit and its opportunity.",
    fields=(
        RegisterField(
            code="words",
            title="In the customer's words",
            sort=FieldSort.LONG,
            required=True,
            help="Redacted: nothing that tells of a person.",
        ),
        RegisterField(code="need", title="The need behind it", required=True),
        RegisterField(
            code="definition",
            title="Defect definition",
            sort=FieldSort.LINK,
            nouns=("register_entry",),
            help="The entry of the defect definitions that came of it.",
        ),
        RegisterField(code="defect", title="Defect in one sentence", sort=FieldSort.LONG),
        RegisterField(code="unit", title="Unit"),
        RegisterField(code="opportunity", title="Opportunity"),
        RegisterField(code="agreed_by", title="Agreed by (roles)"),
    ),
    states=(
        OPEN,
        RegisterState("agreed", "Agreed", needs=("defect", "unit", "agreed_by"), is_over=True),
        RegisterState("dropped", "Dropped", is_over=True),
    ),
    links=("complaint", "complaint_review", "measure"),
)
