"""Begins the window: the frame first, then, beside it, the store and everything heavy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from gemba import wording
from gemba.errors import GembaError
from gemba.ui import starting
from gemba.ui.languages import speak
from gemba.ui.litter import LitterPicker
from gemba.ui.preferences import Preferences
from gemba.ui.resting import Resting
from gemba.ui.theme import current
from gemba.ui.watch import Watch
from gemba.ui.window import Window

if TYPE_CHECKING:
    from gemba.ui.crash import CrashReport
    from gemba.ui.idle import Idle
    from gemba.ui.recovering import Recovering
    from gemba.work.desk import Desk
    from gemba.work.pack_copies import BroughtBack
    from gemba.work.recover_key import KeyBack

DEMO = "demo"
_FRAME = QSize(8, 40)
"""What most systems put around a window: borders and a title."""


class Program(QObject):
    """The life of the window: it may be made anew (another language, another store) while the process lives.

    Args:
        app: the Qt application.
        folder: of the store.
        clock: aware, UTC.
        ids: makes UUIDs version 7.
        passphrase: of the store, when it is known already.
        preferences: how the person likes the window.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        *,
        clock: Callable[[], datetime],
        ids: Callable[[], str],
        passphrase: str | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(app)
        self._app, self._folder, self._clock, self._ids, self._passphrase = app, folder, clock, ids, passphrase
        self._preferences = preferences or Preferences()
        self._language = wording.language()
        self._report: CrashReport | None = None
        self._news = self._told = ""
        self._bad_news: GembaError | None = None
        self._recovering: Recovering | None = None
        self._resting: Resting | None = None
        self._was_restored = False
        self.desk: Desk | None = None
        self._back_to = ("", "")
        self._idle: Idle | None = None
        self._litter = LitterPicker(self)
        self._watch = Watch(self.show_bug, self)
        self.window = self._dressed_window()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def begin(self) -> None:
        """Show the frame, as large as wished and no larger than the screen; the store is opened once it stands."""
        room = self.window.screen().availableSize() - _FRAME
        self.window.resize(self.window.size().boundedTo(room).expandedTo(self.window.minimumSize()))
        self.window.show()

    def end(self) -> None:
        """Leave nothing behind: no thread, no hook, the store closed."""
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._scheme_changed)
        self.window.jobs.close()
        self._drop_resting()
        self._forget_idle()
        if self.desk is not None:
            self.desk.store.close()
            self.desk = None
        self._watch.stop()
        self._litter.stop()

    def dress_anew(self, *, language: bool = False) -> None:
        """Show the wished look; with `language`, make the window anew in the wished language."""
        if not language:
            self._show_look()
            return
        page = self.window.page
        self._replace_window()
        if self.desk is not None:
            self._furnish(self.desk)
            self.window.go(page if page != "conduct" else "walks")

    def lock_now(self) -> None:
        """Keep what is being typed, close the store and forget its key, until its person is back."""
        if self.desk is None or self._idle is None or not self.window.may_leave():
            return
        lock, asks = self._idle.lock, self._idle.asks_passphrase
        self._forget_idle()
        old, self._resting = self.window, Resting(self.window, self.desk)
        self._put_window_in_place_of(old)
        lock.lock()
        self.desk = self._passphrase = None
        self.window.doorway.show_locked(asks=asks)

    def open_demo(self) -> None:
        """Open the demonstration store beside this one."""
        self.window.jobs.errand(
            starting.open_demo, self._folder.parent / DEMO, self._clock, self._ids, done=self._demo_opened
        )

    def restore(self, file: Path) -> None:
        """Close the store, restore a backup in its place, and open it; the one that is there is moved aside.

        Restored is always the person's own store, even from within the demonstration.
        """
        if not self.window.may_leave():
            return
        self._close_desk()
        self._drop_resting()
        self.window.doorway.wait(wording.text("The backup is being restored …"), str(file))
        self.window.jobs.errand(starting.restore, file, self._folder, done=self._restored, failed=self._not_restored)

    def change_passphrase(self, present: str | None, wished: str) -> None:
        """Close the store, give it a new key behind another passphrase, and open it where one was.

        Args:
            present: the passphrase that opens it now; `None` where the keyring does.
            wished: the new one.
        """
        if self.desk is None or not self.window.may_leave():
            return
        self._passphrase, self._back_to = present, self.window.place
        self._close_desk()
        self.window.doorway.wait(wording.text("The store is getting a new key …"))
        self.window.jobs.errand(
            starting.change_key,
            self._folder,
            present,
            wished,
            self._clock,
            self._ids,
            done=self._key_changed,
            failed=self._key_not_changed,
        )

    @Slot()
    def choose_backup(self) -> None:
        """Ask for a backup while there is no store to show."""
        name, _ = QFileDialog.getOpenFileName(
            self.window, wording.text("Restore from a backup"), "", wording.text("Backups (*.backup);;All files (*)")
        )
        if name:
            self.consider(Path(name))

    def consider(self, file: Path) -> None:
        """Read a backup, then show what it holds and ask."""
        self.window.doorway.wait(wording.text("The backup is being read …"), str(file))
        self.window.jobs.ask(
            starting.look_into, file, self._folder, done=self.window.doorway.show_backup, failed=self._not_restored
        )

    @Slot()
    def recover(self) -> None:
        """Show what headquarters needs to give the key back, and take in what it sends."""
        self._recovering = self.window.doorway.show_recovering(self._folder)
        self._recovering.given.connect(self._take_key_back)

    @Slot(object, str, object)
    def _take_key_back(self, file: Path, words: str, passphrase: str | None) -> None:
        self._passphrase = passphrase
        self.window.jobs.errand(
            starting.take_key_back,
            self._folder,
            file,
            words,
            passphrase,
            self._clock,
            done=self._key_is_back,
            failed=self._key_is_not_back,
        )

    def _key_is_back(self, back: KeyBack) -> None:
        self._news = back.words
        self.window.doorway.wait()
        self._open_store()

    def _key_is_not_back(self, error: GembaError) -> None:
        self._passphrase = None
        if self._recovering is not None:
            self._recovering.refuse(error)

    @Slot(object)
    def show_bug(self, error: BaseException) -> None:
        """Show the crash report; one at a time."""
        from gemba.ui.crash import CrashReport  # after the first paint, and seldom then

        if self._report is None:
            self._report = CrashReport(error, self.window)
            self._report.finished.connect(self._report_closed)
            self._report.open()

    def _dressed_window(self) -> Window:
        wishes = self._preferences.wishes
        speak(self._app, wishes.language or (self._language if self._language != "en" else ""))
        self._show_look()
        window = Window(self._preferences, bug=self.show_bug)
        window.painted.connect(self._open_store)
        window.doorway.tried.connect(self._try_passphrase)
        window.doorway.backup_wished.connect(self.choose_backup)
        window.doorway.recover_wished.connect(self.recover)
        window.doorway.restore_confirmed.connect(self.restore)
        return window

    def _show_look(self) -> None:
        current.show(self._app, self._preferences.wishes.mode, self._preferences.wishes.accent)

    def _replace_window(self) -> None:
        old = self.window
        old.jobs.close()
        self._put_window_in_place_of(old)
        old.close()
        old.deleteLater()

    def _put_window_in_place_of(self, old: Window) -> None:
        self.window = self._dressed_window()
        self.window.painted.disconnect(self._open_store)
        self.window.resize(old.size())
        self.window.move(old.pos())
        self.window.show()

    @Slot()
    def _open_store(self) -> None:
        self.window.jobs.errand(
            starting.open_own,
            self._folder,
            self._clock,
            self._ids,
            self._passphrase,
            done=self._opened,
            failed=self._not_opened,
        )

    @Slot(str)
    def _try_passphrase(self, passphrase: str) -> None:
        self._passphrase = passphrase or self._passphrase
        self._open_store()

    def _opened(self, desk: Desk) -> None:
        if self._resting is not None and self._resting.is_of(desk):
            self._wake(self._resting, desk)
            return
        self._drop_resting()
        self.desk = desk
        self._furnish(desk)
        page, uid = self._back_to
        if page:
            self._back_to = ("", "")
            self.window.go(page, uid)
        if self._was_restored:
            self._was_restored = False
            self.window.jobs.errand(starting.bring_back_from_second, desk, done=self._brought_back)
        if self._news:
            self.window.messages.info(self._news)
            self._told, self._news = self._news, ""
        if self._bad_news is not None:
            self.window.messages.trouble(self._bad_news)
            self._bad_news = None

    def _wake(self, resting: Resting, desk: Desk) -> None:
        """Show the window that was locked, with all that was typed into it."""
        door, self._resting = self.window, None
        self.window, self.desk = resting.window, resting.desk
        resting.wake(desk, door)
        door.jobs.close()
        door.close()
        door.deleteLater()
        self._watch_idle(resting.desk)
        if self._news:
            self.window.messages.info(self._news)
            self._news = ""

    def _drop_resting(self) -> None:
        if self._resting is not None:
            self._resting.drop()
            self._resting = None

    def _not_opened(self, error: GembaError) -> None:
        self.window.doorway.refuse(error, making=not (self._folder / "keys.json").exists())

    def _close_desk(self) -> None:
        """A fresh window without pages; the store is closed."""
        if self.desk is not None:
            self._forget_idle()
            self._replace_window()
            self.desk.store.close()
            self.desk = None

    def _forget_idle(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle = None

    def _restored(self, aside: Path | None) -> None:
        self._passphrase = None  # it was that of the store before
        self._was_restored = True
        self._news = wording.text("The backup is restored.")
        if aside is not None:
            self._news += " " + wording.text("The store that was here is now in {folder}.", folder=str(aside))
        self.window.doorway.wait()
        self._open_store()

    def _brought_back(self, back: BroughtBack) -> None:
        if back.packs or back.left:
            self.window.messages.info(f"{self._told} {back.words}")
            self.window.read_again()

    def _key_changed(self, wished: str) -> None:
        self._passphrase = wished
        self._news = wording.text("The store has a new key. Backups that were made before still open as they did.")
        self._open_store()

    def _key_not_changed(self, error: GembaError) -> None:
        self._bad_news = error
        self._open_store()  # as before: nothing was changed

    def _not_restored(self, error: GembaError) -> None:
        self.window.doorway.refuse(error, making=False, heading=wording.text("The backup was not restored"))

    def _demo_opened(self, desk: Desk) -> None:
        old, self.desk = self.desk, desk
        self._replace_window()
        if old is not None:
            old.store.close()
        self._furnish(desk)

    def _furnish(self, desk: Desk) -> None:
        in_demo = desk.store.folder.name == DEMO
        idle = self._watch_idle(desk)
        self.window.furnish(
            desk,
            dress_anew=self.dress_anew,
            open_demo=None if in_demo else self.open_demo,
            restore=self.restore,
            home=self._folder,
            lock_now=self.lock_now if idle.may_lock else None,
            lock_after=self._lock_after if idle.may_lock else None,
            change_passphrase=self.change_passphrase if idle.may_lock else None,
        )

    def _watch_idle(self, desk: Desk) -> Idle:
        from gemba.ui.idle import Idle  # after the first paint

        self._forget_idle()
        self._idle = Idle(self._app, desk, self.lock_now)
        return self._idle

    def _lock_after(self, minutes: int) -> None:
        if self._idle is not None:
            self._idle.lock.wish(minutes)

    @Slot()
    def _report_closed(self) -> None:
        if self._report is not None:
            self._report.deleteLater()
            self._report = None

    @Slot()
    def _scheme_changed(self) -> None:
        wishes = self._preferences.wishes
        if current.tokens_for(wishes.mode, wishes.accent) != current.look():
            self._show_look()
