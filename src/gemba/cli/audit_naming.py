"""How a person names what is judged in an audit: a sampled decision, and a goal that held for it."""

from __future__ import annotations

from collections.abc import Iterable

from gemba.cli.naming import named
from gemba.domain.decisions import Decision
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.goals_in_force import goal_named, goals_of
from gemba.work.standing_verdicts import standing
from gemba.work.to_judge import goals_for


def audit_named(reader: Reader, name: str) -> Audit:
    """The audit of this number or uid, or of the beginning of either."""
    return named(reader, Audit, name)


def decision_named(reader: Reader, name: str) -> Decision:
    """The decision of this number or uid, or of the beginning of either."""
    return named(reader, Decision, name)


def goal_held(reader: Reader, audit: Audit, decision: Decision, name: str) -> Goal:
    """The goal that is meant, in the version that held for a decision; else the one of that name.

    Raises:
        Refusal: there is no such goal.
    """
    lines, wanted = goals_of(reader).lines, name.strip().casefold()
    for goal in goals_for(reader, audit, decision):
        if wanted in {lines.code(goal.uid), goal.uid, goal.title.casefold()}:
            return goal
    return goal_named(reader, name)


def word_said(said: str) -> tuple[str, str]:
    """Code and words of `CODE=WORDS`.

    Raises:
        Refusal: there is no `=`.
    """
    code, sign, words = said.partition("=")
    if not sign:
        raise Refusal("cli.word_on_warning", said=said)
    return code.strip(), words.strip()


def contrary_ones(reader: Reader, audit: Audit, names: Iterable[str]) -> list[Uid]:
    """The judgements in which these decisions are contrary to a goal.

    Raises:
        Refusal: a decision is unknown, or contrary to nothing.
    """
    found: list[Uid] = []
    counted = standing(reader, audit)
    for name in names:
        decision = decision_named(reader, name)
        contrary = [
            one.judgement.uid
            for one in counted
            if one.decision.uid == decision.uid and one.verdict is AlignmentVerdict.CONTRARY
        ]
        if not contrary:
            raise Refusal("cli.not_contrary", decision=decision.number)
        found += contrary
    return found
