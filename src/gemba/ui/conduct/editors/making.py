"""Which editor a question gets, by its type and appearance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.choices import ChoicesEditor
from gemba.ui.conduct.editors.moments import MomentEditor
from gemba.ui.conduct.editors.pick import PickEditor
from gemba.ui.conduct.editors.single import AcknowledgeEditor, PhotoEditor
from gemba.ui.conduct.editors.typed import decimal_editor, whole_editor, words_editor

if TYPE_CHECKING:
    from gemba.forms.views import View

FEW = 12
"""As many choices stand side by side; more are searched in a list."""
_SIMPLE: Mapping[str, Callable[[QWidget], Editor]] = {
    "acknowledge": AcknowledgeEditor,
    "trigger": AcknowledgeEditor,
    "boolean": AcknowledgeEditor,
    "integer": whole_editor,
    "decimal": decimal_editor,
    "range": decimal_editor,
    "image": PhotoEditor,
    "file": PhotoEditor,
    "audio": PhotoEditor,
    "video": PhotoEditor,
}


def make_editor(view: View, parent: QWidget, now: Callable[[], datetime]) -> Editor:
    """The editor for a question as the form shows it now."""
    appearance = set(view.appearance.split())
    if view.kind == "select_multiple":
        return ChoicesEditor(parent, several=True)
    if view.kind == "select_one":
        searched = len(view.choices) > FEW or bool(appearance & {"minimal", "autocomplete"})
        return PickEditor(parent) if searched else ChoicesEditor(parent, several=False)
    if view.kind in {"date", "time", "dateTime"}:
        return MomentEditor(parent, kind=view.kind, now=now)
    simple = _SIMPLE.get(view.kind)
    if simple is not None:
        return simple(parent)
    return (
        decimal_editor(parent) if "numbers" in appearance else words_editor(parent, multiline="multiline" in appearance)
    )
