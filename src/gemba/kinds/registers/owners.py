"""Who answers for which stage, and whether the customer's way and the work's way still fit together."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.kinds.registers.model import (
    Derived,
    Family,
    FieldSort,
    Register,
    RegisterField,
    RegisterState,
    options,
)
from gemba.wording import text

_APART = ("/", ";", " + ", "\n")


def roles_in(words: str) -> tuple[str, ...]:
    """The roles that an owner's words name: one, none, or more where a stroke or a sign stands between them."""
    for sign in _APART:
        words = words.replace(sign, "\0")
    return tuple(part.strip() for part in words.split("\0") if part.strip())


def _owners(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    count = len(roles_in(fields.get("role", "")))
    if count == 1:
        return ()
    words = text("no owner") if count == 0 else text("two owners are no owner: name one role")
    return (Derived("owners", "Finding", words, "poor"),)


OWNERSHIP = Register(
    code="ownership",
    family=Family.PROMISES,
    title="Ownership map",
    purpose="Each stage of the customer's journey has exactly one owner, by role, who it hands over to, and a steward "
    "in each region. No owner is a finding, and so are two.",
    titled="Stage",
    fields=(
        RegisterField(
            code="scope", title="From what to what", required=True, help="What customers do first in it, and last."
        ),
        RegisterField(code="step", title="Step of a map", sort=FieldSort.LINK, nouns=("process_step",)),
        RegisterField(
            code="role", title="Owner (one role)", help="Exactly one role; empty says that nobody owns the stage."
        ),
        RegisterField(code="handoff_to", title="Hands over to (role)"),
        RegisterField(code="handed", title="What is handed over, and how it is known to be whole", sort=FieldSort.LONG),
        RegisterField(code="steward", title="Steward in the region (role)"),
    ),
    states=(
        RegisterState("draft", "Draft"),
        RegisterState("in_force", "In force", needs=("role",)),
        RegisterState("retired", "Retired", is_over=True),
    ),
    review_every_days=182,
    links=("process_step", "process_map", "goal", "requirement", "service_level"),
    together=(("handed", "handoff_to"),),
    derive=_owners,
)

JOURNEY_ALIGNMENTS = Register(
    code="journey_alignment",
    family=Family.PROMISES,
    title="Journey against process",
    purpose="Each quarter: which step of the customer's journey is which step of the work, which has no mate, and "
    "where value leaks between them.",
    titled="What was compared",
    fields=(
        RegisterField(
            code="journey_step",
            title="Step of the journey",
            sort=FieldSort.LINK,
            nouns=("process_step",),
            required=True,
        ),
        RegisterField(code="process_step", title="Step of the work", sort=FieldSort.LINK, nouns=("process_step",)),
        RegisterField(
            code="mate",
            title="Do they fit?",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("same", "They are mates"),
                ("none_needed", "No mate, and none is needed"),
                ("missing", "A mate is missing"),
            ),
        ),
        RegisterField(
            code="leak",
            title="Value lost on the way",
            sort=FieldSort.CHOICE,
            options=options(("none", "None seen"), ("some", "Some"), ("much", "Much")),
        ),
        RegisterField(code="leaks", title="Where value leaks, and what shows it", sort=FieldSort.LONG),
        RegisterField(
            code="quarter", title="Quarter", sort=FieldSort.QUARTER, required=True, help="For example 2026-Q3."
        ),
    ),
    states=(RegisterState("seen", "Compared"), RegisterState("replaced", "Replaced by a later look", is_over=True)),
    review_every_days=92,
    links=("process_map", "process_step", "complaint", "finding", "action"),
    together=(("leaks", "leak"),),
)
