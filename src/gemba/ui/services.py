"""What every page is given: the desk, jobs, changes, messages, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gemba.errors import GembaError
from gemba.ui.lineage.behind import Kept
from gemba.ui.theme import current

if TYPE_CHECKING:
    from gemba.ui.hub import ChangeHub
    from gemba.ui.jobs import Jobs
    from gemba.ui.preferences import Preferences
    from gemba.ui.theme.tokens import Tokens
    from gemba.work.desk import Desk


class Messages(Protocol):
    """The message bar, as pages see it."""

    def trouble(self, error: GembaError) -> None:
        """Say what went wrong and the way out; it stays until it is closed."""

    def info(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done; it leaves by itself, and may offer to undo."""

    def clear(self) -> None:
        """Say nothing any more: what was said is over."""


def _nothing(**_: bool) -> None:
    """Stands in where there is no window."""


class Services:
    """One per window, made once the store is open.

    Attributes:
        desk: one person at one store; for use on job threads, and for short reads.
        jobs: the door for everything that takes longer than a frame.
        changed: `changed.made` carries every `Change`.
        messages: the message bar.
        behind: what numbers were gone into, for the page that shows the records behind them.
        go: `go(page, uid="")` shows a page and, with a uid, that record.
        preferences: how this person likes the window.
        dress_anew: shows the window in the wished look; with `language=True`, makes it anew in the wished language.
        open_demo: opens the demonstration store in place of this one; `None` when this is it.
        lock_now: closes the store until its person is back; `None` where it never locks (the demonstration).
        lock_after: `lock_after(minutes)` locks after so many minutes without a touch from now on.
        change_passphrase: `change_passphrase(present, wished)` closes the store, gives it a new key behind the wished
            passphrase, and opens it; `present` is `None` where the keyring opens it. `None` in the demonstration.
        restore: `restore(file)` closes the store, restores a backup to `home` and opens it; `None` where it cannot be.
    """

    def __init__(  # noqa: PLR0913 - it is the bundle
        self,
        *,
        desk: Desk,
        jobs: Jobs,
        changed: ChangeHub,
        messages: Messages,
        go: Callable[..., None],
        preferences: Preferences,
        dress_anew: Callable[..., None] = _nothing,
        open_demo: Callable[[], None] | None = None,
        restore: Callable[[Path], None] | None = None,
        home: Path | None = None,
        lock_now: Callable[[], None] | None = None,
        lock_after: Callable[[int], None] | None = None,
        change_passphrase: Callable[[str | None, str], None] | None = None,
    ) -> None:
        self.desk, self.jobs, self.changed = desk, jobs, changed
        self.messages, self.go, self.preferences = messages, go, preferences
        self.dress_anew, self.open_demo, self.restore = dress_anew, open_demo, restore
        self.lock_now, self.lock_after = lock_now, lock_after
        self.change_passphrase = change_passphrase
        self._home = home
        self.behind = Kept()

    @property
    def home(self) -> Path:
        """Folder of the person's own store, also while the demonstration is shown."""
        return self._home or self.desk.store.folder

    @property
    def theme(self) -> Tokens:
        """The tokens of the look that is shown now."""
        return current.look()
