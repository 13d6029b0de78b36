"""The form that plans audits at picked sites: by whom, and when."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Programme
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.plan_by_risk import Wanted, plan_sites

_ALL = "*"


class PlanSitesForm(Card):
    """Closed until sites are to be planned.

    Args:
        services: of the window.
        parent: the owner.
    """

    planned = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(look="inset", parent=parent)
        self._services = services
        self._programme: Programme | None = None
        self._sites: tuple[str, ...] = ()
        self._weights: Mapping[str, float] = {}
        self._people: tuple[tuple[str, str], ...] = ()
        self.what = Words("", strong=True, wrap=True, parent=self)
        self.lead = Choice(name="plan_sites.lead", parent=self)
        self.second = Choice(name="plan_sites.second", parent=self)
        self.share = QSpinBox(self)
        self.share.setObjectName("plan_sites.share")
        self.share.setRange(0, 100)
        self.share.setSuffix(" %")
        self.first = DayField(name="plan_sites.first", parent=self)
        self.last = DayField(name="plan_sites.last", parent=self)
        self.because = QLineEdit(self)
        self.because.setObjectName("plan_sites.because")
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.what)
        spread = wording.text("Empty: the six weeks after the quarter, when all of its decisions are there.")
        for field in (
            Field(wording.text("&Lead auditor"), self.lead, parent=self),
            Field(wording.text("&Second auditor"), self.second, parent=self),
            Field(wording.text("Share that b&oth judge"), self.share, parent=self),
            Field(wording.text("&From"), self.first, hint=spread, parent=self),
            Field(wording.text("&To"), self.last, parent=self),
            Field(wording.text("What keeps it &independent"), self.because, parent=self),
        ):
            self.body.addWidget(field)
        self.body.addWidget(self.problem)
        flow = Flow()
        for button in (
            Button(
                wording.text("Plan them"), name="plan_sites.keep", icon="check", run=self.keep, once=True, parent=self
            ),
            Button(wording.text("Leave it"), name="plan_sites.leave", look="quiet", run=self.hide, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)
        self.hide()

    def begin(
        self,
        programme: Programme,
        sites: tuple[str, ...],
        people: tuple[tuple[str, str], ...],
        weights: Mapping[str, float],
    ) -> None:
        """Open for these sites, weighed like this."""
        self._programme, self._weights, self._people = programme, weights, people
        turns = (_ALL, wording.text("All of them take turns"))
        self.lead.offer([*people, turns] if len(people) > 1 else people)
        if self.isHidden():
            self.lead.choose(self._services.desk.person.uid)
        self.second.offer([("", wording.text("Nobody")), *people])
        self.picked(sites)
        self.problem.hide()
        self.show()
        self.lead.setFocus(Qt.FocusReason.OtherFocusReason)

    def picked(self, sites: tuple[str, ...]) -> None:
        """The sites that are picked now; without any the form closes."""
        self._sites = sites
        self.what.setText(wording.plural("{n} site is picked.", "{n} sites are picked.", len(sites)))
        if not sites:
            self.hide()

    @Slot()
    def keep(self) -> None:
        """Plan an audit at each."""
        if self._programme is None:
            return
        everybody = tuple(uid for uid, _ in self._people)
        wanted = Wanted(
            sites=self._sites,
            first=self.first.day,
            last=self.last.day,
            auditors=everybody if self.lead.value == _ALL else (self.lead.value,),
            second=self.second.value or None,
            double_share=self.share.value() / 100 if self.second.value else 0.0,
            independent_because=self.because.text(),
        )
        plan = partial(_plan, self._programme.uid, wanted, self._weights)
        self._services.jobs.write(plan, done=self._kept, failed=self._refused)

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(
            wording.plural("{n} audit is planned.", "{n} audits are planned.", len(self._sites))
        )
        self.hide()
        self.planned.emit()

    def _refused(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()


def _plan(programme: str, wanted: Wanted, weights: Mapping[str, float], desk: object) -> Change:
    return plan_sites(desk, programme, wanted, weights)  # type: ignore[arg-type]
