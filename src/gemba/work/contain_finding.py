"""Containment: what was done at once so that no further customer meets what was found."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.action_rules import day_at
from gemba.work.desk import Desk
from gemba.work.records import known


def contain(desk: Desk, finding: Uid, what: str, at: datetime | None = None) -> Change:
    """Keep what was done at once; said again, the later words and time stand.

    It may be said while the finding is written and later, also after the assessment is concluded: it tells of the
    finding as it goes on, as its actions do.

    Args:
        desk: who does it, where.
        finding: uid of the finding.
        what: in the words of whoever did it.
        at: when; now when left out. Aware.

    Raises:
        Refusal: the finding is unknown, nothing says what was done, or the time is impossible.
    """
    with desk.unit() as unit:
        about = known(unit, Finding, finding)
        contain_in(unit, about, what, at or desk.clock(), desk.clock())
        return unit.change_made(finding)


def contain_in(unit: Unit, finding: Finding, what: str, at: datetime, now: datetime) -> None:
    """The same within another use case's unit."""
    if not what.strip():
        raise Refusal("work.containment_without_words")
    demand_time(unit, finding, at, now)
    unit.change(Finding, finding.uid, contained=what.strip(), contained_at=at)


def take_back(desk: Desk, finding: Uid, before: tuple[str, datetime | None] = ("", None)) -> Change:
    """Take back what was said of containment; what stood there before stands again."""
    with desk.unit() as unit:
        known(unit, Finding, finding)
        unit.change(Finding, finding, contained=before[0], contained_at=before[1])
        return unit.change_made(finding)


def demand_time(reader: Reader, finding: Finding, at: datetime, now: datetime) -> None:
    """Demand a time that can be: not to come, and not before what was found could be seen.

    People act first and write then: within the walk, and on the day of the finding, it may lie before the minute in
    which the finding was written down.

    Raises:
        Refusal: `work.contained_in_future` or `work.contained_before_finding`.
    """
    if at > now:
        raise Refusal("work.contained_in_future", number=finding.number)
    assessment = known(reader, Assessment, finding.assessment)
    found = day_at(reader, finding.place, finding.raised_at)
    too_early = at < assessment.started_at.replace(second=0, microsecond=0)
    if at < finding.raised_at and (too_early or day_at(reader, finding.place, at) < found):
        raise Refusal("work.contained_before_finding", number=finding.number, found=found)


def lacks_containment(finding: Finding) -> bool:
    """Whether a finding stands out as not contained: a major nonconformity that is open. A hint, never a block."""
    is_open_major = finding.grade is FindingGrade.MAJOR and finding.state is FindingState.OPEN
    return is_open_major and not finding.contained
