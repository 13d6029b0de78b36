"""The management review as a document, in the order of ISO 9001, 9.3.2."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from gemba.domain.escalations import EscalationSort
from gemba.domain.findings import FindingGrade
from gemba.domain.quarters import days_of
from gemba.reports.chart_numbers import figure
from gemba.reports.sheet_facts import Cell, Facts, Figures, Heading, Notice, Part, Table, Words
from gemba.wording import plural, text
from gemba.work.alignment_parts import cause_parts, goal_table, overview
from gemba.work.desk import Desk
from gemba.work.drift_files import heat_parts
from gemba.work.escalation_words import left_words, severity_words, sort_short
from gemba.work.follow_words import priority_title
from gemba.work.management_review import ManagementReview
from gemba.work.management_values import Value

_TONES = {"H": "poor", "M": "fair", "L": "plain"}


def review_texts(made: ManagementReview) -> Iterator[str]:
    """All that people wrote and the document prints: none of it may name a person."""
    yield from made.decisions
    yield from (words for _, words, _ in made.overdue)
    for line in (*made.escalations.open, *made.escalations.closed):
        yield from (line.title, line.asked, line.outcome, line.decided_by, line.owner)
    yield from (entry.title for entry in made.entries)
    for each in made.risks:
        yield from (each.risk.mode, each.risk.effect)
    for title, why in made.changed_goals:
        yield from (title, why)
    yield from (one.title for one in (*made.customers, *made.operations))
    yield from (one.title for one in made.promises)


def review_parts(desk: Desk, made: ManagementReview) -> Iterator[Part]:
    """The document's parts."""
    begins, ends = days_of(made.quarter)
    told = text("{first} to {last}, beside the quarter before ({before}).", first=begins, last=ends, before=made.before)
    yield Words(told, "quiet")
    yield Heading(text("Decisions needed"))
    if made.decisions:
        rows = tuple((str(at), one) for at, one in enumerate(made.decisions, 1))
        yield Table(("", text("What is asked")), rows, (8, 0))
    else:
        yield Words(text("The records ask for no decision."), "quiet")
    yield from _beside(made)
    yield from _alignment(made)
    yield from _promises(made)
    yield from _audits(made)
    yield from _actions(made)
    yield from _escalations(desk, made)
    yield from _risks(made)
    yield from _entries(made)
    yield from _changes(made)


