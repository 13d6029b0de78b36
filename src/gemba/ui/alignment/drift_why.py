"""Cards of the view of drift: whether auditors judge alike, and what forces decisions at several sites."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.chart_numbers import figure
from gemba.ui.alignment.drift_behind import DEPARTURES, Meant, of_cause, question_of, verdicts
from gemba.ui.alignment.drift_shown import DriftShown
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.words import Words
from gemba.work.alignment_words import rate_words
from gemba.work.drift_auditors import AuditorRates, auditor_warning, chance

_MOVED = 8


class AuditorsCard(Card):
    """Whether auditors judge alike, and what that does to sites."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Do auditors judge alike?"), parent=parent)
        self.told = Words("", wrap=True, parent=self)
        self.rates = FigureTable(
            "drift.auditors",
            wording.text("Rates by auditor, who are told by letters"),
            [wording.text(word) for word in ("Auditor", "Rate (95 %)", "Judged")],
            numbers=(2,),
            most=6,
            parent=self,
        )
        self.sites = FigureTable(
            "drift.adjusted",
            wording.text("Sites that the adjustment moves most"),
            [wording.text(word) for word in ("Site", "Plain", "Adjusted", "Interval (95 %)", "Auditors")],
            numbers=(2, 4),
            parent=self,
        )
        self.alone = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.agreement = Words("", wrap=True, parent=self)
        for part in (self.agreement, self.told, self.rates, self.sites, self.alone):
            self.body.addWidget(part)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        found = shown.auditors
        self.agreement.setText(shown.agreement)
        self.told.setText(_alike(found))
        self.told.set_tone("poor" if found.differ else "ink")
        self.rates.put([(one.title, rate_words(one), figure(one.judged)) for one in found.auditors])
        moved = [one for one in found.sites if one.adjusted is not None][:_MOVED]
        self.sites.put(
            [
                (
                    *(one.plain.title, rate_words(one.plain), figure(one.adjusted, percent=True)),
                    *(f"{figure(one.low, percent=True)} – {figure(one.high, percent=True)}", figure(one.auditors)),
                )
                for one in moved
            ]
        )
        self.sites.setVisible(len(found.auditors) > 1)
        self.alone.setText(
            wording.plural(
                "{n} site was judged by one auditor alone: site and auditor cannot be told apart there.",
                "{n} sites were judged by one auditor alone: site and auditor cannot be told apart there.",
                found.alone,
            )
            if found.alone
            else ""
        )


def _alike(found: AuditorRates) -> str:
    if len(found.auditors) < 2:
        return wording.text("One auditor judged all of it, so this cannot be told.")
    told = wording.text("Auditors do not differ more than chance makes (p = {p}).", p=chance(found.p))
    return auditor_warning(found) or told


class CausesCard(Card):
    """What forces decisions against the same goal at several sites."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Why: the same at several sites"), parent=parent)
        self.told = Words("", tone="muted", wrap=True, parent=self)
        self.table = FigureTable(
            "drift.causes",
            wording.text("What comes back at several sites"),
            [
                wording.text(word)
                for word in ("Goal", "Forced by", "Behind it", "Cases", "Before", "Sites", "q", "Proposal")
            ],
            numbers=(3, 4, 5, 6),
            parent=self,
        )
        self.all = NumberLinks("drift.departures", self)
        for part in (self.told, self.all, self.table):
            self.body.addWidget(part)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        found = shown.causes
        self.told.setText(
            wording.text(
                "Of {n:departure|departures} {unnamed} name neither constraint nor cause and {alone} "
                "come at one site only. A "
                "person decides; this proposes.",
                n=found.departures,
                unnamed=found.unnamed,
                alone=found.at_one_site,
            )
            if found.departures
            else wording.text("No decision departs from what was promised, as far as was judged.")
        )
        words = {"systemic": wording.text("systemic"), "isolated": wording.text("isolated")}
        self.table.put(
            [
                (
                    *(one.goal_title, one.constraint_title, one.cause_title or "–", figure(one.cases)),
                    *(figure(one.before), figure(one.site_count), "–" if one.q is None else f"{one.q:.3f}"),
                    words.get(one.verdict, wording.text("not enough evidence")),
                )
                for one in found.groups
            ],
            [{7: "poor"} if one.verdict == "systemic" else {} for one in found.groups],
            [dict(enumerate(of_cause(one, question_of(shown.asked)), 3)) for one in found.groups],
        )
        departures = Meant(question=question_of(shown.asked), verdicts=DEPARTURES)
        title = wording.text("departures from what was promised")
        self.all.put(verdicts(str(found.departures), title, found.departures, departures))
        self.table.setVisible(bool(found.groups))
