"""The form in which people agree on one of several samples that were drawn apart, on several laptops."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Audit
from gemba.ui.audits.plan_forms import PlanForm
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.services import Services
from gemba.work.samples_apart import choose


class SamplesApartForm(PlanForm):
    """Which one is judged, and why; the others stay on record.

    Args:
        services: of the window.
        audit: whose samples they are.
        apart: uid and words of each.
        parent: the owner.
    """

    def __init__(
        self, services: Services, audit: Audit, apart: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(services, audit, "samples_apart", parent)
        self.sample = Choice(list(apart), name=f"{self.name}.sample", parent=self)
        self.reason = self.line("reason")
        self.first = self.sample
        hint = wording.text("No clock decides between them; the others stay on record.")
        self.put(
            Field(wording.text("The sample that is &judged"), self.sample, hint=hint, parent=self),
            Field(wording.text("&Why this one"), self.reason, parent=self),
            does=wording.text("Keep this one"),
        )

    @Slot()
    def start(self) -> None:
        """Open it."""
        self.show()
        self.begin()

    @Slot()
    def keep(self) -> None:
        """Keep the chosen one."""
        self.services.jobs.write(choose, self.sample.value, self.reason.text(), done=self._chosen, failed=self.refused)

    def _chosen(self, _change: Change) -> None:
        self.services.messages.info(wording.text("One sample is judged; the others stay on record."))
