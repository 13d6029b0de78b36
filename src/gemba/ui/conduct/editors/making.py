"""Which editor a question gets, by its type and appearance.

`TABLE` is the one place where editors are registered. A key is (type, appearance word); an empty word stands for
every other appearance of the type. Of several words in a question's appearance the first that is registered counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gemba.ui.conduct.editors.base import Asked, Editor
from gemba.ui.conduct.editors.choices import ChoicesEditor
from gemba.ui.conduct.editors.moments import MomentEditor
from gemba.ui.conduct.editors.pick import PickEditor
from gemba.ui.conduct.editors.single import AcknowledgeEditor, PhotoEditor
from gemba.ui.conduct.editors.typed import decimal_editor, whole_editor, words_editor

if TYPE_CHECKING:
    from gemba.forms.views import View

FEW = 12
"""As many choices stand side by side; more are searched in a list."""

Maker = Callable[["View", QWidget, Asked], Editor]
"""Makes the editor of a question, as a child of the widget."""


def make_editor(view: View, parent: QWidget, asked: Asked) -> Editor:
    """The editor for a question as the form shows it now."""
    words = view.appearance.split()
    found = (TABLE.get((view.kind, word)) for word in [*words, ""])
    maker = next((each for each in found if each is not None), _words)
    return maker(view, parent, asked)


def _one(view: View, parent: QWidget, _asked: Asked) -> Editor:
    return PickEditor(parent) if len(view.choices) > FEW else ChoicesEditor(parent, several=False)


def _searched(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return PickEditor(parent)


def _several(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return ChoicesEditor(parent, several=True)


def _moment(view: View, parent: QWidget, asked: Asked) -> Editor:
    return MomentEditor(parent, kind=view.kind, now=asked.now)


def _words(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return words_editor(parent, multiline=False)


def _paper(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return words_editor(parent, multiline=True)


def _plain(make: Callable[[QWidget], Editor]) -> Maker:
    """The maker of an editor that needs nothing but its place."""

    def maker(_view: View, parent: QWidget, _asked: Asked) -> Editor:
        return make(parent)

    return maker


TABLE: Mapping[tuple[str, str], Maker] = {
    ("select_one", ""): _one,
    ("select_one", "minimal"): _searched,
    ("select_one", "autocomplete"): _searched,
    ("select_multiple", ""): _several,
    ("text", "multiline"): _paper,
    ("text", "numbers"): _plain(decimal_editor),
    ("integer", ""): _plain(whole_editor),
    ("decimal", ""): _plain(decimal_editor),
    ("range", ""): _plain(decimal_editor),
    ("date", ""): _moment,
    ("time", ""): _moment,
    ("dateTime", ""): _moment,
    ("acknowledge", ""): _plain(AcknowledgeEditor),
    ("trigger", ""): _plain(AcknowledgeEditor),
    ("boolean", ""): _plain(AcknowledgeEditor),
    ("image", ""): _plain(PhotoEditor),
    ("file", ""): _plain(PhotoEditor),
    ("audio", ""): _plain(PhotoEditor),
    ("video", ""): _plain(PhotoEditor),
}
"""The editors, by type and appearance."""
