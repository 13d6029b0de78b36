"""What people learn from complaints: standard work that is written anew, and what is to be trained."""

from __future__ import annotations

from gemba.kinds.registers.model import CLOSED, OPEN, Family, FieldSort, Register, RegisterField, RegisterState

STANDARD_WORK = Register(
    code="standard_work",
    family=Family.CHANGE,
    title="Revisions of standard work",
    purpose="What changed in a work instruction, who at the front line wrote it together with others, and which "
    "complaint or finding it answers. Without both it is a change from above that answers nothing.",
    titled="Document",
    fields=(
        RegisterField(code="before", title="Version before", help="Empty for a new document."),
        RegisterField(code="version", title="Version now", required=True),
        RegisterField(code="changed", title="What changed", sort=FieldSort.LONG, required=True),
        RegisterField(
            code="frontline",
            title="Co-authors from the front line (roles)",
            required=True,
            help="Who does the work and wrote it: roles, no names.",
        ),
        RegisterField(code="others", title="Other co-authors (roles)"),
        RegisterField(
            code="answers",
            title="What it answers",
            sort=FieldSort.LINK,
            nouns=("complaint", "finding", "complaint_review", "cause_analysis"),
            required=True,
        ),
        RegisterField(code="valid_from", title="Valid from", sort=FieldSort.DATE),
        RegisterField(
            code="read_by",
            title="Read by (roles)",
            sort=FieldSort.LONG,
            help="Who has read it and tried it, with days.",
        ),
    ),
    states=(
        RegisterState("draft", "Draft"),
        RegisterState("in_force", "In force", needs=("valid_from",)),
        RegisterState("read", "In force and read", needs=("valid_from", "read_by")),
        RegisterState("replaced", "Replaced", is_over=True),
    ),
    review_every_days=365,
    links=("action", "pattern", "process_map", "register_entry", "assessment"),
    telling=("frontline", "changed"),
    nameless=True,
)

TRAINING_NEEDS = Register(
    code="training_need",
    family=Family.CHANGE,
    title="Training needs",
    purpose="A cause that comes back at several places may be something that people were never taught. Each need has "
    "a role, a day and a proof that it was met; a cause in process or technology is not trained away.",
    titled="What is to be learned",
    fields=(
        RegisterField(code="cause", title="Cause", sort=FieldSort.CODE, facet="cause", required=True),
        RegisterField(code="seen", title="Where and how often it was seen", sort=FieldSort.LONG, required=True),
        RegisterField(code="role", title="Who is to learn it (role)"),
        RegisterField(code="content", title="What they can do afterwards", sort=FieldSort.LONG),
        RegisterField(code="due", title="Due", sort=FieldSort.DATE),
        RegisterField(code="done_on", title="Done on", sort=FieldSort.DATE),
        RegisterField(
            code="proof",
            title="What shows that they can do it",
            sort=FieldSort.LONG,
            help="Seen at work or tried out; a list of those present shows nothing.",
        ),
        RegisterField(code="why_not", title="Why it is not trained", sort=FieldSort.LONG),
    ),
    states=(
        OPEN,
        RegisterState("planned", "Planned", needs=("role", "content", "due")),
        RegisterState("done", "Done", needs=("role", "done_on", "proof"), is_over=True),
        RegisterState("not_trained", "No training helps", needs=("why_not",), is_over=True),
        CLOSED,
    ),
    review_every_days=90,
    expires="due",
    links=("complaint_review", "cause_analysis", "finding", "action", "pattern"),
    telling=("proof",),
)
