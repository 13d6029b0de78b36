"""The entry of a body, or the change of one: what it is for, what it takes, when it meets, who sits in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from gemba import wording
from gemba.domain.agendas import TAKES
from gemba.domain.change import Change
from gemba.domain.governance import GovernanceBody
from gemba.domain.programmes import Schedule
from gemba.domain.seats import MOST_SEATS
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work import bodies as work
from gemba.work.agenda_entries import taken_title

_DAY = 24 * 60
_RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO",
    "FREQ=YEARLY",
    "FREQ=MONTHLY;INTERVAL=18",
)


class BodyForm(Form):
    """What a body is.

    Args:
        services: of the window.
        places: to choose from.
        body: that is changed; a new one when left out.
        schedule: of that body.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        places: tuple[tuple[str, str], ...],
        body: GovernanceBody | None = None,
        schedule: Schedule | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(services, "body", look="inset" if body else "card", parent=parent)
        self._body = body
        self.title.setText(wording.text("Change it") if body else wording.text("Add a body"))
        self._put_what(places)
        self._put_when()
        self._fill(schedule)
        self.put_buttons(wording.text("Keep it") if body else wording.text("Add it"))

    def begin(self) -> None:
        """The keyboard begins in the first field."""
        self.open_at(self.fields["title"].widget)

    @Slot()
    def keep(self) -> None:
        """Keep the body."""
        self.write(_keep, self._body.uid if self._body else "", self._said(), self._cadence(), self._seats())

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about."""
        found = dict.fromkeys(("domain.rule", "domain.rule_too_often", "domain.rule_never"), "rule")
        found |= dict.fromkeys(("domain.schedule_time",), "at") | dict.fromkeys(("domain.schedule_zone",), "zone")
        found |= dict.fromkeys(("domain.quorum", "domain.quorum_too_large"), "quorum")
        found |= dict.fromkeys(("work.seat_role", "domain.terms_overlap"), "seats")
        return found | {"work.body_title": "title", "work.body_there": "title", "work.body_purpose": "purpose"}

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("It is kept.") if self._body else wording.text("The body is there; plan its first meeting.")

    def _put_what(self, places: tuple[tuple[str, str], ...]) -> None:
        self.put_field("title", wording.text("&Name"), self.line("title"))
        self.put_field("purpose", wording.text("What it &decides"), self.lines("purpose"))
        place = Choice([("", wording.text("All places")), *places], name="body.place", search=True, parent=self)
        self.put_field("place", wording.text("&Place, with all below it"), place)
        self.quorum = QSpinBox(self)
        self.quorum.setObjectName("body.quorum")
        self.quorum.setRange(0, MOST_SEATS)
        self.quorum.setSpecialValueText(wording.text("One seat is enough"))
        self.put_field("quorum", wording.text("&Quorum"), self.quorum, wording.text("Seats that have to be there."))
        self.put_row("place", "quorum")
        takes = QWidget(self)
        flow = Flow(takes, gap=12)
        self.takes = {code: QCheckBox(taken_title(code), takes) for code in TAKES}
        for code, box in self.takes.items():
            box.setObjectName(f"body.takes.{code}")
            flow.addWidget(box)
        self.put_field("takes", wording.text("Its agenda is built from"), takes)
        if self._body is None:
            hint = wording.text("A role a line, never a name; the first has the chair. Who has a seat is said later.")
            self.put_field("seats", wording.text("&Seats"), self.lines("seats"), hint)

    def _put_when(self) -> None:
        self.preset = Choice([("", wording.text("Own rule, or none")), *_presets()], name="body.preset", parent=self)
        self.preset.activated.connect(self._take_preset)
        self.put_field("preset", wording.text("How &often?"), self.preset)
        hint = wording.text("As calendars write it; empty while it has no cadence.")
        self.put_field("rule", wording.text("&Rule"), self.line("rule"), hint)
        self.put_row("preset", "rule")
        starts = DayField(name="body.starts", parent=self)
        self.put_field("starts", wording.text("&From"), starts)
        self.put_field("at", wording.text("&At"), self.line("at"), wording.text("09:30; empty for the whole day."))
        self.minutes = QSpinBox(self)
        self.minutes.setObjectName("body.minutes")
        self.minutes.setRange(0, _DAY)
        self.put_field("minutes", wording.text("&Minutes"), self.minutes, wording.text("0: not said."))
        zone = wording.text("Europe/Berlin; empty for that of the place.")
        self.put_field("zone", wording.text("&Zone"), self.line("zone"), zone)
        self.put_row("starts", "at", "minutes", "zone")

    def _fill(self, schedule: Schedule | None) -> None:
        body = self._body
        if body is not None:
            self._words("title", body.title)
            self._words("purpose", body.purpose)
            self._choice("place").choose(body.place or "")
            self.fields["place"].setEnabled(False)  # what it decided stays where it was decided
            self.quorum.setValue(body.quorum or 0)
        for code, box in self.takes.items():
            box.setChecked(code in body.takes if body is not None else code in {"escalation", "action"})
        if schedule is not None:
            self._words("rule", schedule.rule)
            self._words("at", schedule.at)
            self._words("zone", schedule.zone)
            self.minutes.setValue(schedule.minutes or 0)
            self._day().put(schedule.starts)
        self.preset.choose(self._text("rule"))

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "title": self._text("title"),
            "purpose": self._text("purpose"),
            "takes": tuple(code for code, box in self.takes.items() if box.isChecked()),
            "quorum": self.quorum.value() or None,
        }
        return said if self._body is not None else said | {"place": self._choice("place").value or None}

    def _cadence(self) -> work.Cadence | None:
        if not self._text("rule").strip():
            return None
        return work.Cadence(
            rule=self._text("rule"),
            starts=self._day().day,
            at=self._text("at").strip(),
            minutes=self.minutes.value() or None,
            zone=self._text("zone").strip(),
        )

    def _seats(self) -> tuple[str, ...]:
        if self._body is not None:
            return ()
        return tuple(line.strip() for line in self._text("seats").splitlines() if line.strip())

    def _choice(self, code: str) -> Choice:
        widget = self.fields[code].widget
        assert isinstance(widget, Choice)
        return widget

    def _day(self) -> DayField:
        widget = self.fields["starts"].widget
        assert isinstance(widget, DayField)
        return widget

    def _text(self, code: str) -> str:
        widget: Any = self.fields[code].widget
        return str(widget.toPlainText() if hasattr(widget, "toPlainText") else widget.text())

    def _words(self, code: str, words: str) -> None:
        widget: Any = self.fields[code].widget
        (widget.setPlainText if hasattr(widget, "setPlainText") else widget.setText)(words)

    @Slot()
    def _take_preset(self) -> None:
        if self.preset.value:
            self._words("rule", self.preset.value)


def _keep(desk: Any, uid: str, said: dict[str, Any], cadence: work.Cadence | None, seats: tuple[str, ...]) -> Change:
    if uid:
        return work.change(desk, uid, cadence=cadence, **said)
    return work.add(desk, work.BodyDraft(cadence=cadence, seats=seats, **said))


def _presets() -> list[tuple[str, str]]:
    words = (
        wording.text("Every working day"),
        wording.text("Every Monday"),
        wording.text("Every other Tuesday"),
        wording.text("The first Monday of each month"),
        wording.text("The first Monday of every third month"),
        wording.text("Once a year"),
        wording.text("Every 18 months"),
    )
    return list(zip(_RULES, words, strict=True))
