"""How calibration sessions are told on the command line, and how their options are read."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.cli.saying import table
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.calibration_facts import SessionFacts
from gemba.work.calibration_said import case_said
from gemba.work.calibration_words import (
    change_words,
    level_title,
    progress_words,
    rater_words,
    round_words,
    state_title,
)


def words(facts: SessionFacts) -> str:
    """A session for people, as the person at the desk may see it."""
    about = facts.session
    lines = [f"{about.number}: {about.title}", state_title(about.state) + "."]
    if any(not one.is_closed for one in facts.rounds):
        lines.append(progress_words(facts))
    for one in facts.rounds:
        lines += ["", text("Round {n}", n=one.round), *round_words(one)]
        rows = [(each.name, each.rated, rater_words(each)) for each in one.raters]
        if rows:
            lines.append(table(rows, [text("Rater"), text("Cases"), text("Right by the standard (95 %)")]))
    if change_words(facts):
        lines += ["", change_words(facts)]
    if about.learned:
        lines += ["", about.learned]
    return "\n".join([*lines, "", _cases(facts), about.uid])


def pairs(said: Sequence[str] | None) -> dict[str, str]:
    """Options written as KEY=VALUE.

    Raises:
        Refusal: `cli.bad_pair`.
    """
    found: dict[str, str] = {}
    for each in said or ():
        key, sign, value = each.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise Refusal("cli.bad_pair", said=each)
        found[key.strip()] = value.strip()
    return found


def cases(reader: Reader, said: Sequence[str]) -> dict[str, str]:
    """Cases by code; the number of a decision stands for that decision.

    Raises:
        Refusal: `cli.bad_pair`.
    """
    return {code: case_said(reader, words) for code, words in pairs(said).items()}


def _cases(facts: SessionFacts) -> str:
    rows = [
        (
            code,
            level_title(facts.session.standards[code]) if code in facts.session.standards else "",
            *(", ".join(level_title(level) for level in one.levels[code].values()) for one in facts.rounds),
            said,
        )
        for code, said in facts.cases.items()
    ]
    rounds = [text("Round {n}", n=one.round) for one in facts.rounds]
    return table(rows, [text("Case"), text("Standard"), *rounds, text("What is judged")])
