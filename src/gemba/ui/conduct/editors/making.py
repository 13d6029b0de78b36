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
from gemba.ui.conduct.editors.counter import CounterEditor
from gemba.ui.conduct.editors.media.codes import CodeEditor
from gemba.ui.conduct.editors.media.files import FileEditor
from gemba.ui.conduct.editors.media.places import PlaceEditor
from gemba.ui.conduct.editors.media.timing import StopwatchEditor
from gemba.ui.conduct.editors.moments import MomentEditor
from gemba.ui.conduct.editors.months import month_editor, year_editor
from gemba.ui.conduct.editors.pick import PickEditor
from gemba.ui.conduct.editors.rank import RankEditor
from gemba.ui.conduct.editors.searched import SearchedEditor
from gemba.ui.conduct.editors.single import AcknowledgeEditor
from gemba.ui.conduct.editors.slider import PickerEditor, SliderEditor, StarsEditor
from gemba.ui.conduct.editors.typed import (
    bearing_editor,
    decimal_editor,
    grouped_editor,
    whole_editor,
    words_editor,
)

if TYPE_CHECKING:
    from gemba.forms.views import View

FEW = 12
"""As many choices stand side by side; more are searched in a list."""

MANY = 16
"""More than this of which several count are narrowed by typing."""

Maker = Callable[["View", QWidget, Asked], Editor]
"""Makes the editor of a question, as a child of the widget."""


def make_editor(view: View, parent: QWidget, asked: Asked) -> Editor:
    """The editor for a question as the form shows it now."""
    words = view.appearance.split()
    found = (TABLE.get((view.kind, word)) for word in [*words, ""])
    maker = next((each for each in found if each is not None), _words)
    return maker(view, parent, asked)


def _one(view: View, parent: QWidget, asked: Asked) -> Editor:
    if len(view.choices) > FEW:
        return PickEditor(parent)
    return ChoicesEditor(parent, several=False, media=asked.sheet.media if asked.sheet else None)


def _quick(view: View, parent: QWidget, asked: Asked) -> Editor:
    if len(view.choices) > FEW:
        return PickEditor(parent)
    return ChoicesEditor(parent, several=False, quick=True, media=asked.sheet.media if asked.sheet else None)


def _searched(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return PickEditor(parent)


def _several(view: View, parent: QWidget, asked: Asked) -> Editor:
    if len(view.choices) > MANY:
        return SearchedEditor(parent)
    return ChoicesEditor(parent, several=True, media=asked.sheet.media if asked.sheet else None)


def _month(_view: View, parent: QWidget, asked: Asked) -> Editor:
    return month_editor(parent, asked.now)


def _year(_view: View, parent: QWidget, asked: Asked) -> Editor:
    return year_editor(parent, asked.now)


def _day(view: View, parent: QWidget, asked: Asked) -> Editor:
    return MomentEditor(parent, kind=view.kind, now=asked.now, calendar=False)


def _slider(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return SliderEditor(parent, upright=False)


def _upright(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return SliderEditor(parent, upright=True)


def _moment(view: View, parent: QWidget, asked: Asked) -> Editor:
    return MomentEditor(parent, kind=view.kind, now=asked.now)


def _words(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return words_editor(parent, multiline=False)


def _paper(_view: View, parent: QWidget, _asked: Asked) -> Editor:
    return words_editor(parent, multiline=True)


def _file(view: View, parent: QWidget, asked: Asked) -> Editor:
    return FileEditor(parent, view.kind, view.appearance, asked)


def _code(_view: View, parent: QWidget, asked: Asked) -> Editor:
    return CodeEditor(parent, asked)


def _place(view: View, parent: QWidget, asked: Asked) -> Editor:
    return PlaceEditor(parent, view.kind, asked)


def _stopwatch(view: View, parent: QWidget, asked: Asked) -> Editor:
    return StopwatchEditor(parent, view.kind, asked)


def _plain(make: Callable[[QWidget], Editor]) -> Maker:
    """The maker of an editor that needs nothing but its place."""

    def maker(_view: View, parent: QWidget, _asked: Asked) -> Editor:
        return make(parent)

    return maker


TABLE: Mapping[tuple[str, str], Maker] = {
    ("select_one", ""): _one,
    ("select_one", "minimal"): _searched,
    ("select_one", "autocomplete"): _searched,
    ("select_one", "quick"): _quick,
    ("select_one", "quickcompact"): _quick,
    ("select_multiple", ""): _several,
    ("select_multiple", "minimal"): _plain(SearchedEditor),
    ("select_multiple", "autocomplete"): _plain(SearchedEditor),
    ("rank", ""): _plain(RankEditor),
    ("text", "multiline"): _paper,
    ("text", "numbers"): _plain(decimal_editor),
    ("integer", ""): _plain(whole_editor),
    ("decimal", ""): _plain(decimal_editor),
    ("integer", "counter"): _plain(CounterEditor),
    ("integer", "thousands-sep"): _plain(grouped_editor),
    ("decimal", "bearing"): _plain(bearing_editor),
    ("range", ""): _slider,
    ("range", "vertical"): _upright,
    ("range", "picker"): _plain(PickerEditor),
    ("range", "rating"): _plain(StarsEditor),
    ("date", ""): _moment,
    ("date", "no-calendar"): _day,
    ("date", "month-year"): _month,
    ("date", "year"): _year,
    ("time", ""): _moment,
    ("dateTime", ""): _moment,
    ("acknowledge", ""): _plain(AcknowledgeEditor),
    ("trigger", ""): _plain(AcknowledgeEditor),
    ("boolean", ""): _plain(AcknowledgeEditor),
    ("image", ""): _file,
    ("file", ""): _file,
    ("audio", ""): _file,
    ("video", ""): _file,
    ("barcode", ""): _code,
    ("geopoint", ""): _place,
    ("geotrace", ""): _place,
    ("geoshape", ""): _place,
    ("integer", "gemba-stopwatch"): _stopwatch,
    ("decimal", "gemba-stopwatch"): _stopwatch,
    ("time", "gemba-stopwatch"): _stopwatch,
    ("text", "gemba-stopwatch"): _stopwatch,
}
"""The editors, by type and appearance."""
