"""What is held within limits: containment, control plans, pilots, and declared worse service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gemba.kinds.registers.model import (
    CONTENT_STATES,
    Derived,
    Family,
    FieldSort,
    Register,
    RegisterField,
    RegisterState,
    options,
)
from gemba.wording import text

CONTAINMENTS = Register(
    code="containment",
    family=Family.WORK,
    title="Containments",
    purpose="After a breach of satisfaction, as after a quality escape: contain first. When it began, how far "
    "it reaches, and what ended it.",
    fields=(
        RegisterField(code="breach", title="What was breached", sort=FieldSort.LONG, required=True),
        RegisterField(code="contained_on", title="Contained on", sort=FieldSort.DATE, required=True),
        RegisterField(
            code="scope",
            title="Scope",
            sort=FieldSort.LONG,
            required=True,
            help="Which customers, products, places and days it reaches.",
        ),
        RegisterField(code="measure", title="What was done at once", sort=FieldSort.LONG, required=True),
        RegisterField(code="customers", title="Customers reached out to", sort=FieldSort.NUMBER, low=0),
        RegisterField(code="ended_on", title="Ended on", sort=FieldSort.DATE),
        RegisterField(code="ended_by", title="What took its place", sort=FieldSort.LONG),
    ),
    states=(
        RegisterState("contained", "Contained"),
        RegisterState("ended", "Ended", needs=("ended_on", "ended_by"), is_over=True),
    ),
    review_every_days=7,
    in_order=(("contained_on", "ended_on"),),
    links=("complaint", "signal", "cause_analysis", "action", "finding"),
)

CONTROL_PLANS = Register(
    code="control_plan",
    family=Family.WORK,
    title="Control plan",
    purpose="What is checked at which step, how often, by which limit, and what is done when it is broken, with"
    " what customers report as one of the checks. Tightened where customers expect more.",
    fields=(
        RegisterField(code="characteristic", title="What is checked", required=True),
        RegisterField(
            code="told_by",
            title="Told by",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("customer", "What customers report"), ("operations", "A check in operations"), ("both", "Both")
            ),
        ),
        RegisterField(code="how", title="How, and with what", required=True),
        RegisterField(code="how_often", title="How often, how many", required=True),
        RegisterField(code="limit", title="Limit", required=True),
        RegisterField(
            code="tightened", title="Tightened limit", help="Where customers expect more: for whom, and to what."
        ),
        RegisterField(code="reaction", title="Reaction when it is broken", sort=FieldSort.LONG, required=True),
        RegisterField(code="risk", title="Risk that it answers", sort=FieldSort.LINK, nouns=("risk",)),
    ),
    states=CONTENT_STATES,
    review_every_days=182,
    links=("measure", "risk", "process_map"),
)

PILOTS = Register(
    code="pilot",
    family=Family.CHANGE,
    title="Pilots and experiments",
    purpose="A change tried at a few places first: what is expected, what would stop it, how much risk a "
    "customer may bear, and what came out. Hypothesis and stop rule are written before it begins.",
    fields=(
        RegisterField(code="hypothesis", title="Hypothesis", sort=FieldSort.LONG, required=True),
        RegisterField(
            code="outcome", title="Measure that decides", sort=FieldSort.LINK, nouns=("measure",), help="Chosen before."
        ),
        RegisterField(code="where", title="Where it is tried, and what it is compared with", required=True),
        RegisterField(code="stop_rule", title="Stop rule", sort=FieldSort.LONG, required=True),
        RegisterField(code="risk_limit", title="Risk limit for customers", sort=FieldSort.LONG, required=True),
        RegisterField(code="begins", title="Begins", sort=FieldSort.DATE),
        RegisterField(code="ends", title="Ends", sort=FieldSort.DATE),
        RegisterField(code="result", title="Result, with its interval", sort=FieldSort.LONG),
        RegisterField(
            code="verdict",
            title="Verdict",
            sort=FieldSort.CHOICE,
            options=options(("adopt", "Adopt"), ("adapt", "Adapt and try again"), ("abandon", "Abandon")),
        ),
    ),
    states=(
        RegisterState("planned", "Planned"),
        RegisterState("running", "Running", needs=("begins", "ends")),
        RegisterState("stopped", "Stopped by its rule", needs=("result",), is_over=True),
        RegisterState("done", "Done", needs=("result", "verdict"), is_over=True),
    ),
    review_every_days=14,
    expires="ends",
    links=("measure", "action", "risk"),
    in_order=(("begins", "ends"),),
)


def _how_long(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    if not fields.get("begins") or not fields.get("ends"):
        return ()
    days = (date.fromisoformat(fields["ends"]) - date.fromisoformat(fields["begins"])).days + 1
    if days < 1:
        return (Derived("days", "Days", text("it ends before it begins"), "poor"),)
    return (Derived("days", "Days", str(days)),)


VALUE_EROSIONS = Register(
    code="value_erosion",
    family=Family.WORK,
    title="Acceptable value erosion",
    purpose="A second, declared limit for outages and peaks: how much worse the service may be, from when until"
    " when, and who is called when even that is broken.",
    fields=(
        RegisterField(
            code="occasion",
            title="Occasion",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("outage", "Outage"), ("peak", "Peak"), ("change", "A change under way"), ("other", "Something else")
            ),
        ),
        RegisterField(code="promise", title="What customers are promised otherwise", required=True),
        RegisterField(code="limit", title="Limit while it lasts", required=True),
        RegisterField(code="begins", title="Begins", sort=FieldSort.DATE, required=True),
        RegisterField(
            code="ends", title="Ends", sort=FieldSort.DATE, required=True, help="Nothing worse without an end."
        ),
        RegisterField(code="escalation", title="Who is called when it is broken (roles)", required=True),
        RegisterField(code="told", title="What customers are told", sort=FieldSort.LONG),
        RegisterField(code="kept", title="Was the limit kept?", sort=FieldSort.LONG),
    ),
    states=(
        RegisterState("declared", "Declared"),
        RegisterState("ended", "Ended", needs=("kept",), is_over=True),
    ),
    expires="ends",
    links=("measure", "signal", "complaint"),
    in_order=(("begins", "ends"),),
    derive=_how_long,
)
