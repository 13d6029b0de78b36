"""Walks: every assessment, from draft to held by headquarters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.findings import Finding
from gemba.domain.process_maps import GoAndSee
from gemba.reports.facts import StopFacts
from gemba.store.lines import AssessmentLine
from gemba.store.lists import ASSESSMENTS
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.lists.source import StoreSource
from gemba.ui.maps.words import alert_state, alert_tone
from gemba.ui.pages.audit_pack_panel import AuditPackPanel
from gemba.ui.pages.export_panel import ExportPanel, Meant, meant_by
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.places import PlaceNames
from gemba.ui.pages.share_walk import ShareWalk
from gemba.ui.pages.walk_list import TOPICS, shape
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.bars import Shares
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.walks.notes_card import notes_card
from gemba.ui.walks.views import WALKS, WalkViews
from gemba.work.conclude import conclusion_of, correct, outlook
from gemba.work.go_and_see import carried
from gemba.work.issue_report import IssuedFile, assessment_report
from gemba.work.observation_facts import route_title, stop_facts


class WalkFacts(msgspec.Struct, frozen=True):
    """What the detail of an assessment shows."""

    line: AssessmentLine
    sections: tuple[tuple[str, float | None, str], ...]
    unanswered: int
    summary: str
    findings: tuple[Finding, ...]
    alerts: tuple[GoAndSee, ...] = ()
    """What it was asked to go and see."""
    stops: tuple[StopFacts, ...] = ()
    """What was seen and heard, by stop."""
    route: str = ""


class WalksPage(ListPage):
    """List and detail of assessments."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "walks", wording.text("Walks"), parent)
        self.names = PlaceNames(services.desk)
        self._facts: WalkFacts | None = None
        self._is_empty = False
        begin = Button(
            wording.text("Choose a checklist"), name="walks.empty.begin", icon="play", look="primary", run=self.begin
        )
        empty = EmptyState(
            "footprints",
            wording.text("No walk yet"),
            wording.text("Choose a checklist from the library, say where you are, and begin."),
            begin,
        )
        self.put_list(
            shape(self.names),
            ASSESSMENTS,
            read=read_walk,
            topics=TOPICS,
            empty=empty,
            nothing=EmptyState(
                "clipboard-check", wording.text("No walk chosen"), wording.text("Choose one to see what came of it.")
            ),
        )
        self._put_views()
        self.list.opened.connect(self._opened)
        self.export_panel = ExportPanel(services, StoreSource(services.desk, ASSESSMENTS), self._meant)
        self.audit_pack = AuditPackPanel(services, self.names)
        self._export_area = scrolled(self.export_panel, name="walks.export.area")
        self._audit_pack_area = scrolled(self.audit_pack, name="audit_pack.area")
        self._beside: QWidget | None = None
        for area, panel in ((self._export_area, self.export_panel), (self._audit_pack_area, self.audit_pack)):
            self.detail.addWidget(area)
            panel.closed.connect(self._put_away)
        self.export_panel.told.connect(self._show_told, Qt.ConnectionType.QueuedConnection)
        self.detail.currentChanged.connect(self._keep_export)
        self.list.table.selectionModel().selectionChanged.connect(self.export_panel.look_again)
        self.list.model.modelReset.connect(self.export_panel.look_again)

    def actions_offered(self) -> list[ActionSpec]:
        """Begin, open, report, correct."""
        return [
            ActionSpec("walks.begin", wording.text("Start a walk"), "Ctrl+N", "walks", "play", self.begin, "primary"),
            ActionSpec("walks.open", wording.text("Open this walk"), "Ctrl+O", "walks", "pencil", self.open_walk),
            ActionSpec("walks.report", wording.text("Write the report"), "Ctrl+P", "walks", "file-text", self.report),
            ActionSpec("walks.correct", wording.text("Correct this walk"), "", "walks", "rotate-ccw", self.correct),
            ActionSpec(
                "walks.export", wording.text("Export answers"), "Ctrl+E", "walks", "download", self.export, "bar"
            ),
            ActionSpec(
                "walks.audit_pack",
                wording.text("Audit pack"),
                "Ctrl+Shift+E",
                "walks",
                "archive",
                self.make_audit_pack,
                "bar",
            ),
            self.search_action(),
        ]

    def _put_views(self) -> None:
        """The list of walks becomes the first of several views."""
        taken = self.rows.takeAt(self.rows.count() - 1)
        split = taken.widget() if taken is not None else None
        assert split is not None
        self.views = WalkViews(self.services, split, self)
        self.views.shown.connect(self._show_buttons)
        self.list.emptied.connect(self._emptied)
        self.rows.addWidget(self.views, 1)

    @Slot()
    def _show_buttons(self) -> None:
        """The buttons above are those of the walks; the other views have their own."""
        self._buttons_row.setVisible(self.views.code == WALKS and not self._is_empty)

    @Slot(bool)
    def _emptied(self, empty: bool) -> None:  # noqa: FBT001 - Qt's signal carries it
        self._is_empty = empty
        self._show_buttons()

    def arrive(self) -> None:
        """Read what the shown view shows."""
        super().arrive()
        self.views.read(self.views.code)

    def take_focus(self) -> None:
        """The keyboard begins in the view that is shown."""
        if self.views.code == WALKS:
            super().take_focus()
        else:
            self.views.view(self.views.code).take_focus()

    def show_uid(self, uid: str) -> None:
        """Show a walk, or another view by its code, with a record of it behind a colon."""
        if not self.views.show_within(uid):
            self.views.show_tab(WALKS)
            super().show_uid(uid)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What else there is to see."""
        return self.views.sights()

    @Slot()
    def begin(self) -> None:
        """Choose the checklist first."""
        self.services.go("library")

    @Slot()
    def open_walk(self) -> None:
        """Go on with a draft, or read what was concluded."""
        if self.detail.uid:
            self.services.go("conduct", self.detail.uid)

    @Slot()
    def export(self) -> None:
        """Show what can be exported, and how."""
        self._put_beside(self._export_area)
        self.export_panel.begin()

    @Slot()
    def make_audit_pack(self) -> None:
        """Show what an audit pack can hold, and how large it will be."""
        self._put_beside(self._audit_pack_area)
        self.audit_pack.begin()

    def _put_beside(self, area: QWidget) -> None:
        """Show a panel in the place of the detail, until it is closed."""
        self._beside = area
        self.detail.setCurrentWidget(area)

    @Slot()
    def _put_away(self) -> None:
        """Show the walk again, or that none is chosen."""
        self._beside = None
        self.detail.setCurrentIndex(1 if self.detail.uid and self._facts is not None else 0)

    @Slot(object)
    def _show_told(self, words: QWidget) -> None:
        """Bring what came of an export into sight, once it has its place."""
        layout = self.export_panel.layout()
        if layout is not None:
            layout.activate()
        self._export_area.ensureWidgetVisible(words)

    @Slot()
    def _keep_export(self) -> None:
        """Choosing walks to export must not put the detail in the way."""
        if self._beside is not None:
            self.detail.setCurrentWidget(self._beside)

    def _meant(self) -> Meant:
        return meant_by(self.list)

    @Slot()
    def report(self) -> None:
        """Ask where to, and write the PDF."""
        if self._facts is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            wording.text("Write the report"),
            f"{self._facts.line.number}.pdf",
            wording.text("PDF files (*.pdf)"),
        )
        if name:
            self.report_to(Path(name))

    def report_to(self, file: Path) -> None:
        """Write the PDF beside the window, and open it."""
        self.services.messages.info(wording.text("The report is being written …"))
        self.services.jobs.errand(assessment_report, self.services.desk, self.detail.uid, file, done=self._reported)

    @Slot()
    def correct(self) -> None:
        """Begin a correction, and open it."""
        if self._facts is not None and self._facts.line.state == AssessmentState.CONCLUDED:
            self.services.jobs.write(correct, self.detail.uid, done=self._corrected)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._facts = None

    @Slot(object)
    def _opened(self, line: AssessmentLine) -> None:
        self.services.go("conduct", line.uid)

    def _reported(self, issued: IssuedFile) -> None:
        said = wording.plural(
            "Report of {n} page written: {file}",
            "Report of {n} pages written: {file}",
            issued.pages,
            file=str(issued.file),
        )
        self.services.messages.info(" ".join((said, *issued.warnings)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(issued.file)))

    def _corrected(self, change: Any) -> None:
        self.services.go("conduct", change.uid)

    def draw(self, facts: WalkFacts) -> None:
        """Show the walk, what came of it, and the ways on."""
        self._facts = facts
        line, body = facts.line, self.detail.body
        self.head(
            line.title,
            (terms.state(line.state), terms.state_tone(line.state)),
            terms.outcome(line.kind, line.grade),
            (terms.custody(line.custody), terms.custody_tone(line.custody)),
            number=line.number,
        )
        self._share = ShareWalk(self.services, line.uid)
        body.addLayout(self._ways_on(line))
        body.addWidget(self._share)
        body.addWidget(
            Facts(
                (wording.text("Place"), line.place),
                (wording.text("Kind"), terms.kind(line.kind)),
                (wording.text("Route"), facts.route),
                (wording.text("Conducted by"), line.person),
                (wording.text("Due"), terms.day(line.due)),
                (wording.text("Started"), terms.moment(line.started_at)),
                (wording.text("Concluded"), terms.moment(line.concluded_at)),
                (wording.text("Score"), terms.percent(line.score)),
                (wording.text("Still to answer"), str(facts.unanswered) if facts.unanswered else ""),
            )
        )
        if facts.summary:
            body.addWidget(Words(facts.summary, wrap=True))
        if facts.sections:
            card = Card(wording.text("By section"), look="inset")
            card.body.addWidget(Shares(*facts.sections))
            body.addWidget(card)
        if facts.alerts:
            body.addWidget(_alerts_card(facts.alerts))
        if facts.stops:
            body.addWidget(notes_card(facts.stops))
        if facts.findings:
            body.addWidget(_findings_card(facts.findings, self.services))

    def _ways_on(self, line: AssessmentLine) -> Flow:
        draft = line.state == AssessmentState.DRAFT
        flow = Flow()
        title = wording.text("Go on with it") if draft else wording.text("Read it")
        flow.addWidget(Button(title, name="walks.detail.open", icon="pencil" if draft else "eye", run=self.open_walk))
        flow.addWidget(
            Button(wording.text("Write the report"), name="walks.detail.report", icon="file-text", run=self.report)
        )
        flow.addWidget(
            Button(wording.text("Share"), name="walks.detail.share", icon="laptop", look="quiet", run=self._share.begin)
        )
        if not draft:
            flow.addWidget(
                Button(
                    wording.text("Correct"),
                    name="walks.detail.correct",
                    icon="rotate-ccw",
                    look="quiet",
                    run=self.correct,
                )
            )
        return flow


def read_walk(desk: Any, uid: str) -> WalkFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        assessment = reader.get(Assessment, uid)
        if assessment is None:
            return None
        line = _line(reader, uid)
        conclusion = conclusion_of(reader, uid)
        findings = tuple(reader.find(Finding, assessment=uid))
        alerts = tuple(carried(reader, uid))
        stops, route = tuple(stop_facts(reader, assessment)), route_title(reader, assessment)
    if line is None:
        return None
    sections = conclusion.sections if conclusion is not None else outlook(desk, uid).sections
    told = tuple(
        (section.title, section.percent, terms.percent(section.percent) or f"{section.answered}/{section.questions}")
        for section in sections
    )
    unanswered = conclusion.unanswered if conclusion else sum(part.questions - part.answered for part in sections)
    return WalkFacts(line, told, unanswered, conclusion.summary if conclusion else "", findings, alerts, stops, route)


def _line(reader: Any, uid: str) -> AssessmentLine | None:
    lines = ASSESSMENTS.lines(reader, [ASSESSMENTS.key(reader, uid)])
    return lines[0] if lines else None


def _alerts_card(alerts: tuple[GoAndSee, ...]) -> Card:
    card = Card(wording.text("Go and see"), look="inset")
    for alert in alerts:
        state = Badges()
        state.say((alert_state(alert.state), alert_tone(alert.state)))
        card.body.addWidget(Words(alert.question, strong=True, wrap=True))
        card.body.addWidget(state)
        if alert.seen:
            card.body.addWidget(Words(alert.seen, wrap=True))
    return card


def _findings_card(findings: tuple[Finding, ...], services: Services) -> Card:
    card = Card(wording.text("Findings"), look="inset")
    for finding in findings:
        card.body.addWidget(
            LinkRow(
                finding.text,
                f"{finding.number} · {terms.state(finding.state)}",
                badge=(terms.finding_grade(finding.grade), terms.finding_grade_tone(finding.grade)),
                name=f"walks.finding.{finding.uid}",
                go=services.go,
                to=("findings", finding.uid),
            )
        )
    return card
