"""The main window: it places pages, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gemba.domain.clocks import doubt
from gemba.errors import Trouble
from gemba.ui.actions import ActionSpec, ActionTable
from gemba.ui.doorway import Doorway
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.navigation import Navigation
from gemba.ui.pages import registry
from gemba.ui.parts.messages import MessageBar
from gemba.ui.preferences import Preferences
from gemba.ui.services import Services

if TYPE_CHECKING:
    from gemba.work.desk import Desk

_LEAST = QSize(640, 480)


class Window(QMainWindow):
    """One window on one store.

    Args:
        preferences: how the person likes it.
        bug: called with a failure that is the program's own.
    """

    painted = Signal()
    """The frame stands on the screen for the first time."""
    closed = Signal()
    """The person closed it; all jobs are done."""

    def __init__(self, preferences: Preferences, *, bug: Callable[[BaseException], object]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Gemba")
        self.setMinimumSize(_LEAST)
        self.resize(*preferences.wishes.size)
        self._preferences = preferences
        self._pages: dict[str, QWidget] = {}
        self._way: list[tuple[str, str]] = []
        self._was_painted = False
        self._goes_back = False
        self.services: Services | None = None
        self.hub = ChangeHub(self)
        self.navigation = Navigation(registry.stops(), narrow=preferences.wishes.narrow_navigation, parent=self)
        self.navigation.leave_out(registry.NOT_ON["laptop"])
        self.messages = MessageBar(self)
        self.jobs = Jobs(self.hub, trouble=self.messages.trouble, bug=bug, parent=self)
        self.doorway = Doorway(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.doorway)
        self.actions_table = ActionTable(self)
        self._lay_out()
        self.navigation.setEnabled(False)
        self.navigation.gone.connect(self.go)
        self.navigation.narrowed.connect(self._keep_narrow)

    def furnish(  # noqa: PLR0913 - all that the services are given
        self,
        desk: Desk,
        *,
        dress_anew: Callable[..., None],
        open_demo: Callable[[], None] | None = None,
        restore: Callable[[Path], None] | None = None,
        home: Path | None = None,
        lock_now: Callable[[], None] | None = None,
        lock_after: Callable[[int], None] | None = None,
        change_passphrase: Callable[[str | None, str], None] | None = None,
    ) -> None:
        """Put the pages in: the store is open. What each is for, `Services` says."""
        from gemba.ui.by_the_clock import ByTheClock  # both after the first paint
        from gemba.ui.window_actions import WindowActions

        self.jobs.desk = desk
        self.services = Services(
            desk=desk,
            jobs=self.jobs,
            changed=self.hub,
            messages=self.messages,
            go=self.go,
            preferences=self._preferences,
            dress_anew=dress_anew,
            open_demo=open_demo,
            restore=restore,
            home=home,
            lock_now=lock_now,
            lock_after=lock_after,
            change_passphrase=change_passphrase,
        )
        left_out = registry.NOT_ON[desk.store.device.role]
        self._own = WindowActions(
            self,
            self.actions_table,
            navigation=self.navigation,
            go=self.go,
            back=self.back,
            read_again=self.read_again,
            left_out=left_out,
            lock=lock_now,
        )
        self.navigation.setEnabled(True)
        self.navigation.leave_out(left_out)
        self.by_the_clock = ByTheClock(self.services, self, sends=desk.store.device.role == "laptop")
        self.navigation.say_demo(shown=_is_demo(desk.store.folder))
        self.go("today")
        doubted = doubt(desk.clock())
        if doubted is not None:
            self.messages.trouble(doubted)

    @property
    def page(self) -> str:
        """Code of the page that is shown; empty before the store is open."""
        return self._way[-1][0] if self._way else ""

    def page_at(self, code: str) -> QWidget:
        """A page, made when it is first asked for."""
        if code not in self._pages:
            if self.services is None:
                raise RuntimeError("a page was asked for before the store was open")
            page: Any = registry.make(code, self.services, self.stack)
            self._pages[code] = page
            self.stack.addWidget(page)
            self.actions_table.add([*page.actions_offered(), *self._of_records(code, page)])
            if code == "conduct":
                page.left.connect(self.back)
        return self._pages[code]

    @property
    def place(self) -> tuple[str, str]:
        """Page and record that are shown, to come back to them."""
        return self._way[-1] if self._way else ("today", "")

    @property
    def still(self) -> bool:
        """True when no job is under way and no page waits to read or draw something; pictures and tests ask."""
        if not self.jobs.idle:
            return False
        waiting = (timer for timer in self.findChildren(QTimer) if timer.isSingleShot() and timer.isActive())
        return all(timer.objectName() == MessageBar.LEAVES for timer in waiting)

    def may_leave(self) -> bool:
        """Whether the page that is shown has kept everything; it says why when it has not."""
        page: Any = self._pages.get(self.page)
        return page is None or bool(page.may_leave())

    @Slot(str)
    def go(self, code: str, uid: str = "") -> None:
        """Show a page and, with a uid, that record."""
        if code != self.page and not self.may_leave():
            self._mark(self.page)
            return
        self._remember()
        page: Any = self.page_at(code)
        if not self._way or self._way[-1] != (code, uid):
            self._way = [*self._way[-20:], (code, uid)]
        self.stack.setCurrentWidget(page)
        self._mark(code)
        self.actions_table.show_page(code)
        if code == "conduct":
            page.open(uid)
            return
        page.arrive()
        page.take_focus()
        if uid:
            page.show_uid(uid)

    @Slot()
    def back(self) -> None:
        """To the page before this one."""
        if len(self._way) > 1:
            self._way.pop()
            code, uid = self._way.pop()
            self._goes_back = True
            self.go(code, uid)
            self._goes_back = False
        else:
            self.go("walks")

    @Slot()
    def read_again(self) -> None:
        """Read anew what is shown: another program may have written into the store meanwhile."""
        from gemba.domain.change import Change  # both after the first paint
        from gemba.domain.nouns import NOUNS

        self.hub.tell(Change(topics=frozenset(NOUNS)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell once that the frame stands."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The navigation folds where there is little room."""
        super().resizeEvent(event)
        self.navigation.fit(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Finish what is being written, then close."""
        if not self.may_leave():
            event.ignore()
            return
        if not self.isMaximized():
            self._preferences.keep(size=(self.width(), self.height()))
        self.jobs.close()
        super().closeEvent(event)
        self.closed.emit()

    def _remember(self) -> None:
        """Before another place is shown: where one is on this page, so that the way back leads there."""
        page: Any = self._pages.get(self.page)
        here = None if page is None or self._goes_back else getattr(page, "here", _nowhere)()
        if here is not None:
            self._way[-1] = (self.page, here)

    def _lay_out(self) -> None:
        middle = QWidget(self)
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self.messages)
        rows.addWidget(self.stack, 1)
        across.addLayout(rows, 1)
        self.setCentralWidget(middle)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _of_records(self, code: str, page: QWidget) -> list[ActionSpec]:
        from gemba.ui.history.record_actions import record_actions  # after the first paint

        return record_actions(code, page)

    def _mark(self, code: str) -> None:
        self.navigation.show_page({"conduct": "walks", "editor": "library"}.get(code, code))

    @Slot(bool)
    def _keep_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a signal's value
        self._preferences.keep(narrow_navigation=narrow)


def _nowhere() -> None:
    """A page that says nothing is shown again as it was."""


def _is_demo(folder: Path) -> bool:
    """Whether a store is marked as a demonstration; one whose mark cannot be read any more is not."""
    from gemba.store import keys  # after the first paint

    try:
        return keys.read(folder).demo
    except Trouble:
        return False
