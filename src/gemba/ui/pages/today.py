"""Today: what is due, drafts to go on with, and what headquarters does not hold yet."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QDate, QLocale, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.store.action_lanes import counted
from gemba.store.conflicts import count as count_conflicts
from gemba.store.lines import ActionLine, AssessmentLine
from gemba.store.lists import ACTIONS, ASSESSMENTS, Query
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.audits.audits_due import AuditsDueCard
from gemba.ui.calendar.meets_this_week import MeetsThisWeekCard
from gemba.ui.complaints.running_out import RunningOutCard
from gemba.ui.escalations.running_out import EscalationsDueCard
from gemba.ui.insights.signals_card import SignalsCard
from gemba.ui.lists.narrowed import narrowed_to
from gemba.ui.pages.page import Page
from gemba.ui.pages.settings_left import LeftBehindCard
from gemba.ui.pages.way import Way, WayFacts, read_way
from gemba.ui.pages.welcome import Welcome
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, scrolled
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.promises_due import PromisesDueCard
from gemba.ui.services import Services
from gemba.ui.walks.week_card import WeekWalksCard

TOPICS = frozenset({"assessment", "answer", "finding", "action", "conclusion", "pack", "evidence", "report"})
_SHOWN = 5
_NARROW = 900


class TodayFacts(msgspec.Struct, frozen=True):
    """What the page shows."""

    due: tuple[ActionLine, ...]
    overdue: int
    open_actions: int
    drafts: tuple[AssessmentLine, ...]
    draft_count: int
    way: WayFacts
    conflicts: int = 0
    """Records on which two laptops disagree."""

    @property
    def first_run(self) -> bool:
        """True while nothing was ever recorded."""
        return not self.way.walks


class TodayPage(Page):
    """The start page; never empty."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "today", wording.text("Today"), parent)
        today = QDate.currentDate()
        self.say_under_title(QLocale().toString(today, QLocale.FormatType.LongFormat))
        self.welcome = Welcome(services, self)
        self.welcome.hide()
        self.due, self.drafts = Card(wording.text("Due")), Card(wording.text("Go on with"))
        self.way = Way(self)
        self.running_out = RunningOutCard(services)
        self.escalations = EscalationsDueCard(services)
        self.promises = PromisesDueCard(services)
        self.meetings = MeetsThisWeekCard(services)
        self.walks = WeekWalksCard(services)
        self.signals = SignalsCard(services)
        self.audits_due = AuditsDueCard(services)
        self.left_behind = LeftBehindCard(services)
        self._due_rows, self._draft_rows = QVBoxLayout(), QVBoxLayout()
        for card, rows in ((self.due, self._due_rows), (self.drafts, self._draft_rows)):
            rows.setSpacing(8)
            card.body.addLayout(rows)
            card.body.addStretch(1)
        self._way_card = Card(wording.text("On the way to headquarters"))
        self._way_card.head.addWidget(
            Button(wording.text("Packs"), name="today.packs", icon="package", look="quiet", run=self.to_packs)
        )
        self._way_card.body.addWidget(self.way)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self.drafts, 1)
        self._columns.addWidget(self.due, 1)
        rows.addWidget(self.welcome)
        rows.addWidget(self.escalations)
        rows.addWidget(self.walks)
        rows.addWidget(self.promises)
        rows.addWidget(self.meetings)
        rows.addWidget(self.running_out)
        rows.addWidget(self.signals)
        rows.addWidget(self.audits_due)
        rows.addWidget(self.left_behind)
        rows.addLayout(self._columns)
        rows.addWidget(self._way_card)
        rows.addStretch(1)
        self.put_buttons()
        self.rows.addWidget(scrolled(inner, name="today.area"), 1)
        at_headquarters = services.desk.store.device.role == DeviceRole.HEADQUARTERS
        self._work = (self.drafts, self.due) if at_headquarters else (self.drafts, self.due, self._way_card)
        self._way_card.setVisible(not at_headquarters)
        for card in self._work:
            card.hide()
        services.changed.made.connect(self._hear)

    def actions_offered(self) -> list[ActionSpec]:
        """Begin."""
        return [
            ActionSpec("today.begin", wording.text("Start a walk"), "Ctrl+N", "today", "play", self.begin, "primary")
        ]

    def arrive(self) -> None:
        """Read what is due."""
        self.services.jobs.ask(read_today, self.services.desk, done=self.show_facts)
        self.running_out.read()
        self.escalations.read()
        self.promises.read()
        self.meetings.read()
        self.walks.read()
        self.signals.read()
        self.audits_due.read()
        self.left_behind.read()

    def show_facts(self, facts: TodayFacts) -> None:
        """Show what is due."""
        self.welcome.setVisible(facts.first_run)
        for card in self._work:
            card.setVisible(not facts.first_run)
        self.buttons["today.begin"].setVisible(not facts.first_run)
        clear(self._draft_rows)
        clear(self._due_rows)
        for line in facts.drafts:
            self._draft_rows.addWidget(self._draft_row(line))
        if facts.conflicts:
            self._due_rows.addWidget(self._conflicts_row(facts.conflicts))
        for action in facts.due:
            self._due_rows.addWidget(self._due_row(action))
        if not facts.drafts:
            self._draft_rows.addWidget(_quiet(wording.text("No draft is waiting. Start a walk when you are there.")))
        if not facts.due and not facts.conflicts:
            self._due_rows.addWidget(_quiet(wording.text("Nothing is due.")))
        self._add_rest(self._draft_rows, facts.draft_count - len(facts.drafts), "walks")
        self._add_rest(self._due_rows, facts.open_actions - len(facts.due), "actions")
        self.way.show_facts(facts.way)

    @Slot()
    def begin(self) -> None:
        """Choose the checklist first."""
        self.services.go("library")

    @Slot()
    def to_packs(self) -> None:
        """Where packs are sealed and sent."""
        self.services.go("packs")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cards stand side by side where there is room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if narrow else across)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self.arrive()

    def _draft_row(self, line: AssessmentLine) -> LinkRow:
        when = (
            wording.text("due {day}", day=terms.day(line.due))
            if line.due
            else wording.text("started {day}", day=terms.day(line.started_at))
        )
        return LinkRow(
            line.title,
            f"{line.place} · {when}",
            name=f"today.draft.{line.uid}",
            icon="footprints",
            go=self.services.go,
            to=("conduct", line.uid),
        )

    def _conflicts_row(self, count: int) -> LinkRow:
        return LinkRow(
            wording.plural("{n} conflict waits for a decision", "{n} conflicts wait for a decision", count),
            wording.text("Two laptops recorded different things; both are kept."),
            name="today.conflicts",
            icon="git-compare-arrows",
            go=self.services.go,
            to=("conflicts",),
        )

    def _due_row(self, line: ActionLine) -> LinkRow:
        late = line.state == "overdue"
        badge = (wording.text("Overdue"), "poor") if late else (terms.day(line.due), "plain")
        under = [line.owner, line.place]
        if line.snoozed_until is not None:  # only what rests no longer is shown here
            under.append(wording.text("back since {day}", day=terms.day(line.snoozed_until)))
        return LinkRow(
            line.text,
            " · ".join(under),
            name=f"today.due.{line.uid}",
            badge=badge,
            go=self.services.go,
            to=("actions", line.uid),
        )

    def _add_rest(self, rows: QVBoxLayout, rest: int, page: str) -> None:
        if rest > 0:
            words = wording.plural("Show {n} more", "Show {n} more", rest)
            more = Button(words, name=f"today.more.{page}", look="quiet")
            more.clicked.connect(self.to_walks if page == "walks" else self.to_actions)
            rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def to_walks(self) -> None:
        """All drafts."""
        self.services.go("walks", narrowed_to(state="draft"))

    @Slot()
    def to_actions(self) -> None:
        """All actions that are due: open, and not let rest."""
        self.services.go("actions", narrowed_to(state=("overdue", "open"), resting="no"))


def read_today(desk: Any) -> TodayFacts:
    """What is due, what is under way, and how far everything has come; on a job's thread."""
    way = read_way(desk)
    drafts = Query(where={"state": ("draft",)}, sort="due")
    due = Query(where={"state": ("overdue", "open"), "resting": ("no",)}, sort="due")
    with desk.reader() as reader:
        return TodayFacts(
            due=tuple(ACTIONS.first(reader, due, _SHOWN)),
            overdue=sum(counted(reader, {"resting": "no", "late": "yes"}).values()),
            open_actions=sum(counted(reader, {"resting": "no"}).values()),
            drafts=tuple(ASSESSMENTS.first(reader, drafts, _SHOWN)),
            draft_count=ASSESSMENTS.count(reader, drafts),
            way=way,
            conflicts=count_conflicts(reader),
        )


def _quiet(text: str) -> Words:
    return Words(text, tone="muted", wrap=True)
