"""What stands beside a judgement: the decision as it was recorded, the goal with what each verdict means for it."""

from __future__ import annotations

from gemba import wording
from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict
from gemba.ui import terms
from gemba.ui.audits.judging_lists import Judged
from gemba.ui.audits.judging_session import JudgingSession
from gemba.ui.audits.verdict_bar import TONES
from gemba.work.alignment_words import verdict_title
from gemba.work.to_judge import Case


def decision_facts(decision: Decision) -> list[tuple[str, str]]:
    """What is known of a decision."""
    amount = "" if decision.amount is None else f"{decision.amount:g} {decision.unit}".strip()
    return [
        (wording.text("Decided"), terms.day(decision.decided_on)),
        (wording.text("By"), decision.role),
        (wording.text("Why"), decision.why),
        (wording.text("Scenario"), decision.scenario),
        (wording.text("Amount"), amount),
        (wording.text("Customers"), "" if decision.customers is None else terms.number(decision.customers)),
        (wording.text("Effect"), decision.effect),
        (wording.text("Standard exception"), decision.exception),
        (wording.text("Holds until"), terms.day(decision.expires) if decision.expires else ""),
    ]


def goal_facts(goal: Goal) -> list[tuple[str, str]]:
    """What was promised, and what each verdict means for it where people agreed on that."""
    anchors = [(verdict_title(one), goal.anchors.get(one, "")) for one in AlignmentVerdict]
    return [(wording.text("Promised"), goal.statement), (wording.text("Need"), goal.need), *anchors]


def case_row(session: JudgingSession, case: Case) -> Judged:
    """A decision in the list: how many of its goals are judged."""
    judged, owed = session.count_of(case)
    if case.is_own:
        return Judged(case.decision.title, case.decision.number, wording.text("your own"), "note")
    done = judged == owed
    mark = f"✓ {judged}/{owed}" if done else f"{judged}/{owed}"
    return Judged(case.decision.title, case.decision.number, mark, "good" if done else "plain")


def goal_row(session: JudgingSession, case: Case, goal: Goal) -> Judged:
    """A goal in the list: what was said of it."""
    key = (case.decision.uid, goal.uid)
    said = session.said.get(key)
    if key in session.drafts:
        return Judged(goal.title, goal.code, wording.text("begun"), "note")
    if said is None:
        return Judged(goal.title, goal.code, "", "plain")
    return Judged(goal.title, goal.code, verdict_title(said.verdict), TONES[said.verdict])
