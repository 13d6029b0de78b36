"""What is looked at once a case is settled."""

from __future__ import annotations

from gemba.kinds.registers.model import Family, FieldSort, Register, RegisterField, RegisterState, options

_YES_NO = options(("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))

POST_RESOLUTIONS = Register(
    code="post_resolution",
    family=Family.REVIEWS,
    title="Post-resolution checklist",
    purpose="A few questions when a case is settled: is it settled for the customer, too, and does the system "
    "know why?",
    fields=(
        RegisterField(code="complaint", title="Complaint", sort=FieldSort.LINK, nouns=("complaint",), required=True),
        RegisterField(
            code="settled",
            title="Settled in the customer's eyes",
            sort=FieldSort.CHOICE,
            options=_YES_NO,
            required=True,
        ),
        RegisterField(code="told", title="Told back", sort=FieldSort.CHOICE, options=_YES_NO, required=True),
        RegisterField(code="step", title="Step of the process where it arose", required=True),
        RegisterField(code="cause", title="What let it happen", sort=FieldSort.LONG, required=True, help="No person."),
        RegisterField(code="elsewhere", title="Same elsewhere", sort=FieldSort.CHOICE, options=_YES_NO, required=True),
        RegisterField(code="follow", title="What follows", sort=FieldSort.LONG),
    ),
    states=(RegisterState("filled", "Filled in"), RegisterState("done", "Done", is_over=True)),
    links=("cause_analysis", "action"),
)
