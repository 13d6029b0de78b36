"""Choosing a quarter's audits by risk: weights, sites, and the plan for those that are picked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from gemba import wording
from gemba.domain.programmes import ProgrammeState
from gemba.ui.audits.plan_sites_form import PlanSitesForm
from gemba.ui.audits.programme_facts import ProgrammeShown
from gemba.ui.audits.risk_table import RiskTable
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.audit_risk import PARTS, part_title, reason_words, set_weights
from gemba.work.plan_by_risk import proposal

_SETTLE_MS = 300
_PROPOSED = 5


class RiskPanel(Card):
    """The table by risk with its weights.

    Args:
        services: of the window.
        parent: the owner.
    """

    weighed = Signal(object)
    """Weights that are to be used, by part."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Sites by risk"), parent=parent)
        self._services = services
        self.shown: ProgrammeShown | None = None
        self.picked: tuple[str, ...] = ()
        self.weights = {code: self._weight(code) for code in PARTS}
        self.table = RiskTable(self)
        self.reason = Words("", tone="muted", wrap=True, parent=self)
        self.count = QSpinBox(self)
        self.count.setObjectName("programme.count")
        self.count.setAccessibleName(wording.text("How many sites to propose"))
        self.count.setRange(1, 400)
        self.count.setValue(_PROPOSED)
        self.count.lineEdit().setTextMargins(12, 0, 0, 0)
        self.form = PlanSitesForm(services, self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._tell_weights)
        self.body.addWidget(
            Words(
                wording.text("Each part counts 0 to 1, times its weight. Nobody is planned before a person picks."),
                tone="muted",
                wrap=True,
                parent=self,
            )
        )
        self._put_weights()
        self.body.addWidget(self.table)
        self.body.addWidget(self.reason)
        self._put_buttons()
        self.body.addWidget(self.form)
        self.table.chosen.connect(self._tell_reason)
        self.table.picking.connect(self.toggle)
        self.form.planned.connect(self._planned)

    def show_programme(self, shown: ProgrammeShown) -> None:
        """Show the sites of a programme; what was picked stays picked as long as nothing is planned there."""
        before = self.shown.programme.uid if self.shown and self.shown.programme else ""
        self.shown = shown
        free = {one.risk.site for one in shown.sites if one.audit is None}
        same = shown.programme is not None and shown.programme.uid == before
        self.picked = tuple(site for site in self.picked if same and site in free)
        for code, spin in self.weights.items():
            if not spin.hasFocus():
                spin.blockSignals(True)
                spin.setValue(shown.weights.get(code, 0))
                spin.blockSignals(False)
        is_open = shown.programme is not None and shown.programme.state is not ProgrammeState.CLOSED
        self.buttons.setVisible(is_open)
        self._draw()

    @Slot()
    def propose(self) -> None:
        """Pick the riskiest sites at which nothing is planned; they can be let go again."""
        if self.shown is not None:
            self.picked = proposal(self.shown.sites, self.count.value())
            self._draw()

    @Slot(int)
    def toggle(self, row: int) -> None:
        """Pick the site of a row, or let it go."""
        if self.shown is None or not 0 <= row < len(self.shown.sites) or self.shown.sites[row].audit is not None:
            return
        site = self.shown.sites[row].risk.site
        others = tuple(one for one in self.picked if one != site)
        self.picked = others if len(others) < len(self.picked) else (*others, site)
        self._draw()

    @Slot()
    def toggle_current(self) -> None:
        """Pick the chosen site, or let it go."""
        self.toggle(self.table.currentRow())

    @Slot()
    def plan(self) -> None:
        """Open the form that plans what is picked."""
        if self.shown is not None and self.shown.programme is not None and self.picked:
            self.form.begin(self.shown.programme, self.picked, self.shown.people, self._chosen())
        else:
            self._services.messages.info(wording.text("Pick sites first."))

    @Slot()
    def keep_weights(self) -> None:
        """Use these weights from now on."""
        self._services.jobs.write(set_weights, self._chosen(), done=self._weights_kept)

    def _weights_kept(self, _found: object) -> None:
        self._services.messages.info(wording.text("The weights are kept."))

    def _chosen(self) -> dict[str, float]:
        return {code: spin.value() for code, spin in self.weights.items()}

    def _weight(self, code: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox(self)
        spin.setObjectName(f"programme.weight.{code}")
        spin.setRange(0, 100)
        spin.setDecimals(1)
        spin.setSingleStep(0.5)
        spin.valueChanged.connect(self._weigh)
        spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return spin

    def _put_weights(self) -> None:
        inner = QWidget(self)
        flow = Flow(inner, gap=16)
        for code, spin in self.weights.items():
            field = Field(part_title(code), spin, parent=inner)
            field.setMinimumWidth(168)
            flow.addWidget(field)
        self.body.addWidget(inner)

    def _put_buttons(self) -> None:
        self.buttons = QWidget(self)
        flow = Flow(self.buttons)
        for widget in (
            self.count,
            Button(wording.text("Pick the riskiest"), name="programme.propose", icon="list-checks", run=self.propose),
            Button(wording.text("Pick or let go"), name="programme.pick", icon="check", run=self.toggle_current),
            Button(wording.text("Plan what is picked"), name="programme.plan", icon="calendar-check", run=self.plan),
            Button(
                wording.text("Keep these weights"), name="programme.keep_weights", look="quiet", run=self.keep_weights
            ),
        ):
            flow.addWidget(widget)
        self.body.addWidget(self.buttons)

    def _draw(self) -> None:
        if self.shown is not None:
            self.table.show_sites(self.shown.sites, self.shown.names, self.picked)
            self.form.picked(self.picked)
            self._tell_reason(self.table.currentRow())

    @Slot(int)
    def _tell_reason(self, row: int) -> None:
        sites = self.shown.sites if self.shown is not None else ()
        self.reason.setText(reason_words(sites[row].risk.parts) if 0 <= row < len(sites) else "")
        self.reason.setVisible(bool(self.reason.text()))

    @Slot()
    def _weigh(self) -> None:
        self._settling.start()

    @Slot()
    def _tell_weights(self) -> None:
        if any(self._chosen().values()):
            self.weighed.emit(self._chosen())

    @Slot()
    def _planned(self) -> None:
        self.picked = ()
