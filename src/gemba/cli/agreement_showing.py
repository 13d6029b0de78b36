"""How agreement and disagreements are told on the command line."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.cli.saying import table
from gemba.domain.decisions import Decision
from gemba.domain.judgements import AgreedVerdict, Judgement
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.agreement import Agreement, AuditAgreement, AuditorAgreement
from gemba.work.agreement_words import alpha_words, open_words, percent_words, reading, sentences
from gemba.work.alignment_words import constraint_title, verdict_title
from gemba.work.double_judging import Doubles, Pair


class SideShown(msgspec.Struct, frozen=True):
    """What one auditor said."""

    auditor: str
    judgement: Judgement


class PairShown(msgspec.Struct, frozen=True):
    """A decision that two judged differently."""

    decision: str
    title: str
    goal: str
    goal_title: str
    lead: SideShown
    second: SideShown
    agreed: AgreedVerdict | None


def audit_words(found: AuditAgreement) -> str:
    """The agreement of an audit's two auditors."""
    lines = [f"{found.number}: {' · '.join(found.auditors)}"]
    if found.overall is None:
        lines.append(text("Both judged nothing in common."))
    else:
        lines += sentences(found.overall)
    lines += open_words(found)
    return "\n".join([*lines, *_table(found.by_goal, text("Goal"))])


def auditor_words(found: AuditorAgreement) -> str:
    """The agreement of auditors across audits."""
    if found.overall is None:
        return text("No decision was judged by two auditors who have both handed in.")
    lines = list(sentences(found.overall))
    for title, some in ((text("Pair"), found.pairs), (text("Auditor"), found.auditors), (text("Goal"), found.by_goal)):
        lines += _table(some, title)
    return "\n".join(lines)


def pair_shown(reader: Reader, pair: Pair) -> PairShown:
    """A disagreement with both sides."""
    sides = []
    for one in (pair.lead, pair.second):
        person = reader.get(Person, one.auditor)
        sides.append(SideShown(one.auditor if person is None else person.name, one))
    return PairShown(
        pair.decision.number, pair.decision.title, pair.goal.code, pair.goal.title, sides[0], sides[1], pair.agreed
    )


def pairs_words(shown: Sequence[PairShown]) -> str:
    """Disagreements for people, one after another."""
    if not shown:
        return text("Nothing is left to settle.")
    return "\n\n".join("\n".join(_pair_lines(one)) for one in shown)


def goal_meant(found: Doubles, decision: Decision, goal: str, number: str) -> Uid:
    """The goal against which a decision was judged differently.

    Raises:
        Refusal: `work.still_blind`, `work.nothing_to_settle`, or `cli.which_goal` when none of several is named.
    """
    if found.waiting_for:
        raise Refusal("work.still_blind", number=number)
    differing = [one.goal for one in found.pairs if one.decision.uid == decision.uid and one.differs]
    meant = [one for one in differing if not goal or goal.casefold() in {one.uid, one.code.casefold()}]
    if not meant:
        raise Refusal("work.nothing_to_settle", number=number)
    if len(meant) > 1:
        raise Refusal("cli.which_goal", decision=decision.number, known=", ".join(one.code for one in meant))
    return meant[0].uid


def _table(found: Sequence[Agreement], title: str) -> list[str]:
    rows = [(one.name, percent_words(one), alpha_words(one), reading(one.strength)) for one in found]
    heads = [title, text("Same verdict"), text("Alpha (95 %)"), text("Reading")]
    return ["", table(rows, heads)] if rows else []


def _pair_lines(one: PairShown) -> list[str]:
    lines = [f"{one.decision}  {one.title}", f"  {one.goal}  {one.goal_title}"]
    for side in (one.lead, one.second):
        said = side.judgement
        words = [verdict_title(said.verdict), constraint_title(said.constraint) if said.constraint else ""]
        lines.append(f"  {side.auditor}: " + " · ".join(word for word in words if word))
        for head, evidence in ((text("for"), said.evidence_for), (text("against"), said.evidence_against)):
            if evidence:
                lines.append(f"    {head}: {evidence}")
    if one.agreed is not None:
        lines.append(
            "  "
            + text("Agreed: {verdict}. {reason}", verdict=verdict_title(one.agreed.verdict), reason=one.agreed.reason)
        )
    return lines
