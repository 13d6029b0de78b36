"""Patterns and transfers in words for the command line."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.cli.saying import table
from gemba.domain.effects import EffectResult
from gemba.store.pattern_lists import PatternLine, TransferLine
from gemba.wording import text
from gemba.work.effect_words import result_title
from gemba.work.pattern_facts import Carried, PatternFacts
from gemba.work.pattern_search import Answer
from gemba.work.pattern_words import state_words, track_short, track_words


def pattern_words(facts: PatternFacts) -> str:
    """One pattern."""
    one = facts.pattern
    said = [
        (text("Number"), one.number),
        (text("Uid"), one.uid),
        (text("Title"), one.title),
        (text("State"), text("retired") if one.retired else text("in force")),
        (text("In doubt"), facts.warning),
        (text("What it answers"), one.problem),
        (text("Step"), facts.step),
        (text("Cause"), facts.cause),
        (text("Where it worked"), facts.place),
        (text("Conditions"), one.context),
        (text("People must be able to"), one.capability),
        (text("Must be known or measured"), one.data),
        (text("What is done"), one.how),
        (text("What proves it"), one.proof),
        (text("Who answers questions"), one.owner),
    ]
    lines = [f"{name}: {_indented(value)}" for name, value in said if value]
    lines += [
        f"  {proof.link}  {proof.title}" + ("" if proof.stands else f" ({text('no proof any more')})")
        for proof in facts.proofs
    ]
    lines += [track_words(facts.track), *(f"  {transfer_line(one)}" for one in facts.carried)]
    lines += [f"  {entry.number}  {text('Workshop')}: {entry.title}" for entry in facts.workshops]
    return "\n".join(lines)


def transfer_line(one: Carried) -> str:
    """One transfer in a line."""
    looked = [
        f"{check.days}: {result_title(check.result)}" for check in one.checks if check.result is not EffectResult.DUE
    ]
    said = [one.transfer.number, one.place, state_words(one.state), one.action.owner, *looked]
    return "  ".join([*said, one.transfer.stopped_because or one.transfer.adapted]).rstrip()


def patterns_table(lines: Sequence[PatternLine]) -> str:
    """Patterns in a list."""
    rows = [
        (
            *(one.number, one.title, one.step, one.cause, one.place or "", one.carried),
            text("{holds} of {n}", holds=one.holding, n=one.known) if one.known else "",
            text("retired") if one.retired else "",
        )
        for one in lines
    ]
    heads = ("Number", "Title", "Step", "Cause", "Place", "Carried", "Holds", "State")
    return table(rows, [text(name) for name in heads])


def transfers_table(lines: Sequence[TransferLine]) -> str:
    """Transfers in a list."""
    rows = [
        (one.number, one.pattern_title, one.place, state_words(one.state), one.owner, one.due, one.live_on or "")
        for one in lines
    ]
    heads = ("Number", "Pattern", "Place", "State", "Owner", "Due", "Live since")
    return table(rows, [text(name) for name in heads])


def answers_table(found: Sequence[Answer]) -> str:
    """What answers, with why."""
    if not found:
        return text("No pattern answers this yet.")
    rows = [
        (one.pattern.number, one.pattern.title, one.place, "; ".join(one.why), one.warning or track_short(one.track))
        for one in found
    ]
    return table(rows, [text(name) for name in ("Number", "Title", "Where it worked", "Why", "How it did")])


def _indented(words: str) -> str:
    return words.replace("\n", "\n    ")
