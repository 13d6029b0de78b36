"""How far practices have come, and what a change would do to customers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
from gemba.methods.maturity import LEVELS, maturity
from gemba.wording import text

EVIDENCE = tuple(f"evidence_{level}" for level in range(1, len(LEVELS)))
"""Fields of the evidence for levels 1 to 4; the lowest level asks for none."""
_SHOWN_BY = (
    *("evidence", "assessment", "finding", "action", "measure", "process_map", "complaint_review"),
    *("cause_analysis", "goal", "decision", "register_entry"),
)


def level_shown(fields: Mapping[str, str], counts: Collection[str] | None = None) -> int:
    """The level, 0 to 4, that evidence stands behind, and behind all below it; never more than was claimed.

    Args:
        fields: of an entry.
        counts: the links that count as evidence; all of them when left out.
    """
    pieces = [int(bool(said) and (counts is None or said in counts)) for said in map(fields.get, EVIDENCE)]
    claimed = int(fields.get("level") or 0)
    return min(claimed, maturity({"": pieces}).staged)


def _shown(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    if not fields.get("level"):
        return ()
    claimed, shown = int(fields["level"]), level_shown(fields)
    if shown < claimed:
        words = text(
            "{shown}, though {claimed} is claimed: a level counts only with evidence", shown=shown, claimed=claimed
        )
        return (Derived("shown", "Level that counts", words, "fair"),)
    return (Derived("shown", "Level that counts", str(shown), "good" if shown else ""),)


MATURITY = Register(
    code="maturity",
    family=Family.CHANGE,
    title="Maturity of practices",
    purpose="How far a practice has come at a place, from 0 to 4. A level counts only with evidence that is linked, "
    "and with all levels below it.",
    titled="Practice",
    fields=(
        RegisterField(code="judged_on", title="Judged on", sort=FieldSort.DATE, required=True),
        RegisterField(
            code="level",
            title="Level claimed",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("0", "0 Initial"), ("1", "1 Managed"), ("2", "2 Defined"), ("3", "3 Measured"), ("4", "4 Improving")
            ),
        ),
        *(
            RegisterField(code=code, title=title, sort=FieldSort.LINK, nouns=_SHOWN_BY)
            for code, title in zip(
                EVIDENCE,
                (
                    "Evidence that it is managed (1)",
                    "Evidence that it is defined (2)",
                    "Evidence that it is measured (3)",
                    "Evidence that it is improving (4)",
                ),
                strict=True,
            )
        ),
        RegisterField(code="next", title="Next step", sort=FieldSort.LONG),
    ),
    states=(RegisterState("judged", "Judged"), RegisterState("replaced", "Replaced by a later look", is_over=True)),
    review_every_days=182,
    links=("assessment", "action", "finding"),
    derive=_shown,
)


def _priority(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    """Impact first, then what it is worth against its effort."""
    if not fields.get("impact"):
        return (Derived("impact", "Impact", text("not scored: a score asks for its evidence")),)
    impact = float(fields["impact"])
    found = (Derived("impact", "Impact", text("{impact} of 5", impact=f"{impact:g}"), "good" if impact >= 4 else ""),)
    rest = [float(fields[code]) for code in ("reach", "confidence", "effort") if fields.get(code)]
    if len(rest) < 3:
        return found
    worth = impact * rest[0] * rest[1] / 100 / rest[2]
    return (*found, Derived("priority", "Impact × reach × confidence / effort", f"{worth:.1f}"))


IMPACT_ASSESSMENTS = Register(
    code="impact_assessment",
    family=Family.CHANGE,
    title="Customer impact of changes",
    purpose="Before a change passes a gate: what it does to customers, to how many, how sure that is, and for whom it "
    "gets worse. No score without evidence.",
    titled="Change",
    fields=(
        RegisterField(code="what", title="What changes for the customer", sort=FieldSort.LONG, required=True),
        RegisterField(
            code="gate",
            title="Gate",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(("idea", "Idea"), ("design", "Design"), ("pilot", "Pilot"), ("live", "Go live")),
        ),
        RegisterField(
            code="impact",
            title="Impact, 1 to 5",
            sort=FieldSort.NUMBER,
            low=1,
            high=5,
            help="5: they would tell others.",
        ),
        RegisterField(code="impact_evidence", title="Evidence for the impact", sort=FieldSort.LONG),
        RegisterField(code="reach", title="Customers reached in a quarter", sort=FieldSort.NUMBER, low=0),
        RegisterField(code="reach_evidence", title="Evidence for the reach", sort=FieldSort.LONG),
        RegisterField(code="confidence", title="Confidence, percent", sort=FieldSort.NUMBER, low=0, high=100),
        RegisterField(code="effort", title="Effort, days", sort=FieldSort.NUMBER, low=0.1),
        RegisterField(code="worse_for", title="For whom it gets worse", sort=FieldSort.LONG),
        RegisterField(
            code="verdict",
            title="Verdict at the gate",
            sort=FieldSort.CHOICE,
            options=options(("pass", "Passes"), ("again", "Change it and come again"), ("stop", "Stops here")),
        ),
        RegisterField(code="decided_by", title="Decided by (role)"),
    ),
    states=(
        OPEN,
        RegisterState("assessed", "Assessed", needs=("impact", "reach", "confidence", "worse_for")),
        RegisterState("decided", "Decided at the gate", needs=("impact", "worse_for", "verdict", "decided_by")),
        CLOSED,
    ),
    review_every_days=92,
    links=("goal", "requirement", "measure", "complaint_review", "action", "risk", "register_entry"),
    together=(("impact", "impact_evidence"), ("reach", "reach_evidence")),
    derive=_priority,
)