def _beside(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Customer value beside operating results"))
    pairs = zip_longest(map(_cells, made.customers), map(_cells, made.operations), fillvalue=("", "", ""))
    heads = (
        *(text("Customer value"), made.quarter, made.before),
        *(text("Operating results"), made.quarter, made.before),
    )
    note = text(
        "In brackets the 95 % interval. No survey score is told below ten answers, no rate below five decisions."
    )
    yield Table(heads, tuple((*one, *other) for one, other in pairs), (42, 30, 16, 37, 18, 16), (1, 2, 4, 5), note)
    if not made.operations:
        yield Notice((text("No measure of operations is kept here; bring their results along."),), "fair")


def _cells(one: Value) -> tuple[str, str, str]:
    title = f"{one.title} ({one.unit})" if one.unit else one.title
    now = figure(one.now, percent=one.percent)
    if one.low is not None and one.high is not None:
        now += f" ({figure(one.low, percent=one.percent)} – {figure(one.high, percent=one.percent)})"
    return title, now, figure(one.before, percent=one.percent)


def _alignment(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Do decisions keep what was promised?"), new_page=True)
    yield from overview(made.alignment)
    if made.alignment.goals.whole.whole:
        yield goal_table(made.alignment)
        yield from heat_parts(made.alignment.regions)
        yield from cause_parts(made.alignment.causes, most=8)


def _promises(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Promises and clocks"))
    clocks = made.clocks
    yield Figures(
        (
            (figure(clocks.kept), text("told in time")),
            (figure(clocks.late), text("told late")),
            (figure(clocks.waiting), text("still waiting, too late")),
        )
    )
    if not made.promises:
        yield Words(text("No service level held on the last day of the quarter."), "quiet")
        return
    kept = {
        True: Cell(text("kept"), "good"),
        False: Cell(text("not kept"), "poor"),
        None: Cell(text("not known"), "plain"),
    }
    rows: list[tuple[str | Cell, ...]] = [
        (f"{one.title} ({one.unit})", figure(one.promised), figure(one.expected), figure(one.achieved), kept[one.kept])
        for one in made.promises
    ]
    heads = (text("Service level"), text("Promised"), text("Expected"), text("Achieved"), "")
    yield Table(heads, tuple(rows), (0, 22, 22, 22, 28), numbers=(1, 2, 3))


def _audits(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Audits and their conclusions"))
    if not made.audits:
        yield Words(text("No alignment audit was planned for this quarter."), "quiet")
    else:
        states = _states()
        rows = tuple((one.number, one.place, states[one.state], one.rate or "–") for one in made.audits)
        more = made.audit_count - len(made.audits)
        note = plural("and {n} more audit", "and {n} more audits", more) if more else ""
        yield Table(
            (text("Audit"), text("Place"), text("State"), text("Aligned (95 %)")), rows, (44, 0, 30, 50), note=note
        )
    grades = {
        FindingGrade.MAJOR: text("major"),
        FindingGrade.MINOR: text("minor"),
        FindingGrade.OPPORTUNITY: text("opportunity"),
        FindingGrade.GOOD_PRACTICE: text("good practice"),
    }
    told = [f"{figure(made.findings.get(grade, 0))} {title}" for grade, title in grades.items()]
    yield Facts(((text("Findings of the quarter"), " · ".join(told)),))


def _states() -> dict[str, str]:
    return {
        "planned": text("planned"),
        "open": text("open"),
        "responding": text("with the auditee"),
        "concluded": text("concluded"),
    }


def _actions(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Actions"))
    yield Figures(
        (
            (figure(made.actions.open), text("open")),
            (figure(made.actions.overdue), text("overdue")),
            (figure(made.actions.done), text("done in the quarter")),
            (figure(made.actions.not_effective), text("of these without effect")),
        )
    )
    if made.overdue:
        rows = tuple((number, words, due.isoformat()) for number, words, due in made.overdue)
        yield Table((text("Action"), text("What"), text("Was due")), rows, (36, 0, 24))


def _escalations(desk: Desk, made: ManagementReview) -> Iterator[Part]:
    log = made.escalations
    yield Heading(text("Escalations"))
    yield Figures(
        (
            (figure(len(log.open)), text("open")),
            (figure(len(log.overdue)), text("overdue")),
            (figure(len(log.carried_over)), text("carried over")),
            (figure(len(log.decided)), text("decided in the quarter")),
        )
    )
    if log.open:
        rows = tuple(
            (
                *(line.number, sort_short(EscalationSort(line.sort)), severity_words(line.severity), line.title),
                left_words(line.due_at, desk.clock()),
            )
            for line in log.open[:12]
        )
        heads = (text("Escalation"), text("Sort"), text("Severity"), text("What"), text("Answer"))
        yield Table(heads, rows, (34, 28, 20, 0, 34))


def _risks(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Risks"))
    if not made.risks:
        yield Words(text("No risks are written down yet."), "quiet")
        return
    rows = tuple(
        (
            Cell(priority_title(line.priority), _TONES[line.priority]),  # type: ignore[arg-type]
            f"{line.risk.mode}: {line.risk.effect}",
            line.risk.review_by.isoformat() if line.risk.review_by else "–",
        )
        for line in made.risks
    )
    yield Table((text("Priority"), text("How it fails, and for the customer"), text("Review by")), rows, (26, 0, 26))


def _entries(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("Trade-offs, conflicts of measures and the metric audit"))
    if not made.entries:
        yield Words(text("Nothing is open in these registers."), "quiet")
        return
    verdicts = {"keep": text("keep"), "change": text("change"), "retire": text("retire")}
    rows = tuple(
        (
            one.number,
            one.register,
            one.title,
            verdicts.get(one.verdict, "") or one.state,
            text("due") if one.due else "–",
        )
        for one in made.entries
    )
    heads = (text("Entry"), text("Register"), text("What"), text("State"), text("Look at it"))
    yield Table(heads, rows, (34, 34, 0, 30, 20))


def _changes(made: ManagementReview) -> Iterator[Part]:
    yield Heading(text("What changed in what was promised"))
    if made.changed_goals:
        yield Table((text("Goal"), text("Why")), made.changed_goals, (60, 0))
    else:
        yield Words(text("No goal was changed, adapted or ended."), "quiet")
    yield Heading(text("To be brought along"), 1)
    yield Words(
        text(
            "Not recorded here, and asked for by the standard: changes outside the organisation, how external "
            "providers perform, and whether resources suffice."
        ),
        "small",
    )
