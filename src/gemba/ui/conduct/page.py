"""The conduct page: a checklist is walked through, answered, judged and concluded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.record import Uid
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.conduct.active_time import ActiveTime
from gemba.ui.conduct.adding import Adding
from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.doings import doings, take_key
from gemba.ui.conduct.following import Following
from gemba.ui.conduct.head import Head
from gemba.ui.conduct.languages import runs_right_to_left
from gemba.ui.conduct.layout import Columns, RailColumn
from gemba.ui.conduct.leaving import may_leave
from gemba.ui.conduct.legend import Legend
from gemba.ui.conduct.notice import Notice
from gemba.ui.conduct.overtaken import Overtaken
from gemba.ui.conduct.rail import Rail
from gemba.ui.conduct.records import Records, read_all
from gemba.ui.conduct.repeats import Repeats
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.row import QuestionRow
from gemba.ui.conduct.rows import RowMaker
from gemba.ui.conduct.score_card import ScoreCard
from gemba.ui.conduct.seeing import Seeing
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.panel import SidePanel
from gemba.ui.conduct.side.viewer import Viewer
from gemba.ui.conduct.summing_up import SummingUp
from gemba.ui.conduct.walking import Walking
from gemba.work.time_spent import add_time

if TYPE_CHECKING:
    from gemba.domain.evidence import Evidence
    from gemba.ui.services import Services
    from gemba.work.conduct import Sheet


class ConductPage(QWidget):
    """One assessment, from the first question to the conclusion.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()
    """The person goes back; everything is saved."""

    code = "conduct"

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.sheet: OpenSheet | None = None
        self._asked = ""
        self._visited: set[str] = set()
        self._contents = Contents()
        self.setObjectName("page.conduct")
        self.setAccessibleName(wording.text("Conduct"))
        self._make_parts()
        self._lay_out()
        self._connect()

    # The page as the window uses it

    def open(self, assessment_uid: Uid) -> None:
        """Open an assessment, to go on with or to read; what was open is saved first, or it stays."""
        if not self.may_leave():
            return
        self._asked = assessment_uid
        done = partial(self._opened, assessment_uid)
        self.services.jobs.ask(read_all, self.services.desk, assessment_uid, done=done)

    def actions_offered(self) -> list[ActionSpec]:
        """What can be done here, for menus, shortcuts and the palette."""
        return doings(self)

    def may_leave(self) -> bool:
        """Keep what is being typed, wait for the store, and say whether the page may be left."""
        self.settle()
        return self.sheet is None or may_leave(self.sheet, self)

    def leave(self) -> None:
        """Go back, once everything is saved."""
        if self.may_leave():
            self.left.emit()

    def settle(self) -> None:
        """Hand everything that is being typed to the store, and remember where one is."""
        self.walking.settle()
        self.seeing.keep()

    # What can be done

    def has_sheet(self) -> bool:
        """True once an assessment is open."""
        return self.sheet is not None

    def may_change(self) -> bool:
        """True while the open assessment is a draft."""
        return self.sheet is not None and not self.sheet.frozen

    def has_failures(self) -> bool:
        """True while something is not saved."""
        return self.sheet is not None and bool(self.sheet.saving.failures())

    def write_note(self) -> None:
        """Write a note beside the current question."""
        if self.ribbon.current:
            self.columns.open_side()
            self.side.write_note()

    def add_photo(self) -> None:
        """Choose photos or files for the current question."""
        self.adding.choose(self.ribbon.current)

    def paste_photo(self) -> bool:
        """Take the picture or files on the clipboard; True when there were any."""
        return self.adding.paste(self.ribbon.current)

    def raise_finding(self) -> None:
        """Raise a finding from the current question."""
        if self.may_change() and self.ribbon.current:
            self.columns.open_side()
            self.side.raise_finding()

    def conclude(self) -> None:
        """Look back, and conclude. What is missing is named at each question from here on."""
        if self.sheet is None:
            return
        self.settle()
        self._visited.update(self._contents.questions)
        self.ribbon.redraw(self.ribbon.live())
        self.columns.open_side()
        self.side.conclude(self.sheet)
        self.side.take_focus()

    def see_versions(self) -> None:
        """Look what a newer version of the checklist would change, or what is parked."""
        if self.sheet is not None:
            self.settle()
            self.columns.open_side()
            self.side.see_versions(self.sheet)
            self.side.take_focus()

    def go_and_see(self) -> None:
        """Look at what the walk was asked to go and see."""
        if self.sheet is not None and self.sheet.records.walk.route is not None:
            self.see_walk()  # there it is looked at, stop by stop
        elif self.sheet is not None:
            self.settle()
            self.columns.open_side()
            self.side.go_and_see()
            self.side.take_focus()

    def see_walk(self) -> None:
        """Look at the stops of the walk and what was noted there, ready to note more."""
        if self.sheet is not None:
            self.settle()
            self.columns.open_side()
            self.side.see_walk(self.sheet)

    def make_report(self) -> None:
        """Write the report of what is open."""
        if self.sheet is not None:
            self.conclude()
            self.side.conclusion.make_report()

    def explain(self) -> None:
        """Say in words why the current answer is not valid."""
        self.settle()
        row = self.ribbon.row(self.ribbon.current)
        if isinstance(row, QuestionRow) and not row.explain():
            self.services.messages.info(wording.text("Nothing is wrong with this answer."))

    def retry(self) -> None:
        """Try again what could not be saved."""
        if self.sheet is not None:
            self.sheet.saving.retry()

    def escape(self) -> None:
        """Leave the field one types in, or the drawer; single keys work from here."""
        self.settle()
        if self.columns.open_drawer is not None:
            self.columns.close_drawer()
        elif self.side.has_focus():
            self.side.show_detail()
        row = self.ribbon.row(self.ribbon.current)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    # What Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the page, when nothing within took them."""
        if take_key(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Narrow, the sides fold."""
        super().resizeEvent(event)
        self.columns.fit(event.size().width())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Another page is shown: what is being typed is kept."""
        self.active.look()
        self.settle()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """What is being typed is kept."""
        self.settle()
        super().closeEvent(event)

    # How it is made

    def _make_parts(self) -> None:
        self.head = Head(self)
        self.notice = Notice(self)
        self.score = ScoreCard(self)
        self.rail = Rail(self)
        self._maker = RowMaker(self._contents, self._visited, self)
        self.ribbon = Ribbon(self._maker.make, self._maker.estimate, self)
        self.ribbon.setObjectName("questions")
        self.ribbon.setAccessibleName(wording.text("Questions"))
        self.side = SidePanel(self.services, self)
        self.legend = Legend(self)
        self.adding = Adding(self.services, self._contents, self.ribbon, self)

    def _lay_out(self) -> None:
        middle = QWidget(self)
        within = QVBoxLayout(middle)
        within.addWidget(self.ribbon, 1)
        within.addWidget(self.legend)
        self.columns = Columns(RailColumn(self.score, self.rail, self), middle, self.side, self)
        rows = QVBoxLayout(self)
        rows.addWidget(self.head)
        rows.addWidget(self.notice)
        rows.addWidget(self.columns, 1)
        for layout in (within, rows):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _connect(self) -> None:
        self.walking = Walking(self._contents, self.ribbon, self.rail, self.columns, self.side, self)
        self.repeats = Repeats(self.services, self._contents, self.ribbon, self.walking, self)
        self.seeing = Seeing(self.services, self._contents, self.ribbon, self.walking, self.head, self)
        self.summing = SummingUp(self._contents, self.ribbon, self.rail, self.score, self.side, self)
        self.active = ActiveTime(self, self._count_time)
        self.following = Following(self, self._contents, self._visited)
        for touched in (self.ribbon.moved, self.side.photo_wanted):
            touched.connect(self.active.touch)
        self.notice.wanted.connect(self.see_versions)
        self.notice.alerts_wanted.connect(self.go_and_see)
        self.notice.again_wanted.connect(self._open_again)
        self.side.version_changed.connect(self._open_again)
        self.walking.ended.connect(self.conclude)
        self.head.left.connect(self.leave)
        self.head.sections_wanted.connect(self.walking.sections)
        self.head.side_wanted.connect(self.walking.beside)
        self.head.concluding.connect(self.conclude)
        self.head.retried.connect(self.retry)
        self.head.language_chosen.connect(self.seeing.speak)
        self.head.only_missing.connect(self.seeing.only_missing)
        self.head.hidden_wanted.connect(self.seeing.show_hidden)
        self.ribbon.moved.connect(self.following.moved)
        self.columns.folded.connect(self.head.fold)
        self.columns.folded.connect(self.legend.setHidden)
        self.side.photo_wanted.connect(self.add_photo)
        self.side.corrected.connect(self.open)
        self.side.evidence_opened.connect(self._see_large)
        self._maker.photo_wanted.connect(self.adding.choose)
        self._maker.onward.connect(self.walking.next)
        self._maker.repeat_wanted.connect(self.repeats.add)
        self._maker.repeat_dropped.connect(self.repeats.drop)
        self._maker.repeat_copied.connect(self.repeats.copy)
        self._maker.repeat_moved.connect(self.repeats.move)
        self._maker.repeat_folding.connect(self.repeats.fold)
        self._maker.stepped.connect(self.following.step_in_grid)
        self._maker.resized.connect(self.following.resized)
        self.ribbon.widened.connect(self.following.fit_grids)
        self.repeats.folded.connect(self.seeing.keep)
        self.walking.unfolded.connect(self.repeats.show_folds)
        self.seeing.spoken.connect(self._spoken)
        self.head.fold(False)

    # An assessment comes

    def _opened(self, uid: Uid, found: tuple[Sheet, Records]) -> None:
        if uid != self._asked:
            return
        self._put_away()
        sheet = OpenSheet(self.services, *found, parent=self)
        for part in (self, self._maker, self.walking, self.adding, self.summing, self.repeats, self.seeing):
            part.sheet = sheet
        sheet.changed.connect(self.following.changed)
        sheet.reshaped.connect(self.following.reshape)
        sheet.renumbered.connect(self.following.renumbered)
        sheet.recorded.connect(self.following.recorded)
        sheet.saving.moved.connect(self.following.saving_moved)
        Overtaken(self.services, sheet).seen.connect(self.notice.show_overtaken)
        self._begin(sheet)

    def _put_away(self) -> None:
        """The sheet that was open makes room for another one."""
        self.active.end()
        self.settle()
        self.ribbon.start_again()
        if self.sheet is not None:
            self.sheet.disconnect(self.following)
            self.sheet.deleteLater()

    def _begin(self, sheet: OpenSheet) -> None:
        self._visited.clear()
        self.notice.begin()
        self.head.show_saving(None, 0)
        if not sheet.frozen:
            self.active.begin()
        self.seeing.begin(sheet)
        self.head.offer_languages(sheet.fill.form.languages, sheet.fill.language)
        self.show_facts()
        self.following.reshape()
        self.summing.now()
        self.side.show_detail()
        self.walking.begin(self.seeing.place)
        if sheet.frozen:
            self.side.conclude(sheet)

    def show_facts(self) -> None:
        """What is assessed, where, when, and whether it may still be changed."""
        assert self.sheet is not None
        assessment, corrects = self.sheet.records.assessment, self.sheet.records.corrects
        parts = [assessment.number, self.sheet.sheet.place.name, terms.day(assessment.started_at)]
        parts += [wording.text("corrects {number}", number=corrects.number)] if corrects is not None else []
        self.head.show_facts(assessment.title, "   ·   ".join(parts))
        self.notice.show_records(self.sheet.records)
        self.head.freeze(wording.text("Concluded: read only") if self.sheet.frozen else "")
        mirrored = runs_right_to_left(self.sheet.fill.language)
        direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        self.ribbon.viewport().setLayoutDirection(direction)

    def _spoken(self) -> None:
        self.show_facts()
        self.following.reshape()
        self.ribbon.redraw_all()
        self.side.refresh()
        self.summing.now()

    # Something changes

    def _count_time(self, seconds: int) -> None:
        if self.sheet is not None and not self.sheet.frozen:
            self.services.jobs.write(add_time, self.sheet.uid, seconds)

    def _open_again(self) -> None:
        """The draft goes on with another version, whose form is another one, or with what another program wrote."""
        if self.sheet is not None:
            self.open(self.sheet.uid)

    def _see_large(self, item: Evidence) -> None:
        Viewer(self.services, item, self, self.sheet).show()
