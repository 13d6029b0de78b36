"""Pictures of every page: light, dark, narrow, with long texts, mirrored, and empty."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from gemba import wording
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.templates import Template
from gemba.errors import Trouble
from gemba.ui.application import application
from gemba.ui.commands import Palette
from gemba.ui.languages import speak
from gemba.ui.litter import LitterPicker
from gemba.ui.pages import registry
from gemba.ui.preferences import Preferences, Wishes
from gemba.ui.showcase import PLACES, begin_showcase
from gemba.ui.theme import current
from gemba.ui.window import Window
from gemba.work import edit_template
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk

_LONGEST_MS = 20_000
_ROUNDS = 4
"""What was drawn last is shown, laid out and made to fit, one after the other."""


class _Variant(msgspec.Struct, frozen=True):
    """One way to show all pages."""

    name: str
    mode: str = "light"
    language: str = "en"
    size: tuple[int, int] = (1280, 820)
    pages: tuple[str, ...] = registry.CODES


_VARIANTS = (
    _Variant("light"),
    _Variant("dark", mode="dark"),
    _Variant("narrow", size=(760, 900)),
    _Variant("long", language=wording.LONG),
    _Variant("mirrored", language=wording.MIRRORED),
)


def tour(desk: Desk, out: Path, only: frozenset[str] = frozenset()) -> list[Path]:
    """Write a PNG of every page in every variant into `out`; gives the files.

    Args:
        desk: of a store with something in it.
        out: folder; made when it is not there.
        only: names of the variants; all when left out.

    Raises:
        Trouble: the folder cannot be written.
    """
    app = application()
    litter = LitterPicker()
    before = wording.language()
    try:
        out.mkdir(parents=True, exist_ok=True)
        wanted = [variant for variant in _VARIANTS if not only or variant.name in only]
        files = [file for variant in wanted for file in _show(app, desk, variant, out)]
        files += _show_questions(app, desk, wanted, out)
        return files if only and "empty" not in only else files + _show_empty(app, desk, out)
    except OSError as error:
        raise Trouble("ui.file_not_written", file=str(out), why=error.strerror or str(error)) from error
    finally:
        speak(app, before)
        litter.stop()


def _there(variant: _Variant, desk: Desk) -> list[str]:
    """The pages of a variant that lead somewhere on this store."""
    return [code for code in variant.pages if code not in registry.NOT_ON[desk.store.device.role]]


def _show_questions(app: QApplication, desk: Desk, variants: list[_Variant], out: Path) -> list[Path]:
    """A checklist with a grid, repeats and sliders, from a store of its own."""
    files: list[Path] = []
    with tempfile.TemporaryDirectory() as scratch:
        own = make_desk(Path(scratch) / "store", clock=desk.clock, ids=desk.ids, demo=True)
        try:
            uid = begin_showcase(own)
            draft = _a_checklist(own)
            for variant in variants:
                files += _conduct(app, own, uid, variant, out)
                files += _write(app, own, draft, variant, out)
        finally:
            own.store.close()
    return files


def _conduct(app: QApplication, desk: Desk, uid: str, variant: _Variant, out: Path) -> Iterator[Path]:
    """The conduct page in one variant, at each of the places worth seeing."""
    window = _window(app, desk, variant)
    try:
        window.go("conduct", uid)
        _settle(app, window)
        page: Any = window.page_at("conduct")
        for name, path in PLACES.items():
            page.walking.go(path)
            page.ribbon.show_row(path.rpartition("/")[0])
            _settle(app, window)
            yield _picture(window, out, f"conduct-{name}-{variant.name}")
    finally:
        _put_away(window)


def _write(app: QApplication, desk: Desk, draft: str, variant: _Variant, out: Path) -> Iterator[Path]:
    """The editor in one variant: the checklist as a whole, and one of its questions."""
    window = _window(app, desk, variant)
    try:
        window.go("editor", draft)
        _settle(app, window)
        page: Any = window.page_at("editor")
        yield _picture(window, out, f"editor-checklist-{variant.name}")
        page.show_question()
        _settle(app, window)
        yield _picture(window, out, f"editor-question-{variant.name}")
    finally:
        _put_away(window)


def _a_checklist(desk: Desk) -> str:
    with desk.reader() as reader:
        template = min(reader.find(Template), key=lambda each: each.title)
    return edit_template.begin_from(desk, template.uid).uid


def _show_empty(app: QApplication, desk: Desk, out: Path) -> list[Path]:
    """The pages of a store in which nothing was ever recorded."""
    pages = tuple(code for code in registry.CODES if code != "conduct")
    files: list[Path] = []
    with tempfile.TemporaryDirectory() as scratch:
        empty = make_desk(Path(scratch) / "store", clock=desk.clock, ids=desk.ids, demo=True)
        try:
            for mode in ("light", "dark"):
                files += _show(app, empty, _Variant(f"empty-{mode}", mode=mode, pages=pages), out)
        finally:
            empty.store.close()
    return files


def _show(app: QApplication, desk: Desk, variant: _Variant, out: Path) -> Iterator[Path]:
    """Open a window as the variant wants it and go through its pages."""
    window = _window(app, desk, variant)
    try:
        for code in _there(variant, desk):
            if _visit(app, desk, window, code):
                yield _picture(window, out, f"{code}-{variant.name}")
                yield from _sights(app, window, out, code, variant.name)
        if variant.name in {"light", "dark"}:
            yield from _extras(app, window, out, variant.name)
    finally:
        _put_away(window)


def _sights(app: QApplication, window: Window, out: Path, code: str, variant: str) -> Iterator[Path]:
    """What else a page has to see: it names each sight and shows it (`sights`)."""
    page: Any = window.page_at(code)
    sights: dict[str, Callable[[], None]] = getattr(page, "sights", dict)()
    for name, show in sights.items():
        show()
        _settle(app, window)
        yield _picture(window, out, f"{code}-{name}-{variant}")


def _window(app: QApplication, desk: Desk, variant: _Variant) -> Window:
    """A window as the variant wants it."""
    speak(app, variant.language)
    current.show(app, variant.mode, Wishes().accent)
    window = Window(Preferences(), bug=_fail)
    window.resize(*variant.size)
    window.show()
    window.furnish(desk, dress_anew=_nothing, open_demo=_nothing, restore=_restore_nothing)
    return window


def _put_away(window: Window) -> None:
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _visit(app: QApplication, desk: Desk, window: Window, code: str) -> bool:
    """Go to a page and wait until it stands still; `False` when there is nothing to show on it."""
    if code == "conduct":
        draft = _a_draft(desk)
        if draft is None:
            return False
        window.go(code, draft)
    else:
        window.go(code)
    _settle(app, window)
    listed: Any = getattr(window.page_at(code), "list", None)
    if listed is not None and listed.model.rowCount():
        listed.table.choose(0)
        _settle(app, window)
    return True


def _extras(app: QApplication, window: Window, out: Path, name: str) -> Iterator[Path]:
    """The message bar with trouble, the palette, and what stands in place of the complaints."""
    window.go("today")
    window.messages.trouble(Trouble("store.disk_full", folder="/home/auditor/gemba"))
    _settle(app, window)
    yield _picture(window, out, f"trouble-{name}")
    window.messages.clear()
    palette = Palette(window.actions_table.here(), window)
    palette.show()
    _settle(app, window)
    yield _picture(palette, out, f"palette-{name}")
    palette.close()
    palette.deleteLater()
    window.go("complaints")
    _settle(app, window)
    page: Any = window.page_at("complaints")
    for part, show in (("entry", page.enter), ("rules", page.show_rules)):
        show()
        _settle(app, window)
        yield _picture(window, out, f"complaints-{part}-{name}")
    page.back()


def _a_draft(desk: Desk) -> str | None:
    with desk.reader() as reader:
        drafts = reader.find(Assessment, state=AssessmentState.DRAFT)
    return drafts[0].uid if drafts else None


def _settle(app: QApplication, window: Window) -> None:
    longest = QDeadlineTimer(_LONGEST_MS)
    app.processEvents()
    while not longest.hasExpired() and not window.still:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    for _ in range(_ROUNDS):
        app.processEvents()


def _picture(widget: QWidget, out: Path, name: str) -> Path:
    file = out / f"{name}.png"
    if not widget.grab().save(str(file)):
        raise Trouble("ui.file_not_written", file=str(file), why="")
    return file


def _fail(error: BaseException) -> None:
    raise error


def _nothing(**_: bool) -> None:
    """The tour changes nothing."""


def _restore_nothing(_file: Path) -> None:
    """The tour restores nothing."""
