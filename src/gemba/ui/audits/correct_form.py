"""The form that begins the correction of a concluded audit."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Audit
from gemba.ui.audits.plan_forms import PlanForm
from gemba.ui.parts.fields import Field
from gemba.ui.services import Services
from gemba.work.correct_audit import correct_audit


class CorrectForm(PlanForm):
    """Why it is corrected; the old audit stays, and counts until the new one is concluded."""

    def __init__(self, services: Services, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(services, audit, "audit_correct", parent)
        self.reason = self.line("reason")
        self.first = self.reason
        hint = wording.text("The new audit names this one, and begins with the same decisions and verdicts.")
        self.put(Field(wording.text("&Why"), self.reason, hint=hint, parent=self), does=wording.text("Correct it"))

    @Slot()
    def start(self) -> None:
        """Open it."""
        self.show()
        self.begin()

    @Slot()
    def keep(self) -> None:
        """Begin the correction, and show it."""
        self.services.jobs.write(
            correct_audit, self.audit.uid, self.reason.text(), done=self._begun, failed=self.refused
        )

    def _begun(self, change: Change) -> None:
        self.services.messages.info(wording.text("The correcting audit is open."))
        self.services.go("audits", f"audits:{change.uid}")
