"""The fields of a schedule's form, and what they say together."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.occurrences import LONGEST_GRACE, LONGEST_SPREAD
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.domain.recurrence_rules import WEEKDAYS
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.work import schedules as work
from gemba.work.schedule_words import subject_title, working_day_title

_DAY = 24 * 60
_PRESETS = (
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
    "FREQ=YEARLY",
)
_LEAST = 250
"""Pixels of a field that stands beside others."""
_ROWS = (
    ("title",),
    ("subject", "place", "owner"),
    ("template",),
    ("auditors",),
    ("preset",),
    ("rule",),
    ("starts", "ends", "at", "minutes", "zone"),
    ("working_day",),
    ("week",),
    ("closed_on",),
    ("grace_days", "spread_days"),
)


class ScheduleFields(QWidget):
    """What a schedule is: what, where, how often, when, and what becomes of dates on other days.

    Args:
        parent: the owner.
    """

    changed = Signal()
    """Something was typed or chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {code: self._line(code) for code in ("title", "owner", "rule", "at", "zone", "closed_on")}
        self.subject = self._choice("subject", [(code, subject_title(code)) for code in ("audit", "walk", "review")])
        self.place, self.template = self._choice("place", []), self._choice("template", [])
        self.auditors = self._choice("auditors", [])
        self.preset = Choice([("", wording.text("Own rule")), *_presets()], name="schedule.preset", parent=self)
        self.preset.activated.connect(self._take_preset)
        self.starts, self.ends = DayField(name="schedule.starts", optional=False), DayField(name="schedule.ends")
        self.working_day = self._choice("working_day", [(one.value, working_day_title(one)) for one in WorkingDay])
        self.numbers = {
            "minutes": self._number("minutes", 14 * _DAY),
            "grace_days": self._number("grace_days", LONGEST_GRACE),
            "spread_days": self._number("spread_days", LONGEST_SPREAD),
        }
        self.week = {code: QCheckBox(title, self) for code, title in zip(WEEKDAYS, _weekday_titles(), strict=True)}
        self._seed, self._subject = "", ""
        self._people: dict[str, str] = {}
        self.fields = self._made_fields()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for codes in _ROWS:
            rows.addWidget(self._beside(codes))
        for day in (self.starts, self.ends):
            day.changed.connect(self.changed)
        for code, box in self.week.items():
            box.setObjectName(f"schedule.week.{code}")
            box.toggled.connect(self.changed)
        self.subject.currentIndexChanged.connect(self._show_template)

    def offer(
        self,
        places: tuple[tuple[str, str], ...],
        templates: tuple[tuple[str, str], ...],
        people: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """The places, checklists and people that there are."""
        self._people = dict(people)
        for choice, offered in ((self.place, places), (self.template, templates)):
            choice.blockSignals(True)
            choice.offer([("", ""), *offered])
            choice.blockSignals(False)

    def fill(self, schedule: Schedule | None, today: date) -> None:
        """Show a schedule, or what a new one begins with."""
        self.blockSignals(True)
        self._seed = schedule.seed if schedule else ""
        self._subject = schedule.subject if schedule else work.AUDIT
        for code, line in self.lines.items():
            value = getattr(schedule, code) if schedule else ""
            line.setText(", ".join(value) if isinstance(value, tuple) else value)
        if schedule is None:
            self.lines["rule"].setText(_PRESETS[2])
        self.preset.choose(self.lines["rule"].text())
        for choice, value in (
            (self.subject, self._subject),
            (self.place, (schedule.place if schedule else "") or ""),
            (self.template, (schedule.template if schedule else "") or ""),
            (self.working_day, (schedule.working_day if schedule else WorkingDay.NEXT).value),
        ):
            choice.choose(value)
        self._offer_auditors(schedule.auditors if schedule else ())
        self.starts.put(schedule.starts if schedule else today)
        self.ends.put(schedule.ends if schedule else None)
        for code, spin in self.numbers.items():
            spin.setValue((getattr(schedule, code) if schedule else 0) or 0)
        for code, box in self.week.items():
            box.setChecked(code in (schedule.week if schedule else WEEKDAYS[:5]))
        for code in ("subject", "place"):  # what it makes, and where, stays
            self.fields[code].setEnabled(schedule is None)
        self.blockSignals(False)
        self._show_template()

    def draft(self) -> work.Draft:
        """What the fields say together."""
        own = self._subject if ":" in self._subject else self.subject.value
        return work.Draft(
            title=self.lines["title"].text(),
            subject=own,
            place=self.place.value or None,
            template=(self.template.value or None) if own == work.WALK else None,
            owner=self.lines["owner"].text().strip(),
            rule=self.lines["rule"].text(),
            starts=self.starts.day or date.today(),  # noqa: DTZ011 - the field is never empty
            ends=self.ends.day,
            at=self.lines["at"].text().strip(),
            minutes=self.numbers["minutes"].value() or None,
            zone=self.lines["zone"].text().strip(),
            working_day=WorkingDay(self.working_day.value),
            week=tuple(code for code, box in self.week.items() if box.isChecked()),
            closed_on=tuple(each.strip() for each in self.lines["closed_on"].text().split(",") if each.strip()),
            grace_days=self.numbers["grace_days"].value(),
            spread_days=self.numbers["spread_days"].value(),
            seed=self._seed,
            auditors=tuple(self.auditors.value.split()) if own == work.AUDIT else (),
        )

    def _offer_auditors(self, chosen: tuple[str, ...]) -> None:
        """Each person, all in turns, and those who are named now; a value is their uids with blanks between them."""
        offered = {"": wording.text("Whoever makes them")} | self._people
        if len(self._people) > 1:
            offered[" ".join(self._people)] = wording.text("All of them take turns")
        if chosen:
            offered.setdefault(" ".join(chosen), ", ".join(self._people.get(one, one) for one in chosen))
        self.auditors.blockSignals(True)
        self.auditors.offer(list(offered.items()))
        self.auditors.choose(" ".join(chosen))
        self.auditors.blockSignals(False)

    def _beside(self, codes: tuple[str, ...]) -> QWidget:
        """Fields beside each other as far as there is room; one alone has all of it."""
        if len(codes) == 1:
            return self.fields[codes[0]]
        across = QWidget(self)
        flow = Flow(across, gap=16)
        for code in codes:
            self.fields[code].setMinimumWidth(_LEAST)
            flow.addWidget(self.fields[code])
        return across

    def _made_fields(self) -> dict[str, Field]:
        week = QWidget(self)
        flow = Flow(week)
        for box in self.week.values():
            flow.addWidget(box)
        hints = {
            "rule": wording.text("As calendars write it: FREQ=MONTHLY;BYDAY=1MO."),
            "at": wording.text("09:30, on the clocks there; empty for the whole day."),
            "zone": wording.text("Europe/Berlin; empty for that of the place."),
            "closed_on": wording.text("2026-12-25, 2026-12-26: nothing is held on these."),
            "spread_days": wording.text("Each date moves by so many at most, so that nobody can expect it."),
            "grace_days": wording.text("Days after the date within which it still counts as held."),
            "minutes": wording.text("0: not said."),
        }
        asked: tuple[tuple[str, str, QWidget], ...] = (
            ("title", wording.text("&Title"), self.lines["title"]),
            ("subject", wording.text("&What comes again?"), self.subject),
            ("place", wording.text("&Place"), self.place),
            ("template", wording.text("&Checklist"), self.template),
            ("auditors", wording.text("Who leads the a&udits?"), self.auditors),
            ("owner", wording.text("Who sees to it? (role)"), self.lines["owner"]),
            ("preset", wording.text("How &often?"), self.preset),
            ("rule", wording.text("&Rule"), self.lines["rule"]),
            ("starts", wording.text("&Starts"), self.starts),
            ("ends", wording.text("&Ends"), self.ends),
            ("at", wording.text("&At"), self.lines["at"]),
            ("minutes", wording.text("&Minutes"), self.numbers["minutes"]),
            ("zone", wording.text("&Zone"), self.lines["zone"]),
            ("working_day", wording.text("A date on no working &day …"), self.working_day),
            ("week", wording.text("Working days"), week),
            ("closed_on", wording.text("Closed days"), self.lines["closed_on"]),
            ("grace_days", wording.text("&Grace"), self.numbers["grace_days"]),
            ("spread_days", wording.text("Random da&ys, up to"), self.numbers["spread_days"]),
        )
        return {code: Field(words, widget, hint=hints.get(code, ""), parent=self) for code, words, widget in asked}

    @Slot()
    def _take_preset(self) -> None:
        if self.preset.value:
            self.lines["rule"].setText(self.preset.value)

    @Slot()
    def _show_template(self) -> None:
        self.fields["template"].setVisible(self.subject.value == work.WALK)
        self.fields["auditors"].setVisible(self.subject.value == work.AUDIT)

    def _line(self, code: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"schedule.{code}")
        line.textChanged.connect(self.changed)
        return line

    def _choice(self, code: str, offered: list[tuple[str, str]]) -> Choice:
        choice = Choice(offered, name=f"schedule.{code}", parent=self)
        choice.currentIndexChanged.connect(self.changed)
        return choice

    def _number(self, code: str, most: int) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setObjectName(f"schedule.{code}")
        spin.setRange(0, most)
        spin.valueChanged.connect(self.changed)
        return spin


def _presets() -> list[tuple[str, str]]:
    words = (
        wording.text("Every Monday"),
        wording.text("Every other Monday"),
        wording.text("The first Monday of each month"),
        wording.text("The last weekday of each month"),
        wording.text("Every three months, on the 15th"),
        wording.text("Once a year"),
    )
    return list(zip(_PRESETS, words, strict=True))


def _weekday_titles() -> tuple[str, ...]:
    return (
        wording.text("Monday"),
        wording.text("Tuesday"),
        wording.text("Wednesday"),
        wording.text("Thursday"),
        wording.text("Friday"),
        wording.text("Saturday"),
        wording.text("Sunday"),
    )
