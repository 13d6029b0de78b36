"""Today's card of who meets this week, and of meetings whose minutes are missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.due import Due, DueSort
from gemba.ui import terms
from gemba.ui.calendar.ways import way_to_due
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.services import Services
from gemba.work.calendar import Calendar, Wanted

TOPICS = frozenset({"meeting", "governance_body", "body_member", "schedule"})
_SHOWN = 4
_WEEK = timedelta(days=6)


class WeekRead(msgspec.Struct, frozen=True):
    """Who meets."""

    today: date
    late: tuple[Due, ...]
    """Meetings whose day has passed without minutes."""
    coming: tuple[Due, ...]
    count: int


class MeetsThisWeekCard(WaitingCard):
    """The next meetings, each a way to it; hidden while nobody meets.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Who meets this week"),
            name="meetings",
            to=("calendar", "week"),
            topics=TOPICS,
            read=read_week,
            parent=parent,
        )

    def show_facts(self, facts: WeekRead) -> None:
        """Show what is missing, then what comes."""
        late = [self._row(one, (wording.text("Minutes are missing"), "poor")) for one in facts.late]
        coming = [self._row(one, (_when(one, facts.today), "plain")) for one in facts.coming]
        self.put([*late, *coming], facts.count - len(late) - len(coming))

    def _row(self, one: Due, badge: tuple[str, str]) -> LinkRow:
        planned = one.number or wording.text("not planned yet")
        under = " · ".join(part for part in (terms.day(one.day), one.clock(), one.place, planned) if part)
        return LinkRow(
            one.title,
            under,
            name=f"today.meeting.{one.made}",
            icon="users",
            badge=badge,
            go=self._services.go,
            to=way_to_due(one),
        )


def read_week(desk: Any) -> WeekRead:
    """Who meets from today on for a week, and what was not written down; on a job's thread."""
    with desk.reader() as reader:
        late = Calendar(reader, desk, Wanted(sorts=(DueSort.MEETING,), overdue=True))
        planned = [one for one in late.page() if one.number]
        today = late.today
        week = Calendar(reader, desk, Wanted(first=today, last=today + _WEEK, sorts=(DueSort.MEETING,)))
        coming = week.page()
        return WeekRead(today, tuple(planned[:_SHOWN]), tuple(coming[:_SHOWN]), len(planned) + len(coming))


def _when(one: Due, today: date) -> str:
    days = (one.day - today).days
    if days < 2:
        return wording.text("Tomorrow") if days else wording.text("Today")
    return wording.plural("In {n} day", "In {n} days", days)
