"""The form that says when a route is walked; its next dates are seen while one types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.occurrences import LONGEST_GRACE, LONGEST_SPREAD
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.ui import terms
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import schedules
from gemba.work.routes import schedule_route

RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=1MO",
)
_SETTLE_MS = 250
_SHOWN = 4


class RouteScheduleForm(Form):
    """When a route is walked; its next dates are seen while one types."""

    def __init__(
        self, services: Services, route: Route, schedule: Schedule | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, "route_schedule", parent=parent)
        self._route, self._kept = route, schedule
        self.title.setText(wording.text("When it is walked"))
        self.preset = Choice([("", wording.text("Own rule")), *_presets()], name="route_schedule.preset", parent=self)
        self.rule, self.at = self.line("rule"), self.line("at")
        self.starts = DayField(name="route_schedule.starts", optional=False, parent=self)
        self.grace, self.spread = self._number("grace_days", LONGEST_GRACE), self._number("spread_days", LONGEST_SPREAD)
        self.dates = Words(tone="muted", wrap=True, parent=self)
        self.dates.setObjectName("route_schedule.dates")
        grace = wording.text("Days after the date within which it still counts as walked.")
        spread = wording.text("Each date moves by so many at most, so that nobody can expect it.")
        rule = wording.text("As calendars write it: FREQ=WEEKLY;BYDAY=TU.")
        self.put_field("preset", wording.text("How &often?"), self.preset)
        self.put_field("rule", wording.text("&Rule"), self.rule, rule)
        self.put_field("starts", wording.text("&Starts"), self.starts)
        self.put_field("at", wording.text("&At"), self.at, wording.text("09:30; empty for the whole day."))
        self.put_field("grace_days", wording.text("&Grace"), self.grace, grace)
        self.put_field("spread_days", wording.text("Random da&ys, up to"), self.spread, spread)
        for codes in (("preset", "rule"), ("starts", "at"), ("grace_days", "spread_days")):
            self.put_row(*codes)
        self.body.addWidget(self.dates)
        self.put_buttons(wording.text("Keep the schedule"))
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._try)
        self._fill(schedule)
        self._follow_typing()

    def begin(self) -> None:
        """The keyboard begins with how often."""
        self.open_at(self.preset)
        self._try()

    @Slot()
    def keep(self) -> None:
        """Keep it; it holds from today on."""
        self._settling.stop()
        self.write(partial(_schedule, self._route.uid, self._draft()))

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about."""
        return {"domain.schedule_time": "at", "domain.schedule_years": "starts"}

    def _fill(self, schedule: Schedule | None) -> None:
        self.rule.setText(schedule.rule if schedule else RULES[2])
        self.preset.choose(self.rule.text())
        self.starts.put(schedule.starts if schedule else self.services.desk.clock().date())
        self.at.setText(schedule.at if schedule else "")
        self.grace.setValue(schedule.grace_days if schedule else 1)
        self.spread.setValue(schedule.spread_days if schedule else 0)

    def _follow_typing(self) -> None:
        self.preset.activated.connect(self._take_preset)
        for signal in (
            self.rule.textChanged,
            self.at.textChanged,
            self.starts.changed,
            self.grace.valueChanged,
            self.spread.valueChanged,
        ):
            signal.connect(self._settling.start)

    def _draft(self) -> schedules.Draft:
        kept = self._kept
        return schedules.Draft(
            title=kept.title if kept else "",
            subject=f"route:{self._route.uid}",
            place=self._route.place,
            rule=self.rule.text(),
            starts=self.starts.day or self.services.desk.clock().date(),
            at=self.at.text().strip(),
            grace_days=self.grace.value(),
            spread_days=self.spread.value(),
            seed=kept.seed if kept and kept.spread_days == self.spread.value() else "",
            working_day=kept.working_day if kept else WorkingDay.NEXT,
            week=kept.week if kept else ("MO", "TU", "WE", "TH", "FR"),
            closed_on=kept.closed_on if kept else (),
        )

    @Slot()
    def _take_preset(self) -> None:
        if self.preset.value:
            self.rule.setText(self.preset.value)

    @Slot()
    def _try(self) -> None:
        self.services.jobs.ask(_next_dates, self.services.desk, self._draft(), done=self._tried)

    def _tried(self, words: str) -> None:
        self.dates.setText(words)

    def _number(self, code: str, most: int) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setObjectName(f"route_schedule.{code}")
        spin.setRange(0, most)
        return spin


def _presets() -> list[tuple[str, str]]:
    words = (
        wording.text("Every day"),
        wording.text("Every weekday"),
        wording.text("Every Monday"),
        wording.text("Every Monday and Thursday"),
        wording.text("Every other Monday"),
        wording.text("The first Monday of each month"),
    )
    return list(zip(RULES, words, strict=True))


def _next_dates(desk: Any, draft: schedules.Draft) -> str:
    try:
        found = schedules.trial(desk, draft, count=_SHOWN)
    except Refusal as refusal:
        return wording.sentence(refusal)
    days = [terms.day(one.on) for one in found if one.on is not None]
    return wording.text("Next: {days}", days=", ".join(days)) if days else wording.text("No date lies ahead.")


def _schedule(route: str, draft: schedules.Draft, desk: Any) -> Change:
    return schedule_route(desk, route, draft)
