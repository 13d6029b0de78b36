"""The form of one risk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.follow_through import Risk
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work import risks as work


class RiskForm(Card):
    """Closed until a risk is added or chosen.

    Args:
        services: of the window.
        parent: the owner.
    """

    closed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Risk"), look="inset", parent=parent)
        self._services = services
        self._risk: Risk | None = None
        self.words = {
            code: self._line(code) for code in ("mode", "effect", "step", "cause", "control", "owner", "action")
        }
        self.ratings = {code: self._rating(code) for code in work.RATINGS}
        self.review_by = DayField(name="risk.review_by", parent=self)
        self._fields = {
            code: Field(title, self.words[code], hint=hint, parent=self)
            for code, title, hint in (
                ("mode", wording.text("How does it &fail?"), ""),
                ("effect", wording.text("What does that &mean for the customer?"), ""),
                ("step", wording.text("&Step of the process"), ""),
                ("cause", wording.text("&Cause"), wording.text("What lets it happen; no person.")),
                ("control", wording.text("What &prevents or shows it today"), ""),
                ("action", wording.text("&What is to be done"), ""),
                ("owner", wording.text("&Owner"), wording.text("A role.")),
            )
        }
        for field in self._fields.values():
            self.body.addWidget(field)
        self._put_ratings()
        self.body.addWidget(Field(wording.text("&Review by"), self.review_by, parent=self))
        across = QHBoxLayout()
        self.retire_button = Button(
            wording.text("Retire"), name="risk.retire", icon="archive", look="quiet", run=self.retire, parent=self
        )
        across.addWidget(self.retire_button)
        across.addStretch(1)
        for button in (
            Button(wording.text("Cancel"), name="risk.cancel", look="quiet", run=self.close_form, parent=self),
            Button(wording.text("Keep"), name="risk.keep", icon="check", run=self.keep, once=True, parent=self),
        ):
            across.addWidget(button)
        self.body.addLayout(across)
        self.hide()

    def begin(self, risk: Risk | None) -> None:
        """Open for a new risk, or one that is there."""
        self._risk = risk
        for code, line in self.words.items():
            line.setText(getattr(risk, code) if risk else "")
            self._fields[code].say_problem("")
        for code, spin in self.ratings.items():
            spin.setValue(getattr(risk, code) if risk else 5)
        self.review_by.put(risk.review_by if risk else None)
        self.retire_button.setVisible(risk is not None)
        self.show()
        if risk is None:
            self.words["mode"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Add the risk, or change it."""
        fields: dict[str, object] = {code: line.text().strip() for code, line in self.words.items()}
        fields |= {code: spin.value() for code, spin in self.ratings.items()}
        fields["review_by"] = self.review_by.day
        uid = self._risk.uid if self._risk else ""
        self._services.jobs.write(keep_risk, uid, fields, done=self._kept, failed=self._refused)

    @Slot()
    def retire(self) -> None:
        """Take it out of the list; it is kept."""
        if self._risk is not None:
            self._services.jobs.write(work.retire, self._risk.uid, done=self._kept)

    @Slot()
    def close_form(self) -> None:
        """Change nothing."""
        self.hide()
        self.closed.emit()

    def _put_ratings(self) -> None:
        inner = QWidget(self)
        flow = Flow(inner, gap=16)
        for code, title in (
            ("technical", wording.text("&Technical severity")),
            ("customer", wording.text("Severity for the c&ustomer")),
            ("occurrence", wording.text("Occ&urrence")),
            ("detection", wording.text("&Detection")),
        ):
            hint = {
                "occurrence": wording.text("10: all the time"),
                "detection": wording.text("10: never noticed before"),
            }.get(code, wording.text("10: the worst"))
            field = Field(title, self.ratings[code], hint=hint, parent=inner)
            field.setMinimumWidth(180)
            flow.addWidget(field)
        self.body.addWidget(inner)

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The risk is kept."))
        self.close_form()

    def _refused(self, error: GembaError) -> None:
        code = {"work.risk_without_mode": "mode", "work.risk_without_effect": "effect"}.get(error.code)
        if code is None:
            self._services.messages.trouble(error)
            return
        self._fields[code].say_problem(wording.sentence(error))
        self.words[code].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, code: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"risk.{code}")
        return line

    def _rating(self, code: str) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setObjectName(f"risk.{code}")
        spin.setRange(1, 10)
        return spin


def keep_risk(desk: object, uid: str, fields: dict[str, object]) -> Change:
    """Add a risk, or change the one with this uid; on the thread that writes."""
    if uid:
        return work.change(desk, uid, **fields)  # type: ignore[arg-type]
    return work.add(desk, work.RiskDraft(**fields))  # type: ignore[arg-type]
