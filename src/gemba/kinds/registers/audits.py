"""Audits that are kept as registers: documents, use of customers' data, adherence, and behaviour on the floor."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.kinds.registers.model import (
    OPEN,
    Derived,
    Family,
    FieldSort,
    Register,
    RegisterField,
    RegisterState,
    options,
)
from gemba.methods.proportions import wilson
from gemba.wording import text

_CHECK = options(("yes", "Yes"), ("no", "No"), ("unknown", "Not known"), ("not_needed", "Does not apply"))
DATA_CHECKS = ("consent", "minimal", "kept", "access", "shared")
"""Fields of the checks on a use of customers' data."""


def share_words(hits: int, n: int) -> str:
    """A share with how far it may be off (Wilson, 95 %)."""
    if n < 1:
        return text("no chance seen yet")
    interval = wilson(hits, n)
    return text(
        "{hits} of {n} ({low} – {high} %)",
        hits=hits,
        n=n,
        low=f"{interval.low:.0%}"[:-1],
        high=f"{interval.high:.0%}"[:-1],
    )


def _share(hits: str, n: str, code: str, title: str, fields: Mapping[str, str]) -> tuple[Derived, ...]:
    if not fields.get(hits) or not fields.get(n):
        return ()
    seen, chances = round(float(fields[hits])), round(float(fields[n]))
    if not 0 <= seen <= chances:
        return (Derived(code, title, text("more than there were"), "poor"),)
    return (Derived(code, title, share_words(seen, chances)),)


