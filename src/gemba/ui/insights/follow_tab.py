"""Follow-through: how long change takes, what came back, what is the same elsewhere, told against logged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.insights.curve_view import CurveView
from gemba.ui.insights.follow_behind import of_issue, of_lag, of_returns
from gemba.ui.insights.follow_pack import FollowPack
from gemba.ui.insights.follow_shown import Asked, FollowShown, read_follow
from gemba.ui.insights.follow_told import ToldCard
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.follow_words import done_somewhere, share, within
from gemba.work.lag_curves import curve_of, stage_title

_TOPICS = frozenset({"complaint", "complaint_lot", "cause_analysis", "action", "discrepancy", "vocabulary"})
_WIDEST = 1180


class FollowTab(QWidget):
    """The view.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insights.follow")
        self.services = services
        self.shown: FollowShown | None = None
        self._stale = True
        self.by = Choice(_fields(), name="follow.by", parent=self)
        self.place = Choice([("", wording.text("Everywhere"))], name="follow.place", search=True, parent=self)
        self.days = Choice(_spans(), name="follow.days", parent=self)
        self.by.setAccessibleName(wording.text("Told apart by"))
        self.place.setAccessibleName(wording.text("Place"))
        self.days.setAccessibleName(wording.text("Received within"))
        self.days.choose("365")
        self.pack = FollowPack(services, self)
        self.stages = FigureTable(
            "follow.stages",
            wording.text("Stages from feedback to change"),
            [
                wording.text(word)
                for word in ("Stage", "Complaints", "Still open", "Half within (days)", "90 % within (days)")
            ],
            numbers=(1, 2),
            parent=self,
        )
        self.curve = CurveView("follow.curve", self)
        self.told = Words("", tone="muted", wrap=True, parent=self)
        self.back = Words("", wrap=True, parent=self)
        self.back_counts = NumberLinks("follow.back", self)
        self.returns = FigureTable(
            "follow.returns",
            wording.text("Done actions, and what came after"),
            [wording.text(word) for word in ("What was done", "Place", "Done", "Afterwards")],
            parent=self,
        )
        self.issues = FigureTable(
            "follow.issues",
            wording.text("The same at several sites"),
            [
                wording.text(word)
                for word in ("Step and cause", "Complaints", "Sites", "Done somewhere", "Nothing done yet at")
            ],
            numbers=(1,),
            parent=self,
        )
        self.logged = ToldCard(services, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._cards())
        self._stack.addWidget(
            EmptyState(
                "hourglass",
                wording.text("No complaints of this time"),
                wording.text("How long they take to lead to a change is told here once some were received."),
            )
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self._bar())
        rows.addWidget(self._stack, 1)
        for choice in (self.by, self.place, self.days):
            choice.currentIndexChanged.connect(self._ask)
        self.stages.chosen.connect(self._choose_stage)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins with the stages."""
        self.stages.setFocus()

    def _bar(self) -> QWidget:
        bar = QFrame(self)
        flow = Flow(bar)
        for widget in (self.place, self.days, self.by, self.pack):
            flow.addWidget(widget)
        return bar

    def _cards(self) -> QWidget:
        way = Card(wording.text("From feedback to change"))
        way.body.addWidget(
            Words(
                wording.text("What is still open counts as waiting until today; it is never dropped."),
                tone="muted",
                wrap=True,
            )
        )
        for widget in (self.stages, self.told, self.curve):
            way.body.addWidget(widget)
        back = Card(wording.text("What came back"))
        back.body.addWidget(self.back)
        back.body.addWidget(self.back_counts)
        back.body.addWidget(self.returns)
        same = Card(wording.text("The same at several sites"))
        same.body.addWidget(self.issues)
        return scrolled(column(way, back, same, self.logged, widest=_WIDEST), name="follow.area")

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        asked = Asked(self.by.value, self.place.value, int(self.days.value or 0))
        self.pack.place = self.logged.note.place = asked.place
        self.services.jobs.ask(
            read_follow, self.services.desk, asked, done=self._came, progress=self._step, label="follow"
        )

    def _step(self, done: int, _total: int, _words: str) -> None:
        if done:
            self.told.setText(wording.text("Counting complaints: {n}", n=terms.number(done)))

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if not change.topics & _TOPICS:
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _came(self, shown: FollowShown) -> None:
        self.shown = shown
        if self.place.count() != len(shown.places) + 1:
            self.place.currentIndexChanged.disconnect(self._ask)  # what was chosen stays, and asks for nothing
            self.place.offer([("", wording.text("Everywhere")), *shown.places])
            self.place.currentIndexChanged.connect(self._ask)
        self._stack.setCurrentIndex(0 if shown.lags.lags or shown.discrepancies else 1)
        self.stages.put(
            [
                (
                    stage_title(lag.stage) + (f" · {lag.title}" if lag.group else ""),
                    terms.number(lag.n),
                    terms.number(lag.open),
                    within(lag.median),
                    within(lag.ninetieth),
                )
                for lag in shown.lags.lags
            ],
            behind=[of_lag(lag, shown.lags) for lag in shown.lags.lags],
        )
        if self.stages.currentRow() < 0 and self.stages.rowCount():
            self.stages.setCurrentCell(self._whole_way(), 0)
        self._choose_stage(self.stages.currentRow())
        self._show_returns(shown)
        self.logged.show_lines(shown.discrepancies, shown.summaries)

    def _whole_way(self) -> int:
        stages = [lag.stage.value for lag in self.shown.lags.lags] if self.shown else []
        return stages.index("changed") if "changed" in stages else 0

    @Slot(int)
    def _choose_stage(self, row: int) -> None:
        if self.shown is None or not 0 <= row < len(self.shown.lags.lags):
            return
        lag = self.shown.lags.lags[row]
        self.curve.show_curve(curve_of(lag))
        said = [stage_title(lag.stage)]
        if lag.open and lag.without_open is not None:
            said.append(
                wording.text(
                    "Without the {open} open ones the median would be told as {days} days.",
                    open=terms.number(lag.open),
                    days=f"{lag.without_open:g}",
                )
            )
        if lag.backwards:
            said.append(wording.text("{n} end before they begin and count as at once.", n=terms.number(lag.backwards)))
        self.told.setText(" · ".join(said))

    def _show_returns(self, shown: FollowShown) -> None:
        found = shown.recurrence
        of = found.actions
        self.back.setText(
            wording.text(
                "{returned} of {closed:done action|done actions} came back within {days:day|days}, "
                "{watched} still watched: {share}.",
                days=found.days,
                closed=of.closed,
                returned=of.returned,
                watched=of.watched,
                share=share(of),
            )
            if of.closed
            else wording.text("No action on a coded cause is done yet.")
        )
        self.back_counts.put(*of_returns(found))
        self.returns.put(
            [
                (one.closing.text, one.place, terms.day(one.closing.done_at), _afterwards(one))
                for one in reversed(found.after_actions)
            ],
            [{3: "poor"} if one.days is not None else {} for one in reversed(found.after_actions)],
        )
        self.returns.setVisible(bool(found.after_actions))
        self.issues.put(
            [
                (
                    f"{issue.step_title} · {issue.cause_title}",
                    terms.number(issue.count),
                    ", ".join(f"{at.name} ({at.count})" for at in issue.sites),
                    done_somewhere(issue),
                    ", ".join(issue.untouched) or "–",
                )
                for issue in shown.issues
            ],
            behind=[of_issue(issue, shown.lags.question.which) for issue in shown.issues],
        )


def _afterwards(one: Any) -> str:
    if one.days is not None:
        return wording.text("back after {days} days", days=f"{one.days:g}")
    return wording.text("stayed away") if one.is_over else wording.text("not back so far")


def _fields() -> list[tuple[str, str]]:
    return [
        ("", wording.text("All together")),
        ("place", wording.text("By place")),
        ("severity", wording.text("By severity")),
        ("cause", wording.text("By cause")),
        ("step", wording.text("By step")),
        ("channel", wording.text("By channel")),
    ]


def _spans() -> list[tuple[str, str]]:
    return [
        ("92", wording.text("Last three months")),
        ("365", wording.text("Last year")),
        ("1096", wording.text("Last three years")),
        ("0", wording.text("All")),
    ]
