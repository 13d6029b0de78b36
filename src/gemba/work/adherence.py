"""The same complaint from several sites asks whether one instruction is followed there, and whether it serves."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.record import Uid
from gemba.kinds.registers.audits import ADHERENCE_AUDITS
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.elsewhere import Issue, elsewhere
from gemba.work.register_view import as_declared
from gemba.work.registers import is_over
from gemba.work.which_complaints import Which

DAYS = 182
"""So far back complaints are counted."""
SITES = 2
"""At least so many sites complain of the same."""
QUIET = 91
"""Days for which an audit that is over is not proposed again."""


class AdherenceIssue(msgspec.Struct, frozen=True, kw_only=True):
    """One step and cause that several sites complain of."""

    step: str
    cause: str
    title: str
    sites: tuple[tuple[str, int], ...]
    """Name and complaints, the most first."""
    places: tuple[Uid, ...] = ()
    """Uids of the sites."""
    complaints: int
    weight: int
    entry: Uid
    """The audit that looks at it, or that looked lately; empty when there is none."""
    state: str
    """Of that audit."""


def adherence_issues(desk: Desk, place: Uid | None = None) -> tuple[AdherenceIssue, ...]:
    """What several sites complain of, the heaviest first.

    Args:
        desk: who asks, where.
        place: complaints of this place and below; all when left out.
    """
    today = desk.clock().date()
    found = elsewhere(desk, Which(place=place, begins=today - timedelta(days=DAYS - 1), ends=today), sites=SITES)
    with desk.reader() as reader:
        entries = as_declared(reader, ADHERENCE_AUDITS)
    lately = [
        one
        for one in sorted(entries, key=lambda one: one.made_at)
        if not is_over(ADHERENCE_AUDITS, one) or (desk.clock() - one.changed_at).days < QUIET
    ]
    by_issue = {(one.fields.get("step", ""), one.fields.get("cause", "")): one for one in lately}
    return tuple(_issue(each, by_issue.get((each.step, each.cause))) for each in found)


def _issue(found: Issue, entry: RegisterEntry | None) -> AdherenceIssue:
    return AdherenceIssue(
        step=found.step,
        cause=found.cause,
        title=text("{step}: {cause}", step=found.step_title, cause=found.cause_title),
        sites=tuple((at.name, at.count) for at in found.sites),
        places=tuple(at.site for at in found.sites),
        complaints=found.count,
        weight=found.weight,
        entry=entry.uid if entry else "",
        state=entry.state if entry else "",
    )