def _document(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    if fields.get("found") == "missing":
        return (Derived("stands", "Finding", text("the requirement is missing there"), "poor"),)
    if fields.get("found") and not (fields.get("version") and fields.get("where")):
        return (Derived("stands", "Finding", text("say the version that was seen, and where it says so"), "fair"),)
    return ()


DOCUMENT_AUDITS = Register(
    code="document_audit",
    family=Family.AUDITS,
    title="Document audit",
    purpose="Each year: is what customers were promised still in the instructions and the training, in which version, "
    "and where does it say so?",
    titled="Document",
    fields=(
        RegisterField(
            code="subject",
            title="Goal or requirement",
            sort=FieldSort.LINK,
            nouns=("requirement", "goal"),
            required=True,
        ),
        RegisterField(
            code="sort",
            title="What kind of document",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(
                ("instruction", "Work instruction"),
                ("training", "Training"),
                ("policy", "Policy"),
                ("script", "Script or letter"),
                ("contract", "Contract"),
                ("other", "Something else"),
            ),
        ),
        RegisterField(
            code="found",
            title="Is it in there?",
            sort=FieldSort.CHOICE,
            required=True,
            options=options(("yes", "Yes"), ("part", "In part, or unclear"), ("missing", "Missing")),
        ),
        RegisterField(code="version", title="Version that was seen"),
        RegisterField(code="where", title="Where it says so", help="Page, chapter, slide."),
        RegisterField(code="seen_on", title="Seen on", sort=FieldSort.DATE, required=True),
        RegisterField(code="consequence", title="What follows", sort=FieldSort.LONG),
    ),
    states=(RegisterState("seen", "Looked up"), RegisterState("replaced", "Replaced by a later look", is_over=True)),
    review_every_days=365,
    links=("goal", "requirement", "action", "finding"),
    derive=_document,
)


def _privacy(fields: Mapping[str, str]) -> tuple[Derived, ...]:
    bad = [code for code in DATA_CHECKS if fields.get(code) == "no"]
    open_ = [code for code in DATA_CHECKS if fields.get(code, "unknown") == "unknown"]
    beyond = fields.get("fits") in {"part", "no"}
    if beyond or bad:
        words = text("use and purpose differ") if beyond else text("{n:check is|checks are} not met", n=len(bad))
        return (Derived("privacy", "Finding", words, "poor"),)
    if open_:
        return (Derived("privacy", "Finding", text("{n:check is|checks are} not known", n=len(open_)), "fair"),)
    return (Derived("privacy", "Finding", text("none"), "good"),)


def _check(code: str, title: str) -> RegisterField:
    return RegisterField(code=code, title=title, sort=FieldSort.CHOICE, options=_CHECK)


DATA_USE_AUDITS = Register(
    code="data_use_audit",
    family=Family.AUDITS,
    title="Use of customers' data",
    purpose="Each quarter: what customers' data are really used for against the purpose that was declared, with the "
    "checks that keep a promise of privacy.",
    titled="Use",
    fields=(
        RegisterField(code="data", title="Which data", required=True, help="Kinds of data, no person's."),
        RegisterField(code="declared", title="Declared purpose", sort=FieldSort.LONG, required=True),
        RegisterField(code="use", title="What they are used for", sort=FieldSort.LONG, required=True),
        RegisterField(
            code="quarter", title="Quarter", sort=FieldSort.QUARTER, required=True, help="For example 2026-Q3."
        ),
        RegisterField(
            code="fits",
            title="Within the purpose?",
            sort=FieldSort.CHOICE,
            options=options(("yes", "Yes"), ("part", "In part"), ("no", "No")),
        ),
        _check("consent", "Consent or another lawful ground"),
        _check("minimal", "No more than is needed"),
        _check("kept", "Deleted when it is due"),
        _check("access", "Seen only by who needs it"),
        _check("shared", "Shared only as customers were told"),
        RegisterField(code="consequence", title="What follows", sort=FieldSort.LONG),
    ),
    states=(OPEN, RegisterState("judged", "Judged", needs=("fits", *DATA_CHECKS, "consequence"), is_over=True)),
    review_every_days=92,
    links=("action", "finding", "disclosure", "goal"),
    derive=_privacy,
)

ADHERENCE_AUDITS = Register(
    code="adherence_audit",
    family=Family.AUDITS,
    title="Adherence audits",
    purpose="The same complaint from several sites: one instruction is looked at across those sites. Is it followed, "
    "and does it serve customers where it is?",
    titled="Instruction",
    fields=(
        RegisterField(code="step", title="Step (code)", required=True),
        RegisterField(code="cause", title="Cause complained of (code)", required=True),
        RegisterField(code="sites", title="Sites", sort=FieldSort.LONG, required=True, help="One a line."),
        RegisterField(code="complaints", title="Complaints behind it", sort=FieldSort.NUMBER, low=0),
        RegisterField(code="audited", title="Times looked at", sort=FieldSort.NUMBER, low=0),
        RegisterField(code="adhered", title="Times followed", sort=FieldSort.NUMBER, low=0),
        RegisterField(
            code="finding",
            title="Finding",
            sort=FieldSort.CHOICE,
            options=options(
                ("not_followed", "It is not followed"),
                ("unfit", "It is followed, and does not serve customers"),
                ("unclear", "Sites read it in different ways"),
                ("unknown", "It is not known at the sites"),
                ("elsewhere", "The cause lies elsewhere"),
            ),
        ),
        RegisterField(code="consequence", title="What follows", sort=FieldSort.LONG),
    ),
    states=(
        RegisterState("proposed", "Proposed"),
        RegisterState("running", "Under way"),
        RegisterState("done", "Done", needs=("audited", "adhered", "finding", "consequence"), is_over=True),
        RegisterState("dropped", "Dropped", needs=("consequence",), is_over=True),
    ),
    review_every_days=31,
    links=("complaint", "assessment", "finding", "action", "cause_analysis"),
    in_order=(("adhered", "audited"),),
    derive=lambda fields: _share("adhered", "audited", "share", "Followed", fields),
)

BEHAVIOURS = Register(
    code="behaviour_adoption",
    family=Family.AUDITS,
    title="Behaviour seen on the floor",
    purpose="Is the new behaviour seen? Times seen against the chances there were to show it, never trainings held.",
    titled="Behaviour",
    fields=(
        RegisterField(code="observed_on", title="Observed on", sort=FieldSort.DATE, required=True),
        RegisterField(
            code="chances",
            title="Chances seen",
            sort=FieldSort.NUMBER,
            low=0,
            required=True,
            help="How many times somebody could have shown it.",
        ),
        RegisterField(code="seen", title="Times seen", sort=FieldSort.NUMBER, low=0, required=True),
        RegisterField(code="hindered", title="What stood in the way", sort=FieldSort.LONG, help="No person."),
    ),
    states=(RegisterState("counted", "Counted"), RegisterState("set_aside", "Set aside", is_over=True)),
    links=("assessment", "action", "register_entry"),
    in_order=(("seen", "chances"),),
    derive=lambda fields: _share("seen", "chances", "share", "Seen", fields),
)
