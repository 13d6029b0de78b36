"""The register of goals as a document: every goal with its tree and what is to be mended, and all service levels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.domain.places import Level, Place
from gemba.reports.facts import Rendered, Tone
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Drawing, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.reports.tree_shapes import draw_tree
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.goal_facts import GoalFacts, GoalLine, goal_facts, goal_lines
from gemba.work.goal_gap import Gap
from gemba.work.goal_gaps import all_gaps
from gemba.work.goal_tree import drawn_tree
from gemba.work.goal_words import amount, anchor_title, gap_title, state_title
from gemba.work.level_facts import LevelLine, level_lines
from gemba.work.level_gaps import worst_told

_WIDE = 174.0
"""Millimetres of a page's words."""
_AT_ONCE = 6
"""Branches of one drawing, so that it fits on a page, however long their words are."""


def goals_pdf(desk: Desk, out: Path, *, retired: bool = False) -> Rendered:
    """Write the registers of goals and of service levels as they are today.

    Args:
        desk: whose store it is.
        out: the PDF file.
        retired: also goals that no longer hold.

    Raises:
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        tops = reader.find(Place, level=Level.ENTERPRISE)
        parts = tuple(_parts(reader, retired=retired))
    sheet = SheetFacts(
        number=str(desk.clock().date()),
        title=text("What we promised"),
        kind_title=text("Register of goals and service levels"),
        organisation=tops[0].name if len(tops) == 1 else "",
        person=desk.person.name,
        when=desk.clock(),
        zone=desk.zone,
        parts=parts,
    )
    return render(sheet, out, language=wording.language())


def _parts(reader: Reader, *, retired: bool) -> Iterator[Part]:
    lines = [line for line in goal_lines(reader) if retired or line.state not in {"retired", "expired", "core_ended"}]
    levels, gaps = level_lines(reader), all_gaps(reader)
    goals = [line for line in lines if not line.is_adaptation]
    yield Figures(
        (
            (str(len(goals)), plural("goal", "goals", len(goals))),
            (str(len(lines) - len(goals)), text("adaptations")),
            (str(len(levels)), text("service levels")),
            (str(sum(gap.code == "no_owner" for gap in gaps)), text("without an owner")),
            (str(sum(gap.code == "unmet" for gap in gaps)), text("targets not met")),
        )
    )
    yield from _to_mend(gaps)
    yield Heading(text("Goals"))
    if not goals:
        yield Words(text("Nothing is promised yet."), "quiet")
    for line in lines:
        yield from _goal(goal_facts(reader, line.uid))
    yield Heading(text("Service levels"))
    yield from _levels(levels)


def _to_mend(gaps: tuple[Gap, ...]) -> Iterator[Part]:
    heavy = [gap for gap in gaps if gap.tone != "note"]
    yield Heading(text("To mend"))
    if not heavy:
        yield Words(
            text("Every goal has an owner and a requirement, and every target that can be told is met."), "quiet"
        )
        return
    rows = tuple((Cell(gap_title(gap.code), _tone(gap.tone)), gap.words) for gap in heavy)
    yield Table((text("What"), text("Where, and what to do")), rows, (48, 0))


def _goal(facts: GoalFacts) -> Iterator[Part]:
    line, goal = facts.line, facts.line.goal
    where = f" – {line.place}" if line.place else ""
    yield Heading(f"{goal.title}{where}", 1)
    yield Words(goal.statement, "strong")
    if line.is_adaptation and goal.reason:
        yield Words(text("Adapted because: {reason}", reason=goal.reason), "quiet")
    if not goal.owner:
        yield Notice((text("Nobody answers for this goal: that is a finding."),), "poor")
    yield Words(_line(line), "quiet")
    if goal.anchors:
        yield Facts(tuple((anchor_title(code), words) for code, words in goal.anchors.items()))
    if line.is_adaptation:
        return
    if facts.branches:
        for at in range(0, len(facts.branches), _AT_ONCE):
            yield Drawing(draw_tree(drawn_tree(goal, facts.branches[at : at + _AT_ONCE]), _WIDE))
    else:
        yield Words(text("Need behind it: {need}", need=goal.need))
        yield Notice((text("Nothing says how it is measured: add a requirement."),), "fair")


def _line(line: GoalLine) -> str:
    goal = line.goal
    state = state_title(line.state) + (f", {line.remaining}" if line.remaining else "")
    told = [
        text("{code}, version {n}", code=line.code, n=goal.version),
        text("owner: {owner}", owner=goal.owner or "–"),
        text("{state}; valid from {day}", state=state, day=goal.valid_from),
    ]
    return " · ".join(told)


def _levels(levels: tuple[LevelLine, ...]) -> Iterator[Part]:
    if not levels:
        yield Words(text("No service level is agreed yet."), "quiet")
        return
    yield Table(
        (
            *(text("Service level"), text("From, to"), text("Promised"), text("Expected"), text("Achieved")),
            *(text("Worst gap"), text("Review by")),
        ),
        tuple(_level(line) for line in levels),
        (0, 34, 15, 15, 15, 27, 19),
        numbers=(2, 3, 4),
        note=text("Worst gap: how far promise, expectation and delivery are apart, as a share of what is asked."),
    )


def _level(line: LevelLine) -> tuple[str | Cell, ...]:
    level = line.level
    words, tone = worst_told(line.standing)
    review = str(level.review_by or "–")
    return (
        Cell(level.title, strong=True),
        f"{level.provider} → {level.customer}",
        amount(level.promised, level.unit),
        amount(level.expected, level.unit),
        amount(line.standing.achieved, level.unit),
        Cell(words, _tone(tone)),
        Cell(text("overdue: {day}", day=review), strong=True) if line.is_overdue else review,
    )


def _tone(tone: str) -> Tone:
    found: dict[str, Tone] = {"poor": "poor", "fair": "fair", "good": "good"}
    return found.get(tone, "plain")
