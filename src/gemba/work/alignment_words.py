"""Figures of alignment in words, the same in the window, on paper and on the command line."""

from __future__ import annotations

from gemba.domain.judgements import AlignmentVerdict, Constraint
from gemba.reports.chart_numbers import figure
from gemba.store.alignment_counts import UnderWay
from gemba.wording import plural, text
from gemba.work.alignment_facts import FEWEST, Question, Rate
from gemba.work.alignment_scene import Scene
from gemba.work.drift_cells import HeatMap
from gemba.work.drift_changes import Shift
from gemba.work.drift_trend import Outcome


def verdict_title(verdict: str) -> str:
    """What people call a verdict."""
    return {
        AlignmentVerdict.ALIGNED: text("Aligned"),
        AlignmentVerdict.PART: text("In part"),
        AlignmentVerdict.CONTRARY: text("Contrary"),
        AlignmentVerdict.CANNOT_TELL: text("Cannot tell"),
    }[AlignmentVerdict(verdict)]


def constraint_title(constraint: str) -> str:
    """What forced a decision."""
    return {
        Constraint.NONE: text("None named"),
        Constraint.RULE: text("A rule"),
        Constraint.BUDGET: text("Budget"),
        Constraint.STAFF: text("Staff"),
        Constraint.SYSTEM: text("A system"),
        Constraint.AUTHORITY: text("Authority"),
        Constraint.TARGET: text("Another target"),
        Constraint.TIME: text("Time"),
        Constraint.KNOWLEDGE: text("The promise was not known"),
        Constraint.UNKNOWN: text("Not known"),
    }[Constraint(constraint)]


def mark_title(mark: str) -> str:
    """How a cell stands to what is usual."""
    return {
        "below": text("below what is usual"),
        "above": text("above what is usual"),
        "like": text("as usual"),
        "few": text("too few to say"),
        "none": text("nothing judged"),
    }[mark]


def rate_words(rate: Rate) -> str:
    """A rate with its interval, or that there are too few."""
    if rate.rate is None:
        return text("too few to say ({aligned} of {n})", aligned=rate.aligned, n=rate.judged)
    return f"{figure(rate.rate, percent=True)} ({figure(rate.low, percent=True)} – {figure(rate.high, percent=True)})"


def counts_words(rate: Rate) -> str:
    """What a rate is made of."""
    return text(
        "{aligned} aligned, {part} in part, {contrary} contrary, {untold} cannot be told",
        aligned=rate.aligned,
        part=rate.part,
        contrary=rate.contrary,
        untold=rate.cannot_tell,
    )


def shift_words(shift: Shift) -> str:
    """What became of a rate since the quarter before."""
    if shift.verdict == "few":
        return text("too few to say (below {n} judged)", n=FEWEST)
    told = shift_points(shift)
    if shift.verdict == "up":
        return text("more aligned: {points} points", points=told)
    if shift.verdict == "down":
        return text("less aligned: {points} points", points=told)
    return text("no change can be told: {points} points", points=told)


def shift_verdict(shift: Shift) -> str:
    """The same in a few words, beside the figures."""
    return {
        "up": text("more aligned"),
        "down": text("less aligned"),
        "untold": text("no change can be told"),
        "few": text("too few to say"),
    }[shift.verdict]


def shift_points(shift: Shift) -> str:
    """The difference in points of a hundred, with its interval."""
    if shift.difference is None:
        return "–"
    return f"{_points(shift.difference)} ({_points(shift.low)} – {_points(shift.high)})"


def _points(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share, 1) + 0.0:+.1f}".replace("-", "−")


def under_way_words(waiting: UnderWay) -> str:
    """What does not count yet; empty for nothing."""
    if not waiting.verdicts:
        return ""
    audits = plural("{n} audit that is not concluded", "{n} audits that are not concluded", waiting.audits)
    return plural(
        "{n} verdict in {audits} does not count yet.", "{n} verdicts in {audits} do not count yet.", waiting.verdicts,
        audits=audits,
    )  # fmt: skip


def outcome_words(outcome: Outcome) -> str:
    """Whether customers are better off where a goal is kept."""
    if outcome.r is None:
        return text("too few quarters to say ({n} with both)", n=outcome.n)
    told = f"{outcome.r:+.2f} ({outcome.low:+.2f} – {outcome.high:+.2f})".replace("-", "−")
    if outcome.verdict == "with":
        return text("customers are better off where it is kept: {r}", r=told)
    if outcome.verdict == "against":
        return text("customers are worse off where it is kept: {r}; look at the measure or the goal", r=told)
    return text("nothing can be said: {r}", r=told)


def heat_notes(made: HeatMap) -> tuple[str, ...]:
    """How to read a heat map."""
    if not made.rows:
        return ()
    marks = text(
        "▼ below and ▲ above what the goal shows at all places, further than three sigmas of so few decisions; all "
        "others are as usual. Fewer than {n} judged decisions: too few to say, never coloured.",
        n=FEWEST,
    )
    chance = plural(
        "{n} cell is marked; chance alone would mark about {chance}, were all places alike.",
        "{n} cells are marked; chance alone would mark about {chance}, were all places alike.",
        len(made.marked()),
        chance=f"{made.by_chance():.1f}",
    )
    return marks, chance


def subject_of(scene: Scene, question: Question) -> str:
    """Which decisions are told of, in words."""
    told = [scene.title("site", question.place)] if question.place else [text("All places")]
    if question.quarters:
        first, last = question.quarters[0], question.quarters[-1]
        told.append(first if first == last else f"{first} – {last}")
    told += [scene.title("goal", code) for code in question.goals]
    return " · ".join(told)
